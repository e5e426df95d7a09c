"""What hands and feet touch, and the things around the runner: put there and taken away."""

from dataclasses import replace
from typing import Final

from uncramp.figure.contacts import GRIP_REACH, PALM_GAP, PALM_RISE
from uncramp.figure.joints import Handle, handle_spot, palm
from uncramp.figure.kinematics import settle
from uncramp.model.figure import (
    Contact,
    Figure,
    KeyFrame,
    Limb,
    Pin,
    Placement,
    Pose,
    Root,
    Scenery,
    Support,
    Touch,
)

FOOT_TOUCHES: Final = (
    (Touch.FLOOR, Contact.SOLE),
    (Touch.FLOOR, Contact.BALL),
    (Touch.FLOOR, Contact.HEEL),
    (Touch.SEAT, Contact.SOLE),
    (Touch.SEAT, Contact.HEEL),
    (Touch.STEP, Contact.BALL),
    (Touch.BALL, Contact.SOLE),
    (Touch.KNEE, Contact.ANKLE),
)
HAND_TOUCHES: Final = (
    (Touch.FLOOR, Contact.PALM),
    (Touch.WALL, Contact.PALM),
    (Touch.WALL, Contact.FINGERTIPS),
    (Touch.SEAT, Contact.PALM),
    (Touch.RAIL, Contact.GRIP),
    (Touch.HIP, Contact.PALM),
    (Touch.LOW_BACK, Contact.PALM),
    (Touch.CHEST, Contact.PALM),
    (Touch.BELLY, Contact.PALM),
    (Touch.THIGH, Contact.PALM),
    (Touch.KNEE, Contact.PALM),
    (Touch.SHIN, Contact.PALM),
    (Touch.CALF, Contact.PALM),
    (Touch.HAMSTRING, Contact.GRIP),
    (Touch.ANKLE, Contact.GRIP),
    (Touch.TOES, Contact.GRIP),
    (Touch.LEG, Contact.PALM),
    (Touch.TOWEL, Contact.GRIP),
    (Touch.HANDS, Contact.GRIP),
)
"""What a hand or foot can be given to touch, and with which part."""
NEEDS: Final = {
    Touch.WALL: (Scenery.WALL, Scenery.WALL_BESIDE),
    Touch.SEAT: (Scenery.CHAIR, Scenery.OWN_CHAIR),
    Touch.STEP: (Scenery.STEP,),
    Touch.RAIL: (Scenery.RAIL,),
    Touch.BALL: (Scenery.BALL,),
    Touch.TOWEL: (Scenery.TOWEL,),
}
"""Things without which something cannot be touched; the first one is put there."""
_USUAL: Final = {
    Scenery.WALL: Placement(Scenery.WALL, x=0.45),
    Scenery.WALL_BESIDE: Placement(Scenery.WALL_BESIDE),
    Scenery.CHAIR: Placement(Scenery.CHAIR, x=0.30, height=0.265, width=0.26),
    Scenery.OWN_CHAIR: Placement(Scenery.OWN_CHAIR, x=0.10, height=0.265, width=0.26),
    Scenery.MAT: Placement(Scenery.MAT, width=1.10),
    Scenery.BED: Placement(Scenery.BED, height=0.28, width=1.20),
    Scenery.PILLOW: Placement(Scenery.PILLOW, x=-0.5, height=0.06, width=0.20),
    Scenery.CUSHION: Placement(Scenery.CUSHION, x=0.3, height=0.10, width=0.16),
    Scenery.ROLLER: Placement(Scenery.ROLLER, x=0.3, height=0.086, limb=Limb.WORKING_FOOT),
    Scenery.TOWEL: Placement(Scenery.TOWEL, width=0.30, limb=Limb.WORKING_FOOT),
    Scenery.HEAT_PACK: Placement(Scenery.HEAT_PACK, limb=Limb.WORKING_FOOT),
    Scenery.COLD_PACK: Placement(Scenery.COLD_PACK, limb=Limb.WORKING_FOOT),
    Scenery.STEP: Placement(Scenery.STEP, x=0.06, height=0.10, width=0.20),
    Scenery.RAIL: Placement(Scenery.RAIL, x=0.0, height=0.52, width=0.50),
    Scenery.BALL: Placement(Scenery.BALL, x=0.20, width=0.04),
}
"""Sizes of shipped drawings, shares of height: a chair 47 cm high for somebody of 1.75 m."""
LYING_Y: Final = 0.069
"""How high the hip joint of somebody is who lies or sits on the ground."""


def with_thing(figure: Figure, kind: Scenery) -> Figure:
    """Return the figure with one more thing around the runner, if it is not there yet."""
    if any(item.kind is kind for item in figure.scenery):
        return figure
    return replace(figure, scenery=(*figure.scenery, _USUAL[kind]))


def without_thing(figure: Figure, kind: Scenery) -> Figure:
    """Return the figure without a thing, and without what touched it alone."""
    scenery = tuple(item for item in figure.scenery if item.kind is not kind)
    left = {item.kind for item in scenery}
    pins = tuple(pin for pin in figure.pins if pin.touch not in NEEDS or left & {*NEEDS[pin.touch]})
    return replace(figure, scenery=scenery, pins=pins)


def with_thing_at(figure: Figure, kind: Scenery, x: float) -> Figure:
    """Return the figure with a thing at another place; what touches a wall goes along."""
    scenery = tuple(replace(one, x=x) if one.kind is kind else one for one in figure.scenery)
    return replace(figure, scenery=scenery)


def touch_of(figure: Figure, limb: Limb) -> tuple[Touch, Contact] | None:
    """Return what a hand or foot is pinned to, and with which part, or None."""
    return next(((pin.touch, pin.contact) for pin in figure.pins if pin.limb is limb), None)


def with_touch(
    figure: Figure, pose: Pose, limb: Limb, wanted: tuple[Touch, Contact] | None
) -> Figure:
    """Return the figure whose hand or foot touches something else, or with None nothing.

    It touches where it is in `pose`, or as near to that as what is touched allows. What it needs
    for that is put beside the runner.
    """
    others = tuple(pin for pin in figure.pins if pin.limb is not limb)
    if wanted is None:
        return replace(figure, pins=others)
    touch, contact = wanted
    needed = NEEDS.get(touch, ())
    if needed and not any(item.kind in needed for item in figure.scenery):
        figure = _with_needed(figure, pose, limb, needed[0])
    pin = _placed(figure, pose, Pin(limb, touch, contact))
    order = list(Limb)
    pins = sorted((*others, pin), key=lambda one: order.index(one.limb))
    keys = tuple(_touching(key, limb) for key in figure.keys)
    return replace(figure, pins=tuple(pins), keys=keys)


def _with_needed(figure: Figure, pose: Pose, limb: Limb, kind: Scenery) -> Figure:
    """Put a thing where the hand or foot is."""
    body = settle(figure, pose)
    x, y = handle_spot(figure, body, Handle(limb.value))
    thing = _USUAL[kind]
    if kind is Scenery.WALL:
        arm = body.working_arm if limb.is_working else body.other_arm
        thing = replace(thing, x=round(arm.wrist[0] + PALM_GAP, 3))
    elif kind is Scenery.RAIL:
        thing = replace(thing, x=round(x - 0.10, 3), height=round(max(0.2, y - 0.058), 3))
    elif kind in {Scenery.CHAIR, Scenery.STEP}:
        thing = replace(thing, x=round(x - 0.04, 3))
    elif kind is Scenery.BALL:
        thing = replace(thing, x=round(x + 0.03, 3))
    return replace(figure, scenery=(*figure.scenery, thing))


def _placed(figure: Figure, pose: Pose, pin: Pin) -> Pin:
    """Return the pin where its hand or foot is just now."""
    body = settle(figure, pose)
    things = {item.kind: item for item in figure.scenery}
    if pin.limb.is_foot:
        x = round(body.leg(pin.limb).ankle[0], 3)
        if pin.touch is Touch.SEAT:
            seat = things.get(Scenery.CHAIR) or things[Scenery.OWN_CHAIR]
            return replace(pin, x=x, y=seat.height)
        if pin.touch is Touch.STEP:
            return replace(pin, x=things[Scenery.STEP].x - 0.06, y=things[Scenery.STEP].height)
        if pin.touch is Touch.BALL:
            return replace(pin, x=x, y=things[Scenery.BALL].width)
        return pin if pin.touch.is_body else replace(pin, x=x)
    arm = body.working_arm if pin.limb.is_working else body.other_arm
    x, _, _ = palm(arm)
    if pin.touch is Touch.WALL:
        y = min(1.2, max(0.1, arm.wrist[1] + PALM_RISE))
        along = round(x, 3) if Scenery.WALL_BESIDE in things else 0.0
        return replace(pin, x=along, y=round(y, 3))
    if pin.touch is Touch.RAIL:
        rail = things[Scenery.RAIL]
        x = min(rail.x + rail.width, max(rail.x, arm.wrist[0] + GRIP_REACH * arm.hand[0]))
        return replace(pin, x=round(x, 3), y=round(rail.height + 0.58 * (x - rail.x), 3))
    if pin.touch is Touch.SEAT:
        seat = things.get(Scenery.CHAIR) or things[Scenery.OWN_CHAIR]
        return replace(pin, x=round(seat.x + seat.width / 2.0, 3), y=seat.height)
    if pin.touch.is_body:
        return replace(pin, y=0.5, x=0.0)
    return replace(pin, x=round(x, 3))


def _touching(key: KeyFrame, limb: Limb) -> KeyFrame:
    """Return the key frame in which a hand or foot is at its new place."""
    pose = key.pose
    if limb.is_foot:
        name = "working_leg" if limb.is_working else "other_leg"
        return replace(key, pose=_with_leg(pose, name))
    name = "working_arm" if limb.is_working else "other_arm"
    arm = replace(getattr(pose, name), touch=1.0, shift=0.0, lift=0.0)
    return replace(
        key,
        pose=replace(pose, working_arm=arm) if limb.is_working else replace(pose, other_arm=arm),
    )


def _with_leg(pose: Pose, name: str) -> Pose:
    leg = replace(getattr(pose, name), shift=0.0, lift=0.0)
    if name == "working_leg":
        return replace(pose, working_leg=leg)
    return replace(pose, other_leg=leg)


def with_support(figure: Figure, support: Support | None) -> Figure:
    """Return the figure whose body is carried otherwise; None lets it stand on its feet."""
    if support is None:
        return replace(figure, root=None)
    if figure.root is not None:
        return replace(figure, root=replace(figure.root, support=support))
    return replace(figure, root=Root(support, y=LYING_Y))
