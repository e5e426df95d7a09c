"""The incomplete beta function and the quantiles that need it."""

import math

from uncramp.analysis.binomial import root

_TINY = 1e-300
_TERMS = 1_000
_PRECISION = 1e-15


def beta_below(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function, the chance that a Beta(a, b) is below `x`.

    By its continued fraction (Abramowitz and Stegun 26.5.8), in Lentz's way.
    """
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, _TERMS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + step * d
            d = 1.0 / (d if abs(d) > _TINY else _TINY)
            c = 1.0 + step / c
            c = c if abs(c) > _TINY else _TINY
            value *= c * d
        if abs(c * d - 1.0) < _PRECISION:
            break
    return value


def beta_quantile(q: float, a: float, b: float) -> float:
    """Return below which value a Beta(a, b) is with probability `q`."""
    return root(lambda x: beta_below(x, a, b) - q, 0.0, 1.0)


def f_quantile(q: float, d1: float, d2: float) -> float:
    """Return the quantile of the F distribution with `d1` and `d2` degrees of freedom."""
    x = beta_quantile(q, d1 / 2, d2 / 2)
    return math.inf if x >= 1.0 else d2 * x / (d1 * (1 - x))


def normal_quantile(q: float) -> float:
    """Return below which value a standard normal is with probability `q`."""
    return root(lambda x: 0.5 * (1 + math.erf(x / math.sqrt(2))) - q, -40.0, 40.0)
