"""The question about a night, and its answer."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from uncramp.coach.daywords import night_name
from uncramp.coach.plan.today import NightMark, NightState, Today
from uncramp.model.crampday import is_recalled
from uncramp.model.language import tr
from uncramp.ui.flow import FlowLayout
from uncramp.ui.today.nights import state_words
from uncramp.ui.widgets import Button, button, clear_layout, label

_MANY = 4


class NightCard(QFrame):
    """One night: a question with its buttons, or what was answered.

    Signals:
        told: the cramp-day and how many cramps it had.
        taken_back: the cramp-day whose answer was a mistake.
        change_requested: the cramp-day that is to be asked for again.
        entry_requested: the cramp-day for which a cramp is to be entered with its details.
        put_away: the question is not wanted now.
    """

    told = Signal(object, int)
    taken_back = Signal(object)
    change_requested = Signal(object)
    entry_requested = Signal(object)
    put_away = Signal()

    def __init__(
        self, mark: NightMark, today: Today, *, is_asked: bool, just_told: date | None
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self._mark = mark
        self._today = today
        self._is_asked = is_asked
        self._just_told = just_told
        self._first: Button | None = None
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._buttons = QWidget()
        self._button_row = FlowLayout(parent=self._buttons)
        self._row.setContentsMargins(24, 18, 24, 18)
        self._row.setSpacing(16)
        if is_asked or today.asks:
            self._ask()
        else:
            self._show_answer()

    def set_narrow(self, *, narrow: bool) -> None:
        """In a narrow window the buttons stand below the words."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def take_focus(self) -> None:
        """Go to the first button."""
        if self._first is not None:
            self._first.setFocus()

    @property
    def _day(self) -> date:
        return self._mark.day

    def _ask(self) -> None:
        is_last = self._day == self._today.last_night.day
        title = tr("How was last night?")
        hint = tr(
            "One click is enough. A night without a cramp counts as much as a night with one."
        )
        if not is_last:
            title = tr("How was {night}?").format(night=night_name(self._day))
        if is_recalled(self._day, self._today.now):
            hint = tr("Filled in later, so it is shown, but not used in comparisons.")
        self._words(title, hint)
        clear = self._button(tr("No cramp"), "good", self._tell_clear)
        self._button(tr("A cramp…"), "plain", self._ask_how_many)
        if self._is_asked:
            if self._mark.state is not NightState.OPEN:
                self._button(tr("Not logged"), "quiet", self._take_back)
            self._button(tr("Not now"), "quiet", self.put_away)
        self._first = clear

    def _ask_how_many(self) -> None:
        self._empty()
        self._words(tr("How many cramps?"), tr("You can add details if you like."))
        for number in range(1, _MANY + 1):
            text = str(number) if number < _MANY else tr("{n} or more").format(n=number)
            made = self._button(text, "small", self._tell_number)
            made.setProperty("number", number)
            if number == 1:
                self._first = made
        self._button(tr("Details…"), "plain", self._enter)
        self.take_focus()

    def _show_answer(self) -> None:
        if self._mark.state is NightState.OPEN:
            hint = tr("In the morning you will be asked how it was.")
            self._words(tr("Sleep well"), hint)
            return
        words = tr("Last night: {state}").format(state=state_words(self._mark))
        self._words(words, "")
        if self._mark.state is NightState.CRAMP:
            self._button(tr("Details…"), "quiet", self._enter)
        if self._day == self._just_told:
            self._first = self._button(tr("Undo"), "plain", self._take_back)
        else:
            self._first = self._button(tr("Change"), "quiet", self._change)

    def _words(self, title: str, hint: str) -> None:
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(label("heading", title, wrap=True))
        if hint:
            column.addWidget(label("soft", hint, wrap=True))
        self._row.addLayout(column, 1)
        self._row.addWidget(self._buttons)

    def _button(self, text: str, kind: str, slot: object) -> Button:
        made = button(text, kind=kind)
        made.clicked.connect(slot)
        self._button_row.addWidget(made)
        return made

    def _empty(self) -> None:
        clear_layout(self._row)
        self._buttons = QWidget()
        self._button_row = FlowLayout(parent=self._buttons)

    def _tell_clear(self) -> None:
        self.told.emit(self._day, 0)

    def _tell_number(self) -> None:
        self.told.emit(self._day, int(self.sender().property("number")))

    def _take_back(self) -> None:
        self.taken_back.emit(self._day)

    def _change(self) -> None:
        self.change_requested.emit(self._day)

    def _enter(self) -> None:
        self.entry_requested.emit(self._day)
