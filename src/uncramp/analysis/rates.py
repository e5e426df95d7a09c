"""Comparing two rates: c1 events in t1 days with a factor, c0 in t0 days without.

All formulas as in docs/evidence.md#estimators, 1, 2, 4, 6, and the reference functions beside
its worked example, with which the tests compare.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from uncramp.analysis.binomial import (
    Interval,
    central_p,
    exact_interval,
    mid_p,
    mid_p_interval,
)
from uncramp.analysis.special import beta_below, f_quantile, normal_quantile

JEFFREYS = 0.5
SCEPTIC_SD = 0.35
"""Of the logarithm of the rate ratio, before any data: 95 % lie between a half and the double."""
_GRID = 16_001
_GRID_END = 4.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Events and days, with a factor (1) and without (0)."""

    c1: int
    t1: float
    c0: int
    t0: float

    @property
    def ratio(self) -> float:
        """The rate ratio; infinite or not a number where there is nothing to divide by."""
        if self.t1 <= 0 or self.t0 <= 0:
            return math.nan
        if not self.c0:
            return math.inf if self.c1 else math.nan
        return (self.c1 / self.t1) / (self.c0 / self.t0)

    @property
    def share(self) -> float:
        """The share of days with the factor: of the events, if it made no difference."""
        return self.t1 / (self.t1 + self.t0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its interval and a probability.

    Attributes:
        value: for example a rate ratio.
        interval: 95 % unless said otherwise.
        p: two-sided probability of what was seen or worse, if there were no difference; for
            shrunk and Bayesian estimates the probability that the ratio is below 1.
    """

    value: float
    interval: Interval
    p: float


def exact_ratio(rates: Rates, confidence: float = 0.95) -> Estimate:
    """Return the rate ratio with its exact conditional interval (central)."""
    n = rates.c1 + rates.c0
    inside = exact_interval(rates.c1, n, confidence)
    return Estimate(rates.ratio, _as_ratio(inside, rates), central_p(rates.c1, n, rates.share))


def mid_p_ratio(rates: Rates, confidence: float = 0.95) -> Estimate:
    """Return the rate ratio with its mid-p interval, which is less conservative."""
    n = rates.c1 + rates.c0
    inside = mid_p_interval(rates.c1, n, confidence)
    return Estimate(rates.ratio, _as_ratio(inside, rates), mid_p(rates.c1, n, rates.share))


def _as_ratio(inside: Interval, rates: Rates) -> Interval:
    scale = rates.t0 / rates.t1
    high = math.inf if inside.high >= 1.0 else inside.high / (1 - inside.high) * scale
    return Interval(inside.low / (1 - inside.low) * scale if inside.low < 1 else math.inf, high)


def gamma_poisson_ratio(rates: Rates, confidence: float = 0.95) -> Estimate:
    """Return the ratio's posterior median and interval with Jeffreys' prior for both rates."""
    a1, a0 = rates.c1 + JEFFREYS, rates.c0 + JEFFREYS
    scale = a1 * rates.t0 / (a0 * rates.t1)
    tail = (1 - confidence) / 2

    def quantile(q: float) -> float:
        return scale * f_quantile(q, 2 * a1, 2 * a0)

    # Below 1 in terms of the beta distribution that the F one is made of.
    below = beta_below(rates.t1 / (rates.t1 + rates.t0), a1, a0)
    return Estimate(quantile(0.5), Interval(quantile(tail), quantile(1 - tail)), below)


def shrunk_ratio(
    rates: Rates, overdispersion: float = 1.0, sd: float = SCEPTIC_SD, confidence: float = 0.95
) -> Estimate:
    """Return the ratio as a sceptic sees it: drawn towards no difference, the more the less data.

    Args:
        rates: events and days.
        overdispersion: of the events, at least 1; it takes that much of their weight.
        sd: of the logarithm of the ratio before any data.
        confidence: of the interval.
    """
    step = 2 * _GRID_END / (_GRID - 1)
    thetas = [-_GRID_END + number * step for number in range(_GRID)]
    offset = math.log(rates.t1 / rates.t0)
    n = rates.c1 + rates.c0
    logs = []
    for theta in thetas:
        eta = offset + theta
        # log of p**c1 (1-p)**c0 with logit p = eta, without overflow
        likelihood = rates.c1 * eta - n * _log1p_exp(eta)
        logs.append(likelihood / overdispersion - 0.5 * (theta / sd) ** 2)
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    total = math.fsum(weights)
    tail = (1 - confidence) / 2
    below = math.fsum(w for w, theta in zip(weights, thetas, strict=True) if theta <= 0)
    low, middle, high = (
        math.exp(_weighted_quantile(thetas, weights, total, q)) for q in (tail, 0.5, 1 - tail)
    )
    return Estimate(middle, Interval(low, high), below / total)


def _log1p_exp(x: float) -> float:
    return x + math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x))


def _weighted_quantile(
    values: Sequence[float], weights: Sequence[float], total: float, q: float
) -> float:
    reached, before = 0.0, values[0]
    for value, weight in zip(values, weights, strict=True):
        if reached + weight >= q * total:
            return before + (value - before) * (q * total - reached) / weight
        reached, before = reached + weight, value
    return values[-1]


def overdispersion(counts: Sequence[int], days: Sequence[float]) -> float:
    """Return Pearson's chi-squared over its degrees of freedom, at least 1.

    Args:
        counts: events of each block of days.
        days: logged days of each block.
    """
    used = [(c, t) for c, t in zip(counts, days, strict=True) if t > 0]
    events, exposure = sum(c for c, _ in used), sum(t for _, t in used)
    if len(used) < 2 or not events:  # one block varies against nothing
        return 1.0
    rate = events / exposure
    squared = math.fsum((c - rate * t) ** 2 / (rate * t) for c, t in used)
    return max(1.0, squared / (len(used) - 1))


def stratified_ratio(
    strata: Sequence[Rates], confidence: float = 0.95, inflation: float = 1.0
) -> Estimate:
    """Return the rate ratio over strata by Mantel and Haenszel, with its interval.

    Args:
        strata: events and days of each.
        confidence: of the interval.
        inflation: of the variance, where days are not independent of each other; at least 1.
    """
    top = math.fsum(one.c1 * one.t0 / (one.t1 + one.t0) for one in strata)
    bottom = math.fsum(one.c0 * one.t1 / (one.t1 + one.t0) for one in strata)
    if top <= 0 or bottom <= 0:
        value = math.nan if top <= 0 and bottom <= 0 else (0.0 if top <= 0 else math.inf)
        return Estimate(value, Interval(0.0, math.inf), 1.0)
    ratio = top / bottom
    spread = math.fsum(
        (one.c1 + one.c0) * one.t1 * one.t0 / (one.t1 + one.t0) ** 2 for one in strata
    )
    error = math.sqrt(spread * inflation / (top * bottom))
    z = normal_quantile(1 - (1 - confidence) / 2)
    p = math.erfc(abs(math.log(ratio)) / error / math.sqrt(2))
    inside = Interval(ratio * math.exp(-z * error), ratio * math.exp(z * error))
    return Estimate(ratio, inside, p)
