"""What a body cannot do: joints bent too far, hands and feet that miss, limbs in the floor.

Angles are measured on the solved joints and not read from the pose, so that what inverse
kinematics made of it is judged too. Limits are those of the exercise catalogue.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from uncramp.figure.animation import BREATH_S
from uncramp.figure.body_side import head_place
from uncramp.figure.contacts import (
    Torso,
    pinned_ankle,
    pinned_wrist,
    resting_ankle,
    wall_face,
)
from uncramp.figure.joints import (
    DORSIFLEXION_STRAIGHT,
    STRAIGHT_KNEE,
    Handle,
    limits,
    palm,
)
from uncramp.figure.kinematics import Body, body_at
from uncramp.figure.skeleton import HAND, TRUNK, Arm, Leg, Point
from uncramp.figure.spine import bent, chest_lean
from uncramp.model.figure import Contact, Figure, Limb, Pin, Play, View

CHECKED_A_SECOND = 12
"""Frames of an animation that are judged for each second of it."""
SLACK_DEG = 0.5
"""By how much a computed angle may pass its limit: less than anybody sees."""
LEAST_KNEE = -0.5
ON = 0.002
"""Share of height by which a hand or foot may miss what it is on."""
HAND_ON = 0.0099
"""A hand hangs on an arm that may be too short by a hair; farther off it hovers."""
IN_WALL = 0.012
"""How far a joint's middle may come up to a wall: cloth and flesh give."""
FASTEST = 8.0
"""Body heights a second; a sprinter's foot is as fast."""
CORE = 0.046
"""From the spine to where belly, chest and back certainly are not yet at an end."""
WAIST = 0.070
"""Half the breadth of the waist."""
SKULL = 0.045
FACES_AHEAD = 10.0
"""Degrees of twist up to which the shoulder can be measured in the picture."""


class StrainKind(StrEnum):
    """In which way a body is where none can be."""

    JOINT = "joint"
    """Bent beyond its limit."""
    PIN = "pin"
    """Not where it is pinned."""
    FLOOR = "floor"
    WALL = "wall"
    TRUNK = "trunk"
    """Within the runner's own trunk."""
    HEAD = "head"
    """Within the runner's own head."""
    JUMP = "jump"
    """Faster than anybody moves."""


@dataclass(frozen=True, slots=True)
class Strain:
    """One thing that a body cannot do.

    Attributes:
        kind: in which way.
        where: the joint or limb; of a bent joint the name of its angle.
        amount: how much too far: degrees for a joint, else shares of height.
        at_s: when in the animation.
    """

    kind: StrainKind
    where: str
    amount: float
    at_s: float = 0.0


def strains(figure: Figure, body: Body) -> Iterator[Strain]:
    """Find what is wrong with a body where it stands, sits or lies."""
    yield from _joints(figure, body)
    yield from _missed(figure, body)
    yield from _in_floor(figure, body)
    yield from _in_wall(figure, body)


def violations(figure: Figure, at_s: Iterable[float] | None = None) -> tuple[Strain, ...]:
    """Find what is wrong in an animation, the worst of each kind at each place.

    Args:
        figure: what is drawn.
        at_s: when to look; None looks at the whole cycle, and at a breath of a held pose.

    Returns:
        In the order of their times.
    """
    worst: dict[tuple[StrainKind, str], Strain] = {}
    before: tuple[float, Body] | None = None
    for t_s in _instants(figure) if at_s is None else at_s:
        body = body_at(figure, t_s)
        found = [*strains(figure, body), *_in_oneself(figure, body)]
        if before is not None:
            found += _jumps(body, before[1], t_s - before[0])
        before = (t_s, body)
        for strain in found:
            key = (strain.kind, strain.where)
            if key not in worst or strain.amount > worst[key].amount * 1.02:
                worst[key] = Strain(strain.kind, strain.where, strain.amount, t_s)
    return tuple(sorted(worst.values(), key=_when))


def _when(strain: Strain) -> float:
    return strain.at_s


def _instants(figure: Figure) -> list[float]:
    end = figure.cycle_s + (BREATH_S if figure.play is Play.ONCE else 0.0)
    count = max(2, math.ceil(end * CHECKED_A_SECOND))
    times = {end * i / count for i in range(count + 1)} | {key.at_s for key in figure.keys}
    return sorted(times)


# -- joints


def _joints(figure: Figure, body: Body) -> Iterator[Strain]:
    profile = figure.view.in_profile
    for side, leg, arm in _sides(body):
        if profile:
            hip, knee, ankle = leg_angles(leg, body.pose.trunk)
            yield from _beyond(f"{side}_leg.hip", hip)
            yield from _beyond(f"{side}_leg.knee", max(knee, 0.0) if knee >= LEAST_KNEE else knee)
            most = DORSIFLEXION_STRAIGHT if knee < STRAIGHT_KNEE else None
            yield from _beyond(f"{side}_leg.ankle", ankle, most)
        else:
            yield from _beyond(f"{side}_leg.knee", bend(leg.hip, leg.knee, leg.ankle))
        yield from _beyond(f"{side}_arm.elbow", bend(arm.shoulder, arm.elbow, arm.wrist))
        if profile and abs(body.pose.twist) < FACES_AHEAD:
            lean = from_vertical(arm.shoulder, arm.elbow) + chest_lean(body.pose)
            yield from _beyond(f"{side}_arm.shoulder", _turn(lean))


def _beyond(name: str, value: float, most: float | None = None) -> Iterator[Strain]:
    low, high = limits(name)
    high = high if most is None else most
    over = max(low - value, value - high)
    if over > SLACK_DEG:
        yield Strain(StrainKind.JOINT, name, over)


def leg_angles(leg: Leg, trunk: float) -> tuple[float, float, float]:
    """Return hip, knee and ankle in degrees of a leg seen from the side, as it is solved."""
    thigh, shank = from_vertical(leg.hip, leg.knee), from_vertical(leg.knee, leg.ankle)
    return _turn(thigh + trunk), _turn(thigh - shank), _turn(leg.pitch - shank)


def from_vertical(a: Point, b: Point) -> float:
    """Return by how many degrees a bone swings ahead of hanging down."""
    return math.degrees(math.atan2(b[0] - a[0], a[1] - b[1]))


def bend(a: Point, b: Point, c: Point) -> float:
    """Return the bend at `b` in space in degrees, 0 for a straight limb."""
    u = [q - p for p, q in zip(a, b, strict=True)]
    v = [q - p for p, q in zip(b, c, strict=True)]
    size = math.hypot(*u) * math.hypot(*v) or 1.0
    cosine = sum(p * q for p, q in zip(u, v, strict=True)) / size
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def _turn(degrees: float) -> float:
    return (degrees + 180.0) % 360.0 - 180.0


def _sides(body: Body) -> tuple[tuple[str, Leg, Arm], ...]:
    return (
        ("working", body.working_leg, body.working_arm),
        ("other", body.other_leg, body.other_arm),
    )


# -- what is touched


def _missed(figure: Figure, body: Body) -> Iterator[Strain]:
    for pin in figure.pins:
        gap = miss(figure, body, pin)
        if gap > (ON if pin.limb.is_foot else HAND_ON):
            yield Strain(StrainKind.PIN, pin.limb.value, gap)


def miss(figure: Figure, body: Body, pin: Pin) -> float:
    """Return how far a pinned hand or foot is from where it belongs; share of height.

    A hand that is not at what it touches just now misses nothing.
    """
    pose, working = body.pose, pin.limb.is_working
    if pin.limb.is_foot:
        leg = body.leg(pin.limb)
        if pin.contact is Contact.ANKLE:
            return math.dist(
                leg.ankle, resting_ankle(body.other_leg if working else body.working_leg)
            )
        ankle, _ = pinned_ankle(pin, pose.working_leg if working else pose.other_leg, pose.trunk)
        return math.dist(leg.ankle[:2], ankle[:2])
    arm_pose = pose.working_arm if working else pose.other_arm
    if arm_pose.touch < 1.0 or pin.contact is Contact.FOREARM:
        return 0.0
    arm = body.working_arm if working else body.other_arm
    torso = Torso(body.pelvis, body.neck, body.frame)
    legs = {True: body.working_leg, False: body.other_leg}
    wrist, _ = pinned_wrist(figure, pose, pin, torso, arm.shoulder, legs)
    return math.dist(arm.wrist, wrist)


# -- floor and wall


def _in_floor(figure: Figure, body: Body) -> Iterator[Strain]:
    if figure.view is View.ABOVE:
        return
    on_step = {pin.limb for pin in figure.pins if pin.limb.is_foot}
    for side, leg, arm in _sides(body):
        foot = min(leg.heel[1], leg.ball[1], leg.toe[1])
        if Limb(f"{side}_foot") not in on_step or foot < 0.0:
            yield from _below(f"{side}_foot", foot)
        yield from _below(f"{side}_knee", leg.knee[1])
        yield from _below(f"{side}_elbow", arm.elbow[1])
        yield from _below(f"{side}_hand", min(arm.wrist[1], palm(arm)[1]))
    yield from _below(Handle.HIPS.value, body.pelvis[1])
    yield from _below(Handle.SHOULDERS.value, body.neck[1])


def _below(where: str, height: float) -> Iterator[Strain]:
    if height < -ON:
        yield Strain(StrainKind.FLOOR, where, -height)


def _in_wall(figure: Figure, body: Body) -> Iterator[Strain]:
    face = wall_face(figure)
    if face is None or not figure.view.in_profile:
        return
    for side, leg, arm in _sides(body):
        points = {"foot": leg.toe, "knee": leg.knee, "elbow": arm.elbow, "hand": palm(arm)}
        for part, point in points.items():
            over = point[0] - face - IN_WALL
            if over > 0.0:
                yield Strain(StrainKind.WALL, f"{side}_{part}", over)
    over = head_place(body)[0] - face
    if over > 0.0:
        yield Strain(StrainKind.WALL, Handle.HEAD.value, over)


# -- the runner himself


def _in_oneself(figure: Figure, body: Body) -> Iterator[Strain]:
    hip = (body.pelvis[0], body.pelvis[1])
    spine = [bent((0.0, TRUNK * (0.2 + 0.7 * i / 8)), hip, body.pose) for i in range(9)]
    head = head_place(body)
    for where, point in _ends(body):
        if abs(point[2] - body.pelvis[2]) < WAIST:
            deep = CORE - min(math.dist(point[:2], spot) for spot in spine)
            if deep > 0.0:
                yield Strain(StrainKind.TRUNK, where, deep)
        if figure.view.in_profile:
            deep = SKULL - math.dist(point, (*head, body.neck[2]))
            if deep > 0.0:
                yield Strain(StrainKind.HEAD, where, deep)


def _ends(body: Body) -> Iterator[tuple[str, Point]]:
    for side, leg, arm in _sides(body):
        tip = [w + 0.9 * HAND * h for w, h in zip(arm.wrist, arm.hand, strict=True)]
        yield f"{side}_elbow", arm.elbow
        yield f"{side}_hand", arm.wrist
        yield f"{side}_hand", (tip[0], tip[1], tip[2])
        yield f"{side}_knee", leg.knee
        yield f"{side}_foot", leg.ankle
        yield f"{side}_foot", leg.toe


def _jumps(body: Body, before: Body, passed_s: float) -> Iterator[Strain]:
    most = FASTEST * passed_s + ON
    pairs = [
        (Handle.HIPS.value, body.pelvis, before.pelvis),
        (Handle.SHOULDERS.value, body.neck, before.neck),
    ]
    for (side, leg, arm), (_, old_leg, old_arm) in zip(_sides(body), _sides(before), strict=True):
        pairs += [
            (f"{side}_knee", leg.knee, old_leg.knee),
            (f"{side}_foot", leg.ankle, old_leg.ankle),
            (f"{side}_elbow", arm.elbow, old_arm.elbow),
            (f"{side}_hand", arm.wrist, old_arm.wrist),
        ]
    for where, now, then in pairs:
        over = math.dist(now, then) - most
        if over > 0.0:
            yield Strain(StrainKind.JUMP, where, over)
