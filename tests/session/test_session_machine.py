"""The state machine: transitions, pauses, stalls, suspend, moves and credit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.session import machine as m
from uncramp.session.machine import Event, IllegalTransitionError, Phase, SessionState
from uncramp.session.timeline import CueKind, Segment, SegmentKind, Timeline, extended

MS = 1_000_000
T0 = 77_000 * MS


def clocks(ms: float, slept_ms: float = 0) -> Clocks:
    now = T0 + int(ms * MS)
    return Clocks(now, now + int(slept_ms * MS))


def built(*parts: tuple[SegmentKind, Side, int]) -> Timeline:
    at = 0
    segments = []
    for kind, side, length in parts:
        segments.append(Segment(kind, 0, "x", side, 1, at, at + length))
        at += length
    bare = Timeline("r", 1, (1,), (None,), (None,), tuple(segments), ())
    return extended(bare, 0, 0)


LINE = built(
    (SegmentKind.GET_READY, Side.LEFT, 10_000),
    (SegmentKind.WORK, Side.LEFT, 20_000),
    (SegmentKind.SWITCH, Side.RIGHT, 5_000),
    (SegmentKind.WORK, Side.RIGHT, 20_000),
)


def running(line: Timeline = LINE) -> SessionState:
    return m.start(m.new_session(line), clocks(0))


def walk(state: SessionState, until_ms: int, step_ms: int = 500) -> SessionState:
    """Tick from the latest tick up to `until_ms` of wall time."""
    at = (state.seen.now_ns - T0) // MS
    while at < until_ms:
        at = min(at + step_ms, until_ms)
        state, _ = m.tick(state, clocks(at))
    return state


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("event", list(Event))
def test_a_pair_that_is_not_in_the_table_raises_and_changes_nothing(
    phase: Phase, event: Event
) -> None:
    actions = {
        Event.START: m.start,
        Event.PAUSE: m.pause,
        Event.RESUME: m.resume,
        Event.MOVE: m.skip,
        Event.END: m.end,
    }
    if event not in actions or event in m.TRANSITIONS[phase]:
        return
    state = SessionState(LINE, phase=phase, done_ms=(0,) * 4)
    with pytest.raises(IllegalTransitionError):
        actions[event](state, clocks(0))
    assert state == SessionState(LINE, phase=phase, done_ms=(0,) * 4)


def test_a_session_runs_to_its_end_and_credits_everything() -> None:
    state = walk(running(), 56_000)
    assert state.phase is Phase.FINISHED
    assert m.tally_ms(state) == {Side.LEFT: 20_000, Side.RIGHT: 20_000, Side.NONE: 0}


def test_every_cue_comes_once_at_its_instant() -> None:
    state = running()
    heard: list[m.DueCue] = []
    for at in range(0, 56_000, 250):
        state, due = m.tick(state, clocks(at))
        heard.extend(due)
    assert [d.cue for d in heard] == list(LINE.cues)
    assert all(d.at_ns == T0 + d.cue.at_ms * MS for d in heard)


def test_a_stall_delays_cues_but_lengthens_nothing() -> None:
    state = walk(running(), 12_000)
    state, due = m.tick(state, clocks(15_500))
    assert len(due) == len([c for c in LINE.cues if 12_000 < c.at_ms <= 15_500])
    assert m.position_at(state, T0 + 15_500 * MS).into_ms == 5_500
    state = walk(state, 55_000)
    assert state.phase is Phase.FINISHED


@pytest.mark.parametrize("how", ["silence", "suspend"])
def test_sleep_pauses_where_the_session_was_and_credits_nothing(how: str) -> None:
    state = walk(running(), 15_000)
    after = clocks(20_500) if how == "silence" else clocks(15_200, slept_ms=3_600_000)
    state, due = m.tick(state, after)
    assert state.phase is Phase.PAUSED
    assert state.slept
    assert due == ()
    assert m.position_at(state, after.now_ns).into_ms == 5_000
    assert m.work_done_ms(state) == 5_000
    resumed = m.resume(state, Clocks(after.now_ns + 60_000 * MS, after.boot_ns + 60_000 * MS))
    assert resumed.phase is Phase.RUNNING
    assert not resumed.slept


def test_resume_counts_in_again_and_does_not_repeat_cues() -> None:
    state = walk(running(), 20_000)  # the half-way cue of the first side is due just now
    state = m.pause(state, clocks(20_000))
    state = m.resume(state, clocks(90_000))
    assert m.lead_left_ns(state, T0 + 91_000 * MS) == 4_000 * MS
    assert m.position_at(state, T0 + 94_000 * MS).into_ms == 10_000
    heard = []
    for at in range(90_000, 100_000, 100):
        state, due = m.tick(state, clocks(at))
        heard += [(d.cue.kind, d.cue.count, (d.at_ns - T0) // MS) for d in due]
    assert heard[:5] == [
        (CueKind.RESUME, 0, 90_000),
        (CueKind.COUNTDOWN, 3, 92_000),
        (CueKind.COUNTDOWN, 2, 93_000),
        (CueKind.COUNTDOWN, 1, 94_000),
        (CueKind.START, 0, 95_000),
    ]
    assert CueKind.HALF_WAY not in [kind for kind, _, _ in heard]


@given(st.lists(st.tuples(st.integers(1, 3_000), st.integers(0, 90_000)), max_size=20))
def test_pauses_change_neither_the_total_nor_the_holds(
    pauses: list[tuple[int, int]],
) -> None:
    state, at, active, lead = running(), 0, 0, 0
    for run_ms, rest_ms in pauses:
        state = walk(state, at + lead + run_ms)
        if state.phase is not Phase.RUNNING:
            break
        active += run_ms
        at = at + lead + run_ms
        state = m.pause(state, clocks(at))
        assert m.elapsed_ns(state, state.seen.now_ns) == active * MS
        at += rest_ms
        state = m.resume(state, clocks(at))
        lead = m.RESUME_MS
    state = walk(state, at + lead + LINE.end_ms - active)
    assert state.phase is Phase.FINISHED
    assert m.work_done_ms(state) == LINE.work_ms


def test_skipped_time_never_counts() -> None:
    state = walk(running(), 15_000)
    state = m.skip(state, clocks(15_000))
    assert m.position_at(state, T0 + 15_000 * MS).segment.kind is SegmentKind.SWITCH
    state = walk(state, 15_000 + 25_000)
    assert state.phase is Phase.FINISHED
    assert m.tally_ms(state)[Side.LEFT] == 5_000
    assert m.tally_ms(state)[Side.RIGHT] == 20_000


def test_skipping_the_last_segment_finishes() -> None:
    state = walk(running(), 40_000)
    state = m.skip(state, clocks(40_000))
    assert state.phase is Phase.FINISHED
    assert m.tally_ms(state)[Side.RIGHT] == 5_000


def test_back_goes_to_the_preparation_and_work_done_twice_counts_once() -> None:
    state = walk(running(), 25_000)
    state = m.back(state, clocks(25_000))
    assert m.position_at(state, T0 + 25_000 * MS).segment.kind is SegmentKind.GET_READY
    state = walk(state, 25_000 + 35_000)
    assert m.tally_ms(state)[Side.LEFT] == 20_000


def test_back_soon_after_the_start_goes_one_work_further() -> None:
    state = walk(running(), 36_000)
    state = m.back(state, clocks(36_000))
    assert m.position_at(state, T0 + 36_000 * MS).index == 0


def test_repeat_during_the_switch_does_the_side_just_done_again() -> None:
    state = walk(running(), 32_000)
    state = m.repeat(state, clocks(32_000))
    here = m.position_at(state, T0 + 32_000 * MS)
    assert here.index == 0
    assert here.segment.side is Side.LEFT


def test_repeat_of_work_without_a_preparation_gets_a_fresh_one() -> None:
    line = built(
        (SegmentKind.GET_READY, Side.LEFT, 10_000),
        (SegmentKind.WORK, Side.LEFT, 10_000),
        (SegmentKind.WORK, Side.RIGHT, 10_000),
    )
    state = walk(running(line), 25_000)
    state = m.repeat(state, clocks(25_000))
    assert m.lead_left_ns(state, T0 + 25_000 * MS) == m.RESUME_MS * MS
    assert m.position_at(state, T0 + 25_000 * MS).index == 2


def test_ten_more_lengthens_the_hold_in_hand_and_is_credited() -> None:
    state = walk(running(), 29_500)
    state = m.ten_more(state, clocks(29_500))
    assert m.position_at(state, T0 + 29_500 * MS).left_ms == 10_500
    state = walk(state, 66_000)
    assert m.tally_ms(state)[Side.LEFT] == 30_000


def test_moves_while_paused_keep_the_pause() -> None:
    state = m.pause(walk(running(), 12_000), clocks(12_000))
    state = m.skip(state, clocks(13_000))
    assert state.phase is Phase.PAUSED
    assert m.position_at(state, T0 + 13_000 * MS).segment.kind is SegmentKind.SWITCH
    assert m.work_done_ms(state) == 2_000


def test_ending_keeps_what_was_done() -> None:
    state = m.end(walk(running(), 18_000), clocks(18_300))
    assert state.phase is Phase.ABANDONED
    assert m.work_done_ms(state) == 8_300
    later, due = m.tick(state, clocks(60_000))
    assert due == ()
    assert m.work_done_ms(later) == 8_300


def test_the_next_instant_is_the_next_cue() -> None:
    state = running()
    assert m.next_instant_ns(state, T0) == T0 + 7_000 * MS
    assert m.next_instant_ns(m.pause(state, clocks(10)), T0) is None
    resumed = m.resume(m.pause(walk(state, 12_000), clocks(12_000)), clocks(20_000))
    assert m.next_instant_ns(resumed, T0 + 20_000 * MS) == T0 + 22_000 * MS


def test_a_recorded_session_goes_on_where_it_was() -> None:
    state = m.resumed_session(LINE, 35_000, (0, 20_000, 0, 0))
    assert state.phase is Phase.PAUSED
    state = walk(m.resume(state, clocks(0)), 25_000)
    assert state.phase is Phase.FINISHED
    assert m.work_done_ms(state) == 40_000


@pytest.mark.parametrize(
    ("elapsed", "done"), [(35_000, (0, 0)), (-1, (0, 0, 0, 0)), (99_000, (0, 0, 0, 0))]
)
def test_a_record_that_does_not_fit_is_refused(elapsed: int, done: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        m.resumed_session(LINE, elapsed, done)


def test_work_done_again_for_less_long_takes_nothing_away() -> None:
    state = walk(running(), 25_000)  # 15 s of the first work
    state = walk(m.back(state, clocks(25_000)), 38_000)  # ten to get ready, three of work
    assert m.tally_ms(state)[Side.LEFT] == 15_000
    state = walk(state, 52_000)
    assert m.tally_ms(state)[Side.LEFT] == 17_000


THREE = built(
    (SegmentKind.GET_READY, Side.NONE, 10_000),
    (SegmentKind.WORK, Side.NONE, 20_000),
    (SegmentKind.REST, Side.NONE, 5_000),
    (SegmentKind.WORK, Side.NONE, 20_000),
    (SegmentKind.REST, Side.NONE, 5_000),
    (SegmentKind.WORK, Side.NONE, 20_000),
)


def test_back_goes_one_work_at_a_time() -> None:
    state = walk(running(THREE), 61_000)  # soon after the start of the third
    state = m.back(state, clocks(61_000))
    assert m.position_at(state, state.seen.now_ns).index == 2
    state = m.back(state, clocks(61_500))
    assert m.position_at(state, state.seen.now_ns).index == 0


def test_skipping_the_last_segment_leaves_nothing() -> None:
    state = m.skip(walk(running(), 36_000), clocks(36_000))
    assert state.phase is Phase.FINISHED
    here = m.position_at(state, state.seen.now_ns)
    assert (here.left_ms, here.total_left_ms) == (0, 0)
    assert m.tally_ms(state)[Side.RIGHT] == 1_000


def test_ten_more_loses_no_credit_when_sleep_follows() -> None:
    state = walk(running(), 15_000)
    state = m.ten_more(state, clocks(15_200))
    state, _ = m.tick(state, clocks(15_300, slept_ms=3_600_000))
    assert state.slept
    assert m.work_done_ms(state) == 5_200
