"""The session on the screen: the figure, what to do, large digits, what comes next."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.session.announce import legs_text, side_text
from uncramp.coach.session.guide import Delivered, GuidedSession
from uncramp.coach.session.sounding import SoundingSession
from uncramp.coach.settings import Settings
from uncramp.coach.times import clock
from uncramp.model.body import Side
from uncramp.model.exercise import Exercise
from uncramp.model.language import tr
from uncramp.routines.library import Looks
from uncramp.session import machine
from uncramp.session.machine import Phase
from uncramp.session.timeline import CueKind, Position, Segment, SegmentKind
from uncramp.sound.output import SoundState
from uncramp.ui.figure.exercise_view import ExerciseView
from uncramp.ui.page import plain_key
from uncramp.ui.painted import Digits, Progress, SegmentBar, TimeLeft
from uncramp.ui.session.page import SessionPage
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import KeyButton, button, label

_CAPTION_MS = 2_500
_SOUND_LOOK_MS = 250
_COUNTED_LAST_S = 3
_LOW_PX = 620
_EDGE_PX = 32
_USUAL_PX = (1200, 760)
NUMB = "numb"
TOO_SHARP = "too sharp"


class SessionView(SessionPage):
    """One guided session, full of it and nothing else.

    Signals:
        finished: the session is over (its record).
        safety_requested: it hurt or went numb; the session was ended and the signs to watch for
            are wanted (TOO_SHARP or NUMB).
    """

    finished = Signal(object)
    safety_requested = Signal(str)

    def __init__(
        self,
        session: GuidedSession,
        routine_name: str,
        sound: SoundingSession | None,
        theme: Theme,
        settings: Settings,
        looks_of: Callable[[str], Looks],
        advice: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._sound = sound
        self._routine_name = routine_name
        self._theme = theme
        self._looks_of = looks_of
        self._advice = tuple(advice)
        self._shown: tuple[int, str, Side] | None = None
        self._why = TOO_SHARP
        self._hint: Delivered | None = None
        self._caption_clock = QTimer(self)
        self._caption_clock.setSingleShot(True)
        self._caption_clock.setInterval(_CAPTION_MS)
        self._sound_clock = QTimer(self)
        self._sound_clock.setInterval(_SOUND_LOOK_MS)
        self._build(settings)
        self._connect()
        self.set_theme(theme)

    def prepare(self) -> None:
        """Show the session, not yet begun."""
        self._bar.set_segments(*self._bar_segments())
        self._sound_clock.start()
        self._refresh()
        self.setFocus()

    def start(self) -> None:
        """Begin the session."""
        self.driver.start()

    def go_on(self) -> None:
        """Take up an interrupted session: shown paused, counting in as soon as it is resumed."""
        self.prepare()
        self.driver.toggle_pause()

    def shut_down(self) -> None:
        """Stop the timers; the session stays recorded as it is."""
        self.driver.shut_down()
        self._sound_clock.stop()
        self._caption_clock.stop()
        self._figure.pause()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._figure.set_theme(theme)
        self._progress.set_theme(theme)
        self._bar.set_theme(theme)
        self._refresh()

    # -- building

    def _build(self, settings: Settings) -> None:
        self._kicker = label("soft")
        self._title = label("title")
        self._caption = label("caption")
        self._badge = label("badge")
        self._badge.hide()
        self._total_words = label("soft", tr("left in total"))
        self._total = TimeLeft(self)
        self._figure = ExerciseView(self._theme)
        self._figure.set_fps(settings.frame_rate)
        self._figure.set_calm(settings.calm)
        self._side = label("chip")
        self._digits = Digits(self)
        self._progress = Progress(self)
        self._cue = label("cue", wrap=True)
        self._feel = label("feel", wrap=True)
        self._bar = SegmentBar(self)
        self._back = button(tr("Back"), tip=tr("Left arrow"))
        self._pause = KeyButton(tr("Pause"), tr("Space"), kind="primary")
        self._skip = button(tr("Skip"), tip=tr("Right arrow"))
        self._again = button(tr("Again"), tip=tr("R"))
        self._more = button(tr("+10 s"), tip=tr("Plus"))
        self._next = label("soft")
        self._next.setTextFormat(Qt.TextFormat.PlainText)
        self._sharp = button(tr("Too sharp"), kind="alert", tip=tr("X: stops at once"))
        self._numb = button(tr("Numb"), kind="alert", tip=tr("N: stops at once"))
        self._end = button(tr("End"), kind="quiet", tip=tr("Esc pauses, and Esc again ends"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_EDGE_PX, 24, _EDGE_PX, 24)
        whole.setSpacing(16)
        whole.addLayout(self._built_head())
        whole.addLayout(self._built_middle(), 1)
        whole.addWidget(self._bar)
        whole.addLayout(self._built_foot())

    def _built_head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(self._kicker)
        names.addWidget(self._title)
        totals = QVBoxLayout()
        totals.setSpacing(4)
        totals.addWidget(self._total_words, 0, Qt.AlignmentFlag.AlignRight)
        totals.addWidget(self._total, 0, Qt.AlignmentFlag.AlignRight)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(names)
        head.addStretch(1)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(totals)
        return head

    def _built_middle(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(12)
        words.addStretch(1)
        chips = QHBoxLayout()
        chips.setSpacing(12)
        chips.addWidget(self._side)
        chips.addWidget(self._caption)
        chips.addStretch(1)
        words.addLayout(chips)
        words.addWidget(self._digits, 6)
        words.addWidget(self._progress)
        words.addSpacing(8)
        words.addWidget(self._cue)
        words.addWidget(self._feel)
        words.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(40)
        middle.addWidget(self._figure, 6)
        middle.addLayout(words, 5)
        return middle

    def _built_foot(self) -> QHBoxLayout:
        self._foot = foot = QHBoxLayout()
        foot.setSpacing(10)
        for part in (self._back, self._pause, self._skip, self._again, self._more):
            foot.addWidget(part)
        foot.addSpacing(12)
        foot.addWidget(self._next)
        foot.addStretch(1)
        foot.addWidget(self._end)
        foot.addWidget(self._numb)
        foot.addWidget(self._sharp)
        for part in (
            self._back,
            self._pause,
            self._skip,
            self._again,
            self._more,
            self._end,
            self._numb,
            self._sharp,
        ):
            # The keys of the session belong to the session, wherever a mouse has clicked.
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return foot

    def _connect(self) -> None:
        driver = self.driver
        self._back.clicked.connect(driver.back)
        self._pause.clicked.connect(driver.toggle_pause)
        self._skip.clicked.connect(driver.skip)
        self._again.clicked.connect(driver.repeat)
        self._more.clicked.connect(driver.ten_more)
        self._end.clicked.connect(driver.end)
        self._sharp.clicked.connect(driver.too_sharp)
        self._numb.clicked.connect(self._stop_numb)
        driver.cue_delivered.connect(self._show_cue)
        driver.position_changed.connect(self._refresh)
        driver.ended.connect(self._end_of_session)
        self._caption_clock.timeout.connect(self._caption.clear)
        self._sound_clock.timeout.connect(self._look_at_sound)

    # -- what Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the session's keys."""
        driver = self.driver
        actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: driver.toggle_pause,
            Qt.Key.Key_P: driver.toggle_pause,
            Qt.Key.Key_Right: driver.skip,
            Qt.Key.Key_Left: driver.back,
            Qt.Key.Key_R: driver.repeat,
            Qt.Key.Key_Plus: driver.ten_more,
            Qt.Key.Key_Up: driver.ten_more,
            Qt.Key.Key_X: driver.too_sharp,
            Qt.Key.Key_N: self._stop_numb,
            Qt.Key.Key_Escape: self._leave_or_end,
        }
        action = actions.get(plain_key(event))
        if action is None or event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            action()

    def _stop_numb(self) -> None:
        self._why = NUMB
        self.driver.too_sharp()

    def _leave_or_end(self) -> None:
        """Esc pauses, and ends only what is paused."""
        if self.session.state.phase is Phase.RUNNING:
            self.driver.pause()
            self._caption.setText(tr("Press Esc again to end"))
        else:
            self.driver.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the finer words make room for the digits."""
        super().resizeEvent(event)
        self._grow_words()
        self._feel.setVisible(self.height() >= _LOW_PX)
        self._pause.show_key(True)
        for part in (self._next, self._end, self._again, self._more, self._numb):
            part.show()
        # What can be done without goes first; the keys work in any case.
        for spare in (self._next, self._pause, self._again, self._more, self._end, self._numb):
            self._foot.invalidate()
            if self._foot.minimumSize().width() <= self.width() - 2 * _EDGE_PX:
                break
            if spare is self._pause:
                self._pause.show_key(False)
            else:
                spare.hide()

    def _grow_words(self) -> None:
        """In a larger window everything that one reads from afar grows with the digits."""
        share = min(self.width() / _USUAL_PX[0], self.height() / _USUAL_PX[1], 2.0)
        points = self.font().pointSizeF() * max(1.0, share)
        for words, size in ((self._cue, 1.76), (self._feel, 1.14), (self._title, 1.43)):
            words.setStyleSheet(f"font-size: {points * size:.1f}pt")

    # -- what is shown

    def _refresh(self) -> None:
        session = self.session
        now_ns = session.now_ns()
        here = machine.position_at(session.state, now_ns)
        exercise = self.session.exercise_of(here.segment)
        lead_ns = machine.lead_left_ns(session.state, now_ns)
        self._show_figure(here, exercise, lead_ns)
        self._show_words(here, exercise, lead_ns > 0)
        self._show_time(here, lead_ns)
        self._bar.set_position(here.index, here.into_ms / max(1, here.segment.duration_ms))

    def _show_words(self, here: Position, exercise: Exercise, counting_in: bool) -> None:
        segment, state = here.segment, self.session.state
        self._kicker.setText(
            tr("{routine} · step {step} of {steps}").format(
                routine=self._routine_name, step=segment.step + 1, steps=state.timeline.steps
            )
        )
        self._title.setText(exercise.name.default)
        self._side.setText(self._chip(segment, exercise, counting_in))
        self._cue.setText(self._coaching(segment, exercise))
        self._feel.setText(self._finer_words(segment, exercise))
        self._next.setText(self._what_comes(here))
        paused = state.phase is Phase.PAUSED
        if paused and self._caption_clock.isActive():
            self._caption_clock.stop()
            self._caption.clear()
        self._pause.set_words(tr("Continue") if paused else tr("Pause"))

    def _chip(self, segment: Segment, exercise: Exercise, counting_in: bool) -> str:
        state = self.session.state
        side = side_text(exercise, segment.side)
        if state.phase is Phase.PAUSED:
            return tr("Paused while the computer slept") if state.slept else tr("Paused")
        if counting_in:
            return tr("Get ready again")
        before = {
            SegmentKind.GET_READY: tr("Get ready"),
            SegmentKind.SET_UP: tr("Get into place"),
            SegmentKind.SWITCH: tr("Switch sides"),
            SegmentKind.REST: tr("Rest"),
        }.get(segment.kind)
        if before is None:
            return side or self._set_of(segment) or legs_text(exercise)
        return f"{before} · {side}" if side else before

    def _set_of(self, segment: Segment) -> str:
        sets = self.session.state.timeline.sets[segment.step]
        if sets < 2:
            return ""
        return tr("Set {n} of {sets}").format(n=segment.set_number, sets=sets)

    def _coaching(self, segment: Segment, exercise: Exercise) -> str:
        hint = self._hint
        if hint is not None and segment.kind is SegmentKind.WORK:
            spoken = self.session.state.timeline.segments[hint.due.cue.segment]
            if spoken.step == segment.step and hint.announcement.caption:
                return hint.announcement.caption
        return exercise.cues[0].default if exercise.cues else ""

    def _finer_words(self, segment: Segment, exercise: Exercise) -> str:
        """Say before the work what to mind, and during it what it should feel like."""
        advice = self._advice[segment.step] if segment.step < len(self._advice) else ""
        before = segment.kind in {SegmentKind.GET_READY, SegmentKind.SET_UP}
        return advice if before and advice else exercise.feel.default

    def _what_comes(self, here: Position) -> str:
        """Say what follows the work that is being done or got ready for."""
        segments = self.session.state.timeline.segments
        getting_ready = here.segment.kind is not SegmentKind.WORK
        for later in segments[here.index + (2 if getting_ready else 1) :]:
            if later.kind is SegmentKind.WORK:
                exercise = self.session.exercise_of(later)
                if later.step == here.segment.step:
                    what = side_text(exercise, later.side) or self._set_of(later)
                else:
                    what = exercise.name.default
                return tr("Next: {what}").format(what=what)
        return tr("This is the last exercise")

    def _show_time(self, here: Position, lead_ns: int) -> None:
        left_ms = -(-lead_ns // machine.NS_PER_MS) if lead_ns else here.left_ms
        seconds = -(-left_ms // 1000)
        working = here.segment.kind is SegmentKind.WORK and not lead_ns
        running = self.session.state.phase is Phase.RUNNING
        token = "text" if working and running else "text_soft"
        if running and seconds <= _COUNTED_LAST_S:
            token = "accent_text"
        text = str(seconds) if seconds < 100 else clock(left_ms)
        self._digits.show_text(text, self._theme.qcolor(token))
        self._total.show_text(clock(here.total_left_ms))
        self._progress.set_share(here.into_ms / max(1, here.segment.duration_ms))

    def _show_figure(self, here: Position, exercise: Exercise, lead_ns: int) -> None:
        segment, running = here.segment, self.session.state.phase is Phase.RUNNING
        wanted = (segment.step, exercise.id, segment.side)
        if wanted != self._shown:
            self._shown = wanted
            looks = replace(self._looks_of(exercise.id), name=exercise.name.default)
            self._figure.set_looks(looks, segment.side)
            self._figure.set_tempo(self._tempo(segment, exercise))
        # It moves while one gets ready too: that is when one wants to see what comes.
        if running and not lead_ns and segment.kind is not SegmentKind.REST:
            self._figure.run()
        else:
            self._figure.pause()

    def _tempo(self, segment: Segment, exercise: Exercise) -> float:
        """Return how much faster the figure moves than its file says, to fit the step's count."""
        repetition_ms = self.session.state.timeline.repetition_ms[segment.step]
        if repetition_ms is None or exercise.cycle_s is None:
            return 1.0
        return exercise.cycle_s * 1000 / repetition_ms

    def _show_cue(self, given: Delivered) -> None:
        kind = given.due.cue.kind
        if kind is CueKind.COACHING:
            self._hint = given
            return
        if kind is CueKind.COUNTDOWN:
            return
        segment = self.session.state.timeline.segments[given.due.cue.segment]
        in_work = segment.kind is SegmentKind.WORK and kind is not CueKind.RESUME
        told = kind in _CAPTIONED or in_work
        self._caption.setText(given.announcement.caption if told else "")
        self._caption_clock.start()
        event = QAccessibleAnnouncementEvent(self, given.announcement.caption)
        QAccessible.updateAccessibility(event)

    def _look_at_sound(self) -> None:
        text = ""
        if self._sound is not None:
            status = self._sound.speaker.status()
            text = status.sentence if status.state is SoundState.SILENT else ""
        fault = self.session.fault
        if fault is not None:
            text = str(fault)
        if text != self._badge.text():
            self._badge.setText(text)
        self._badge.setVisible(bool(text))

    def _end_of_session(self) -> None:
        self.shut_down()
        record = self.session.record
        if self.session.ended_too_sharp:
            self.safety_requested.emit(self._why)
        else:
            self.finished.emit(record)

    def _bar_segments(self) -> tuple[list[int], list[bool]]:
        segments = self.session.state.timeline.segments
        lengths = [segment.duration_ms for segment in segments]
        return lengths, [segment.kind is SegmentKind.WORK for segment in segments]


_CAPTIONED = {CueKind.START, CueKind.HALF_WAY}
"""Cues whose words stand beside the chip for a moment, like those that fall into work; the others
are what the chip says anyway."""
