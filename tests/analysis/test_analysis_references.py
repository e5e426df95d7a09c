"""Our numbers beside those of scipy and statsmodels, over the whole range that diaries have."""

import math
import random

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import integrate, special, stats
from statsmodels.stats import proportion, rates

from uncramp.analysis.binomial import as_unlikely_p, exact_interval, fisher_p, mid_p
from uncramp.analysis.experiment import mcnemar_mid_p, permutation_p
from uncramp.analysis.level import poisson_interval
from uncramp.analysis.power import power
from uncramp.analysis.proportions import Nights, boschloo, difference, ratio, wilson
from uncramp.analysis.rates import (
    Rates,
    exact_ratio,
    gamma_poisson_ratio,
    mid_p_ratio,
    overdispersion,
    shrunk_ratio,
    stratified_ratio,
)
from uncramp.analysis.series import change_point, false_discovery
from uncramp.analysis.special import beta_below, f_quantile, normal_quantile

Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
PICK = random.Random(5)
RATES = [
    Rates(PICK.randint(0, 30), PICK.randint(10, 200), PICK.randint(1, 30), PICK.randint(10, 200))
    for _ in range(25)
] + [Rates(8, 34, 11, 18), Rates(0, 40, 9, 40), Rates(300, 1500, 420, 2100)]
NIGHTS = [
    Nights(PICK.randint(0, 12), PICK.randint(12, 90), PICK.randint(0, 12), PICK.randint(12, 90))
    for _ in range(25)
] + [
    Nights(7, 34, 8, 18),
    Nights(0, 20, 9, 20),
    Nights(20, 20, 3, 20),
    Nights(400, 2000, 300, 1200),
]


def near(value: float, digits: int = 6) -> object:
    return pytest.approx(value, rel=10.0**-digits, abs=10.0**-digits)


@pytest.mark.parametrize("one", RATES)
def test_ratios_of_rates(one: Rates) -> None:
    n = one.c1 + one.c0
    test = stats.binomtest(one.c1, n, one.share)
    inside = test.proportion_ci(method="exact")
    found = exact_ratio(one)
    scale = one.t0 / one.t1
    assert found.interval.low == near(inside.low / (1 - inside.low) * scale)
    assert found.interval.high == near(inside.high / (1 - inside.high) * scale)
    tails = stats.binom.cdf(one.c1, n, one.share), stats.binom.sf(one.c1 - 1, n, one.share)
    assert found.p == near(min(1.0, 2 * min(tails)))
    assert as_unlikely_p(one.c1, n, one.share) == near(test.pvalue)
    counts = (one.c1, one.t1, one.c0, one.t0)
    assert mid_p(one.c1, n, one.share) == near(
        rates.test_poisson_2indep(*counts, method="cond-midp").pvalue
    )
    interval = mid_p_ratio(one).interval
    for end, tail in ((interval.low, 0.025), (interval.high, 0.975)):
        if 0 < end < math.inf:
            p = end / scale / (1 + end / scale)
            reached = stats.binom.sf(one.c1, n, p) + stats.binom.pmf(one.c1, n, p) / 2
            assert reached == near(tail)


@pytest.mark.parametrize("one", RATES)
def test_ratios_with_a_prior(one: Rates) -> None:
    a1, a0 = one.c1 + 0.5, one.c0 + 0.5
    scale = a1 * one.t0 / (a0 * one.t1)
    found = gamma_poisson_ratio(one)
    for value, q in ((found.interval.low, 0.025), (found.value, 0.5), (found.interval.high, 0.975)):
        assert value == near(scale * stats.f.ppf(q, 2 * a1, 2 * a0))
    offset, n = math.log(one.t1 / one.t0), one.c1 + one.c0
    for scatter in (1.0, 1.6):
        best = shrunk_ratio(one, scatter)

        def density(theta: float, scatter: float = scatter) -> float:
            eta = offset + theta
            log = one.c1 * eta - n * np.logaddexp(0, eta)
            peak = one.c1 * offset - n * np.logaddexp(0, offset)
            return math.exp((log - peak) / scatter - 0.5 * (theta / 0.35) ** 2)

        points = [-1.0, -0.5, 0.0, 0.5, 1.0]
        whole = integrate.quad(density, -4, 4, points=points, limit=400)[0]
        for value, share in (
            (best.interval.low, 0.025),
            (best.value, 0.5),
            (best.interval.high, 0.975),
        ):
            part = integrate.quad(density, -4, math.log(value), points=[-1.0], limit=400)[0]
            assert part / whole == pytest.approx(share, abs=2e-3)
        below = integrate.quad(density, -4, 0, points=[-1.0, -0.5], limit=400)[0]
        assert best.p == pytest.approx(below / whole, abs=2e-3)


@pytest.mark.parametrize("one", NIGHTS)
def test_nights(one: Nights) -> None:
    counts = (one.x1, one.n1, one.x0, one.n0)
    table = [[one.x1, one.n1 - one.x1], [one.x0, one.n0 - one.x0]]
    assert fisher_p(*counts) == near(stats.fisher_exact(table).pvalue)
    low, high = proportion.proportion_confint(one.x1, one.n1, method="wilson")
    ours = wilson(one.x1, one.n1)
    assert (ours.low, ours.high) == (near(low), near(high))
    low, high = proportion.confint_proportions_2indep(*counts, method="newcomb", compare="diff")
    value, interval = difference(one)
    assert value == near(one.x1 / one.n1 - one.x0 / one.n0)
    assert (interval.low, interval.high) == (near(low), near(high))
    if one.x1 and one.x0 and one.x1 < one.n1:
        low, high = proportion.confint_proportions_2indep(*counts, method="score", compare="ratio")
        _, interval = ratio(one)
        assert (interval.low, interval.high) == (near(low, 4), near(high, 4))


@pytest.mark.parametrize("one", [NIGHTS[0], NIGHTS[1], Nights(7, 34, 8, 18), Nights(0, 20, 9, 20)])
def test_boschloo(one: Nights) -> None:
    table = [[one.x1, one.x0], [one.n1 - one.x1, one.n0 - one.x0]]
    sides = [stats.boschloo_exact(table, alternative=side).pvalue for side in ("less", "greater")]
    assert boschloo(one) == pytest.approx(min(1.0, 2 * min(sides)), abs=2e-3)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 19, 60, 400, 1300])
def test_one_rate(count: int) -> None:
    low, high = rates.confint_poisson(count, 1, method="exact-c")
    found = poisson_interval(count)
    assert found == (near(float(low)), near(float(high)))
    inside = exact_interval(count, 1500)
    ends = stats.binomtest(count, 1500).proportion_ci(method="exact")
    assert (inside.low, inside.high) == (near(ends.low), near(ends.high))


def test_strata_agree_with_a_regression() -> None:
    strata = [Rates(2, 20, 3, 10), Rates(6, 14, 8, 8)]
    found = stratified_ratio(strata)
    counts = [one for each in strata for one in (each.c1, each.c0)]
    days = [one for each in strata for one in (each.t1, each.t0)]
    design = np.array([[1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]], dtype=float)
    model = sm.GLM(counts, design, family=sm.families.Poisson(), offset=np.log(days)).fit()
    low, high = np.exp(model.conf_int()[2])
    assert found.value == pytest.approx(math.exp(model.params[2]), rel=0.01)
    assert found.interval.low == pytest.approx(low, rel=0.02)
    assert found.interval.high == pytest.approx(high, rel=0.02)


def test_scatter_is_that_of_a_regression() -> None:
    pick = random.Random(8)
    for _ in range(10):
        days = [pick.randint(1, 7) for _ in range(12)]
        counts = [min(day, pick.randint(0, 6)) for day in days]
        model = sm.GLM(counts, np.ones(12), family=sm.families.Poisson(), offset=np.log(days)).fit()
        expected = max(1.0, model.pearson_chi2 / model.df_resid)
        assert overdispersion(counts, [float(day) for day in days]) == near(expected)


def test_many_tests_at_once() -> None:
    for size in (1, 2, 14, 40):
        p = [PICK.random() ** 2 for _ in range(size)]
        assert false_discovery(p) == near_all(stats.false_discovery_control(p))


def near_all(values: Values) -> object:
    return pytest.approx(list(values), rel=1e-9)


def test_a_break_by_whole_weeks_and_by_parts_of_them() -> None:
    counts, exposure = (
        [4, 5, 3, 6, 4, 2, 1, 2, 0, 2, 1, 1],
        [1, 1, 0.5, 1, 1, 1, 1, 1, 0.7, 1, 1, 1],
    )
    for weeks in ([1.0] * 12, [float(one) for one in exposure]):

        def marginal(first: int, last: int, weeks: list[float] = weeks) -> float:
            events, length = sum(counts[first:last]), sum(weeks[first:last])
            log = special.gammaln(1 + events) - special.gammaln(1) + math.log(0.4)
            return math.exp(log - (1 + events) * math.log(0.4 + length))

        places = range(3, 10)
        split = [marginal(0, k) * marginal(k, 12) for k in places]
        found = change_point(counts, 1.0, 0.4, exposure=weeks)
        assert found.factor == near(sum(split) / len(split) / marginal(0, 12))
        for k, value in zip(places, split, strict=True):
            assert found.chances[k] == near(value / sum(split))


def test_the_special_functions() -> None:
    for a, b, x in ((0.5, 0.5, 0.2), (8.5, 11.5, 0.654), (300.5, 420.5, 0.4), (1, 1, 0.5)):
        assert beta_below(x, a, b) == near(special.betainc(a, b, x), 9)
        assert f_quantile(x, 2 * a, 2 * b) == near(stats.f.ppf(x, 2 * a, 2 * b))
    for q in (0.001, 0.025, 0.5, 0.9, 0.975):
        assert normal_quantile(q) == near(stats.norm.ppf(q))


@pytest.mark.parametrize(
    ("a_week", "ratio_", "weeks"), [(2.5, 0.3, 9), (8, 0.65, 14), (1, 0.5, 50)]
)
@pytest.mark.parametrize("alpha", [0.05, 0.0125])
def test_power(a_week: float, ratio_: float, weeks: int, alpha: float) -> None:
    mean, share = a_week * weeks * (1 + ratio_), ratio_ / (1 + ratio_)
    expected = 0.0
    for n in range(int(mean + 9 * math.sqrt(mean) + 20)):
        k = np.arange(n + 1)
        tails = np.minimum(stats.binom.cdf(k, n, 0.5), stats.binom.sf(k - 1, n, 0.5))
        found = stats.binom.pmf(k, n, share)[np.minimum(1, 2 * tails) <= alpha].sum()
        expected += stats.poisson.pmf(n, mean) * found
    assert power(a_week, ratio_, weeks, alpha) == pytest.approx(expected, abs=1e-6)


def test_the_tests_of_an_experiment() -> None:
    for with_it, without in ((0, 7), (3, 11), (6, 6), (20, 41)):
        n, fewer = with_it + without, min(with_it, without)
        expected = 2 * stats.binom.cdf(fewer, n, 0.5) - stats.binom.pmf(fewer, n, 0.5)
        assert mcnemar_mid_p(with_it, without) == near(min(1.0, expected))
    pick = random.Random(6)
    for _ in range(5):
        one, other = ([pick.randint(0, 5) for _ in range(4)] for _ in range(2))
        test = stats.permutation_test(
            (one, other), _gap, permutation_type="independent", n_resamples=np.inf
        )
        assert permutation_p(one, other) == near(float(test.pvalue))


def _gap(
    one: Values,
    other: Values,
) -> float:
    return float(np.mean(one) - np.mean(other))
