"""What one lies on: mat, bed, pillow and cushion. The ground of the body is at 0."""

from uncramp.figure.display import Item, Shape
from uncramp.figure.outline import Outline, ellipse, rounded, smooth
from uncramp.model.figure import Figure, Placement, Scenery

MAT_THICKNESS = 0.016
MATTRESS = 0.120
FRAME = 0.050
BOARD = 0.030
"""Thickness of the boards at both ends of a bed."""
HEADBOARD = 0.300
"""How high the board behind the head rises above the mattress."""
BED_LEG = 0.040
PILLOW_LENGTH, PILLOW_DEPTH = 0.440, 0.230
"""A pillow seen from above."""
BELOW_BED = 0.070
"""How far a bed seen from above reaches beyond the feet."""

_SHADES = {Scenery.MAT: "mat_shade", Scenery.BED: "linen_shade"}
LYING = frozenset({Scenery.MAT, Scenery.BED, Scenery.PILLOW, Scenery.CUSHION})


def ground_depth(figure: Figure) -> float:
    """Return how far the floor is below what the body is on."""
    for item in figure.scenery:
        if item.kind is Scenery.MAT:
            return MAT_THICKNESS
        if item.kind is Scenery.BED:
            return item.height
    return 0.0


def shade_of(figure: Figure) -> str:
    """Return the colour of a shadow on what the body is on."""
    for item in figure.scenery:
        if item.kind in _SHADES:
            return _SHADES[item.kind]
    return "shadow"


def bedding(placement: Placement) -> list[Item]:
    """Return mat, bed, pillow or cushion seen from the side."""
    x, h, w = placement.x, placement.height, placement.width
    match placement.kind:
        case Scenery.MAT:
            return _mat(x, w)
        case Scenery.BED:
            return _bed(x, h, w)
        case Scenery.PILLOW:
            return _soft("pillow", x, h, w)
        case _:
            return _soft("cushion", x, h, w)


def bed_from_above(placement: Placement) -> list[Item]:
    """Return a bed as one looks down on it, its head at the top of the picture."""
    x, length, half = placement.x, placement.height, placement.width / 2.0
    low, high = -BELOW_BED, length - BELOW_BED
    pillow = high - 0.025 - PILLOW_DEPTH
    wide = PILLOW_LENGTH / 2.0
    return [
        Shape("wood", (rounded(x - half - 0.02, high - 0.02, x + half + 0.02, high + 0.03, 0.01),)),
        Shape("linen", (rounded(x - half, low, x + half, high, 0.03),)),
        Shape("blanket", (rounded(x - half - 0.006, low - 0.006, x + half + 0.006, 0.10, 0.03),)),
        Shape("linen_shade", (rounded(x - half - 0.006, 0.085, x + half + 0.006, 0.12, 0.012),)),
        Shape(
            "linen_shade",
            (rounded(x - wide, pillow - 0.008, x + wide, pillow + PILLOW_DEPTH, 0.06),),
        ),
        Shape("pillow", (rounded(x - wide, pillow, x + wide, pillow + PILLOW_DEPTH, 0.06),)),
    ]


def _mat(x: float, width: float) -> list[Item]:
    x0, x1 = x - width / 2.0, x + width / 2.0
    return [
        Shape("mat", (rounded(x0, -MAT_THICKNESS, x1, 0.0, 0.006),)),
        Shape("mat", (ellipse(x0 + 0.006, -0.002, 0.012, 0.010),)),
    ]


def _bed(x: float, height: float, width: float) -> list[Item]:
    x0, x1 = x - width / 2.0, x + width / 2.0
    under = -MATTRESS
    rail = under - FRAME
    return [
        Shape(
            "wood_far",
            (
                rounded(x0 + 0.10, -height, x0 + 0.10 + BED_LEG, rail + 0.01, 0.004),
                rounded(x1 - 0.10 - BED_LEG, -height, x1 - 0.10, rail + 0.01, 0.004),
            ),
        ),
        Shape(
            "wood",
            (
                rounded(x0 - BOARD, -height, x0, HEADBOARD, 0.012),
                rounded(x1, -height, x1 + BOARD, 0.0, 0.012),
                rounded(x0 - 0.002, rail, x1 + 0.002, under + 0.012, 0.004),
            ),
        ),
        Shape("linen", (rounded(x0, under, x1, 0.0, 0.028),)),
        Shape("linen_shade", (rounded(x0 + 0.012, under * 0.62, x1 - 0.012, under * 0.54, 0.004),)),
    ]


def _soft(role: str, x: float, height: float, width: float) -> list[Item]:
    """Return a pillow or cushion that lies on the ground, pressed flat below.

    One that is higher than wide stands and leans back, as one at a headboard does.
    """
    half = width / 2.0
    if height > width:
        return [Shape(role, (_leaning(x, height, half),))]
    return [
        Shape(
            role,
            (
                smooth(
                    (
                        (x - half, 0.30 * height),
                        (x - 0.86 * half, 0.02 * height),
                        (x, 0.0),
                        (x + 0.86 * half, 0.02 * height),
                        (x + half, 0.30 * height),
                        (x + 0.80 * half, 0.84 * height),
                        (x, height),
                        (x - 0.80 * half, 0.84 * height),
                    )
                ),
            ),
        )
    ]


def _leaning(x: float, height: float, half: float) -> Outline:
    lean = 0.34 * height
    return smooth(
        (
            (x + lean - half, 0.01 * height),
            (x + lean + 0.8 * half, 0.0),
            (x + lean + 1.05 * half, 0.10 * height),
            (x + 0.2 * lean + 1.15 * half, 0.52 * height),
            (x - 0.5 * lean + 0.75 * half, 0.96 * height),
            (x - 0.8 * lean, height),
            (x - 0.95 * lean - 0.75 * half, 0.90 * height),
            (x - 0.5 * lean - 1.0 * half, 0.45 * height),
        )
    )
