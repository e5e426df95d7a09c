"""Forward and inverse kinematics against figures worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.figure.animation import (
    BREATH_S,
    QUIET_BREATH,
    is_alive,
    is_moving,
    pose_at,
    shown_time,
)
from uncramp.figure.kinematics import body_at, settle
from uncramp.figure.skeleton import (
    ANKLE_HEIGHT,
    BALL_AHEAD,
    SHANK,
    THIGH,
    foot_pitch,
    leg_points,
    reach,
    sole_offset,
    toe_pitch,
    trunk_frame,
)
from uncramp.model.figure import (
    ArmPose,
    Contact,
    Easing,
    Figure,
    KeyFrame,
    LegPose,
    Limb,
    Pin,
    Play,
    Pose,
    Touch,
    View,
)

STAND = Pose()
angle = st.floats(-60, 60)


def swing(easing: Easing, play: Play = Play.LOOP) -> Figure:
    """Hip 0 at 0 s, 40 at 1 s, 10 at 3 s; a cycle of 4 s."""
    keys = tuple(
        KeyFrame(t, Pose(working_leg=LegPose(hip=hip)), easing)
        for t, hip in ((0.0, 0.0), (1.0, 40.0), (3.0, 10.0))
    )
    return Figure(view=View.SIDE, play=play, cycle_s=4.0, keys=keys)


def hip_at(figure: Figure, t_s: float) -> float:
    return pose_at(figure, t_s).working_leg.hip


def test_standing_puts_the_hip_a_leg_above_the_floor() -> None:
    body = settle(Figure(view=View.SIDE), STAND)
    assert body.pelvis[1] == pytest.approx(0.245 + 0.246 + 0.039)
    assert body.neck[1] == pytest.approx(0.245 + 0.246 + 0.039 + 0.288)


def test_a_right_angle_at_hip_and_knee() -> None:
    """Hip 90, knee 90: the thigh points ahead, the shank hangs."""
    knee, ankle = leg_points((0.0, 0.0, 0.0), LegPose(hip=90, knee=90), 0.0, 1.0)
    assert knee == pytest.approx((THIGH, 0.0, 0.0), abs=1e-12)
    assert ankle == pytest.approx((THIGH, -SHANK, 0.0), abs=1e-12)


def test_leaning_the_trunk_carries_the_thigh_with_it() -> None:
    knee, _ = leg_points((0.0, 0.0, 0.0), LegPose(hip=20), 20.0, 1.0)
    assert knee == pytest.approx((0.0, -THIGH, 0.0))


def test_abduction_goes_to_the_leg_s_own_side() -> None:
    for sign in (1.0, -1.0):
        knee, ankle = leg_points((0.0, 0.0, 0.0), LegPose(abduction=30), 0.0, sign)
        assert knee == pytest.approx(
            (0.0, -THIGH * math.cos(math.pi / 6), sign * THIGH / 2), abs=1e-12
        )
        assert ankle[2] == pytest.approx(sign * (THIGH + SHANK) / 2)


def test_the_wall_stretch_of_the_catalogue_is_flat() -> None:
    """E01, second key: T14, hip -6, knee 5, ankle 25 gives a level sole (D = K + T - H)."""
    assert foot_pitch(LegPose(hip=-6, knee=5, ankle=25), 14.0) == 0.0


def test_a_twist_turns_the_chest_toward_the_working_side() -> None:
    frame = trunk_frame(0.0, 90.0)
    assert frame.forward == pytest.approx((0.0, 0.0, 1.0), abs=1e-12)
    assert frame.lateral == pytest.approx((-1.0, 0.0, 0.0), abs=1e-12)
    assert frame.up == (0.0, 1.0, 0.0)


def test_sole_points_of_a_level_foot() -> None:
    assert sole_offset(BALL_AHEAD, 0.0) == pytest.approx((BALL_AHEAD, -ANKLE_HEIGHT))


def test_toes_bend_when_the_heel_rises_and_not_in_the_air() -> None:
    assert toe_pitch(0.0, -30.0) == pytest.approx(0.0)
    assert toe_pitch(0.5, -30.0) == -30.0
    assert toe_pitch(0.0, 10.0) == 10.0


def test_reaching_with_bones_of_3_and_4() -> None:
    """The triangle 3, 4, 5 has its right angle at the middle joint."""
    middle, end = reach((0.0, 0.0, 0.0), (5.0, 0.0, 0.0), 3.0, 4.0, (0.0, 1.0, 0.0))
    assert middle == pytest.approx((1.8, 2.4, 0.0))
    assert end == pytest.approx((5.0, 0.0, 0.0))


@given(
    st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.floats(-2, 2)),
    st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1)),
)
def test_reaching_keeps_bones_and_goes_as_near_as_it_can(
    target: tuple[float, float, float], pole: tuple[float, float, float]
) -> None:
    root = (0.0, 0.0, 0.0)
    middle, end = reach(root, target, 0.3, 0.2, pole)
    distance = math.hypot(*target)
    if 0.11 < distance < 0.49:
        assert math.dist(end, target) < 1e-6
    else:
        assert math.hypot(*end) <= 0.5 + 1e-6
    if math.hypot(*pole) > 0.1 and math.dist(middle, root) > 0:
        assert math.hypot(*middle) <= 0.3 + 1e-6


def test_a_carrying_foot_places_the_pelvis() -> None:
    pin = Pin(Limb.WORKING_FOOT, Touch.FLOOR, Contact.SOLE, x=0.5)
    body = settle(Figure(view=View.SIDE, pins=(pin,)), Pose(working_leg=LegPose(hip=30, knee=60)))
    assert body.working_leg.ankle[:2] == pytest.approx((0.5, ANKLE_HEIGHT))
    assert body.pelvis[0] == pytest.approx(0.5 - (THIGH - SHANK) * 0.5)
    assert body.pelvis[1] == pytest.approx(ANKLE_HEIGHT + (THIGH + SHANK) * math.cos(math.pi / 6))


def test_the_foot_that_stands_still_carries() -> None:
    pins = tuple(
        Pin(limb, Touch.FLOOR, Contact.SOLE) for limb in (Limb.WORKING_FOOT, Limb.OTHER_FOOT)
    )
    pose = Pose(working_leg=LegPose(hip=40, knee=40, shift=0.15, lift=0.05))
    body = settle(Figure(view=View.SIDE, pins=pins), pose)
    assert body.pelvis[0] == pytest.approx(0.0)
    assert body.working_leg.ankle[0] == pytest.approx(0.15)


def test_a_free_foot_never_sinks() -> None:
    pin = Pin(Limb.OTHER_FOOT, Touch.FLOOR, Contact.SOLE)
    body = settle(
        Figure(view=View.SIDE, pins=(pin,)),
        Pose(working_leg=LegPose(ankle=-30), other_leg=LegPose(hip=10, knee=20)),
    )
    assert min(body.working_leg.heel[1], body.working_leg.ball[1]) >= -1e-9


def test_flight_lifts_the_lowest_sole() -> None:
    body = settle(Figure(view=View.SIDE), Pose(lift=0.07))
    assert min(body.working_leg.heel[1], body.other_leg.ball[1]) == pytest.approx(0.07)


@pytest.mark.parametrize("easing", list(Easing))
def test_key_frames_are_met(easing: Easing) -> None:
    figure = swing(easing)
    for t_s, hip in ((0.0, 0.0), (1.0, 40.0), (3.0, 10.0), (4.0, 0.0), (9.0, 40.0), (-3.0, 40.0)):
        assert hip_at(figure, t_s) == pytest.approx(hip)


def test_easing_starts_and_ends_at_rest_and_is_half_way_in_the_middle() -> None:
    figure = swing(Easing.EASE)
    assert hip_at(figure, 0.5) == pytest.approx(20.0)
    assert hip_at(figure, 0.01) < 0.01
    assert hip_at(figure, 0.99) > 39.99


def test_linear_is_linear() -> None:
    assert hip_at(swing(Easing.LINEAR), 1.5) == pytest.approx(32.5)


@given(st.lists(angle, min_size=3, max_size=8), st.floats(0, 1))
def test_smooth_motion_stays_between_its_key_frames(hips: list[float], share: float) -> None:
    """Or a pose between two allowed ones could break a joint's limit."""
    count = len(hips)
    figure = Figure(
        view=View.SIDE,
        cycle_s=count,
        keys=tuple(
            KeyFrame(float(i), Pose(working_leg=LegPose(hip=hip)), Easing.SMOOTH)
            for i, hip in enumerate(hips)
        ),
    )
    for i in range(count):
        low, high = sorted((hips[i], hips[(i + 1) % count]))
        assert low - 1e-6 <= hip_at(figure, i + share) <= high + 1e-6


def test_smooth_motion_does_not_stop_on_the_way() -> None:
    keys = tuple(
        KeyFrame(float(t), Pose(working_leg=LegPose(hip=hip)), Easing.SMOOTH)
        for t, hip in enumerate((0.0, 20.0, 40.0, 20.0))
    )
    figure = Figure(view=View.SIDE, cycle_s=4.0, keys=keys)
    speed = (hip_at(figure, 1.001) - hip_at(figure, 0.999)) / 0.002
    assert speed == pytest.approx(20.0, rel=0.01)


def test_the_other_side_follows_half_a_cycle_later() -> None:
    keys = (
        KeyFrame(0.0, Pose(working_leg=LegPose(hip=0), working_arm=ArmPose(shoulder=5))),
        KeyFrame(1.0, Pose(working_leg=LegPose(hip=50), working_arm=ArmPose(shoulder=-25))),
    )
    figure = Figure(view=View.SIDE, cycle_s=2.0, keys=keys, alternate=True)
    for t_s in (0.0, 0.3, 1.0, 1.7):
        assert pose_at(figure, t_s).other_leg == pose_at(figure, t_s + 1.0).working_leg
        assert pose_at(figure, t_s).other_arm == pose_at(figure, t_s + 1.0).working_arm


def test_a_single_play_holds_and_a_loop_goes_on() -> None:
    once = swing(Easing.EASE, Play.ONCE)
    assert hip_at(once, 3.0 + BREATH_S * 20) == pytest.approx(10.0)
    assert hip_at(once, -5.0) == 0.0
    assert is_moving(once, 2.9)
    assert not is_moving(once, 3.0)
    assert is_moving(swing(Easing.EASE), 1e6)
    assert not is_moving(Figure(view=View.SIDE), 0.0)
    assert not is_alive(Figure(view=View.SIDE), 0.0)


def test_a_held_pose_breathes_and_gives_a_little() -> None:
    """It eases off toward the pose before while breathing in, and is back after a breath."""
    once = swing(Easing.EASE, Play.ONCE)
    assert is_alive(once, 1e6)
    full = pose_at(once, 3.0 + BREATH_S / 2)
    assert full.breath == pytest.approx(QUIET_BREATH)
    assert 0.0 < abs(full.working_leg.hip - 10.0) < 1.0
    assert pose_at(once, 3.0 + BREATH_S).breath == pytest.approx(0.0)
    for t_s in (0.5, 2.9, 3.0, 4.2, 3.0 + BREATH_S, 777.7):
        again = pose_at(once, shown_time(once, t_s))
        assert again.breath == pytest.approx(pose_at(once, t_s).breath, abs=1e-9)
        assert again.working_leg.hip == pytest.approx(pose_at(once, t_s).working_leg.hip)


def test_what_a_key_frame_says_of_the_breath_is_what_is_drawn() -> None:
    keys = (KeyFrame(0.0, Pose(breath=0.0)), KeyFrame(4.0, Pose(breath=1.0)))
    figure = Figure(view=View.SIDE, cycle_s=10.0, keys=keys)
    assert pose_at(figure, 4.0).breath == 1.0
    assert pose_at(figure, 10.0).breath == 0.0


def test_quick_movements_take_no_breath_of_their_own() -> None:
    keys = (KeyFrame(0.0, Pose()), KeyFrame(0.5, Pose(trunk=5)))
    quick = Figure(view=View.SIDE, cycle_s=1.0, keys=keys)
    assert all(pose_at(quick, i / 10).breath == 0.0 for i in range(10))


def test_time_may_run_for_a_week() -> None:
    figure = swing(Easing.SMOOTH)
    body = body_at(figure, 604_800.0 + 1.0)
    assert body.working_leg.knee == pytest.approx(body_at(figure, 1.0).working_leg.knee)
