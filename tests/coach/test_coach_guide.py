"""One guided session with a manual clock: cues, stalls, sleep, journal, going on."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.coach.clock import Pace
from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.session.announce import Announcer
from uncramp.coach.session.guide import AHEAD_NS, Delivered, GuidedSession
from uncramp.coach.session.progress import state_from_progress
from uncramp.coach.session.sessions import Pacing, Sessions
from uncramp.coach.settings import Verbosity
from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.model.errors import EnvironmentFault
from uncramp.model.record import Outcome, SessionRecord
from uncramp.session import machine
from uncramp.session.machine import Phase
from uncramp.session.timeline import CueKind, Timeline
from uncramp.sound.chime import Chime

S = 1_000_000_000
MOST_WAKES = 100_000
BEGIN = datetime(2026, 11, 21, 6, 50, tzinfo=UTC)


@dataclass
class ManualClock:
    now_ns: int = 50 * S
    slept_ns: int = 0

    def read(self) -> Clocks:
        return Clocks(self.now_ns, self.now_ns + self.slept_ns)

    def date(self) -> datetime:
        return BEGIN + timedelta(microseconds=(self.now_ns + self.slept_ns) / 1000)


@dataclass
class Recorder:
    """A sounder that writes down what it is asked for."""

    heard: list[tuple[Chime | None, tuple[str, ...], int]] = field(default_factory=list)
    cancelled: int = 0
    resting: bool = False

    def announce(self, chime: Chime | None, phrases: Sequence[str], at_ns: int) -> None:
        self.heard.append((chime, tuple(phrases), at_ns))

    def cancel(self) -> None:
        self.cancelled += 1

    def rest(self) -> None:
        self.resting = True

    def wake(self) -> None:
        self.resting = False


@dataclass
class Shelf:
    """A journal in memory that can be made to fail."""

    saved: list[SessionRecord] = field(default_factory=list)
    fails: bool = False
    attempts: int = 0
    hold_up: Callable[[], None] | None = None

    def save_session(self, record: SessionRecord, now: datetime) -> None:
        assert now.tzinfo is not None
        self.attempts += 1
        if self.hold_up is not None:
            self.hold_up()
        if self.fails:
            raise EnvironmentFault("the disk is full")
        self.saved.append(record)


@pytest.fixture
def coach(tmp_path: Path) -> Iterator[Coach]:
    made = Coach(find_places(tmp_path))
    yield made
    made.close()


@dataclass
class Run:
    clock: ManualClock
    sounder: Recorder
    shelf: Shelf
    session: GuidedSession
    shown: list[Delivered] = field(default_factory=list)

    def until(self, second: float) -> None:
        """Wake exactly when the session asks to be woken."""
        end_ns = 50 * S + round(second * S)
        for _ in range(MOST_WAKES):
            wake_ns = None if self.session.is_over else self.session.next_wake_ns()
            if wake_ns is None or wake_ns > end_ns:
                break
            self.clock.now_ns = max(self.clock.now_ns, wake_ns)
            self.shown.extend(self.session.tick())
        else:
            raise AssertionError("it asks to be woken without end")
        self.clock.now_ns = max(self.clock.now_ns, end_ns)


def begun(coach: Coach, routine: str = "prerun_quick") -> Run:
    clock, sounder, shelf = ManualClock(), Recorder(), Shelf()
    chosen = coach.library.routines[routine]
    state = machine.new_session(coach.timeline(chosen))
    record = SessionRecord("id", chosen.id, chosen.name.default, BEGIN, None, Outcome.RUNNING, ())

    def length(text: str) -> float | None:
        return 0.05 * len(text)

    def chime_length(chime: Chime) -> float:
        return 0.4

    announcer = Announcer(coach.library.exercises, length, chime_length, Verbosity.FULL)
    session = GuidedSession(record, state, announcer, sounder, shelf, clock.read, clock.date)
    run = Run(clock, sounder, shelf, session)
    run.shown.extend(session.start())
    return run


def timeline(run: Run) -> Timeline:
    return run.session.state.timeline


@pytest.mark.parametrize(
    "routine", ["prerun_quick", "prerun_full", "cooldown_short", "bedtime_trial"]
)
def test_every_cue_is_shown_and_sounds_once_at_its_instant(coach: Coach, routine: str) -> None:
    run = begun(coach, routine)
    run.until(1_000)
    line = timeline(run)
    assert [given.due.cue for given in run.shown] == list(line.cues)
    assert all(given.at_ns == given.due.at_ns for given in run.shown)
    expected = [50 * S + cue.at_ms * 1_000_000 for cue in line.cues]
    assert [at_ns for _, _, at_ns in run.sounder.heard] == expected
    assert run.session.state.phase is Phase.FINISHED
    assert run.shelf.saved[-1].outcome is Outcome.FINISHED
    assert run.shelf.saved[-1].done_ms == line.work_ms


def test_sounds_are_handed_over_ahead(coach: Coach) -> None:
    run = begun(coach)
    run.until(6.9)
    assert run.sounder.heard[-1][0] is Chime.TICK
    assert run.sounder.heard[-1][2] == 57 * S > run.clock.now_ns
    assert run.sounder.heard[-1][2] - run.clock.now_ns <= AHEAD_NS


def test_after_a_freeze_only_the_newest_cue_sounds_and_nothing_is_longer(coach: Coach) -> None:
    run = begun(coach)
    run.until(6.0)
    before = len(run.sounder.heard)
    run.clock.now_ns += round(3.5 * S)  # the three ticks at 7, 8 and 9 s fell into it
    delivered = run.session.tick()
    assert [(d.due.cue.kind, d.due.cue.count) for d in delivered] == [(CueKind.COUNTDOWN, 1)]
    assert len(run.sounder.heard) == before + 1
    assert run.sounder.heard[-1][2] == run.clock.now_ns
    run.until(400)
    starts = [d for d in run.shown if d.due.cue.kind is CueKind.START]
    assert starts[0].at_ns == 60 * S


def test_a_pause_silences_what_was_handed_over_and_counts_in_again(coach: Coach) -> None:
    run = begun(coach)
    run.until(6.9)
    cancelled = run.sounder.cancelled
    run.session.toggle_pause()
    assert run.sounder.cancelled == cancelled + 1
    assert run.session.next_wake_ns() is None
    assert run.sounder.resting
    heard = len(run.sounder.heard)
    run.clock.now_ns += 60 * S
    run.shown = list(run.session.toggle_pause())
    assert run.shown[0].due.cue.kind is CueKind.RESUME
    assert not run.sounder.resting
    assert run.sounder.heard[heard][1] == ("Get ready again.",)
    run.until(6.9 + 60 + 5 + 0.2)
    assert [d.due.cue.kind for d in run.shown] == [
        CueKind.RESUME,
        CueKind.COUNTDOWN,
        CueKind.COUNTDOWN,
        CueKind.COUNTDOWN,
        CueKind.START,
        CueKind.COUNTDOWN,
    ]


def test_sleep_pauses_and_credits_nothing(coach: Coach) -> None:
    run = begun(coach)
    run.until(20)
    run.clock.slept_ns += 3_600 * S
    run.session.tick()
    assert run.session.state.phase is Phase.PAUSED
    assert run.session.state.slept
    assert run.sounder.resting
    assert machine.work_done_ms(run.session.state) <= 10_000


def test_progress_is_saved_at_every_boundary(coach: Coach) -> None:
    run = begun(coach)
    run.until(1_000)
    line = timeline(run)
    saved_elapsed = [
        json.loads(record.progress)["elapsed_ms"] for record in run.shelf.saved if record.progress
    ]
    for segment in line.segments:
        assert any(
            segment.start_ms <= elapsed <= segment.start_ms + 50 for elapsed in saved_elapsed
        ), segment


def test_a_crash_loses_at_most_the_running_segment(coach: Coach) -> None:
    run = begun(coach)
    run.until(100)  # the right leg's swing is running; the left one is done
    record = run.shelf.saved[-1]
    state = state_from_progress(record)
    assert state is not None
    assert state.phase is Phase.PAUSED
    here = machine.position_at(state, 0)
    now = machine.position_at(run.session.state, run.clock.now_ns)
    assert here.index == now.index
    assert 0 <= now.into_ms - here.into_ms <= 5_500
    assert machine.tally_ms(state)[Side.LEFT] == 20_000


def test_a_journal_that_fails_stops_nothing_and_is_written_later(coach: Coach) -> None:
    run = begun(coach)
    run.shelf.fails = True
    run.until(150)
    assert "disk is full" in str(run.session.fault)
    run.shelf.fails = False
    run.until(1_000)
    assert run.session.fault is None
    assert run.shelf.saved[-1].outcome is Outcome.FINISHED
    assert run.shelf.saved[-1].done_ms == timeline(run).work_ms


def test_a_journal_in_use_delays_no_cue_and_is_waited_for_only_at_the_end(coach: Coach) -> None:
    run = begun(coach)
    run.shelf.fails = True

    def hold_up() -> None:
        run.clock.now_ns += S // 5

    run.shelf.hold_up = hold_up
    run.until(150)
    # Twelve boundaries, and every 5 s between them.
    assert 20 <= run.shelf.attempts <= 45
    assert max(given.at_ns - given.due.at_ns for given in run.shown) <= S // 5
    assert not run.session.state.slept
    run.shelf.attempts = 0
    run.session.end()
    assert run.shelf.attempts == 10
    assert run.session.fault is not None


def test_the_end_is_written_when_the_journal_comes_free_within_two_seconds(coach: Coach) -> None:
    run = begun(coach)
    run.until(30)
    run.shelf.fails = True

    def come_free() -> None:
        run.shelf.fails = run.shelf.attempts < 8

    run.shelf.attempts = 0
    run.shelf.hold_up = come_free
    run.session.end()
    assert run.session.fault is None
    assert run.shelf.saved[-1].outcome is Outcome.ENDED_EARLY


def test_a_disk_that_hangs_at_the_start_does_not_keep_the_first_cue(coach: Coach) -> None:
    clock = ManualClock()

    def hang() -> None:
        clock.now_ns += 60 * S

    shelf = Shelf(hold_up=hang)
    chosen = coach.library.routines["prerun_quick"]
    record = SessionRecord("id", chosen.id, chosen.name.default, BEGIN, None, Outcome.RUNNING, ())
    announcer = Announcer(coach.library.exercises, len, lambda _: 0.4, Verbosity.FULL)
    state = machine.new_session(coach.timeline(chosen))
    session = GuidedSession(record, state, announcer, Recorder(), shelf, clock.read, clock.date)
    assert [given.due.cue.kind for given in session.start()] == [CueKind.GET_READY]


def test_a_suspend_that_a_key_discovers_is_silent_and_written(coach: Coach) -> None:
    run = begun(coach)
    run.until(29)
    run.clock.slept_ns += 3_600 * S
    saved, cancelled = len(run.shelf.saved), run.sounder.cancelled
    assert run.session.toggle_pause() == ()
    assert run.session.state.phase is Phase.PAUSED
    assert run.session.state.slept
    assert run.sounder.resting
    assert run.sounder.cancelled > cancelled
    assert len(run.shelf.saved) == saved + 1
    assert run.shelf.saved[-1].done_ms == pytest.approx(19_000, abs=500)


def test_sleep_is_written_down_at_once(coach: Coach) -> None:
    run = begun(coach)
    run.until(29)
    run.clock.slept_ns += 3_600 * S
    run.session.tick()
    assert run.shelf.saved[-1].done_ms == pytest.approx(19_000, abs=500)
    offered = state_from_progress(run.shelf.saved[-1])
    assert offered is not None
    assert offered.base_ns == pytest.approx(29 * S, abs=S // 2)


def test_wall_clock_and_offset_may_jump_in_the_middle_of_a_session(coach: Coach) -> None:
    run = begun(coach)
    run.until(100)
    west = timezone(timedelta(hours=-9))
    run.clock.date = lambda: (BEGIN - timedelta(days=400)).astimezone(west)  # type: ignore[method-assign]
    run.until(1_000)
    assert run.session.state.phase is Phase.FINISHED
    assert run.shelf.saved[-1].started_at == BEGIN
    assert run.shelf.saved[-1].done_ms == timeline(run).work_ms


def test_a_clock_that_stands_or_steps_back_repeats_no_cue(coach: Coach) -> None:
    run = begun(coach)
    for _ in range(200_000):
        if run.session.is_over:
            break
        run.clock.now_ns += 10_000_000
        run.shown.extend(run.session.tick())
        run.shown.extend(run.session.tick())
        run.clock.now_ns -= 1_000
        run.shown.extend(run.session.tick())
    assert [given.due.cue for given in run.shown] == list(timeline(run).cues)
    assert len(run.sounder.heard) == len(run.shown)
    assert run.shelf.saved[-1].done_ms == timeline(run).work_ms


def test_a_fast_session_takes_a_hitch_for_a_hitch(coach: Coach) -> None:
    clock = ManualClock()
    chosen = coach.library.routines["prerun_quick"]
    session = Sessions(coach).begin(chosen, None, Pacing(clock.read, None, 100.0))
    session.start()
    clock.now_ns += 499 * S  # five seconds of life, almost
    session.tick()
    assert session.state.phase is Phase.FINISHED
    again = Sessions(coach).begin(chosen, None, Pacing(clock.read, None, 100.0))
    again.start()
    clock.now_ns += 501 * S
    again.tick()
    assert again.state.slept


def test_after_a_jump_nothing_counts_as_handed_over(coach: Coach) -> None:
    run = begun(coach)
    run.until(9.85)  # the zero of the first count-in is handed over already
    heard = len(run.sounder.heard)
    (given,) = run.session.repeat()
    assert given.due.cue.kind is CueKind.GET_READY
    assert run.sounder.heard[heard][0] is Chime.GET_READY
    assert run.sounder.heard[heard][2] == run.clock.now_ns


def test_a_key_at_the_very_end_finds_the_session_finished(coach: Coach) -> None:
    run = begun(coach)
    run.until(304.9)
    run.clock.now_ns += S
    (given,) = run.session.skip()
    assert given.due.cue.kind is CueKind.FINISH
    assert run.session.state.phase is Phase.FINISHED
    assert run.shelf.saved[-1].outcome is Outcome.FINISHED
    assert run.session.skip() == ()


def test_the_end_is_dated_when_it_comes(coach: Coach) -> None:
    run = begun(coach)
    run.until(1_000)
    assert {record.ended_at for record in run.shelf.saved[:-1]} == {None}
    ended_at = run.shelf.saved[-1].ended_at
    assert ended_at is not None
    # The clock began at 50 s; ten to get ready, and 4:55.
    assert ended_at - BEGIN == timedelta(seconds=50 + 10 + 295)


def test_a_fast_session_is_heard_at_real_instants(coach: Coach) -> None:
    clock, sounder = ManualClock(), Recorder()
    pace = Pace(20.0, clock.read)
    chosen = coach.library.routines["prerun_quick"]
    record = SessionRecord("id", chosen.id, chosen.name.default, BEGIN, None, Outcome.RUNNING, ())
    announcer = Announcer(coach.library.exercises, len, lambda _: 0.4, Verbosity.FULL, 20.0)
    state = machine.new_session(coach.timeline(chosen))
    session = GuidedSession(
        record, state, announcer, sounder, None, pace.read, clock.date, pace.real_ns, 20.0
    )
    session.start()
    while not session.is_over:
        clock.now_ns += 10_000_000
        session.tick()
    expected = [50 * S + cue.at_ms * 1_000_000 // 20 for cue in session.state.timeline.cues]
    assert [at_ns for _, _, at_ns in sounder.heard] == pytest.approx(expected, abs=10_000_000)
    assert sounder.heard[-1][2] == expected[-1]


def test_a_pace_stretches_time_and_not_a_suspend() -> None:
    clock = ManualClock()
    pace = Pace(10.0, clock.read)
    clock.now_ns += 3 * S
    clock.slept_ns += 7 * S
    fast = pace.read()
    assert fast.now_ns == (50 + 30) * S
    assert fast.boot_ns - fast.now_ns == 7 * S
    assert pace.real_ns(fast.now_ns) == 53 * S


@pytest.mark.parametrize("too_sharp", [False, True])
def test_ending_is_recorded_as_what_it_was(coach: Coach, too_sharp: bool) -> None:
    run = begun(coach)
    run.until(30)
    run.session.end(too_sharp=too_sharp)
    record = run.shelf.saved[-1]
    assert record.outcome is (Outcome.TOO_SHARP if too_sharp else Outcome.ENDED_EARLY)
    assert record.done_ms == 20_000
    assert record.progress == ""
    assert record.ended_at is not None
    assert run.session.ended_too_sharp is too_sharp


def test_before_the_start_keys_are_not_answered(coach: Coach) -> None:
    run = begun(coach)
    waiting = machine.new_session(timeline(run))
    run.session.state = waiting
    for action in (
        run.session.skip,
        run.session.back,
        run.session.toggle_pause,
        run.session.ten_more,
        run.session.repeat,
    ):
        assert action() == ()
    assert run.session.state is waiting


def test_after_the_end_nothing_answers(coach: Coach) -> None:
    run = begun(coach)
    run.session.end()
    for action in (
        run.session.skip,
        run.session.back,
        run.session.toggle_pause,
        run.session.ten_more,
        run.session.repeat,
    ):
        assert action() == ()
    assert run.session.state.phase is Phase.ABANDONED
