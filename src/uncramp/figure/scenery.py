"""Floor, wall and furniture."""

import math
from collections.abc import Sequence

from uncramp.figure.bedding import LYING, bed_from_above, bedding, ground_depth, shade_of
from uncramp.figure.display import Item, Shape, mirrored_item
from uncramp.figure.outline import capsule, ellipse, place, polygon, rounded
from uncramp.figure.skeleton import Leg, Point
from uncramp.model.figure import Figure, Placement, Scenery, View

FLOOR_DEPTH = 0.034
FLOOR_RISE = 0.016
"""How far the floor goes up on the picture behind the feet, seen from the front."""
MARK_GAP = 0.28
MARK_LENGTH = 0.07
WALL_HEIGHT = 1.12
WALL_DEPTH = 0.055
SEAT_THICKNESS = 0.024
CHAIR_LEG = 0.020
BACKREST = 0.27
NOSING = 0.012
"""How thick the edge of a tread is."""
LEAST_TREAD, LEAST_BALL = 0.05, 0.01
RAIL_SLOPE = 0.58
"""How steeply a handrail goes up: as a stair does."""
RAIL_RADIUS = 0.011
RAIL_POST = 0.007


def scenery_items(figure: Figure, x0: float, x1: float) -> list[Item]:
    """Return what stands still around the runner; the floor reaches from `x0` to `x1`."""
    items: list[Item] = []
    if figure.view is View.ABOVE:
        beds = (item for item in figure.scenery if item.kind is Scenery.BED)
        return [shape for bed in beds for shape in bed_from_above(bed)]
    if figure.view is View.SIDE:
        top = -ground_depth(figure)
        items.append(Shape("floor", (rounded(x0, top - FLOOR_DEPTH, x1, top, 0.012),)))
    else:
        items += _room(figure, x0, x1)
    for placement in figure.scenery:
        under_a_leg = placement.kind is Scenery.CUSHION and placement.limb is not None
        if figure.view is View.SIDE and not under_a_leg:
            items += _side(placement, x0, x1)
    return items


def _side(placement: Placement, x0: float, x1: float) -> list[Item]:
    x, h, w = placement.x, placement.height, placement.width
    match placement.kind:
        case Scenery.WALL:
            return [Shape("wall", (rounded(x, 0.0, x + WALL_DEPTH, WALL_HEIGHT, 0.006),))]
        case Scenery.WALL_BESIDE:
            return _wall_behind(x0, x1)
        case Scenery.CHAIR:
            return _chair(x, h, w)
        case Scenery.STEP:
            return _stair(x, h, w, x1)
        case Scenery.RAIL:
            return _rail(x, h, w)
        case Scenery.OWN_CHAIR:
            return [_shifted(mirrored_item(item), x) for item in _chair(0.0, h, w)]
        case kind if kind in LYING:
            return bedding(placement)
        case _:  # it moves with the body
            return []


def _chair(x: float, height: float, width: float) -> list[Item]:
    """Return a chair whose seat begins at `x` and whose back is at its far end."""
    back = x + width
    under = height - SEAT_THICKNESS
    far = CHAIR_LEG * 1.6
    return [
        Shape(
            "wood_far",
            (
                rounded(x + far, 0.0, x + far + CHAIR_LEG, under + 0.004, 0.004),
                rounded(back - far - CHAIR_LEG, 0.0, back - far, under + 0.004, 0.004),
                rounded(x + far, under * 0.42, back - far, under * 0.42 + 0.012, 0.003),
            ),
        ),
        Shape(
            "wood",
            (
                rounded(x, under, back, height, 0.008),
                polygon(
                    (
                        (x + 0.006, 0.0),
                        (x + 0.006 + CHAIR_LEG, 0.0),
                        (x + 0.010 + CHAIR_LEG, under + 0.004),
                        (x + 0.010, under + 0.004),
                    )
                ),
                polygon(
                    (
                        (back - CHAIR_LEG, 0.0),
                        (back, 0.0),
                        (back - 0.004, under + 0.004),
                        (back - 0.004 - CHAIR_LEG, under + 0.004),
                    )
                ),
                rounded(back - CHAIR_LEG, under, back, height + BACKREST, 0.008),
            ),
        ),
    ]


def _shifted(item: Item, x: float) -> Item:
    if not isinstance(item, Shape):
        return item
    moved = (place(outline, (x, 0.0), (1.0, 0.0), (0.0, 1.0)) for outline in item.outlines)
    return Shape(item.role, tuple(moved), item.opacity)


def _stair(x: float, height: float, width: float, x1: float) -> list[Item]:
    """Return a stair that goes up from `x`, with its edge of `height` there, as far as `x1`."""
    blocks, treads = [], []
    width = max(width, LEAST_TREAD)
    count = max(1, min(2, int((x1 - x) / width + 0.5)))
    for i in range(count):
        left, right, top = x + i * width, x + (i + 1) * width, (i + 1) * height
        blocks.append(rounded(left + 0.006, 0.0, right + 0.006, top, 0.0))
        treads.append(rounded(left, top - NOSING, right + 0.006, top, 0.003))
    return [Shape("wood_far", tuple(blocks)), Shape("wood", tuple(treads))]


def _rail(x: float, height: float, width: float) -> list[Item]:
    """Return a handrail that begins at `x` in `height` and goes up as a stair does."""
    rise = RAIL_SLOPE * width
    posts = [
        rounded(at - RAIL_POST, 0.0, at + RAIL_POST, height + RAIL_SLOPE * (at - x), 0.0)
        for at in (x + 0.02, x + width - 0.02)
    ]
    bar = capsule((x, height), (x + width, height + rise), RAIL_RADIUS)
    return [Shape("wall", tuple(posts)), Shape("wood_far", (bar,))]


def ball_items(figure: Figure, foot_shift: float) -> list[Item]:
    """Return the ball under the working foot; it rolls half as far as the foot shifts."""
    placed = next((item for item in figure.scenery if item.kind is Scenery.BALL), None)
    if placed is None:
        return []
    r = max(placed.width, LEAST_BALL) / 2.0
    x = placed.x + foot_shift / 2.0
    turned = -foot_shift / 2.0 / r
    c, s = math.cos(turned), math.sin(turned)
    band = place(
        rounded(-0.16 * r, -0.94 * r, 0.16 * r, 0.94 * r, 0.1 * r), (x, r), (c, s), (-s, c)
    )
    return [Shape("mat", (ellipse(x, r, r, r),)), Shape("sole_near", (band,), 0.7)]


def _room(figure: Figure, x0: float, x1: float) -> list[Item]:
    """Return floor and, behind the runner, the wall that is faced or stood before."""
    items: list[Item] = []
    if any(item.kind is Scenery.WALL for item in figure.scenery):
        items += _wall_behind(x0, x1)
    items.append(Shape("floor", (rounded(x0, -0.05, x1, FLOOR_RISE, 0.016),)))
    return items


def _wall_behind(x0: float, x1: float) -> list[Item]:
    """Return a wall in the picture's plane, with its skirting board."""
    return [
        Shape("wall_soft", (rounded(x0 + 0.03, 0.0, x1 - 0.03, WALL_HEIGHT, 0.02),)),
        Shape("wall", (rounded(x0 + 0.03, 0.0, x1 - 0.03, 0.030, 0.006),)),
    ]


def shadow(feet: Sequence[tuple[float, float]], body_x: float, depth: float) -> Shape:
    """Return the contact shadow: a spot under each foot that shrinks as the foot rises.

    Args:
        feet: (place, height above the floor) of each foot, at its middle.
        body_x: where the body's own faint shadow lies.
        depth: half the height of a spot on the picture.
    """
    outlines = [ellipse(body_x, -0.011, 0.13, depth * 0.8)]
    for x, height in feet:
        share = max(0.0, 1.0 - height / 0.30)
        if share > 0.05:
            outlines.append(ellipse(x, -0.011, 0.045 + 0.075 * share, depth * (0.5 + 0.5 * share)))
    return Shape("shadow", tuple(outlines))


def lying_shadow(figure: Figure, spots: Sequence[tuple[float, float]]) -> list[Item]:
    """Return the shadow of a body that sits or lies: a spot under each part near the ground.

    Args:
        figure: the drawn exercise; a shadow has the colour of what it falls on.
        spots: (place, height above the ground) of joints along the body.
    """
    outlines = []
    for x, height in spots:
        share = max(0.0, 1.0 - (height - 0.06) / 0.20)
        if share > 0.05:
            wide = 0.035 + 0.060 * min(1.0, share)
            outlines.append(ellipse(x, -0.005, wide, 0.005 * min(1.0, share)))
    return [Shape(shade_of(figure), tuple(outlines))] if outlines else []


def foot_middle(leg: Leg) -> tuple[float, float]:
    """Return where the middle of a foot is along x, and how high its lowest point is."""
    heel, toe = leg.heel, leg.toe
    ball: Point = leg.ball
    return (heel[0] + toe[0]) / 2.0, max(0.0, min(heel[1], ball[1], toe[1]))


def floor_marks(figure: Figure, t_s: float, x0: float, x1: float) -> Shape | None:
    """Return the marks on the floor that pass under a runner who travels, or None."""
    if figure.stride < MARK_LENGTH:
        return None  # too little to be seen, and marks would run into each other
    gap = figure.stride / max(1, round(figure.stride / MARK_GAP))
    offset = -math.fmod(figure.stride * t_s / figure.cycle_s, gap)
    dashes = []
    x = x0 + offset
    while x < x1:
        left, right = max(x, x0), min(x + MARK_LENGTH, x1)
        if right - left > 0.004:
            dashes.append(rounded(left, -0.023, right, -0.017, 0.003))
        x += gap
    return Shape("floor_mark", tuple(dashes))
