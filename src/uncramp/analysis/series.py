"""Tests on a series of days: rolled exposure, a break in the level, and many factors at once."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

SMALLEST_SHIFT = 3
"""Days; shorter ones leave exposure and outcome nearly where they were."""
_LARGEST_LOG = 700.0
"""More than that is no number any more, and beyond every doubt."""


def shift_p(
    exposed: Sequence[bool | None],
    outcome: Sequence[float | None],
    statistic: Callable[[Sequence[bool | None], Sequence[float | None]], float],
) -> float:
    """Return how often a rolled exposure goes with the outcome as much as the real one.

    Rolling keeps the runs of both series as they are (docs/evidence.md#estimators).

    Args:
        exposed: for each day; None where it is not known.
        outcome: for each day; None where it was not logged.
        statistic: larger the more they go together.
    """
    days = len(exposed)
    shifts = range(SMALLEST_SHIFT, days - SMALLEST_SHIFT + 1)
    if not shifts:
        return 1.0
    seen = statistic(exposed, outcome)
    as_large = sum(
        statistic((*exposed[-k:], *exposed[:-k]), outcome) >= seen - 1e-12 for k in shifts
    )
    return (1 + as_large) / (1 + len(shifts))


def rate_gap(exposed: Sequence[bool | None], outcome: Sequence[float | None]) -> float:
    """Return how far apart the mean outcomes with and without exposure are."""
    sums = {True: [0.0, 0], False: [0.0, 0]}
    for was, value in zip(exposed, outcome, strict=True):
        if was is not None and value is not None:
            sums[was][0] += value
            sums[was][1] += 1
    if not sums[True][1] or not sums[False][1]:
        return 0.0
    return abs(sums[True][0] / sums[True][1] - sums[False][0] / sums[False][1])


def false_discovery(p: Sequence[float]) -> list[float]:
    """Return the probabilities adjusted by Benjamini and Hochberg (1995), in the same order."""
    order = sorted(range(len(p)), key=p.__getitem__, reverse=True)
    adjusted = [1.0] * len(p)
    smallest = 1.0
    for rank, index in zip(range(len(p), 0, -1), order, strict=True):
        smallest = min(smallest, p[index] * len(p) / rank)
        adjusted[index] = smallest
    return adjusted


@dataclass(frozen=True, slots=True)
class Break:
    """A break in the level of weekly counts.

    Attributes:
        factor: Bayes factor of one break against none.
        chances: probability of a break after each week, by 0-based week; sums to 1.
    """

    factor: float
    chances: dict[int, float]


def change_point(
    counts: Sequence[int],
    shape: float = 1.0,
    rate: float | None = None,
    least: int = 3,
    exposure: Sequence[float] | None = None,
) -> Break:
    """Return where the level of weekly counts may have changed (docs/evidence.md#estimators).

    Args:
        counts: of each week.
        shape: of the gamma prior of a level.
        rate: of that prior; None for `shape` over the mean count.
        least: weeks on each side of a break.
        exposure: how much of each week was logged, 1 for all; None for whole weeks.
    """
    weeks = exposure if exposure is not None else [1.0] * len(counts)
    events = list(accumulate(counts, initial=0))
    lengths = list(accumulate(weeks, initial=0.0))
    mean = events[-1] / lengths[-1] if lengths[-1] > 0 else 0.0
    b = rate if rate is not None else shape / mean if mean else 1.0
    whole = _marginal(events[-1], lengths[-1], shape, b)
    logs = {
        k: _marginal(events[k], lengths[k], shape, b)
        + _marginal(events[-1] - events[k], lengths[-1] - lengths[k], shape, b)
        for k in range(least, len(counts) - least + 1)
    }
    if not logs:
        return Break(0.0, {})
    top = max(logs.values())
    weights = {k: math.exp(value - top) for k, value in logs.items()}
    total = math.fsum(weights.values())
    factor = math.exp(min(top - whole, _LARGEST_LOG)) * total / len(weights)
    return Break(factor, {k: weight / total for k, weight in weights.items()})


def _marginal(events: int, length: float, a: float, b: float) -> float:
    """Return the logarithm of a segment's marginal, without the factors common to all."""
    return (
        math.lgamma(a + events)
        - math.lgamma(a)
        + a * math.log(b)
        - (a + events) * math.log(b + length)
    )
