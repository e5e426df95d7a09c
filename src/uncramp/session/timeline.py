"""A routine laid out flat: segments with absolute start and end, and cues with their instants.

All instants are whole milliseconds from the beginning of the session, so that equal doses are
equal to the millisecond and nothing drifts by rounding.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from uncramp.model.body import Side
from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.routine import Routine, Step

LEAD_IN_MS = 10_000
"""The first get-ready: long enough to walk from the keyboard to the wall."""
URGENT_LEAD_IN_MS = 2_000
"""With a cramp nobody waits: just time to hear what to do first."""
COUNT_MS = 1_000
COUNTS = 3
_SHORTEST_COUNTED_GAP_MS = 3_500
_SHORTEST_COUNTED_WORK_MS = 8_000
_SHORTEST_HALVED_WORK_MS = 20_000
_COACHING_AFTER_START_MS = 2_500
"""Room for the side to be named first."""
_COACHING_AFTER_HALF_WAY_MS = 1_500
_LONGEST_HINT_MS = 2_500
_COACHING_EVERY_MS = 20_000
_COACHING_TIMES = 6
"""A long jog or a quarter of an hour with a warm pack is not to be talked through."""


class SegmentKind(StrEnum):
    """What the runner does during a segment."""

    GET_READY = "get_ready"
    SET_UP = "set_up"
    WORK = "work"
    SWITCH = "switch"
    REST = "rest"


class CueKind(StrEnum):
    """What a cue announces. START is the zero of the 3-2-1; COACHING is a spoken hint."""

    GET_READY = "get_ready"
    COUNTDOWN = "countdown"
    START = "start"
    HALF_WAY = "half_way"
    SWITCH_SIDES = "switch_sides"
    NEXT = "next"
    FINISH = "finish"
    RESUME = "resume"
    COACHING = "coaching"


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of time of one kind.

    Attributes:
        kind: what the runner does.
        step: 0-based index of the step that the segment works on or leads to.
        exercise: that step's exercise id.
        side: the side that works, or will work next.
        set_number: 1-based set of that side.
        start_ms: from the beginning of the session.
        end_ms: exclusive.
    """

    kind: SegmentKind
    step: int
    exercise: str
    side: Side
    set_number: int
    start_ms: int
    end_ms: int

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Cue:
    """Something to announce at an instant.

    Attributes:
        kind: what is announced.
        at_ms: from the beginning of the session.
        segment: index of the segment that the cue speaks about.
        count: 3, 2 or 1 for a countdown; the number of the hint for coaching; else 0.
    """

    kind: CueKind
    at_ms: int
    segment: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A compiled routine.

    Attributes:
        routine: the routine's id.
        steps: how many steps it has.
        sets: how many sets each step has.
        half_way: the step's own choice about the half-way cue, by step.
        repetition_ms: how long one repetition takes, by step; None where they are not counted.
        segments: gapless, in order; the first is the get-ready.
        cues: in order of their instants.
    """

    routine: str
    steps: int
    sets: tuple[int, ...]
    half_way: tuple[bool | None, ...]
    repetition_ms: tuple[int | None, ...]
    segments: tuple[Segment, ...]
    cues: tuple[Cue, ...]

    @property
    def end_ms(self) -> int:
        """The end of the last segment."""
        return self.segments[-1].end_ms

    @property
    def lead_in_ms(self) -> int:
        """Length of the first get-ready, which is not part of the routine's total."""
        return self.segments[0].end_ms

    @property
    def total_ms(self) -> int:
        """The routine's total: work, set-ups, side changes and rests."""
        return self.end_ms - self.lead_in_ms

    @property
    def work_ms(self) -> int:
        """The prescribed work alone."""
        return sum(s.duration_ms for s in self.segments if s.kind is SegmentKind.WORK)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a session stands.

    Attributes:
        index: of the current segment.
        segment: the current segment.
        into_ms: since its start.
        left_ms: until its end.
        total_left_ms: of the routine's total; stands still during the lead-in.
    """

    index: int
    segment: Segment
    into_ms: int
    left_ms: int
    total_left_ms: int


def compile_routine(
    routine: Routine,
    exercise_of: Callable[[str], Exercise],
    *,
    lead_in_ms: int | None = None,
    side: Side = Side.NONE,
) -> Timeline:
    """Lay `routine` out in time.

    Args:
        routine: what is done.
        exercise_of: returns the exercise for an id, or raises KeyError for an unknown one.
        lead_in_ms: length of the first get-ready; None takes what the routine's moment asks for.
        side: the leg that cramps, for a routine that relieves a cramp: it alone works. NONE when
            it is not known: the leg is done once, and not named. Other routines do both sides.
    """
    if lead_in_ms is None:
        lead_in_ms = URGENT_LEAD_IN_MS if routine.moment.is_urgent else LEAD_IN_MS
    blocks: list[Segment] = []
    for index, step in enumerate(routine.steps):
        order = _order_of_work(step, _sides_done(routine, exercise_of(step.exercise), side))
        blocks.extend(_step_segments(index, step, order, lead_in_ms))
    segments = _laid_end_to_end(blocks)
    half_way = tuple(
        _wants_half_way(step, exercise_of(step.exercise).kind) for step in routine.steps
    )
    return Timeline(
        routine=routine.id,
        steps=len(routine.steps),
        sets=tuple(step.sets for step in routine.steps),
        half_way=half_way,
        repetition_ms=tuple(
            _ms(step.seconds / step.repetitions) if step.repetitions else None
            for step in routine.steps
        ),
        segments=segments,
        cues=_cues(segments, half_way),
    )


def total_ms(routine: Routine, exercise_of: Callable[[str], Exercise]) -> int:
    """Return what `compile_routine(...).total_ms` would be, ten times as fast.

    A list of a thousand routines asks for their lengths alone.
    """
    return sum(
        segment.end_ms
        for index, step in enumerate(routine.steps)
        for segment in _step_segments(
            index,
            step,
            _order_of_work(step, _sides_done(routine, exercise_of(step.exercise), Side.LEFT)),
            lead_in_ms=0,
        )
    )


def position(timeline: Timeline, elapsed_ms: int) -> Position:
    """Return where a session stands after `elapsed_ms`; before and after it, its first or last."""
    clamped = min(max(elapsed_ms, 0), timeline.end_ms)
    index = _index_at(timeline.segments, clamped)
    segment = timeline.segments[index]
    return Position(
        index=index,
        segment=segment,
        into_ms=clamped - segment.start_ms,
        left_ms=segment.end_ms - clamped,
        total_left_ms=timeline.end_ms - max(clamped, timeline.lead_in_ms),
    )


def extended(timeline: Timeline, index: int, by_ms: int) -> Timeline:
    """Return the timeline with segment `index` longer by `by_ms` and all later ones shifted."""
    blocks = list(timeline.segments)
    blocks[index] = replace(blocks[index], end_ms=blocks[index].end_ms + by_ms)
    segments = _laid_end_to_end(blocks)
    return replace(timeline, segments=segments, cues=_cues(segments, timeline.half_way))


def _index_at(segments: Sequence[Segment], elapsed_ms: int) -> int:
    low, high = 0, len(segments) - 1
    while low < high:
        middle = (low + high) // 2
        if elapsed_ms < segments[middle].end_ms:
            high = middle
        else:
            low = middle + 1
    return low


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _step_segments(
    index: int, step: Step, order: Sequence[tuple[Side, int]], lead_in_ms: int
) -> list[Segment]:
    """Return one step's segments, each starting at 0: only their lengths matter yet."""
    first_side, first_set = order[0]
    found: list[Segment] = []

    def add(kind: SegmentKind, side: Side, set_number: int, length_ms: int) -> None:
        if length_ms > 0:
            found.append(Segment(kind, index, step.exercise, side, set_number, 0, length_ms))

    if index == 0:
        add(SegmentKind.GET_READY, first_side, first_set, lead_in_ms)
    else:
        add(SegmentKind.SET_UP, first_side, first_set, _ms(step.set_up_s))
    before: Side | None = None
    for side, set_number in order:
        if before is not None and before is not side:
            add(SegmentKind.SWITCH, side, set_number, _ms(step.switch_s))
        elif before is not None:
            add(SegmentKind.REST, side, set_number, _ms(step.rest_s))
        add(SegmentKind.WORK, side, set_number, _ms(step.seconds))
        before = side
    return found


def _sides_done(routine: Routine, exercise: Exercise, side: Side) -> tuple[Side, ...]:
    if exercise.sides is Sides.BOTH:
        return (Side.NONE,)
    return (side,) if routine.is_one_sided else (Side.LEFT, Side.RIGHT)


def _order_of_work(step: Step, sides: Sequence[Side]) -> Sequence[tuple[Side, int]]:
    numbers = range(1, step.sets + 1)
    if step.alternate:
        return [(side, number) for number in numbers for side in sides]
    return [(side, number) for side in sides for number in numbers]


def _laid_end_to_end(blocks: Iterable[Segment]) -> tuple[Segment, ...]:
    laid: list[Segment] = []
    at_ms = 0
    for block in blocks:
        end_ms = at_ms + block.duration_ms
        laid.append(replace(block, start_ms=at_ms, end_ms=end_ms))
        at_ms = end_ms
    return tuple(laid)


def _wants_half_way(step: Step, kind: Kind) -> bool | None:
    if step.half_way is None and kind is Kind.STILL:
        return False
    return step.half_way


def _cues(segments: Sequence[Segment], half_way: Sequence[bool | None]) -> tuple[Cue, ...]:
    found: list[Cue] = []
    hints: dict[int, int] = {}
    for index, segment in enumerate(segments):
        if segment.kind is SegmentKind.WORK:
            before = segments[index - 1]
            found.append(Cue(_opening_of_work(before, segment), segment.start_ms, index))
            found.extend(_cues_within_work(index, segment, half_way[segment.step], hints))
        else:
            found.append(Cue(_OPENING[segment.kind], segment.start_ms, index))
        if _is_counted(segment):
            found.extend(
                Cue(CueKind.COUNTDOWN, segment.end_ms - count * COUNT_MS, index, count)
                for count in range(COUNTS, 0, -1)
            )
    found.append(Cue(CueKind.FINISH, segments[-1].end_ms, len(segments) - 1))
    return tuple(sorted(found, key=_instant))


_OPENING = {
    SegmentKind.GET_READY: CueKind.GET_READY,
    SegmentKind.SET_UP: CueKind.NEXT,
    SegmentKind.REST: CueKind.NEXT,
    SegmentKind.SWITCH: CueKind.SWITCH_SIDES,
}


def _instant(cue: Cue) -> int:
    return cue.at_ms


def _opening_of_work(before: Segment, segment: Segment) -> CueKind:
    """Name the cue at the start of work, which follows other work where a gap is set to 0."""
    if before.kind is not SegmentKind.WORK:
        return CueKind.START
    if before.step != segment.step:
        return CueKind.NEXT
    return CueKind.START if before.side is segment.side else CueKind.SWITCH_SIDES


def _is_counted(segment: Segment) -> bool:
    if segment.kind is SegmentKind.WORK:
        return segment.duration_ms >= _SHORTEST_COUNTED_WORK_MS
    return segment.duration_ms >= _SHORTEST_COUNTED_GAP_MS


def _cues_within_work(
    index: int, segment: Segment, half_way: bool | None, hints: dict[int, int]
) -> Iterable[Cue]:
    middle_ms = segment.start_ms + segment.duration_ms // 2
    long_enough = segment.duration_ms >= _SHORTEST_HALVED_WORK_MS
    counted = segment.duration_ms >= _SHORTEST_COUNTED_WORK_MS
    halved = counted and (long_enough if half_way is None else half_way)
    if halved:
        yield Cue(CueKind.HALF_WAY, middle_ms, index)
    at_ms = segment.start_ms + _COACHING_AFTER_START_MS
    every_ms = max(_COACHING_EVERY_MS, segment.duration_ms // _COACHING_TIMES)
    while counted and at_ms < segment.end_ms - (COUNTS + 1) * COUNT_MS:
        number = hints.get(segment.step, 0)
        hints[segment.step] = number + 1
        yield Cue(CueKind.COACHING, at_ms, index, number)
        at_ms += every_ms
        if (
            halved
            and middle_ms - _LONGEST_HINT_MS < at_ms < middle_ms + _COACHING_AFTER_HALF_WAY_MS
        ):
            at_ms = middle_ms + _COACHING_AFTER_HALF_WAY_MS
