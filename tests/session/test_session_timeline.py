"""The routine laid out in time: totals, order, cues and their distances."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.model.body import CrampSite, Side
from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.moment import Moment
from uncramp.model.routine import Routine, Step
from uncramp.model.text import Text
from uncramp.session.timeline import (
    CueKind,
    SegmentKind,
    Timeline,
    compile_routine,
    extended,
    position,
)


def exercise(name: str) -> Exercise:
    """An exercise named "both_..." or "each_..." with sides accordingly."""
    sides = Sides.EACH if name.startswith("each") else Sides.BOTH
    return Exercise(
        id=name,
        ref="",
        name=Text(name),
        kind=Kind.STILL if "still" in name else Kind.OSCILLATE,
        sides=sides,
        muscles=(),
        props=(),
        cues=(),
        feel=Text(""),
        mistakes=(),
        sources=(),
        figure=None,  # type: ignore[arg-type]  # the timeline never draws
    )


def timeline(*steps: Step) -> Timeline:
    routine = Routine("r", "", Text("R"), Text(""), Moment.BEFORE_RUN, steps, ())
    return compile_routine(routine, exercise)


def kinds(line: Timeline) -> list[SegmentKind]:
    return [segment.kind for segment in line.segments]


QUICK_5 = (
    Step("both_jog", 60),
    Step("each_swing", 20),
    Step("each_swing_side", 20),
    Step("both_kicks", 20),
    Step("both_knees", 20),
    Step("both_lunge", 24),
    Step("each_calf", 20),
)


def test_totals_of_the_catalogue_are_met_to_the_second() -> None:
    # Routine catalogue: R02 is 4:55, R08 is 2:06; the first get-ready is not counted.
    bedtime = [
        Step(name, 10, sets=3, alternate=True, switch_s=0) for name in ("each_calf", "each_ham")
    ]
    assert timeline(*QUICK_5).total_ms == (4 * 60 + 55) * 1000
    assert timeline(*bedtime).total_ms == (2 * 60 + 6) * 1000


def test_both_sides_get_the_same_time_with_a_gap_to_move() -> None:
    line = timeline(Step("each_calf", 30))
    assert kinds(line) == [
        SegmentKind.GET_READY,
        SegmentKind.WORK,
        SegmentKind.SWITCH,
        SegmentKind.WORK,
    ]
    left, right = line.segments[1], line.segments[3]
    assert (left.side, right.side) == (Side.LEFT, Side.RIGHT)
    assert left.duration_ms == right.duration_ms == 30_000
    assert line.segments[2].side is Side.RIGHT


def test_sets_stay_on_one_side_with_rest_between_unless_they_alternate() -> None:
    grouped = timeline(Step("each_calf", 10, sets=2, rest_s=5))
    assert [(s.kind, s.side, s.set_number) for s in grouped.segments[1:]] == [
        (SegmentKind.WORK, Side.LEFT, 1),
        (SegmentKind.REST, Side.LEFT, 2),
        (SegmentKind.WORK, Side.LEFT, 2),
        (SegmentKind.SWITCH, Side.RIGHT, 1),
        (SegmentKind.WORK, Side.RIGHT, 1),
        (SegmentKind.REST, Side.RIGHT, 2),
        (SegmentKind.WORK, Side.RIGHT, 2),
    ]
    alternating = timeline(Step("each_calf", 10, sets=2, alternate=True, switch_s=0))
    assert [(s.side, s.set_number) for s in alternating.segments[1:]] == [
        (Side.LEFT, 1),
        (Side.RIGHT, 1),
        (Side.LEFT, 2),
        (Side.RIGHT, 2),
    ]


def relief(*steps: Step) -> Routine:
    return Routine(
        "r", "", Text("R"), Text(""), Moment.CRAMP, steps, (), relieves=(CrampSite.CALF,)
    )


@pytest.mark.parametrize("side", Side)
def test_a_cramp_is_relieved_on_the_leg_that_has_it(side: Side) -> None:
    steps = (Step("each_calf", 30, sets=2, rest_s=5), Step("both_walk", 60), Step("each_rub", 60))
    line = compile_routine(relief(*steps), exercise, side=side)
    assert [(s.kind, s.side) for s in line.segments[1:]] == [
        (SegmentKind.WORK, side),
        (SegmentKind.REST, side),
        (SegmentKind.WORK, side),
        (SegmentKind.SET_UP, Side.NONE),
        (SegmentKind.WORK, Side.NONE),
        (SegmentKind.SET_UP, side),
        (SegmentKind.WORK, side),
    ]
    assert line.total_ms == (30 + 5 + 30 + 6 + 60 + 6 + 60) * 1000


def test_other_routines_do_both_sides_whatever_leg_is_named() -> None:
    routine = Routine("r", "", Text("R"), Text(""), Moment.BEDTIME, (Step("each_calf", 30),), ())
    named = compile_routine(routine, exercise, side=Side.LEFT)
    assert named == compile_routine(routine, exercise)
    assert {s.side for s in named.segments} == {Side.LEFT, Side.RIGHT}


@pytest.mark.parametrize("moment", Moment)
def test_with_a_cramp_nobody_waits(moment: Moment) -> None:
    routine = Routine("r", "", Text("R"), Text(""), moment, (Step("both_walk", 30),), ())
    line = compile_routine(routine, exercise)
    urgent = moment in {Moment.CRAMP, Moment.DURING_RUN}
    assert line.lead_in_ms == (2_000 if urgent else 10_000)
    assert compile_routine(routine, exercise, lead_in_ms=500).lead_in_ms == 500


@pytest.mark.parametrize(
    ("seconds", "most"), [(30, 2), (60, 3), (120, 6), (180, 6), (600, 6), (900, 6)]
)
def test_a_long_block_is_not_talked_through(seconds: int, most: int) -> None:
    line = timeline(Step("both_jog", seconds))
    hints = [cue for cue in line.cues if cue.kind is CueKind.COACHING]
    assert len(hints) == most
    assert hints[0].at_ms - line.lead_in_ms == 2_500


def test_every_kind_of_cue_has_its_instant() -> None:
    line = timeline(Step("each_calf", 30), Step("both_knees", 15, sets=2, rest_s=10))
    at = {(cue.kind, cue.count): cue.at_ms for cue in reversed(line.cues)}
    assert at[CueKind.GET_READY, 0] == 0
    assert [at[CueKind.COUNTDOWN, n] for n in (3, 2, 1)] == [7_000, 8_000, 9_000]
    assert at[CueKind.START, 0] == 10_000
    assert at[CueKind.HALF_WAY, 0] == 25_000
    assert at[CueKind.SWITCH_SIDES, 0] == 40_000
    assert at[CueKind.NEXT, 0] == 75_000
    assert at[CueKind.FINISH, 0] == line.end_ms == 121_000
    rest = next(s for s in line.segments if s.kind is SegmentKind.REST)
    assert any(c.kind is CueKind.NEXT and c.at_ms == rest.start_ms for c in line.cues)


def test_work_after_work_without_a_gap_announces_the_change_of_side() -> None:
    line = timeline(Step("each_calf", 10, sets=2, alternate=True, switch_s=0))
    openings = [c.kind for c in line.cues if c.at_ms in {20_000, 30_000, 40_000} and not c.count]
    assert openings == [CueKind.SWITCH_SIDES] * 3


def test_half_way_follows_the_length_and_the_step_overrides_it() -> None:
    def halves(step: Step) -> int:
        return sum(c.kind is CueKind.HALF_WAY for c in timeline(step).cues)

    assert halves(Step("both_jog", 19)) == 0
    assert halves(Step("both_jog", 20)) == 1
    assert halves(Step("both_jog", 60, half_way=False)) == 0
    assert halves(Step("both_jog", 10, half_way=True)) == 1
    assert halves(Step("both_still", 60)) == 0


def test_hints_keep_clear_of_the_count_and_of_half_way() -> None:
    line = timeline(Step("both_jog", 120), Step("both_knees", 20))
    for hint in (c for c in line.cues if c.kind is CueKind.COACHING):
        segment = line.segments[hint.segment]
        assert segment.start_ms < hint.at_ms < segment.end_ms - 4_000
        for other in line.cues:
            if other.kind is CueKind.HALF_WAY:
                assert not -1_000 < other.at_ms - hint.at_ms < 1_000


def test_longer_by_ten_seconds_shifts_everything_later() -> None:
    line = timeline(Step("each_calf", 20), Step("both_knees", 20))
    longer = extended(line, 1, 10_000)
    assert longer.total_ms == line.total_ms + 10_000
    assert longer.segments[0] == line.segments[0]
    assert longer.segments[1].duration_ms == 30_000
    moved = [
        replace(s, start_ms=s.start_ms + 10_000, end_ms=s.end_ms + 10_000)
        for s in line.segments[2:]
    ]
    assert list(longer.segments[2:]) == moved
    assert longer.cues[-1].at_ms == line.cues[-1].at_ms + 10_000


@pytest.mark.parametrize(
    ("elapsed", "index", "into", "left", "total"),
    [
        (-5, 0, 0, 10_000, 20_000),
        (0, 0, 0, 10_000, 20_000),
        (9_999, 0, 9_999, 1, 20_000),
        (10_000, 1, 0, 20_000, 20_000),
        (25_000, 1, 15_000, 5_000, 5_000),
        (30_000, 1, 20_000, 0, 0),
        (99_999, 1, 20_000, 0, 0),
    ],
)
def test_position(elapsed: int, index: int, into: int, left: int, total: int) -> None:
    here = position(timeline(Step("both_jog", 20)), elapsed)
    assert (here.index, here.into_ms, here.left_ms, here.total_left_ms) == (
        index,
        into,
        left,
        total,
    )


steps = st.builds(
    Step,
    exercise=st.sampled_from(["both_jog", "each_calf", "each_ham", "both_still"]),
    seconds=st.integers(1, 300).map(float),
    sets=st.integers(1, 4),
    rest_s=st.integers(0, 60).map(float),
    alternate=st.booleans(),
    set_up_s=st.integers(0, 30).map(float),
    switch_s=st.integers(0, 30).map(float),
    half_way=st.sampled_from([None, True, False]),
)


@given(st.lists(steps, min_size=1, max_size=12))
def test_any_routine_is_gapless_balanced_and_in_order(given_steps: list[Step]) -> None:
    line = timeline(*given_steps)
    assert line.segments[0].start_ms == 0
    for before, after in zip(line.segments, line.segments[1:], strict=False):
        assert before.end_ms == after.start_ms
        assert after.end_ms > after.start_ms
    work = dict.fromkeys(Side, 0)
    for segment in line.segments:
        if segment.kind is SegmentKind.WORK:
            work[segment.side] += segment.duration_ms
    assert work[Side.LEFT] == work[Side.RIGHT]
    assert sum(work.values()) == line.work_ms
    instants = [cue.at_ms for cue in line.cues]
    assert instants == sorted(instants)
    assert line.cues[0].kind is CueKind.GET_READY
    assert line.cues[-1].kind is CueKind.FINISH
    for cue in line.cues:
        segment = line.segments[cue.segment]
        assert segment.start_ms <= cue.at_ms <= segment.end_ms


@pytest.mark.parametrize("half_way", [None, True, False])
def test_a_hint_has_four_seconds_before_the_end_and_keeps_clear_of_the_middle(
    half_way: bool | None,
) -> None:
    for tenths in range(80, 1300, 3):
        line = timeline(Step("both_jog", tenths / 10, half_way=half_way))
        end_ms = line.segments[-1].end_ms
        middles = [cue.at_ms for cue in line.cues if cue.kind is CueKind.HALF_WAY]
        hints = [cue.at_ms for cue in line.cues if cue.kind is CueKind.COACHING]
        assert hints
        assert max(hints) < end_ms - 4_000
        for middle_ms in middles:
            assert not [at for at in hints if middle_ms - 1_000 < at < middle_ms + 1_500], tenths
