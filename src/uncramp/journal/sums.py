"""What was done between two instants, added up by the database and not session by session."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from uncramp.journal.instants import local, utc
from uncramp.journal.store import Journal


class SessionSum(NamedTuple):  # made in a seventh of the time of a dataclass
    """The work of one session.

    Attributes:
        routine: its id.
        started_at: with the local offset of that place and time.
        planned_ms: the prescribed work; 0 for a finished session of which no parts are known.
        done_ms: the completed work; more than nothing where parts are known.
        left_ms: how much of it the left side did.
        right_ms: and the right one.
    """

    routine: str
    started_at: datetime
    planned_ms: int
    done_ms: int
    left_ms: int
    right_ms: int


def session_sums(journal: Journal, first: datetime, last: datetime) -> tuple[SessionSum, ...]:
    """Return the sessions that began from `first` to before `last` and did some work, in order.

    One that was written down as finished, without its parts, did some too.

    Raises:
        EnvironmentFault: the file cannot be read.
    """
    with journal.look() as connection:
        rows = connection.execute(_QUERY, (utc(first), utc(last))).fetchall()
        return tuple(
            SessionSum(routine, local(started, offset), planned, done, left, right)
            for routine, started, offset, planned, done, left, right in rows
        )


def stopped_sessions(journal: Journal, first: datetime, last: datetime) -> tuple[datetime, ...]:
    """Return when the sessions began that were stopped because it hurt sharply or went numb.

    Raises:
        EnvironmentFault: the file cannot be read.
    """
    with journal.look() as connection:
        rows = connection.execute(_STOPPED, (utc(first), utc(last))).fetchall()
        return tuple(local(started, offset) for started, offset in rows)


def last_names(journal: Journal, routines: Iterable[str]) -> dict[str, str]:
    """Return how routines were called when they were done last; those never done are left out.

    Raises:
        EnvironmentFault: the file cannot be read.
    """
    with journal.look() as connection:
        found = ((one, connection.execute(_LAST_NAME, (one,)).fetchone()) for one in routines)
        return {routine: str(row[0]) for routine, row in found if row is not None}


_LAST_NAME = """
    SELECT routine_name FROM session WHERE routine = ? ORDER BY started_utc DESC, id LIMIT 1
"""
_STOPPED = """
    SELECT started_utc, offset_min FROM session
    WHERE outcome = 'too_sharp' AND started_utc >= ? AND started_utc < ? ORDER BY started_utc, id
"""
_QUERY = """
    SELECT routine, started_utc, offset_min,
        ifnull(sum(planned_ms), 0),
        ifnull(sum(done_ms), 0) AS done,
        ifnull(sum(CASE side WHEN 'left' THEN done_ms ELSE 0 END), 0),
        ifnull(sum(CASE side WHEN 'right' THEN done_ms ELSE 0 END), 0)
    FROM session LEFT JOIN session_part ON session_id = id
    WHERE started_utc >= ? AND started_utc < ?
    GROUP BY id HAVING done > 0 OR (count(session_id) = 0 AND outcome = 'finished')
    ORDER BY started_utc, id
"""
