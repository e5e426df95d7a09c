"""Ways with points that cannot be, in no order, twice, or at a stand."""

import pytest
from recording_files import DEGREE_M

from uncramp.recordings.way import Way

PACE = 3.0
"""Metres a second of the runs here; a point every five seconds is 15 m on."""


def even(first_s: int, last_s: int) -> list[tuple[float, float]]:
    return [(float(at), PACE * at) for at in range(first_s, last_s + 1, 5)]


def way_of(*segments: list[tuple[float, float]]) -> Way:
    made = Way()
    for points in segments:
        made.begin_segment()
        for at, metres in points:
            made.add(at, (50 + metres / DEGREE_M, 8.0))
    return made


def measured(way: Way) -> tuple[float, float, float, int]:
    (found,) = way.stretches()
    assert found.metres is not None
    return round(found.metres), found.moving_s, found.elapsed_s, found.jumps


def test_a_way_without_faults_is_its_length() -> None:
    assert measured(way_of(even(0, 600))) == (1800, 600, 600, 0)


@pytest.mark.parametrize("at", [0, 60, 120])
def test_a_point_where_nobody_can_be_is_left_out(at: int) -> None:
    """First, in the middle, or last: a jump of 1.1 km, and back."""
    points = even(0, 600)
    points[at] = (points[at][0], points[at][1] + 1_100)
    metres, moving, elapsed, jumps = measured(way_of(points))
    # At an end the step of 15 m to the wrong point is lost, too.
    assert (metres, elapsed, jumps) == (1785 if at in {0, 120} else 1800, 600, 1)
    assert moving <= elapsed


def test_a_lost_satellite_is_no_way_to_the_gulf_of_guinea() -> None:
    way = Way()
    for at, metres in even(0, 600):
        lost = 200 <= at < 220
        way.add(at, (0.0, 0.0) if lost else (50 + metres / DEGREE_M, 8.0))
    metres, _, elapsed, jumps = measured(way)
    # From 195 to 220 s nothing is known: 5 steps of 15 m.
    assert (metres, elapsed) == (1800 - 75, 600)
    assert jumps == 2  # to 0/0 and back
    assert not way.stretches()[0].doubt


def test_a_way_full_of_jumps_is_doubtful() -> None:
    points = [(at, way + (50_000 if at % 50 == 0 else 0)) for at, way in even(0, 600)]
    (found,) = way_of(points).stretches()
    assert found.jumps == 13  # of 121 points
    assert found.doubt


def test_points_in_no_order_are_put_in_order() -> None:
    points = even(0, 600)
    points[20:60] = reversed(points[20:60])
    assert measured(way_of(points)) == (1800, 600, 600, 0)


def test_segments_that_repeat_the_ones_before_count_once() -> None:
    ways = way_of(even(0, 200), even(0, 400), even(0, 600))
    assert measured(ways) == (1800, 600, 600, 0)


def test_a_repetition_a_little_aside_is_no_way_either() -> None:
    aside = [(at, metres + 5) for at, metres in even(0, 300)]
    assert measured(way_of(even(0, 300), aside)) == (900, 300, 300, 0)


def test_a_short_gap_between_segments_is_no_running() -> None:
    after = [(at + 8, metres) for at, metres in even(300, 600)]
    assert measured(way_of(even(0, 300), after)) == (1800, 600, 608, 0)


def test_what_lies_between_segments_was_not_recorded() -> None:
    found = measured(way_of(even(0, 300), even(600, 900)))
    assert found == (1800, 600, 900, 0)
    (stretch,) = way_of(even(0, 300), even(600, 900)).stretches()
    assert stretch.standing_s == 0


@pytest.mark.parametrize("step_s", [1, 300])
def test_a_stop_within_a_segment_is_no_running(step_s: int) -> None:
    """As a gap, or with a point each second at the same place."""
    stop = [(300.0 + at, 900.0) for at in range(step_s, 301, step_s)]
    after = [(at + 300, metres) for at, metres in even(305, 600)]
    (found,) = way_of([*even(0, 300), *stop, *after]).stretches()
    assert (found.moving_s, found.standing_s, found.elapsed_s) == (600, 300, 900)


def test_a_time_of_another_month_is_a_stretch_of_its_own() -> None:
    points = even(0, 600)
    points[-1] = (points[-1][0] + 30 * 86_400, points[-1][1])
    first, second = way_of(points).stretches()
    assert (first.elapsed_s, first.points, second.points) == (595, 120, 1)


def test_places_without_a_time_lie_between_those_around_them() -> None:
    way = Way()
    way.begin_segment()
    for number, (at, metres) in enumerate(even(0, 600)):
        way.add(None if number % 5 == 2 else at, (50 + metres / DEGREE_M, 8.0))
    assert measured(way) == (1800, 600, 600, 0)


def test_a_place_without_a_time_is_on_the_way() -> None:
    way = Way()
    way.begin_segment()
    for at, metres in ((0, 0), (None, 15), (10, 0)):
        way.add(at, (50 + metres / DEGREE_M, 8.0))
    assert measured(way) == (30, 10, 10, 0)


def test_somebody_who_does_not_move_has_run_for_all_of_the_time() -> None:
    (found,) = way_of([(at, 0.0) for at, _ in even(0, 600)]).stretches()
    assert (found.metres, found.moving_s) == (0, 600)
