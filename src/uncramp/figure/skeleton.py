"""The runner's bones: their lengths, and where forward kinematics puts the joints.

Lengths are shares of body height (Drillis and Contini 1966, as used in gait analysis). Points
are (x, y, z): x where the runner faces, y up, z toward the working side.
"""

import math
from dataclasses import dataclass

from uncramp.model.figure import ArmPose, LegPose

THIGH = 0.245
SHANK = 0.246
TRUNK = 0.288
"""Hip joint to the middle between the shoulder joints."""
UPPER_ARM = 0.186
FOREARM = 0.146
HAND = 0.108
ANKLE_HEIGHT = 0.039
BALL_AHEAD = 0.088
"""Ankle to the ball of the foot, along the sole."""
HEEL_BEHIND = 0.045
TOE_LENGTH = 0.046
"""Ball of the foot to the tip of the shoe."""
HIP_HALF = 0.052
SHOULDER_HALF = 0.112
GIRDLE_RISE = 0.026
"""How far the shoulder joint travels up the trunk while the arm goes overhead."""
PROTRACTION = 0.022
"""How far the shoulder joint travels forward while the arm reaches ahead."""

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Leg:
    """Joints of one leg.

    Attributes:
        hip: joint centre.
        knee: joint centre.
        ankle: joint centre.
        pitch: of the sole in degrees, toes up +.
        toe_pitch: of the toes in degrees; at least as much as keeps them out of the floor.
        turned: of a foot that does not stand upright in the picture, the unit directions in
            which it points and into which its sole looks.
    """

    hip: Point
    knee: Point
    ankle: Point
    pitch: float
    toe_pitch: float
    turned: tuple[Point, Point] | None = None

    @property
    def heel(self) -> Point:
        """The back end of the sole."""
        return self._sole_point(-HEEL_BEHIND)

    @property
    def ball(self) -> Point:
        """The sole under the ball of the foot."""
        return self._sole_point(BALL_AHEAD)

    @property
    def toe(self) -> Point:
        """The front end of the sole."""
        x, y, z = self.ball
        if self.turned is not None:
            return _sum(self.ball, _scaled(self.toe_direction, TOE_LENGTH))
        angle = math.radians(self.toe_pitch)
        return (x + TOE_LENGTH * math.cos(angle), y + TOE_LENGTH * math.sin(angle), z)

    @property
    def toe_direction(self) -> Point:
        """The unit direction in which the toes point."""
        if self.turned is None:
            angle = math.radians(self.toe_pitch)
            return (math.cos(angle), math.sin(angle), 0.0)
        bent = math.radians(self.toe_pitch - self.pitch)
        along, sole = self.turned
        return _sum(_scaled(along, math.cos(bent)), _scaled(sole, -math.sin(bent)))

    def _sole_point(self, ahead: float) -> Point:
        if self.turned is not None:
            along, sole = self.turned
            return _sum(self.ankle, _scaled(along, ahead), _scaled(sole, ANKLE_HEIGHT))
        dx, dy = sole_offset(ahead, self.pitch)
        return (self.ankle[0] + dx, self.ankle[1] + dy, self.ankle[2])


@dataclass(frozen=True, slots=True)
class Arm:
    """Joints of one arm; `hand` is the unit direction in which the hand points."""

    shoulder: Point
    elbow: Point
    wrist: Point
    hand: Point


@dataclass(frozen=True, slots=True)
class Frame:
    """The trunk's directions: up along it, forward out of the chest, and to the working side."""

    up: Point
    forward: Point
    lateral: Point


def sole_offset(ahead: float, pitch: float) -> tuple[float, float]:
    """Return (dx, dy) from the ankle to the point `ahead` on a sole pitched by `pitch` degrees."""
    c, s = math.cos(math.radians(pitch)), math.sin(math.radians(pitch))
    return (ahead * c + ANKLE_HEIGHT * s, ahead * s - ANKLE_HEIGHT * c)


def toe_pitch(ball_y: float, pitch: float) -> float:
    """Return the toes' pitch in degrees: straight with the foot, but never into the floor."""
    if ball_y + TOE_LENGTH * math.sin(math.radians(pitch)) >= 0.0 or not -90.0 <= pitch < 0.0:
        return pitch
    floor = math.degrees(math.asin(max(-1.0, min(1.0, -ball_y / TOE_LENGTH))))
    return max(pitch, floor)


def trunk_frame(lean: float, twist: float) -> Frame:
    """Return the chest's directions for a lean and a twist in degrees."""
    c, s = math.cos(math.radians(lean)), math.sin(math.radians(lean))
    ct, st = math.cos(math.radians(twist)), math.sin(math.radians(twist))
    return Frame(up=(s, c, 0.0), forward=(c * ct, -s * ct, st), lateral=(-c * st, s * st, ct))


def leg_points(hip: Point, leg: LegPose, trunk: float, sign: float) -> tuple[Point, Point]:
    """Return knee and ankle for the joint angles; `sign` is +1 on the working side."""
    thigh = math.radians(leg.hip - trunk)
    shank = math.radians(leg.hip - trunk - leg.knee)
    out = math.radians(leg.abduction)
    flat, side = math.cos(out), sign * math.sin(out)
    knee = (
        hip[0] + THIGH * math.sin(thigh) * flat,
        hip[1] - THIGH * math.cos(thigh) * flat,
        hip[2] + THIGH * side,
    )
    ankle = (
        knee[0] + SHANK * math.sin(shank) * flat,
        knee[1] - SHANK * math.cos(shank) * flat,
        knee[2] + SHANK * side,
    )
    return knee, ankle


def foot_pitch(leg: LegPose, trunk: float) -> float:
    """Return the pitch of the sole in degrees: H - T - K + D (exercise catalogue)."""
    return leg.hip - trunk - leg.knee + leg.ankle


def shoulder_point(neck: Point, frame: Frame, arm: ArmPose, sign: float) -> Point:
    """Return the shoulder joint: it follows an arm that reaches ahead or goes overhead."""
    raised = max(abs(arm.shoulder), abs(arm.abduction))
    rise = GIRDLE_RISE * max(0.0, min(1.0, (raised - 70.0) / 90.0))
    ahead = PROTRACTION * max(0.0, min(1.0, (arm.shoulder - 40.0) / 50.0))
    point = _sum(neck, _scaled(frame.up, rise), _scaled(frame.lateral, sign * SHOULDER_HALF))
    return _sum(point, _scaled(frame.forward, ahead))


def arm_points(
    shoulder: Point, arm: ArmPose, frame: Frame, sign: float
) -> tuple[Point, Point, Point]:
    """Return elbow, wrist and the hand's direction for the joint angles.

    The elbow bends forward while the arm hangs, and overhead within the plane of the chest.
    """
    upper = _arm_direction(arm.shoulder, arm.abduction, frame, sign)
    sideways = max(0.0, min(1.0, (arm.abduction - 30.0) / 90.0))
    fore = _arm_direction(
        arm.shoulder + arm.elbow * (1.0 - sideways),
        arm.abduction + arm.elbow * sideways,
        frame,
        sign,
    )
    elbow = _sum(shoulder, _scaled(upper, UPPER_ARM))
    return elbow, _sum(elbow, _scaled(fore, FOREARM)), fore


def _arm_direction(flexion: float, abduction: float, frame: Frame, sign: float) -> Point:
    a, b = math.radians(flexion), math.radians(abduction)
    down, ahead, side = -math.cos(a) * math.cos(b), math.sin(a) * math.cos(b), sign * math.sin(b)
    return _sum(
        _scaled(frame.up, down), _scaled(frame.forward, ahead), _scaled(frame.lateral, side)
    )


def reach(
    root: Point, target: Point, first: float, second: float, pole: Point
) -> tuple[Point, Point]:
    """Solve a chain of two bones (inverse kinematics by the law of cosines).

    Args:
        root: where the first bone starts.
        target: where the second one is to end.
        first: length of the first bone.
        second: length of the second bone.
        pole: the direction in which the joint between them bends.

    Returns:
        The middle joint and the end; the end is the target unless that is out of reach.
    """
    line = (target[0] - root[0], target[1] - root[1], target[2] - root[2])
    distance = math.hypot(*line)
    if distance < 1e-9:
        line, distance = (0.0, -1e-9, 0.0), 1e-9
    axis = _scaled(line, 1.0 / distance)
    span = min(max(distance, abs(first - second) + 1e-6), first + second - 1e-6)
    along = (first * first - second * second + span * span) / (2.0 * span)
    height = math.sqrt(max(0.0, first * first - along * along))
    normal = _across(pole, axis)
    if math.hypot(*normal) < 1e-6:  # a pole along the line says nothing: take any other
        normal = _across((axis[1], axis[2], -axis[0]), axis)
    size = math.hypot(*normal) or 1.0
    middle = _sum(root, _scaled(axis, along), _scaled(normal, height / size))
    return middle, _sum(root, _scaled(axis, span))


def _across(a: Point, axis: Point) -> Point:
    """Return the part of `a` that is perpendicular to a unit vector."""
    dot = a[0] * axis[0] + a[1] * axis[1] + a[2] * axis[2]
    return (a[0] - dot * axis[0], a[1] - dot * axis[1], a[2] - dot * axis[2])


def _scaled(a: Point, k: float) -> Point:
    return (a[0] * k, a[1] * k, a[2] * k)


def _sum(a: Point, b: Point, c: Point = (0.0, 0.0, 0.0)) -> Point:
    return (a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2])
