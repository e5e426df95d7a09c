"""FIT files: whole, damaged at every byte, and with clocks that were never set."""

from datetime import UTC, datetime, timedelta

import pytest
from recording_files import (
    CYCLING,
    FILE_ID,
    RECORD,
    START,
    course,
    definition,
    fit_file,
    fit_run,
    fit_seconds,
    message,
)

from uncramp.model.diary import Terrain
from uncramp.model.problem import Severity
from uncramp.model.recording import Clock, Sport
from uncramp.recordings import fit
from uncramp.recordings.fit import read_fit
from uncramp.recordings.fit_thinning import thinned

POINTS = course(1800, 3.0)


def test_a_run_is_read_with_its_summary_and_the_offset_of_the_place() -> None:
    data = fit_run(points=POINTS, timer_s=1800, elapsed_s=1905.5, metres=5400.25)
    (run,), problems = read_fit(data, "a.fit")
    assert problems == ()
    assert run.started == START
    assert run.started.utcoffset() == timedelta(hours=2)
    assert (run.clock, run.sport, run.partial) == (Clock.PLACE, Sport.RUN, False)
    assert (run.timer_s, run.elapsed_s, run.metres) == (1800, 1905.5, 5400.25)
    assert run.device_temperature_c == 31
    assert run.air_temperature_c is None


@pytest.mark.parametrize(
    ("sub_sport", "indoor", "terrain"),
    [(1, True, None), (3, False, Terrain.TRAIL), (4, False, Terrain.TRACK), (58, True, None)],
)
def test_the_kind_of_run_is_known(sub_sport: int, indoor: bool, terrain: Terrain | None) -> None:
    (run,), _ = read_fit(fit_run(sub_sport=sub_sport), "a.fit")
    assert (run.indoor, run.terrain) == (indoor, terrain)


def test_other_sports_are_not_runs() -> None:
    (ride,), _ = read_fit(fit_run(sport=CYCLING), "a.fit")
    assert ride.sport is Sport.OTHER


def test_on_a_treadmill_of_a_gym_no_sport_is_known() -> None:
    (run,), _ = read_fit(fit_run(sport=4, sub_sport=1), "a.fit")
    assert (run.sport, run.indoor) == (Sport.UNKNOWN, True)


def test_every_session_of_a_file_is_read() -> None:
    runs, problems = read_fit(fit_run(sessions=3), "a.fit")
    assert problems == ()
    assert [one.started - START for one in runs] == [timedelta(seconds=s) for s in (0, 1860, 3720)]


def test_chained_files_are_read_one_after_the_other() -> None:
    later = START + timedelta(days=1)
    runs, problems = read_fit(fit_run() + fit_run(later), "a.fit")
    assert problems == ()
    assert [one.started for one in runs] == [START, later]


def test_without_an_offset_only_the_instant_is_known() -> None:
    (run,), _ = read_fit(fit_run(offset_min=None), "a.fit")
    assert (run.started, run.clock) == (START, Clock.UTC)


def test_a_clock_that_was_not_set_is_told_or_mended_by_the_local_time() -> None:
    (run,), _ = read_fit(fit_run(device_start=5000, offset_min=120), "a.fit")
    assert (run.started, run.clock) == (START + timedelta(hours=2), Clock.WALL)
    runs, (problem,) = read_fit(fit_run(device_start=5000, offset_min=None), "a.fit")
    assert runs == ()
    assert problem.severity is Severity.ERROR
    assert "clock" in problem.message


def test_a_wrong_check_sum_is_told_and_the_run_marked() -> None:
    (run,), (problem,) = read_fit(fit_run(right=False), "a.fit")
    assert run.partial
    assert run.metres == 5000
    assert "checksum" in problem.message


def test_without_a_summary_the_points_tell_the_totals() -> None:
    first = fit_seconds(START)
    body = definition(0, FILE_ID) + message(0, FILE_ID, 4, 1) + definition(1, RECORD)
    body += b"".join(message(1, RECORD, first + at, round(way * 100), 30) for at, way in POINTS)
    (run,), problems = read_fit(fit_file(body), "a.fit")
    assert (run.timer_s, run.metres, run.partial) == (1800, 5400, True)
    assert run.early_pace is None
    assert problems


def test_a_watch_that_ran_on_is_told_and_only_its_timer_counts() -> None:
    (run,), (problem,) = read_fit(fit_run(elapsed_s=27 * 86_400), "a.fit")
    assert run.timer_s == 1800
    assert "648 hours" in problem.message


def test_other_files_of_a_watch_are_no_activities() -> None:
    runs, (problem,) = read_fit(fit_run(file_type=2), "a.fit")
    assert runs == ()
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize("early", [0.9, 1.0, 1.2])
def test_the_pace_at_the_beginning_is_held_against_the_rest(early: float) -> None:
    points = course(1800, 3.0, early)
    (run,), _ = read_fit(fit_run(points=points, metres=points[-1][1]), "a.fit")
    assert run.early_pace == pytest.approx(early, rel=0.01)


def test_cut_off_anywhere_it_tells_what_it_can_and_why() -> None:
    data = fit_run(points=course(40, 3.0))
    whole, _ = read_fit(data, "a.fit")
    for end in range(len(data)):
        recordings, problems = read_fit(data[:end], "a.fit")
        assert any(one.severity is Severity.ERROR for one in problems), end
        assert all(one.partial for one in recordings), end
        assert all(one.started.astimezone(UTC) == START for one in recordings), end
    assert not whole[0].partial


def test_a_year_that_cannot_be_is_not_believed() -> None:
    late = datetime(2118, 1, 1, tzinfo=UTC)
    recordings, problems = read_fit(fit_run(late), "a.fit")
    assert recordings == ()
    assert problems


def test_leaving_out_what_nobody_needs_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    others = (
        (23, (("timestamp", 253, "uint32"), ("serial", 3, "uint32"))),
        (20, (("heart", 3, "uint8"), ("warm", 13, "sint8"), ("timestamp", 253, "uint32"))),
    )
    first = fit_seconds(START)
    body = fit_run(points=POINTS, sessions=2)[14:-2]
    body += definition(5, others[0]) + message(5, others[0], first, 7) * 20
    # The same local number for another kind, and fields in another order.
    body += definition(1, others[1]) + message(1, others[1], 140, 24, first + 1801)
    data = fit_file(body)
    small = thinned(data)
    assert small is not None
    assert len(small) < len(data) - 20 * 9
    quick = read_fit(data, "a.fit")
    monkeypatch.setattr(fit, "thinned", lambda _data: None)
    assert read_fit(data, "a.fit") == quick
    assert quick[0][0].device_temperature_c == 31


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x0e",
        fit_run()[:-1],
        fit_run() + fit_run(),
        fit_file(definition(0, FILE_ID) + message(1, FILE_ID, 4, 1)),
        fit_file(definition(0, FILE_ID) + message(0, FILE_ID, 4, 1)[:-1]),
        fit_file(definition(0, FILE_ID)[:-1]),
        fit_file(definition(0, FILE_ID) + b"\x81" + message(0, FILE_ID, 4, 1)[1:]),
    ],
    ids=[
        "empty",
        "a byte",
        "cut",
        "chained",
        "unknown",
        "short",
        "half a definition",
        "compressed",
    ],
)
def test_what_is_unusual_is_read_whole(data: bytes) -> None:
    assert thinned(data) is None
