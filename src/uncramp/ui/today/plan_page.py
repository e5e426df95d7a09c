"""The plan: which routines, when, and how it was kept to."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
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
from uncramp.model.plan import Pause, PlanItem
from uncramp.ui.flow import FlowLayout
from uncramp.ui.page import Page
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.theme import Theme
from uncramp.ui.today.nights import ShareBar
from uncramp.ui.today.plan_rows import PlanRow
from uncramp.ui.widgets import Button, button, card, clear_layout, discard, label, scroll_area

_WIDEST_PX = 980
_RIGHT_PX = 12
_BAR_PX = 20
"""So much narrower than its room is what scrolls."""
_AHEAD_DAYS = 21
_NARROW = 28
"""In heights of a line: less is too narrow for title and buttons side by side."""
_LENGTHS = (0, 3, 7, 14, 28)


class PlanPage(Page):
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
        self._record: PlanRecord | None = None
        self._rows: dict[str, PlanRow] = {}
        self._back = button(tr("Back to today"), kind="primary", tip=tr("Esc"))
        self._back.clicked.connect(self.done)
        top = QWidget()
        top.setMaximumWidth(_WIDEST_PX - _RIGHT_PX + _BAR_PX)
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, top)
        head.setContentsMargins(0, 0, _BAR_PX, 0)
        head.addWidget(label("display", tr("Plan")), 1)
        head.addWidget(self._back)
        area = scroll_area(self._built_inside())
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 26, 12)
        whole.setSpacing(14)
        across = QHBoxLayout()  # as wide as what stands below it
        across.addWidget(top, _WIDEST_PX)  # before the stretch gets any
        across.addStretch(1)
        whole.addLayout(across)
        self._fault = label("alert", wrap=True)
        self._fault.hide()
        whole.addWidget(self._fault)
        whole.addWidget(area, 1)

    def _built_inside(self) -> QWidget:
        inside = self._inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(_WIDEST_PX)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, _RIGHT_PX, 16)
        column.setSpacing(14)
        weeks, column_of_weeks = _titled(tr("Week by week"))
        self._weeks, self._week_column = weeks, QVBoxLayout()
        self._week_column.setSpacing(12)
        column_of_weeks.addLayout(self._week_column)
        for part in (
            self._built_undo(),
            self._built_items(),
            self._built_pauses(),
            self._built_calendar(),
            weeks,
        ):
            column.addWidget(part)
        column.addStretch(1)
        return inside

    def fill(
        self, record: PlanRecord, cards: Sequence[RoutineCard], folder: str = "", undo: str = ""
    ) -> None:
        """Show the plan in the widgets that are there.

        Args:
            record: the plan, and how it was kept to.
            cards: what is known of the routines.
            folder: that a calendar file is kept in; empty for none.
            undo: what was removed last and can be brought back; empty for nothing.
        """
        self._record = record
        self._fault.hide()
        self._inside.show()
        self._undo_words.setText(undo)
        self._undo.setVisible(bool(undo))
        self._fill_items(record, cards)
        self._fill_choice(cards)
        self._fill_pauses(record)
        self._fill_calendar(folder)
        self._fill_weeks()
        self._fit()

    def show_fault(self, sentence: str) -> None:
        """Show why the plan cannot be shown."""
        self._fault.setText(sentence)
        self._fault.show()
        self._inside.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the bars in other colours."""
        self._theme = theme
        self._fill_weeks()

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

    def leave(self) -> None:
        """Go back to the day."""
        self.done.emit()

    # -- building and filling

    def _built_undo(self) -> QFrame:
        inside = self._undo = QFrame()
        inside.setObjectName("notice")
        row = QHBoxLayout(inside)
        row.setContentsMargins(20, 10, 12, 10)
        self._undo_words = label("body", wrap=True)
        row.addWidget(self._undo_words, 1)
        undo = button(tr("Undo"), kind="primary")
        undo.clicked.connect(self.undo_requested)
        row.addWidget(undo)
        return inside

    def _built_items(self) -> QFrame:
        inside, column = _titled(tr("What is planned"))
        words = tr("Nothing yet. Add a routine below; it is due from today.")
        self._nothing = label("soft", words, wrap=True)
        self._items = QVBoxLayout()
        self._items.setSpacing(12)
        column.addWidget(self._nothing)
        column.addLayout(self._items)
        column.addLayout(self._built_adding())
        return inside

    def _fill_items(self, record: PlanRecord, cards: Sequence[RoutineCard]) -> None:
        """Show the items in their rows; a changed item is a new one of the same routine."""
        names = {card.id: card.name for card in cards}
        items = planned(record.plan, record.day)
        kept = {item.id for item in items} & set(self._rows)
        free = [row for item_id, row in self._rows.items() if item_id not in kept]
        rows: dict[str, PlanRow] = {}
        for item in items:
            row = self._rows.get(item.id)
            if row is None:
                row = next((old for old in free if old.item.routine == item.routine), None)
                if row is not None:
                    free.remove(row)
                else:
                    row = self._new_row(item, names.get(item.routine, item.routine))
            row.fill(item, record.this_week.items.get(item.id))
            rows[item.id] = row
        for row in free:
            self._keep_focus(row)
            self._items.removeWidget(row)
            discard(row)
        if self.isVisible():
            # Nothing jumps away under the hand: the order of the day comes with the next look.
            rows = {
                **{row.item.id: row for row in self._rows.values() if row in rows.values()},
                **rows,
            }
        for place, row in enumerate(rows.values()):
            if self._items.indexOf(row) != place:
                self._items.removeWidget(row)
                self._items.insertWidget(place, row)
        self._rows = rows
        self._nothing.setVisible(not rows)

    def _keep_focus(self, leaving: QWidget) -> None:
        """Let Enter do something harmless when what has the focus goes."""
        focused = QApplication.focusWidget()
        if focused is not None and leaving.isAncestorOf(focused):
            self.take_focus()

    def _new_row(self, item: PlanItem, name: str) -> PlanRow:
        row = PlanRow(item, name)
        row.rhythm_changed.connect(self.rhythm_changed)
        row.removed.connect(self.removed)
        return row

    def _built_adding(self) -> QBoxLayout:
        self._choice = ChoiceBox()
        self._choice.setObjectName("choice")
        self._choice.setAccessibleName(tr("Routine to add"))
        self._choice.setMinimumContentsLength(12)
        self._add_button = button(tr("Add to the plan"))
        self._add_button.setObjectName("add")
        self._add_button.clicked.connect(self._add)
        self._adding = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._adding.addWidget(self._choice, 1)
        self._adding.addWidget(self._add_button)
        return self._adding

    def _fill_choice(self, cards: Sequence[RoutineCard]) -> None:
        offered = [(f"{card.name} · {card.moment}", card.id) for card in cards]
        if offered != [
            (self._choice.itemText(number), self._choice.itemData(number))
            for number in range(self._choice.count())
        ]:
            self._choice.clear()
            for words, routine in offered:
                self._choice.addItem(words, routine)
        self._add_button.setEnabled(bool(offered))

    def _add(self) -> None:
        self.routine_added.emit(str(self._choice.currentData()))

    def _built_pauses(self) -> QFrame:
        inside, column = _titled(tr("Pauses"))
        words = tr("Holiday, illness, injury: paused days do not count for or against you.")
        column.addWidget(label("soft", words, wrap=True))
        self._pause_list = QWidget()
        self._pause_list.setObjectName("on_card")
        self._pauses = QVBoxLayout(self._pause_list)
        self._pauses.setContentsMargins(0, 0, 0, 0)
        self._pauses.setSpacing(12)
        column.addWidget(self._pause_list)
        column.addWidget(self._built_new_pause())
        return inside

    def _fill_pauses(self, record: PlanRecord) -> None:
        self._keep_focus(self._pause_list)
        clear_layout(self._pauses)
        for pause in record.plan.pauses:
            if pause.end is None or pause.end > record.day:
                self._pauses.addLayout(self._built_pause(pause))
        chosen = max(0, self._from.currentIndex())
        days = [record.day + timedelta(days=ahead) for ahead in range(_AHEAD_DAYS)]
        if self._from.itemData(0) != days[0]:
            self._from.clear()
            for day in days:
                words = tr("From {day}").format(day=day_name(day))
                self._from.addItem(tr("From today") if day == days[0] else words, day)
            self._from.setCurrentIndex(chosen)

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

    def _built_new_pause(self) -> QWidget:
        self._reason, self._length, self._from = ChoiceBox(), ChoiceBox(), ChoiceBox()
        for reason in (tr("Holiday"), tr("Injury"), tr("Illness"), tr("Race"), tr("Other")):
            self._reason.addItem(reason, reason)
        for days in _LENGTHS:
            text = trn("{n} day", "{n} days", days).format(n=days)
            self._length.addItem(text if days else tr("Until I end it"), days)
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
        inside, column = _titled(tr("Your phone's calendar"))
        self._calendar_words = label("soft", wrap=True)
        column.addWidget(self._calendar_words)
        self._choose_button, self._leave_button = button(""), button(tr("Stop updating it"))
        self._leave_button.setToolTip(tr("The file stays where it is"))
        export = button(tr("Save a file…"))
        line = QWidget()
        row = FlowLayout(parent=line)
        for part, name, signal in (
            (export, "export", self.export_requested),
            (self._choose_button, "folder", self.folder_requested),
            (self._leave_button, "leave", self.folder_left),
        ):
            part.setObjectName(name)
            part.clicked.connect(signal)
            row.addWidget(part)
        column.addWidget(line)
        return inside

    def _fill_calendar(self, folder: str) -> None:
        words = tr(
            "Save the plan as a file and open it on your phone. Or keep the file in a "
            "folder that your phone can see, and it is updated whenever the plan changes."
        )
        if folder:
            words = tr("{file} is kept in {folder} and updated whenever the plan changes.")
            words = words.format(file=FILE_NAME, folder=folder)
        self._calendar_words.setText(words)
        self._choose_button.setText(tr("Another folder…") if folder else tr("Keep in a folder…"))
        self._leave_button.setVisible(bool(folder))

    def _fill_weeks(self) -> None:
        record, theme = self._record, self._theme
        if record is None or theme is None:
            return
        self._weeks.setVisible(bool(record.this_week.items or record.weeks[1:]))
        clear_layout(self._week_column)
        _fill_week_grid(self._week_column, record.weeks, theme)

    def _begin_pause(self) -> None:
        self.pause_requested.emit(
            self._from.currentData(), int(self._length.currentData()), self._reason.currentText()
        )

    def _end_pause(self) -> None:
        sender = self.sender()
        assert isinstance(sender, Button)
        self.resume_requested.emit(sender.objectName())


def _fill_week_grid(column: QVBoxLayout, weeks: Sequence[Week], theme: Theme) -> None:
    words = tr("What you did of what was planned each week. Pauses and days left out do not count.")
    column.addWidget(label("soft", words, wrap=True))
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


def _titled(title: str) -> tuple[QFrame, QVBoxLayout]:
    inside = card()
    column = QVBoxLayout(inside)
    column.setContentsMargins(24, 18, 24, 18)
    column.setSpacing(12)
    column.addWidget(label("heading", title))
    return inside, column
