"""The relief of a cramp on the screen: what to do, how long, and two choices."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from uncramp.coach.cramp.relief import Advice, advice_at, advice_text
from uncramp.coach.session.guide import Delivered, GuidedSession
from uncramp.coach.session.sounding import SoundingSession
from uncramp.coach.times import clock
from uncramp.model.exercise import Exercise
from uncramp.model.language import tr
from uncramp.session import machine
from uncramp.session.machine import Phase
from uncramp.session.timeline import CueKind, Position, Segment, SegmentKind
from uncramp.sound.output import SoundState
from uncramp.ui.cramp.choice import ChoiceButton
from uncramp.ui.figure.view import FigureView
from uncramp.ui.page import plain_key
from uncramp.ui.painted import Digits
from uncramp.ui.session.page import SessionPage
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, label, set_role

_CLOCK_MS = 500
_NARROW_PX = 900
_LOW_PX = 620


class ReliefView(SessionPage):
    """One relief session with the clock of its cramp.

    Signals:
        eased: the cramp is over.
        help_requested: a sign was there, or it is time to get advice.
        again_requested: the relief is through, the cramp is not.
        left: the user left without an answer.
    """

    eased = Signal()
    help_requested = Signal()
    again_requested = Signal()
    left = Signal()

    def __init__(
        self,
        session: GuidedSession,
        place: str,
        read_elapsed_s: Callable[[], float],
        sound: SoundingSession | None,
        theme: Theme,
        frame_rate: int,
        *,
        on_a_run: bool,
        notes: tuple[str, ...] = (),
        afterwards: str = "",
    ) -> None:
        super().__init__(session)
        self._place, self._read_elapsed_s = place, read_elapsed_s
        self._sound, self._theme = sound, theme
        self._on_a_run, self._notes, self._afterwards = on_a_run, notes, afterwards
        self._shown: tuple[object, ...] = ()
        self._hint: Delivered | None = None
        self._asks = False
        self._is_low = False
        self._said = Advice.NONE
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._show_clock)
        self._build(frame_rate)
        self._connect()
        self.set_theme(theme)

    @property
    def asks(self) -> bool:
        """Whether the relief is through and the cramp's end is asked for."""
        return self._asks

    def start(self) -> None:
        """Begin the session."""
        self._clock.start()
        self.driver.start()

    def shut_down(self) -> None:
        """Stop the timers; the session stays recorded as it is."""
        self.driver.shut_down()
        self._clock.stop()
        self._figure.pause()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._figure.set_colours(theme.figure)
        self._refresh()

    # -- building

    def _build(self, frame_rate: int) -> None:
        self._kicker = label("relief_soft")
        self._what = label("relief_what", wrap=True)
        self._cue = label("relief_cue", wrap=True)
        self._digits = Digits(self)
        self._feel = label("relief_soft", wrap=True)
        self._advice = label("relief_advice", wrap=True)
        self._advice.hide()
        self._badge = label("soft", wrap=True)
        self._badge.hide()
        self._keys = label("soft", tr("Space: pause · arrows: skip and back"), wrap=True)
        self._figure = FigureView(self._theme.figure)
        self._figure.set_fps(frame_rate)
        self._easing = ChoiceButton(tr("Enter"), first=True)
        self._easing.set_words(tr("It is easing"))
        self._help = ChoiceButton(tr("X"))
        self._help.set_words(tr("Swollen, warm, numb or injured"))
        self._again = button(tr("Once more (R)"), kind="quiet")
        self._again.hide()
        for pressed in (self._easing, self._help, self._again):
            # The keys belong to the relief, wherever a mouse has clicked.
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        choices = QHBoxLayout()
        choices.setSpacing(14)
        choices.addWidget(self._easing, 1)
        choices.addWidget(self._help, 1)
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addStretch(1)
        for part in (self._kicker, self._what, self._cue):
            words.addWidget(part)
        words.addWidget(self._digits, 5)
        for part in (self._feel, self._advice, self._badge):
            words.addWidget(part)
        words.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        words.addSpacing(6)
        words.addLayout(choices)
        words.addWidget(self._keys)
        words.addStretch(1)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(32, 24, 32, 24)
        middle.setSpacing(40)
        middle.addWidget(self._figure, 5)
        middle.addLayout(words, 5)

    def _connect(self) -> None:
        self._easing.clicked.connect(self.eased)
        self._help.clicked.connect(self.help_requested)
        self._again.clicked.connect(self.again_requested)
        self.driver.cue_delivered.connect(self._show_cue)
        self.driver.position_changed.connect(self._refresh)
        self.driver.ended.connect(self._ask)

    # -- what Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the relief."""
        driver = self.driver
        actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: self.eased.emit,
            Qt.Key.Key_Enter: self.eased.emit,
            Qt.Key.Key_X: self.help_requested.emit,
            Qt.Key.Key_N: self.help_requested.emit,
            Qt.Key.Key_Escape: self._pause_or_leave,
            Qt.Key.Key_R: self.again_requested.emit if self._asks else driver.repeat,
            Qt.Key.Key_Space: driver.toggle_pause,
            Qt.Key.Key_P: driver.toggle_pause,
            Qt.Key.Key_Right: driver.skip,
            Qt.Key.Key_Left: driver.back,
            Qt.Key.Key_Plus: driver.ten_more,
            Qt.Key.Key_Up: driver.ten_more,
        }
        action = actions.get(plain_key(event))
        if action is None or event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            action()

    def _pause_or_leave(self) -> None:
        """Esc pauses, and leaves only what is paused or through."""
        if self.session.state.phase is Phase.RUNNING:
            self.driver.pause()
        else:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the figure and the finer words make room."""
        super().resizeEvent(event)
        letters = max(1.0, self.fontMetrics().horizontalAdvance("0") / 9)
        self._figure.setVisible(self.width() >= 560 * letters)
        self._is_low = self.height() < _LOW_PX * letters
        self._feel.setVisible(not self._is_low)
        self._keys.setVisible(not self._is_low and self.width() >= _NARROW_PX)
        set_role(self._what, "question" if self._is_low else "relief_what")
        set_role(self._cue, "heading" if self._is_low else "relief_cue")
        self._cue.setVisible(not (self._asks and self._is_low))

    # -- what is shown

    def _refresh(self) -> None:
        if self._asks:
            return
        session = self.session
        now_ns = session.now_ns()
        here = machine.position_at(session.state, now_ns)
        exercise = session.exercise_of(here.segment)
        lead_ns = machine.lead_left_ns(session.state, now_ns)
        self._show_figure(here, exercise)
        self._show_words(here.segment, exercise)
        left_ms = -(-lead_ns // machine.NS_PER_MS) if lead_ns else here.left_ms
        seconds = -(-left_ms // 1000)
        working = here.segment.kind is SegmentKind.WORK and not lead_ns
        text = str(seconds) if seconds < 100 else clock(left_ms)
        self._digits.show_text(text, self._theme.qcolor("text" if working else "text_soft"))
        self._show_clock()

    def _show_figure(self, here: Position, exercise: Exercise) -> None:
        segment = here.segment
        wanted = (segment.step, exercise.id, segment.side)
        if wanted != self._shown:
            self._shown = wanted
            self._figure.set_figure(exercise.figure, segment.side, exercise.name.default)
        running = self.session.state.phase is Phase.RUNNING
        if running and segment.kind is not SegmentKind.REST:
            self._figure.run()
        else:
            self._figure.pause()

    def _show_words(self, segment: Segment, exercise: Exercise) -> None:
        paused = self.session.state.phase is Phase.PAUSED
        name = exercise.name.default
        if paused:
            name = tr("Paused")
        elif segment.kind is SegmentKind.REST:
            name = tr("Rest")
        self._what.setText(name)
        cue = exercise.cues[0].default if exercise.cues else ""
        hint = self._hint
        if hint is not None and hint.announcement.caption:
            spoken = self.session.state.timeline.segments[hint.due.cue.segment]
            if spoken.step == segment.step:
                cue = hint.announcement.caption
        if paused:
            cue = tr("Space: continue · Esc: leave")
        self._cue.setText("" if cue == name else cue)
        note = self._notes[segment.step] if segment.step < len(self._notes) else ""
        self._feel.setText(note or exercise.feel.default)

    def _show_cue(self, given: Delivered) -> None:
        if given.due.cue.kind is CueKind.COACHING:
            self._hint = given
        elif given.due.cue.kind is not CueKind.COUNTDOWN:
            event = QAccessibleAnnouncementEvent(self, given.announcement.caption)
            QAccessible.updateAccessibility(event)

    def _ask(self) -> None:
        """The relief is through: only the runner knows whether the cramp is."""
        self._asks = True
        self._figure.pause()
        self._what.setText(tr("Has it eased?"))
        self._cue.setText(self._afterwards)
        self._cue.setVisible(not self._is_low)
        self._digits.hide()
        self._feel.clear()
        self._keys.clear()
        self._again.show()

    def _show_clock(self) -> None:
        elapsed_s = self._read_elapsed_s()
        self._kicker.setText(f"{self._place} · {clock(int(elapsed_s) * 1000)}")
        advice = advice_at(elapsed_s)
        if advice is not self._said:
            self._said = advice
            self._advice.setText(advice_text(advice, on_a_run=self._on_a_run))
            self._advice.setVisible(advice is not Advice.NONE)
            if advice is Advice.GET_ADVICE:
                set_role(self._advice, "relief_alert")
                self._help.set_words(tr("When to get help"))
            event = QAccessibleAnnouncementEvent(self, self._advice.text())
            QAccessible.updateAccessibility(event)
        self._look_at_sound()

    def _look_at_sound(self) -> None:
        text = ""
        if self._sound is not None and not self._asks:
            status = self._sound.speaker.status()
            text = status.sentence if status.state is SoundState.SILENT else ""
        fault = self.session.fault
        text = str(fault) if fault is not None else text
        if text != self._badge.text():
            self._badge.setText(text)
            self._badge.setVisible(bool(text))
