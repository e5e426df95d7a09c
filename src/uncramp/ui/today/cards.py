"""The cards of what is due, done, left out or paused today."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from uncramp.analysis.guidance import Reason
from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.daywords import day_name, tie_name
from uncramp.coach.plan.due import Due
from uncramp.coach.plan.reminders import Snooze
from uncramp.coach.plan.today import Done, Today
from uncramp.coach.times import spent
from uncramp.model.language import tr
from uncramp.model.plan import Pause, PlanItem, Tie
from uncramp.ui.widgets import Button, KeyButton, at_left, button, card, label

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

_PICTURE_PX = 104


class DueCard(QFrame):
    """One routine that is due now, with its start.

    Attributes:
        picture: the exercise that stands for it; empty for a routine that is no longer there.

    Signals:
        start_requested: the routine's id.
        skip_requested: the item's id and True: it is left out today.
        later_requested: the item's id and the name of a `Snooze`: its reminder shall come again.
    """

    start_requested = Signal(str)
    skip_requested = Signal(str, bool)
    later_requested = Signal(str, str)

    def __init__(
        self, due: Due, shown: RoutineCard | None, today: Today, *, is_first: bool
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._item = item = due.item
        self._menu: QMenu | None = None
        self.picture = shown.picture if shown else ""
        self._drawing = QLabel()
        self._drawing.setObjectName("stage")
        self._drawing.setFixedSize(_PICTURE_PX, _PICTURE_PX)
        self._start: Button = (
            KeyButton(tr("Start"), tr("Enter"), kind="primary")
            if is_first
            else button(tr("Start"), kind="plain")
        )
        self._start.setObjectName(f"start {item.id}")
        name = shown.name if shown else item.routine
        self._start.setAccessibleName(tr("Start {name}").format(name=name))
        if shown is None:
            # Never shown by itself: without a parent it would be a window of its own.
            self._drawing.hide()
            self._start.hide()
        self._start.clicked.connect(self._begin)
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._buttons.setSpacing(4)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._start)
        if due.is_reminded:
            self._buttons.addWidget(self._built_later())
        self._buttons.addWidget(skip_button(name, self._skip))
        self._buttons.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(20, 18, 18, 18)
        self._row.setSpacing(24)
        self._row.addWidget(self._drawing)
        self._row.addLayout(self._words(due, shown, today), 1)
        self._row.addLayout(self._buttons)

    def _built_later(self) -> Button:
        """Return the button that lets the reminder come again."""
        from PySide6.QtGui import QAction  # with the first reminder
        from PySide6.QtWidgets import QMenu

        later = button(tr("Remind me later"), kind="tight")
        self._menu = QMenu(later)
        for by, text in (
            (Snooze.TEN_MINUTES, tr("In 10 minutes")),
            (Snooze.HOUR, tr("In an hour")),
        ):
            action = QAction(text, self._menu)
            action.setData(by.name)
            self._menu.addAction(action)
        self._menu.triggered.connect(self._put_off)
        later.setMenu(self._menu)
        return later

    def _put_off(self, action: "QAction") -> None:
        self.later_requested.emit(self._item.id, str(action.data()))

    @property
    def can_start(self) -> bool:
        """Whether the routine is there."""
        return bool(self.picture)

    def show_picture(self, picture: QPixmap) -> None:
        """Show the small drawing."""
        self._drawing.setPixmap(picture)

    def take_focus(self) -> None:
        """Let Enter start it."""
        self._start.setFocus()

    def set_narrow(self, *, narrow: bool) -> None:
        """In a narrow window the drawing makes room and the buttons stand below the words."""
        direction = QBoxLayout.Direction
        self._drawing.setVisible(self.can_start and not narrow)
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._buttons.setDirection(direction.LeftToRight if narrow else direction.TopToBottom)
        self._buttons.setStretch(0, 0 if narrow else 1)

    def _words(self, due: Due, shown: RoutineCard | None, today: Today) -> QVBoxLayout:
        kicker = tie_name(self._item.tie).upper()
        if due.is_reminded:
            kicker += " · " + tr("It is time").upper()
        elif self._item.remind:
            kicker += f" · {self._item.remind}"
        detail = shown.detail if shown else tr("This routine no longer exists.")
        kept = today.week.get(self._item.id)
        if self._item.times and kept is not None:
            part = tr("{done} of {n} this week").format(done=kept.done, n=kept.planned)
            detail = f"{part} · {detail}"
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addStretch(1)
        role = "kicker_evening" if self._item.tie is Tie.BEDTIME else "kicker"
        column.addWidget(label(role, kicker, wrap=True))
        column.addWidget(label("title", shown.name if shown else self._item.routine, wrap=True))
        column.addWidget(label("soft", detail, wrap=True))
        column.addStretch(1)
        return column

    def _begin(self) -> None:
        self.start_requested.emit(self._item.routine)

    def _skip(self) -> None:
        self.skip_requested.emit(self._item.id, True)


class LaterRow(QWidget):
    """One routine of today whose time is not now, in one line.

    Signals:
        start_requested: the routine's id.
        skip_requested: the item's id and True: it is left out today.
    """

    start_requested = Signal(str)
    skip_requested = Signal(str, bool)

    def __init__(self, due: Due, name: str, detail: str, *, can_start: bool) -> None:
        super().__init__()
        self.setObjectName("on_card")
        self._item = due.item
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label("strong", name, wrap=True))
        words.addWidget(label("soft", detail, wrap=True))
        row.addLayout(words, 1)
        row.addWidget(skip_button(name, self._skip))
        if can_start:
            start = button(tr("Start"), kind="small")
            start.setObjectName(f"start {due.item.id}")
            start.setAccessibleName(tr("Start {name}").format(name=name))
            start.clicked.connect(self._begin)
            row.addWidget(start)

    def _begin(self) -> None:
        self.start_requested.emit(self._item.routine)

    def _skip(self) -> None:
        self.skip_requested.emit(self._item.id, True)


def skip_button(name: str, slot: Callable[[], None]) -> Button:
    """Return the button by which a routine is left out for a day."""
    made = button(
        tr("Not today"),
        kind="tight",
        tip=tr("Left out on purpose: it does not count for or against you"),
    )
    made.setAccessibleName(tr("{name}: not today").format(name=name))
    made.clicked.connect(slot)
    return made


def done_line(done: Done, name: str) -> QWidget:
    """Return the ticked line of a routine that was done, or how far it was gone through."""
    line = QWidget()
    line.setObjectName("on_card")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    words = tr("{name} · at {time}, {length} min").format(
        name=name, time=f"{done.at:%H:%M}", length=spent(done.done_ms)
    )
    if done.is_whole:
        row.addWidget(label("good", "✓"))
        line.setAccessibleName(tr("{name}: done").format(name=words))
    else:
        words = f"{words} · {tr('begun')}"
    row.addWidget(label("soft", words, wrap=True), 1)
    return line


class SkipRow(QFrame):
    """One routine that is left out today.

    Signals:
        undone: the item's id and False: it is due again.
    """

    undone = Signal(str, bool)

    def __init__(self, item: PlanItem, name: str) -> None:
        super().__init__()
        self.setObjectName("card_done")
        self._item = item
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 12, 10)
        row.addWidget(label("soft", tr("{name}: not today").format(name=name), wrap=True), 1)
        undo = button(tr("Undo"), kind="quiet")
        undo.clicked.connect(self._undo)
        row.addWidget(undo)

    def _undo(self) -> None:
        self.undone.emit(self._item.id, False)


def skip_row(item: PlanItem, name: str) -> SkipRow:
    """Return the row of a routine that is left out today."""
    return SkipRow(item, name)


def pause_card(pause: Pause, resumed: SignalInstance) -> QFrame:
    """Return the card of a pause, with its end."""
    title = tr("The plan is paused")
    if pause.end is not None:
        title = tr("The plan is paused until {day}").format(day=day_name(pause.end))
    told = tr("These days do not count for or against you.")
    if pause.reason:
        told = f"{pause.reason}. {told}"
    inside, column = _worded(title, told)
    go_on = button(tr("Resume today"))
    go_on.clicked.connect(resumed)
    column.addLayout(at_left(go_on))
    return inside


class LotCard(QFrame):
    """What the lot of an experiment says about tonight; hidden while it says nothing."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._words = label("heading", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 12, 22, 12)
        column.addWidget(self._words)
        self._words.setText(sentence)
        if not sentence:
            self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self._words.setText(sentence)
        self.setVisible(bool(sentence))


def empty_card(begin: SignalInstance, routines: SignalInstance) -> QFrame:
    """Return the card that stands here before there is a plan."""
    inside, column = _worded(
        tr("Nothing is planned yet"),
        tr(
            "With a plan, what is due today appears here, ready to start. Three short "
            "routines are enough to begin with, and you can change them at any time."
        ),
    )
    row = QHBoxLayout()
    make = button(tr("Make a plan"), kind="primary")
    make.clicked.connect(begin)
    go = button(tr("Show the routines"), kind="quiet")
    go.clicked.connect(routines)
    row.addWidget(make)
    row.addWidget(go)
    row.addStretch(1)
    column.addLayout(row)
    return inside


def advice_card(reasons: Iterable[Reason], safety: SignalInstance) -> QFrame:
    """Return the advice to speak to a doctor, with what was answered as its only reason."""
    parts = [tr("Worth a visit to your doctor")]
    words = {
        Reason.MANY_NIGHTS: tr(
            "You recorded cramps on three or more nights in each of the last two weeks."
        ),
        Reason.DISTURBED_SLEEP: tr(
            "You recorded that cramps clearly disturbed your sleep on three or more nights."
        ),
    }
    told = " ".join(words[reason] for reason in reasons)
    told += " " + tr(
        "That is a good reason to book an appointment; take your journal along. Uncramp gives "
        "information and cannot tell the cause."
    )
    inside, column = _worded(parts[0], told)
    signs = button(tr("When to get help"))
    signs.clicked.connect(safety)
    column.addLayout(at_left(signs))
    return inside


def _worded(title: str, told: str) -> tuple[QFrame, QVBoxLayout]:
    inside = card()
    column = QVBoxLayout(inside)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(8)
    column.addWidget(label("heading", title, wrap=True))
    column.addWidget(label("soft", told, wrap=True))
    return inside, column
