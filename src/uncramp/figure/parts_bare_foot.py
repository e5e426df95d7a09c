"""Contours of a bare foot seen from the side; x forward and y up, the ankle joint at 0.

The toes have their own frame, with the sole under the ball of the foot at 0.
"""

from uncramp.figure.outline import Outline, Spot, capsule, smooth

FOOT = smooth(
    (
        (-0.0210, 0.0040),
        (-0.0330, -0.0060),
        (-0.0455, -0.0170),
        (-0.0480, -0.0285),
        (-0.0400, -0.0375),
        (-0.0200, -0.0390),
        (0.0200, -0.0350),
        (0.0450, -0.0345),
        (0.0750, -0.0390),
        (0.0930, -0.0385),
        (0.1000, -0.0290),
        (0.0930, -0.0160),
        (0.0650, -0.0040),
        (0.0400, 0.0080),
        (0.0220, 0.0150),
        (0.0000, 0.0130),
    )
)
TOES = smooth(
    (
        (-0.0200, 0.0040),
        (-0.0150, 0.0010),
        (0.0000, 0.0000),
        (0.0250, 0.0005),
        (0.0400, 0.0040),
        (0.0440, 0.0105),
        (0.0370, 0.0165),
        (0.0200, 0.0180),
        (0.0000, 0.0225),
        (-0.0150, 0.0260),
    )
)
ANKLE_BONE = smooth(
    ((-0.0090, -0.0060), (-0.0010, -0.0125), (0.0080, -0.0060), (-0.0005, -0.0085)),
    frozenset({0, 2}),
)

SOLE = smooth(
    (
        (-0.0460, 0.0000),
        (-0.0400, -0.0180),
        (-0.0200, -0.0255),
        (0.0200, -0.0275),
        (0.0600, -0.0320),
        (0.0850, -0.0330),
        (0.0980, -0.0240),
        (0.1020, 0.0000),
        (0.1060, 0.0200),
        (0.1000, 0.0325),
        (0.0850, 0.0360),
        (0.0620, 0.0310),
        (0.0200, 0.0150),
        (-0.0150, 0.0210),
        (-0.0360, 0.0185),
    )
)
"""A foot seen from below: x toward the toes, y toward the big one, the ankle joint at 0."""
SOLE_CREASE = smooth(
    ((0.0700, 0.0290), (0.0580, 0.0050), (0.0720, -0.0290), (0.0630, 0.0050)), frozenset({0, 2})
)
TOES_BELOW = (
    (0.0975, 0.0235, 0.0440, 0.0118),
    (0.0985, 0.0085, 0.0400, 0.0080),
    (0.0960, -0.0035, 0.0350, 0.0076),
    (0.0920, -0.0145, 0.0300, 0.0070),
    (0.0860, -0.0245, 0.0250, 0.0066),
)
"""Root (x and y), length and radius of each toe, the big one first."""


def toes_below(origin: Spot, along: Spot, across: Spot, pointing: Spot) -> tuple[Outline, ...]:
    """Return the toes of a foot seen from below, on the picture.

    Args:
        origin: the ankle joint.
        along: one unit toward the toes, as it appears.
        across: one unit toward the big toe, as it appears.
        pointing: one unit in the toes' own direction, as it appears.
    """
    outlines = []
    for x, y, length, radius in TOES_BELOW:
        root = (
            origin[0] + x * along[0] + y * across[0],
            origin[1] + x * along[1] + y * across[1],
        )
        way = length - radius
        tip = (root[0] + way * pointing[0], root[1] + way * pointing[1])
        outlines.append(capsule(root, tip, radius))
    return tuple(outlines)
