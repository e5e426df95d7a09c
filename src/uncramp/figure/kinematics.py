"""Where every joint is: the pelvis placed on its feet, pinned hands and feet at their places."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from uncramp.figure.animation import pose_at
from uncramp.figure.contacts import (
    Torso,
    between,
    crossed_foot,
    elbow_pole,
    lowest,
    pinned_ankle,
    pinned_wrist,
    resting_ankle,
    sign_of,
    unit,
)
from uncramp.figure.roller import Roller, laid_on, rolled, roller_of
from uncramp.figure.skeleton import (
    BALL_AHEAD,
    FOREARM,
    HIP_HALF,
    SHANK,
    THIGH,
    UPPER_ARM,
    Arm,
    Frame,
    Leg,
    Point,
    arm_points,
    foot_pitch,
    leg_points,
    reach,
    shoulder_point,
    sole_offset,
    toe_pitch,
    trunk_frame,
)
from uncramp.figure.spine import chest_lean, neck_offset
from uncramp.model.figure import (
    Contact,
    Figure,
    LegPose,
    Limb,
    Pin,
    Pose,
    Root,
    Support,
    Touch,
)

HAND_TURNS_EARLY = 1.6
FOREARM_RISE = 0.020
"""Wrist joint above the ground on which the forearm lies."""
BREATH_RISE = 0.005
"""How far the shoulders rise with a full breath."""
KNEE_UP = 0.32
"""How far the knee of a crossed leg points up for each share that it points out."""
_CARRYING = frozenset({Touch.FLOOR, Touch.SEAT, Touch.STEP})


@dataclass(frozen=True, slots=True)
class Body:
    """All joints at one instant; angles in degrees as in the pose."""

    pose: Pose
    pelvis: Point
    neck: Point
    frame: Frame
    working_leg: Leg
    other_leg: Leg
    working_arm: Arm
    other_arm: Arm

    def leg(self, limb: Limb) -> Leg:
        """Return the leg on the limb's side."""
        return self.working_leg if limb.is_working else self.other_leg


def body_at(figure: Figure, t_s: float) -> Body:
    """Return the joints at `t_s` seconds of the figure's cycle."""
    return settle(figure, pose_at(figure, t_s))


def settle(figure: Figure, pose: Pose) -> Body:
    """Return the joints for a pose: pelvis on its feet, pinned limbs where they belong."""
    feet = {pin.limb: pin for pin in figure.pins if pin.limb.is_foot}
    pelvis = _pelvis(figure, pose, list(feet.values()))
    pose = _on_roller(figure, pose, pelvis)
    legs: dict[bool, Leg] = {}
    for limb in sorted((Limb.WORKING_FOOT, Limb.OTHER_FOOT), key=_rests_on_the_other(feet)):
        legs[limb.is_working] = _leg(pelvis, pose, limb, feet.get(limb), legs)
    frame = trunk_frame(chest_lean(pose), pose.twist)
    dx, dy = neck_offset(pose)
    neck = (pelvis[0] + dx, pelvis[1] + dy, pelvis[2])
    torso = Torso(pelvis, neck, frame)
    hands = {pin.limb: pin for pin in figure.pins if not pin.limb.is_foot}
    arms = [
        _arm(figure, pose, torso, limb, hands.get(limb), legs)
        for limb in (Limb.WORKING_HAND, Limb.OTHER_HAND)
    ]
    return Body(pose, pelvis, neck, frame, legs[True], legs[False], *arms)


def roller_at(figure: Figure, body: Body) -> Roller | None:
    """Return where the roller is that the body lies on, or None without one."""
    return _rolled(figure, body.pelvis[0])


def _rolled(figure: Figure, pelvis_x: float) -> Roller | None:
    placement = roller_of(figure)
    if placement is None:
        return None
    pose = figure.keys[0].pose
    start = _rooted(figure.root, pose)[0] if figure.root else 0.0
    return rolled(placement, pelvis_x - start)


def _on_roller(figure: Figure, pose: Pose, pelvis: Point) -> Pose:
    """Return the pose with the leg, or both legs, lying on the roller."""
    placement, roller = roller_of(figure), _rolled(figure, pelvis[0])
    if placement is None or roller is None:
        return pose
    limb = placement.limb
    if limb is None or limb.is_working:
        pose = replace(pose, working_leg=laid_on(roller, pelvis, pose.working_leg, pose.trunk))
    if limb is None or not limb.is_working:
        pose = replace(pose, other_leg=laid_on(roller, pelvis, pose.other_leg, pose.trunk))
    return pose


def _pelvis(figure: Figure, pose: Pose, feet: list[Pin]) -> Point:
    if figure.root is not None:
        return _rooted(figure.root, pose)
    pin = carrier(feet, pose)
    return _standing(pose) if pin is None else _carried(pose, pin)


def carrier(feet: Iterable[Pin], pose: Pose) -> Pin | None:
    """Return the pinned foot whose joint angles place the pelvis, or None when no foot does."""
    carriers = [pin for pin in feet if pin.touch in _CARRYING]
    return min(carriers, key=_moved_by(pose)) if carriers else None


def _rooted(root: Root, pose: Pose) -> Point:
    """Place the pelvis of a body that sits, lies or leans on its forearms."""
    x, y = root.x + pose.x, root.y + pose.y
    if root.support is Support.HIP:
        return (x, y, 0.0)
    dx, dy = neck_offset(pose)
    if root.support is Support.ELBOWS:
        frame = trunk_frame(chest_lean(pose), pose.twist)
        shoulder = shoulder_point((0.0, 0.0, 0.0), frame, pose.working_arm, 1.0)
        elbow, _, _ = arm_points(shoulder, pose.working_arm, frame, 1.0)
        dx, dy = dx + elbow[0], dy + elbow[1]
    return (x - dx, y - dy, 0.0)


def _leg_pose(pose: Pose, limb: Limb) -> LegPose:
    return pose.working_leg if limb.is_working else pose.other_leg


def _rests_on_the_other(feet: dict[Limb, Pin]) -> Callable[[Limb], bool]:
    def rests(limb: Limb) -> bool:
        pin = feet.get(limb)
        return pin is not None and pin.contact is Contact.ANKLE

    return rests


def _moved_by(pose: Pose) -> Callable[[Pin], float]:
    """Return how far a pinned foot is from its place: the one that stands still carries."""

    def moved(pin: Pin) -> float:
        leg = _leg_pose(pose, pin.limb)
        return abs(leg.shift) + leg.lift

    return moved


def _carried(pose: Pose, pin: Pin) -> Point:
    """Place the pelvis above the pinned foot that carries the body."""
    leg, sign = _leg_pose(pose, pin.limb), sign_of(pin.limb)
    ankle, _ = pinned_ankle(pin, leg, pose.trunk)
    _, reached = leg_points((0.0, 0.0, sign * HIP_HALF), leg, pose.trunk, sign)
    return (ankle[0] - reached[0], ankle[1] - reached[1], ankle[2] - reached[2])


def _standing(pose: Pose) -> Point:
    """Place the pelvis so that the lowest sole is `lift` above the floor."""
    low = math.inf
    for leg, sign in ((pose.working_leg, 1.0), (pose.other_leg, -1.0)):
        _, ankle = leg_points((0.0, 0.0, 0.0), leg, pose.trunk, sign)
        low = min(low, ankle[1] + lowest(foot_pitch(leg, pose.trunk)))
    return (0.0, pose.lift - low, 0.0)


def _leg(pelvis: Point, pose: Pose, limb: Limb, pin: Pin | None, solved: dict[bool, Leg]) -> Leg:
    leg, sign = _leg_pose(pose, limb), sign_of(limb)
    hip = (pelvis[0], pelvis[1], pelvis[2] + sign * HIP_HALF)
    pitch = foot_pitch(leg, pose.trunk)
    if pin is None:
        knee, ankle = leg_points(hip, leg, pose.trunk, sign)
        sunk = -(ankle[1] + lowest(pitch))
        if sunk > 1e-9:
            knee, ankle = _bent_leg(hip, (ankle[0], ankle[1] + sunk, ankle[2]))
    elif pin.contact is Contact.ANKLE and (not limb.is_working) in solved:
        knee, ankle = _crossed_leg(hip, resting_ankle(solved[not limb.is_working]), sign)
    else:
        target, pitch = pinned_ankle(pin, leg, pose.trunk)
        knee, ankle = _bent_leg(hip, target)
    turned = None
    if pin is not None and pin.contact is Contact.ANKLE:
        turned = crossed_foot(hip, knee, ankle, leg.ankle)
    ball_y = ankle[1] + sole_offset(BALL_AHEAD, pitch)[1]
    toes = toe_pitch(ball_y, pitch + leg.toes)
    if pin is not None and pin.touch is Touch.STEP:
        toes = 0.0
    return Leg(hip, knee, ankle, pitch, toes, turned)


def _bent_leg(hip: Point, ankle: Point) -> tuple[Point, Point]:
    # A knee bends forward of the line from hip to ankle, whichever way that line points.
    ahead = (hip[1] - ankle[1], ankle[0] - hip[0], 0.0)
    return reach(hip, ankle, THIGH, SHANK, ahead)


def _crossed_leg(hip: Point, ankle: Point, sign: float) -> tuple[Point, Point]:
    return reach(hip, ankle, THIGH, SHANK, (0.0, KNEE_UP, sign))


def _arm(
    figure: Figure,
    pose: Pose,
    torso: Torso,
    limb: Limb,
    pin: Pin | None,
    legs: dict[bool, Leg],
) -> Arm:
    arm = pose.working_arm if limb.is_working else pose.other_arm
    sign, frame = sign_of(limb), torso.frame
    rise = tuple(
        n + BREATH_RISE * pose.breath * u for n, u in zip(torso.neck, frame.up, strict=True)
    )
    shoulder = shoulder_point((rise[0], rise[1], rise[2]), frame, arm, sign)
    elbow, wrist, hand = arm_points(shoulder, arm, frame, sign)
    if pin is None or arm.touch <= 0.0:
        return Arm(shoulder, elbow, wrist, hand)
    if pin.contact is Contact.FOREARM:
        return _forearm_down(shoulder, elbow)
    target, pointing = pinned_wrist(figure, pose, pin, torso, shoulder, legs)
    k = min(1.0, arm.touch)
    # The hand turns before it arrives, or its fingers would go through what it is to lie on.
    pointing = unit(between(hand, pointing, min(1.0, HAND_TURNS_EARLY * k)))
    target = between(wrist, target, k)
    pole = elbow_pole(shoulder, target, frame, sign, pin, figure.view)
    elbow, wrist = reach(shoulder, target, UPPER_ARM, FOREARM, pole)
    return Arm(shoulder, elbow, wrist, pointing)


def _forearm_down(shoulder: Point, elbow: Point) -> Arm:
    """Return the arm whose forearm lies ahead of its elbow on the ground."""
    drop = max(-FOREARM, min(FOREARM, FOREARM_RISE - elbow[1]))
    ahead = math.sqrt(FOREARM**2 - drop**2)
    wrist = (elbow[0] + ahead, elbow[1] + drop, elbow[2])
    return Arm(shoulder, elbow, wrist, (1.0, 0.0, 0.0))
