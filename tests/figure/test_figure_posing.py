"""Dragging joints: where they end, what stays, and what stops them."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uncramp.figure.joints import (
    LENGTHS,
    LIMITS,
    Handle,
    angle,
    handle_spot,
    handles,
    limits,
    names,
    with_angle,
    within_limits,
)
from uncramp.figure.kinematics import settle
from uncramp.figure.posing import consistent, drag, leaned, moved_pin
from uncramp.figure.skeleton import FOREARM, UPPER_ARM
from uncramp.figure.strains import StrainKind, miss
from uncramp.model.figure import (
    ArmPose,
    Contact,
    Figure,
    KeyFrame,
    LegPose,
    Limb,
    Pin,
    Pose,
    Touch,
    View,
)
from uncramp.routines.edit_figure import read_figure
from uncramp.routines.figure_spec import ArmSpec, KeySpec, LegSpec

PERCENT = 0.01
"""Of body height: by how much a pinned hand or foot may leave its place."""
HAND_REACH = UPPER_ARM + FOREARM + 0.045
near = st.floats(-0.25, 0.25)
far = st.floats(-1.5, 1.5)
FREE = Figure(
    view=View.SIDE,
    pins=tuple(
        Pin(limb, Touch.FLOOR, Contact.SOLE) for limb in (Limb.WORKING_FOOT, Limb.OTHER_FOOT)
    ),
)
HANGING = Pose(working_arm=ArmPose(shoulder=20, elbow=30), other_arm=ArmPose(elbow=15))
TESTED = ("wall_calf_pump", "chair_hamstring", "lunge_strength", "bridge", "toe_pull", "easy_jog")
EXERCISES = Path(__file__).parents[2] / "routines" / "exercises"
FIGURES = {
    name: read_figure((EXERCISES / f"{name}.toml").read_text("utf-8")) or FREE for name in TESTED
}


def spot(figure: Figure, pose: Pose, handle: Handle) -> tuple[float, float]:
    return handle_spot(figure, settle(figure, pose), handle)


def away(figure: Figure, pose: Pose, handle: Handle, to: tuple[float, float]) -> float:
    return math.dist(spot(figure, pose, handle), to)


def assert_possible(figure: Figure, pose: Pose, slack: float = 1e-6) -> None:
    for name in names():
        low, high = limits(name)
        assert low - slack <= angle(pose, name) <= high + slack, name
    body = settle(figure, pose)
    for pin in figure.pins:
        assert miss(figure, body, pin) < PERCENT, pin.limb


def test_limits_are_those_of_the_files() -> None:
    """What a drag may reach is what a file may say."""
    for prefix, spec in (("", KeySpec), ("leg.", LegSpec), ("arm.", ArmSpec)):
        for key, field in spec.model_fields.items():
            ends = {type(bound).__name__: bound for bound in field.metadata}
            name = f"{prefix}{key}"
            if (not prefix and key in {"at_s", "easing"}) or key.endswith(("_leg", "_arm")):
                continue
            assert LIMITS[name] == (ends["Ge"].ge, ends["Le"].le), name
    assert {name.rpartition(".")[2] for name in LIMITS} > LENGTHS


@given(far, far)
@settings(max_examples=60, deadline=None)
def test_a_free_hand_ends_at_the_point_or_as_near_as_it_reaches(x: float, y: float) -> None:
    shoulder = settle(FREE, HANGING).working_arm.shoulder
    to = (shoulder[0] + x, shoulder[1] + y)
    done = drag(FREE, HANGING, Handle.WORKING_HAND, to)
    assert_possible(FREE, done.pose)
    apart = away(FREE, done.pose, Handle.WORKING_HAND, to)
    # No pose of a fine net over both joints comes nearer.
    best = min(
        away(
            FREE,
            replace(HANGING, working_arm=ArmPose(shoulder=s, elbow=e)),
            Handle.WORKING_HAND,
            to,
        )
        for s in range(-50, 181, 5)
        for e in range(0, 151, 10)
    )
    assert apart <= best + 0.003
    assert (apart <= 0.002) == (not done.limited)


def test_a_hand_too_far_away_points_there() -> None:
    done = drag(FREE, HANGING, Handle.WORKING_HAND, (5.0, 0.8))
    arm = settle(FREE, done.pose).working_arm
    assert math.dist(arm.shoulder, arm.wrist) == pytest.approx(UPPER_ARM + FOREARM, rel=1e-4)
    assert done.limited[0].where == "working_arm.elbow"
    assert done.limited[0].kind is StrainKind.JOINT


@given(
    name=st.sampled_from(TESTED),
    handle=st.sampled_from(list(Handle)),
    dx=near,
    dy=near,
    loose=st.booleans(),
)
@example(name="chair_hamstring", handle=Handle.HIPS, dx=-0.21875, dy=0.25, loose=False)
@example(name="chair_hamstring", handle=Handle.WORKING_KNEE, dx=0.0, dy=-0.1875, loose=False)
@settings(max_examples=80, deadline=None)
def test_no_drag_breaks_a_limit_or_a_pin(
    name: str, handle: Handle, dx: float, dy: float, loose: bool
) -> None:
    figure = FIGURES[name]
    pose = consistent(figure, figure.keys[-1].pose)
    x, y = spot(figure, pose, handle)
    to = (x + dx, y + dy)
    done = drag(figure, pose, handle, to, this_frame_only=loose)
    assert_possible(figure, done.pose)
    assert away(figure, done.pose, handle, to) <= math.hypot(dx, dy) + 0.001


@given(
    name=st.sampled_from(TESTED),
    handle=st.sampled_from([h for h in Handle if h.part != "knee"]),
    dx=near,
    dy=near,
)
@example(name="chair_hamstring", handle=Handle.OTHER_TOES, dx=0.0, dy=-0.03125)
@settings(max_examples=80, deadline=None)
def test_dragging_back_gives_the_angles_back(
    name: str, handle: Handle, dx: float, dy: float
) -> None:
    figure = FIGURES[name]
    pose = consistent(figure, figure.keys[-1].pose)
    start = spot(figure, pose, handle)
    there = drag(figure, pose, handle, (start[0] + dx, start[1] + dy))
    back = drag(figure, there.pose, handle, start)
    if there.limited or back.limited:
        return  # what was stopped on its way may have been stopped by another limb
    for one in names():
        # A limb that is straight can be bent by a degree without moving its end by a hair.
        assert angle(back.pose, one) == pytest.approx(angle(pose, one), abs=2.0), one
    assert away(figure, back.pose, handle, start) < 0.002


def test_a_knee_does_not_bend_the_wrong_way() -> None:
    figure = Figure(view=View.SIDE, pins=FREE.pins[1:])
    x, y = spot(figure, Pose(), Handle.WORKING_FOOT)
    done = drag(figure, Pose(), Handle.WORKING_FOOT, (x + 0.2, y + 0.25))
    assert done.pose.working_leg.knee >= 0.0
    assert done.pose.working_leg.hip > 20.0
    assert away(figure, done.pose, Handle.WORKING_FOOT, (x + 0.2, y + 0.25)) < 0.002
    assert done.pose.other_leg == LegPose()


def test_dropping_the_hips_bends_both_knees_over_feet_that_stay() -> None:
    x, y = spot(FREE, Pose(), Handle.HIPS)
    done = drag(FREE, Pose(), Handle.HIPS, (x - 0.05, y - 0.10))
    before, after = settle(FREE, Pose()), settle(FREE, done.pose)
    assert not done.limited
    assert after.pelvis[:2] == pytest.approx((x - 0.05, y - 0.10), abs=1e-3)
    for limb in (Limb.WORKING_FOOT, Limb.OTHER_FOOT):
        assert after.leg(limb).ankle == pytest.approx(before.leg(limb).ankle, abs=1e-3)
        assert after.leg(limb).pitch == 0.0
    for leg in (done.pose.working_leg, done.pose.other_leg):
        assert leg.knee > 40.0
        assert leg.ankle == pytest.approx(leg.knee + done.pose.trunk - leg.hip, abs=0.1)


def test_the_ankle_stops_the_hips() -> None:
    """A flat foot under a straight leg lets one lean by 30 degrees (exercise catalogue)."""
    x, y = spot(FREE, Pose(), Handle.HIPS)
    done = drag(FREE, Pose(), Handle.HIPS, (x + 0.4, y - 0.1))
    assert "working_leg.ankle" in {strain.where for strain in done.limited}
    leg = done.pose.working_leg
    assert leg.ankle == pytest.approx(30.0 if leg.knee < 20.0 else 40.0, abs=1.0)


def test_leaning_the_trunk_leaves_hips_and_feet() -> None:
    pose = drag(FREE, Pose(), Handle.HIPS, (0.0, 0.47)).pose
    before = settle(FREE, pose)
    x, y = before.neck[:2]
    done = drag(FREE, pose, Handle.SHOULDERS, (x + 0.15, y - 0.04))
    after = settle(FREE, done.pose)
    assert done.pose.trunk > pose.trunk + 20.0
    beside = drag(FREE, pose, Handle.SHOULDERS, (x + 0.15, y + 0.08))
    assert not beside.limited  # they swing on an arc; the mouse need not follow it
    assert after.pelvis == pytest.approx(before.pelvis, abs=1e-3)
    assert after.working_leg.knee == pytest.approx(before.working_leg.knee, abs=1e-3)


def test_a_lean_given_as_a_number_leaves_the_legs_too() -> None:
    pose = drag(FREE, Pose(), Handle.HIPS, (0.0, 0.47)).pose
    before, after = settle(FREE, pose), settle(FREE, leaned(pose, 25.0))
    assert after.pose.trunk == 25.0
    assert after.pelvis == pytest.approx(before.pelvis, abs=1e-6)


def test_the_head_nods_with_its_neck() -> None:
    x, y = spot(FREE, Pose(), Handle.HEAD)
    done = drag(FREE, Pose(), Handle.HEAD, (x + 0.03, y))
    assert done.pose.head > 5.0
    assert done.pose.neck == pytest.approx(done.pose.head / 2.0)


def test_a_pinned_hand_follows_only_when_it_is_meant(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("wall_calf_pump")
    pose = consistent(figure, figure.keys[0].pose)
    x, y = spot(figure, pose, Handle.WORKING_HAND)
    held = drag(figure, pose, Handle.WORKING_HAND, (x, y + 0.05))
    assert held.pose == pose
    assert [strain.kind for strain in held.limited] == [StrainKind.PIN]
    loose = drag(figure, pose, Handle.WORKING_HAND, (x, y + 0.05), this_frame_only=True)
    assert loose.pose.working_arm.lift == pytest.approx(0.05, abs=1e-3)


def test_moving_where_a_foot_stands_leaves_the_hips() -> None:
    figure = replace(FREE, keys=(KeyFrame(0.0, Pose()), KeyFrame(1.0, HANGING)))
    low = drag(figure, Pose(), Handle.HIPS, (0.0, 0.48)).pose
    figure = replace(figure, keys=(KeyFrame(0.0, low), KeyFrame(1.0, low)))
    hips = settle(figure, low).pelvis
    for limb in (Limb.WORKING_FOOT, Limb.OTHER_FOOT):
        moved = moved_pin(figure, low, limb, (0.12, 0.3))
        pin = next(pin for pin in moved.pins if pin.limb is limb)
        assert pin.x == pytest.approx(0.12, abs=1e-3)
        for key in moved.keys:
            body = settle(moved, key.pose)
            assert body.pelvis == pytest.approx(hips, abs=1e-3)
            assert body.leg(limb).ankle[0] == pytest.approx(0.12, abs=1e-3)
            assert_possible(moved, key.pose)


def test_a_hand_moves_up_the_wall_and_down_the_leg(shipped: Callable[[str], Figure]) -> None:
    wall, leg = shipped("wall_calf_pump"), shipped("chair_hamstring")
    x, y = spot(wall, wall.keys[1].pose, Handle.WORKING_HAND)
    moved = moved_pin(wall, wall.keys[1].pose, Limb.WORKING_HAND, (x + 0.5, y - 0.06))
    pin = next(pin for pin in moved.pins if pin.limb is Limb.WORKING_HAND)
    before = next(pin for pin in wall.pins if pin.limb is Limb.WORKING_HAND)
    assert pin.y == pytest.approx(before.y - 0.06, abs=0.002)
    pose = leg.keys[-1].pose
    body = settle(leg, pose)
    ankle = body.working_leg.ankle
    moved = moved_pin(leg, pose, Limb.WORKING_HAND, (ankle[0], ankle[1]))
    down = {pin.limb: pin.y for pin in leg.pins}[Limb.WORKING_HAND]
    assert {pin.limb: pin.y for pin in moved.pins}[Limb.WORKING_HAND] > down


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_from_the_front_arms_and_legs_go_sideways(view: View) -> None:
    figure = Figure(view=view, pins=FREE.pins[1:])
    assert Handle.HEAD not in handles(figure)
    for handle, name in (
        (Handle.WORKING_HAND, "working_arm.abduction"),
        (Handle.WORKING_FOOT, "working_leg.abduction"),
    ):
        x, y = spot(figure, Pose(), handle)
        out = math.copysign(0.12, x)
        done = drag(figure, Pose(), handle, (x + out, y + 0.05))
        assert angle(done.pose, name) > 10.0
        assert away(figure, done.pose, handle, (x + out, y + 0.05)) < 0.01


def test_poses_beyond_their_limits_are_brought_back() -> None:
    pose = with_angle(with_angle(Pose(), "working_leg.knee", 300.0), "trunk", -500.0)
    pose = with_angle(pose, "other_leg.ankle", 38.0)
    mended = within_limits(pose)
    assert (mended.working_leg.knee, mended.trunk) == (140.0, -130.0)
    assert mended.other_leg.ankle == 30.0  # its knee is straight
    assert within_limits(mended) == mended
