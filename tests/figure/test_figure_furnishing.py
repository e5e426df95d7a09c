"""Hands and feet given something to touch, and things put beside the runner."""

import itertools

import pytest

from uncramp.figure.furnishing import (
    FOOT_TOUCHES,
    HAND_TOUCHES,
    NEEDS,
    touch_of,
    with_support,
    with_thing,
    with_thing_at,
    with_touch,
    without_thing,
)
from uncramp.figure.kinematics import settle
from uncramp.figure.strains import miss
from uncramp.model.figure import (
    ArmPose,
    Contact,
    Figure,
    KeyFrame,
    Limb,
    Pin,
    Pose,
    Scenery,
    Support,
    Touch,
    View,
)
from uncramp.routines.edit_figure import read_figure, with_figure
from uncramp.routines.figure_spec import FOOTHOLDS

FEET = tuple(Pin(limb, Touch.FLOOR, Contact.SOLE) for limb in (Limb.WORKING_FOOT, Limb.OTHER_FOOT))
POSE = Pose(working_arm=ArmPose(shoulder=80, elbow=20), other_arm=ArmPose(shoulder=60, elbow=30))
STANDING = Figure(View.SIDE, pins=FEET, keys=(KeyFrame(0.0, POSE), KeyFrame(1.0, POSE)))
EVERY = [
    *itertools.product((Limb.WORKING_FOOT, Limb.OTHER_FOOT), FOOT_TOUCHES),
    *itertools.product((Limb.WORKING_HAND, Limb.OTHER_HAND), HAND_TOUCHES),
]


@pytest.mark.parametrize(("limb", "wanted"), EVERY, ids=str)
def test_whatever_is_touched_a_file_can_hold_it(limb: Limb, wanted: tuple[Touch, Contact]) -> None:
    figure = with_touch(STANDING, POSE, limb, wanted)
    assert touch_of(figure, limb) == wanted
    assert read_figure(with_figure("format = 1\n", figure)) == figure
    for key in figure.keys:
        settle(figure, key.pose)
    freed = with_touch(figure, POSE, limb, None)
    assert touch_of(freed, limb) is None
    assert len(figure.pins) == len(freed.pins) + 1


def test_every_foothold_of_the_files_is_offered() -> None:
    offered = {(touch, contact) for touch, contact in FOOT_TOUCHES}
    assert offered == {(touch, one) for touch, parts in FOOTHOLDS.items() for one in parts} - {
        (Touch.SEAT, Contact.BALL)
    }


def test_a_hand_touches_the_wall_where_it_is() -> None:
    figure = with_touch(STANDING, POSE, Limb.WORKING_HAND, (Touch.WALL, Contact.PALM))
    before, after = settle(STANDING, POSE), settle(figure, POSE)
    assert after.working_arm.wrist == pytest.approx(before.working_arm.wrist, abs=0.06)
    pin = next(pin for pin in figure.pins if pin.limb is Limb.WORKING_HAND)
    assert miss(figure, after, pin) < 0.01
    assert after.pelvis == before.pelvis


def test_things_come_once_and_take_along_what_touched_them() -> None:
    figure = with_touch(STANDING, POSE, Limb.WORKING_HAND, (Touch.WALL, Contact.PALM))
    assert with_thing(figure, Scenery.WALL) == figure
    figure = with_thing(figure, Scenery.MAT)
    moved = with_thing_at(figure, Scenery.MAT, 0.4)
    assert {item.kind: item.x for item in moved.scenery}[Scenery.MAT] == 0.4
    bare = without_thing(moved, Scenery.WALL)
    assert [item.kind for item in bare.scenery] == [Scenery.MAT]
    assert bare.pins == FEET
    assert all(kinds for kinds in NEEDS.values())


@pytest.mark.parametrize("kind", list(Scenery))
def test_every_thing_has_a_usual_size_that_a_file_can_hold(kind: Scenery) -> None:
    figure = with_thing(STANDING, kind)
    assert read_figure(with_figure("format = 1\n", figure)) == figure


def test_a_body_may_lie_and_stand_up_again() -> None:
    lying = with_support(STANDING, Support.HIP)
    assert lying.root is not None
    assert with_support(lying, Support.SHOULDERS).root is not None
    assert with_support(lying, None) == STANDING
