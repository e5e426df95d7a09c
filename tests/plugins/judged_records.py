"""Small records that a test judges, night by night."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from uncramp.analysis.adherence import Doing
from uncramp.analysis.record import Record
from uncramp.analysis.review import Review
from uncramp.model.body import Side
from uncramp.model.diary import (
    Cramp,
    CrampContext,
    CrampMuscle,
    Night,
)

CET = timezone(timedelta(hours=1))
START = date(2026, 1, 5)  # a Monday
BED = "bedtime_trial"
EVERY_DAY = frozenset(range(7))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day."""
    return datetime.combine(day, time(hour, minute), CET)


def after(days: int) -> date:
    """Return the day so many days after the first one."""
    return START + timedelta(days=days)


def night(day: date, cramps: int, *, recalled: bool = False) -> Night:
    """Return what was told of a night, on the morning after."""
    return Night(day, cramps, at(day + timedelta(days=1), 8), recalled)


def cramp(day: date, hour: int = 23, **more: object) -> Cramp:
    """Return a cramp of a night."""
    began = at(day if hour >= 12 else day + timedelta(days=1), hour)
    made = Cramp(
        f"{day}-{hour}", began, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, seconds=90, pain=4
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of a cramp


def done(day: date, share: float = 1.0, hour: int = 22) -> Doing:
    """Return a routine done on an evening."""
    began = at(day if hour >= 12 else day + timedelta(days=1), hour)
    return Doing(BED, day, 120 * share, 120, began, 60 * share, 60 * share)


def diary(days: int, with_it: Callable[[int], bool], cramped: Callable[[int], bool]) -> Record:
    """Make a record in which every night is told."""
    return Record(
        nights=tuple(night(after(n), int(cramped(n))) for n in range(days)),
        doings=tuple(done(after(n)) for n in range(days) if with_it(n)),
        bedtime=frozenset({BED}),
        first_day=START,
    )


def never(_: int) -> bool:
    """Return no."""
    return False


def always(_: int) -> bool:
    """Return yes."""
    return True


def chance(days: int, with_it: float = 0.1, without: float = 0.6) -> Record:
    """Return a record in which the routine helps, or not."""
    pick = random.Random(7)
    exposed = [pick.random() < 0.5 for _ in range(days)]
    cramps = [pick.random() < (with_it if was else without) for was in exposed]
    return diary(days, exposed.__getitem__, cramps.__getitem__)


def estimates(made: Review) -> list[object]:
    """Return all that was estimated."""
    verdicts = [made.question.verdict, *(one.verdict for one in made.factors)]
    found: list[object] = [made.rate, made.question.nights, made.logged]
    for one in verdicts:
        found += [one.nights, one.ratio, one.gap, one.shrunk]
    return found
