"""Least squares for a handful of unknowns within ranges (Levenberg 1944, Marquardt 1963)."""

import math
from collections.abc import Callable, Sequence

ROUNDS = 24
STEP = 1e-4
"""By how much an unknown is changed to see what comes of it."""
SMALL = 1e-13
Residuals = Callable[[Sequence[float]], list[float]]
Matrix = list[list[float]]


def fitted(
    residuals: Residuals,
    start: Sequence[float],
    ranges: Sequence[tuple[float, float]],
    rounds: int = ROUNDS,
) -> list[float]:
    """Return unknowns near `start` at which the sum of squared residuals is least.

    Args:
        residuals: of the unknowns; smooth, or nearly so.
        start: where to begin.
        ranges: least and most of each unknown; may be infinite.
        rounds: how often to go on at most.
    """
    at = [min(high, max(low, one)) for one, (low, high) in zip(start, ranges, strict=True)]
    found = residuals(at)
    cost, damping = _squares(found), 1e-3
    for _ in range(rounds):
        if cost < SMALL:
            break
        slopes = [_slope(residuals, at, found, i, ranges[i]) for i in range(len(at))]
        downhill = [-sum(s * r for s, r in zip(slope, found, strict=True)) for slope in slopes]
        # What is at its end and would go on beyond it stays there for this round.
        free = [i for i in range(len(at)) if _can_go(at[i], downhill[i], ranges[i])]
        if not free or max(abs(downhill[i]) for i in free) < 1e-12:
            break
        before = cost
        while damping < 1e9:
            step = _solved(
                [
                    [_dot(slopes[i], slopes[j]) * (1.0 + damping * (i == j)) for j in free]
                    for i in free
                ],
                [downhill[i] for i in free],
            )
            tried = list(at)
            for i, by in zip(free, step, strict=True):
                low, high = ranges[i]
                tried[i] = min(high, max(low, at[i] + by))
            there = residuals(tried)
            if _squares(there) < cost:
                at, found, cost = tried, there, _squares(there)
                damping = max(1e-9, damping / 9.0)
                break
            damping *= 6.0
        else:
            break
        if before - cost < 1e-7 * before:
            break
    return at


def _slope(
    residuals: Residuals,
    at: list[float],
    found: list[float],
    i: int,
    ends: tuple[float, float],
) -> list[float]:
    step = STEP if at[i] + STEP <= ends[1] else -STEP
    beside = list(at)
    beside[i] += step
    return [(b - a) / step for a, b in zip(found, residuals(beside), strict=True)]


def _can_go(value: float, downhill: float, ends: tuple[float, float]) -> bool:
    return not ((value <= ends[0] and downhill < 0.0) or (value >= ends[1] and downhill > 0.0))


def _squares(values: list[float]) -> float:
    return math.fsum(value * value for value in values)


def _dot(a: list[float], b: list[float]) -> float:
    return sum(p * q for p, q in zip(a, b, strict=True))


def _solved(matrix: Matrix, right: list[float]) -> list[float]:
    """Solve a few linear equations by elimination; what nothing determines is 0."""
    count = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(count):
        pivot = max(range(i, count), key=lambda j: abs(rows[j][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        if abs(rows[i][i]) < 1e-30:
            continue
        for j in range(i + 1, count):
            share = rows[j][i] / rows[i][i]
            rows[j] = [q - share * p for p, q in zip(rows[i], rows[j], strict=True)]
    solution = [0.0] * count
    for i in reversed(range(count)):
        if abs(rows[i][i]) >= 1e-30:
            rest = sum(rows[i][j] * solution[j] for j in range(i + 1, count))
            solution[i] = (rows[i][count] - rest) / rows[i][i]
    return solution
