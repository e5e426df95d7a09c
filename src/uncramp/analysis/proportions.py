"""Comparing nights: x1 of n1 with a cramp where there was a factor, x0 of n0 where not."""

import math
from dataclasses import dataclass

from uncramp.analysis.binomial import Interval, fisher_p, pmf, root
from uncramp.analysis.special import normal_quantile

_STEPS = 400


@dataclass(frozen=True, slots=True)
class Nights:
    """Cramp-nights of logged nights, with a factor (1) and without (0)."""

    x1: int
    n1: int
    x0: int
    n0: int


def wilson(x: int, n: int, confidence: float = 0.95, inflation: float = 1.0) -> Interval:
    """Return Wilson's interval of a proportion (1927).

    Args:
        x: nights with a cramp.
        n: nights.
        confidence: of the interval.
        inflation: of the variance, where nights are not independent of each other; at least 1.
    """
    z2 = normal_quantile(1 - (1 - confidence) / 2) ** 2 * inflation
    centre = (x + z2 / 2) / (n + z2)
    half = math.sqrt(z2) / (n + z2) * math.sqrt(x * (n - x) / n + z2 / 4)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def difference(
    nights: Nights, confidence: float = 0.95, inflation: float = 1.0
) -> tuple[float, Interval]:
    """Return the difference of the proportions with Newcombe's interval (1998, method 10).

    Args:
        nights: counts.
        confidence: of the interval.
        inflation: of the variance, as for `wilson`.
    """
    p1, p0 = nights.x1 / nights.n1, nights.x0 / nights.n0
    one, zero = (
        wilson(x, n, confidence, inflation)
        for x, n in ((nights.x1, nights.n1), (nights.x0, nights.n0))
    )
    value = p1 - p0
    low = value - math.hypot(p1 - one.low, zero.high - p0)
    high = value + math.hypot(one.high - p1, p0 - zero.low)
    return value, Interval(low, high)


def ratio(
    nights: Nights, confidence: float = 0.95, inflation: float = 1.0
) -> tuple[float, Interval]:
    """Return the ratio of the proportions with its score interval (Miettinen and Nurminen 1985).

    Without any cramp-night every ratio fits: it is not a number then.

    Args:
        nights: counts.
        confidence: of the interval.
        inflation: of the variance, as for `wilson`.
    """
    x1, n1, x0, n0 = nights.x1, nights.n1, nights.x0, nights.n0
    if not x1 and not x0:
        return math.nan, Interval(0.0, math.inf)
    value = math.inf if not x0 else (x1 / n1) / (x0 / n0)
    z2 = normal_quantile(1 - (1 - confidence) / 2) ** 2 * inflation

    def misfit(log_ratio: float) -> float:
        return _score(nights, math.exp(log_ratio)) - z2

    centre = math.log(value) if 0 < value < math.inf else (30.0 if value else -30.0)
    low = 0.0 if not x1 else math.exp(root(lambda r: -misfit(r), -40.0, centre))
    high = math.inf if not x0 else math.exp(root(misfit, centre, 40.0))
    return value, Interval(low, high)


def _score(nights: Nights, theta: float) -> float:
    """Return the score statistic for a ratio `theta` (Miettinen and Nurminen 1985)."""
    x1, n1, x0, n0 = nights.x1, nights.n1, nights.x0, nights.n0
    total = n1 + n0
    a = total * theta
    b = -(n1 * theta + x1 + n0 + x0 * theta)
    c = x1 + x0
    # The likeliest rates among those whose ratio is `theta`.
    p0 = (-b - math.sqrt(max(0.0, b * b - 4 * a * c))) / (2 * a)
    p1 = p0 * theta
    variance = (p1 * (1 - p1) / n1 + theta**2 * p0 * (1 - p0) / n0) * total / (total - 1)
    distance = x1 / n1 - theta * x0 / n0
    return distance * distance / variance if variance > 0 else 0.0


def fisher(nights: Nights) -> float:
    """Return the two-sided probability of Fisher's exact test."""
    return fisher_p(nights.x1, nights.n1, nights.x0, nights.n0)


def boschloo(nights: Nights) -> float:
    """Return the two-sided probability of Boschloo's test: twice the smaller one-sided one."""
    return min(1.0, 2 * min(_boschloo_less(nights), _boschloo_less(_swapped(nights))))


def _swapped(nights: Nights) -> Nights:
    return Nights(nights.x0, nights.n0, nights.x1, nights.n1)


def _boschloo_less(nights: Nights) -> float:
    """Return the largest chance, whatever the rate, of a one-sided Fisher p as small as seen."""
    n1, n0 = nights.n1, nights.n0
    seen = _fisher_less(nights.x1, n1, nights.x0, n0) * (1 + 1e-9)
    extreme = [
        (x1, x0)
        for x1 in range(n1 + 1)
        for x0 in range(n0 + 1)
        if _fisher_less(x1, n1, x0, n0) <= seen
    ]

    def chance(p: float) -> float:
        ones = [pmf(x, n1, p) for x in range(n1 + 1)]
        zeros = [pmf(x, n0, p) for x in range(n0 + 1)]
        return math.fsum(ones[x1] * zeros[x0] for x1, x0 in extreme)

    grid = [number / _STEPS for number in range(_STEPS + 1)]
    best = max(grid, key=chance)
    fine = [best + (number - 50) / (50 * _STEPS) for number in range(101)]
    return min(1.0, max(chance(p) for p in fine if 0 <= p <= 1))


def _fisher_less(x1: int, n1: int, x0: int, n0: int) -> float:
    events, total = x1 + x0, n1 + n0
    ways = math.comb(total, events)
    low = max(0, events - n0)
    return sum(math.comb(n1, x) * math.comb(n0, events - x) for x in range(low, x1 + 1)) / ways
