"""When the record is looked at: on days that are fixed beforehand, never because of what it says.

Whoever looks every week and stops at what pleases finds something in the end where there is
nothing. So there are looks after 4, 8, 12 and 26 weeks, each at the level .0125
(docs/evidence.md#peeking), and then one every 12 weeks at .004; between two looks the last one
stands, however the counts go on. The factors keep to the same days and levels, and to a
false-discovery rate among them: whoever tracks five is told a pattern where there is none in 1 of
10 half years. The later level comes from simulated diaries without any effect: over half a year 2
in 100 are ever told a possible pattern about the question, over ten years, which are 41 further
looks, 6 in 100; with one every four weeks at .0125 it would be 11. The shift test needs nights for
so small a probability: with fewer than 83 it can find none, so that the first two looks only tell
what is missing or that nothing is clear.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from uncramp.model.week import DAYS_A_WEEK

FIRST_LOOKS = (4, 8, 12, 26)
"""Weeks from the first day that is compared."""
LATER_LOOKS = 12
"""Weeks between two further looks."""
LOOK_LEVEL = 0.0125
"""Of each of the first looks."""
LATER_LEVEL = 0.004
"""Of each further look."""
LOOK_DISCOVERY = 0.05
"""The false-discovery rate among the factors at one look: half of the usual .10, because two of
the first looks have nights enough to find anything."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look.

    Attributes:
        week: its number of weeks.
        day: on which it is held; nights before it are in it.
    """

    week: int
    day: date

    @property
    def level(self) -> float:
        """The largest probability of the shift test that is called a pattern."""
        return LOOK_LEVEL if self.week <= FIRST_LOOKS[-1] else LATER_LEVEL


@dataclass(frozen=True, slots=True)
class Looks:
    """Where the looks stand.

    Attributes:
        start: the first night that is compared.
        last: the latest look that was held; None before the first one.
        next: the one that comes.
    """

    start: date
    last: Look | None
    next: Look


def looks(start: date, today: date) -> Looks:
    """Return the last look on or before `today`, and the next one."""
    weeks = max(0, (today - start).days // DAYS_A_WEEK)
    last = _last_week(weeks)
    held = None if last is None else _look(start, last)
    return Looks(start, held, _look(start, _next_week(last)))


def _look(start: date, week: int) -> Look:
    return Look(week, start + timedelta(days=DAYS_A_WEEK * week))


def _last_week(weeks: int) -> int | None:
    if weeks >= FIRST_LOOKS[-1]:
        return FIRST_LOOKS[-1] + (weeks - FIRST_LOOKS[-1]) // LATER_LOOKS * LATER_LOOKS
    return max((week for week in FIRST_LOOKS if week <= weeks), default=None)


def _next_week(last: int | None) -> int:
    if last is None:
        return FIRST_LOOKS[0]
    if last >= FIRST_LOOKS[-1]:
        return last + LATER_LOOKS
    return FIRST_LOOKS[FIRST_LOOKS.index(last) + 1]
