"""The gates hold, the shift test is that of the plain definition, and nothing is invented."""

import math
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.analysis.series import rate_gap
from uncramp.analysis.series import shift_p as plain_shift_p
from uncramp.analysis.verdict import (
    MOST_FACTORS,
    Missing,
    NightSeries,
    Wording,
    judge,
    missing_of,
    shift_p,
)

Values = list[bool | None]
DIARIES = 2_000
"""Of each scenario."""


def series(cramps: Values, exposed: Values) -> NightSeries:
    return NightSeries.of(cramps, exposed)


@given(
    st.lists(
        st.tuples(st.sampled_from([True, False, None]), st.sampled_from([True, False, None])),
        max_size=83,
    )
)
def test_counting_bits_is_the_same_as_going_through_the_nights(
    nights: list[tuple[bool | None, bool | None]],
) -> None:
    cramps, exposed = [c for c, _ in nights], [e for _, e in nights]
    made = series(cramps, exposed)
    usable = [(c, e) for c, e in nights if c is not None and e is not None]
    assert made.nights.x1 == sum(c and e for c, e in usable)
    assert made.nights.n1 == sum(e for _, e in usable)
    assert made.nights.x0 == sum(c and not e for c, e in usable)
    assert made.nights.n0 == sum(not e for _, e in usable)
    outcome = [None if c is None else float(c) for c in cramps]
    assert shift_p(made) == plain_shift_p(exposed, outcome, rate_gap)


def turned(values: Values, by: int) -> Values:
    return [*values[-by:], *values[:-by]] if by else values


@pytest.mark.parametrize("days", [84, 85, 89])
def test_from_twelve_weeks_on_each_half_is_rolled_by_itself(days: int) -> None:
    pick = random.Random(days)
    known = (True, True, False, False, None)
    cramps = [pick.choice(known) for _ in range(days)]
    exposed = [pick.choice(known) for _ in range(days)]
    outcome = [None if one is None else float(one) for one in cramps]
    half = days // 2
    gaps = [
        rate_gap(turned(exposed[:half], a) + turned(exposed[half:], b), outcome)
        for a in range(half)
        for b in range(days - half)
        if min(a, half - a) >= 3 or min(b, days - half - b) >= 3
    ]
    seen = rate_gap(exposed, outcome)
    expected = (1 + sum(gap >= seen - 1e-12 for gap in gaps)) / (1 + len(gaps))
    assert shift_p(series(cramps, exposed)) == expected


def test_of_many_pairs_of_rolls_an_even_spread_says_the_same() -> None:
    """400 days are 40 000 pairs; 2 000 of them stray from all by less than one in fifty."""
    pick = random.Random(3)
    for effect in (1.0, 0.8, 0.6):
        exposed: Values = [x > 0 for x in drifting(pick, 400, 1.0)]
        cramps: Values = [pick.random() < 0.4 * (effect if was else 1.0) for was in exposed]
        made = series(cramps, exposed)
        seen = rate_gap(exposed, [float(one is True) for one in cramps])
        rows = [
            [
                sum(c is True and e is True for c, e in zip(part, turned(was, k), strict=True))
                for k in range(200)
            ]
            for part, was in ((cramps[:200], exposed[:200]), (cramps[200:], exposed[200:]))
        ]
        n1, x = sum(e is True for e in exposed), sum(c is True for c in cramps)
        gaps = [abs((a + b) / n1 - (x - a - b) / (400 - n1)) for a in rows[0] for b in rows[1]]
        every = (1 + sum(gap >= seen - 1e-12 for gap in gaps)) / (1 + len(gaps))
        assert shift_p(made) == pytest.approx(every, abs=0.02)


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=8, max_size=60),
    st.data(),
)
def test_nights_that_were_not_logged_change_no_count(
    nights: list[tuple[bool, bool]], data: st.DataObject
) -> None:
    cramps: Values = [c for c, _ in nights]
    exposed: Values = [e for _, e in nights]
    before = series(cramps, exposed).nights
    gaps = data.draw(st.lists(st.integers(0, len(nights)), max_size=5))
    for place in gaps:
        cramps.insert(place, None)
        exposed.insert(place, data.draw(st.booleans()))
    assert series(cramps, exposed).nights == before


CRAMPS: Values = [True, False, False, True, False] * 8
EXPOSED: Values = [True, False] * 20
UNEVEN: Values = [None if n % 2 == 0 and n < 16 else c for n, c in enumerate(CRAMPS)]


@pytest.mark.parametrize(
    ("cramps", "exposed", "expected"),
    [
        (CRAMPS, EXPOSED, set()),
        (CRAMPS[:12] + [False] * 28, EXPOSED, {Missing.CRAMP_NIGHTS}),
        (CRAMPS, [True] * 9 + [False] * 31, {Missing.NIGHTS_WITH}),
        (CRAMPS, [False] * 9 + [True] * 31, {Missing.NIGHTS_WITHOUT}),
        (CRAMPS[:27] + [None] * 13, EXPOSED, {Missing.LOGGED}),
        (UNEVEN, EXPOSED, {Missing.LOGGED_UNEVENLY}),
    ],
)
def test_each_gate_is_told_by_name(cramps: Values, exposed: Values, expected: set[Missing]) -> None:
    assert set(missing_of(series(cramps, exposed))) == expected
    (verdict,) = judge([series(cramps, exposed)])
    assert verdict.is_compared == (not expected)
    assert (verdict.ratio is None) == (verdict.shrunk is None) == bool(expected)
    assert verdict.nights.n1 + verdict.nights.n0 > 0


def test_a_plain_difference_is_a_possible_pattern_and_no_more() -> None:
    pick = random.Random(1)
    exposed: Values = [pick.random() < 0.5 for _ in range(120)]
    cramps: Values = [pick.random() < (0.1 if was else 0.6) for was in exposed]
    (verdict,) = judge([series(cramps, exposed)])
    assert verdict.wording is Wording.POSSIBLE_PATTERN
    assert verdict.ratio is not None
    assert verdict.ratio[1].high < 1
    assert verdict.shrunk is not None
    assert verdict.ratio[0] < verdict.shrunk.value < 1


def test_only_so_many_factors_are_tested_together() -> None:
    one = series(CRAMPS, EXPOSED)
    assert len(judge([one] * MOST_FACTORS)) == MOST_FACTORS
    with pytest.raises(ValueError, match="at most 14"):
        judge([one] * (MOST_FACTORS + 1))
    assert judge([]) == ()


def drifting(pick: random.Random, days: int, sd: float) -> Iterator[float]:
    """Yield a level that wanders (AR .9), as weather, training and life do."""
    level = 0.0
    for _ in range(days):
        level = 0.9 * level + pick.gauss(0, sd * math.sqrt(1 - 0.9**2))
        yield level


def diary(pick: random.Random, days: int, sd: float) -> Values:
    a_night = 2.5 / 7
    return [pick.random() < 1 - math.exp(-a_night * math.exp(x)) for x in drifting(pick, days, sd)]


def habit(pick: random.Random, days: int) -> Values:
    """Keeping to a routine comes in streaks."""
    return [pick.random() < 1 / (1 + math.exp(-x)) for x in drifting(pick, days, 2.0)]


@pytest.mark.parametrize(("days", "sd"), [(84, 0.0), (84, 0.7), (182, 0.7)])
def test_diaries_without_any_effect_hardly_ever_show_a_pattern(days: int, sd: float) -> None:
    pick = random.Random(20_261_122)
    patterns = users = factors = 0
    for _ in range(DIARIES):
        cramps = diary(pick, days, sd)
        verdicts = judge([series(cramps, habit(pick, days)) for _ in range(5)])
        seen = sum(one.wording is Wording.POSSIBLE_PATTERN for one in verdicts)
        factors += sum(one.wording is not Wording.NOT_ENOUGH for one in verdicts)
        patterns += seen
        users += seen > 0
    assert factors > DIARIES
    assert patterns / factors <= 0.05
    assert users / DIARIES <= 0.10
