"""The randomised experiment: lots, tests by counting everything, power by playing it through."""

import functools
import itertools
import math
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.analysis.adherence import Doing
from uncramp.analysis.experiment import (
    Finding,
    ended,
    judge_trial,
    mcnemar_mid_p,
    pairs_power,
    permutation_p,
    weeks_power,
)
from uncramp.analysis.lots import Trial, allocation
from uncramp.analysis.record import Record, comparable
from uncramp.analysis.review import review
from uncramp.analysis.verdict import Wording
from uncramp.model.diary import Night
from uncramp.model.experiment import Design, Ending, Experiment

START = date(2026, 1, 5)
BED = "bedtime_trial"
AGREED = datetime(2026, 1, 4, 20, tzinfo=UTC)
PUBLISHED = [
    (2.5, 0.5, 12, 0.18),
    (2.5, 0.3, 12, 0.44),
    (5, 0.5, 12, 0.37),
    (5, 0.3, 12, 0.74),
    (2.5, 0.5, 24, 0.40),
    (2.5, 0.3, 24, 0.79),
    (5, 0.5, 24, 0.63),
    (5, 0.3, 24, 0.96),
]
CLUSTERED = 1.6
"""Cramps of a night in the diaries that were published: 0.6 more for each that comes."""
PLAYED = 2_000


def after(days: int) -> date:
    return START + timedelta(days=days)


def trial(design: Design, weeks: int = 12, seed: int = 1, washout: int = 0) -> Trial:
    made = Experiment("e", "bedtime_trial", design, START, weeks, washout, seed, AGREED)
    return Trial(made, allocation(made, random.Random(seed)))


def judged(one: Trial, cramps: dict[date, bool], today: date | None = None) -> Finding:
    nights = tuple(Night(day, int(was), AGREED) for day, was in cramps.items())
    day = today or one.experiment.end
    told = comparable(Record(nights=nights, first_day=START), day)
    return judge_trial(one, told, {}, day)


def cramp_nights(
    one: Trial, with_it: float, without: float, pick: random.Random
) -> dict[date, bool]:
    return {
        after(n): pick.random() < (with_it if was else without) for n, was in enumerate(one.drawn)
    }


# -- lots


@given(seed=st.integers(0, 2**53), weeks=st.integers(1, 12).map(lambda n: 2 * n))
def test_each_pair_has_one_night_and_each_experiment_half_of_its_weeks(
    seed: int, weeks: int
) -> None:
    pairs = trial(Design.NIGHT_PAIRS, weeks, seed).drawn
    assert len(pairs) == 7 * weeks
    assert all(pairs[n] is not pairs[n + 1] for n in range(0, len(pairs), 2))
    blocks = trial(Design.RANDOM_WEEKS, weeks, seed).drawn
    assert sum(blocks) * 2 == len(blocks)
    assert all(len(set(blocks[n : n + 7])) == 1 for n in range(0, len(blocks), 7))
    assert blocks == trial(Design.RANDOM_WEEKS, weeks, seed).drawn


def test_lots_are_fair() -> None:
    firsts = [trial(Design.NIGHT_PAIRS, 24, seed).drawn[0::2] for seed in range(100)]
    share = sum(map(sum, firsts)) / sum(map(len, firsts))
    assert share == pytest.approx(0.5, abs=0.02)
    weeks = [tuple(trial(Design.RANDOM_WEEKS, 4, seed).drawn[::7]) for seed in range(600)]
    # Six ways to choose two weeks of four, each a hundred times.
    assert {weeks.count(way) for way in set(weeks)} <= set(range(70, 131))
    assert len(set(weeks)) == 6


def test_no_lot_is_shown_before_its_day() -> None:
    one = trial(Design.NIGHT_PAIRS)
    assert one.on(after(1), after(0)) is None
    assert one.on(after(0), after(0)) is one.drawn[0]
    assert one.on(after(-1), after(0)) is None
    assert one.on(one.experiment.end, one.experiment.end) is None


# -- tests


@pytest.mark.parametrize(("with_it", "without"), [(0, 0), (0, 6), (2, 9), (5, 5), (9, 2), (1, 0)])
def test_the_pair_test_is_twice_the_tail_with_half_of_what_was_seen(
    with_it: int, without: int
) -> None:
    n, fewer = with_it + without, min(with_it, without)
    tail = sum(math.comb(n, k) for k in range(fewer)) + math.comb(n, fewer) / 2
    assert mcnemar_mid_p(with_it, without) == pytest.approx(min(1.0, 2 * tail / 2**n))


@given(
    st.lists(st.integers(0, 7), min_size=1, max_size=5),
    st.lists(st.integers(0, 7), min_size=1, max_size=5),
)
def test_the_week_test_counts_every_choice(with_it: list[int], without: list[int]) -> None:
    values = with_it + without
    k, n = len(with_it), len(values)

    def gap(chosen: tuple[int, ...]) -> int:
        return abs((n - k) * sum(chosen) - k * (sum(values) - sum(chosen)))

    gaps = [gap(tuple(values[i] for i in way)) for way in itertools.combinations(range(n), k)]
    seen = gap(tuple(with_it))
    expected = sum(one >= seen for one in gaps) / len(gaps)
    assert permutation_p(with_it, without) == pytest.approx(expected)


def test_the_smallest_probabilities_are_those_published() -> None:
    assert permutation_p([0] * 4, [7] * 4) == pytest.approx(2 / 70)
    assert permutation_p([0] * 6, [7] * 6) == pytest.approx(2 / 924)
    assert mcnemar_mid_p(0, 5) > 0.05 / 2
    assert permutation_p([], [1]) == 1.0


# -- power, told before the start


@pytest.mark.parametrize(("rate", "ratio", "weeks", "published"), PUBLISHED)
def test_the_power_of_pairs_is_near_what_was_published(
    rate: float, ratio: float, weeks: int, published: float
) -> None:
    """The published diaries have more cramps than cramp-nights, and wander."""
    with_it, without = (1 - math.exp(-rate * times / CLUSTERED / 7) for times in (ratio, 1))
    found = pairs_power(7 * without, with_it / without, weeks)
    assert found == pytest.approx(published, abs=0.06)


@pytest.mark.parametrize("ratio", [1.0, 0.5, 0.3])
@pytest.mark.parametrize(("rate", "weeks"), [(2.5, 12), (5.0, 24)])
def test_the_power_of_pairs_is_what_happens(ratio: float, rate: float, weeks: int) -> None:
    pick = random.Random(11)
    test = functools.cache(mcnemar_mid_p)
    one, zero = ratio * rate / 7, rate / 7
    found = 0
    for _ in range(2 * PLAYED):
        pairs = [(pick.random() < one, pick.random() < zero) for _ in range(weeks * 7 // 2)]
        found += test(pairs.count((True, False)), pairs.count((False, True))) <= 0.05
    share = found / (2 * PLAYED)
    assert share == pytest.approx(pairs_power(rate, ratio, weeks), abs=0.02)


@pytest.mark.parametrize("ratio", [1.0, 0.5])
def test_whole_diaries_of_pairs_are_judged_as_often(ratio: float) -> None:
    pick = random.Random(14)
    a_night = 2.5 / 7
    held = 0
    for seed in range(PLAYED // 4):
        one = trial(Design.NIGHT_PAIRS, 12, seed)
        finding = judged(one, cramp_nights(one, ratio * a_night, a_night, pick))
        held += finding.wording is Wording.HELD_IN_A_TEST
    assert held / (PLAYED // 4) == pytest.approx(pairs_power(2.5, ratio, 12), abs=0.06)


@pytest.mark.parametrize("ratio", [1.0, 0.3])
def test_the_power_of_weeks_is_what_happens(ratio: float) -> None:
    pick = random.Random(12)
    a_night = 4 / 7
    found = 0
    for seed in range(PLAYED // 4):
        one = trial(Design.RANDOM_WEEKS, 12, seed)
        finding = judged(one, cramp_nights(one, ratio * a_night, a_night, pick))
        found += finding.wording is Wording.HELD_IN_A_TEST
    share = found / (PLAYED // 4)
    assert share == pytest.approx(weeks_power(4, ratio, 12, random.Random(1)), abs=0.06)
    if ratio == 1.0:
        assert share <= 0.06


def drift(pick: random.Random, nights: int) -> list[float]:
    level, found = 0.0, []
    for _ in range(nights):
        level = 0.9 * level + pick.gauss(0, 0.7 * math.sqrt(1 - 0.81))
        found.append(min(1.0, 0.35 * math.exp(level)))
    return found


@pytest.mark.parametrize("design", list(Design))
def test_nights_that_wander_by_themselves_prove_nothing(design: Design) -> None:
    pick = random.Random(13)
    held = 0
    for seed in range(PLAYED // 4):
        one = trial(design, 12, seed)
        cramps = {after(n): pick.random() < p for n, p in enumerate(drift(pick, 84))}
        held += judged(one, cramps).wording is Wording.HELD_IN_A_TEST
    assert held / (PLAYED // 4) <= 0.065


# -- what is judged, and when


def clear(one: Trial) -> dict[date, bool]:
    """No cramp where the routine was drawn, one on every other night."""
    return {after(n): not was for n, was in enumerate(one.drawn)}


@pytest.mark.parametrize("design", list(Design))
def test_nothing_is_told_before_the_last_night(design: Design) -> None:
    one = trial(design)
    before = judged(one, clear(one), after(83))
    assert (before.is_over, before.nights, before.p) == (False, None, None)
    assert before.wording is Wording.NOT_ENOUGH
    assert before.logged == 83
    over = judged(one, clear(one))
    assert over.wording is Wording.HELD_IN_A_TEST
    assert over.is_fewer
    assert over.nights is not None
    assert (over.nights.x1, over.nights.n1, over.nights.x0, over.nights.n0) == (0, 42, 42, 42)


def test_one_that_was_ended_for_pain_is_not_judged() -> None:
    one = trial(Design.NIGHT_PAIRS)
    stopped = ended(one.experiment, after(50), Ending.PAIN)
    assert ended(stopped, after(60), Ending.OTHER) == stopped
    found = judged(replace(one, experiment=stopped), clear(one), after(50))
    assert found.is_over
    assert found.wording is Wording.NOT_ENOUGH
    assert found.p is None
    assert found.nights is not None
    assert found.nights.n1 + found.nights.n0 == 50
    early = ended(one.experiment, after(-1), Ending.OTHER)
    assert early.stopped == START


def test_it_counts_what_was_drawn_and_tells_what_was_kept_to() -> None:
    one = trial(Design.NIGHT_PAIRS)
    told = comparable(
        Record(
            nights=tuple(Night(day, int(was), AGREED) for day, was in clear(one).items()),
            first_day=START,
        ),
        one.experiment.end,
    )
    never = {after(n): False for n in range(84)}
    found = judge_trial(one, told, never, one.experiment.end)
    assert found.wording is Wording.HELD_IN_A_TEST
    assert (found.kept, found.told) == (42, 84)


def test_pairs_need_both_nights_and_weeks_leave_washed_out_nights_out() -> None:
    one = trial(Design.NIGHT_PAIRS)
    cramps = clear(one)
    for n in range(0, 84, 4):
        del cramps[after(n)]
    assert judged(one, cramps).pairs == 21
    washed = trial(Design.RANDOM_WEEKS, washout=2)
    found = judged(washed, clear(washed))
    assert found.nights is not None
    assert found.nights.n1 + found.nights.n0 == 5 * 12
    assert found.pairs == 12


@pytest.mark.parametrize("design", list(Design))
@pytest.mark.parametrize("kind", ["nothing", "all", "none", "one"])
def test_extremes_are_no_clear_difference(design: Design, kind: str) -> None:
    one = trial(design)
    every = [after(n) for n in range(84)]
    cramps = {
        "nothing": {},
        "all": dict.fromkeys(every, True),
        "none": dict.fromkeys(every, False),
        "one": {every[0]: True},
    }[kind]
    found = judged(one, cramps)
    assert found.wording is Wording.NO_CLEAR_DIFFERENCE
    assert found.p == pytest.approx(1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"weeks": 3},
        {"weeks": 0},
        {"weeks": 26},
        {"washout_days": 2},
        {"seed": -1},
        {"stopped": START},
        {"ending": Ending.PAIN},
    ],
)
def test_what_cannot_be_an_experiment_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        replace(trial(Design.NIGHT_PAIRS).experiment, **wrong)  # type: ignore[arg-type]  # wrong


def test_the_question_climbs_only_where_a_test_held_the_same_way() -> None:
    pick = random.Random(2)
    one = trial(Design.NIGHT_PAIRS, 12, 5)

    def record(with_it: float, without: float) -> Record:
        cramps = {
            n: pick.random() < (with_it if was else without) for n, was in enumerate(one.drawn)
        }
        return Record(
            nights=tuple(
                Night(after(n), int(was), AGREED + timedelta(days=n + 2))
                for n, was in cramps.items()
            ),
            doings=tuple(
                Doing(BED, after(n), 60, 60, AGREED + timedelta(days=n + 1))
                for n, was in enumerate(one.drawn)
                if was
            ),
            bedtime=frozenset({BED}),
            first_day=START,
            trials=(one,),
        )

    held = review(record(0.05, 0.6), after(84))
    assert held.findings[0].wording is Wording.HELD_IN_A_TEST
    assert held.findings[0].kept == held.findings[0].told == 84
    assert held.question.verdict.wording is Wording.HELD_IN_A_TEST
    plain = review(record(0.3, 0.3), after(84))
    assert plain.question.verdict.wording is Wording.NO_CLEAR_DIFFERENCE
    running = review(record(0.05, 0.6), after(83))
    assert running.question.verdict.wording is not Wording.HELD_IN_A_TEST
    other = replace(held_record := record(0.05, 0.6), bedtime=frozenset({"other"}))
    assert review(other, after(84)).question.verdict.wording is not Wording.HELD_IN_A_TEST
    assert review(held_record, after(84), judged=held).findings == held.findings
