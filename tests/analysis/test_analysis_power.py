"""What can be seen, by the published weeks and by counting everything."""

import math

import pytest

from uncramp.analysis.binomial import central_p
from uncramp.analysis.power import power, visible_ratio, weeks_needed

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
