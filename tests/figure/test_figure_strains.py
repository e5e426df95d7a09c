"""What a body cannot do is found, and what shipped exercises do is none of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from uncramp.figure.frames import with_pose
from uncramp.figure.joints import angle, with_angle
from uncramp.figure.strains import StrainKind, violations
from uncramp.model.figure import Figure, Limb, Placement, Scenery


def found(figure: Figure) -> set[tuple[StrainKind, str]]:
    return {(strain.kind, strain.where) for strain in violations(figure)}


def test_nothing_is_wrong_with_what_is_shipped(figure: Figure) -> None:
    assert violations(figure) == ()


@pytest.mark.parametrize(
    ("name", "changes", "kind", "where"),
    [
        ("easy_jog", {"working_leg.hip": 135.0}, StrainKind.JOINT, "working_leg.hip"),
        ("leg_swing_front", {"working_leg.knee": 175.0}, StrainKind.JOINT, "working_leg.knee"),
        ("easy_jog", {"working_arm.elbow": 170.0}, StrainKind.JOINT, "working_arm.elbow"),
        ("wall_calf_pump", {"working_leg.hip": 40.0}, StrainKind.PIN, "other_foot"),
        ("wall_calf_pump", {"trunk": -20.0}, StrainKind.PIN, "working_hand"),
        ("bridge", {"y": -0.3}, StrainKind.FLOOR, "shoulders"),
        ("leg_swing_front", {"working_leg.hip": 125.0}, StrainKind.JUMP, "working_foot"),
        (
            "squat",
            {"working_arm.shoulder": 0.0, "working_arm.abduction": -30.0},
            StrainKind.TRUNK,
            "working_elbow",
        ),
    ],
)
def test_a_broken_pose_is_found(
    name: str,
    changes: dict[str, float],
    kind: StrainKind,
    where: str,
    shipped: Callable[[str], Figure],
) -> None:
    figure = shipped(name)
    last = len(figure.keys) - 1
    pose = figure.keys[last].pose
    for key, value in changes.items():
        pose = with_angle(pose, key, value)
    broken = with_pose(figure, last, pose)
    if kind is StrainKind.JUMP:
        soon = replace(broken.keys[last], at_s=broken.keys[last - 1].at_s + 0.02)
        broken = replace(broken, keys=(*broken.keys[:last], soon))
    assert (kind, where) in found(broken)


def test_a_hand_through_the_wall_is_found(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("easy_jog")
    walled = replace(figure, scenery=(Placement(Scenery.WALL, x=0.2),))
    assert (StrainKind.WALL, "working_hand") in found(walled)


def test_the_worst_moment_of_each_fault_is_told(shipped: Callable[[str], Figure]) -> None:
    figure = shipped("squat")
    pose = figure.keys[1].pose
    deep = with_angle(pose, "working_arm.elbow", 165.0)
    told = [s for s in violations(with_pose(figure, 1, deep)) if s.where == "working_arm.elbow"]
    assert len(told) == 1
    assert told[0].at_s == pytest.approx(figure.keys[1].at_s, abs=0.1)
    assert told[0].amount == pytest.approx(15.0, abs=0.5)
    assert angle(deep, "working_arm.elbow") == 165.0


def test_a_foot_that_lost_its_pin_may_sink_no_more_than_the_floor(
    shipped: Callable[[str], Figure],
) -> None:
    figure = shipped("wall_calf_pump")
    free = replace(figure, pins=tuple(p for p in figure.pins if p.limb is not Limb.OTHER_FOOT))
    assert StrainKind.FLOOR not in {kind for kind, _ in found(free)}
