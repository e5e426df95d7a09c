"""What routines are called, also those that are no longer there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from uncramp.journal.sums import last_names

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach


def routine_names(coach: "Coach", routines: Iterable[str]) -> dict[str, str]:
    """Return the names of routines by their ids.

    One that is gone keeps the name under which it was done last; one that is gone and was never
    done has none.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    known = coach.library.routines
    wanted = set(routines)
    gone = sorted(wanted - known.keys())
    names = last_names(coach.journal, gone) if gone and coach.journal is not None else {}
    return {**names, **{one: str(known[one].name) for one in wanted & known.keys()}}
