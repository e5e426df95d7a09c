"""The randomised experiment: what is drawn, what it can be expected to see, how it is judged.

Everything is fixed before the first night: nights count by what was drawn for them, whether or
not it was kept to (intention to treat), and nothing is judged before the last night is over.
Night pairs are judged by the mid-p test of the pairs that differ (McNemar 1947, Fagerland and
others 2013), random weeks by the exact permutation of the weeks (docs/evidence.md#self-experiment).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from uncramp.analysis.binomial import Interval, at_most, exact_interval, pmf
from uncramp.analysis.lots import PAIR, Chance, Trial
from uncramp.analysis.proportions import Nights
from uncramp.analysis.record import Comparable
from uncramp.analysis.verdict import LEVEL, Wording
from uncramp.model.experiment import Design, Ending, Experiment
from uncramp.model.week import DAYS_A_WEEK

SIMULATED = 400
"""Diaries from which the power of random weeks is reckoned."""
_SCALE = math.lcm(*range(1, DAYS_A_WEEK + 1))
"""Shares of up to seven nights are whole numbers of this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an experiment found.

    Attributes:
        trial: the experiment with its lots.
        logged: nights up to now that were told in time.
        nights: counts of the nights that were drawn with the routine and without it; None while it
            goes on: who sees them then may begin to sleep, or to stop, by them.
        kept: nights up to now on which what was drawn was also done.
        told: nights up to now of which that is known.
        is_over: whether it is judged; before that there are counts only.
        wording: the step of the ladder.
        p: of the test that was fixed; None while it is not judged.
        ratio: of cramps in pairs that differ, with and without; None with random weeks, and
            where nothing differs.
        interval: of that, 95 %, exact; None as above.
        pairs: how many pairs of nights, or weeks, entered the test.
    """

    trial: Trial
    logged: int
    nights: Nights | None
    kept: int
    told: int
    is_over: bool
    wording: Wording
    p: float | None = None
    ratio: float | None = None
    interval: Interval | None = None
    pairs: int = 0

    @property
    def is_fewer(self) -> bool:
        """Whether there were fewer cramp-nights where the routine was drawn."""
        nights = self.nights
        return nights is not None and nights.x1 * nights.n0 < nights.x0 * nights.n1


def judge_trial(trial: Trial, told: Comparable, done: Mapping[date, bool], today: date) -> Finding:
    """Return what an experiment found up to `today`.

    Args:
        trial: the experiment with its lots.
        told: the nights that may be compared.
        done: whether the routine was done before each night, where that is known.
        today: nights before it are over.
    """
    experiment = trial.experiment
    drawn = {
        day: trial.drawn[number]
        for number in range(experiment.nights)
        if (day := experiment.start + timedelta(days=number)) < today and experiment.covers(day)
    }
    counted = {day: was for day, was in drawn.items() if _counts(experiment, day)}
    known = [day for day in drawn if day in done]
    found = Finding(
        trial=trial,
        logged=sum(day in told.nights for day in drawn),
        nights=None,
        kept=sum(done[day] is drawn[day] for day in known),
        told=len(known),
        is_over=experiment.is_over(today),
        wording=Wording.NOT_ENOUGH,
    )
    if not found.is_over:
        return found
    found = replace(found, nights=_table(counted, told.nights))
    if experiment.ending is not None:
        # Ended for what it did, it would be judged by when it was ended.
        return found
    if experiment.design is Design.NIGHT_PAIRS:
        p, ratio, interval, pairs = _judge_pairs(experiment, counted, told.nights)
    else:
        p, pairs = _judge_weeks(experiment, counted, told.nights)
        ratio, interval = None, None
    wording = Wording.HELD_IN_A_TEST if p <= LEVEL else Wording.NO_CLEAR_DIFFERENCE
    return replace(found, wording=wording, p=p, ratio=ratio, interval=interval, pairs=pairs)


def mcnemar_mid_p(with_it: int, without: int) -> float:
    """Return the two-sided mid-p of pairs that differ (Fagerland, Lydersen and Laake 2013).

    Args:
        with_it: pairs with a cramp only where the routine was drawn.
        without: pairs with one only where it was not.
    """
    n = with_it + without
    fewer = min(with_it, without)
    return min(1.0, 2 * at_most(fewer, n, 0.5) - pmf(fewer, n, 0.5))


def permutation_p(with_it: Sequence[int], without: Sequence[int]) -> float:
    """Return the two-sided probability that a random half differs as much, or more.

    All ways to choose as many weeks as had the routine are counted, none is drawn.

    Args:
        with_it: whole numbers of the weeks with the routine.
        without: of those without.
    """
    if not with_it or not without:
        return 1.0
    chosen, values = len(with_it), (*with_it, *without)
    total = sum(values)
    # ways[k][s]: how many choices of k of the weeks have the sum s
    ways: list[dict[int, int]] = [{0: 1}, *({} for _ in range(chosen))]
    for value in values:
        for k in range(chosen, 0, -1):
            for s, count in ways[k - 1].items():
                ways[k][s + value] = ways[k].get(s + value, 0) + count
    # The gap of the means, times what makes it whole.
    seen = abs(len(values) * sum(with_it) - chosen * total)
    extreme = sum(
        count for s, count in ways[chosen].items() if abs(len(values) * s - chosen * total) >= seen
    )
    return extreme / math.comb(len(values), chosen)


def pairs_power(a_week: float, ratio: float, weeks: int, alpha: float = LEVEL) -> float:
    """Return how likely night pairs find a true ratio of cramp-nights, exactly.

    Args:
        a_week: cramp-nights a week without the routine.
        ratio: of cramp-nights with the routine to those without.
        weeks: how long the experiment lasts.
        alpha: at most so often it finds a difference where there is none.
    """
    pairs = weeks * DAYS_A_WEEK // PAIR
    one, zero = (min(1.0, a_week * times / DAYS_A_WEEK) for times in (ratio, 1.0))
    only_with, only_without = one * (1 - zero), zero * (1 - one)
    differ = only_with + only_without
    if differ <= 0:
        return 0.0
    share = only_with / differ
    found = 0.0
    for n in range(pairs + 1):
        few = [k for k in range(n + 1) if mcnemar_mid_p(k, n - k) <= alpha]
        found += pmf(n, pairs, differ) * math.fsum(pmf(k, n, share) for k in few)
    return min(1.0, found)


def weeks_power(
    a_week: float, ratio: float, weeks: int, chance: Chance, alpha: float = LEVEL
) -> float:
    """Return how likely random weeks find a true ratio of cramp-nights, by simulated diaries.

    Args:
        a_week: as for `pairs_power`.
        ratio: as above.
        weeks: how long the experiment lasts.
        chance: from which the diaries are drawn.
        alpha: as above.
    """
    one, zero = (min(1.0, a_week * times / DAYS_A_WEEK) for times in (ratio, 1.0))
    half = weeks // 2

    def counts(p: float) -> list[int]:
        return sorted(sum(chance.random() < p for _ in range(DAYS_A_WEEK)) for _ in range(half))

    known: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}
    found = 0
    for _ in range(SIMULATED):
        key = tuple(counts(one)), tuple(counts(zero))
        if key not in known:
            known[key] = permutation_p(*key) <= alpha
        found += known[key]
    return found / SIMULATED


def power_of(design: Design, a_week: float, ratio: float, weeks: int, chance: Chance) -> float:
    """Return how likely an experiment of a design finds a true ratio, told before it begins."""
    if design is Design.NIGHT_PAIRS:
        return pairs_power(a_week, ratio, weeks)
    return weeks_power(a_week, ratio, weeks, chance)


def ended(experiment: Experiment, today: date, ending: Ending) -> Experiment:
    """Return the experiment that ends now; one that is over already stays as it is."""
    if experiment.is_over(today):
        return experiment
    return replace(experiment, stopped=max(experiment.start, today), ending=ending)


def _counts(experiment: Experiment, day: date) -> bool:
    return (day - experiment.start).days % DAYS_A_WEEK >= experiment.washout_days


def _table(drawn: Mapping[date, bool], cramps: Mapping[date, bool]) -> Nights:
    sides: dict[bool, list[bool]] = {True: [], False: []}
    for day, was in drawn.items():
        if day in cramps:
            sides[was].append(cramps[day])
    return Nights(sum(sides[True]), len(sides[True]), sum(sides[False]), len(sides[False]))


def _judge_pairs(
    experiment: Experiment, drawn: Mapping[date, bool], cramps: Mapping[date, bool]
) -> tuple[float, float | None, Interval | None, int]:
    only_with = only_without = pairs = 0
    for number in range(0, experiment.nights, PAIR):
        first = experiment.start + timedelta(days=number)
        second = first + timedelta(days=1)
        if first not in cramps or second not in cramps:
            continue
        pairs += 1
        with_it, without = (first, second) if drawn[first] else (second, first)
        only_with += cramps[with_it] and not cramps[without]
        only_without += cramps[without] and not cramps[with_it]
    n = only_with + only_without
    if not n:
        return 1.0, None, None, pairs
    inside = exact_interval(only_with, n)
    interval = Interval(_odds(inside.low), _odds(inside.high))
    return mcnemar_mid_p(only_with, only_without), _odds(only_with / n), interval, pairs


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)


def _judge_weeks(
    experiment: Experiment, drawn: Mapping[date, bool], cramps: Mapping[date, bool]
) -> tuple[float, int]:
    """Weeks without a logged night are left out, and with them their lot."""
    sides: dict[bool, list[int]] = {True: [], False: []}
    for week in range(experiment.weeks):
        first = experiment.start + timedelta(days=DAYS_A_WEEK * week)
        days = [first + timedelta(days=number) for number in range(DAYS_A_WEEK)]
        logged = [cramps[day] for day in days if day in drawn and day in cramps]
        if logged:
            sides[drawn[days[-1]]].append(sum(logged) * _SCALE // len(logged))
    used = len(sides[True]) + len(sides[False])
    return permutation_p(sides[True], sides[False]), used
