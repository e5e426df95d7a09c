"""One guided session: timeline, state machine, announcements, sound and journal together.

The window and the terminal both drive it in the same way: call `tick` at `next_wake_ns`, show
what it returns, and pass on what the runner presses. It holds no timer of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from uncramp.coach.session.announce import Announcement, Announcer
from uncramp.coach.session.progress import progress_text
from uncramp.model.clocks import Clocks
from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Exercise
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.session import machine
from uncramp.session.machine import DueCue, Phase, SessionState
from uncramp.session.timeline import Segment, SegmentKind
from uncramp.sound.chime import Chime

AHEAD_NS = 250_000_000
"""Sounds are handed over this long before they are due, so that a short stall goes unheard."""
_SAVE_EVERY_NS = 5_000_000_000
"""Within a long segment progress is written too: a crash loses no more than this."""
_HEARTBEAT_NS = 500_000_000
"""The longest time between two ticks; a silence of 5 s then means that the machine slept."""
_RETRY_NS = 5_000_000_000
"""A journal in use by another program holds each attempt up, so they are not made at every tick."""
_ATTEMPTS_AT_END = 10
"""What is not written at the end is lost: about two seconds are worth waiting then."""


class Sounder(Protocol):
    """What a guided session needs of the sound room."""

    def announce(self, chime: Chime | None, phrases: Sequence[str], at_ns: int) -> None:
        """Let chime and phrases be heard from the monotonic instant `at_ns` on."""

    def cancel(self) -> None:
        """Drop what has not begun and fade out what sounds."""

    def rest(self) -> None:
        """Give the device back for a while: nothing will be heard during a pause."""

    def wake(self) -> None:
        """Take the device again."""


class SessionJournal(Protocol):
    """What a guided session needs of the journal."""

    def save_session(self, record: SessionRecord, now: datetime) -> None:
        """Write or replace one session."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A cue that was given.

    Attributes:
        due: the cue and the instant it was due at.
        at_ns: the instant it was given at.
        announcement: how it is heard and seen.
    """

    due: DueCue
    at_ns: int
    announcement: Announcement


class Silence:
    """A sounder that says nothing, for muted sessions."""

    def announce(self, chime: Chime | None, phrases: Sequence[str], at_ns: int) -> None:
        """Say nothing."""

    def cancel(self) -> None:
        """Nothing to drop."""

    def rest(self) -> None:
        """Nothing to give back."""

    def wake(self) -> None:
        """Nothing to take."""


class GuidedSession:
    """Leads through one routine.

    Attributes:
        state: the session's present state.
        fault: what the journal could not do at its latest attempt; None when all is written.
    """

    def __init__(
        self,
        record: SessionRecord,
        state: SessionState,
        announcer: Announcer,
        sounder: Sounder,
        journal: SessionJournal | None,
        read_clocks: Callable[[], Clocks],
        read_date: Callable[[], datetime],
        real_ns: Callable[[int], int] | None = None,
        speed: float = 1.0,
    ) -> None:
        self.state = state
        self.fault: EnvironmentFault | None = None
        self._record = record
        self._announcer = announcer
        self._sounder = sounder
        self._journal = journal
        self._read_clocks = read_clocks
        self._read_date = read_date
        self._real_ns = real_ns or _unchanged
        self._longest_gap_ns = round(machine.LONGEST_GAP_NS * max(1.0, speed))
        self._handed_ns = 0
        self._saved_index = -1
        self._saved_ns = 0
        self._retry_ns = 0
        self._too_sharp = False

    @property
    def record(self) -> SessionRecord:
        """The session as the journal knows it."""
        return self._record

    @property
    def ended_too_sharp(self) -> bool:
        """Whether it was ended because it hurt."""
        return self._too_sharp

    def exercise_of(self, segment: Segment) -> Exercise:
        """Return the exercise of a segment in the words of its step."""
        return self._announcer.exercise_of(segment)

    def now_ns(self) -> int:
        """Return the present instant of the session's clock."""
        return self._read_clocks().now_ns

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state.phase in {Phase.FINISHED, Phase.ABANDONED}

    @property
    def _is_under_way(self) -> bool:
        return self.state.phase in {Phase.RUNNING, Phase.PAUSED}

    def start(self) -> tuple[Delivered, ...]:
        """Begin; the first cue is due at once."""
        return self._act(machine.start)

    def toggle_pause(self) -> tuple[Delivered, ...]:
        """Pause when running, resume when paused, and nothing otherwise."""
        if self.state.phase is Phase.PAUSED:
            return self._act(machine.resume)
        if self.state.phase is Phase.RUNNING:
            return self._act(machine.pause)
        return ()

    def pause(self) -> tuple[Delivered, ...]:
        """Pause when running, and nothing otherwise."""
        return self.toggle_pause() if self.state.phase is Phase.RUNNING else ()

    def skip(self) -> tuple[Delivered, ...]:
        """Go on to the next segment."""
        return self._act(machine.skip) if self._is_under_way else ()

    def back(self) -> tuple[Delivered, ...]:
        """Go back to the preparation of this work, or of the one before."""
        return self._act(machine.back) if self._is_under_way else ()

    def repeat(self) -> tuple[Delivered, ...]:
        """Do this work, or the one just done, once more."""
        return self._act(machine.repeat) if self._is_under_way else ()

    def ten_more(self) -> tuple[Delivered, ...]:
        """Make the current segment ten seconds longer."""
        return self._act(machine.ten_more) if self._is_under_way else ()

    def end(self, *, too_sharp: bool = False) -> None:
        """Stop early; `too_sharp` notes that it hurt."""
        if not self.is_over:
            self._too_sharp = too_sharp
            self._act(machine.end)

    def tick(self) -> tuple[Delivered, ...]:
        """Bring the session up to now.

        Returns the cue to show, if one fell due: after a stall only the newest, never a burst.
        """
        clocks = self._read_clocks()
        before = self.state
        delivered = self._advance(clocks)
        if before.phase is Phase.RUNNING and self.state.phase is Phase.PAUSED:
            self._fall_silent(clocks.now_ns)
        self._save_at_boundary(clocks.now_ns)
        return delivered

    def next_wake_ns(self) -> int | None:
        """Return the instant of the next tick that is needed, or None when nothing is due."""
        if self.state.phase is not Phase.RUNNING:
            return None
        now_ns = self.state.seen.now_ns
        wakes = [now_ns + _HEARTBEAT_NS]
        due_ns = machine.next_instant_ns(self.state, self.state.announced_ns)
        if due_ns is not None:
            wakes.append(due_ns)
        ahead_ns = machine.next_instant_ns(self.state, max(self._handed_ns, now_ns))
        if ahead_ns is not None:
            wakes.append(ahead_ns - AHEAD_NS)
        return max(min(wakes), now_ns)

    def _act(self, action: Callable[[SessionState, Clocks], SessionState]) -> tuple[Delivered, ...]:
        """Let `action` happen now; what was to be heard before it no longer holds."""
        clocks = self._read_clocks()
        if self.state.phase is Phase.RUNNING:
            # Up to this instant the session ran: a suspend until now must not be credited.
            delivered = self._advance(clocks)
            if self.is_over:
                self._save(clocks.now_ns)
                return delivered
            if self.state.slept and action is machine.pause:
                self._fall_silent(clocks.now_ns)
                return ()
        self.state = action(self.state, clocks)
        self._sounder.cancel()
        if action is machine.pause:
            self._sounder.rest()
        elif action is machine.resume:
            # After the clock was read: to open the device must not make the pause longer.
            self._sounder.wake()
        self._handed_ns = clocks.now_ns - 1
        # Heard first, written then: a slow disk must not keep a cue waiting.
        delivered = self._advance(clocks) if self.state.phase is Phase.RUNNING else ()
        self._save(clocks.now_ns)
        return delivered

    def _advance(self, clocks: Clocks) -> tuple[Delivered, ...]:
        """Let time pass until `clocks`, and hand over what is due soon after."""
        before = self.state
        self.state, due = machine.tick(before, clocks, self._longest_gap_ns)
        delivered = self._deliver(due, clocks.now_ns, before)
        self._hand_over_ahead(clocks.now_ns)
        return delivered

    def _fall_silent(self, now_ns: int) -> None:
        """The machine slept and the session is paused: nothing handed over holds any more."""
        self._sounder.cancel()
        self._sounder.rest()
        self._save(now_ns)

    def _deliver(
        self, due: Sequence[DueCue], now_ns: int, state: SessionState
    ) -> tuple[Delivered, ...]:
        if not due:
            return ()
        newest = due[-1]
        announcement = self._announcement(newest, state)
        if newest.at_ns > self._handed_ns:
            self._handed_ns = newest.at_ns
            self._sound(announcement, max(newest.at_ns, now_ns))
        return (Delivered(newest, now_ns, announcement),)

    def _hand_over_ahead(self, now_ns: int) -> None:
        until_ns = now_ns + AHEAD_NS
        for due in machine.cues_between(self.state, max(self._handed_ns, now_ns), until_ns):
            self._sound(self._announcement(due, self.state), due.at_ns)
            self._handed_ns = due.at_ns

    def _sound(self, announcement: Announcement, at_ns: int) -> None:
        self._sounder.announce(announcement.chime, announcement.phrases, self._real_ns(at_ns))

    def _announcement(self, due: DueCue, state: SessionState) -> Announcement:
        following_ns = machine.next_instant_ns(state, due.at_ns)
        free_ms = None if following_ns is None else (following_ns - due.at_ns) // machine.NS_PER_MS
        return self._announcer.announcement(due.cue, state.timeline, free_ms)

    def _save_at_boundary(self, now_ns: int) -> None:
        index = machine.position_at(self.state, now_ns).index
        again = self.fault is not None and now_ns >= self._retry_ns
        stale = self.fault is None and now_ns - self._saved_ns >= _SAVE_EVERY_NS
        if index != self._saved_index or self.is_over or again or stale:
            self._save(now_ns)

    def _save(self, now_ns: int) -> None:
        if self.is_over and self._record.outcome is not Outcome.RUNNING and self.fault is None:
            return
        self._saved_index = machine.position_at(self.state, now_ns).index
        self._saved_ns = now_ns
        self._record = self._written(now_ns)
        for _ in range(_ATTEMPTS_AT_END if self.is_over else 1):
            self._try_to_save()
            if self.fault is None:
                return
        # The session goes on; a later attempt writes everything.
        self._retry_ns = now_ns + _RETRY_NS

    def _try_to_save(self) -> None:
        if self._journal is None:
            return
        try:
            self._journal.save_session(self._record, self._read_date())
            self.fault = None
        except EnvironmentFault as fault:
            self.fault = fault

    def _written(self, now_ns: int) -> SessionRecord:
        ended_at = self._record.ended_at
        if self.is_over and ended_at is None:
            ended_at = self._read_date()
        return replace(
            self._record,
            outcome=self._outcome(),
            ended_at=ended_at,
            parts=_parts(self.state),
            progress="" if self.is_over else progress_text(self.state, now_ns),
        )

    def _outcome(self) -> Outcome:
        if self.state.phase is Phase.FINISHED:
            return Outcome.FINISHED
        if self.state.phase is Phase.ABANDONED:
            return Outcome.TOO_SHARP if self._too_sharp else Outcome.ENDED_EARLY
        return Outcome.RUNNING


def _unchanged(at_ns: int) -> int:
    return at_ns


def _parts(state: SessionState) -> tuple[PartRecord, ...]:
    return tuple(
        PartRecord(segment.exercise, segment.side, segment.duration_ms, done_ms)
        for segment, done_ms in zip(state.timeline.segments, state.done_ms, strict=True)
        if segment.kind is SegmentKind.WORK
    )
