"""What can be seen, by the published weeks and by counting everything."""

import math

import pytest

from uncramp.analysis.binomial import central_p, fisher_p, pmf
from uncramp.analysis.power import (
    nights_needed,
    nights_power,
    power,
    visible_nights_ratio,
    visible_ratio,
    weeks_needed,
)

PUBLISHED = {
    0.65: {1: 110, 2.5: 44, 5: 22, 8: 14},
    0.5: {1: 50, 2.5: 20, 5: 10, 8: 7},
    0.3: {1: 23, 2.5: 9, 5: 5, 8: 3},
}
CASES = [(ratio, rate, weeks) for ratio, row in PUBLISHED.items() for rate, weeks in row.items()]


def poisson(k: int, mean: float) -> float:
    return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))


@pytest.mark.parametrize(("ratio", "rate", "weeks"), CASES)
def test_the_published_weeks_give_eighty_percent(ratio: float, rate: float, weeks: int) -> None:
    """The page rounds: 110 weeks give .799."""
    assert power(rate, ratio, weeks) >= 0.795
    needed = weeks_needed(rate, ratio)
    assert needed is not None
    assert weeks <= needed <= weeks + 1
    assert power(rate, ratio, needed) >= 0.8


@pytest.mark.parametrize(
    ("a_week", "ratio", "weeks"), [(1.0, 0.3, 6), (2.5, 0.5, 4), (3.0, 1.0, 3)]
)
def test_it_is_the_sum_over_everything_that_can_happen(
    a_week: float, ratio: float, weeks: int
) -> None:
    expected = sum(
        poisson(c1, a_week * ratio * weeks) * poisson(c0, a_week * weeks)
        for c1 in range(60)
        for c0 in range(60)
        if central_p(c1, c1 + c0, 0.5) <= 0.05
    )
    assert power(a_week, ratio, weeks) == pytest.approx(expected, abs=1e-9)


def test_without_an_effect_it_keeps_to_its_level() -> None:
    assert 0.01 < power(3.0, 1.0, 20) <= 0.05


def test_a_usual_runner_sees_only_a_large_drop_in_eighteen_weeks() -> None:
    seen = visible_ratio(2.5, 9)
    assert seen is not None
    assert seen == pytest.approx(0.30, abs=0.01)
    assert visible_ratio(0.1, 4) is None


def test_ten_years_may_not_be_enough() -> None:
    assert weeks_needed(0.05, 0.9) is None


@pytest.mark.parametrize(
    ("share", "ratio", "each"),
    [(0.3, 0.5, 20), (0.36, 0.3, 42), (0.7, 0.5, 30), (1.0, 0.5, 15), (0.2, 1.0, 40), (0.1, 0, 35)],
)
@pytest.mark.parametrize("alpha", [0.05, 0.0125])
def test_the_power_of_nights_is_the_sum_over_all_tables(
    share: float, ratio: float, each: int, alpha: float
) -> None:
    expected = sum(
        pmf(x1, each, share * ratio) * pmf(x0, each, share)
        for x1 in range(each + 1)
        for x0 in range(each + 1)
        if fisher_p(x1, each, x0, each) <= alpha
    )
    found = nights_power(share, ratio, each, alpha)
    assert found == pytest.approx(expected, abs=1e-6)
    if ratio == 1.0:
        assert found <= alpha


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
@pytest.mark.parametrize("ratio", [0.3, 0.5, 0.65])
def test_so_many_nights_are_enough_and_one_less_is_not(share: float, ratio: float) -> None:
    each = nights_needed(share, ratio, alpha=0.0125)
    assert each is not None
    assert nights_power(share, ratio, each, 0.0125) >= 0.8
    assert nights_power(share, ratio, each - 1, 0.0125) < 0.8
    seen = visible_nights_ratio(share, each, alpha=0.0125)
    assert seen is not None
    assert seen == pytest.approx(ratio, abs=0.02)


def test_nights_that_can_never_be_enough() -> None:
    assert nights_needed(0.005, 0.9) is None
    assert visible_nights_ratio(0.02, 30) is None
