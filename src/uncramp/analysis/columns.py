"""The columns of the main chart: a week each, or four where there are too many to be told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from uncramp.analysis.adherence import Adherence, total
from uncramp.analysis.weeks import Mark, Week
from uncramp.model.week import DAYS_A_WEEK

WEEKS_APART = 160
"""More weeks than these are shown in fours."""
TOGETHER = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One or four weeks.

    Attributes:
        first: its first day, a Monday.
        weeks: how many.
        kept: sessions of the plan.
        logged: nights.
        cramp_nights: of these.
        recalled: nights among the logged ones that were told from memory.
        cramps: in these nights.
        marks: what happened.
    """

    first: date
    weeks: int
    kept: Adherence
    logged: int
    cramp_nights: int
    recalled: int
    cramps: int
    marks: tuple[Mark, ...]

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(days=DAYS_A_WEEK * self.weeks - 1)

    @property
    def height(self) -> float | None:
        """Nights with a cramp: counted in one week, the mean of a logged week in four."""
        if not self.logged:
            return None
        if self.weeks == 1:
            return float(self.cramp_nights)
        return DAYS_A_WEEK * self.cramp_nights / self.logged


def columns(weeks: Sequence[Week], routine: str = "", *, together: int = 1) -> tuple[Column, ...]:
    """Return weeks as columns.

    Args:
        weeks: in order, none left out.
        routine: of which the keeping is shown; empty for the whole plan.
        together: weeks in a column; the last column ends with the last week.
    """
    spare = len(weeks) % together
    parts = [weeks[:spare]] if spare else []
    parts.extend(weeks[at : at + together] for at in range(spare, len(weeks), together))
    return tuple(_column(part, routine) for part in parts)


def _column(part: Sequence[Week], routine: str) -> Column:
    kept = [week.routines.get(routine, Adherence()) if routine else week.total for week in part]
    return Column(
        part[0].monday,
        len(part),
        total(kept),
        sum(week.logged for week in part),
        sum(week.cramp_nights for week in part),
        sum(week.recalled for week in part),
        sum(week.cramps for week in part),
        tuple(mark for week in part for mark in week.marks),
    )
