"""The level of one's own record: how often it cramps, whether that changed, and the season."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean

from uncramp.analysis.binomial import Interval, root
from uncramp.analysis.confounding import is_summer_half
from uncramp.analysis.record import Comparable
from uncramp.analysis.series import change_point
from uncramp.model.diary import Run
from uncramp.model.week import DAYS_A_WEEK, monday

FEWEST_NIGHTS = 28
"""Logged nights before a rate is told (docs/evidence.md#gates)."""
CLEAR_BREAK = 10.0
"""The least Bayes factor of a break that is told (docs/evidence.md#estimators)."""
FEWEST_TEMPERATURES = 3
_FEWEST_WEEKS = 3
_SEASONED_FROM = 8
"""Weeks from which on the seasons are shown (docs/evidence.md#gates)."""
_CLEARLY_WARMER_C = 2.0
_REST = 1e-12


@dataclass(frozen=True, slots=True)
class Rate:
    """Cramp-nights a week.

    Attributes:
        cramp_nights: counted.
        nights: logged.
        a_week: the mean, 0 to 7.
        interval: 95 %, exact for a count of Poisson (Garwood 1936), at most 7.
    """

    cramp_nights: int
    nights: int
    a_week: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class LevelBreak:
    """A week after which the level was another one; nothing says why.

    Attributes:
        monday: the first day of the likeliest first week of the new level.
        chance: of just that week, given that there was a break.
        factor: Bayes factor of one break against none.
        before: the rate up to it.
        after: the rate since.
    """

    monday: date
    chance: float
    factor: float
    before: Rate
    after: Rate


@dataclass(frozen=True, slots=True)
class Season:
    """One half of a year, as far as it is shown.

    Attributes:
        first: its first day.
        last: its last day.
        summer_half: April to September; else October to March.
        warm: whether it was warmer than the other half by the temperatures of the runs; None
            where these do not tell.
    """

    first: date
    last: date
    summer_half: bool
    warm: bool | None = None

    @property
    def is_warmer(self) -> bool:
        """Whether it is the warmer half; April to September where nobody noted temperatures."""
        return self.summer_half if self.warm is None else self.warm


def rate(nights: Sequence[bool]) -> Rate | None:
    """Return the rate of logged nights, whether each had a cramp; None with too few of them."""
    if len(nights) < FEWEST_NIGHTS:
        return None
    return rate_of(sum(nights), len(nights))


def rate_of(cramp_nights: int, nights: int) -> Rate:
    """Return a rate with its interval, however few nights there are."""
    scale = DAYS_A_WEEK / nights
    low, high = (min(DAYS_A_WEEK, end * scale) for end in poisson_interval(cramp_nights))
    return Rate(cramp_nights, nights, cramp_nights * scale, Interval(low, high))


def poisson_interval(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of the mean of a count (Garwood 1936)."""
    tail = (1 - confidence) / 2
    far = count + 12 * math.sqrt(count + 1) + 12

    def low_side(mean: float) -> float:
        return (1 - _poisson_at_most(count - 1, mean)) - tail

    def high_side(mean: float) -> float:
        return tail - _poisson_at_most(count, mean)

    return (_root(low_side, far) if count else 0.0), _root(high_side, far)


def _root(rising: Callable[[float], float], far: float) -> float:
    return root(rising, 0.0, far)


def _poisson_at_most(k: int, mean: float) -> float:
    """Return the probability of `k` or fewer, summed from its largest term outwards."""
    if mean <= 0:
        return 1.0
    if k > mean:
        return 1.0 - _poisson_from(k + 1, mean)
    term = total = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    for i in range(k, 0, -1):
        term *= i / mean
        total += term
        if term < total * _REST:
            break
    return total


def _poisson_from(k: int, mean: float) -> float:
    term = total = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    i = k
    while term > total * _REST:
        i += 1
        term *= mean / i
        total += term
    return total


def level_break(told: Comparable, first: date, today: date) -> LevelBreak | None:
    """Return where the level of weekly cramp-nights changed, if it clearly did.

    Weeks are weighed by their logged nights; those without any are left out.

    Args:
        told: nights.
        first: the first day that is shown.
        today: nights before it count.
    """
    weeks: dict[date, list[bool]] = {}
    for day, cramp in told.nights.items():
        if first <= day < today:
            weeks.setdefault(monday(day), []).append(cramp)
    order = sorted(weeks)
    if len(order) < 2 * _FEWEST_WEEKS:
        return None
    counts = [sum(weeks[week]) for week in order]
    logged = [len(weeks[week]) for week in order]
    found = change_point(counts, exposure=[one / DAYS_A_WEEK for one in logged])
    if found.factor <= CLEAR_BREAK:
        return None
    at = max(found.chances, key=found.chances.__getitem__)
    return LevelBreak(
        order[at],
        found.chances[at],
        found.factor,
        rate_of(sum(counts[:at]), sum(logged[:at])),
        rate_of(sum(counts[at:]), sum(logged[at:])),
    )


def seasons(runs: Sequence[Run], first: date, last: date) -> tuple[Season, ...]:
    """Return the halves of the years from `first` to `last`, in order."""
    found: list[Season] = []
    day = first
    while day <= last:
        end = min(_half_ends(day), last)
        found.append(Season(day, end, is_summer_half(day)))
        day = end + timedelta(days=1)
    felt = [(run.started.date(), run.temperature_c) for run in runs]
    known = [(day, value) for day, value in felt if value is not None]
    halves = {
        half: [value for day, value in known if is_summer_half(day) is half]
        for half in (True, False)
    }
    told = all(len(values) >= FEWEST_TEMPERATURES for values in halves.values())
    return tuple(_with_warmth(season, halves) for season in found) if told else tuple(found)


def shaded(halves: Sequence[Season], weeks: int) -> tuple[Season, ...]:
    """Return the warmer halves that are worth a shade behind `weeks` weeks."""
    if weeks < _SEASONED_FROM:
        return ()
    return tuple(
        half
        for half in halves
        if half.is_warmer and (half.last - half.first).days + 1 >= DAYS_A_WEEK
    )


def _half_ends(day: date) -> date:
    if is_summer_half(day):
        return date(day.year, 9, 30)
    return date(day.year + (day.month > 9), 3, 31)


def _with_warmth(season: Season, felt: dict[bool, list[float]]) -> Season:
    this, other = fmean(felt[season.summer_half]), fmean(felt[not season.summer_half])
    if abs(this - other) < _CLEARLY_WARMER_C:
        return season
    return replace(season, warm=this > other)
