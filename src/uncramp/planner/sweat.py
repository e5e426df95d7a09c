"""How much a runner is likely to sweat, by mass, pace and temperature.

The table is that of Montain and others 2006, reprinted in the position of the American College of
Sports Medicine on fluid replacement (2007, table 2). It holds means: single runners sweat far less
and far more.
"""

from bisect import bisect_right
from itertools import pairwise

MASSES_KG = (50.0, 70.0, 90.0)
SPEEDS_KMH = (8.5, 10.0, 12.5, 15.0)
COOL_C, WARM_C = 18.0, 28.0
COOL_L_H = ((0.43, 0.53, 0.69, 0.86), (0.65, 0.79, 1.02, 1.25), (0.86, 1.04, 1.34, 1.64))
WARM_L_H = ((0.52, 0.62, 0.79, 0.96), (0.75, 0.89, 1.12, 1.36), (0.97, 1.15, 1.46, 1.76))
"""Litres an hour: a row for each mass, a column for each speed."""
COLDEST_SHARE = 0.5
"""In the cold the table goes on falling, but not below this share of its cool value (ours)."""

Row = tuple[float, ...]


def predicted_l_h(mass_kg: float, speed_kmh: float, temperature_c: float) -> float:
    """Return the predicted sweat in litres an hour.

    Between the points of the table it is linear; for a lighter or slower runner it falls in
    proportion; for a heavier or faster runner, and in more heat, it is the last of the table.

    Args:
        mass_kg: of the runner.
        speed_kmh: at which he runs.
        temperature_c: of the air.
    """
    cool = _at(COOL_L_H, mass_kg, speed_kmh)
    warm = _at(WARM_L_H, mass_kg, speed_kmh)
    share = min(1.0, (temperature_c - COOL_C) / (WARM_C - COOL_C))
    return max(COLDEST_SHARE * cool, cool + share * (warm - cool))


def _at(table: tuple[Row, ...], mass_kg: float, speed_kmh: float) -> float:
    by_mass = tuple(_between(SPEEDS_KMH, row, speed_kmh) for row in table)
    return _between(MASSES_KG, by_mass, mass_kg)


def _between(points: Row, values: Row, at: float) -> float:
    """Return the value at a point: in proportion below the first, the last beyond the last."""
    if at < points[0]:
        return values[0] * at / points[0]
    number = bisect_right(points, at)
    if number == len(points):
        return values[-1]
    (left, right), (low, high) = (tuple(pairwise(row))[number - 1] for row in (points, values))
    return low + (high - low) * (at - left) / (right - left)
