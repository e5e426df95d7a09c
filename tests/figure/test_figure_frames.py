"""Key frames added, copied, moved and mirrored give figures that a file may hold."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.figure import frames
from uncramp.figure.animation import pose_at
from uncramp.model.figure import (
    ArmPose,
    Easing,
    Figure,
    KeyFrame,
    LegPose,
    Play,
    Pose,
    View,
)


def figure_of(*times: float, play: Play = Play.LOOP, cycle_s: float = 4.0) -> Figure:
    """Return a figure whose poses are told apart by the trunk's lean: 0, 10, 20 and so on."""
    keys = tuple(KeyFrame(t, Pose(trunk=10.0 * i)) for i, t in enumerate(times))
    return Figure(View.SIDE, play, cycle_s, keys)


def leans(figure: Figure) -> list[float]:
    return [key.pose.trunk for key in figure.keys]


def times(figure: Figure) -> list[float]:
    return [key.at_s for key in figure.keys]


def assert_in_order(figure: Figure) -> None:
    assert times(figure)[0] == 0.0
    assert all(b > a for a, b in pairwise(times(figure)))
    last = times(figure)[-1]
    assert last < figure.cycle_s or (figure.play is Play.ONCE and last <= figure.cycle_s)
    assert 1 <= len(figure.keys) <= frames.MAX_KEYS
    assert figure.cycle_s <= frames.LONGEST_S


step = st.one_of(
    st.tuples(st.just("copy"), st.integers(0, 40), st.just(0.0)),
    st.tuples(st.just("remove"), st.integers(0, 40), st.just(0.0)),
    st.tuples(st.just("time"), st.integers(0, 40), st.floats(-5, 70)),
    st.tuples(st.just("at"), st.just(0), st.floats(-1, 70)),
    st.tuples(st.just("move"), st.integers(0, 40), st.floats(0, 40)),
    st.tuples(st.just("cycle"), st.just(0), st.floats(0.1, 80)),
    st.tuples(st.just("play"), st.integers(0, 1), st.just(0.0)),
)


@given(st.lists(step, max_size=12))
def test_whatever_is_done_a_file_may_hold_it(steps: list[tuple[str, int, float]]) -> None:
    figure = figure_of(0.0, 1.0, 3.0)
    for what, wanted, value in steps:
        number = wanted % len(figure.keys)
        match what:
            case "copy":
                figure = frames.with_copy(figure, number)
            case "remove":
                figure = frames.without_key(figure, number)
            case "time":
                figure = frames.with_time(figure, number, value)
            case "at":
                figure, _ = frames.with_key_at(figure, value)
            case "move":
                figure = frames.with_key_moved(figure, number, int(value) % len(figure.keys))
            case "cycle":
                figure = frames.with_cycle(figure, value)
            case _:
                figure = frames.with_play(figure, list(Play)[number % 2])
        assert_in_order(figure)


def test_a_key_frame_put_on_the_way_has_the_pose_that_is_shown_there() -> None:
    figure = figure_of(0.0, 1.0, 3.0)
    added, number = frames.with_key_at(figure, 2.0)
    assert number == 2
    assert times(added) == [0.0, 1.0, 2.0, 3.0]
    assert added.keys[2].pose.trunk == pytest.approx(pose_at(figure, 2.0).trunk) == 15.0
    assert frames.with_key_at(figure, 1.01) == (figure, 1)


def test_copies_stand_behind_what_they_copy() -> None:
    figure = figure_of(0.0, 1.0, 3.0)
    assert leans(frames.with_copy(figure, 0)) == [0, 0, 10, 20]
    assert times(frames.with_copy(figure, 0)) == [0, 0.5, 1, 3]
    last = frames.with_copy(figure, 2)
    assert leans(last) == [0, 10, 20, 20]
    assert last.cycle_s == 5.0  # a loop needs time to come back


def test_taking_the_first_away_lets_the_next_begin() -> None:
    figure = frames.without_key(figure_of(0.0, 1.0, 3.0), 0)
    assert (leans(figure), times(figure)) == ([10, 20], [0, 3])
    alone = figure_of(0.0)
    assert frames.without_key(alone, 0) == alone


def test_a_key_frame_moves_between_its_neighbours() -> None:
    figure = figure_of(0.0, 1.0, 3.0)
    assert times(frames.with_time(figure, 1, 2.5)) == [0, 2.5, 3]
    assert times(frames.with_time(figure, 1, 9.0)) == [0, 2.95, 3]
    assert times(frames.with_time(figure, 2, 9.0)) == [0, 1, 3.95]
    assert frames.with_time(figure, 0, 0.5) == figure
    once = figure_of(0.0, 1.0, play=Play.ONCE)
    assert times(frames.with_time(once, 1, 9.0)) == [0, 4]


def test_poses_change_their_order_and_keep_the_times() -> None:
    figure = frames.with_easing(figure_of(0.0, 1.0, 3.0), 2, Easing.LINEAR)
    moved = frames.with_key_moved(figure, 2, 0)
    assert (leans(moved), times(moved)) == ([20, 0, 10], [0, 1, 3])
    assert moved.keys[0].easing is Easing.LINEAR


def test_a_shorter_cycle_draws_its_key_frames_in() -> None:
    figure = frames.with_cycle(figure_of(0.0, 1.0, 3.0), 2.0)
    assert times(figure) == pytest.approx([0, 0.65, 1.95])
    assert frames.with_cycle(figure_of(0.0, 1.0), 9.0).cycle_s == 9.0


def test_mirroring_twice_gives_the_same_pose() -> None:
    pose = Pose(
        twist=20.0, working_leg=LegPose(hip=30), other_leg=LegPose(knee=5), working_arm=ArmPose(90)
    )
    mirrored = frames.mirrored_pose(pose)
    assert (mirrored.twist, mirrored.other_leg.hip, mirrored.working_leg.knee) == (-20, 30, 5)
    assert mirrored.other_arm.shoulder == 90
    assert frames.mirrored_pose(mirrored) == pose
