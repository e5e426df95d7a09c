"""Where a hand or foot is that touches something."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from uncramp.figure.skeleton import (
    ANKLE_HEIGHT,
    BALL_AHEAD,
    FOREARM,
    HEEL_BEHIND,
    HIP_HALF,
    UPPER_ARM,
    Frame,
    Leg,
    Point,
    foot_pitch,
    reach,
    sole_offset,
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
HANDS_APART = 1.55
"""How far apart both hands are on a wall that is faced, against the shoulders."""
BESIDE = 0.405
"""How far beside the runner's middle the wrist is whose hand lies on a wall alongside."""
HEEL_ROUND = (-0.0488, -0.0300)
"""The back of the heel from the ankle: on it rests a foot that points up."""
KNEE_TOP = 0.052
"""Knee joint of a bent leg to an ankle joint that rests on it."""
RESTING_ANKLE = 0.98
"""How far down the thigh an ankle lies that rests above the knee."""
BREATH_DEPTH, BELLY_DEPTH = 0.010, 0.024
"""How far breastbone and belly come forward with a full breath."""
TOWEL_AIM = (0.03, 0.19)
"""Toward which place a towel is pulled: ahead of and above the hip joint, along the trunk."""
TOWEL_APART = 0.030
"""Half the distance between the two hands that hold a towel."""
SOLE_GAP = 0.012
"""From the sole to the middle of what runs around it."""
_BODY_OFFSETS = {
    Touch.SHIN: 0.036,
    Touch.KNEE: 0.045,
    Touch.THIGH: 0.066,
    Touch.ANKLE: 0.0,
    Touch.CALF: -0.016,
    Touch.HAMSTRING: -0.030,
}
_TAPER = ((0.0, 0.068), (0.30, 0.064), (0.42, 0.053), (0.5, 0.047), (0.65, 0.043), (1.0, 0.034))
"""From the hip (0) over the knee (0.5) to the ankle (1): a hand's distance from the bones."""
_ELBOWS_OUT = {
    (Touch.HIP, View.SIDE): 0.9,
    (Touch.HIP, View.FRONT): 2.0,
    (Touch.HIP, View.BACK): 2.0,
    (Touch.WALL, View.BACK): 1.2,
    (Touch.LOW_BACK, View.SIDE): 0.9,
    (Touch.CHEST, View.SIDE): 0.6,
    (Touch.BELLY, View.SIDE): 0.6,
}
"""How far an elbow points out instead of down or back."""
_RAISED = frozenset({Touch.SEAT, Touch.STEP, Touch.BALL})
"""What a foot stands on at the height that its pin gives."""


@dataclass(frozen=True, slots=True)
class Torso:
    """What the arms hang on: hip joints' middle, neck base and the trunk's directions."""

    pelvis: Point
    neck: Point
    frame: Frame


def sign_of(limb: Limb) -> float:
    """Return +1 on the working side, -1 on the other one."""
    return 1.0 if limb.is_working else -1.0


def wall_face(figure: Figure) -> float | None:
    """Return where the wall's face is, or None without a wall."""
    return next((item.x for item in figure.scenery if item.kind is Scenery.WALL), None)


def lowest(pitch: float) -> float:
    """Return how far the lowest point of the sole is above the ankle (a negative number)."""
    return min(sole_offset(BALL_AHEAD, pitch)[1], sole_offset(-HEEL_BEHIND, pitch)[1])


def pinned_ankle(pin: Pin, leg: LegPose, trunk: float) -> tuple[Point, float]:
    """Return ankle and sole pitch of a pinned foot; `pin.x` is the ankle's place when flat."""
    x = pin.x + leg.shift
    y = leg.lift + (pin.y if pin.touch in _RAISED else 0.0)
    z = sign_of(pin.limb) * HIP_HALF
    pitch = foot_pitch(leg, trunk)
    if pin.contact is Contact.BALL:
        if pin.touch is not Touch.STEP:  # there the heel may sink
            pitch = min(pitch, _toes_up(leg.lift))
        dx, dy = sole_offset(BALL_AHEAD, pitch)
        return (x + BALL_AHEAD - dx, y - dy, z), pitch
    if pin.contact is Contact.HEEL:
        pitch = max(0.0, pitch)
        dx, dy = sole_offset(-HEEL_BEHIND, pitch)
        return (x - HEEL_BEHIND - dx, y - min(dy, _heel_back(pitch)), z), pitch
    free = min(1.0, leg.lift / 0.04)
    pitch *= free * free * (3.0 - 2.0 * free)
    return (x, y + max(ANKLE_HEIGHT, -lowest(pitch)), z), pitch


def _toes_up(lift: float) -> float:
    """Return the pitch in degrees at which the heel is down while the ball is `lift` high."""
    return math.degrees(math.asin(max(0.0, min(1.0, lift / (BALL_AHEAD + HEEL_BEHIND)))))


def _heel_back(pitch: float) -> float:
    """Return how far the round back of the heel is above the ankle (a negative number)."""
    angle = math.radians(pitch)
    return HEEL_ROUND[0] * math.sin(angle) + HEEL_ROUND[1] * math.cos(angle)


def resting_ankle(under: Leg) -> Point:
    """Return where the ankle is that rests on the thigh of the other, bent leg."""
    (x, y, z), along = between(under.hip, under.knee, RESTING_ANKLE), unit_to(under.hip, under.knee)
    return (x - along[1] * KNEE_TOP, y + along[0] * KNEE_TOP, z)


def crossed_foot(hip: Point, knee: Point, ankle: Point, flexion: float) -> tuple[Point, Point]:
    """Return where the foot of a crossed leg points, and where its sole looks.

    A foot at 0 degrees is square to the shank, its toes on the side away from the thigh.

    Args:
        hip: joint centre.
        knee: joint centre.
        ankle: joint centre.
        flexion: of the ankle in degrees, toes toward the shin +.
    """
    down, thigh = unit_to(knee, ankle), unit_to(knee, hip)
    dot = sum(p * q for p, q in zip(thigh, down, strict=True))
    ahead = unit((down[0] * dot - thigh[0], down[1] * dot - thigh[1], down[2] * dot - thigh[2]))
    c, s = math.cos(math.radians(flexion)), math.sin(math.radians(flexion))
    along = tuple(c * a - s * d for a, d in zip(ahead, down, strict=True))
    sole = tuple(c * d + s * a for a, d in zip(ahead, down, strict=True))
    return (along[0], along[1], along[2]), (sole[0], sole[1], sole[2])


def elbow_pole(
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


def pinned_wrist(
    figure: Figure, pose: Pose, pin: Pin, torso: Torso, shoulder: Point, legs: dict[bool, Leg]
) -> tuple[Point, Point]:
    """Return where the wrist of a pinned hand is, and the unit direction of the hand."""
    arm = pose.working_arm if pin.limb.is_working else pose.other_arm
    if pin.touch is Touch.HANDS:
        return _joined(pose, pin, torso)
    if pin.touch is Touch.WALL:
        spot, pointing = _on_wall(figure, pin, shoulder)
        return _moved(spot, arm), pointing
    if pin.touch in _TRUNK_SPOTS:
        spot, pointing = _on_trunk(pin, torso, pose.breath)
        return _moved(spot, arm), pointing
    if pin.touch is Touch.FLOOR and pin.contact is Contact.PALM:
        return _moved((pin.x - PALM_RISE, PALM_GAP, shoulder[2]), arm), (1.0, 0.0, 0.0)
    if pin.touch is Touch.TOWEL:
        x, y, _ = _towel_end(figure, pose, torso.pelvis, legs)
        spot, along = (x, y, sign_of(pin.limb) * TOWEL_APART), (1.0, 0.0, 0.0)
    elif pin.touch is Touch.LEG:
        # A hand that slides does so along the leg, not through the room.
        down = max(0.0, min(1.0, pin.y + arm.shift))
        spot, along = _down_the_leg(down, legs[(pin.of or pin.limb).is_working])
        arm = replace(arm, shift=0.0)
    elif pin.touch.is_body:
        spot, along = _leg_spot(pin, legs[(pin.of or pin.limb).is_working])
    else:
        spot, along = (pin.x, pin.y, shoulder[2]), (1.0, 0.0, 0.0)
    spot = _moved(spot, arm)
    if pin.contact is Contact.GRIP or pin.touch is Touch.CALF:
        held = GRIP_REACH if pin.contact is Contact.GRIP else PALM_RISE
        return _in_line(figure, pin, torso.frame, shoulder, spot, held)
    back = tuple(s - PALM_RISE * a for s, a in zip(spot, along, strict=True))
    return (back[0], back[1], back[2]), along


def _moved(spot: Point, arm: ArmPose) -> Point:
    return (spot[0] + arm.shift, spot[1] + arm.lift, spot[2])


def _in_line(
    figure: Figure, pin: Pin, frame: Frame, shoulder: Point, spot: Point, held: float
) -> tuple[Point, Point]:
    """Return wrist and direction of a hand that goes on as the forearm does."""
    pole = elbow_pole(shoulder, spot, frame, sign_of(pin.limb), pin, figure.view)
    elbow, end = reach(shoulder, spot, UPPER_ARM, FOREARM + held, pole)
    return between(elbow, end, FOREARM / (FOREARM + held)), unit_to(elbow, end)


def _on_wall(figure: Figure, pin: Pin, shoulder: Point) -> tuple[Point, Point]:
    if any(item.kind is Scenery.WALL_BESIDE for item in figure.scenery):
        return (pin.x, pin.y - PALM_RISE, -BESIDE), (0.0, 1.0, 0.0)
    face = wall_face(figure) or 0.0
    z = shoulder[2] * (1.0 if figure.view is View.SIDE else HANDS_APART)
    if pin.contact is Contact.PALM:
        return (face - PALM_GAP, pin.y - PALM_RISE, z), (0.0, 1.0, 0.0)
    pointing = unit((0.93, 0.36, 0.0))
    return (
        face - FINGERTIP_REACH * pointing[0],
        pin.y - FINGERTIP_REACH * pointing[1],
        z,
    ), pointing


_TRUNK_SPOTS = {
    Touch.HIP: ((0.0, 0.075, -0.045, 0.105), (-0.25, 1.25, 0.0)),
    Touch.LOW_BACK: ((0.0, 0.060, -0.074, 0.060), (-1.0, 0.15, -0.25)),
    Touch.CHEST: ((1.0, -0.120, 0.006, 0.100), (0.35, 0.60, -0.70)),
    Touch.BELLY: ((0.0, 0.112, 0.012, 0.096), (-0.30, 0.60, -0.70)),
}
"""Wrist from the pelvis (0) or the neck (1): along the trunk, forward and out; hand likewise."""


def _on_trunk(pin: Pin, torso: Torso, breath: float) -> tuple[Point, Point]:
    (upper, up, ahead, out), pointing = _TRUNK_SPOTS[pin.touch]
    if ahead > 0.0:
        ahead += (BELLY_DEPTH if pin.touch is Touch.BELLY else BREATH_DEPTH) * breath
    origin = torso.neck if upper else torso.pelvis
    side = sign_of(pin.limb)
    spot = _along(torso.frame, up, ahead, side * out)
    way = _along(torso.frame, pointing[0], pointing[1], side * pointing[2])
    return (origin[0] + spot[0], origin[1] + spot[1], origin[2] + spot[2]), unit(way)


def _along(frame: Frame, up: float, ahead: float, out: float) -> Point:
    u, f, o = frame.up, frame.forward, frame.lateral
    return (
        up * u[0] + ahead * f[0] + out * o[0],
        up * u[1] + ahead * f[1] + out * o[1],
        up * u[2] + ahead * f[2] + out * o[2],
    )


def _joined(pose: Pose, pin: Pin, torso: Torso) -> tuple[Point, Point]:
    """Return the wrists of two joined hands, from the working arm's shoulder and elbow angle."""
    arm, neck, frame = pose.working_arm, torso.neck, torso.frame
    angle, bend = math.radians(arm.shoulder), math.radians(arm.elbow)
    ahead = math.sqrt(UPPER_ARM**2 + FOREARM**2 + 2.0 * UPPER_ARM * FOREARM * math.cos(bend))
    pointing = tuple(
        f * math.sin(angle) - u * math.cos(angle)
        for f, u in zip(frame.forward, frame.up, strict=True)
    )
    apart = sign_of(pin.limb) * 0.012
    spot = tuple(
        n - 0.02 * u + ahead * p + apart * o
        for n, u, p, o in zip(neck, frame.up, pointing, frame.lateral, strict=True)
    )
    return (spot[0], spot[1], spot[2]), (pointing[0], pointing[1], pointing[2])


def towel_loop(leg: Leg) -> Point:
    """Return the middle of a towel that runs around the ball of a foot."""
    angle = math.radians(leg.pitch)
    x, y, z = leg.ball
    return (x + SOLE_GAP * math.sin(angle), y - SOLE_GAP * math.cos(angle), z)


def _towel_end(figure: Figure, pose: Pose, pelvis: Point, legs: dict[bool, Leg]) -> Point:
    """Return where the hands hold a towel that is pulled tight toward the waist."""
    towel = next(item for item in figure.scenery if item.kind is Scenery.TOWEL)
    loop = towel_loop(legs[towel.limb is None or towel.limb.is_working])
    frame = trunk_frame(pose.trunk, 0.0)
    ahead, above = TOWEL_AIM
    aim = tuple(
        p + ahead * f + above * u for p, f, u in zip(pelvis, frame.forward, frame.up, strict=True)
    )
    toward = unit((aim[0] - loop[0], aim[1] - loop[1], 0.0))
    return (loop[0] + towel.width * toward[0], loop[1] + towel.width * toward[1], loop[2])


def _down_the_leg(down: float, leg: Leg) -> tuple[Point, Point]:
    """Return a point on the front of a leg, 0.5 is the knee, and the direction down the leg."""
    above = max(0.0, min(1.0, (0.5 - down) / 0.08 + 0.5))
    offset = _above_the_leg(down)
    spots = []
    for a, b, share in (
        (leg.hip, leg.knee, 2.0 * down),
        (leg.knee, leg.ankle, 2.0 * down - 1.0),
    ):
        along, spot = unit_to(a, b), between(a, b, share)
        spots.append(((spot[0] - along[1] * offset, spot[1] + along[0] * offset, spot[2]), along))
    (thigh, down_thigh), (shin, down_shin) = spots
    return between(shin, thigh, above), unit(between(down_shin, down_thigh, above))


def _above_the_leg(down: float) -> float:
    """Return how far a hand on the front of a leg is from its bones; a leg tapers."""
    for (a, high), (b, low) in pairwise(_TAPER):
        if down <= b:
            return high + (low - high) * (down - a) / (b - a)
    return _TAPER[-1][1]


def _leg_spot(pin: Pin, leg: Leg) -> tuple[Point, Point]:
    """Return the touched point on a leg and the direction down the leg."""
    if pin.touch is Touch.TOES:
        # From below the toes are seen, so the hand holds their tips and does not hide them.
        share = 0.6 if leg.turned is None else 1.1
        return between(leg.ball, leg.toe, share), unit_to(leg.ball, leg.toe)
    upper = pin.touch in (Touch.THIGH, Touch.HAMSTRING)
    a, b = (leg.hip, leg.knee) if upper else (leg.knee, leg.ankle)
    share = {Touch.KNEE: 0.0, Touch.ANKLE: 0.97}.get(pin.touch, pin.y)
    along = unit_to(a, b)
    offset = _BODY_OFFSETS[pin.touch]
    spot = between(a, b, share)
    return (spot[0] - along[1] * offset, spot[1] + along[0] * offset, spot[2]), along


def between(a: Point, b: Point, k: float) -> Point:
    """Return the point `k` of the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k)


def unit(a: Point) -> Point:
    """Return the direction of `a`."""
    size = math.hypot(*a) or 1.0
    return (a[0] / size, a[1] / size, a[2] / size)


def unit_to(a: Point, b: Point) -> Point:
    """Return the direction from `a` to `b`."""
    return unit((b[0] - a[0], b[1] - a[1], b[2] - a[2]))
