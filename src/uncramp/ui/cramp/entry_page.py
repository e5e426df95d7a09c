"""One cramp, told later or changed: three taps are enough."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.cramp.relief import is_night
from uncramp.coach.cramp.wording import context_name, length_text, relief_name
from uncramp.coach.when import instant_like
from uncramp.model.body import Side
from uncramp.model.diary import GUESSED_HOUR, Cramp, CrampContext, CrampMuscle, Relief
from uncramp.model.language import tr
from uncramp.ui.cramp.chips import Chips, Scale, scale_ends
from uncramp.ui.cramp.leg_map import LegMap
from uncramp.ui.fields import not_saved
from uncramp.ui.instant import Instant
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label, scroll_area, set_role

_LENGTHS_S = (30, 60, 120, 300, 600, 900)
_FRESH = timedelta(minutes=30)
"""What is told so soon is told as it happens."""
_LONGEST_NOTE = 2_000
_NARROW_PX = 900


class CrampEntryPage(Page):
    """Asks for a cramp, or shows one to change.

    Signals:
        saved: the Cramp as it is to be written.
        cancelled: nothing is to be written.
        delete_requested: the Cramp that shall go; only where one is changed.
    """

    saved = Signal(object)
    cancelled = Signal()
    delete_requested = Signal(object)

    def __init__(
        self,
        cramp: Cramp | None,
        now: datetime,
        theme: Theme,
        *,
        latest: Cramp | None = None,
        at: datetime | None = None,
    ) -> None:
        """Build the page.

        Args:
            cramp: the one to change; None for a new one.
            now: the wall clock.
            theme: the colours of the leg map.
            latest: the cramp before, whose place is chosen already for a new one.
            at: when a new one was, where that is known already, as on a day of the calendar.
        """
        super().__init__()
        self.setObjectName("ground")
        self._given = cramp
        self._now = now
        self._start = cramp or self._new(latest, at)
        self._build(theme)
        self._show(self._start)
        self._opened = self.cramp()
        self._is_warned = False

    def _new(self, latest: Cramp | None, at: datetime | None) -> Cramp:
        # In the morning a cramp is told of the night; at three of this moment.
        when = at or (self._now if is_night(self._now) else self._last_night())
        return Cramp(
            id=str(uuid.uuid4()),
            at=when,
            context=CrampContext.NIGHT,
            muscle=CrampMuscle.CALF if latest is None else latest.muscle,
            side=Side.LEFT if latest is None else latest.side,
        )

    def _last_night(self) -> datetime:
        return datetime.combine(self._now.date(), GUESSED_HOUR, self._now.tzinfo)

    # -- building

    def _build(self, theme: Theme) -> None:
        self._map = LegMap(theme)
        self._map.accepted.connect(self.save)
        self._save = button(tr("Save"), kind="primary", tip=tr("Enter on the legs, or Ctrl+S"))
        self._save.clicked.connect(self.save)
        cancel = button(tr("Cancel"), kind="quiet", tip=tr("Esc"))
        cancel.clicked.connect(self.cancelled)
        head = QHBoxLayout()
        head.setSpacing(10)
        title = tr("A cramp") if self._given is None else tr("Change a cramp")
        head.addWidget(label("display", title), 1)
        if self._given is not None:
            delete = button(tr("Delete"), kind="alert")
            delete.clicked.connect(self._delete)
            head.addWidget(delete)
        head.addWidget(cancel)
        head.addWidget(self._save)
        self._told = label("soft", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 34, 20)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._told)
        whole.addWidget(self._built_middle(), 1)

    def _built_middle(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._halves.setContentsMargins(0, 0, 10, 0)
        self._halves.setSpacing(20)
        legs = card()
        column = QVBoxLayout(legs)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(self._map)
        self._halves.addWidget(legs, 4)
        self._halves.addWidget(self._built_questions(), 5)
        return scroll_area(inside)

    def _built_questions(self) -> QFrame:
        self._when = Chips(
            (("now", tr("Now")), ("night", tr("Last night")), ("pick", tr("Another time"))),
            tr("When"),
            needed=True,
        )
        self._at = Instant(tr("Date and time"))
        contexts = ((one, context_name(one)) for one in CrampContext)
        self._context = Chips(contexts, tr("Situation"), needed=True)
        self._length = Chips(((s, length_text(s)) for s in _LENGTHS_S), tr("How long"))
        self._pain = Scale(tr("Pain"))
        self._sleep = Scale(tr("Disturbed sleep"))
        reliefs = ((one, relief_name(one)) for one in Relief)
        self._relief = Chips(reliefs, tr("What stopped it"), several=True)
        self._sore = Scale(tr("Sore the next day"))
        self._notes = QLineEdit()
        self._notes.setMaxLength(_LONGEST_NOTE)
        self._notes.setPlaceholderText(tr("Anything else: shoes, drinks, the day before"))
        self._notes.setAccessibleName(tr("Notes"))
        self._when.changed.connect(self._when_changed)
        self._context.changed.connect(self._show_fitting)
        self._at.changed.connect(self._show_day)
        made = card()
        rows = QVBoxLayout(made)
        rows.setContentsMargins(24, 18, 24, 18)
        rows.setSpacing(6)
        self._titles: dict[QWidget, QWidget] = {}
        self._ask(rows, tr("When"), self._when)
        rows.addWidget(self._at)
        for words, widget in (
            (tr("What you were doing"), self._context),
            (tr("How long"), self._length),
            (tr("Pain"), self._pain),
            (tr("How much it disturbed your sleep"), self._sleep),
            (tr("What stopped it"), self._relief),
            (tr("How sore the next day"), self._sore),
            (tr("Notes"), self._notes),
        ):
            self._ask(rows, words, widget)
        rows.addStretch(1)
        return made

    def _ask(self, rows: QVBoxLayout, words: str, widget: QWidget) -> None:
        title = label("soft", words)
        if isinstance(widget, Scale):
            title.setToolTip(scale_ends())
        rows.addSpacing(4)
        rows.addWidget(title)
        rows.addWidget(widget)
        self._titles[widget] = title

    # -- what is shown

    def _show(self, cramp: Cramp) -> None:
        self._map.choose(cramp.muscle, cramp.side)
        self._at.show_wall(cramp.at, max(_wall(self._now), _wall(cramp.at)))
        when = "pick"
        if self._given is None and cramp.at == self._now:
            when = "now"
        elif self._given is None and cramp.at == self._last_night():
            when = "night"
        self._when.set_values((when,))
        self._context.set_values((cramp.context,))
        if cramp.seconds is not None and not self._length.has(cramp.seconds):
            self._length.add(cramp.seconds, length_text(cramp.seconds))
        self._length.set_values((cramp.seconds,))
        self._pain.set_level(cramp.pain)
        self._sleep.set_level(cramp.disturbance)
        self._relief.set_values(cramp.relief)
        self._sore.set_level(cramp.soreness)
        self._notes.setText(cramp.notes)
        self._show_fitting()

    def _show_fitting(self) -> None:
        """Ask only what fits: the sleep after a night, the soreness when the next day is there."""
        night = self._context.value is CrampContext.NIGHT
        self._set_shown(self._sleep, night or self._start.disturbance is not None)
        next_day = self._when_told().date() < self._now.date() or self._start.soreness is not None
        self._set_shown(self._sore, next_day)
        self._at.setVisible(self._when.value == "pick")
        self._show_day()

    def _set_shown(self, widget: QWidget, shown: bool) -> None:
        widget.setVisible(shown)
        self._titles[widget].setVisible(shown)

    def _show_day(self) -> None:
        at = self._when_told()
        made = replace(self._start, at=at)
        words = tr("Click where it was, and save. Everything else is optional.")
        if self._when.value == "pick" and self._context.value is CrampContext.NIGHT:
            words = tr("It counts for the night from {first} to {last}.").format(
                first=_short(made.day), last=_short(made.day + timedelta(days=1))
            )
        if self._when.value == "pick" and self._at.sentence:
            words = self._at.sentence
        set_role(self._told, "soft")
        self._told.setText(words)

    def _when_changed(self) -> None:
        if self._when.value == "night":
            self._context.set_values((CrampContext.NIGHT,))
        elif self._when.value == "now":
            context = CrampContext.NIGHT if is_night(self._now) else CrampContext.REST
            self._context.set_values((context,))
        else:
            self._at.setFocus()
        self._show_fitting()

    # -- the answer

    def _when_told(self) -> datetime:
        value = self._when.value
        if value == "now":
            return self._now
        if value == "night":
            return min(self._last_night(), self._now)
        wall = self._at.wall
        given = self._start.at
        if wall.replace(second=0, microsecond=0) == given.replace(
            tzinfo=None, second=0, microsecond=0
        ):
            return given  # untouched: with its seconds, and with the offset of its place
        return min(self._placed(wall), max(self._now, given))

    def _placed(self, wall: datetime) -> datetime:
        """Give a wall clock its offset: that of the cramp's place, or of here on that day."""
        return instant_like(wall, self._now if self._given is None else self._start.at)

    def cramp(self) -> Cramp:
        """Return the cramp as the page shows it."""
        at, context, seconds = self._when_told(), self._context.value, self._length.value
        assert isinstance(context, CrampContext)
        told_late = self._given is None and abs(self._now - at) > _FRESH
        return replace(
            self._start,
            at=at,
            context=context,
            muscle=self._map.muscle,
            side=self._map.side,
            seconds=seconds if isinstance(seconds, int) else None,
            pain=self._pain.level,
            disturbance=None if self._sleep.isHidden() else self._sleep.level,
            relief=tuple(one for one in self._relief.values if isinstance(one, Relief)),
            soreness=None if self._sore.isHidden() else self._sore.level,
            notes=self._notes.text().strip(),
            noted=self._now if told_late else self._start.noted,
        )

    def save(self) -> None:
        """Give the answer, or say what cannot be read."""
        if self._when.value == "pick" and self._at.sentence:
            self.tell(self._at.sentence)
            self._at.setFocus()
            return
        self.saved.emit(self.cramp())

    def tell(self, sentence: str) -> None:
        """Say what went wrong; the page stays as it is."""
        self._told.setText(sentence)
        set_role(self._told, "alert")

    def take_focus(self) -> None:
        """Let the arrows choose on the legs, and Enter save."""
        self._map.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._map.set_theme(theme)

    def leave(self) -> None:
        """Leave; what was answered is not thrown away by a single key."""
        if self._is_warned or self.cramp() == self._opened:
            self.cancelled.emit()
            return
        self._is_warned = True
        self.tell(not_saved())

    def _delete(self) -> None:
        self.delete_requested.emit(self._given)

    # -- what Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Ctrl+S."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_S and control:
            self.save()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large letters, the questions come below the legs."""
        super().resizeEvent(event)
        letters = self.fontMetrics().horizontalAdvance("0") / 8
        narrow = self.width() < _NARROW_PX * max(1.0, letters)
        way = QBoxLayout.Direction
        self._halves.setDirection(way.TopToBottom if narrow else way.LeftToRight)


def _wall(at: datetime) -> datetime:
    """Return an instant as the clock on the wall showed it."""
    return at.replace(tzinfo=None)


def _short(day: object) -> str:
    return f"{day:%a %d %b}"
