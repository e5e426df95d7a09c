"""The plan: which routines, when, and how it was kept to."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.daywords import day_name
from uncramp.coach.plan.calendar_file import FILE_NAME
from uncramp.coach.plan.kept_words import share_words, week_name
from uncramp.coach.plan.planning import planned
from uncramp.coach.plan.record import PlanRecord, Week
from uncramp.model.language import tr, trn
from uncramp.model.plan import Pause
from uncramp.ui.flow import FlowLayout
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.theme import Theme
from uncramp.ui.today.nights import ShareBar
from uncramp.ui.today.plan_rows import PlanRow
from uncramp.ui.widgets import Button, button, card, label, scroll_area

_WIDEST_PX = 980
_RIGHT_PX = 12
_BAR_PX = 20
"""So much narrower than its room is what scrolls."""
_AHEAD_DAYS = 21
_NARROW = 28
"""In heights of a line: less is too narrow for title and buttons side by side."""
_LENGTHS = (0, 3, 7, 14, 28)


class PlanPage(QWidget):
    """The routines of the plan, its pauses, and its weeks.

    Signals:
        done: back to the day's page.
        routine_added: the id of a routine.
        rhythm_changed: an item's id and its new `Rhythm`.
        removed: an item's id.
        undo_requested: the last removal was a mistake.
        pause_requested: first day, number of days (0 until it is ended), and the reason.
        resume_requested: the id of a pause that shall end.
        export_requested: the plan is wanted as a file for a calendar.
        folder_requested: such a file is to be kept in a folder.
        folder_left: it is to be kept no longer.
    """

    done = Signal()
    routine_added = Signal(str)
    rhythm_changed = Signal(str, object)
    removed = Signal(str)
    undo_requested = Signal()
    pause_requested = Signal(object, int, str)
    resume_requested = Signal(str)
    export_requested = Signal()
    folder_requested = Signal()
    folder_left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._theme: Theme | None = None
        self._filled: tuple[PlanRecord, Sequence[RoutineCard]] | None = None
        self._folder = ""
        self._undo_words = ""
        self._adding: QBoxLayout | None = None
        self._back = button(tr("Back to today"), kind="primary", tip=tr("Esc"))
        self._back.clicked.connect(self.done)
        top = QWidget()
        top.setMaximumWidth(_WIDEST_PX - _RIGHT_PX + _BAR_PX)
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, top)
        head.setContentsMargins(0, 0, _BAR_PX, 0)
        head.addWidget(label("display", tr("Plan")), 1)
        head.addWidget(self._back)
        self._area = scroll_area()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 26, 12)
        whole.setSpacing(14)
        across = QHBoxLayout()  # as wide as what stands below it
        across.addWidget(top, _WIDEST_PX)  # before the stretch gets any
        across.addStretch(1)
        whole.addLayout(across)
        whole.addWidget(self._area, 1)

    def fill(self, record: PlanRecord, cards: Sequence[RoutineCard], folder: str = "") -> None:
        """Show the plan.

        Args:
            record: the plan, and how it was kept to.
            cards: what is known of the routines.
            folder: that a calendar file is kept in; empty for none.
        """
        self._filled, self._folder = (record, cards), folder
        self._undo_words = ""
        self._show()

    def tell_fault(self, sentence: str) -> None:
        """Show why the plan cannot be shown."""
        self._area.setWidget(label("alert", sentence, wrap=True))

    def offer_undo(self, sentence: str) -> None:
        """Tell of a removal that can be undone."""
        self._undo_words = sentence
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._filled is not None:
            self._show()

    def take_focus(self) -> None:
        """Let Enter lead back."""
        self._back.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters in a narrow window put the buttons below the title."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        direction = QBoxLayout.Direction
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        for row in filter(None, (self._head, self._adding)):
            row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    # -- building

    def _show(self) -> None:
        assert self._filled is not None
        record, cards = self._filled
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(_WIDEST_PX)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, _RIGHT_PX, 16)
        column.setSpacing(14)
        if self._undo_words:
            column.addWidget(self._built_undo())
        column.addWidget(self._built_items(record, cards))
        column.addWidget(self._built_pauses(record))
        column.addWidget(self._built_calendar())
        if self._theme is not None and (record.this_week.items or record.weeks[1:]):
            column.addWidget(_built_weeks(record.weeks, self._theme))
        column.addStretch(1)
        name = self._focused_name()
        scrolled = self._area.verticalScrollBar().value()
        self._area.setWidget(inside)
        inside.show()
        self._fit()
        self._area.verticalScrollBar().setValue(scrolled)
        again = inside.findChild(QWidget, name) if name else None
        if isinstance(again, QWidget):
            again.setFocus()
        elif name is not None:
            self.take_focus()  # else Esc and Enter would lead nowhere

    def _focused_name(self) -> str | None:
        """Return the name of what has the focus in here, maybe an empty one; None elsewhere."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        return focused.objectName() if focused is not None and inside else None

    def _built_undo(self) -> QFrame:
        inside = QFrame()
        inside.setObjectName("notice")
        row = QHBoxLayout(inside)
        row.setContentsMargins(20, 10, 12, 10)
        row.addWidget(label("body", self._undo_words, wrap=True), 1)
        undo = button(tr("Undo"), kind="primary")
        undo.clicked.connect(self.undo_requested)
        row.addWidget(undo)
        return inside

    def _built_items(self, record: PlanRecord, cards: Sequence[RoutineCard]) -> QFrame:
        inside, column = _titled(tr("What is planned"))
        named = {one.id: one for one in cards}
        items = planned(record.plan, record.day)
        if not items:
            told = tr("Nothing yet. Add a routine below; it is due from today on.")
            column.addWidget(label("soft", told, wrap=True))
        for item in items:
            shown = named.get(item.routine)
            row = PlanRow(
                item,
                shown.name if shown else item.routine,
                record.this_week.items.get(item.id),
            )
            row.rhythm_changed.connect(self.rhythm_changed)
            row.removed.connect(self.removed)
            column.addWidget(row)
        column.addLayout(self._built_adding({item.routine for item in items}, cards))
        return inside

    def _built_adding(self, planned_now: set[str], cards: Sequence[RoutineCard]) -> QBoxLayout:
        self._choice = ChoiceBox()
        self._choice.setObjectName("choice")
        self._choice.setAccessibleName(tr("Routine to add"))
        self._choice.setMinimumContentsLength(12)
        for one in cards:
            if one.id not in planned_now:
                self._choice.addItem(f"{one.name} · {one.moment}", one.id)
        add = button(tr("Add to the plan"))
        add.setObjectName("add")
        add.setEnabled(self._choice.count() > 0)
        add.clicked.connect(self._add)
        self._adding = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._adding.addWidget(self._choice, 1)
        self._adding.addWidget(add)
        return self._adding

    def _add(self) -> None:
        self.routine_added.emit(str(self._choice.currentData()))

    def _built_pauses(self, record: PlanRecord) -> QFrame:
        inside, column = _titled(tr("Pauses"))
        told = tr("Holiday, illness, injury: the days of a pause count neither way.")
        column.addWidget(label("soft", told, wrap=True))
        for pause in record.plan.pauses:
            if pause.end is None or pause.end > record.day:
                column.addLayout(self._built_pause(pause))
        column.addWidget(self._built_new_pause(record))
        return inside

    def _built_pause(self, pause: Pause) -> QHBoxLayout:
        words = tr("From {first} until you end it")
        if pause.end is not None:
            words = tr("From {first} until {last}")
        last = day_name(pause.end - timedelta(days=1)) if pause.end else ""
        text = words.format(first=day_name(pause.start), last=last)
        end = button(tr("End it"))
        end.setObjectName(pause.id)
        end.clicked.connect(self._end_pause)
        row = QHBoxLayout()
        shown = f"{pause.reason}: {text}" if pause.reason else text
        row.addWidget(label("body", shown, wrap=True), 1)
        row.addWidget(end)
        return row

    def _built_new_pause(self, record: PlanRecord) -> QWidget:
        self._reason, self._length, self._from = ChoiceBox(), ChoiceBox(), ChoiceBox()
        for reason in (tr("Holiday"), tr("Injury"), tr("Illness"), tr("Race"), tr("Other")):
            self._reason.addItem(reason, reason)
        for days in _LENGTHS:
            text = trn("{n} day", "{n} days", days).format(n=days)
            self._length.addItem(text if days else tr("Until I end it"), days)
        for ahead in range(_AHEAD_DAYS):
            day = record.day + timedelta(days=ahead)
            words = tr("From today") if not ahead else tr("From {day}").format(day=day_name(day))
            self._from.addItem(words, day)
        for box, name in (
            (self._reason, tr("Reason of the pause")),
            (self._from, tr("First day of the pause")),
            (self._length, tr("Length of the pause")),
        ):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(8)
        begin = button(tr("Pause the plan"))
        begin.setObjectName("pause")
        begin.clicked.connect(self._begin_pause)
        room = QWidget()
        row = FlowLayout(parent=room)
        for part in (self._reason, self._from, self._length, begin):
            row.addWidget(part)
        return room

    def _built_calendar(self) -> QFrame:
        inside, column = _titled(tr("Calendar of your phone"))
        told = tr(
            "Save the plan as a file and open it on your phone; or keep the file in a folder that "
            "your phone sees too, and it is written anew whenever the plan changes."
        )
        if self._folder:
            told = tr("{file} is kept in {folder} and written anew whenever the plan changes.")
            told = told.format(file=FILE_NAME, folder=self._folder)
        column.addWidget(label("soft", told, wrap=True))
        export = button(tr("Save a file…"))
        export.setObjectName("export")
        export.clicked.connect(self.export_requested)
        choose = button(tr("Another folder…") if self._folder else tr("Keep in a folder…"))
        choose.setObjectName("folder")
        choose.clicked.connect(self.folder_requested)
        parts = [export, choose]
        if self._folder:
            leave = button(tr("Keep it no longer"), tip=tr("The file stays where it is"))
            leave.clicked.connect(self.folder_left)
            parts.append(leave)
        room = QWidget()
        row = FlowLayout(parent=room)
        for part in parts:
            row.addWidget(part)
        column.addWidget(room)
        return inside

    def _begin_pause(self) -> None:
        self.pause_requested.emit(
            self._from.currentData(), int(self._length.currentData()), self._reason.currentText()
        )

    def _end_pause(self) -> None:
        sender = self.sender()
        assert isinstance(sender, Button)
        self.resume_requested.emit(sender.objectName())


def _built_weeks(weeks: Sequence[Week], theme: Theme) -> QFrame:
    inside, column = _titled(tr("Week by week"))
    told = tr("What was done of what was planned that week. Pauses and days left out do not count.")
    column.addWidget(label("soft", told, wrap=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    for number, week in enumerate(weeks):
        name = week_name(week.start) if number else tr("This week")
        words = share_words(week.total)
        bar = ShareBar(week.total.share or 0.0, theme)
        bar.setAccessibleName(f"{name}: {words}")
        grid.addWidget(label("body", name, wrap=True), number, 0)
        grid.addWidget(bar, number, 1)
        grid.addWidget(label("soft", words), number, 2, Qt.AlignmentFlag.AlignRight)
    column.addLayout(grid)
    return inside


def _titled(title: str) -> tuple[QFrame, QVBoxLayout]:
    inside = card()
    column = QVBoxLayout(inside)
    column.setContentsMargins(24, 18, 24, 18)
    column.setSpacing(12)
    column.addWidget(label("heading", title))
    return inside, column
