"""The runner seen from the front or from behind, as shapes from back to front."""

import math

from uncramp.figure import parts_front as parts
from uncramp.figure import skeleton
from uncramp.figure.body_side import (
    Frame2,
    Spots,
    glow,
    limb_frame,
    lit,
    shape,
    turned_frame,
)
from uncramp.figure.display import Item, Shape
from uncramp.figure.kinematics import Body
from uncramp.figure.outline import Outline, Spot, place
from uncramp.figure.skeleton import ANKLE_HEIGHT, Arm, Leg, Point
from uncramp.model.figure import Contact, Figure, Limb, Muscle, Pose, View

NECK_TOP = 0.405
"""Hip joints to the middle of the head, along the trunk."""


def body_items(figure: Figure, body: Body) -> list[Item]:
    """Return the shapes of the runner, farthest first."""
    behind = figure.view is View.BACK
    legs = sorted(
        ((body.working_leg, True), (body.other_leg, False)),
        key=lambda pair: pair[0].knee[0],
        reverse=behind,
    )
    trunk = _trunk_frame(body, behind)
    lower: list[Item] = []
    for place_behind, (leg, working) in zip((True, False), legs, strict=True):
        lower += _leg_items(figure, leg, working, behind, shaded=place_behind)
    pelvis = [shape("shorts_near", trunk, parts.PELVIS)]
    glows = [
        item
        for leg, working in legs
        if working or figure.glow_both
        for item in _leg_glows(figure, leg, working, body.pose)
    ]
    arms = [
        *_arm_items(figure, body.other_arm, False, behind),
        *_arm_items(figure, body.working_arm, True, behind),
    ]
    neck = shape("skin_shade", _neck_frame(trunk), parts.NECK)
    if behind:
        shirt = shape("shirt_near", trunk, parts.SHIRT_BACK)
        return [*arms, *lower, *pelvis, *glows, neck, shirt, *_back_of_head(trunk)]
    shirt = shape("shirt_near", trunk, parts.SHIRT)
    return [*lower, *pelvis, *glows, neck, shirt, *_face(trunk), *arms]


def on_picture(point: Point, behind: bool) -> Point:
    """Return a joint as the camera sees it: x to the right, y up."""
    return (point[2], point[1], 0.0) if behind else (-point[2], point[1], 0.0)


def _trunk_frame(body: Body, behind: bool) -> Frame2:
    x, y, _ = on_picture(body.pelvis, behind)
    nx, ny, _ = on_picture(body.neck, behind)
    up = ((nx - x) / skeleton.TRUNK, (ny - y) / skeleton.TRUNK)
    size = math.hypot(*up) or 1.0  # a trunk that points at the viewer has no length
    return (x, y), (up[1] / size, -up[0] / size), up


def _neck_frame(trunk: Frame2) -> Frame2:
    return _moved(trunk, 0.300)


def _moved(trunk: Frame2, above: float) -> Frame2:
    (x, y), right, up = trunk
    return (x + above * up[0], y + above * up[1]), right, up


def _is_right(working: bool, behind: bool) -> int:
    """Return 0 when the limb is on the right half of the picture, 1 when on the left."""
    return 0 if working == behind else 1


def _leg_items(
    figure: Figure, leg: Leg, working: bool, behind: bool, *, shaded: bool
) -> list[Item]:
    half = _is_right(working, behind)
    hip, knee, ankle = (on_picture(p, behind) for p in (leg.hip, leg.knee, leg.ankle))
    thigh = limb_frame(hip, knee, skeleton.THIGH)
    shank = limb_frame(knee, ankle, skeleton.SHANK)
    skin = (
        place(parts.LIMBS["thigh"][half], *thigh),
        place(parts.LIMBS["shank"][half], *shank),
    )
    shorts = (place(parts.LIMBS["shorts"][half], *thigh),)
    shade = _crossing(hip, ankle, half) if shaded else 0.0
    foot = _foot_frame(leg, shank, (ankle[0], ankle[1]), figure, working)
    items: list[Item] = [Shape("skin_near", skin)]
    if shade:
        items.append(Shape("skin_far", skin, shade))
    items.append(shape("sock_near", shank, parts.LIMBS["sock"][half]))
    if behind:
        items += [
            shape("shoe_near", foot, parts.SHOE_BACK),
            shape("sole_near", foot, parts.SOLE_BACK),
            shape("stripe_near", foot, parts.HEEL_TAB),
        ]
    else:
        items += [
            shape("shoe_near", foot, parts.SHOE),
            shape("sole_near", foot, parts.SOLE),
            shape("stripe_near", foot, parts.LACES),
        ]
    items.append(Shape("shorts_near", shorts))
    if shade:
        items.append(Shape("shorts_far", shorts, shade))
    return items


def _crossing(hip: Point, ankle: Point, half: int) -> float:
    """Return how far a leg has crossed behind the other one, 0 to 1 in steps of 0.05."""
    outward = 1.0 if half == 0 else -1.0
    across = outward * (hip[0] - ankle[0]) / (2.0 * skeleton.HIP_HALF)
    return round(max(0.0, min(1.0, across)) * 20.0) / 20.0


def _foot_frame(leg: Leg, shank: Frame2, ankle: Spot, figure: Figure, working: bool) -> Frame2:
    """Return the foot's frame: upright on the floor, turned with the shank in the air."""
    low = min(leg.heel[1], leg.ball[1])
    pinned = any(
        pin.limb is (Limb.WORKING_FOOT if working else Limb.OTHER_FOOT) for pin in figure.pins
    )
    free = 0.0 if pinned else max(0.0, min(1.0, low / 0.06))
    down = shank[1]
    lean = math.degrees(math.atan2(down[0], -down[1]))
    _, right, up = turned_frame(ankle, lean * free)
    drop = (leg.ankle[1] - low) / ANKLE_HEIGHT
    # A foot on its ball or in the air shows more of its length below the ankle.
    return ankle, right, (up[0] * drop, up[1] * drop)


def _arm_items(figure: Figure, arm: Arm, working: bool, behind: bool) -> list[Item]:
    half = _is_right(working, behind)
    shoulder, elbow, wrist = (on_picture(p, behind) for p in (arm.shoulder, arm.elbow, arm.wrist))
    upper = limb_frame(shoulder, elbow, skeleton.UPPER_ARM)
    fore = limb_frame(elbow, wrist, skeleton.FOREARM)
    tip = tuple(w + skeleton.HAND * h for w, h in zip(arm.wrist, arm.hand, strict=True))
    hand = limb_frame(wrist, on_picture((tip[0], tip[1], tip[2]), behind), skeleton.HAND)
    limb = Limb.WORKING_HAND if working else Limb.OTHER_HAND
    flat = any(pin.limb is limb and pin.contact is Contact.PALM for pin in figure.pins)
    outlines: tuple[Outline, ...] = (
        parts.OPEN_HANDS[1 - half]
        if flat
        else (parts.LIMBS["hand"][half], parts.LIMBS["thumb"][half])
    )
    items: list[Item] = [
        Shape(
            "skin_near",
            (
                place(parts.LIMBS["upper_arm"][half], *upper),
                place(parts.LIMBS["forearm"][half], *fore),
                *(place(outline, *hand) for outline in outlines),
            ),
        ),
        shape("shirt_near", upper, parts.LIMBS["sleeve"][half]),
    ]
    if Muscle.SHOULDERS in figure.glow:
        items.append(glow(upper, 0.020, 0.0, 0.050, 0.030))
    return items


def _face(trunk: Frame2) -> list[Item]:
    head = _moved(trunk, NECK_TOP)
    return [
        shape("collar", trunk, _COLLAR),
        shape("skin_shade", head, *parts.EARS),
        shape("skin_near", head, parts.FACE),
        shape("skin_shade", head, parts.NOSE),
        shape("skin_far", head, parts.MOUTH),
        shape("hair", head, parts.HAIR, *parts.EYES, *parts.BROWS),
    ]


def _back_of_head(trunk: Frame2) -> list[Item]:
    head = _moved(trunk, NECK_TOP)
    return [
        shape("skin_near", head, *parts.EARS, parts.FACE),
        shape("hair", head, parts.HAIR_BACK),
    ]


def _leg_glows(figure: Figure, leg: Leg, working: bool, pose: Pose) -> list[Item]:
    behind = figure.view is View.BACK
    out = 1.0 if _is_right(working, behind) == 0 else -1.0
    hip, knee, ankle = (on_picture(p, behind) for p in (leg.hip, leg.knee, leg.ankle))
    thigh = limb_frame(hip, knee, skeleton.THIGH)
    shank = limb_frame(knee, ankle, skeleton.SHANK)
    spots: Spots = {
        Muscle.GASTROCNEMIUS: (shank, 0.090, 0.0, 0.080, 0.028),
        Muscle.SOLEUS: (shank, 0.150, 0.0, 0.066, 0.019),
        Muscle.ADDUCTORS: (thigh, 0.100, -0.020 * out, 0.085, 0.024),
        Muscle.ABDUCTORS: (thigh, 0.040, 0.012 * out, 0.052, 0.024),
        Muscle.HAMSTRINGS: (thigh, 0.120, 0.0, 0.095, 0.032),
        Muscle.QUADRICEPS: (thigh, 0.120, 0.0, 0.095, 0.032),
        Muscle.HIP_FLEXORS: (thigh, 0.030, 0.0, 0.055, 0.026),
        Muscle.GLUTES: (thigh, 0.000, -0.005 * out, 0.044, 0.036),
    }
    effort = pose.working_leg.effort if working else pose.other_leg.effort
    return lit(figure, pose, effort, spots)


_COLLAR = (
    -0.0360, 0.3260,
    -0.0340, 0.3290, -0.0320, 0.3310, -0.0310, 0.3320,
    -0.0270, 0.3180, -0.0150, 0.3120, 0.0000, 0.3110,
    0.0150, 0.3120, 0.0270, 0.3180, 0.0310, 0.3320,
    0.0320, 0.3310, 0.0340, 0.3290, 0.0360, 0.3260,
    0.0300, 0.3130, 0.0160, 0.3045, 0.0000, 0.3040,
    -0.0160, 0.3045, -0.0300, 0.3130, -0.0360, 0.3260,
)  # fmt: skip
