"""The worked example of the evidence page, to the digits given there."""

import pytest

from uncramp.analysis.proportions import Nights, boschloo, difference, fisher, ratio
from uncramp.analysis.rates import (
    Rates,
    exact_ratio,
    gamma_poisson_ratio,
    mid_p_ratio,
    shrunk_ratio,
    stratified_ratio,
)
from uncramp.analysis.series import change_point, false_discovery

RATES = Rates(c1=8, t1=34, c0=11, t0=18)
NIGHTS = Nights(x1=7, n1=34, x0=8, n0=18)


def given(value: float, digits: int) -> object:
    """What rounds to the digits that are given."""
    return pytest.approx(value, abs=0.51 * 10.0**-digits)


def test_the_ratio_and_the_shares() -> None:
    assert RATES.ratio == given(0.385, 3)
    assert RATES.share == given(0.6538, 4)
    assert 7 * RATES.c1 / RATES.t1 == given(1.65, 2)
    assert 7 * RATES.c0 / RATES.t0 == given(4.28, 2)


def test_the_exact_interval() -> None:
    found = exact_ratio(RATES)
    assert (found.interval.low, found.interval.high) == (given(0.134, 3), given(1.051, 3))
    assert found.p == given(0.064, 3)


def test_the_mid_p_interval() -> None:
    found = mid_p_ratio(RATES)
    assert (found.interval.low, found.interval.high) == (given(0.148, 3), given(0.967, 3))
    assert found.p == given(0.0396, 4)


def test_the_posterior_with_jeffreys_prior() -> None:
    found = gamma_poisson_ratio(RATES)
    assert found.value == given(0.387, 3)
    assert (found.interval.low, found.interval.high) == (given(0.152, 3), given(0.945, 3))
    assert found.p == given(0.981, 3)


@pytest.mark.parametrize(
    ("overdispersion", "value", "low", "high", "below"),
    [(1.0, 0.706, 0.408, 1.226, 0.893), (1.6, 0.778, 0.431, 1.410, 0.797)],
)
def test_what_a_sceptic_believes(
    overdispersion: float, value: float, low: float, high: float, below: float
) -> None:
    found = shrunk_ratio(RATES, overdispersion)
    assert found.value == given(value, 3)
    assert (found.interval.low, found.interval.high) == (given(low, 3), given(high, 3))
    assert found.p == given(below, 3)


def test_the_nights() -> None:
    value, inside = ratio(NIGHTS)
    assert (value, inside.low, inside.high) == (given(0.46, 2), given(0.20, 2), given(1.07, 2))
    gap, between = difference(NIGHTS)
    assert 100 * gap == given(-24, 0)
    assert (100 * between.low, 100 * between.high) == (given(-48, 0), given(2, 0))
    assert fisher(NIGHTS) == given(0.108, 3)


def test_boschlos_test_keeps_the_nights_of_each_arm_fixed() -> None:
    """The page gives .085, which is the test of the transposed table (cramps fixed, not arms)."""
    assert boschloo(NIGHTS) == given(0.0864, 4)


def test_two_strata() -> None:
    found = stratified_ratio([Rates(2, 20, 3, 10), Rates(6, 14, 8, 8)])
    assert found.value == given(0.402, 3)
    assert (found.interval.low, found.interval.high) == (given(0.162, 3), given(0.998, 3))


def test_the_break_in_the_weekly_counts() -> None:
    found = change_point([4, 5, 3, 6, 4, 2, 1, 2, 0, 2, 1, 1], shape=1.0, rate=0.4)
    assert found.factor == given(18.4, 1)
    assert max(found.chances, key=found.chances.__getitem__) == 5
    assert found.chances[5] == given(0.44, 2)
    assert found.chances[6] == given(0.29, 2)
    assert sum(found.chances.values()) == pytest.approx(1)


def test_the_false_discoveries() -> None:
    seen = [0.004, 0.011, 0.03, 0.045, 0.07, 0.12, 0.2, 0.31, 0.44, 0.5, 0.62, 0.71, 0.83, 0.95]
    adjusted = false_discovery(seen)
    assert adjusted[:3] == [given(0.056, 3), given(0.077, 3), given(0.14, 2)]
    assert sum(one <= 0.10 for one in adjusted) == 2
    assert adjusted == sorted(adjusted)
    assert false_discovery(seen[::-1]) == adjusted[::-1]
