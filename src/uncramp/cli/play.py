"""`uncramp play`: a guided session in the terminal, with the same engine as the window."""

import argparse
import contextlib
import json
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import TextIO

from uncramp.cli.routines import find
from uncramp.cli.terminal import RealTerminal, Terminal
from uncramp.coach.clock import Pace
from uncramp.coach.coach import Coach
from uncramp.coach.session.announce import side_text
from uncramp.coach.session.guide import Delivered, GuidedSession
from uncramp.coach.session.sessions import Pacing, Sessions
from uncramp.coach.session.sounding import SoundingSession
from uncramp.coach.times import clock
from uncramp.coach.wording import afterwards, dose
from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.record import Outcome, SessionRecord
from uncramp.model.routine import Routine
from uncramp.session import machine
from uncramp.session.machine import Phase
from uncramp.session.timeline import CueKind, SegmentKind
from uncramp.sound.output import SoundState

_WAKING_LOOK_S = 0.05
_LONGEST_WAKING_LOOKS = 60
_LONGEST_WAIT_S = 0.25
_LET_FINISH_S = 4.0


class Terminated(Exception):  # noqa: N818  # a request of the system, not an error
    """The system asked the program to end."""


def is_looked_through(arguments: argparse.Namespace) -> bool:
    """Whether a routine runs faster than anybody can do it: then the journal hears nothing."""
    return bool(arguments.speed > 1)


def play(coach: Coach, arguments: argparse.Namespace) -> int:
    """Guide one routine in the terminal."""
    routine = find(coach, arguments.routine)
    if routine is None:
        return 1
    pace = Pace(arguments.speed)
    pacing = Pacing(pace.read, pace.real_ns, arguments.speed)
    sound = None
    if not arguments.mute and not coach.settings.muted:
        sound, _ = Sessions(coach).open_sound()
    try:
        with log_file(arguments.log) as log, RealTerminal() as terminal, termination():
            player = TerminalPlayer(
                coach, routine, sound, pacing, terminal, log, is_trial=is_looked_through(arguments)
            )
            player.play()
    except Terminated:
        return 0
    finally:
        if sound is not None:
            sound.close(drain_s=_LET_FINISH_S)
    return 0 if player.log_is_whole else 2


class TerminalPlayer:
    """Drives one session: waits for the next instant or key, and prints what happens."""

    def __init__(
        self,
        coach: Coach,
        routine: Routine,
        sound: SoundingSession | None,
        pacing: Pacing,
        terminal: Terminal,
        log: TextIO | None,
        side: Side = Side.NONE,
        *,
        is_trial: bool = False,
    ) -> None:
        self._coach = coach
        self._routine = routine
        self._sound = sound
        self._pacing = pacing
        self._terminal = terminal
        self._log = log
        self._log_is_whole = True
        self._is_trial = is_trial
        self._session = Sessions(coach).begin(routine, sound, pacing, side, is_trial=is_trial)
        self._from_ns = 0
        self._sound_note = ""
        self._fault: EnvironmentFault | None = None

    @property
    def session(self) -> GuidedSession:
        """The session that is played."""
        return self._session

    @property
    def log_is_whole(self) -> bool:
        """Whether every cue could be written to the log, if there is one."""
        return self._log_is_whole

    def play(self) -> None:
        """Guide to the end, or until the user ends it.

        Raises:
            OSError: the terminal, or what stands in for it, went away; the session was ended.
        """
        self._introduce()
        self._wait_for_sound()
        begun = self._session.start()
        # The log counts from the first cue, which is the beginning of the session.
        self._from_ns = begun[0].due.at_ns
        try:
            self._show(begun)
            while not self._session.is_over:
                self._step()
        except (KeyboardInterrupt, Terminated):
            self._session.end()
        except OSError:
            self._session.end()
            raise
        self._conclude(self._session.record)

    def _wait_for_sound(self) -> None:
        """Give a device that has to wake up its time, so that the first words are heard."""
        for _ in range(_LONGEST_WAKING_LOOKS):
            if self._sound is None or not self._sound.is_waking:
                return
            self._terminal.wait(_WAKING_LOOK_S)

    def _step(self) -> None:
        clocks = self._pacing.read()
        wake_ns = self._session.next_wake_ns()
        wait_s = _LONGEST_WAIT_S
        if wake_ns is not None:
            wait_s = min(wait_s, max(0, wake_ns - clocks.now_ns) / 1e9 / self._pacing.speed)
        key = self._terminal.wait(wait_s)
        if len(key) == 1:
            key = key.lower()
        if key:
            self._show(self._press(key))
        was_running = self._session.state.phase is Phase.RUNNING
        self._show(self._session.tick())
        if was_running and self._session.state.slept:
            self._woke_up()
        self._show_status(self._pacing.read())

    def _press(self, key: str) -> Sequence[Delivered]:
        session = self._session
        actions: dict[str, Callable[[], Sequence[Delivered]]] = {
            " ": session.toggle_pause,
            "p": session.toggle_pause,
            "s": session.skip,
            "\x1b[C": session.skip,
            "b": session.back,
            "\x1b[D": session.back,
            "r": session.repeat,
            "+": session.ten_more,
        }
        if key in {"q", "\x1b", "x", "n"}:
            session.end(too_sharp=key in {"x", "n"})
            return ()
        return actions.get(key, tuple)()

    def _introduce(self) -> None:
        routine, line = self._routine, self._terminal.line
        total = clock(self._session.state.timeline.total_ms)
        line(f"{routine.name}, {total}")
        for step in routine.steps:
            exercise = step.worded(self._coach.library.exercises[step.exercise])
            words = dose(step, exercise, one_sided=routine.is_one_sided)
            line(f"  {exercise.name}: {words}")
        if self._terminal.has_keys:
            line(
                tr(
                    "space pause · s skip · b back · r repeat · + ten seconds more · "
                    "x too sharp · n numb · q end"
                )
            )

    def _show(self, delivered: Sequence[Delivered]) -> None:
        for given in delivered:
            self._write_log(given)
            cue = given.due.cue
            if cue.kind in {CueKind.COUNTDOWN, CueKind.START}:
                continue
            segment = self._session.state.timeline.segments[cue.segment]
            exercise = self._session.exercise_of(segment)
            text = given.announcement.caption
            if cue.kind is CueKind.GET_READY:
                text = f"{text}: {exercise.name}"
            side = side_text(exercise, segment.side)
            if side and cue.kind in {CueKind.GET_READY, CueKind.NEXT}:
                text = f"{text} ({side})"
            indent = "    " if cue.kind in {CueKind.COACHING, CueKind.HALF_WAY} else "  "
            left = clock(machine.position_at(self._session.state, given.at_ns).total_left_ms)
            self._terminal.line(f"{left:>6}{indent}{text}")

    def _write_log(self, given: Delivered) -> None:
        if self._log is None:
            return
        cue = given.due.cue
        segment = self._session.state.timeline.segments[cue.segment]
        row = {
            "cue": cue.kind.value,
            "exercise": segment.exercise,
            "side": None if segment.side is Side.NONE else segment.side.value,
            "due_s": round((given.due.at_ns - self._from_ns) / 1e9, 6),
            "at_s": round((given.at_ns - self._from_ns) / 1e9, 6),
        }
        try:
            print(json.dumps(row), file=self._log, flush=True)
        except OSError as error:
            self._log, self._log_is_whole = None, False
            message = tr("The log can no longer be written: {reason}.")
            self._terminal.line(message.format(reason=error.strerror))

    def _show_status(self, clocks: Clocks) -> None:
        state = self._session.state
        self._show_faults()
        if self._session.is_over:
            return
        here = machine.position_at(state, clocks.now_ns)
        exercise = self._session.exercise_of(here.segment)
        lead_ns = machine.lead_left_ns(state, clocks.now_ns)
        left = clock(lead_ns // machine.NS_PER_MS if lead_ns else here.left_ms)
        words = [exercise.name.default, side_text(exercise, here.segment.side)]
        if here.segment.kind is not SegmentKind.WORK or lead_ns:
            words.insert(0, tr("get ready"))
        if state.phase is Phase.PAUSED:
            words.insert(0, tr("paused (space continues)"))
        doing = " · ".join(word for word in words if word)
        total = tr("{time} in total").format(time=clock(here.total_left_ms))
        self._terminal.status(f"  {left}  {doing}   ({total})")

    def _show_faults(self) -> None:
        fault = self._session.fault
        if fault is not None and self._fault is None:
            self._terminal.line(str(fault))
        self._fault = fault
        if self._sound is None:
            return
        status = self._sound.speaker.status()
        note = status.sentence if status.state is SoundState.SILENT else ""
        if note and note != self._sound_note:
            self._terminal.line(note)
        self._sound_note = note

    def _woke_up(self) -> None:
        self._terminal.line(tr("The machine was asleep; the session waited."))
        if not self._terminal.has_keys:
            # Nobody can press space here: count in again and go on.
            self._show(self._session.toggle_pause())

    def _conclude(self, record: SessionRecord) -> None:
        line = self._terminal.line
        done = clock(record.done_ms)
        if record.outcome is Outcome.FINISHED:
            line(tr("Done: {done} of work.").format(done=done))
        elif self._is_trial:
            line(tr("Ended early: {done} of work.").format(done=done))
        else:
            line(tr("Ended early: {done} of work recorded.").format(done=done))
        if self._is_trial:
            line(tr("This was a preview, faster than anybody can do it, so nothing was recorded."))
        left_ms, right_ms = record.done_on(Side.LEFT), record.done_on(Side.RIGHT)
        if left_ms or right_ms:
            line(
                tr("Left {left}, right {right}.").format(left=clock(left_ms), right=clock(right_ms))
            )
        if record.outcome is Outcome.FINISHED:
            for text in afterwards(self._routine):
                line(text)
        if record.outcome is Outcome.TOO_SHARP:
            line(
                tr(
                    "Sharp pain, tingling and numbness are reasons to stop. If it stays, or the "
                    "leg is swollen, warm or changed in colour, have it seen today. If it is "
                    "suddenly cold, pale or very painful, call the emergency services now."
                )
            )
        fault = self._session.fault or self._coach.journal_fault
        if fault is not None:
            line(tr("It could not be saved in the journal. {why}").format(why=fault))


@contextmanager
def log_file(path: Path | None) -> Iterator[TextIO | None]:
    """Open the file for the cues, if there is to be one.

    Raises:
        EnvironmentFault: it cannot be written.
    """
    if path is None:
        with nullcontext() as nothing:
            yield nothing
        return
    try:
        file = path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):  # told already, when its last line was written
            file.close()


@contextmanager
def termination() -> Iterator[None]:
    """Let a polite request to end, or a closed terminal, be recorded like the user's own end."""
    requests = [signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        requests.append(signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        for request in requests:  # one is enough: a second must not cut the first one's record
            signal.signal(request, signal.SIG_IGN)
        raise Terminated

    before = [signal.signal(request, stop) for request in requests]
    try:
        yield
    finally:
        for request, handler in zip(requests, before, strict=True):
            signal.signal(request, handler)
