"""All that a review looks at, and the nights of it that may be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from uncramp.analysis.adherence import Doing
from uncramp.analysis.lots import Trial
from uncramp.model.diary import Cramp, CrampContext, DayContext, Night, Run
from uncramp.model.plan import Plan

LONGEST_GAP_DAYS = 28
"""A longer gap without any answer is a break in the diary: it is no loss of nights."""


class Window(StrEnum):
    """Which nights a factor of one day is held against; one each, declared before looking."""

    PAST_NIGHT = "past_night"
    SAME_NIGHT = "same_night"
    TWO_NIGHTS = "two_nights"
    NEXT_WEEK = "next_week"

    @property
    def days_back(self) -> range:
        """How many days before the evening of a night the factor counts for it.

        How one lay is noted on the day after: minus one.
        """
        if self is Window.PAST_NIGHT:
            return range(-1, 0)
        if self is Window.SAME_NIGHT:
            return range(1)
        return range(2) if self is Window.TWO_NIGHTS else range(1, 8)


class Source(StrEnum):
    """Where it is known from whether a factor was there."""

    NOTED = "noted"
    LONG_RUN = "long_run"
    STRENGTH = "strength"
    MILEAGE_JUMP = "mileage_jump"


class Cut(StrEnum):
    """What of the noted values counts as the factor; none of them looks at the cramps."""

    YES = "yes"
    AT_LEAST = "at_least"
    BELOW = "below"
    ABOVE_USUAL = "above_usual"
    AMONG = "among"


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that the user chose to hold against the nights, before looking.

    Attributes:
        key: of the field that is noted about a day, or the source's own name.
        window: the nights that it is held against.
        source: where it is known from.
        cut: what of the noted values counts.
        limit: for AT_LEAST and BELOW.
        values: for AMONG.
    """

    key: str
    window: Window = Window.SAME_NIGHT
    source: Source = Source.NOTED
    cut: Cut = Cut.YES
    limit: float = 0.0
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Record:
    """What the journal knows, for a review.

    Attributes:
        nights: what is known of each night, by its answer or by cramps that were entered for it.
        cramps: entries.
        days: what was noted about days.
        runs: entries.
        plan: all that was ever planned.
        doings: sessions that did some work.
        bedtime: routines that are meant for, or planned at, bedtime.
        strength: routines of strength exercises.
        first_day: on which the program was first used; nights before it are never compared,
            because people begin when it is at its worst. None while nothing was entered.
        factors: chosen before looking, at most `MOST_FACTORS`.
        trials: randomised experiments with their lots.
        plan_day: whose sessions can still be done, in the small hours the day before; None for
            today.
    """

    nights: tuple[Night, ...] = ()
    cramps: tuple[Cramp, ...] = ()
    days: tuple[DayContext, ...] = ()
    runs: tuple[Run, ...] = ()
    plan: Plan = field(default_factory=Plan)
    doings: tuple[Doing, ...] = ()
    bedtime: frozenset[str] = frozenset()
    strength: frozenset[str] = frozenset()
    first_day: date | None = None
    factors: tuple[Factor, ...] = ()
    trials: tuple[Trial, ...] = ()
    plan_day: date | None = None


@dataclass(frozen=True, slots=True)
class Future:
    """Entries that are dated after today, which are left out: a clock was wrong.

    Attributes:
        nights: how many, and so on.
        cramps: entries.
        days: noted about days.
        runs: entries.
        doings: sessions.
    """

    nights: int = 0
    cramps: int = 0
    days: int = 0
    runs: int = 0
    doings: int = 0

    @property
    def count(self) -> int:
        """All of them."""
        return self.nights + self.cramps + self.days + self.runs + self.doings


def until(record: Record, today: date) -> tuple[Record, Future]:
    """Return the record up to `today`, and what was left out of it."""
    nights = tuple(one for one in record.nights if one.day <= today)
    cramps = tuple(one for one in record.cramps if one.at.date() <= today)
    days = tuple(one for one in record.days if one.day <= today)
    runs = tuple(one for one in record.runs if one.started.date() <= today)
    doings = tuple(one for one in record.doings if one.day <= today)
    future = Future(
        len(record.nights) - len(nights),
        len(record.cramps) - len(cramps),
        len(record.days) - len(days),
        len(record.runs) - len(runs),
        len(record.doings) - len(doings),
    )
    kept = replace(record, nights=nights, cramps=cramps, days=days, runs=runs, doings=doings)
    return kept, future


@dataclass(frozen=True, slots=True)
class Comparable:
    """The nights that may be compared: told in time, since the program is in use.

    Attributes:
        nights: whether there was a cramp, by cramp-day, in order.
        first_cramp: when the first of a night began, where it was entered.
        days: the whole row of days from the first comparable night to the last one before today,
            those that were not logged among them, without breaks in the diary.
    """

    nights: Mapping[date, bool]
    first_cramp: Mapping[date, datetime]
    days: tuple[date, ...]


def comparable(record: Record, today: date) -> Comparable:
    """Return the nights that may be compared.

    Nights that were told from memory, and those before the program was in use, are never among
    them (docs/evidence.md#before-and-after).
    """
    start = record.first_day
    told = sorted(
        (one.day, one.cramps > 0)
        for one in record.nights
        if not one.recalled and start is not None and start <= one.day < today
    )
    nights = dict(told)
    first: dict[date, datetime] = {}
    for cramp in record.cramps:
        if cramp.context is CrampContext.NIGHT and cramp.day in nights:
            known = first.get(cramp.day)
            first[cramp.day] = cramp.at if known is None else min(known, cramp.at)
    return Comparable(nights, first, _days(nights, today))


def _days(logged: Iterable[date], today: date) -> tuple[date, ...]:
    found: list[date] = []
    for day in (*logged, today):
        gap = (day - found[-1]).days if found else 1
        if gap <= LONGEST_GAP_DAYS:
            found.extend(day - timedelta(days=back) for back in range(gap - 1, 0, -1))
        found.append(day)
    return tuple(found[:-1])
