"""What a comparison can be expected to see, before it begins (docs/evidence.md#power)."""

import math
from collections.abc import Iterator
from functools import lru_cache

from uncramp.analysis.binomial import log_choose, pmf

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


def nights_power(share: float, ratio: float, each: int, alpha: float = 0.05) -> float:
    """Return how likely Fisher's exact test finds a true ratio of cramp-nights.

    Everything that can happen is counted; only what is as good as impossible is left out.

    Args:
        share: of cramp-nights among the nights without the factor, 0 to 1.
        ratio: of the share with the factor to that.
        each: logged nights with the factor, and as many without.
        alpha: at most so often it finds a difference where there is none.
    """
    ones, zeros = _binomial(each, min(1.0, share * ratio)), _binomial(each, share)
    found = 0.0
    for x0, without in zeros:
        for x1, with_it in ones:
            few = _few(each, x1 + x0, alpha)
            if few is not None and min(x1, x0) <= few:
                found += with_it * without
    return min(1.0, found)


def nights_needed(
    share: float, ratio: float, wanted: float = 0.8, alpha: float = 0.05, most: int = 3_650
) -> int | None:
    """Return the nights of each side for which the test finds the ratio as often as wanted.

    None where ten years are not enough.
    """

    def is_enough(each: int) -> bool:
        return nights_power(share, ratio, each, alpha) >= wanted

    low, high = 0, 1
    while not is_enough(high):
        if high >= most:
            return None
        low, high = high, min(most, 2 * high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def visible_nights_ratio(
    share: float, each: int, wanted: float = 0.8, alpha: float = 0.05
) -> float | None:
    """Return the largest ratio below 1 that is found as often as wanted; None for none."""
    if nights_power(share, 0.0, each, alpha) < wanted:
        return None
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        found = nights_power(share, middle, each, alpha) >= wanted
        low, high = (middle, high) if found else (low, middle)
    return low


@lru_cache(maxsize=50_000)
def _few(each: int, events: int, alpha: float) -> int | None:
    """Return up to how many of `events` on one of two equal sides are too few to be chance.

    None where even none would not be; as both sides are equal, Fisher's test has equal tails.
    """
    low = max(0, events - each)
    spread = math.sqrt(events * (2 * each - events) / max(1, 4 * (2 * each - 1)))
    x = max(low, int(events / 2 - 9 * spread - 2))
    chance = math.exp(
        log_choose(each, x) + log_choose(each, events - x) - log_choose(2 * each, events)
    )
    total, few = chance, None
    while total <= alpha / 2 and 2 * x < events:
        few = x
        chance *= (each - x) * (events - x) / ((x + 1) * (each - events + x + 1))
        x += 1
        total += chance
    return few


def _binomial(n: int, p: float) -> list[tuple[int, float]]:
    """Return the counts that matter, with their probabilities."""
    spread = 7 * math.sqrt(n * p * (1 - p)) + 4
    counts = range(max(0, int(n * p - spread)), min(n, int(n * p + spread)) + 1)
    return [(k, chance) for k in counts if (chance := pmf(k, n, p)) > _REST / 1000]


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
