"""The one question: are there fewer cramp-nights after the bedtime routine?

Only nights since the routine was first done are held against each other, with and without it,
because a before and an after differ by everything else too. A plan that was made and left alone for
weeks begins nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from uncramp.analysis.confounding import (
    Confounder,
    Confounding,
    Surroundings,
    confounders,
    nights_between,
    stratified,
)
from uncramp.analysis.experiment import Finding, judge_trial
from uncramp.analysis.exposure import (
    done_before_night,
    evening_of,
    exposures,
    in_time,
    usual_value,
)
from uncramp.analysis.looks import LOOK_DISCOVERY, LOOK_LEVEL, Look, Looks, looks
from uncramp.analysis.lots import Trial
from uncramp.analysis.power import nights_needed, visible_nights_ratio
from uncramp.analysis.proportions import Nights
from uncramp.analysis.rates import Estimate
from uncramp.analysis.record import Comparable, Cut, Factor, Record, Source
from uncramp.analysis.verdict import (
    CRAMP_NIGHTS,
    LOGGED_EACH,
    Missing,
    NightSeries,
    Verdict,
    Wording,
    judge,
    missing_of,
)
from uncramp.model.week import DAYS_A_WEEK

SOUGHT = (0.65, 0.5, 0.3)
"""Ratios of cramp-nights whose finding is reckoned with; the first is that of one trial."""
OUTLOOK_WEEKS = 18
"""In how many weeks, half of them with the routine, the visible drop is told."""
_FEWEST_FOR_RATE = 28


@dataclass(frozen=True, slots=True)
class Needed:
    """How many nights it takes to see a ratio in four of five such diaries.

    Attributes:
        ratio: of cramp-nights with the routine to those without.
        each_side: logged nights with it, and as many without; None where ten years of each are
            not enough.
        more_with: how many of those with it are still missing; None as above.
        more_without: and of those without.
    """

    ratio: float
    each_side: int | None
    more_with: int | None
    more_without: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """What can be said about nights with and without the bedtime routine.

    Attributes:
        nights: the counts up to today; always shown, never judged.
        missing: what keeps the counts of today from being compared.
        more_cramp_nights: how many are missing for that, 0 for none.
        more_with: logged nights with the routine that are missing for that.
        more_without: and without.
        looks: when was looked, and when it will be; None while the routine is not in use.
        verdict: of the last look; "not enough" before the first one.
        confounders: what else differed between the nights of the last look.
        stratified: the ratio over seasons and long runs, when anything differed.
        a_week: cramp-nights a week without the routine, or in all while there are few of those;
            None with fewer than 28 logged nights.
    """

    nights: Nights
    missing: tuple[Missing, ...]
    more_cramp_nights: int
    more_with: int
    more_without: int
    looks: Looks | None
    verdict: Verdict
    confounders: tuple[Confounder, ...] = ()
    stratified: Estimate | None = None
    a_week: float | None = None

    @property
    def look(self) -> Look | None:
        """The last look; None before the first one."""
        return None if self.looks is None else self.looks.last

    @property
    def needed(self) -> tuple[Needed, ...]:
        """The nights it takes to see each of the ratios `SOUGHT`; none while no rate is known.

        By the power of Fisher's exact test at the level of one look, not at the usual five
        percent: that is the rule which the nights will be held to. The shift test sees as much,
        within two diaries in 100.
        """
        if not self.a_week:
            return ()
        return tuple(_needed(self.nights, self.a_week, one) for one in SOUGHT)

    @property
    def visible(self) -> float | None:
        """The largest ratio below 1 that would be seen in `OUTLOOK_WEEKS`; None for none."""
        if not self.a_week:
            return None
        share, each = self.a_week / DAYS_A_WEEK, OUTLOOK_WEEKS * DAYS_A_WEEK // 2
        return visible_nights_ratio(share, each, alpha=LOOK_LEVEL)


@dataclass(frozen=True, slots=True)
class FactorResult:
    """What can be said about one factor.

    Attributes:
        factor: what was noted.
        nights: the counts up to today.
        missing: what keeps the counts of today from being compared.
        verdict: of the last look, tested together with the other factors.
        confounders: what else differed between the nights of the last look.
        usual: the median that divides the nights, where the factor is "more than usual".
        look: the last look; None before the first one.
    """

    factor: Factor
    nights: Nights
    missing: tuple[Missing, ...]
    verdict: Verdict
    confounders: tuple[Confounder, ...] = ()
    usual: float | None = None
    look: Look | None = None


_OF_ITSELF = {
    Source.LONG_RUN: Confounding.LONG_RUNS,
    Source.MILEAGE_JUMP: Confounding.WEEKLY_DISTANCE,
}


def question(record: Record, told: Comparable, surroundings: Surroundings, today: date) -> Question:
    """Return what can be said about the bedtime routine up to `today`."""
    start = _start(record, told)
    if start is None:
        nothing = NightSeries.of((), ())
        return _asked(nothing, None, _unjudged(nothing))
    last = max(told.days[-1], start)
    evenings = [(evening_of(one), one) for one in record.doings if one.routine in record.bedtime]
    done = done_before_night(evenings, told, start, last)
    days = nights_between(told.days, start, today)
    now = series(days, told.nights, done)
    when = looks(start, today)
    if when.last is None:
        return _asked(now, when, _unjudged(now))
    seen = nights_between(days, start, when.last.day)
    (verdict,) = judge([series(seen, told.nights, done)], when.last.level)
    usable = {day: done[day] for day in seen if day in done and day in told.nights}
    differing = confounders(usable, surroundings) if verdict.is_compared else ()
    ratio = (
        stratified(told.nights, usable, surroundings, verdict.design_effect) if differing else None
    )
    return _asked(now, when, verdict, differing, ratio)


def with_findings(asked: Question, findings: tuple[Finding, ...]) -> Question:
    """Return the question on the highest step of the ladder, if an experiment led there.

    That takes an experiment that held, and nights that are compared and lean the same way.

    Args:
        asked: the question by what was observed.
        findings: of experiments with a bedtime routine.
    """
    nights = asked.verdict.nights
    fewer = nights.x1 * nights.n0 < nights.x0 * nights.n1
    held = any(one.wording is Wording.HELD_IN_A_TEST and one.is_fewer is fewer for one in findings)
    if not held or not asked.verdict.is_compared:
        return asked
    return replace(asked, verdict=replace(asked.verdict, wording=Wording.HELD_IN_A_TEST))


def findings(record: Record, told: Comparable, today: date) -> tuple[Finding, ...]:
    """Return what each experiment found, in the order of their first nights."""
    found: list[Finding] = []
    for trial in sorted(record.trials, key=_first_night):
        experiment = trial.experiment
        evenings = [
            (evening_of(one), one) for one in record.doings if one.routine == experiment.routine
        ]
        last = experiment.start + timedelta(days=experiment.nights - 1)
        done = done_before_night(evenings, told, experiment.start, last)
        found.append(judge_trial(trial, told, done, today))
    return tuple(found)


def _first_night(trial: Trial) -> date:
    return trial.experiment.start


def factor_results(
    record: Record,
    told: Comparable,
    surroundings: Surroundings,
    today: date,
) -> tuple[FactorResult, ...]:
    """Return what can be said about each chosen factor, tested together at the last look.

    Args:
        record: up to today.
        told: the nights of it that may be compared.
        surroundings: what else is known of them.
        today: nights before it count.
    """
    if not record.factors:
        return ()
    start = told.days[0] if told.days else today
    days = nights_between(told.days, start, today)
    when = looks(start, today)
    seen = nights_between(days, start, when.last.day) if when.last else ()
    level = when.last.level if when.last else LOOK_LEVEL
    noted = replace(record, days=in_time(record.days, told, record.factors))
    known = [exposures(factor, noted, told) for factor in record.factors]
    verdicts = judge([series(seen, told.nights, one) for one in known], level, LOOK_DISCOVERY)
    found: list[FactorResult] = []
    for factor, exposed, verdict in zip(record.factors, known, verdicts, strict=True):
        now = series(days, told.nights, exposed)
        usable = {day: exposed[day] for day in seen if day in exposed and day in told.nights}
        itself = _OF_ITSELF.get(factor.source)
        differing = confounders(usable, surroundings, itself) if verdict.is_compared else ()
        usual = usual_value(factor, noted, told) if factor.cut is Cut.ABOVE_USUAL else None
        found.append(
            FactorResult(factor, now.nights, missing_of(now), verdict, differing, usual, when.last)
        )
    return tuple(found)


def series(
    days: tuple[date, ...], cramps: Mapping[date, bool], exposed: Mapping[date, bool]
) -> NightSeries:
    """Return the nights of `days` as a row; those that are missing were not logged, or known."""
    return NightSeries.of((cramps.get(day) for day in days), (exposed.get(day) for day in days))


def _start(record: Record, told: Comparable) -> date | None:
    """Return the first night that can be compared; None while the routine is not in use."""
    begun = [evening_of(doing) for doing in record.doings if doing.routine in record.bedtime]
    if not begun or not told.days:
        return None
    since = max(min(begun), told.days[0])
    return next((day for day in told.days if day >= since), None)


def _unjudged(now: NightSeries) -> Verdict:
    return Verdict(Wording.NOT_ENOUGH, missing_of(now), now.nights)


def _asked(
    now: NightSeries,
    when: Looks | None,
    verdict: Verdict,
    differing: tuple[Confounder, ...] = (),
    ratio: Estimate | None = None,
) -> Question:
    nights = now.nights
    return Question(
        nights=nights,
        missing=missing_of(now),
        more_cramp_nights=max(0, CRAMP_NIGHTS - nights.x1 - nights.x0),
        more_with=max(0, LOGGED_EACH - nights.n1),
        more_without=max(0, LOGGED_EACH - nights.n0),
        looks=when,
        verdict=verdict,
        confounders=differing,
        stratified=ratio,
        a_week=_rate(nights),
    )


def _rate(nights: Nights) -> float | None:
    """Return the cramp-nights a week that the power is reckoned with."""
    logged = nights.n1 + nights.n0
    if logged < _FEWEST_FOR_RATE:
        return None
    if nights.n0 >= _FEWEST_FOR_RATE:
        return nights.x0 / nights.n0 * DAYS_A_WEEK
    return (nights.x1 + nights.x0) / logged * DAYS_A_WEEK


def _needed(nights: Nights, a_week: float, ratio: float) -> Needed:
    each = nights_needed(a_week / DAYS_A_WEEK, ratio, alpha=LOOK_LEVEL)
    if each is None:
        return Needed(ratio, None, None, None)
    return Needed(ratio, each, max(0, each - nights.n1), max(0, each - nights.n0))
