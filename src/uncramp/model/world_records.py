"""How fast the fastest runner was over any distance: what is faster was measured wrong."""

import math
from itertools import pairwise
from typing import Final

RECORDS: Final = (
    (100.0, 9.58),
    (200.0, 19.19),
    (400.0, 43.03),
    (800.0, 100.91),
    (1_000.0, 131.96),
    (1_500.0, 206.0),
    (3_000.0, 437.55),
    (5_000.0, 755.36),
    (10_000.0, 1_571.0),
    (21_097.5, 3_402.0),
    (42_195.0, 7_180.0),
    (100_000.0, 21_935.0),
    (319_614.0, 86_400.0),
    (1_036_800.0, 518_400.0),
)
"""Metres and seconds of the fastest runs of men (World Athletics, International Association of
Ultrarunners; half marathon and marathon as run with pacemakers, 56:42 and 1:59:40)."""
TOP_SPEED: Final = 12.5
"""Metres a second at the fastest moment of a sprint (12.4 in the 9.58 s of Berlin 2009)."""
MEASURED_LONG: Final = 1.02
"""A way measured by satellites comes out this much too long, even of whoever holds the record."""


def record_s(metres: float) -> float:
    """Return the seconds of the fastest run over a distance, even in speed between the records."""
    if metres < RECORDS[0][0]:
        return metres * RECORDS[0][1] / RECORDS[0][0]
    for (near, quick), (far, slow) in pairwise(RECORDS):
        if metres <= far:
            share = math.log(metres / near) / math.log(far / near)
            return quick * math.pow(slow / quick, share)
    far, slow = RECORDS[-1]
    return slow * metres / far


def is_beyond_records(metres: float | None, seconds: float) -> bool:
    """Whether nobody has ever run so far in that time; not where the distance is unknown."""
    return bool(metres) and seconds < record_s((metres or 0.0) / MEASURED_LONG)
