"""A foam roller: it turns and travels under a leg, and the leg lies on it."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from uncramp.figure import parts_side as parts
from uncramp.figure.outline import Outline, Spot
from uncramp.figure.skeleton import THIGH, Point
from uncramp.model.figure import Figure, LegPose, Placement, Scenery

SEARCH = 40.0
"""Degrees around the written hip angle in which the one is looked for that touches."""
STEPS = 18
"""Halvings of that range: the leg then lies within 0.0003 degrees of touching."""
SAMPLES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Roller:
    """Where a roller is.

    Attributes:
        x: of its axis.
        radius: share of height; it lies on the ground.
        angle: by which it has turned, degrees anticlockwise.
    """

    x: float
    radius: float
    angle: float


def roller_of(figure: Figure) -> Placement | None:
    """Return the roller of a figure, or None."""
    return next((item for item in figure.scenery if item.kind is Scenery.ROLLER), None)


def rolled(placement: Placement, travel: float) -> Roller:
    """Return a roller after the leg on it has gone `travel` forward, without slipping.

    Its axis goes half as far as what lies on it, and it turns by the way along the ground.
    """
    radius = placement.height / 2.0
    way = travel / 2.0
    return Roller(placement.x + way, radius, -math.degrees(way / max(radius, 1e-6)))


def laid_on(roller: Roller, hip: Point, leg: LegPose, trunk: float) -> LegPose:
    """Return the leg with its hip bent until it lies on the roller.

    The leg comes down from above; its knee and ankle keep their angles.
    """
    contour = _contour(round(leg.knee, 3))
    up = 1.0 if math.sin(math.radians(leg.hip - trunk)) >= 0.0 else -1.0
    low, high = leg.hip - up * SEARCH, leg.hip + up * SEARCH
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        if gap(roller, hip, contour, middle - trunk) > 0.0:
            high = middle
        else:
            low = middle
    return replace(leg, hip=high)


def gap(roller: Roller, hip: Point, contour: tuple[Spot, ...], thigh: float) -> float:
    """Return how far a leg is above the roller, negative when it is in it."""
    s, c = math.sin(math.radians(thigh)), math.cos(math.radians(thigh))
    x, y = roller.x - hip[0], roller.radius - hip[1]
    along, across = x * s - y * c, x * c + y * s
    return min(math.hypot(u - along, v - across) for u, v in contour) - roller.radius


@lru_cache(maxsize=512)
def _contour(knee: float) -> tuple[Spot, ...]:
    """Return points of a leg's contour in the frame of its thigh, the front at +y."""
    c, s = math.cos(math.radians(knee)), math.sin(math.radians(knee))
    shank = [(THIGH + u * c + v * s, v * c - u * s) for u, v in _points(parts.SHANK)]
    return (*_points(parts.THIGH), *_points(parts.SHORTS_LEG), *shank)


def _points(outline: Outline) -> list[Spot]:
    x, y = outline[0], outline[1]
    points = []
    for i in range(2, len(outline), 6):
        ax, ay, bx, by, ex, ey = outline[i : i + 6]
        for u in SAMPLES:
            w = ((1 - u) ** 3, 3 * (1 - u) ** 2 * u, 3 * (1 - u) * u * u, u**3)
            points.append(
                (
                    w[0] * x + w[1] * ax + w[2] * bx + w[3] * ex,
                    w[0] * y + w[1] * ay + w[2] * by + w[3] * ey,
                )
            )
        x, y = ex, ey
    return points
