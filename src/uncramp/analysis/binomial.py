"""Exact binomial and hypergeometric probabilities, and the intervals that follow from them."""

import math
from collections.abc import Callable
from dataclasses import dataclass

_HALVINGS = 200
ALIKE = 1 + 1e-7
"""Probabilities closer than this count as equal: rounding must not break a tie."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; `high` may be infinite."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def log_choose(n: int, k: int) -> float:
    """Return the logarithm of how many ways there are to choose `k` of `n`."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def pmf(k: int, n: int, p: float) -> float:
    """Return the probability of just `k` of `n`, each with probability `p`."""
    if p <= 0.0:
        return 1.0 if k == 0 else 0.0
    if p >= 1.0:
        return 1.0 if k == n else 0.0
    return math.exp(log_choose(n, k) + k * math.log(p) + (n - k) * math.log1p(-p))


def at_most(k: int, n: int, p: float) -> float:
    """Return the probability of `k` or fewer of `n`."""
    return min(1.0, math.fsum(pmf(i, n, p) for i in range(k + 1)))


def at_least(k: int, n: int, p: float) -> float:
    """Return the probability of `k` or more of `n`."""
    return min(1.0, math.fsum(pmf(i, n, p) for i in range(k, n + 1)))


def central_p(k: int, n: int, p: float) -> float:
    """Return the two-sided probability: twice the smaller tail, at most 1."""
    return min(1.0, 2 * min(at_most(k, n, p), at_least(k, n, p)))


def as_unlikely_p(k: int, n: int, p: float) -> float:
    """Return the two-sided probability of everything as unlikely as `k`, or more."""
    seen = pmf(k, n, p)
    return min(1.0, math.fsum(one for i in range(n + 1) if (one := pmf(i, n, p)) <= seen * ALIKE))


def mid_p(k: int, n: int, p: float) -> float:
    """Return the two-sided mid-p: what is as unlikely as `k` or more, `k` itself by half."""
    return as_unlikely_p(k, n, p) - pmf(k, n, p) / 2


def exact_interval(k: int, n: int, confidence: float = 0.95) -> Interval:
    """Return the interval of the probability by Clopper and Pearson (1934)."""
    tail = (1 - confidence) / 2
    low = 0.0 if k == 0 else root(lambda p: at_least(k, n, p) - tail, 0.0, 1.0)
    high = 1.0 if k == n else root(lambda p: tail - at_most(k, n, p), 0.0, 1.0)
    return Interval(low, high)


def mid_p_interval(k: int, n: int, confidence: float = 0.95) -> Interval:
    """Return the probabilities that the mid-p test would not refuse."""
    tail = (1 - confidence) / 2

    def upper(p: float) -> float:
        return at_least(k, n, p) - pmf(k, n, p) / 2 - tail

    def lower(p: float) -> float:
        return tail - (at_most(k, n, p) - pmf(k, n, p) / 2)

    low = 0.0 if k == 0 else root(upper, 0.0, 1.0)
    high = 1.0 if k == n else root(lower, 0.0, 1.0)
    return Interval(low, high)


def root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function that goes from below zero to above it crosses zero."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):  # as near as numbers are to each other
            break
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def fisher_p(x1: int, n1: int, x0: int, n0: int) -> float:
    """Return the two-sided probability of Fisher's exact test: all tables as unlikely or more.

    Args:
        x1: nights with a cramp, of those with the factor.
        n1: nights with the factor.
        x0: nights with a cramp, of those without.
        n0: nights without.
    """
    total, events = n1 + n0, x1 + x0
    chances = {
        x: math.exp(log_choose(n1, x) + log_choose(n0, events - x) - log_choose(total, events))
        for x in range(max(0, events - n0), min(n1, events) + 1)
    }
    seen = chances[x1]
    return min(1.0, math.fsum(one for one in chances.values() if one <= seen * ALIKE))
