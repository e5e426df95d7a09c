"""Closed outlines of cubic curves: the shapes from which the body is drawn.

An outline is a flat tuple: the start point (2 numbers), then 6 numbers for each cubic curve
(two control points and the end). It is closed and runs anticlockwise, so that overlapping
outlines of one colour merge when they are filled by the non-zero winding rule.
"""

import math
from collections.abc import Sequence

Outline = tuple[float, ...]
Spot = tuple[float, float]

CIRCLE = 0.5522847498
"""Length of the control arms that make four cubic curves a circle of radius 1."""


def smooth(points: Sequence[Spot], corners: frozenset[int] = frozenset()) -> Outline:
    """Return a closed outline through `points`; round everywhere but at the `corners`.

    Tangents are those of Catmull and Rom (1974), shortened where neighbours are close, so that
    uneven spacing makes no loops.
    """
    if _area(points) < 0.0:
        count = len(points)
        points = [points[0], *reversed(points[1:])]
        corners = frozenset((count - index) % count for index in corners)
    count = len(points)
    arms = [((0.0, 0.0), (0.0, 0.0)) if i in corners else _arms(points, i) for i in range(count)]
    flat = [*points[0]]
    for i, (x, y) in enumerate(points):
        after = (i + 1) % count
        ex, ey = points[after]
        out, into = arms[i][1], arms[after][0]
        flat += [x + out[0], y + out[1], ex - into[0], ey - into[1], ex, ey]
    return tuple(flat)


def _arms(points: Sequence[Spot], i: int) -> tuple[Spot, Spot]:
    (ax, ay), (bx, by), (cx, cy) = points[i - 1], points[i], points[(i + 1) % len(points)]
    before, after = math.hypot(bx - ax, by - ay), math.hypot(cx - bx, cy - by)
    size = math.hypot(cx - ax, cy - ay) or 1.0
    tx, ty = (cx - ax) / size, (cy - ay) / size
    third = 0.36
    return (tx * before * third, ty * before * third), (tx * after * third, ty * after * third)


def ellipse(cx: float, cy: float, rx: float, ry: float) -> Outline:
    """Return an ellipse with its axes along x and y."""
    k, m = CIRCLE * rx, CIRCLE * ry
    return (
        cx + rx, cy,
        cx + rx, cy + m, cx + k, cy + ry, cx, cy + ry,
        cx - k, cy + ry, cx - rx, cy + m, cx - rx, cy,
        cx - rx, cy - m, cx - k, cy - ry, cx, cy - ry,
        cx + k, cy - ry, cx + rx, cy - m, cx + rx, cy,
    )  # fmt: skip


def capsule(a: Spot, b: Spot, radius: float) -> Outline:
    """Return the outline at `radius` around the line from `a` to `b`."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    size = math.hypot(dx, dy) or 1.0
    ux, uy = radius * dx / size, radius * dy / size
    k = CIRCLE
    flat = [a[0] + uy, a[1] - ux]
    for (cx, cy), s in ((b, 1.0), (a, -1.0)):
        x, y = s * ux, s * uy
        flat += [*flat[-2:], cx + y, cy - x, cx + y, cy - x]
        flat += [cx + y + k * x, cy - x + k * y, cx + x + k * y, cy + y - k * x, cx + x, cy + y]
        flat += [cx + x - k * y, cy + y + k * x, cx - y + k * x, cy + x + k * y, cx - y, cy + x]
    flat += [*flat[-2:], flat[0], flat[1], flat[0], flat[1]]
    return tuple(flat)


def polygon(points: Sequence[Spot]) -> Outline:
    """Return an outline with straight sides."""
    return smooth(points, frozenset(range(len(points))))


def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> Outline:
    """Return a rectangle with round corners."""
    r = min(radius, abs(x1 - x0) / 2.0, abs(y1 - y0) / 2.0)
    k = r * (1.0 - CIRCLE)
    flat = [x0 + r, y0]
    for corner in (
        (x1 - r, y0, x1 - k, y0, x1, y0 + k, x1, y0 + r),
        (x1, y1 - r, x1, y1 - k, x1 - k, y1, x1 - r, y1),
        (x0 + r, y1, x0 + k, y1, x0, y1 - k, x0, y1 - r),
        (x0, y0 + r, x0, y0 + k, x0 + k, y0, x0 + r, y0),
    ):
        px, py = flat[-2:]
        flat += [px, py, corner[0], corner[1], corner[0], corner[1], *corner[2:]]
    return tuple(flat)


def profile(stations: Sequence[tuple[float, float, float]], corners: bool = False) -> Outline:
    """Return a limb lying along +x from its contour, given as widths to its left and right.

    Args:
        stations: (place along the limb, width on the left or front, width on the right or
            back), in order of place.
        corners: whether the ends are cut straight instead of drawn round.
    """
    left = [(along, front) for along, front, _ in stations]
    right = [(along, -back) for along, _, back in reversed(stations)]
    points = [*right, *left]
    cuts = frozenset({0, len(right) - 1, len(right), len(points) - 1}) if corners else frozenset()
    return smooth(points, cuts)


def place(outline: Outline, origin: Spot, along: Spot, across: Spot) -> Outline:
    """Return the outline with its origin moved and its x and y axes laid on two vectors."""
    ox, oy = origin
    ax, ay = along
    bx, by = across
    us, vs = outline[::2], outline[1::2]
    flat = [0.0] * len(outline)
    flat[::2] = [ox + u * ax + v * bx for u, v in zip(us, vs, strict=True)]
    flat[1::2] = [oy + u * ay + v * by for u, v in zip(us, vs, strict=True)]
    return tuple(flat)


def flipped(outline: Outline) -> Outline:
    """Return the outline mirrored at its x axis, again anticlockwise."""
    return _reversed(tuple(-n if i % 2 else n for i, n in enumerate(outline)))


def mirrored(outline: Outline) -> Outline:
    """Return the outline mirrored at the y axis, again anticlockwise."""
    return _reversed(tuple(n if i % 2 else -n for i, n in enumerate(outline)))


def _reversed(outline: Outline) -> Outline:
    spots = list(zip(outline[::2], outline[1::2], strict=True))
    return tuple(n for spot in reversed(spots) for n in spot)


def blended(a: Outline, b: Outline, share: float) -> Outline:
    """Return the outline `share` of the way from `a` to `b`, which has as many points."""
    return tuple(p + (q - p) * share for p, q in zip(a, b, strict=True))


def extent(outline: Outline) -> tuple[float, float, float, float]:
    """Return (x0, y0, x1, y1) of a box around the outline's control points."""
    xs, ys = outline[::2], outline[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _area(points: Sequence[Spot]) -> float:
    return sum(
        points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1]
        for i in range(len(points))
    )
