"""Where every joint is: the pelvis placed on its feet, pinned hands and feet at their places."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from uncramp.figure.animation import pose_at
from uncramp.figure.skeleton import (
    ANKLE_HEIGHT,
    BALL_AHEAD,
    FOREARM,
    HEEL_BEHIND,
    HIP_HALF,
    SHANK,
    THIGH,
    TRUNK,
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
from uncramp.model.figure import (
    ArmPose,
    Contact,
    Figure,
    LegPose,
    Limb,
    Pin,
    Pose,
    Scenery,
    Touch,
    View,
)

PALM_GAP = 0.017
"""Wrist joint to what the flat hand lies on."""
PALM_RISE = 0.045
"""Wrist joint to the middle of the palm."""
FINGERTIP_REACH = 0.092
"""Wrist joint to the fingertips of a relaxed hand."""
GRIP_REACH = 0.050
"""Wrist joint to what a closed hand holds."""
HAND_TURNS_EARLY = 1.6
HANDS_APART = 1.55
"""How far apart both hands are on a wall that is faced, against the shoulders."""
BESIDE = 0.405
"""How far beside the runner's middle the wrist is whose hand lies on a wall alongside."""
_BODY_OFFSETS = {Touch.SHIN: 0.036, Touch.KNEE: 0.045, Touch.THIGH: 0.066, Touch.ANKLE: 0.0}
_ELBOWS_OUT = {
    (Touch.HIP, View.SIDE): 0.9,
    (Touch.HIP, View.FRONT): 2.0,
    (Touch.HIP, View.BACK): 2.0,
    (Touch.WALL, View.BACK): 1.2,
}
"""How far an elbow points out instead of down or back."""


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
    feet = [pin for pin in figure.pins if pin.limb.is_foot]
    pelvis = _carried(pose, min(feet, key=_moved_by(pose))) if feet else _standing(pose)
    pins = {pin.limb: pin for pin in feet}
    working = _leg(pelvis, pose, Limb.WORKING_FOOT, pins.get(Limb.WORKING_FOOT))
    other = _leg(pelvis, pose, Limb.OTHER_FOOT, pins.get(Limb.OTHER_FOOT))
    frame = trunk_frame(pose.trunk, pose.twist)
    neck = (pelvis[0] + TRUNK * frame.up[0], pelvis[1] + TRUNK * frame.up[1], pelvis[2])
    arms = {}
    for limb, arm in (
        (Limb.WORKING_HAND, pose.working_arm),
        (Limb.OTHER_HAND, pose.other_arm),
    ):
        pin = next((pin for pin in figure.pins if pin.limb is limb), None)
        legs = {True: working, False: other}
        arms[limb] = _arm(figure, pose, arm, pelvis, neck, frame, limb, pin, legs)
    return Body(
        pose,
        pelvis,
        neck,
        frame,
        working,
        other,
        arms[Limb.WORKING_HAND],
        arms[Limb.OTHER_HAND],
    )


def wall_face(figure: Figure) -> float | None:
    """Return where the wall's face is, or None without a wall."""
    return next((item.x for item in figure.scenery if item.kind is Scenery.WALL), None)


def _sign(limb: Limb) -> float:
    return 1.0 if limb.is_working else -1.0


def _leg_pose(pose: Pose, limb: Limb) -> LegPose:
    return pose.working_leg if limb.is_working else pose.other_leg


def _moved_by(pose: Pose) -> Callable[[Pin], float]:
    """Return how far a pinned foot is from its place: the one that stands still carries."""

    def moved(pin: Pin) -> float:
        leg = _leg_pose(pose, pin.limb)
        return abs(leg.shift) + leg.lift

    return moved


def _carried(pose: Pose, pin: Pin) -> Point:
    """Place the pelvis above the pinned foot that carries the body."""
    leg, sign = _leg_pose(pose, pin.limb), _sign(pin.limb)
    ankle, _ = _pinned_ankle(pin, leg, pose.trunk)
    _, reached = leg_points((0.0, 0.0, sign * HIP_HALF), leg, pose.trunk, sign)
    return (ankle[0] - reached[0], ankle[1] - reached[1], ankle[2] - reached[2])


def _standing(pose: Pose) -> Point:
    """Place the pelvis so that the lowest sole is `lift` above the floor."""
    low = math.inf
    for leg, sign in ((pose.working_leg, 1.0), (pose.other_leg, -1.0)):
        _, ankle = leg_points((0.0, 0.0, 0.0), leg, pose.trunk, sign)
        low = min(low, ankle[1] + _lowest(foot_pitch(leg, pose.trunk)))
    return (0.0, pose.lift - low, 0.0)


def _lowest(pitch: float) -> float:
    """Return how far the lowest point of the sole is above the ankle (a negative number)."""
    return min(sole_offset(BALL_AHEAD, pitch)[1], sole_offset(-HEEL_BEHIND, pitch)[1])


def _pinned_ankle(pin: Pin, leg: LegPose, trunk: float) -> tuple[Point, float]:
    """Return ankle and sole pitch of a pinned foot; `pin.x` is the ankle's place when flat."""
    x = pin.x + leg.shift
    y = leg.lift + (pin.y if pin.touch is Touch.SEAT else 0.0)
    z = _sign(pin.limb) * HIP_HALF
    pitch = foot_pitch(leg, trunk)
    if pin.contact is Contact.BALL:
        pitch = min(0.0, pitch)
        dx, dy = sole_offset(BALL_AHEAD, pitch)
        return (x + BALL_AHEAD - dx, y - dy, z), pitch
    if pin.contact is Contact.HEEL:
        pitch = max(0.0, pitch)
        dx, dy = sole_offset(-HEEL_BEHIND, pitch)
        return (x - HEEL_BEHIND - dx, y - dy, z), pitch
    free = min(1.0, leg.lift / 0.04)
    pitch *= free * free * (3.0 - 2.0 * free)
    return (x, y + max(ANKLE_HEIGHT, -_lowest(pitch)), z), pitch


def _leg(pelvis: Point, pose: Pose, limb: Limb, pin: Pin | None) -> Leg:
    leg, sign = _leg_pose(pose, limb), _sign(limb)
    hip = (pelvis[0], pelvis[1], pelvis[2] + sign * HIP_HALF)
    if pin is None:
        knee, ankle = leg_points(hip, leg, pose.trunk, sign)
        pitch = foot_pitch(leg, pose.trunk)
        sunk = -(ankle[1] + _lowest(pitch))
        if sunk > 1e-9:
            knee, ankle = _bent_leg(hip, (ankle[0], ankle[1] + sunk, ankle[2]))
    else:
        target, pitch = _pinned_ankle(pin, leg, pose.trunk)
        knee, ankle = _bent_leg(hip, target)
    ball_y = ankle[1] + sole_offset(BALL_AHEAD, pitch)[1]
    return Leg(hip, knee, ankle, pitch, toe_pitch(ball_y, pitch))


def _bent_leg(hip: Point, ankle: Point) -> tuple[Point, Point]:
    # A knee bends forward of the line from hip to ankle, whichever way that line points.
    ahead = (hip[1] - ankle[1], ankle[0] - hip[0], 0.0)
    return reach(hip, ankle, THIGH, SHANK, ahead)


def _arm(
    figure: Figure,
    pose: Pose,
    arm: ArmPose,
    pelvis: Point,
    neck: Point,
    frame: Frame,
    limb: Limb,
    pin: Pin | None,
    legs: dict[bool, Leg],
) -> Arm:
    sign = _sign(limb)
    shoulder = shoulder_point(neck, frame, arm, sign)
    elbow, wrist, hand = arm_points(shoulder, arm, frame, sign)
    if pin is None or arm.touch <= 0.0:
        return Arm(shoulder, elbow, wrist, hand)
    target, pointing = _pinned_wrist(figure, pose, pin, pelvis, neck, shoulder, frame, legs)
    k = min(1.0, arm.touch)
    # The hand turns before it arrives, or its fingers would go through what it is to lie on.
    pointing = _unit(_between(hand, pointing, min(1.0, HAND_TURNS_EARLY * k)))
    target = _between(wrist, target, k)
    pole = _elbow_pole(shoulder, target, frame, sign, pin, figure.view)
    elbow, wrist = reach(shoulder, target, UPPER_ARM, FOREARM, pole)
    return Arm(shoulder, elbow, wrist, pointing)


def _elbow_pole(
    shoulder: Point, target: Point, frame: Frame, sign: float, pin: Pin, view: View
) -> Point:
    """Return where the elbow points: the forearm always bends forward of the upper arm."""
    line = tuple(b - a for a, b in zip(shoulder, target, strict=True))
    ahead = sum(p * q for p, q in zip(line, frame.forward, strict=True))
    above = sum(p * q for p, q in zip(line, frame.up, strict=True))
    size = math.hypot(ahead, above) or 1.0
    out = sign * _ELBOWS_OUT.get((pin.touch, view), 0.25)
    f, u, o = frame.forward, frame.up, frame.lateral
    return (
        (f[0] * above - u[0] * ahead) / size + out * o[0],
        (f[1] * above - u[1] * ahead) / size + out * o[1],
        (f[2] * above - u[2] * ahead) / size + out * o[2],
    )


def _pinned_wrist(
    figure: Figure,
    pose: Pose,
    pin: Pin,
    pelvis: Point,
    neck: Point,
    shoulder: Point,
    frame: Frame,
    legs: dict[bool, Leg],
) -> tuple[Point, Point]:
    """Return where the wrist of a pinned hand is, and the unit direction of the hand."""
    sign = _sign(pin.limb)
    if pin.touch is Touch.HIP:
        up, ahead = frame.up, frame.forward
        spot = tuple(
            p + 0.075 * u - 0.045 * f + 0.105 * sign * o
            for p, u, f, o in zip(pelvis, up, ahead, frame.lateral, strict=True)
        )
        return (spot[0], spot[1], spot[2]), _unit(_between(ahead, up, -0.25))
    if pin.touch is Touch.HANDS:
        return _joined(pose, pin, neck, frame)
    if pin.touch is Touch.WALL:
        if any(item.kind is Scenery.WALL_BESIDE for item in figure.scenery):
            return (pin.x, pin.y - PALM_RISE, -BESIDE), (0.0, 1.0, 0.0)
        face = wall_face(figure) or 0.0
        z = shoulder[2] * (1.0 if figure.view is View.SIDE else HANDS_APART)
        if pin.contact is Contact.PALM:
            return (face - PALM_GAP, pin.y - PALM_RISE, z), (0.0, 1.0, 0.0)
        pointing = _unit((0.93, 0.36, 0.0))
        return (
            face - FINGERTIP_REACH * pointing[0],
            pin.y - FINGERTIP_REACH * pointing[1],
            z,
        ), pointing
    if pin.touch.is_body:
        spot, along = _leg_spot(pin, legs[(pin.of or pin.limb).is_working])
    else:
        spot, along = (pin.x, pin.y, shoulder[2]), (1.0, 0.0, 0.0)
    if pin.contact is Contact.GRIP:
        pole = _elbow_pole(shoulder, spot, frame, sign, pin, figure.view)
        elbow, held = reach(shoulder, spot, UPPER_ARM, FOREARM + GRIP_REACH, pole)
        share = FOREARM / (FOREARM + GRIP_REACH)
        return _between(elbow, held, share), _unit(_between(elbow, held, 1.0, elbow))
    back = tuple(s - PALM_RISE * a for s, a in zip(spot, along, strict=True))
    return (back[0], back[1], back[2]), along


def _joined(pose: Pose, pin: Pin, neck: Point, frame: Frame) -> tuple[Point, Point]:
    """Return the wrists of two joined hands, from the working arm's shoulder and elbow angle."""
    arm = pose.working_arm
    angle, bend = math.radians(arm.shoulder), math.radians(arm.elbow)
    ahead = math.sqrt(UPPER_ARM**2 + FOREARM**2 + 2.0 * UPPER_ARM * FOREARM * math.cos(bend))
    pointing = tuple(
        f * math.sin(angle) - u * math.cos(angle)
        for f, u in zip(frame.forward, frame.up, strict=True)
    )
    apart = _sign(pin.limb) * 0.012
    spot = tuple(
        n - 0.02 * u + ahead * p + apart * o
        for n, u, p, o in zip(neck, frame.up, pointing, frame.lateral, strict=True)
    )
    return (spot[0], spot[1], spot[2]), (pointing[0], pointing[1], pointing[2])


def _leg_spot(pin: Pin, leg: Leg) -> tuple[Point, Point]:
    """Return the touched point on the front of a leg and the direction down the leg."""
    upper = pin.touch is Touch.THIGH
    a, b = (leg.hip, leg.knee) if upper else (leg.knee, leg.ankle)
    share = {Touch.KNEE: 0.0, Touch.ANKLE: 0.97}.get(pin.touch, pin.y)
    along = _unit((b[0] - a[0], b[1] - a[1], b[2] - a[2]))
    offset = _BODY_OFFSETS[pin.touch]
    spot = _between(a, b, share)
    return (spot[0] - along[1] * offset, spot[1] + along[0] * offset, spot[2]), along


def _between(a: Point, b: Point, k: float, origin: Point = (0.0, 0.0, 0.0)) -> Point:
    """Return the point `k` of the way from `a` to `b`, measured from `origin`."""
    return (
        a[0] + (b[0] - a[0]) * k - origin[0],
        a[1] + (b[1] - a[1]) * k - origin[1],
        a[2] + (b[2] - a[2]) * k - origin[2],
    )


def _unit(a: Point) -> Point:
    size = math.hypot(*a) or 1.0
    return (a[0] / size, a[1] / size, a[2] / size)
