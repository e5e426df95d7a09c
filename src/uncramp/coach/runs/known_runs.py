"""The runs of the journal, read in pieces that hold nobody up."""

from datetime import timedelta
from typing import TYPE_CHECKING

from uncramp.model.diary import Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach

_EARLIEST = timedelta(days=366 * 60)
_PIECE = timedelta(days=366)


def known_runs(coach: "Coach") -> list[Run]:
    """Return the runs of the journal, read in pieces that are each quick.

    Raises:
        EnvironmentFault: it cannot be read.
    """
    if coach.diary is None:
        raise coach.journal_fault or EnvironmentFault(tr("The journal cannot be opened."))
    last = coach.read_date() + timedelta(days=2)
    first = coach.diary.first_day()
    days = 0 if first is None else (last.date() - first).days + 2
    at = last - min(_EARLIEST, timedelta(days=max(days, 1)))
    found: list[Run] = []
    while at < last:
        end = min(at + _PIECE, last)
        found.extend(coach.diary.runs(at, end))
        at = end
    return found
