"""The sheet for a run: calm, complete, in both kinds of units, silent where it has to be."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planner_box import advice_under_a_flag

from uncramp.coach.runs.card import Card, Tone
from uncramp.coach.runs.drinking import COLD, FULL, QUICK, warm_up, weighed_words
from uncramp.coach.runs.remembered import USUAL, line_of, runner_of
from uncramp.coach.runs.sheet import sheet
from uncramp.coach.runs.units import OUNCE_ML, amount_words
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
    [(5 * 149, "faster than"), (5 * 150, ""), (5 * 900, ""), (5 * 901, "walking pace")],
)
def test_a_pace_that_hardly_anybody_means_is_asked_about(
    seconds: int, asked: str, miles: bool
) -> None:
    run = PlannedRun(seconds, Weather(12, 60), 5_000)
    pace = card(sheet(Runner(70), run, EMPTY, miles=miles), "Pace")
    assert (pace.tone is Tone.CARE) == bool(asked)
    assert asked in pace.lines[0]
    assert ("Are the time and the distance right?" in pace.lines[0]) == bool(asked)
    assert "An even pace is" in pace.lines[1 if asked else 0]


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
    assert line.startswith("None of your recent runs has a distance.")


def test_a_warm_marathon_is_guarded_both_ways() -> None:
    # 22 degrees and 40 % are a WBGT of 20.5 in the sun: yellow. 70 kg at 10.1 km/h sweat
    # 0.83 l an hour by the table.
    warm = PlannedRun(250 * 60, Weather(22, 40), 42_195, is_race=True)
    cards = sheet(Runner(70, 1.4), warm, EMPTY, miles=False)
    assert card(cards, "Weather").tone is Tone.CARE
    way = "\n".join(card(cards, "On the way").lines)
    for part in (
        "Drink by thirst",
        "to 800 ml an hour at most",
        "300 to 500 mg of sodium",
        "Too much is as dangerous",
        "more than four hours",
        "% of your weight: slow down or run less far",
    ):
        assert part in way
    assert card(cards, "On the way").tone is Tone.CARE


def test_in_black_heat_there_is_no_plan() -> None:
    cards = sheet(Runner(70, 1.4), HOT_MARATHON, EMPTY, miles=False)
    assert [shown.title for shown in cards] == ["Weather", "Take care", "Load"]
    assert card(cards, "Weather").tone is Tone.ALERT
    assert "another day" in card(cards, "Weather").lines[0]
    assert "Signs of heat stroke" in card(cards, "Weather").lines[1]
    assert not any(shown.routine for shown in cards)
    assert "Too much is as dangerous" in text(cards)


def test_in_red_heat_the_plan_is_a_smaller_one() -> None:
    cards = sheet(
        Runner(70), PlannedRun(3600, Weather(26, 100, sun=False), 10_000), EMPTY, miles=False
    )
    assert "Signs of heat stroke" in card(cards, "Weather").lines[1]
    assert card(cards, "Before").routine == QUICK
    pace = card(cards, "Pace").lines
    assert "slower than 6:00 per km" in pace[0]
    assert not any("Evenly" in line for line in pace)


@pytest.mark.parametrize(
    ("temperature", "wind", "headline", "tone"),
    [
        (-25, 40, "Stay indoors", Tone.ALERT),
        (-20, 20, "Shorten the run", Tone.ALERT),
        (-8, 15, "Cover your skin", Tone.CARE),
        (8, 40, "Run as usual", Tone.PLAIN),
    ],
)
def test_cold_wind_is_warned_of(temperature: float, wind: float, headline: str, tone: Tone) -> None:
    run = PlannedRun(3600, Weather(temperature, 60, sun=False, wind_kmh=wind), 10_000)
    weather = card(sheet(Runner(70), run, EMPTY, miles=False), "Weather")
    assert weather.lines[0].startswith(headline)
    assert weather.tone is tone
    assert "heat index" not in "\n".join(weather.lines)


def test_the_wind_chill_is_a_number_in_both_units() -> None:
    run = PlannedRun(3600, Weather(-20, 60, sun=False, wind_kmh=20), 10_000)
    assert "feels like −30 °C" in text(sheet(Runner(70), run, EMPTY, miles=False))
    assert "feels like −23 °F" in text(sheet(Runner(70), run, EMPTY, miles=True))


@pytest.mark.parametrize("weather", [Weather(38, 80), Weather(55, 100), Weather(45, 60)])
def test_beyond_the_table_there_is_no_number(weather: Weather) -> None:
    lines = card(sheet(Runner(70), PlannedRun(1800, weather), EMPTY, miles=False), "Weather").lines
    assert any("hotter than the heat index covers" in line for line in lines)
    assert not any("heat index)" in line for line in lines)


@pytest.mark.parametrize("miles", [False, True])
@given(flags=st.frozensets(st.sampled_from(list(Flag)), min_size=1))
def test_a_flag_leaves_no_amount_and_no_advice_to_drink(
    miles: bool, flags: frozenset[Flag]
) -> None:
    for weather in (Weather(20, 30, wind_kmh=25), Weather(33, 60), Weather(22, 40)):
        run = PlannedRun(250 * 60, weather, 42_195, is_race=True, is_urine_dark=True)
        shown = text(sheet(Runner(60, flags=flags), run, EMPTY, miles=miles))
        assert advice_under_a_flag(shown) == []
        assert "Too much is as dangerous" in shown


def test_diabetes_silences_the_carbohydrates() -> None:
    run = PlannedRun(2 * 3600, Weather(12, 60), 20_000)
    shown = text(sheet(Runner(70, flags=frozenset({Flag.DIABETES})), run, EMPTY, miles=False))
    assert "carbohydrates" not in shown
    other = text(sheet(Runner(70, flags=frozenset({Flag.KIDNEY})), run, EMPTY, miles=False))
    assert "30 to 60 g of carbohydrates" in other


def test_thirst_comes_first_before_a_run_too_and_a_short_cool_one_needs_no_plan() -> None:
    long = card(
        sheet(Runner(70), PlannedRun(7200, Weather(12, 60), 20_000), EMPTY, miles=False), "Before"
    )
    assert long.lines[0].startswith("Thirst comes first. If you like: 350 to 475 ml")
    short = card(sheet(Runner(70), COOL_5K, EMPTY, miles=False), "Before")
    assert "ml" not in "\n".join(short.lines)


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (5_000, "1.5 km more than last week would be 6.5 km"),
        (20_000, "a tenth more than last week would be 22.0 km"),
    ],
)
def test_a_tenth_is_called_a_tenth_only_where_it_is_one(metres: float, words: str) -> None:
    week = load(
        [Run("r", datetime(2026, 11, 13, 8, tzinfo=UTC), 6_000, metres)], date(2026, 11, 20)
    )
    shown = "\n".join(card(sheet(Runner(70), COOL_5K, week, miles=False), "Load").lines)
    assert words in shown
    assert ("a tenth more than" in shown) == (metres == 20_000)


def test_a_scale_says_what_to_drink_after_a_run() -> None:
    runner = Runner(70)
    # 1.25 to 1.5 l for each of 0.8 kg.
    assert "1000 to 1200 ml" in weighed_words(runner, 70.0, 69.2, miles=False)
    assert "33 to 40 fl oz" in weighed_words(runner, 70.0, 69.2, miles=True)
    assert "drank too much" in weighed_words(runner, 70.0, 70.0, miles=False)
    flagged = Runner(70, flags=frozenset({Flag.HEART}))
    assert weighed_words(flagged, 70.0, 69.2, miles=False) == ""
    assert "drank too much" in weighed_words(flagged, 70.0, 70.3, miles=False)


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
    assert warm_up(PlannedRun(3600, Weather(22, 40), is_race=True)) == FULL  # warm already


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
