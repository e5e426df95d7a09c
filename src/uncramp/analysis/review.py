"""The whole record as it is shown: what the page, the report and the command line all say.

Counts are of everything that was told; comparisons only of nights that were told in time since
the program is in use. Which part of the record is shown changes no comparison: whoever may
choose the weeks finds something in the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from uncramp.analysis.confounding import Confounder, Surroundings
from uncramp.analysis.experiment import Finding
from uncramp.analysis.level import LevelBreak, Rate, Season, level_break, rate, seasons
from uncramp.analysis.question import (
    FactorResult,
    Question,
    factor_results,
    findings,
    question,
    with_findings,
)
from uncramp.analysis.record import Future, Record, comparable, until
from uncramp.analysis.tally import (
    NightCell,
    Place,
    Spread,
    Stretched,
    contexts,
    durations,
    hours,
    night_cells,
    pains,
    places,
    stretched,
)
from uncramp.analysis.weeks import Load, Week, loads, weeks
from uncramp.model.diary import CrampContext
from uncramp.model.week import DAYS_A_WEEK, week_start

SPANS: tuple[int | None, ...] = (4, 12, 26, 52, None)
"""Weeks that can be shown; None for all."""
FARTHEST_DAYS = 36_525
"""Before today; what is older is not drawn."""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that is shown of a record.

    Attributes:
        today: when this was true; its own night is still to come.
        span: how many weeks are shown, this one among them; None for all.
        first: the first day that is shown, a Monday; not before the week of `begun`.
        begun: the day of the first answer, session or plan, of a record without them that of the
            first run or note; None for an empty record.
        weeks: in order, those without any entry too.
        nights: every one since the first answer, session or plan, whatever is shown, for the
            calendar.
        places: where it cramped, most first.
        stretched: seconds of work of the two sides.
        hours: night cramps by the hour of the wall clock in which they began, 0 to 23.
        contexts: cramps at night, on runs and so on.
        durations: of the cramps, in seconds.
        pains: of the cramps, 0 to 10.
        runs_weekly: weeks with runs, in order; empty when there are none.
        rate: cramp-nights a week of the part that is shown; None with fewer than 28 logged nights.
        question: the bedtime routine.
        factors: those that were chosen, in their order; nothing is hidden.
        findings: of the randomised experiments, in the order of their first nights.
        seasons: halves of the years that are shown.
        break_: where the level clearly changed; None where it did not, and never with a cause.
        logged: nights told in time of the part that is shown.
        future: entries that are dated after today, which are left out.
    """

    today: date
    span: int | None
    first: date
    begun: date | None
    weeks: tuple[Week, ...]
    nights: tuple[NightCell, ...]
    places: tuple[Place, ...]
    stretched: Stretched
    hours: tuple[int, ...]
    contexts: Mapping[CrampContext, int]
    durations: Spread
    pains: Spread
    runs_weekly: tuple[Load, ...]
    rate: Rate | None
    question: Question
    factors: tuple[FactorResult, ...]
    findings: tuple[Finding, ...]
    seasons: tuple[Season, ...]
    break_: LevelBreak | None
    logged: int
    future: Future

    @property
    def confounders(self) -> tuple[Confounder, ...]:
        """What else differed between nights with the bedtime routine and without."""
        return self.question.confounders


@dataclass(frozen=True, slots=True)
class Outline:
    """The weeks of a whole record, which are known at once.

    Attributes:
        begun: the day of the first answer, session or plan; None for an empty record.
        weeks: in order, those without any entry too.
        seasons: halves of the years.
    """

    begun: date | None
    weeks: tuple[Week, ...]
    seasons: tuple[Season, ...]


def outline(record: Record, today: date) -> Outline:
    """Return what can be drawn of a record before it is judged; the same as in its review."""
    known, _ = until(record, today)
    begun, counted = _begun(known, today)
    if begun is None:
        return Outline(None, (), ())
    first = _first(begun, today, None)
    return Outline(begun, weeks(known, first, today, counted), seasons(known.runs, first, today))


def review(
    record: Record, today: date, span: int | None = None, judged: Review | None = None
) -> Review:
    """Return what is shown of a record.

    Args:
        record: what the journal knows.
        today: nights before it count.
        span: how many weeks are shown, at least 1; None for all.
        judged: a review of the same record on the same day, whose comparisons are taken over:
            they do not depend on what is shown.

    Raises:
        ValueError: `span` is less than 1, or there are too many factors.
    """
    if span is not None and span < 1:
        raise ValueError(f"{span} weeks")
    known, future = until(record, today)
    begun, counted = _begun(known, today)
    first = _first(begun, today, span)
    told = comparable(known, today)
    surroundings = Surroundings(known)
    found = judged.findings if judged else findings(known, told, today)
    asked = judged.question if judged else question(known, told, surroundings, today)
    cramps = [one for one in known.cramps if one.day >= first]
    shown = [cramp for day, cramp in told.nights.items() if day >= first]
    return Review(
        today=today,
        span=span,
        first=first,
        begun=begun,
        weeks=weeks(known, first, today, counted) if begun else (),
        nights=night_cells(known, counted, today),
        places=places(cramps),
        stretched=stretched(one for one in known.doings if one.day >= first),
        hours=hours(cramps),
        contexts=contexts(cramps),
        durations=durations(cramps),
        pains=pains(cramps),
        runs_weekly=loads(known.runs, known.cramps, first),
        rate=rate(shown),
        question=with_findings(asked, _of_bedtime(found, known)),
        factors=(judged.factors if judged else factor_results(known, told, surroundings, today)),
        findings=found,
        seasons=seasons(known.runs, first, today),
        break_=level_break(told, first, today),
        logged=len(shown),
        future=future,
    )


def _of_bedtime(found: tuple[Finding, ...], record: Record) -> tuple[Finding, ...]:
    return tuple(one for one in found if one.trial.experiment.routine in record.bedtime)


def _begun(record: Record, today: date) -> tuple[date | None, date]:
    """Return the day on which the record begins, and from which on its nights count.

    Both are that of the first answer, session or plan: a run that was brought in, or a day about
    which something was noted, tells nothing of its night. A record of nothing else begins with
    these, and no night of it counts.

    Returns:
        None for the first of an empty record.
    """
    days = [night.day for night in record.nights]
    days.extend(cramp.day for cramp in record.cramps)
    days.extend(doing.day for doing in record.doings)
    days.extend(item.start for item in record.plan.items)
    others = [run.started.date() for run in record.runs]
    others.extend(day.day for day in record.days)
    begun = min(days or others, default=None)
    if begun is None:
        return None, today
    # A clock that was wrong by centuries must not draw all of them.
    begun = max(begun, today - timedelta(days=FARTHEST_DAYS))
    return begun, begun if days else today


def _first(begun: date | None, today: date, span: int | None) -> date:
    """Return the Monday of the first week that is shown: none before the record begins."""
    start = week_start(today if begun is None else min(begun, today))
    if span is None:
        return start
    return max(start, week_start(today) - timedelta(days=DAYS_A_WEEK * (span - 1)))
