"""The state machine of a session. Everything that changes its phase is in this file.

No clock, no timer, no input: events come in with the instant they happened at, and the new
state comes out. Instants are nanoseconds of a monotonic clock; positions are nanoseconds on the
timeline. Phases and events are in `TRANSITIONS`; an event that its phase does not know raises
`IllegalTransitionError` and changes nothing.
"""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.session.timeline import (
    COUNT_MS,
    COUNTS,
    Cue,
    CueKind,
    Position,
    SegmentKind,
    Timeline,
    extended,
    position,
)

NS_PER_MS = 1_000_000
RESUME_MS = 5_000
"""The fresh get-ready after a pause."""
LONGEST_GAP_NS = 5_000 * NS_PER_MS
"""A silence of the clock longer than this means that the machine slept or was stopped."""
SUSPEND_NS = 1_000 * NS_PER_MS
"""The boot-time clock gaining more than this on the monotonic one means a suspend."""
MORE_MS = 10_000
_BACK_GRACE_MS = 2_000


class Phase(StrEnum):
    """What the session as a whole is doing."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class Event(StrEnum):
    """What can happen to a session."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    MOVE = "move"
    COMPLETE = "complete"
    END = "end"


TRANSITIONS: dict[Phase, dict[Event, Phase]] = {
    Phase.READY: {Event.START: Phase.RUNNING, Event.END: Phase.ABANDONED},
    Phase.RUNNING: {
        Event.PAUSE: Phase.PAUSED,
        Event.MOVE: Phase.RUNNING,
        Event.COMPLETE: Phase.FINISHED,
        Event.END: Phase.ABANDONED,
    },
    Phase.PAUSED: {
        Event.RESUME: Phase.RUNNING,
        Event.MOVE: Phase.PAUSED,
        Event.COMPLETE: Phase.FINISHED,
        Event.END: Phase.ABANDONED,
    },
    Phase.FINISHED: {},
    Phase.ABANDONED: {},
}


class IllegalTransitionError(Exception):
    """An event came in a phase that does not know it; nothing was changed."""


@dataclass(frozen=True, slots=True)
class DueCue:
    """A cue of the timeline, or of the get-ready after a pause, with its instant.

    Attributes:
        cue: what to announce.
        at_ns: the monotonic instant it is due at.
        on_lead: true for the cues of the get-ready after a pause.
    """

    cue: Cue
    at_ns: int
    on_lead: bool = False


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session at an instant.

    Attributes:
        timeline: with the extensions made so far.
        phase: what the session is doing.
        base_ns: position on the timeline at `anchor_ns`.
        anchor_ns: when the position starts to run on from `base_ns`; lies in the future during
            the get-ready after a pause.
        lead_from_ns: when that get-ready began; equals `anchor_ns` when there is none.
        announced_ns: monotonic instant up to which cues have been handed out.
        seen: the clocks at the latest event or tick.
        done_ms: for each segment, the work credited so far.
        slept: the latest pause came from a suspend or a long silence of the clock.
    """

    timeline: Timeline
    phase: Phase = Phase.READY
    base_ns: int = 0
    anchor_ns: int = 0
    lead_from_ns: int = 0
    announced_ns: int = 0
    seen: Clocks = field(default=Clocks(0, 0))
    done_ms: tuple[int, ...] = ()
    slept: bool = False


def new_session(timeline: Timeline) -> SessionState:
    """Return a session that has not been started."""
    return SessionState(timeline, done_ms=(0,) * len(timeline.segments))


def resumed_session(timeline: Timeline, elapsed_ms: int, done_ms: tuple[int, ...]) -> SessionState:
    """Return a paused session as it was recorded before the program ended.

    Raises:
        ValueError: the credits do not belong to the timeline.
    """
    lengths_ms = [segment.duration_ms for segment in timeline.segments]
    fits = len(done_ms) == len(lengths_ms) and all(
        0 <= done <= length for done, length in zip(done_ms, lengths_ms, strict=True)
    )
    if not fits or not 0 <= elapsed_ms <= timeline.end_ms:
        raise ValueError("the recorded progress does not fit its timeline")
    return SessionState(
        timeline, phase=Phase.PAUSED, base_ns=elapsed_ms * NS_PER_MS, done_ms=done_ms
    )


def elapsed_ns(state: SessionState, now_ns: int) -> int:
    """Return the position on the timeline at `now_ns`."""
    end_ns = state.timeline.end_ms * NS_PER_MS
    if state.phase is not Phase.RUNNING:
        return min(state.base_ns, end_ns)
    return min(state.base_ns + max(0, now_ns - state.anchor_ns), end_ns)


def position_at(state: SessionState, now_ns: int) -> Position:
    """Return segment, time into it and time left at `now_ns`."""
    return position(state.timeline, elapsed_ns(state, now_ns) // NS_PER_MS)


def lead_left_ns(state: SessionState, now_ns: int) -> int:
    """Return what is left of the get-ready after a pause; 0 when there is none."""
    if state.phase is not Phase.RUNNING:
        return 0
    return max(0, state.anchor_ns - max(now_ns, state.lead_from_ns))


def start(state: SessionState, clocks: Clocks) -> SessionState:
    """Begin with the first get-ready."""
    return _running_from(_moved(state, Event.START, clocks), 0, clocks.now_ns, 0)


def pause(state: SessionState, clocks: Clocks) -> SessionState:
    """Stop where the session stands."""
    return _stopped_at(state, Event.PAUSE, clocks, clocks.now_ns)


def resume(state: SessionState, clocks: Clocks) -> SessionState:
    """Go on after a fresh get-ready, from where the session was paused."""
    lead_ns = RESUME_MS * NS_PER_MS
    moved = _moved(state, Event.RESUME, clocks)
    return _running_from(moved, state.base_ns, clocks.now_ns, lead_ns)


def end(state: SessionState, clocks: Clocks) -> SessionState:
    """Give up; what was done stays credited."""
    return _stopped_at(state, Event.END, clocks, clocks.now_ns)


def skip(state: SessionState, clocks: Clocks) -> SessionState:
    """Go to the next segment; what was skipped is not credited. At the end, finish."""
    here = position_at(state, clocks.now_ns)
    if here.index + 1 >= len(state.timeline.segments):
        stopped = _stopped_at(state, Event.COMPLETE, clocks, clocks.now_ns)
        return replace(stopped, base_ns=state.timeline.end_ms * NS_PER_MS)
    return _jumped(state, clocks, here.index + 1, lead_ms=0)


def back(state: SessionState, clocks: Clocks) -> SessionState:
    """Go to the preparation of the current work, or, soon after its start, of the one before."""
    here = position_at(state, clocks.now_ns)
    segments = state.timeline.segments
    at_start = here.segment.kind is not SegmentKind.WORK or here.into_ms < _BACK_GRACE_MS
    work = here.index
    if at_start:
        earlier = [i for i in range(here.index) if segments[i].kind is SegmentKind.WORK]
        work = earlier[-1] if earlier else 0
    return _prepared(state, clocks, work)


def repeat(state: SessionState, clocks: Clocks) -> SessionState:
    """Do the current work, or during a preparation the work just done, once more."""
    here = position_at(state, clocks.now_ns)
    segments = state.timeline.segments
    done = [i for i in range(here.index + 1) if segments[i].kind is SegmentKind.WORK]
    return _prepared(state, clocks, done[-1] if done else 0)


def ten_more(state: SessionState, clocks: Clocks) -> SessionState:
    """Make the current segment ten seconds longer."""
    here = position_at(state, clocks.now_ns)
    longer = extended(state.timeline, here.index, MORE_MS)
    return replace(_moved(state, Event.MOVE, clocks), timeline=longer)


def tick(
    state: SessionState, clocks: Clocks, longest_gap_ns: int = LONGEST_GAP_NS
) -> tuple[SessionState, tuple[DueCue, ...]]:
    """Bring the session up to `clocks` and return the cues that fell due, oldest first.

    A suspend, or a gap of more than `longest_gap_ns`, pauses the session where it was last seen.
    At the end of the timeline the session finishes by itself.
    """
    if state.phase is not Phase.RUNNING:
        return replace(state, seen=clocks), ()
    gap_ns = clocks.now_ns - state.seen.now_ns
    slept_ns = (clocks.boot_ns - state.seen.boot_ns) - gap_ns
    if gap_ns > longest_gap_ns or slept_ns > SUSPEND_NS:
        stopped = _stopped_at(state, Event.PAUSE, clocks, state.seen.now_ns)
        return replace(stopped, slept=True), ()
    due = cues_between(state, state.announced_ns, clocks.now_ns)
    announced_ns = max(state.announced_ns, clocks.now_ns)
    ticked = replace(_credited(state, clocks.now_ns), announced_ns=announced_ns, seen=clocks)
    if elapsed_ns(state, clocks.now_ns) >= state.timeline.end_ms * NS_PER_MS:
        ticked = _stopped_at(ticked, Event.COMPLETE, clocks, clocks.now_ns)
    return ticked, due


def cues_between(state: SessionState, after_ns: int, until_ns: int) -> tuple[DueCue, ...]:
    """Return the cues due later than `after_ns` and not later than `until_ns`, oldest first."""
    if state.phase is not Phase.RUNNING:
        return ()
    found = [due for due in _lead_cues(state) if after_ns < due.at_ns <= until_ns]
    upto_ns = state.base_ns + until_ns - state.anchor_ns
    for cue in islice(state.timeline.cues, _next_cue(state, after_ns), None):
        at_ns = _at_ns(cue)
        if at_ns > upto_ns:
            break
        found.append(DueCue(cue, state.anchor_ns + at_ns - state.base_ns))
    return tuple(found)


def next_instant_ns(state: SessionState, after_ns: int) -> int | None:
    """Return when the next cue falls due, or None when nothing will happen by itself."""
    if state.phase is not Phase.RUNNING:
        return None
    for due in _lead_cues(state):
        if due.at_ns > after_ns:
            return due.at_ns
    index = _next_cue(state, after_ns)
    if index == len(state.timeline.cues):
        return None
    return state.anchor_ns + _at_ns(state.timeline.cues[index]) - state.base_ns


def tally_ms(state: SessionState) -> dict[Side, int]:
    """Return the credited work by side, in milliseconds."""
    totals = dict.fromkeys(Side, 0)
    for segment, done_ms in zip(state.timeline.segments, state.done_ms, strict=True):
        if segment.kind is SegmentKind.WORK:
            totals[segment.side] += done_ms
    return totals


def work_done_ms(state: SessionState) -> int:
    """Return the credited work, in milliseconds."""
    return sum(tally_ms(state).values())


def _next_cue(state: SessionState, after_ns: int) -> int:
    """Return the index of the first cue later than `after_ns` that was not given before a pause.

    While a get-ready runs, the timeline stands still: its cues come after the anchor.
    """
    resumed_inside = state.anchor_ns > state.lead_from_ns
    passed_ns = state.base_ns if resumed_inside else state.base_ns - 1
    reached_ns = state.base_ns + after_ns - state.anchor_ns
    return bisect_right(state.timeline.cues, max(passed_ns, reached_ns), key=_at_ns)


def _at_ns(cue: Cue) -> int:
    return cue.at_ms * NS_PER_MS


def _lead_cues(state: SessionState) -> tuple[DueCue, ...]:
    if state.anchor_ns <= state.lead_from_ns:
        return ()
    here = position(state.timeline, state.base_ns // NS_PER_MS)
    at_ms = state.base_ns // NS_PER_MS
    opening = Cue(CueKind.RESUME, at_ms, here.index)
    going = Cue(CueKind.START, at_ms, here.index)
    return (
        DueCue(opening, state.lead_from_ns, on_lead=True),
        *(
            DueCue(
                Cue(CueKind.COUNTDOWN, at_ms, here.index, count),
                state.anchor_ns - count * COUNT_MS * NS_PER_MS,
                on_lead=True,
            )
            for count in range(COUNTS, 0, -1)
        ),
        DueCue(going, state.anchor_ns, on_lead=True),
    )


def _running_from(state: SessionState, base_ns: int, now_ns: int, lead_ns: int) -> SessionState:
    return replace(
        state,
        base_ns=base_ns,
        anchor_ns=now_ns + lead_ns,
        lead_from_ns=now_ns,
        # One before now, so that a cue due at this very instant is still handed out.
        announced_ns=now_ns - 1,
        slept=False,
    )


def _moved(state: SessionState, event: Event, clocks: Clocks) -> SessionState:
    try:
        phase = TRANSITIONS[state.phase][event]
    except KeyError:
        raise IllegalTransitionError(f"{event} while {state.phase}") from None
    return replace(state, phase=phase, seen=clocks)


def _credited(state: SessionState, now_ns: int) -> SessionState:
    """Credit the work between the latest place known and `now_ns`."""
    upto_ms = elapsed_ns(state, now_ns) // NS_PER_MS
    from_ms = state.base_ns // NS_PER_MS
    if upto_ms <= from_ms:
        return state
    done = list(state.done_ms)
    changed = False
    for index, segment in enumerate(state.timeline.segments):
        if segment.start_ms >= upto_ms:
            break
        if segment.end_ms <= from_ms or segment.kind is not SegmentKind.WORK:
            continue
        worked_ms = min(upto_ms, segment.end_ms) - segment.start_ms
        if worked_ms > done[index]:
            done[index] = worked_ms
            changed = True
    return replace(state, done_ms=tuple(done)) if changed else state


def _stopped_at(state: SessionState, event: Event, clocks: Clocks, at_ns: int) -> SessionState:
    base_ns = elapsed_ns(state, at_ns)
    moved = _moved(_credited(state, at_ns), event, clocks)
    return replace(
        moved, base_ns=base_ns, anchor_ns=clocks.now_ns, lead_from_ns=clocks.now_ns, slept=False
    )


def _prepared(state: SessionState, clocks: Clocks, work: int) -> SessionState:
    """Go to the preparation before segment `work`, or give it a fresh one."""
    before = work - 1
    if work == 0 or state.timeline.segments[work].kind is not SegmentKind.WORK:
        return _jumped(state, clocks, work, lead_ms=0)
    if before >= 0 and state.timeline.segments[before].kind is not SegmentKind.WORK:
        return _jumped(state, clocks, before, lead_ms=0)
    return _jumped(state, clocks, work, lead_ms=RESUME_MS)


def _jumped(state: SessionState, clocks: Clocks, index: int, lead_ms: int) -> SessionState:
    credited = _credited(state, clocks.now_ns)
    moved = _moved(credited, Event.MOVE, clocks)
    base_ns = state.timeline.segments[index].start_ms * NS_PER_MS
    return _running_from(moved, base_ns, clocks.now_ns, lead_ms * NS_PER_MS)
