"""The same run from several sources."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from uncramp.model.recording import Clock, Recording, Sport
from uncramp.recordings.duplicates import Known, joined

START = datetime(2026, 5, 3, 6, 30, tzinfo=UTC)
RUN = Recording(START, Clock.UTC, 1800.0, 1900.0, sport=Sport.RUN)
SUMMER = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("late_s", "timer_s", "elapsed_s", "same"),
    [
        (0, 1800, 1900, True),
        (120, 1800, 1900, True),
        (-120, 1800, 1900, True),
        (121, 1800, 1900, False),
        (0, 1894, 1894, True),
        (0, 1995, 1995, True),
        (0, 2001, 2001, False),
        (0, 1711, 1711, True),
        (0, 1709, 1709, False),
    ],
)
def test_within_two_minutes_and_a_twentieth(
    late_s: int, timer_s: float, elapsed_s: float, same: bool
) -> None:
    known = Known([(START.astimezone(SUMMER), (1800.0, 1900.0))])
    other = Recording(START + timedelta(seconds=late_s), Clock.UTC, timer_s, elapsed_s)
    assert (known.like(other) is not None) is same


def test_a_clock_on_the_wall_is_held_against_clocks_on_walls() -> None:
    known = Known([(START.astimezone(SUMMER), (1800.0,))])
    wall = replace(RUN, started=START + timedelta(hours=2), clock=Clock.WALL)
    assert known.like(wall) == 0
    assert known.like(replace(wall, started=START)) is None
    # And the other way round.
    known = Known()
    known.add(wall.started, (1800.0,), wall=True)
    assert known.like(RUN) is None


def test_a_recording_that_was_cut_off_is_part_of_the_whole_one() -> None:
    known = Known([(START, (1800.0,))])
    assert known.like(replace(RUN, timer_s=700, elapsed_s=700, partial=True)) == 0
    assert known.like(replace(RUN, timer_s=700, elapsed_s=700)) is None
    assert known.like(replace(RUN, timer_s=2700, elapsed_s=2700, partial=True)) is None


def test_the_first_stays_and_is_completed() -> None:
    row = replace(RUN, started=START.astimezone(SUMMER), clock=Clock.PLACE, metres=4900.0, effort=6)
    run = joined(replace(RUN, metres=5000.0), row)
    assert (run.metres, run.effort) == (5000.0, 6)
    assert run.started == START
    assert run.started.utcoffset() == timedelta(hours=2)
    assert run.clock is Clock.PLACE


def test_another_source_may_name_the_sport() -> None:
    unknown = replace(RUN, sport=Sport.UNKNOWN)
    assert joined(unknown, replace(RUN, sport=Sport.OTHER)).sport is Sport.OTHER
    assert joined(RUN, replace(RUN, sport=Sport.OTHER)).sport is Sport.RUN
