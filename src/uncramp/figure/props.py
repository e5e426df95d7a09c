"""Things that move with the body: roller, towel, warm and cold pack."""

import math

from uncramp.figure.bedding import bedding
from uncramp.figure.contacts import towel_loop
from uncramp.figure.display import Item, Shape
from uncramp.figure.kinematics import Body, roller_at
from uncramp.figure.outline import (
    Outline,
    Spot,
    capsule,
    ellipse,
    place,
    polygon,
    profile,
    smooth,
)
from uncramp.figure.skeleton import SHANK, Leg, Point
from uncramp.model.figure import Figure, Placement, Scenery

GROOVES = 6
TOWEL_WIDTH = 0.011
"""Half the width of a towel between hand and foot."""
TOWEL_TAIL = 0.085
GRIP_AT = 0.045
"""Wrist to the middle of a closed hand."""
PACK_MIDDLE = 0.098
"""Middle of a pack along the shank: the thickest part of the calf."""
WAVES = 3
WAVE_GAP = 0.046
WAVE_RISE = 0.125
WAVE_SWAY = 0.013
WAVE_WIDTH = 0.0060
CRYSTALS = ((-0.062, 0.052, 0.019), (0.000, 0.082, 0.024), (0.060, 0.046, 0.017))
"""Place beside the pack and radius of each ice crystal."""

_CLOTH = profile(
    (
        (0.030, 0.038, 0.044),
        (0.060, 0.038, 0.054),
        (0.100, 0.036, 0.056),
        (0.140, 0.033, 0.045),
        (0.165, 0.030, 0.038),
    ),
    corners=True,
)
_PACK = profile(
    (
        (0.048, 0.020, 0.060),
        (0.062, 0.030, 0.066),
        (0.100, 0.032, 0.068),
        (0.134, 0.028, 0.060),
        (0.148, 0.018, 0.050),
    ),
    corners=False,
)


def behind_near_leg(figure: Figure, body: Body) -> list[Item]:
    """Return what lies between the two legs: far end of a towel, cushion, and roller."""
    items: list[Item] = []
    for towel in _of(figure, Scenery.TOWEL):
        loop = towel_loop(_leg(body, towel))
        items.append(_strand("towel_shade", body.other_arm.wrist, body.other_arm.hand, loop))
    for cushion in _of(figure, Scenery.CUSHION):
        if cushion.limb is not None:  # it hides the leg behind it
            items += bedding(cushion)
    roller = roller_at(figure, body)
    if roller is not None:
        items += _roller(roller.x, roller.radius, roller.angle)
    return items


def around_near_leg(figure: Figure, body: Body) -> list[Item]:
    """Return what is wrapped around the near leg."""
    items: list[Item] = []
    for kind, role in ((Scenery.HEAT_PACK, "heat"), (Scenery.COLD_PACK, "cold")):
        for pack in _of(figure, kind):
            leg = _leg(body, pack)
            frame = _shank_frame(leg)
            items.append(Shape("cloth", (place(_CLOTH, *frame),)))
            items.append(Shape(role, (place(_PACK, *frame),)))
    return items


def in_near_hand(figure: Figure, body: Body) -> list[Item]:
    """Return what runs from the near hand over the near leg."""
    items: list[Item] = []
    for towel in _of(figure, Scenery.TOWEL):
        leg = _leg(body, towel)
        loop = towel_loop(leg)
        items.append(Shape("towel", (_around_sole(leg, loop),)))
        items.append(_strand("towel", body.working_arm.wrist, body.working_arm.hand, loop))
    return items


def signs(figure: Figure, body: Body, t_s: float) -> list[Item]:
    """Return the warmth that rises from a pack, or the crystals around it."""
    items: list[Item] = []
    turns = max(1, round(figure.cycle_s / 4.0))
    phase = t_s / figure.cycle_s * turns
    for pack in _of(figure, Scenery.HEAT_PACK):
        items += _warmth(_pack_top(_leg(body, pack)), phase)
    for pack in _of(figure, Scenery.COLD_PACK):
        items += _crystals(_pack_top(_leg(body, pack)), phase)
    return items


def _of(figure: Figure, kind: Scenery) -> list[Placement]:
    return [item for item in figure.scenery if item.kind is kind]


def _leg(body: Body, item: Placement) -> Leg:
    return body.working_leg if item.limb is None else body.leg(item.limb)


def _shank_frame(leg: Leg) -> tuple[Spot, Spot, Spot]:
    dx, dy = leg.ankle[0] - leg.knee[0], leg.ankle[1] - leg.knee[1]
    size = math.hypot(dx, dy) or 1e-9
    return (leg.knee[0], leg.knee[1]), (dx / SHANK, dy / SHANK), (-dy / size, dx / size)


def _roller(x: float, radius: float, angle: float) -> list[Item]:
    grooves: list[Outline] = []
    for i in range(GROOVES):
        a = math.radians(angle + 360.0 * i / GROOVES)
        c, s = math.cos(a), math.sin(a)
        inner, outer = 0.56 * radius, 0.86 * radius
        grooves.append(
            capsule(
                (x + inner * c, radius + inner * s),
                (x + outer * c, radius + outer * s),
                0.055 * radius,
            )
        )
    return [
        Shape("roller", (ellipse(x, radius, radius, radius),)),
        Shape("roller_core", (ellipse(x, radius, 0.36 * radius, 0.36 * radius), *grooves)),
    ]


def _strand(role: str, wrist: Point, hand: Point, loop: Point) -> Shape:
    """Return one end of a towel: from the foot to the hand, and hanging from it."""
    grip = (wrist[0] + GRIP_AT * hand[0], wrist[1] + GRIP_AT * hand[1])
    dx, dy = grip[0] - loop[0], grip[1] - loop[1]
    size = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / size * TOWEL_WIDTH, dx / size * TOWEL_WIDTH
    wide = 1.35
    band = polygon(
        (
            (loop[0] - wide * nx, loop[1] - wide * ny),
            (grip[0] - 0.8 * nx, grip[1] - 0.8 * ny),
            (grip[0] + 0.8 * nx, grip[1] + 0.8 * ny),
            (loop[0] + wide * nx, loop[1] + wide * ny),
        )
    )
    end = max(0.012, grip[1] - TOWEL_TAIL)
    tail = polygon(
        (
            (grip[0] - 0.008, grip[1]),
            (grip[0] - 0.020, end),
            (grip[0] + 0.006, end - 0.002),
            (grip[0] + 0.008, grip[1]),
        )
    )
    return Shape(role, (band, tail))


def _around_sole(leg: Leg, loop: Point) -> Outline:
    angle = math.radians(leg.pitch)
    dx, dy = 0.020 * math.cos(angle), 0.020 * math.sin(angle)
    return capsule((loop[0] - dx, loop[1] - dy), (loop[0] + dx, loop[1] + dy), 0.008)


def _pack_top(leg: Leg) -> Spot:
    """Return the middle of the upper side of a pack."""
    (x, y), (ux, uy), (vx, vy) = _shank_frame(leg)
    up = 1.0 if vy >= 0.0 else -1.0
    return x + PACK_MIDDLE * ux + 0.034 * up * vx, y + PACK_MIDDLE * uy + 0.034 * up * vy


def _warmth(top: Spot, phase: float) -> list[Item]:
    items: list[Item] = []
    for i in range(WAVES):
        own = (phase + 0.37 * i) % 1.0
        x = top[0] + (i - (WAVES - 1) / 2.0) * WAVE_GAP
        y = top[1] + 0.016 + 0.030 * own
        opacity = round(math.sin(math.pi * own) ** 0.7, 2)
        items.append(Shape("heat", (_wave(x, y, own),), opacity))
    return items


def _wave(x: float, y: float, own: float) -> Outline:
    left, right = [], []
    steps = 8
    for k in range(steps + 1):
        u = k / steps
        sway = WAVE_SWAY * math.sin(2.0 * math.pi * (1.5 * u - own))
        half = WAVE_WIDTH * math.sin(math.pi * (0.12 + 0.76 * u)) ** 0.5
        left.append((x + sway - half, y + WAVE_RISE * u))
        right.append((x + sway + half, y + WAVE_RISE * u))
    return smooth((*right, *reversed(left)))


def _crystals(top: Spot, phase: float) -> list[Item]:
    items: list[Item] = []
    for i, (dx, dy, radius) in enumerate(CRYSTALS):
        own = 0.5 + 0.5 * math.sin(2.0 * math.pi * (phase + i / len(CRYSTALS)))
        y = top[1] + dy + 0.006 * own
        outlines = _crystal(top[0] + dx, y, radius)
        items.append(Shape("cold", outlines, round(0.45 + 0.55 * own, 2)))
    return items


def _crystal(x: float, y: float, radius: float) -> tuple[Outline, ...]:
    """Return a six-armed ice crystal with a small fork on each arm."""
    outlines = []
    width = 0.11 * radius
    for k in range(6):
        a = math.radians(90.0 + 60.0 * k)
        c, s = math.cos(a), math.sin(a)
        outlines.append(capsule((x, y), (x + radius * c, y + radius * s), width))
        fork = (x + 0.58 * radius * c, y + 0.58 * radius * s)
        for turn in (-42.0, 42.0):
            b = a + math.radians(turn)
            tip = (
                fork[0] + 0.34 * radius * math.cos(b),
                fork[1] + 0.34 * radius * math.sin(b),
            )
            outlines.append(capsule(fork, tip, 0.8 * width))
    return tuple(outlines)
