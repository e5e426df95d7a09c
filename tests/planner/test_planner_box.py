"""No sheet of the planner is unsafe: a part of the box of benchmarks/planner_box.py."""

import itertools

import pytest
from planner_box import advice_under_a_flag, box, most_sweat_ml_h, unsafe, wbgt_c

from uncramp.planner.heat import Weather
from uncramp.planner.runner import PlannedRun, Runner

EVERY = 4_999
"""A prime number: no side of the box is passed over."""


def test_no_sheet_is_unsafe() -> None:
    sheets = list(itertools.islice(box(), 0, None, EVERY))
    assert len(sheets) > 300
    assert [(who, run, rules) for who, run in sheets if (rules := unsafe(who, run))] == []


def test_the_rule_reads_the_table_of_sweat() -> None:
    assert most_sweat_ml_h(50, 8.5, 28) == pytest.approx(520)
    assert most_sweat_ml_h(40, 8.0, 28) == pytest.approx(0.8 * 520 * 8 / 8.5)
    assert most_sweat_ml_h(80, 10, 18) == pytest.approx(915)  # between 790 and 1040


def test_the_rule_knows_damp_shade() -> None:
    assert wbgt_c(Weather(26, 100, sun=False)) == pytest.approx(26)
    assert wbgt_c(Weather(25, 60)) == pytest.approx(25.6, abs=0.05)


@pytest.mark.parametrize(
    "line",
    [
        "Drink something before.",
        "In the last hour: 250 to 475 ml, not more.",
        "300 to 500 mg of sodium in a drink, gel or snack, once an hour.",
        "Run slower, and plan what you drink.",
    ],
)
def test_the_rule_sees_advice_under_a_flag(line: str) -> None:
    assert advice_under_a_flag(f"Run as usual.\n{line}") == [line]


def test_a_safe_sheet_breaks_no_rule() -> None:
    run = PlannedRun(3600, Weather(15, 50), 10_000)
    assert unsafe(Runner(70), run) == []
