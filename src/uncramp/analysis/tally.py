"""Cramps counted: where, when in the night, how long and how painful; and each night by itself."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from uncramp.analysis.adherence import Doing
from uncramp.analysis.record import Record
from uncramp.model.body import Side
from uncramp.model.diary import WORST, Cramp, CrampContext, CrampMuscle

HOURS = 24
DURATION_EDGES_S = (0, 30, 60, 120, 300, 600, 900)
"""Where the bins of durations begin; the last one has no end."""


class NightState(StrEnum):
    """What is known of a night."""

    CLEAR = "clear"
    CRAMPS = "cramps"
    NOT_LOGGED = "not_logged"


@dataclass(frozen=True, slots=True)
class NightCell:
    """One night of the calendar.

    Attributes:
        day: the cramp-day.
        state: what is known.
        cramps: how many.
        recalled: told from memory, or before the program was in use: drawn, never compared.
    """

    day: date
    state: NightState
    cramps: int = 0
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where it cramped.

    Attributes:
        muscle: of the leg map.
        side: left, right, or NONE when that is not known, or both.
        cramps: how many.
    """

    muscle: CrampMuscle
    side: Side
    cramps: int


@dataclass(frozen=True, slots=True)
class Stretched:
    """Seconds of work of the two sides."""

    left_s: float = 0.0
    right_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Values from `low` to below `high`; `high` is None for the last one.

    Attributes:
        low: the smallest.
        high: beyond the largest.
        count: how many.
    """

    low: int
    high: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Values in bins.

    Attributes:
        bins: in order, empty ones too.
        known: how many cramps have a value.
        unknown: how many have none.
        median: None when none has.
        largest: None when none has.
    """

    bins: tuple[Bin, ...]
    known: int
    unknown: int
    median: float | None = None
    largest: int | None = None


def night_cells(record: Record, first: date, today: date) -> tuple[NightCell, ...]:
    """Return each night from `first` to that before `today`, in order."""
    told = {one.day: one for one in record.nights}
    found: list[NightCell] = []
    for number in range((today - first).days):
        day = first + timedelta(days=number)
        night = told.get(day)
        if night is None:
            found.append(NightCell(day, NightState.NOT_LOGGED))
            continue
        state = NightState.CRAMPS if night.cramps else NightState.CLEAR
        before = record.first_day is None or day < record.first_day
        found.append(NightCell(day, state, night.cramps, night.recalled or before))
    return tuple(found)


def places(cramps: Iterable[Cramp]) -> tuple[Place, ...]:
    """Return where it cramped, most first."""
    counts = Counter((cramp.muscle, cramp.side) for cramp in cramps)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0][0], one[0][1]))
    return tuple(Place(muscle, side, count) for (muscle, side), count in ranked)


def stretched(doings: Iterable[Doing]) -> Stretched:
    """Return how long each side worked."""
    done = tuple(doings)
    return Stretched(sum(one.left_s for one in done), sum(one.right_s for one in done))


def hours(cramps: Iterable[Cramp]) -> tuple[int, ...]:
    """Return how many night cramps began in each hour of the day, 0 to 23, by the wall clock.

    Those whose hour nobody told are left out: they would make a peak that never was.
    """
    night = (one for one in cramps if one.context is CrampContext.NIGHT)
    counts = Counter(one.at.hour for one in night if one.is_hour_known)
    return tuple(counts[hour] for hour in range(HOURS))


def contexts(cramps: Iterable[Cramp]) -> dict[CrampContext, int]:
    """Return how many cramps there were at night, on runs and so on, zeros among them."""
    counts = Counter(one.context for one in cramps)
    return {context: counts[context] for context in CrampContext}


def durations(cramps: Iterable[Cramp]) -> Spread:
    """Return how long the cramps lasted, in seconds."""
    return _spread([one.seconds for one in cramps], DURATION_EDGES_S)


def pains(cramps: Iterable[Cramp]) -> Spread:
    """Return how painful they were, 0 to 10."""
    return _spread([one.pain for one in cramps], range(WORST + 1))


def disturbances(cramps: Iterable[Cramp]) -> Spread:
    """Return how much they disturbed the sleep, 0 to 10."""
    return _spread([one.disturbance for one in cramps], range(WORST + 1))


def sorenesses(cramps: Iterable[Cramp]) -> Spread:
    """Return how sore the muscle was on the next day, 0 to 10."""
    return _spread([one.soreness for one in cramps], range(WORST + 1))


def _spread(values: Sequence[int | None], edges: Sequence[int]) -> Spread:
    known = [value for value in values if value is not None]
    ends: list[int | None] = [*edges[1:], None]
    bins = tuple(
        Bin(low, high, sum(low <= value and (high is None or value < high) for value in known))
        for low, high in zip(edges, ends, strict=True)
    )
    return Spread(
        bins,
        len(known),
        len(values) - len(known),
        float(median(known)) if known else None,
        max(known, default=None),
    )
