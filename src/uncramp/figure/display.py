"""The display list: what a painter fills, in order, without knowing a body.

Lengths are shares of body height with y up and the floor at 0. Colours are names of roles.
"""

from dataclasses import dataclass

from uncramp.figure.outline import Outline, extent, mirrored


@dataclass(frozen=True, slots=True)
class Shape:
    """Outlines of one colour, filled together by the non-zero winding rule."""

    role: str
    outlines: tuple[Outline, ...]
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Glow:
    """A soft spot: an ellipse of one colour that fades to nothing at its edge.

    `angle` is the direction of the `rx` axis in degrees, anticlockwise from x.
    """

    role: str
    x: float
    y: float
    rx: float
    ry: float
    angle: float
    opacity: float = 1.0


Item = Shape | Glow


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in body heights."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Extent along x."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Extent along y."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class DisplayList:
    """Everything to draw at one instant, back to front.

    Attributes:
        still: what never moves in this figure (floor, wall, chair); drawn first.
        moving: shadow and body.
    """

    still: tuple[Item, ...]
    moving: tuple[Item, ...]


def mirrored_item(item: Item) -> Item:
    """Return the item with left and right exchanged."""
    if isinstance(item, Shape):
        return Shape(item.role, tuple(mirrored(o) for o in item.outlines), item.opacity)
    return Glow(item.role, -item.x, item.y, item.rx, item.ry, 180.0 - item.angle, item.opacity)


def box_around(items: tuple[Item, ...]) -> Box:
    """Return a box around all items' control points; an empty list gives a point at 0."""
    boxes = [_extent(item) for item in items] or [(0.0, 0.0, 0.0, 0.0)]
    return Box(
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _extent(item: Item) -> tuple[float, float, float, float]:
    if isinstance(item, Glow):
        r = max(item.rx, item.ry)
        return item.x - r, item.y - r, item.x + r, item.y + r
    each = [extent(o) for o in item.outlines]
    return (
        min(e[0] for e in each),
        min(e[1] for e in each),
        max(e[2] for e in each),
        max(e[3] for e in each),
    )
