"""Today: what is due with its start, last night's question, and the week."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.daywords import date_line, headline, tie_name
from uncramp.coach.plan.due import Due, DueTime
from uncramp.coach.plan.today import Today
from uncramp.model.language import tr
from uncramp.ui.early import STRONG_FOCUS
from uncramp.ui.page import RebuiltPage
from uncramp.ui.theme import Theme
from uncramp.ui.today.cards import (
    DueCard,
    LaterRow,
    LotCard,
    SkipRow,
    advice_card,
    done_line,
    empty_card,
    pause_card,
)
from uncramp.ui.today.night_card import NightCard
from uncramp.ui.today.week_cards import kept_card, next_card, week_card
from uncramp.ui.widgets import KeyButton, at_left, button, card, label

PICTURE_PX = 104
_NARROW_PX = 940
_NARROW_HEAD = 22
"""In heights of a line: less is too narrow for the greeting and a button beside it."""
_NARROW_CARD = 27
"""In heights of a line: less is too narrow for a drawing, words and buttons side by side."""
_MOST_DONE = 6


class TodayPage(RebuiltPage):
    """What there is to do today, and how the last nights were.

    Signals:
        start_requested: the id of the routine to start.
        night_told: a cramp-day and how many cramps it had.
        night_taken_back: a cramp-day whose answer was a mistake.
        cramp_entry_requested: a cramp-day for which a cramp is to be entered.
        skip_requested: the id of an item that is left out today, and whether it is.
        later_requested: the id of an item whose reminder shall come again, and a `Snooze`'s name.
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
    later_requested = Signal(str, str)
    resume_requested = Signal()
    plan_requested = Signal()
    begin_requested = Signal()
    routines_requested = Signal()
    safety_requested = Signal()
    pictures_requested = Signal(list, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._today: Today | None = None
        self._fault = ""
        self._cards: Mapping[str, RoutineCard] = {}
        self._due: list[DueCard] = []
        self._night: NightCard | None = None
        self._columns: QBoxLayout | None = None
        self._head: QBoxLayout | None = None
        self._title: QLabel | None = None
        self._asked_for: date | None = None
        self._just_told: date | None = None
        self._lot: LotCard | None = None
        self._lot_words = ""

    # -- filling

    def fill(self, today: Today, cards: Sequence[RoutineCard]) -> None:
        """Show today; a question about an earlier night stays open."""
        self._today, self._fault = today, ""
        self._cards = {entry.id: entry for entry in cards}
        self.rebuild()

    def show_fault(self, sentence: str) -> None:
        """Show why today cannot be shown."""
        self._fault = sentence
        self.rebuild()

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
        """Paint the nights in other colours."""
        self._theme = theme
        if self._today is not None:
            self.rebuild()

    def focus_first(self) -> None:
        """Let Enter start what is due now; where nothing is, Enter does nothing.

        Whoever presses it once too often after a session must not answer last night's question.
        """
        if self._asked_for is not None and self._night is not None:
            self._night.take_focus()
        elif self._due and self._due[0].can_start:
            self._due[0].take_focus()
        elif self._title is not None:
            self._title.setFocus()

    def ask_for(self, day: date) -> None:
        """Ask for another night than the last one, or change an answer."""
        self._asked_for = day
        self.rebuild()
        self.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the week stands below what is due."""
        super().resizeEvent(event)
        self.fit()

    # -- building

    def build(self) -> QWidget:
        """Return the page of today, or why it cannot be shown."""
        self._due, self._night, self._columns = [], None, None
        self._lot = self._head = None
        inside, column = _column()
        today = self._today
        if self._fault or today is None:
            self._fill_fault(column)
            return inside
        column.addLayout(self._built_head(today))
        self._lot = LotCard(self._lot_words)
        column.addWidget(self._lot)
        if today.reasons:
            column.addWidget(advice_card(today.reasons, self.safety_requested))
        self._night = self._built_night(today)
        column.addWidget(self._night)
        columns = self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(20)
        columns.addLayout(self._built_due(today), 3)
        columns.addLayout(self._built_week(today), 2)
        column.addLayout(columns)
        column.addStretch(1)
        wanted = list(dict.fromkeys(shown.picture for shown in self._due if shown.picture))
        if wanted:
            self.pictures_requested.emit(wanted, PICTURE_PX)
        return inside

    def _fill_fault(self, column: QVBoxLayout) -> None:
        self._title = label("display", tr("Today"))
        column.addWidget(self._title)
        column.addWidget(label("alert", self._fault, wrap=True))
        routines = button(tr("Show the routines"), kind="primary")
        routines.clicked.connect(self.routines_requested)
        column.addLayout(at_left(routines))
        column.addStretch(1)

    def _built_head(self, today: Today) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("soft", date_line(today.now, today.day)))
        title = headline(
            today.now,
            len(today.due),
            len(today.done),
            has_plan=today.has_plan,
            is_paused=today.pause is not None,
        )
        self._title = label("display", title, wrap=True)
        self._title.setProperty("focusPolicy", STRONG_FOCUS)
        words.addWidget(self._title)
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
        self.rebuild()
        self.take_focus()

    def _built_due(self, today: Today) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        if today.pause is not None:
            column.addWidget(pause_card(today.pause, self.resume_requested))
        elif not today.has_plan:
            column.addWidget(empty_card(self.begin_requested, self.routines_requested))
        for entry in today.due:
            if entry.when is DueTime.NOW:
                column.addWidget(self._built_card(entry, today))
        for when, title in ((DueTime.LATER, tr("Later")), (DueTime.PAST, tr("Earlier today"))):
            entries = [entry for entry in today.due if entry.when is when]
            if entries:
                column.addWidget(self._built_later(title, entries))
        for item in today.skipped:
            row = SkipRow(item, self._name(item.routine))
            row.undone.connect(self.skip_requested)
            column.addWidget(row)
        if today.done:
            inside, lines = _folded(tr("Done today"))
            for done in today.done[:_MOST_DONE]:
                lines.addWidget(done_line(done, self._name(done.routine)))
            column.addWidget(inside)
        column.addStretch(1)
        return column

    def _built_card(self, due: Due, today: Today) -> DueCard:
        shown = self._cards.get(due.item.routine)
        made = DueCard(due, shown, today, is_first=not self._due)
        made.start_requested.connect(self.start_requested)
        made.skip_requested.connect(self.skip_requested)
        made.later_requested.connect(self.later_requested)
        self._due.append(made)
        return made

    def _built_later(self, title: str, entries: Sequence[Due]) -> QFrame:
        inside, lines = _folded(title)
        for entry in entries:
            shown = self._cards.get(entry.item.routine)
            parts = [tie_name(entry.item.tie), *([entry.item.remind] if entry.item.remind else [])]
            parts += [shown.detail] if shown else [tr("This routine no longer exists.")]
            name = self._name(entry.item.routine)
            row = LaterRow(entry, name, " · ".join(parts), can_start=shown is not None)
            row.start_requested.connect(self.start_requested)
            row.skip_requested.connect(self.skip_requested)
            lines.addWidget(row)
        return inside

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

    def fit(self) -> None:
        """Arrange the columns and the cards for the width that there is."""
        if self._columns is None or self._head is None:
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


def _folded(title: str) -> tuple[QFrame, QVBoxLayout]:
    """Return a quiet card with a small title, for what asks for nothing now."""
    inside = card()
    inside.setObjectName("card_done")
    column = QVBoxLayout(inside)
    column.setContentsMargins(20, 12, 14, 12)
    column.setSpacing(10)
    column.addWidget(label("kicker", title.upper()))
    return inside, column
