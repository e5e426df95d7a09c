"""The sheet for a run: calm, complete, in both kinds of units, silent where it has to be."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.coach.runs.remembered import USUAL, line_of, runner_of
from uncramp.coach.runs.sheet import (
    COLD,
    FULL,
    OUNCE_ML,
    QUICK,
    Card,
    Tone,
    amount_words,
    sheet,
    warm_up,
)
from uncramp.model.diary import Run
from uncramp.planner.fluids import Range
from uncramp.planner.heat import Weather
from uncramp.planner.load import load
from uncramp.planner.runner import Flag, PlannedRun, Runner

EMPTY = load((), date(2026, 11, 22))
COOL_5K = PlannedRun(27 * 60, Weather(8, 60, sun=False), 5_000)
HOT_MARATHON = PlannedRun(250 * 60, Weather(30, 60), 42_195, is_race=True)


def card(cards: tuple[Card, ...], title: str) -> Card:
    return next(one for one in cards if one.title == title)


def text(cards: tuple[Card, ...]) -> str:
    return "\n".join(line for one in cards for line in one.lines)


def test_a_cool_short_run_asks_for_little() -> None:
    cards = sheet(Runner(70), COOL_5K, EMPTY, miles=False)
    assert card(cards, "Weather").tone is Tone.PLAIN
    way = "\n".join(card(cards, "On the way").lines)
    assert "usually nothing" in way
    assert "ml" not in way
    assert card(cards, "Before").routine == COLD  # below 10 degrees
    assert "5:24" in "\n".join(card(cards, "Pace").lines)


@pytest.mark.parametrize("miles", [False, True])
@pytest.mark.parametrize(
    ("seconds", "asked"),
    [(5 * 149, "faster than"), (5 * 150, ""), (5 * 900, ""), (5 * 901, "pace of a walk")],
)
def test_a_pace_that_hardly_anybody_means_is_asked_about(
    seconds: int, asked: str, miles: bool
) -> None:
    run = PlannedRun(seconds, Weather(12, 60), 5_000)
    pace = card(sheet(Runner(70), run, EMPTY, miles=miles), "Pace")
    assert (pace.tone is Tone.CARE) == bool(asked)
    assert asked in pace.lines[0]
    assert ("Are time and distance right?" in pace.lines[0]) == bool(asked)
    assert "Evenly it is" in pace.lines[1 if asked else 0]


@pytest.mark.parametrize(
    "runs",
    [
        (),
        (Run("old", datetime(2026, 8, 1, 8, tzinfo=UTC), 3_000, 9_000.0),),
        (Run("unmeasured", datetime(2026, 11, 20, 8, tzinfo=UTC), 3_000, None),),
    ],
)
def test_without_a_distance_of_late_that_is_what_is_told(runs: tuple[Run, ...]) -> None:
    found = load(runs, date(2026, 11, 22))
    (line,) = card(sheet(Runner(70), COOL_5K, found, miles=False), "Load").lines
    assert line.startswith("No distance of a run of the last weeks is known.")


def test_a_hot_marathon_is_advised_against_and_guarded_both_ways() -> None:
    cards = sheet(Runner(70, 1.4), HOT_MARATHON, EMPTY, miles=False)
    assert card(cards, "Weather").tone is Tone.ALERT
    assert "another day" in card(cards, "Weather").lines[0]
    way = "\n".join(card(cards, "On the way").lines)
    for part in (
        "By thirst",
        "800 ml an hour",
        "300 to 500 mg of sodium",
        "Too much is as dangerous",
    ):
        assert part in way
    assert "more than four hours" in way
    assert "% of your mass: slow down or shorten" in way
    assert card(cards, "On the way").tone is Tone.CARE


@pytest.mark.parametrize("miles", [False, True])
@given(flag=st.sampled_from(list(Flag)))
def test_a_flag_leaves_no_amount_of_fluid_or_salt(miles: bool, flag: Flag) -> None:
    runner = Runner(60, flags=frozenset({flag}))
    told = text(sheet(runner, HOT_MARATHON, EMPTY, miles=miles))
    assert not re.search(r"\d ?(ml|fl oz|l for|mg)", told)
    assert "whoever treats you" in told
    assert "salt." not in told


@given(st.floats(0, 900), st.floats(0, 100))
def test_amounts_are_rounded_down_in_both_units(low: float, more: float) -> None:
    """A ceiling that is rounded up is none."""
    amount = Range(low, low + more)
    ml = [int(number) for number in re.findall(r"\d+", amount_words(miles=False)(amount))]
    ounces = [int(number) for number in re.findall(r"\d+", amount_words(miles=True)(amount))]
    assert amount.high - 5 < ml[-1] <= amount.high
    assert amount.high - OUNCE_ML < ounces[-1] * OUNCE_ML <= amount.high


def test_the_warm_up_that_fits() -> None:
    assert warm_up(COOL_5K) == COLD
    assert warm_up(PlannedRun(1500, Weather(15, 50))) == QUICK
    assert warm_up(PlannedRun(3600, Weather(15, 50))) == FULL
    assert warm_up(PlannedRun(3600, Weather(15, 50), is_race=True)) == COLD  # a race
    assert warm_up(HOT_MARATHON) == FULL  # nobody warms up for long in that


@given(
    st.builds(
        Runner,
        st.floats(30, 200).map(lambda kg: round(kg, 2)),
        st.none() | st.floats(0.2, 3.5).map(lambda rate: round(rate, 3)),
        st.frozensets(st.sampled_from(list(Flag))),
    )
)
def test_the_runner_is_remembered(runner: Runner) -> None:
    kept = runner_of(line_of(runner))
    assert kept.flags == runner.flags
    assert kept.mass_kg == pytest.approx(runner.mass_kg, rel=1e-5)
    if runner.sweat_l_h is None:
        assert kept.sweat_l_h is None
    else:
        assert kept.sweat_l_h == pytest.approx(runner.sweat_l_h, rel=1e-4)


@pytest.mark.parametrize(
    "line", ["", "x", "70", "70 x", "1e9 -", "nan -", "70 - elephant", "70 0.01"]
)
def test_a_line_that_is_none_is_the_usual_runner(line: str) -> None:
    assert runner_of(line) == USUAL
