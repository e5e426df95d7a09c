"""Thousands of simulated diaries through the function that the page calls.

Where nothing has an effect, hardly anything is claimed; where something has, it is seen as often
as the exact test would see it; and the intervals hold the truth as often as they say.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from uncramp.analysis.adherence import Doing
from uncramp.analysis.looks import FIRST_LOOKS, LOOK_LEVEL
from uncramp.analysis.power import nights_power
from uncramp.analysis.record import Factor, Record
from uncramp.analysis.review import Review, review
from uncramp.analysis.verdict import MOST_FACTORS, Wording
from uncramp.model.diary import DayContext, Night

DIARIES = 2_000
START = date(2026, 1, 5)
DAYS = [START + timedelta(days=n) for n in range(190)]
EVENINGS = [datetime(day.year, day.month, day.day, 21, tzinfo=UTC) for day in DAYS]
MORNINGS = [evening + timedelta(hours=11) for evening in EVENINGS]


@dataclass(frozen=True)
class Scenario:
    """How diaries come about.

    Attributes:
        days: how long they are.
        drift: how much the level wanders from day to day (AR .9).
        streaks: the routine is kept to in streaks, as weather and moods come, not by lot.
        clustered: further cramps of a night that has one.
        factors: noted each evening, without any effect.
        effect: of the routine, a ratio of cramp-nights.
        a_week: cramps a week, before the clusters.
    """

    days: int = 84
    drift: float = 0.0
    streaks: bool = False
    clustered: float = 0.0
    factors: int = 0
    effect: float = 1.0
    a_week: float = 2.5


IDEAL = Scenario()
CLUSTERED = Scenario(clustered=0.6)
DRIFTING = Scenario(drift=0.7, streaks=True, clustered=0.6)
HALF_A_YEAR = Scenario(days=182, drift=0.7, streaks=True, clustered=0.6)
MANY = Scenario(drift=0.7, streaks=True, factors=MOST_FACTORS)


def wandering(pick: random.Random, days: int, sd: float) -> Iterator[float]:
    level, step = pick.gauss(0, sd), sd * math.sqrt(1 - 0.9**2)
    for _ in range(days):
        level = 0.9 * level + pick.gauss(0, step)
        yield level


def happened(pick: random.Random, days: int, *, streaks: bool) -> list[bool]:
    if streaks:
        return [x > 0 for x in wandering(pick, days, 1.0)]
    return [pick.random() < 0.5 for _ in range(days)]


def diary(pick: random.Random, how: Scenario) -> Record:
    done = happened(pick, how.days, streaks=how.streaks)
    done[0] = True  # the looks are counted from the first evening on
    nights = []
    for n, level in enumerate(wandering(pick, how.days, how.drift)):
        a_night = how.a_week / 7 * math.exp(level - how.drift**2 / 2)
        share = (1 - math.exp(-a_night)) * (how.effect if done[n] else 1.0)
        cramps = int(pick.random() < share)
        if cramps:
            cramps += pick.random() < how.clustered
        nights.append(Night(DAYS[n], cramps, MORNINGS[n]))
    noted = [happened(pick, how.days, streaks=True) for _ in range(how.factors)]
    return Record(
        nights=tuple(nights),
        doings=tuple(
            Doing("bed", DAYS[n], 60, 60, EVENINGS[n]) for n in range(how.days) if done[n]
        ),
        days=tuple(
            DayContext(DAYS[n], EVENINGS[n], {f"f{k}": one[n] for k, one in enumerate(noted)})
            for n in range(how.days)
            if noted
        ),
        bedtime=frozenset({"bed"}),
        first_day=START,
        factors=tuple(Factor(f"f{k}") for k in range(how.factors)),
    )


def reviews(how: Scenario, count: int, seed: int = 20_261_122) -> Iterator[Review]:
    pick = random.Random(seed)
    for _ in range(count):
        yield review(diary(pick, how), START + timedelta(days=how.days))


def claims(found: Review) -> int:
    """How many things are called a possible pattern, the question among them."""
    verdicts = [found.question.verdict, *(one.verdict for one in found.factors)]
    return sum(one.wording is Wording.POSSIBLE_PATTERN for one in verdicts)


@pytest.mark.parametrize("how", [IDEAL, CLUSTERED, DRIFTING, HALF_A_YEAR])
def test_without_an_effect_nothing_is_claimed_and_intervals_hold(how: Scenario) -> None:
    compared = claimed = by_ratio = by_gap = 0
    for found in reviews(how, DIARIES):
        verdict = found.question.verdict
        claimed += claims(found)
        if verdict.ratio is not None and verdict.gap is not None:
            compared += 1
            by_ratio += 1.0 in verdict.ratio[1]
            by_gap += 0.0 in verdict.gap[1]
    assert compared > DIARIES / 2
    assert claimed / compared <= 0.05
    assert 0.93 <= by_ratio / compared <= 0.97
    assert 0.93 <= by_gap / compared <= 0.97


def test_many_factors_without_an_effect_are_hardly_ever_claimed() -> None:
    compared = claimed = users = 0
    for found in reviews(MANY, DIARIES):
        compared += sum(one.verdict.is_compared for one in found.factors)
        claimed += claims(found)
        users += claims(found) > 0
    assert compared > 10 * DIARIES
    assert claimed / compared <= 0.05
    assert users / DIARIES <= 0.10


def test_whoever_looks_at_every_look_is_told_a_pattern_no_more_often() -> None:
    """Five factors and the question, over half a year."""
    pick = random.Random(4)
    how = Scenario(days=182, drift=0.7, streaks=True, factors=5)
    users = ever = 0
    for _ in range(DIARIES // 8):
        record = diary(pick, how)
        told: set[str] = set()
        for week in FIRST_LOOKS:
            found = review(record, START + timedelta(weeks=week))
            names = [one.factor.key for one in found.factors]
            verdicts = [one.verdict for one in found.factors]
            for name, verdict in zip(
                [*names, "question"], [*verdicts, found.question.verdict], strict=True
            ):
                if verdict.wording is Wording.POSSIBLE_PATTERN:
                    told.add(name)
        users += bool(told)
        ever += len(told)
    assert users / (DIARIES // 8) <= 0.10
    assert ever / (6 * (DIARIES // 8)) <= 0.05


@pytest.mark.parametrize(
    ("days", "effect", "a_week"),
    [(84, 0.3, 3.0), (84, 0.5, 5.0), (182, 0.5, 2.5), (182, 0.3, 3.0), (182, 0.5, 5.0)],
)
def test_a_true_effect_is_seen_as_often_as_by_the_exact_test(
    days: int, effect: float, a_week: float
) -> None:
    """Within 2 in 100 of what is told before: the exact test, as many nights with as without."""
    how = Scenario(days=days, effect=effect, a_week=a_week)
    seen = held = compared = 0
    for found in reviews(how, DIARIES):
        verdict = found.question.verdict
        pattern = verdict.wording is Wording.POSSIBLE_PATTERN
        seen += pattern
        if verdict.ratio is not None:
            compared += 1
            held += effect in verdict.ratio[1]
            assert not pattern or verdict.ratio[0] < 1
    exact = nights_power(1 - math.exp(-a_week / 7), effect, days // 2, LOOK_LEVEL)
    assert abs(seen / DIARIES - exact) <= 0.02
    assert compared > 0.9 * DIARIES
    assert 0.93 <= held / compared <= 0.97


def test_before_and_after_is_no_comparison() -> None:
    """Four weeks without, then every evening with it, and a level that fell by itself."""
    pick = random.Random(9)
    for _ in range(DIARIES // 20):
        record = diary(pick, DRIFTING)
        worse = tuple(
            Night(one.day, int(one.cramps or pick.random() < 0.4), one.answered)
            if one.day < DAYS[28]
            else one
            for one in record.nights
        )
        since = tuple(Doing("bed", DAYS[n], 60, 60, EVENINGS[n]) for n in range(28, 84))
        made = Record(
            nights=worse, doings=since, bedtime=frozenset({"bed"}), first_day=record.first_day
        )
        assert review(made, DAYS[84]).question.verdict.wording is Wording.NOT_ENOUGH
