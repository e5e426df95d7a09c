"""The runner seen from the side, as shapes from back to front."""

import math
from dataclasses import replace

from uncramp.figure import parts_bare_foot, props, skeleton
from uncramp.figure import parts_side as parts
from uncramp.figure.animation import QUIET_BREATH
from uncramp.figure.display import Glow, Item, Shape
from uncramp.figure.kinematics import Body
from uncramp.figure.outline import Outline, Spot, blended, capsule, place
from uncramp.figure.parts_front import OPEN_HANDS
from uncramp.figure.scenery import ball_items
from uncramp.figure.skeleton import ANKLE_HEIGHT, TRUNK, Arm, Leg, Point
from uncramp.figure.spine import bent, chest_lean
from uncramp.model.figure import Contact, Figure, Limb, Muscle, Pose, Scenery, Touch

NECK_BASE = (-0.006, 0.292)
"""Where the neck leaves the trunk; ahead of and above the hip joint."""
NECK_LENGTH = 0.112
"""Neck base to the middle of the head."""

HEAD_FREE, HEAD_FULL = 12.0, 64.0
"""Degrees of trunk twist up to which the face stays ahead, and at which it is fully turned."""
CHEST_MIDDLE, CHEST_REACH = 0.170, 0.150
"""Where along the trunk a breath is seen most, and how far up and down of there."""
CHEST_FORWARD, CHEST_BACK = 0.011, 0.003
"""How far chest and back move out with a full breath."""
BELLY = 0.105
"""Middle of the abdominal muscles along the trunk."""
SOLE_SEEN = 0.3
"""From which share on a sole that looks at the viewer is drawn from below."""
BELLY_REACH, BELLY_FORWARD = 0.080, 0.016
"""How far up and down of there a deep breath lifts the belly, and how far forward."""
END_ON = 0.6
"""A shank that looks shorter than this share of itself points at the viewer."""
_ON_SKIN = frozenset({Touch.LEG, Touch.HAMSTRING, Touch.CALF, Touch.TOES})
EDGE = 0.0045
"""How far the shade of an arm stands out beside it."""
OVERHEAD, SHOULDER_CAP = 110.0, 0.043
"""From which flexion on the shirt follows a raised arm, and half its width there."""
YOKE = 0.033
"""Radius of the shirt over a shoulder."""
FLANK = 0.150
"""How far up the trunk the flanks begin that go to the shoulders."""

Frame2 = tuple[Spot, Spot, Spot]
"""Origin and two axes on the picture."""
Spots = dict[Muscle, tuple[Frame2, float, float, float, float]]
"""Where a muscle glows: a limb's frame, place along and across it, radii along and across."""
FAINTEST = 0.03
"""Share of a full glow below which there is none."""


def body_items(figure: Figure, body: Body) -> list[Item]:
    """Return the shapes of the runner, farthest first."""
    hands = {pin.limb: pin.contact for pin in figure.pins if not pin.limb.is_foot}
    both, pose = figure.glow_both, body.pose
    return [
        *_arm_items(body.other_arm, "far", hands.get(Limb.OTHER_HAND), figure),
        *_leg_items(figure, body.other_leg, "far"),
        *(_leg_glows(figure, body.other_leg, pose, pose.other_leg.effort) if both else ()),
        *props.behind_near_leg(figure, body),
        *_trunk_items(body),
        shape("skin_shade", _head_frames(body)[0], parts.NECK),
        *ball_items(figure, body.pose.working_leg.shift),
        *_leg_items(figure, body.working_leg, "near"),
        *_leg_glows(figure, body.working_leg, pose, pose.working_leg.effort),
        *_crossed_foot(figure, body),
        *props.around_near_leg(figure, body),
        *_shirt_items(figure, body),
        *_head_items(body),
        *props.in_near_hand(figure, body),
        *_arm_items(body.working_arm, "near", hands.get(Limb.WORKING_HAND), figure),
    ]


def limb_frame(a: Point, b: Point, length: float) -> Frame2:
    """Return the frame of a bone of `length`, foreshortened as it appears; its front is +y."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    size = math.hypot(dx, dy) or 1e-9
    return (a[0], a[1]), (dx / length, dy / length), (-dy / size, dx / size)


def turned_frame(origin: Spot, angle: float) -> Frame2:
    """Return a frame turned by `angle` degrees, anticlockwise."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return origin, (c, s), (-s, c)


def shape(role: str, frame: Frame2, *outlines: Outline) -> Shape:
    """Return outlines of one colour placed in a frame."""
    return Shape(role, tuple(place(outline, *frame) for outline in outlines))


def glow(frame: Frame2, along: float, across: float, rx: float, ry: float) -> Glow:
    """Return a glow with its long axis along a limb; place and radii in the limb's frame."""
    (ox, oy), (ux, uy), (vx, vy) = frame
    x, y = ox + along * ux + across * vx, oy + along * uy + across * vy
    return Glow("glow", x, y, rx * math.hypot(ux, uy), ry, math.degrees(math.atan2(uy, ux)))


def _leg_items(figure: Figure, leg: Leg, tone: str) -> list[Item]:
    thigh = limb_frame(leg.hip, leg.knee, skeleton.THIGH)
    shank = limb_frame(leg.knee, leg.ankle, skeleton.SHANK)
    ankle = (leg.ankle[0], leg.ankle[1])
    foot = turned_frame(ankle, leg.pitch)
    ball = (leg.ball[0], leg.ball[1])
    toes = turned_frame(ball, leg.toe_pitch)
    # Where the toes bend, the rounder part is the one that lies: it may not roll into the floor.
    foot_end = turned_frame(ball, min(leg.pitch, leg.toe_pitch, key=abs))
    shorts = shape(f"shorts_{tone}", thigh, parts.SHORTS_LEG)
    lower = place(parts.SHANK, *shank)
    if math.hypot(*shank[1]) < END_ON:
        lower = place(parts.END_ON_SHANK, *shank)
    skin = (place(parts.THIGH, *thigh), lower)
    if _shows_sole(leg):
        return [_edge((lower,)), Shape(f"skin_{tone}", skin), shorts]
    if figure.barefoot:
        bare = (
            place(parts.ANKLE, *foot),
            place(parts_bare_foot.FOOT, *foot),
            place(parts_bare_foot.TOES, *toes),
        )
        crossed = leg.turned is not None
        return [
            *([_edge((*skin[1:], *bare))] if crossed else []),
            Shape(f"skin_{tone}", (*skin, *bare)),
            shape("skin_shade", foot, parts_bare_foot.ANKLE_BONE),
            shorts,
        ]
    return [
        Shape(f"skin_{tone}", skin),
        Shape(f"sock_{tone}", (place(parts.SOCK, *shank), place(parts.ANKLE, *foot))),
        Shape(
            f"shoe_{tone}",
            (
                place(parts.SHOE, *foot),
                place(parts.BALL_JOINT, *foot_end),
                place(parts.TOE, *toes),
            ),
        ),
        Shape(
            f"sole_{tone}",
            (
                place(parts.SOLE, *foot),
                place(parts.SOLE_JOINT, *foot_end),
                place(parts.SOLE_TOE, *toes),
            ),
        ),
        shape(f"stripe_{tone}", foot, parts.STRIPE),
        shorts,
    ]


def _shows_sole(leg: Leg) -> bool:
    return leg.turned is not None and leg.turned[1][2] > SOLE_SEEN


def _crossed_foot(figure: Figure, body: Body) -> list[Item]:
    """Return the foot that lies across the near thigh, its sole toward the viewer."""
    leg = body.other_leg
    if leg.turned is None or not _shows_sole(leg):
        return []
    (fx, fy, fz), (nx, ny, nz) = leg.turned
    # The big toe is on the side that lies above: the leg is crossed with its outside down.
    across = (ny * fz - nz * fy, nz * fx - nx * fz)
    if across[1] < 0.0:
        across = (-across[0], -across[1])
    origin = (leg.ankle[0] + ANKLE_HEIGHT * nx, leg.ankle[1] + ANKLE_HEIGHT * ny)
    frame = (origin, (fx, fy), across)
    tx, ty, _ = leg.toe_direction
    toes = parts_bare_foot.toes_below(origin, (fx, fy), across, (tx, ty))
    sole = place(parts_bare_foot.SOLE, *frame)
    heel = capsule((leg.ankle[0], leg.ankle[1]), origin, 0.022)
    items: list[Item] = [
        _edge((heel, sole, *toes)),
        Shape("skin_near", (*toes,)),
        shape("skin_shade", frame, parts_bare_foot.SOLE),
        Shape("skin_near", (heel, place(parts_bare_foot.SOLE, *frame))),
        shape("skin_shade", frame, parts_bare_foot.SOLE_CREASE),
    ]
    if Muscle.PLANTAR in figure.glow:
        strength = body.pose.effort * body.pose.other_leg.effort
        items.append(replace(glow(frame, 0.030, 0.0, 0.056, 0.0165), opacity=strength))
    return items


def _trunk_frame(body: Body) -> Frame2:
    return turned_frame((body.pelvis[0], body.pelvis[1]), -body.pose.trunk)


def _chest_frame(body: Body) -> Frame2:
    """Return the frame of the chest, its origin where the hip were if the back were straight."""
    up = body.frame.up
    return turned_frame(
        (body.neck[0] - TRUNK * up[0], body.neck[1] - TRUNK * up[1]), -chest_lean(body.pose)
    )


def _trunk_items(body: Body) -> list[Item]:
    hip = (body.pelvis[0], body.pelvis[1])
    return [Shape("shorts_near", (bent(parts.PELVIS, hip, body.pose),))]


def _shirt_items(figure: Figure, body: Body) -> list[Item]:
    hip = (body.pelvis[0], body.pelvis[1])
    shirt = _filled(_widened(parts.SHIRT, body.pose.twist), body.pose.breath)
    outlines = [bent(shirt, hip, body.pose)]
    outlines += _raised_shoulders(body)
    if abs(body.pose.twist) > HEAD_FREE:
        for arm in (body.working_arm, body.other_arm):
            outlines += [_yoke(body, arm), _flank(body, arm)]
    items: list[Item] = [Shape("shirt_near", tuple(outlines))]
    if Muscle.ABDOMINALS in figure.glow:
        (x, y), ahead, up = _belly_frame(body)
        frame = ((x, y), up, (-ahead[0], -ahead[1]))
        items += lit(
            figure, body.pose, 1.0, {Muscle.ABDOMINALS: (frame, 0.0, -0.022, 0.085, 0.027)}
        )
    if Muscle.OBLIQUES in figure.glow:
        (x, y), _, up = _trunk_frame(body)
        frame = ((x, y), up, (-up[1], up[0]))
        items += lit(figure, body.pose, 1.0, {Muscle.OBLIQUES: (frame, 0.125, 0.0, 0.07, 0.034)})
    return items


def _belly_frame(body: Body) -> Frame2:
    """Return the frame of the waist: its origin in the middle of the trunk, half bent."""
    pose = body.pose
    middle = bent((0.0, BELLY), (body.pelvis[0], body.pelvis[1]), pose)
    return turned_frame((middle[0], middle[1]), -pose.trunk - 0.5 * pose.bend)


def _raised_shoulders(body: Body) -> list[Outline]:
    """Return the shirt between chest and sleeve of arms that go overhead."""
    outlines = []
    for arm, pose in (
        (body.working_arm, body.pose.working_arm),
        (body.other_arm, body.pose.other_arm),
    ):
        share = max(0.0, min(1.0, (pose.shoulder - OVERHEAD) / 40.0))
        if share > 0.0:
            chest = bent((0.004, 0.225), (body.pelvis[0], body.pelvis[1]), body.pose)
            shoulder = (arm.shoulder[0], arm.shoulder[1])
            outlines.append(capsule((chest[0], chest[1]), shoulder, SHOULDER_CAP * share))
    return outlines


def _yoke(body: Body, arm: Arm) -> Outline:
    """Return the shirt over one shoulder of a twisted trunk: it slopes down from the neck."""
    up = body.frame.up
    x, y = arm.shoulder[0], arm.shoulder[1]
    top = (body.neck[0] + 0.002 * up[0], body.neck[1] + 0.002 * up[1])
    return capsule(top, (x - 0.012 * up[0], y - 0.012 * up[1]), YOKE)


def _flank(body: Body, arm: Arm) -> Outline:
    """Return the shirt from one shoulder of a twisted trunk down to the waist."""
    up = body.frame.up
    waist = bent((0.0, FLANK), (body.pelvis[0], body.pelvis[1]), body.pose)
    x, y = arm.shoulder[0], arm.shoulder[1]
    return capsule((x - 0.014 * up[0], y - 0.014 * up[1]), (waist[0], waist[1]), YOKE)


def _widened(outline: Outline, twist: float) -> Outline:
    """Return the trunk's contour as a twist shows it: wider toward the shoulders."""
    if abs(twist) < 0.5:
        return outline
    depth, breadth = 0.064, 0.112
    c, s = math.cos(math.radians(twist)), math.sin(math.radians(twist))
    wide = math.hypot(depth * c, breadth * s) / depth - 1.0
    flat: list[float] = []
    for x, y in zip(outline[::2], outline[1::2], strict=True):
        share = max(0.0, min(1.0, (y - 0.03) / 0.2)) * max(0.0, min(1.0, (0.33 - y) / 0.07))
        flat += [x * (1.0 + wide * share), y]
    return tuple(flat)


def _filled(outline: Outline, breath: float) -> Outline:
    """Return the trunk's contour with the chest and belly come forward by a breath."""
    if breath <= 0.0:
        return outline
    flat: list[float] = []
    deep = max(0.0, breath - QUIET_BREATH) / (1.0 - QUIET_BREATH)
    for x, y in zip(outline[::2], outline[1::2], strict=True):
        chest = max(0.0, 1.0 - ((y - CHEST_MIDDLE) / CHEST_REACH) ** 2)
        belly = max(0.0, 1.0 - ((y - BELLY) / BELLY_REACH) ** 2)
        ahead = CHEST_FORWARD * breath * chest + BELLY_FORWARD * deep * belly
        flat += [x + ahead if x > 0.0 else x - CHEST_BACK * breath * chest, y]
    return tuple(flat)


def _head_frames(body: Body) -> tuple[Frame2, Frame2]:
    """Return the frames of the neck (one unit long) and of the head."""
    pose = body.pose
    (px, py), (fx, fy), (ux, uy) = _chest_frame(body)
    ahead, above = NECK_BASE
    base = (px + ahead * fx + above * ux, py + ahead * fy + above * uy)
    bend = math.radians(0.5 * chest_lean(pose) + 0.5 * pose.head + pose.neck)
    centre = (
        base[0] + NECK_LENGTH * math.sin(bend) + 0.010 * math.cos(bend),
        base[1] + NECK_LENGTH * math.cos(bend) - 0.010 * math.sin(bend),
    )
    head = turned_frame(centre, -pose.head)
    hx, hy = head[1]
    skull = (centre[0] - 0.012 * hx + 0.036 * hy, centre[1] - 0.012 * hy - 0.036 * hx)
    dx, dy = skull[0] - base[0], skull[1] - base[1]
    size = math.hypot(dx, dy)
    return (base, (dx, dy), (-dy / size, dx / size)), head


def head_frame(body: Body) -> Frame2:
    """Return the middle of the head and its directions forward and up."""
    return _head_frames(body)[1]


def head_place(body: Body) -> Spot:
    """Return where the middle of the head is."""
    return _head_frames(body)[1][0]


def _head_items(body: Body) -> list[Item]:
    _, head = _head_frames(body)
    twist = body.pose.twist
    turn = max(0.0, min(1.0, (abs(twist) - HEAD_FREE) / (HEAD_FULL - HEAD_FREE)))
    side = 1 if twist >= 0.0 else -1
    face, hair, brow, eye, ear = (
        a if turn == 0.0 else blended(a, b, turn) for a, b in parts.TURNED[side]
    )
    dark = [hair, brow, eye]
    items: list[Item] = [shape("skin_near", head, face)]
    if turn == 0.0:
        items.insert(0, shape("collar", _chest_frame(body), parts.COLLAR))
    if side > 0 and turn > 0.0:
        dark += [parts.FAR_EYE, parts.FAR_BROW] if turn > 0.4 else []
        items.append(shape("skin_shade", head, parts.NOSE_TOWARD, parts.MOUTH_TOWARD))
        items[-1] = replace(items[-1], opacity=round(turn, 1))
    return [*items, shape("hair", head, *dark), shape("skin_shade", head, ear)]


def _arm_items(arm: Arm, tone: str, contact: Contact | None, figure: Figure) -> list[Item]:
    upper = limb_frame(arm.shoulder, arm.elbow, skeleton.UPPER_ARM)
    fore = limb_frame(arm.elbow, arm.wrist, skeleton.FOREARM)
    tip = tuple(w + skeleton.HAND * h for w, h in zip(arm.wrist, arm.hand, strict=True))
    hand = limb_frame(arm.wrist, (tip[0], tip[1], tip[2]), skeleton.HAND)
    skin = (
        place(parts.UPPER_ARM, *upper),
        place(parts.FOREARM, *fore),
        *(place(outline, *hand) for outline in _hand(arm, contact, figure)),
    )
    items: list[Item] = [Shape(f"skin_{tone}", skin), shape(f"shirt_{tone}", upper, parts.SLEEVE)]
    if tone == "near" and _hand(arm, contact, figure)[0] is parts.FIST:
        items.insert(1, shape("skin_shade", hand, parts.FIST_CREASE))
    if tone == "near" and _hand(arm, contact, figure)[0] is parts.HAND:
        items.insert(1, shape("skin_shade", hand, *parts.FINGER_LINES))
    if tone == "near" and any(pin.touch in _ON_SKIN for pin in figure.pins):
        items.insert(0, _edge(skin[1:]))
    if Muscle.SHOULDERS in figure.glow:
        items.append(glow(upper, 0.03, 0.0, 0.06, 0.034))
    return items


def _hand(arm: Arm, contact: Contact | None, figure: Figure) -> tuple[Outline, ...]:
    if contact is Contact.PALM and any(item.kind is Scenery.WALL_BESIDE for item in figure.scenery):
        return OPEN_HANDS[1]
    if contact in (Contact.PALM, Contact.FOREARM) and (arm.hand[1] > 0.9 or arm.hand[0] > 0.99):
        return parts.PALM, parts.PALM_THUMB
    if contact is Contact.GRIP:
        return parts.FIST, parts.FIST_THUMB
    if contact is None and _bent(arm):
        return parts.FIST, parts.FIST_THUMB
    return parts.HAND, parts.THUMB


def _edge(skin: tuple[Outline, ...]) -> Shape:
    """Return the shade around a limb that crosses another one: the two must not become one."""
    return Shape(
        "skin_shade",
        tuple(
            place(outline, (dx, -EDGE / 2.0), (1.0, 0.0), (0.0, 1.0))
            for outline in skin
            for dx in (-EDGE, EDGE)
        ),
    )


def _bent(arm: Arm) -> bool:
    """Return whether the elbow is bent as in running, where the hand closes loosely."""
    distance = math.dist(arm.shoulder, arm.wrist)
    return distance < 0.27


def _leg_glows(figure: Figure, leg: Leg, pose: Pose, effort: float) -> list[Item]:
    thigh = limb_frame(leg.hip, leg.knee, skeleton.THIGH)
    shank = limb_frame(leg.knee, leg.ankle, skeleton.SHANK)
    foot = turned_frame((leg.ankle[0], leg.ankle[1]), leg.pitch)
    spots: Spots = {
        Muscle.PLANTAR: (foot, 0.028, -0.0235, 0.052, 0.0105),
        Muscle.GASTROCNEMIUS: (shank, 0.092, -0.012, 0.088, 0.030),
        Muscle.SOLEUS: (shank, 0.150, -0.004, 0.066, 0.022),
        Muscle.HAMSTRINGS: (thigh, 0.112, -0.016, 0.095, 0.028),
        Muscle.QUADRICEPS: (thigh, 0.112, 0.014, 0.095, 0.028),
        Muscle.HIP_FLEXORS: (thigh, 0.046, 0.024, 0.060, 0.027),
        Muscle.GLUTES: (thigh, 0.005, -0.036, 0.042, 0.030),
    }
    if _shows_sole(leg):
        del spots[Muscle.PLANTAR]
    return lit(figure, pose, effort, spots)


def lit(figure: Figure, pose: Pose, effort: float, spots: Spots) -> list[Item]:
    """Return a glow at each spot whose muscle is shown, as strong as it works."""
    return [
        replace(glow(*spots[muscle]), opacity=round(strength * effort, 3))
        for muscle, strength in zip(figure.glow, glow_strengths(figure, pose), strict=True)
        if muscle in spots and strength * effort >= FAINTEST
    ]


def glow_strengths(figure: Figure, pose: Pose) -> list[float]:
    """Return how strongly each muscle glows: `focus` goes from the first to the last of them."""
    count, focus = len(figure.glow), pose.focus
    return [
        pose.effort * (1.0 - max(0.0, focus if i < count - 1 else 0.0, -focus if i > 0 else 0.0))
        for i in range(count)
    ]
