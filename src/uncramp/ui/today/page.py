"""Today: what is due with its start, last night's question, and the week."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.daywords import day_name, headline
from uncramp.coach.plan.today import Today
from uncramp.model.language import tr
from uncramp.ui.early import NO_FOCUS
from uncramp.ui.theme import Theme
from uncramp.ui.today.cards import (
    DoneCard,
    DueCard,
    LotCard,
    advice_card,
    empty_card,
    pause_card,
    skip_row,
)
from uncramp.ui.today.night_card import NightCard
from uncramp.ui.today.week_cards import kept_card, next_card, week_card
from uncramp.ui.widgets import KeyButton, at_left, button, label, scroll_area

PICTURE_PX = 104
_NARROW_PX = 940
_NARROW_HEAD = 22
"""In heights of a line: less is too narrow for the greeting and a button beside it."""
_NARROW_CARD = 27
"""In heights of a line: less is too narrow for a drawing, words and buttons side by side."""
_MOST_DONE = 6


class TodayPage(QWidget):
    """What there is to do today, and how the last nights were.

    Signals:
        start_requested: the id of the routine to start.
        night_told: a cramp-day and how many cramps it had.
        night_taken_back: a cramp-day whose answer was a mistake.
        cramp_entry_requested: a cramp-day for which a cramp is to be entered.
        skip_requested: the id of an item that is left out today, and whether it is.
        resume_requested: the pause shall end.
        plan_requested: the plan is wanted.
        begin_requested: there is no plan, and the first questions are wanted.
        routines_requested: the list of routines is wanted.
        safety_requested: the signs that are reasons to get help are wanted.
        pictures_requested: ids of exercises and the side in logical pixels of the drawings that
            are wanted of them; `show_pictures` answers.
    """

    start_requested = Signal(str)
    night_told = Signal(object, int)
    night_taken_back = Signal(object)
    cramp_entry_requested = Signal(object)
    skip_requested = Signal(str, bool)
    resume_requested = Signal()
    plan_requested = Signal()
    begin_requested = Signal()
    routines_requested = Signal()
    safety_requested = Signal()
    pictures_requested = Signal(list, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._theme = theme
        self._today: Today | None = None
        self._cards: Mapping[str, RoutineCard] = {}
        self._due: list[DueCard] = []
        self._night: NightCard | None = None
        self._columns: QBoxLayout | None = None
        self._asked_for: date | None = None
        self._just_told: date | None = None
        self._lot: LotCard | None = None
        self._lot_words = ""
        self._area = scroll_area()
        # Its children have the focus; a ring around all of them says nothing.
        self._area.setProperty("focusPolicy", NO_FOCUS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 26, 12)
        whole.addWidget(self._area)

    # -- filling

    def fill(self, today: Today, cards: Sequence[RoutineCard]) -> None:
        """Show today; a question about an earlier night stays open."""
        self._today = today
        self._cards = {card.id: card for card in cards}
        self._show()

    def tell_fault(self, sentence: str) -> None:
        """Show why today cannot be shown."""
        self._due, self._night, self._columns, self._lot = [], None, None, None
        inside, column = _column()
        column.addWidget(label("display", tr("Today")))
        column.addWidget(label("alert", sentence, wrap=True))
        routines = button(tr("To the routines"), kind="primary")
        routines.clicked.connect(self.routines_requested)
        column.addLayout(at_left(routines))
        column.addStretch(1)
        self._area.setWidget(inside)

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show small drawings on the cards, by exercise id."""
        for shown in self._due:
            if shown.picture in pictures:
                shown.show_picture(pictures[shown.picture])

    def show_lot(self, sentence: str) -> None:
        """Show what was drawn for tonight; an empty sentence takes it away."""
        self._lot_words = sentence
        if self._lot is not None:
            self._lot.say(sentence)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        if self._today is not None:
            self._show()

    def take_focus(self) -> None:
        """Let Enter start what is first; without that, answer the question."""
        if self._due and self._due[0].can_start:
            self._due[0].take_focus()
        elif self._night is not None:
            self._night.take_focus()

    def ask_for(self, day: date) -> None:
        """Ask for another night than the last one, or change an answer."""
        self._asked_for = day
        self._show()
        if self._night is not None:
            self._night.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the week stands below what is due."""
        super().resizeEvent(event)
        self._fit()

    # -- building

    def _show(self) -> None:
        today = self._today
        assert today is not None
        inside, column = _column()
        column.addLayout(self._built_head(today))
        self._lot = LotCard(self._lot_words)
        column.addWidget(self._lot)
        if today.reasons:
            column.addWidget(advice_card(today.reasons, self.safety_requested))
        self._night = self._built_night(today)
        column.addWidget(self._night)
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(20)
        columns.addLayout(self._built_due(today), 3)
        columns.addLayout(self._built_week(today), 2)
        self._columns = columns
        column.addLayout(columns)
        column.addStretch(1)
        scrolled = self._area.verticalScrollBar().value()
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else None
        self._area.setWidget(inside)
        self._fit()
        self._area.verticalScrollBar().setValue(scrolled)
        if name is not None:
            self._give_focus(inside, name)
        wanted = list(dict.fromkeys(card.picture for card in self._due if card.picture))
        if wanted:
            self.pictures_requested.emit(wanted, PICTURE_PX)

    def _give_focus(self, inside: QWidget, name: str) -> None:
        """Let the keyboard go on where it was; the page is also made anew by the clock."""
        inside.show()
        again = inside.findChild(QAbstractButton, name) if name else None
        if isinstance(again, QAbstractButton):
            again.setFocus()
        else:
            self.take_focus()

    def _built_head(self, today: Today) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("soft", day_name(today.now.date())))
        title = headline(
            today.now,
            len(today.due),
            len(today.done),
            has_plan=today.has_plan,
            is_paused=today.pause is not None,
        )
        words.addWidget(label("display", title, wrap=True))
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.addLayout(words, 1)
        plan = button(tr("Plan"), tip=tr("What is planned, and when"))
        plan.setObjectName("plan")
        plan.clicked.connect(self.plan_requested)
        below = QVBoxLayout()
        below.addStretch(1)
        below.addLayout(at_left(plan))
        head.addLayout(below)
        return head

    def _built_night(self, today: Today) -> NightCard:
        shown = next((mark for mark in today.nights if mark.day == self._asked_for), None)
        if shown is None:
            self._asked_for = None
        made = NightCard(
            shown or today.last_night,
            today,
            is_asked=shown is not None,
            just_told=self._just_told,
        )
        made.told.connect(self._tell)
        made.taken_back.connect(self._take_back)
        made.change_requested.connect(self.ask_for)
        made.put_away.connect(self._put_away)
        made.entry_requested.connect(self.cramp_entry_requested)
        return made

    def _tell(self, day: date, cramps: int) -> None:
        self._asked_for = None
        self._just_told = day
        self.night_told.emit(day, cramps)

    def _take_back(self, day: date) -> None:
        self._asked_for = self._just_told = None
        self.night_taken_back.emit(day)

    def _put_away(self) -> None:
        self._asked_for = None
        self._show()
        self.take_focus()

    def _built_due(self, today: Today) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        self._due = []
        if today.pause is not None:
            column.addWidget(pause_card(today.pause, self.resume_requested))
        elif not today.has_plan:
            column.addWidget(empty_card(self.begin_requested, self.routines_requested))
        for item in today.due:
            made = DueCard(item, self._cards.get(item.routine), today, is_first=not self._due)
            made.start_requested.connect(self.start_requested)
            made.skip_requested.connect(self.skip_requested)
            self._due.append(made)
            column.addWidget(made)
        for item in today.skipped:
            made_row = skip_row(item, self._name(item.routine))
            made_row.undone.connect(self.skip_requested)
            column.addWidget(made_row)
        for done in today.done[:_MOST_DONE]:
            column.addWidget(DoneCard(done, self._name(done.routine)))
        column.addStretch(1)
        return column

    def _built_week(self, today: Today) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        week, nights = week_card(today.nights, self._theme)
        for night in nights:
            night.clicked.connect(self._night_chosen)
        column.addWidget(week)
        column.addWidget(kept_card(today, self._theme))
        coming = today.reminders.coming
        if coming is not None:
            column.addWidget(next_card(coming, self._name(coming.item.routine), today.now))
        column.addStretch(1)
        return column

    def _night_chosen(self) -> None:
        name = self.sender().objectName().rpartition(" ")[2]
        self.ask_for(date.fromisoformat(name))

    def _name(self, routine: str) -> str:
        shown = self._cards.get(routine)
        return shown.name if shown else routine

    def _fit(self) -> None:
        if self._columns is None:
            return
        # Large letters need the room of a narrow window sooner.
        line = self.fontMetrics().height()
        least = max(_NARROW_PX, 52 * line)
        narrow = self.width() < least
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        tight = self.width() < _NARROW_HEAD * line
        self._head.setDirection(direction.TopToBottom if tight else direction.LeftToRight)
        room = self.width() - 80
        room = room if narrow else round(room * 0.6)
        for shown in self._due:
            shown.set_narrow(narrow=room < _NARROW_CARD * line)
        if self._night is not None:
            self._night.set_narrow(narrow=self.width() - 80 < _NARROW_CARD * line)
        for key in self.findChildren(KeyButton):
            key.show_key(not narrow)


def _column() -> tuple[QWidget, QVBoxLayout]:
    inside = QWidget()
    inside.setObjectName("scrolled")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 8, 16)
    column.setSpacing(16)
    return inside, column
