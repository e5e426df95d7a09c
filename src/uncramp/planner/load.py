"""How much this week and the next run may grow: two rules side by side.

A tenth a week is a rule of articles for runners. That a single run should not be longer by more
than a tenth than the longest of the last 30 days is backed by 5 205 runners (Frandsen and others
2025), for injuries, not for cramps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from uncramp.model.diary import Run
from uncramp.model.week import DAYS_A_WEEK, week_start

WEEKLY = 0.10
WEEKLY_FLOOR_M = 1_500.0
LONGEST_SHARE = 1.10
LONGEST_DAYS = 30
HARD = 7
"""Effort of a hard day, 0 to 10."""
BUILDING_WEEKS = 3
"""After so many growing weeks a lighter one is due."""


@dataclass(frozen=True, slots=True)
class Load:
    """What the last weeks leave room for.

    Attributes:
        week_m: run this week.
        last_week_m: run in the one before.
        week_most_m: what this week may reach by the rule of a tenth; None without a week before.
        longest_m: the longest run of the last 30 days; None without one.
        next_most_m: the longest that the next run may be by that rule; None as above.
        hard_days: whether today and yesterday, or yesterday and the day before, were both hard.
        rest_due: whether each of the last six days had a run.
        lighter_due: whether the last three weeks all grew.
    """

    week_m: float
    last_week_m: float
    week_most_m: float | None
    longest_m: float | None
    next_most_m: float | None
    hard_days: bool
    rest_due: bool
    lighter_due: bool

    @property
    def is_small_week(self) -> bool:
        """Whether last week was so short that the floor lets this one grow by more than a tenth."""
        return WEEKLY * self.last_week_m < WEEKLY_FLOOR_M


def load(runs: Iterable[Run], today: date) -> Load:
    """Return what the runs up to today leave room for; runs of unknown distance add nothing.

    Nor do those whose distance nobody ever ran in that time.
    """
    known = [run for run in runs if run.started.date() <= today]
    this = week_start(today)
    weeks: dict[date, float] = {}
    for run in known:
        first = week_start(run.started.date())
        weeks[first] = weeks.get(first, 0.0) + (run.credible_m or 0.0)

    def week(back: int) -> float:
        return weeks.get(this - timedelta(days=DAYS_A_WEEK * back), 0.0)

    since = today - timedelta(days=LONGEST_DAYS)
    lengths = [run.credible_m for run in known if run.credible_m and run.started.date() >= since]
    longest = max(lengths, default=None)
    hard = {run.started.date() for run in known if run.effort is not None and run.effort >= HARD}
    ran = {run.started.date() for run in known}
    days = [today - timedelta(days=number) for number in range(DAYS_A_WEEK)]
    built = [week(back) for back in range(1, BUILDING_WEEKS + 2)]
    return Load(
        week_m=week(0),
        last_week_m=week(1),
        week_most_m=week(1) + max(WEEKLY * week(1), WEEKLY_FLOOR_M) if week(1) else None,
        longest_m=longest,
        next_most_m=None if longest is None else LONGEST_SHARE * longest,
        hard_days=(days[0] in hard and days[1] in hard) or (days[1] in hard and days[2] in hard),
        rest_due=all(day in ran for day in days[1:]),
        lighter_due=all(newer > older > 0 for newer, older in pairwise(built)),
    )
