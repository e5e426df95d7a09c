"""What a comparison can be expected to see, before it begins (evidence page, power)."""

import math
from collections.abc import Iterator
from functools import lru_cache

from uncramp.analysis.binomial import pmf

_REST = 1e-9
"""What is left out of a sum, as a share of it."""


def power(a_week: float, ratio: float, weeks: float, alpha: float = 0.05) -> float:
    """Return how likely the exact test finds a true rate ratio.

    Args:
        a_week: events in a week without the factor.
        ratio: of the rate with the factor to that without.
        weeks: of each of the two arms.
        alpha: at most so often it finds a difference where there is none.
    """
    total = a_week * weeks * (1 + ratio)
    share = ratio / (1 + ratio)
    found = 0.0
    for n, chance in _poisson(total):
        least = _critical(n, alpha)
        if least is not None:
            found += chance * (_tail(least, n, share) + _tail(least, n, 1 - share))
    return found


def weeks_needed(
    a_week: float, ratio: float, wanted: float = 0.8, most: int = 520, alpha: float = 0.05
) -> int | None:
    """Return the weeks of each arm for which the test finds the ratio as often as wanted.

    None where ten years are not enough.
    """

    def is_enough(weeks: int) -> bool:
        return power(a_week, ratio, weeks, alpha) >= wanted

    if not is_enough(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    # Power goes up in small saws: the first of the weeks around that is enough.
    first = max(1, high - 6)
    return next(
        week for week in range(first, high + 1) if power(a_week, ratio, week, alpha) >= wanted
    )


def visible_ratio(
    a_week: float, weeks: float, wanted: float = 0.8, alpha: float = 0.05
) -> float | None:
    """Return the largest rate ratio below 1 that is found as often as wanted; None for none."""
    if power(a_week, 0.0, weeks, alpha) < wanted:
        return None
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if power(a_week, middle, weeks, alpha) >= wanted else (low, middle)
        )
    return low


@lru_cache(maxsize=20_000)
def _critical(n: int, alpha: float) -> int | None:
    """Return up to how many of `n` events on one side are too few to be chance."""
    k = int(n / 2 - math.sqrt(n))
    while k >= 0 and _tail(k, n, 0.5) > alpha / 2:
        k -= 1
    while _tail(k + 1, n, 0.5) <= alpha / 2:
        k += 1
    return k if k >= 0 else None


def _tail(k: int, n: int, p: float) -> float:
    """Return the probability of `k` or fewer of `n`, summed from its largest term down."""
    if k < 0:
        return 0.0
    if k >= n or p <= 0.0:
        return 1.0
    if p >= 1.0:
        return 0.0
    if k > n * p:
        return 1.0 - _tail(n - k - 1, n, 1 - p)
    term = total = pmf(k, n, p)
    odds = (1 - p) / p
    for i in range(k, 0, -1):
        term *= i / (n - i + 1) * odds
        total += term
        if term < total * _REST:
            break
    return total


def _poisson(mean: float) -> Iterator[tuple[int, float]]:
    """Yield the counts that matter, with their probabilities."""
    if mean <= 0:
        yield 0, 1.0
        return
    spread = 7 * math.sqrt(mean) + 10
    for k in range(max(0, int(mean - spread)), int(mean + spread) + 1):
        chance = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
        if chance > _REST / 1000:
            yield k, chance
