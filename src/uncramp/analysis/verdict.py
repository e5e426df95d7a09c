"""What nights with and without a factor can say, behind its gates (docs/evidence.md#gates).

Nothing is compared before there is enough to compare, and nothing is called more than a possible
pattern that was not tried at random. Nights are kept as the bits of whole numbers: to roll the
exposure by a day is a shift, to count is one instruction, so thousands of shifts cost nothing.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from uncramp.analysis.binomial import Interval
from uncramp.analysis.proportions import Nights, difference, ratio
from uncramp.analysis.rates import Estimate, Rates, overdispersion, shrunk_ratio
from uncramp.analysis.series import SMALLEST_SHIFT, false_discovery

CRAMP_NIGHTS = 8
"""In all, before anything is compared; with five no test could ever find anything."""
LOGGED_EACH = 10
"""Logged nights with the factor, and as many without."""
LOGGED_SHARE = 0.70
LOGGED_GAP = 0.15
"""How far the logged shares of the two sides may be apart."""
LEVEL = 0.05
DISCOVERY = 0.10
MOST_FACTORS = 14
LEAST_HALF = 42
"""Nights from which on a half is rolled by itself: fewer have too few runs to keep."""
MOST_SHIFTS = 1_000
"""Of one row of nights."""
MOST_PAIRS = 2_000
"""Of the rolls of two halves."""
_FIRST_PACE, _SECOND_PACE = math.sqrt(2.0) - 1.0, math.sqrt(3.0) - 1.0
BLOCK_DAYS = 7
LONGEST_LAG = 28
"""Days over which nights may be like each other."""
CLEAR_ERRORS = 1.0
"""Standard errors from which on an autocorrelation is taken for more than none."""


class _Roll(NamedTuple):
    """What is counted after a roll.

    Attributes:
        x1: cramp-nights with the factor.
        n1: nights with it.
        x: all cramp-nights.
        n: all nights.
        near: the factor is nearly where it was.
    """

    x1: int
    n1: int
    x: int
    n: int
    near: bool


_NOTHING = _Roll(0, 0, 0, 0, near=True)


class Wording(StrEnum):
    """The ladder: never more than its step."""

    NOT_ENOUGH = "not_enough"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    POSSIBLE_PATTERN = "possible_pattern"
    HELD_IN_A_TEST = "held_in_a_test"


class Missing(StrEnum):
    """What keeps a comparison from being shown."""

    CRAMP_NIGHTS = "cramp_nights"
    NIGHTS_WITH = "nights_with"
    NIGHTS_WITHOUT = "nights_without"
    LOGGED = "logged"
    LOGGED_UNEVENLY = "logged_unevenly"


@dataclass(frozen=True, slots=True)
class NightSeries:
    """A row of nights, one bit each, the first night the lowest.

    Attributes:
        days: how many nights.
        logged: was answered in time.
        cramp: there was one; only where logged.
        known: whether the factor was there is known.
        exposed: it was; only where known.
    """

    days: int
    logged: int
    cramp: int
    known: int
    exposed: int

    @classmethod
    def of(cls, cramps: Iterable[bool | None], exposed: Iterable[bool | None]) -> "NightSeries":
        """Make a row from one value a night; None where it was not logged, or is not known."""
        outcome, factor = tuple(cramps), tuple(exposed)
        if len(outcome) != len(factor):
            raise ValueError(f"{len(outcome)} nights, {len(factor)} exposures")
        return cls(
            len(outcome),
            _bits(one is not None for one in outcome),
            _bits(one is True for one in outcome),
            _bits(one is not None for one in factor),
            _bits(one is True for one in factor),
        )

    @property
    def nights(self) -> Nights:
        """The table that is compared: logged nights of which the factor is known."""
        usable = self.logged & self.known
        with_it = usable & self.exposed
        x1, n1 = (self.cramp & with_it).bit_count(), with_it.bit_count()
        return Nights(x1, n1, (self.cramp & usable).bit_count() - x1, usable.bit_count() - n1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said about one factor.

    Attributes:
        wording: the step of the ladder.
        missing: what keeps it from being compared.
        nights: the counts, which are always shown.
        shift_p: of the circular-shift test; 1 where nothing is compared.
        adjusted_p: among all factors that were tested together.
        overdispersion: of the cramp-nights of blocks of seven days, at least 1.
        design_effect: how much wider the intervals' variance is than that of independent nights.
    """

    wording: Wording
    missing: tuple[Missing, ...]
    nights: Nights
    shift_p: float = 1.0
    adjusted_p: float = 1.0
    overdispersion: float = 1.0
    design_effect: float = 1.0

    @property
    def is_compared(self) -> bool:
        """Whether the gates are open."""
        return self.wording is not Wording.NOT_ENOUGH

    @property
    def ratio(self) -> tuple[float, Interval] | None:
        """The ratio of the shares of cramp-nights with its interval; None while not compared."""
        return ratio(self.nights, inflation=self.design_effect) if self.is_compared else None

    @property
    def gap(self) -> tuple[float, Interval] | None:
        """The difference of the shares with its interval; None while not compared."""
        return difference(self.nights, inflation=self.design_effect) if self.is_compared else None

    @property
    def shrunk(self) -> Estimate | None:
        """The ratio as a sceptic sees it; None while not compared."""
        nights = self.nights
        rates = Rates(nights.x1, nights.n1, nights.x0, nights.n0)
        scatter = max(self.overdispersion, self.design_effect)
        return shrunk_ratio(rates, scatter) if self.is_compared else None


def judge(
    factors: Sequence[NightSeries], level: float = LEVEL, discovery: float = DISCOVERY
) -> tuple[Verdict, ...]:
    """Return what can be said about each of the factors, tested together.

    Args:
        factors: those that were chosen before looking, at most `MOST_FACTORS`.
        level: the largest probability of the shift test that is called a pattern.
        discovery: the largest one after adjusting it for all that are tested together.

    Raises:
        ValueError: there are more.
    """
    if len(factors) > MOST_FACTORS:
        raise ValueError(f"{len(factors)} factors; at most {MOST_FACTORS} are tested together")
    gates = [missing_of(one) for one in factors]
    open_ones = [number for number, missing in enumerate(gates) if not missing]
    raw = {number: shift_p(factors[number]) for number in open_ones}
    adjusted = dict(zip(open_ones, false_discovery([raw[n] for n in open_ones]), strict=True))
    found: list[Verdict] = []
    for number, one in enumerate(factors):
        if gates[number]:
            found.append(Verdict(Wording.NOT_ENOUGH, gates[number], one.nights))
            continue
        pattern = raw[number] <= level and adjusted[number] <= discovery
        wording = Wording.POSSIBLE_PATTERN if pattern else Wording.NO_CLEAR_DIFFERENCE
        found.append(
            Verdict(
                wording,
                (),
                one.nights,
                raw[number],
                adjusted[number],
                scatter(one),
                design_effect(one),
            )
        )
    return tuple(found)


def missing_of(series: NightSeries) -> tuple[Missing, ...]:
    """Return what is still missing before the factor may be compared."""
    nights = series.nights
    missing: list[Missing] = []
    if nights.x1 + nights.x0 < CRAMP_NIGHTS:
        missing.append(Missing.CRAMP_NIGHTS)
    if nights.n1 < LOGGED_EACH:
        missing.append(Missing.NIGHTS_WITH)
    if nights.n0 < LOGGED_EACH:
        missing.append(Missing.NIGHTS_WITHOUT)
    if series.logged.bit_count() < LOGGED_SHARE * series.days:
        missing.append(Missing.LOGGED)
    with_it = series.exposed.bit_count()
    without = series.known.bit_count() - with_it
    if with_it and without and abs(nights.n1 / with_it - nights.n0 / without) > LOGGED_GAP:
        missing.append(Missing.LOGGED_UNEVENLY)
    return tuple(missing)


def shift_p(series: NightSeries) -> float:
    """Return how often a rolled exposure goes with the cramps as much as the real one does.

    Both series keep their own runs, so that weeks that are alike by themselves prove nothing
    (docs/evidence.md#estimators). Two-sided: more and fewer count alike.

    From twelve weeks on each half of the record is rolled by itself, and every roll of the one
    meets every roll of the other; left out is only what moves neither. To roll the whole gives
    as many comparisons as there are days, too few for a small probability: by halves a true
    effect is seen as often as the exact test sees it, within 2 of 100 simulated diaries, and
    where there is none the level is kept to, however the level of cramps drifts.
    """
    half = series.days // 2
    if half < LEAST_HALF:
        rolls = _rolled(series, 0, series.days)
        seen, gaps = _gap(rolls[0]), [_gap(one) for one in rolls if not one.near]
    else:
        firsts, seconds = _rolled(series, 0, half), _rolled(series, half, series.days - half)
        seen = _gap(firsts[0], seconds[0])
        gaps = [_gap(one, other) for one, other in _pairs(firsts, seconds)]
    return (1 + sum(gap >= seen - 1e-12 for gap in gaps)) / (1 + len(gaps))


def _rolled(series: NightSeries, first: int, days: int) -> list[_Roll]:
    """Return what is counted in some of the nights: as they are, and after each roll.

    Many years are rolled by `MOST_SHIFTS` evenly spaced distances instead of by all, so that the
    cost grows with their number and not with the square of it.
    """
    whole = (1 << days) - 1
    logged, cramp = series.logged >> first & whole, series.cramp >> first & whole
    known, exposed = series.known >> first & whole, series.exposed >> first & whole
    found: list[_Roll] = []
    for k in range(0, max(1, days), max(1, -(-days // MOST_SHIFTS))):
        usable = logged & (known << k | known >> days - k)
        with_it = usable & (exposed << k | exposed >> days - k)
        found.append(
            _Roll(
                (cramp & with_it).bit_count(),
                with_it.bit_count(),
                (cramp & usable).bit_count(),
                usable.bit_count(),
                min(k, days - k) < SMALLEST_SHIFT,
            )
        )
    return found


def _pairs(firsts: Sequence[_Roll], seconds: Sequence[_Roll]) -> Iterator[tuple[_Roll, _Roll]]:
    """Yield every roll of one half with every roll of the other; of very many an even spread."""
    pairs: Iterable[tuple[_Roll, _Roll]] = product(firsts, seconds)
    if len(firsts) * len(seconds) > MOST_PAIRS:
        # Both places go through their rows at incommensurable speeds, so that no region of the
        # pairs is met a second time before every other one was met (Weyl 1916).
        pairs = (
            (
                firsts[int(n * _FIRST_PACE % 1.0 * len(firsts))],
                seconds[int(n * _SECOND_PACE % 1.0 * len(seconds))],
            )
            for n in range(1, MOST_PAIRS + 1)
        )
    return (pair for pair in pairs if not (pair[0].near and pair[1].near))


def _gap(one: _Roll, other: _Roll = _NOTHING) -> float:
    """Return how far apart the shares of cramp-nights are, both parts taken as one."""
    x1, n1, x, n, _ = one
    y1, m1, y, m, _ = other
    x1, n1, x, n = x1 + y1, n1 + m1, x + y, n + m
    if not n1 or n == n1:
        return 0.0
    return abs(x1 / n1 - (x - x1) / (n - n1))


def scatter(series: NightSeries) -> float:
    """Return how much more the cramp-nights of blocks of seven days vary than chance would.

    Only logged nights of which the factor is known are counted, and the blocks are made of them:
    a night that is missing moves no block.
    """
    usable = series.logged & series.known
    nights = [series.cramp >> n & 1 for n in range(series.days) if usable >> n & 1]
    blocks = [nights[n : n + BLOCK_DAYS] for n in range(0, len(nights), BLOCK_DAYS)]
    return overdispersion([sum(one) for one in blocks], [len(one) for one in blocks])


def design_effect(series: NightSeries) -> float:
    """Return how much more two series vary together by chance than independent nights would.

    Nights are like those around them, and so is the keeping to a routine: 1 + 2 times the sum
    over the lags of the product of both autocorrelations (Bartlett 1935), as far as that of the
    routine is clear of zero; cramps are taken less their side's mean. Without it 95 % intervals
    hold the truth in 84 to 90 of 100 diaries that drift, with it in 93 to 95.
    """
    usable = series.logged & series.known
    nights = series.nights
    if not nights.n1 or not nights.n0:
        return 1.0
    exposed, cramp = series.exposed & usable, series.cramp & usable
    kinds = (cramp & exposed, exposed & ~cramp, cramp & ~exposed, usable & ~exposed & ~cramp)
    p1, p0 = nights.x1 / nights.n1, nights.x0 / nights.n0
    share = nights.n1 / (nights.n1 + nights.n0)
    residuals = (1 - p1, -p1, 1 - p0, -p0)
    exposures = (1 - share, 1 - share, -share, -share)
    lags = range(1, min(LONGEST_LAG, series.days // 3) + 1)
    clear = CLEAR_ERRORS / math.sqrt(nights.n1 + nights.n0)
    together = 0.0
    for lag in lags:
        alike = _autocorrelation(kinds, exposures, lag, series.days)
        if alike <= clear:
            break
        together += alike * max(0.0, _autocorrelation(kinds, residuals, lag, series.days))
    return 1.0 + 2.0 * together


def _autocorrelation(kinds: Sequence[int], values: Sequence[float], lag: int, days: int) -> float:
    """Return the autocorrelation of a series that has one value for each kind of night.

    Args:
        kinds: bits of the nights of each kind.
        values: of each kind; their mean over the nights is zero.
        lag: days.
        days: of the whole series.
    """
    pairs, total = 0, 0.0
    for later, value in zip(kinds, values, strict=True):
        for earlier, other in zip(kinds, values, strict=True):
            count = (later & (earlier << lag)).bit_count()
            pairs += count
            total += count * value * other
    nights = sum(kind.bit_count() for kind in kinds)
    squares = sum(
        kind.bit_count() * value * value for kind, value in zip(kinds, values, strict=True)
    )
    if not pairs or squares <= 0:
        return 0.0
    return total / pairs * (1 - lag / days) / (squares / nights)


def _bits(values: Iterable[bool]) -> int:
    digits = "".join("1" if value else "0" for value in values)
    return int(digits[::-1] or "0", 2)
