"""The runner's joints by name: their angles, how far they turn, and where they are in a picture.

An angle is named as its key in an exercise's file: "trunk", or "working_leg.hip". Angles are
degrees, lengths shares of body height.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from uncramp.figure.body_front import on_picture
from uncramp.figure.body_side import head_place
from uncramp.figure.kinematics import Body
from uncramp.figure.outline import Spot
from uncramp.figure.skeleton import Arm, Leg, Point
from uncramp.figure.spine import LUMBAR, THORACIC, bent
from uncramp.model.figure import ArmPose, Contact, Figure, LegPose, Limb, Pin, Pose, View

LIMITS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "trunk": (-130.0, 180.0),
        "head": (-120.0, 180.0),
        "twist": (-90.0, 90.0),
        "lift": (0.0, 1.0),
        "breath": (0.0, 1.0),
        "bend": (-60.0, 60.0),
        "neck": (-40.0, 40.0),
        "x": (-2.0, 2.0),
        "y": (-1.0, 1.0),
        "focus": (-1.0, 1.0),
        "effort": (0.0, 1.0),
        "leg.hip": (-20.0, 125.0),
        "leg.knee": (0.0, 140.0),
        "leg.ankle": (-60.0, 40.0),
        "leg.abduction": (-30.0, 60.0),
        "leg.shift": (-2.0, 2.0),
        "leg.lift": (0.0, 1.0),
        "leg.toes": (-40.0, 70.0),
        "leg.effort": (0.0, 1.0),
        "arm.shoulder": (-50.0, 180.0),
        "arm.elbow": (0.0, 150.0),
        "arm.abduction": (-30.0, 180.0),
        "arm.touch": (0.0, 1.0),
        "arm.shift": (-1.0, 1.0),
        "arm.lift": (-1.0, 1.0),
    }
)
"""Least and most of each angle and length (exercise catalogue, sanity limits)."""
LENGTHS: Final = frozenset({"lift", "x", "y", "shift", "touch", "breath", "focus", "effort"})
"""What is no angle among the names above, by its last part."""
STRAIGHT_KNEE = 20.0
"""Degrees of knee flexion below which the calf limits the ankle."""
DORSIFLEXION_STRAIGHT = 30.0
"""Largest dorsiflexion with a straight knee (exercise catalogue, sanity limits)."""


class Handle(StrEnum):
    """What can be taken hold of; a limb's end is named as the limb."""

    HEAD = "head"
    SHOULDERS = "shoulders"
    BACK = "back"
    HIPS = "hips"
    WORKING_ELBOW = "working_elbow"
    WORKING_HAND = "working_hand"
    WORKING_KNEE = "working_knee"
    WORKING_FOOT = "working_foot"
    WORKING_TOES = "working_toes"
    OTHER_ELBOW = "other_elbow"
    OTHER_HAND = "other_hand"
    OTHER_KNEE = "other_knee"
    OTHER_FOOT = "other_foot"
    OTHER_TOES = "other_toes"

    @property
    def is_working(self) -> bool:
        """Whether it belongs to the working side."""
        return self.value.startswith("working_")

    @property
    def part(self) -> str:
        """The part of the body, whichever side: "elbow"."""
        return self.value.rpartition("_")[2]

    @property
    def limb(self) -> Limb | None:
        """The hand or foot at the end of this limb, or None for the trunk."""
        if self.part in {"head", "shoulders", "back", "hips"}:
            return None
        end = "hand" if self.part in {"elbow", "hand"} else "foot"
        return Limb(f"{self.value.partition('_')[0]}_{end}")


ACROSS: Final = frozenset({"shoulders", "back", "head", "toes"})
"""Parts that do not move within the picture when the runner is seen from the front."""


def handles(figure: Figure) -> tuple[Handle, ...]:
    """Return what can be taken hold of in that view."""
    if figure.view.in_profile:
        return tuple(Handle)
    return tuple(handle for handle in Handle if handle.part not in ACROSS)


def handle_spot(figure: Figure, body: Body, handle: Handle) -> Spot:
    """Return where a handle is in the picture of the right side."""
    if handle is Handle.HEAD:
        return head_place(body)
    if handle is Handle.BACK:
        hip = (body.pelvis[0], body.pelvis[1])
        x, y = bent((0.0, (LUMBAR + THORACIC) / 2.0), hip, body.pose)
        return (x, y)
    return in_picture(figure, _joint(figure, body, handle))


def in_picture(figure: Figure, point: Point) -> Spot:
    """Return where a point of the body is in the picture of the right side."""
    if figure.view.in_profile:
        return (point[0], point[1])
    x, y, _ = on_picture(point, figure.view is View.BACK)
    return (x, y)


def _joint(figure: Figure, body: Body, handle: Handle) -> Point:
    if handle is Handle.SHOULDERS:
        return body.neck
    if handle is Handle.HIPS:
        return body.pelvis
    arm, leg = _limbs(body, handle.is_working)
    if handle.part == "toes":
        pin = pin_of(figure, handle)
        return leg.heel if pin is not None and pin.contact is Contact.BALL else leg.toe
    return {"elbow": arm.elbow, "hand": palm(arm), "knee": leg.knee, "foot": leg.ankle}[handle.part]


def palm(arm: Arm) -> Point:
    """Return the middle of the hand."""
    x, y, z = (w + 0.045 * h for w, h in zip(arm.wrist, arm.hand, strict=True))
    return (x, y, z)


def _limbs(body: Body, working: bool) -> tuple[Arm, Leg]:
    if working:
        return body.working_arm, body.working_leg
    return body.other_arm, body.other_leg


def pin_of(figure: Figure, handle: Handle) -> Pin | None:
    """Return the pin of the hand or foot at the end of a handle's limb, or None."""
    return next((pin for pin in figure.pins if pin.limb is handle.limb), None)


def angle(pose: Pose, name: str) -> float:
    """Return an angle or length of a pose by its name."""
    owner, _, key = name.rpartition(".")
    value: float = getattr(getattr(pose, owner) if owner else pose, key)
    return value


def with_angle(pose: Pose, name: str, value: float) -> Pose:
    """Return the pose with another angle or length."""
    owner, _, key = name.rpartition(".")
    if not owner:
        return replace(pose, **{key: value})  # type: ignore[arg-type]  # all of them are numbers
    inner: LegPose | ArmPose = getattr(pose, owner)
    return replace(pose, **{owner: replace(inner, **{key: value})})  # type: ignore[arg-type]  # as above


def limits(name: str) -> tuple[float, float]:
    """Return the least and the most of an angle or length."""
    return LIMITS[name.removeprefix("working_").removeprefix("other_")]


def within_limits(pose: Pose) -> Pose:
    """Return the pose with every angle and length brought within its limits."""
    for name in names():
        low, high = limits(name)
        if name.endswith("ankle") and angle(pose, name.replace("ankle", "knee")) < STRAIGHT_KNEE:
            high = DORSIFLEXION_STRAIGHT
        value = angle(pose, name)
        if not low <= value <= high:
            pose = with_angle(pose, name, min(high, max(low, value)))
    return pose


def tidied(before: Pose, after: Pose) -> Pose:
    """Return `after` with what differs from `before` rounded as one writes it by hand."""
    for name in names():
        value, old = angle(after, name), angle(before, name)
        if value != old:
            digits = 3 if name.rpartition(".")[2] in LENGTHS else 1
            same = abs(value - old) < 0.5 * 10.0**-digits
            after = with_angle(after, name, old if same else round(value, digits) + 0.0)
    return after


def names() -> tuple[str, ...]:
    """Return the names of all angles and lengths, as they stand in a file."""
    return _NAMES


def _all_names() -> tuple[str, ...]:
    found = [name for name in LIMITS if "." not in name]
    for side in ("working", "other"):
        found += [f"{side}_{name}" for name in LIMITS if "." in name]
    return tuple(found)


_NAMES: Final = _all_names()
