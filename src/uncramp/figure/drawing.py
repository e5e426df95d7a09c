"""From a figure and a time to a display list."""

from functools import lru_cache

from uncramp.figure import body_front, body_side
from uncramp.figure.air import air_items
from uncramp.figure.animation import is_alive, is_moving, shown_time
from uncramp.figure.bedding import LYING, ground_depth
from uncramp.figure.display import Box, DisplayList, Item, Shape, box_around, mirrored_item
from uncramp.figure.kinematics import Body, body_at
from uncramp.figure.props import signs
from uncramp.figure.scenery import (
    floor_marks,
    foot_middle,
    lying_shadow,
    scenery_items,
    shadow,
)
from uncramp.model.body import Side
from uncramp.model.figure import Figure, View

FRAMES_FOR_BOUNDS = 24
MARGIN = 0.03
SLACK = 0.012
"""Room for what the flesh around other joints may add to the farthest ones."""
SHADOW_SIDE = 0.011
"""Half the height of the contact shadow, seen from the side."""
SHADOW_FRONT = 0.016
CAST = (0.012, -0.012)
"""How far a body seen from above casts its shadow to the right and down."""


def display_list(figure: Figure, t_s: float, side: Side) -> DisplayList:
    """Return what to paint at `t_s` seconds of the figure's cycle.

    The working leg is the near one. The right side is drawn facing right, as one sees somebody
    from their right; the left side is its exact mirror image. `Side.NONE` is drawn as right.
    """
    still = _still(figure, side)
    box = _reach(figure)
    marks = floor_marks(figure, t_s, box.x0, box.x1)
    moving = (*((marks,) if marks else ()), *_moving(figure, t_s))
    if is_mirrored(figure, side):
        moving = tuple(mirrored_item(item) for item in moving)
    return DisplayList(still, moving)


@lru_cache(maxsize=128)
def bounds(figure: Figure, side: Side) -> Box:
    """Return the box that holds every frame with its scenery, so that the frame never jumps."""
    box = _reach(figure)
    still = box_around(_still(figure, Side.NONE))
    box = Box(
        min(box.x0, still.x0), min(box.y0, still.y0), max(box.x1, still.x1), max(box.y1, still.y1)
    )
    if is_mirrored(figure, side):
        return Box(-box.x1, box.y0, -box.x0, box.y1)
    return box


@lru_cache(maxsize=128)
def _still(figure: Figure, side: Side) -> tuple[Item, ...]:
    box = _reach(figure)
    x0, x1 = box.x0 - MARGIN, box.x1 + MARGIN
    if not figure.view.in_profile:
        x1 = max(-x0, x1)
        x0 = -x1
    for placement in figure.scenery if figure.view is View.SIDE else ():
        half = 0.5 if placement.kind in LYING else 1.0
        x0 = min(x0, placement.x - half * placement.width - MARGIN)
        x1 = max(x1, placement.x + half * placement.width + 2 * MARGIN)
    items = tuple(scenery_items(figure, x0, x1))
    if is_mirrored(figure, side):
        return tuple(mirrored_item(item) for item in items)
    return items


def is_mirrored(figure: Figure, side: Side) -> bool:
    """Return whether the runner faces left, so that the working side is where it belongs."""
    return (side is Side.LEFT) != (figure.across and side is not Side.NONE)


@lru_cache(maxsize=64)
def _reach(figure: Figure) -> Box:
    """Return the box around the moving items over the whole cycle.

    Only the instants at which a joint is farthest out are drawn: to draw them all would cost the
    first picture of every figure ten times as much.
    """
    end = figure.cycle_s
    times = {end * i / FRAMES_FOR_BOUNDS for i in range(FRAMES_FOR_BOUNDS + 1)}
    times |= {key.at_s for key in figure.keys}
    joints = {t: _joints(figure, body_at(figure, t)) for t in sorted(times)}
    farthest = {
        min(joints, key=lambda t: min(x for x, _ in joints[t])),
        max(joints, key=lambda t: max(x for x, _ in joints[t])),
        min(joints, key=lambda t: min(y for _, y in joints[t])),
        max(joints, key=lambda t: max(y for _, y in joints[t])),
    }
    boxes = [box_around(tuple(_moving(figure, t))) for t in sorted(farthest)]
    return Box(
        min(b.x0 for b in boxes) - SLACK,
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes) + SLACK,
        max(b.y1 for b in boxes) + SLACK,
    )


def _joints(figure: Figure, body: Body) -> list[tuple[float, float]]:
    """Return the outermost joints of a body, as they lie in the picture."""
    points = [body.neck, body.pelvis]
    for leg in (body.working_leg, body.other_leg):
        points += [leg.knee, leg.heel, leg.ball, leg.toe]
    for arm in (body.working_arm, body.other_arm):
        points += [arm.shoulder, arm.elbow, arm.wrist]
    if figure.view.in_profile:
        return [(x, y) for x, y, _ in points]
    behind = figure.view is View.BACK
    return [body_front.on_picture(point, behind)[:2] for point in points]


def _low_points(body: Body) -> list[tuple[float, float]]:
    """Return (place, height) of the joints under which a lying body casts its shadow."""
    legs, arms = (body.other_leg, body.working_leg), (body.other_arm, body.working_arm)
    points = [body.neck, body.pelvis]
    points += [point for leg in legs for point in (leg.knee, leg.ankle)]
    points += [arm.wrist for arm in arms]
    (x0, y0, _), (x1, y1, _) = body.pelvis, body.neck
    return [((x0 + x1) / 2.0, (y0 + y1) / 2.0), *((x, y) for x, y, _ in points)]


def _cast(items: list[Item]) -> Item:
    """Return the shadow beside a body seen from above, on the sheet that it lies on."""
    dx, dy = CAST
    return Shape(
        "linen_shade",
        tuple(
            tuple(n + (dy if i % 2 else dx) for i, n in enumerate(outline))
            for item in items
            if isinstance(item, Shape)
            for outline in item.outlines
        ),
    )


def _moving(figure: Figure, t_s: float) -> list[Item]:
    body = body_at(figure, t_s)
    if figure.view is View.ABOVE:
        items = body_side.body_items(figure, body)
        return [_cast(items), *items]
    if figure.root is not None or ground_depth(figure) > 0.0:
        return [
            *lying_shadow(figure, _low_points(body)),
            *body_side.body_items(figure, body),
            *signs(figure, body, t_s),
        ]
    if figure.view is View.SIDE:
        feet = [foot_middle(leg) for leg in (body.working_leg, body.other_leg)]
        return [
            shadow(feet, body.pelvis[0], SHADOW_SIDE),
            *body_side.body_items(figure, body),
            *air_items(figure, t_s, body_side.head_frame(body)),
        ]
    behind = figure.view is View.BACK
    feet = [
        (body_front.on_picture(leg.ankle, behind)[0], foot_middle(leg)[1])
        for leg in (body.working_leg, body.other_leg)
    ]
    middle = body_front.on_picture(body.pelvis, behind)[0]
    return [shadow(feet, middle, SHADOW_FRONT), *body_front.body_items(figure, body)]


__all__ = ["bounds", "display_list", "is_alive", "is_mirrored", "is_moving", "shown_time"]
