"""What else was different between the nights that are compared (docs/evidence.md#gates)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from uncramp.analysis.binomial import Interval
from uncramp.analysis.exposure import long_runs, week_metres
from uncramp.analysis.rates import Estimate, Rates, stratified_ratio
from uncramp.analysis.record import Record
from uncramp.model.week import monday

LARGEST_GAP = 1.0
"""Standard deviations between the means of the two sides; beyond that it is named."""
FEWEST = 5
"""Known values on each side before the means say anything."""
SUMMER_HALF = frozenset(range(4, 10))
"""April to September."""


class Confounding(StrEnum):
    """What may differ."""

    SEASON = "season"
    TEMPERATURE = "temperature"
    LONG_RUNS = "long_runs"
    WEEKLY_DISTANCE = "weekly_distance"


@dataclass(frozen=True, slots=True)
class Confounder:
    """Something that differed between the nights with a factor and those without.

    Attributes:
        kind: what.
        with_it: its mean on nights with the factor: the share of nights in April to September, of
            nights after a long run, degrees Celsius, or metres a week.
        without: the same on nights without.
        gap: between the two in standard deviations.
    """

    kind: Confounding
    with_it: float
    without: float
    gap: float


def is_summer_half(day: date) -> bool:
    """Whether a day is in April to September."""
    return day.month in SUMMER_HALF


class Surroundings:
    """What else is known of each night of a record."""

    def __init__(self, record: Record) -> None:
        self._long = long_runs(record.runs)
        run_days = [run.started.date() for run in record.runs]
        self._first_run = min(run_days, default=None)
        self._last_run = max(run_days, default=None)
        self._metres = week_metres(record.runs)
        felt: dict[date, list[float]] = {}
        for run in record.runs:
            if run.temperature_c is not None:
                felt.setdefault(run.started.date(), []).append(run.temperature_c)
        self._temperature = {day: fmean(values) for day, values in felt.items()}
        self._known: dict[date, Mapping[Confounding, float]] = {}

    def of(self, day: date) -> Mapping[Confounding, float]:
        """Return what is known of one night."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._of(day)
        return known

    def _of(self, day: date) -> Mapping[Confounding, float]:
        found = {Confounding.SEASON: float(is_summer_half(day))}
        if day in self._temperature:
            found[Confounding.TEMPERATURE] = self._temperature[day]
        if self._first_run and self._last_run and self._first_run <= day <= self._last_run:
            found[Confounding.LONG_RUNS] = float(day in self._long)
        week = self._metres.get(monday(day))
        if week is not None:
            found[Confounding.WEEKLY_DISTANCE] = week
        return found

    def stratum(self, day: date) -> tuple[bool, bool]:
        """Return in which stratum a night is: half of the year, and after a long run or not."""
        return is_summer_half(day), day in self._long


def confounders(
    exposed: Mapping[date, bool],
    surroundings: Surroundings,
    itself: Confounding | None = None,
) -> tuple[Confounder, ...]:
    """Return what differed by more than a standard deviation between the two sides.

    Args:
        exposed: the nights that are compared.
        surroundings: what else is known of them.
        itself: what the factor is, so that it differs of course.
    """
    values: dict[Confounding, tuple[list[float], list[float]]] = {}
    for day, was in exposed.items():
        for kind, value in surroundings.of(day).items():
            values.setdefault(kind, ([], []))[was].append(value)
    found: list[Confounder] = []
    for kind in Confounding:
        without, with_it = values.get(kind, ([], []))
        if kind is itself or min(len(without), len(with_it)) < FEWEST:
            continue
        spread = _spread((*without, *with_it))
        if spread <= 0:
            continue
        gap = abs(fmean(with_it) - fmean(without)) / spread
        if gap > LARGEST_GAP:
            found.append(Confounder(kind, fmean(with_it), fmean(without), gap))
    return tuple(found)


def stratified(
    cramps: Mapping[date, bool],
    exposed: Mapping[date, bool],
    surroundings: Surroundings,
    inflation: float = 1.0,
) -> Estimate | None:
    """Return the ratio of cramp-nights over strata of season and long runs.

    None where no stratum has nights on both sides with a cramp among them.

    Args:
        cramps: whether there was one, of each night.
        exposed: whether the factor was there, of the nights that are compared.
        surroundings: what else is known of them.
        inflation: of the variance, where nights are not independent of each other.
    """
    tables: dict[tuple[bool, bool], list[int]] = {}
    for day, was in exposed.items():
        table = tables.setdefault(surroundings.stratum(day), [0, 0, 0, 0])
        table[2 * was] += cramps[day]
        table[2 * was + 1] += 1
    usable = [Rates(c1, t1, c0, t0) for c0, t0, c1, t1 in tables.values() if t1 and t0]
    found = stratified_ratio(usable, inflation=inflation) if usable else None
    return found if found is not None and _is_bounded(found.interval) else None


def _spread(values: Sequence[float]) -> float:
    """Return the standard deviation."""
    mean = fmean(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


def _is_bounded(interval: Interval) -> bool:
    return 0 < interval.low <= interval.high < float("inf")


def nights_between(days: Sequence[date], first: date, last: date) -> tuple[date, ...]:
    """Return the days from `first` to before `last`."""
    return tuple(day for day in days if first <= day < last)
