"""Recordings that are valid and lie, where there is a collection of them beside the project.

The run behind them all: 360 points, one in 5 s, so 1795 s, and 5393 m by its positions.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from uncramp.coach.runs.importing import Status, plan_import
from uncramp.coach.runs.reading import read_recordings
from uncramp.model.diary import Run, Terrain

CASES = Path(__file__).resolve().parents[3] / "shared" / "findings" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="no collection of recordings that lie")
NOW = datetime(2026, 11, 30, tzinfo=UTC)
ALONE = (1795, 5393)
ODD = {
    # A pause of 25 minutes takes the place of one of the 359 steps of 5 s.
    "gpx_stop_in_segment.gpx": (1790, 5393),
    # The first of 360 points is elsewhere: the step from it is unknown, 15 m.
    "gpx_zero_zero_first.gpx": (1795, 5378),
    "gpx_treadmill_no_move.gpx": (1795, None),
    # 1795 s at 3 m/s.
    "gpx_steady_virtual_run.gpx": (1795, 5385),
    "tcx_decimal_comma.tcx": (1795, 5385),
    "tcx_sport_jogging.tcx": (1795, 5385),
    "tcx_sport_other_treadmill.tcx": (1795, 5385),
    "tcx_sport_trailrun.tcx": (1795, 5385),
}
MANY = {"strava_es.csv": 5, "strava_fr_a.csv": 7, "strava_it.csv": 8, "intervals_dst_gap.csv": 2}
NONE = {"gpx_types.txt", "strava_en_excel_dates.csv"}
NAMES = sorted(path.name for path in CASES.glob("*.*"))


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def runs_of(name: str) -> tuple[Run, ...]:
    numbers = count()
    read = read_recordings([CASES / name], workers=1)
    report = plan_import(read, (), NOW, lambda: str(next(numbers)))
    for result in report.results:
        assert (result.status is Status.UNREADABLE) is (name in NONE), result
    return report.runs


@pytest.mark.parametrize("name", NAMES)
def test_each_gives_the_run_that_it_is(name: str) -> None:
    runs = runs_of(name)
    assert len(runs) == (0 if name in NONE else MANY.get(name, 1))
    seconds, metres = ODD.get(name, ALONE)
    for run in runs:
        assert run.seconds == seconds
        assert run.metres == (None if metres is None else pytest.approx(metres, abs=1))
        assert run.terrain is not Terrain.HILLS


@pytest.mark.usefixtures("in_berlin")
def test_a_time_that_the_clock_skipped_is_moved_forward() -> None:
    spring, autumn = runs_of("intervals_dst_gap.csv")
    assert f"{spring.started:%H:%M %z}" == "03:30 +0200"
    assert f"{autumn.started:%H:%M %z}" == "02:30 +0200"


def test_the_months_of_an_account_in_french_are_its_own() -> None:
    found = [(run.started.astimezone(UTC).month) for run in runs_of("strava_fr_a.csv")]
    assert found == [12, 2, 4, 5, 6, 7, 8]
