"""The planner: no ceiling is passed, the examples to their digits, monotone where it must be."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.model.diary import Run
from uncramp.planner.fluids import (
    Drinks,
    Range,
    after_l,
    drank_too_much,
    drinks,
    during_ml_h,
    needs_electrolytes,
)
from uncramp.planner.heat import Band, Cold, Weather, heat_index_c, wbgt_c
from uncramp.planner.load import load
from uncramp.planner.pace import opening, usual_pace
from uncramp.planner.runner import Flag, PlannedRun, Runner, sweat_rate_l_h
from uncramp.planner.sweat import predicted_l_h

masses = st.floats(30, 200)
sweats = st.none() | st.floats(0.2, 3.5)
weathers = st.builds(
    Weather, st.floats(-30, 50), st.floats(0, 100), st.booleans(), st.floats(0, 100)
)
runners = st.builds(Runner, masses, sweats)
planned = st.builds(
    PlannedRun,
    st.integers(60, 48 * 3600),
    weathers,
    st.none() | st.floats(500, 400_000),
    st.floats(0, 10_000),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("temperature", "humidity", "index", "wbgt"),
    [(25, 60, 25.1, 25.6), (30, 60, 32.8, 30.9), (35, 50, 40.7, 34.8), (28, 85, 32.9, 32.4)],
)
def test_the_indices_are_those_of_the_tables(
    temperature: float, humidity: float, index: float, wbgt: float
) -> None:
    assert heat_index_c(temperature, humidity) == pytest.approx(index, abs=0.05)
    assert wbgt_c(temperature, humidity) == pytest.approx(wbgt, abs=0.05)


@pytest.mark.parametrize(
    ("weather", "band"),
    [
        (Weather(8, 60), Band.GREEN),
        (Weather(25, 60, sun=False), Band.YELLOW),
        (Weather(25, 60), Band.RED),
        (Weather(28, 85, sun=False), Band.RED),
        (Weather(26, 100, sun=False), Band.RED),
        (Weather(24, 90, sun=False), Band.RED),
        (Weather(30, 60), Band.BLACK),
        (Weather(35, 50, sun=False), Band.BLACK),
    ],
)
def test_the_worse_band_counts_and_shade_counts_by_its_index(weather: Weather, band: Band) -> None:
    assert weather.band is band


@given(st.floats(20, 45), st.floats(15, 85), st.floats(0.1, 5))
def test_warmer_is_never_in_a_better_band(warm: float, humid: float, more: float) -> None:
    for sun in (True, False):
        before, after = Weather(warm, humid, sun), Weather(warm + more, humid, sun)
        assert after.band >= before.band


@given(runners, planned)
def test_no_ceiling_is_ever_passed(runner: Runner, run: PlannedRun) -> None:
    told = drinks(runner, run)
    last = told.last_hour_ml
    if last is None:
        assert told.early_ml is told.two_hours_ml is told.at_start_ml is None
        return
    start = told.at_start_ml.high if told.at_start_ml else 0.0
    more = told.two_hours_ml.high if told.two_hours_ml else 0.0
    assert last.high + start <= 7 * runner.mass_kg + 1e-9
    assert last.high + start <= 700
    assert last.high + start + more <= max(10 * runner.mass_kg, last.high + start) + 1e-9
    assert last.high <= 500
    for one in (told.early_ml, told.two_hours_ml, last, told.at_start_ml, told.during_ml_h):
        if one is not None:
            assert 0 <= one.low <= one.high
    if told.during_ml_h is not None:
        assert told.during_ml_h.high <= 800
        sweat = predicted_l_h(runner.mass_kg, run.speed_kmh, run.weather.temperature_c)
        assert told.during_ml_h.high <= 1000 * sweat
        if runner.sweat_l_h is not None:
            assert told.during_ml_h.high <= 1000 * runner.sweat_l_h
    if told.sodium_mg is not None:
        assert told.sodium_mg.high <= 600
    if told.carbs_g_h is not None:
        assert told.carbs_g_h.high <= 60


@given(masses, st.sampled_from(list(Flag)), planned)
def test_a_flag_switches_numbers_for_fluid_and_salt_off(
    mass: float, flag: Flag, run: PlannedRun
) -> None:
    told = drinks(Runner(mass, flags=frozenset({flag})), run)
    assert (told.early_ml, told.two_hours_ml, told.last_hour_ml, told.at_start_ml) == (None,) * 4
    assert (told.during_ml_h, told.sip_ml, told.sodium_mg, told.loss_share) == (None,) * 4


@given(masses, st.floats(0, 60), st.floats(-10, 40), st.floats(0, 15))
def test_larger_and_hotter_never_plan_less(
    mass: float, more_kg: float, warm: float, warmer: float
) -> None:
    def planned_for(kg: float, degrees: float) -> tuple[float, float]:
        run = PlannedRun(7200, Weather(min(50, degrees), 50))
        found = during_ml_h(Runner(min(200, kg)), run)
        assert found is not None
        return found.low, found.high

    low, high = planned_for(mass, warm)
    assert planned_for(mass + more_kg, warm) >= (low, high)
    assert planned_for(mass, warm + warmer) >= (low, high)


def test_in_weather_without_a_plan_there_is_nothing_to_drink_or_eat() -> None:
    for weather in (Weather(33, 70), Weather(-25, 60, wind_kmh=40)):
        assert drinks(Runner(70, 1.0), PlannedRun(7200, weather, 20_000)) == Drinks()


@pytest.mark.parametrize(
    ("weather", "is_shown"),
    [
        (Weather(30, 40), True),
        (Weather(30, 40, sun=False), True),
        (Weather(30, 2, sun=False), False),  # drier than the wet bulb's formula was fitted to
        (Weather(19, 60), False),
        (Weather(40, 100), False),  # 53 degrees
    ],
)
def test_an_estimate_is_a_number_only_where_it_holds(weather: Weather, is_shown: bool) -> None:
    assert (weather.shown_wbgt_c is not None) is is_shown


def test_a_light_runner_is_never_offered_the_litre_of_an_article() -> None:
    offered = drinks(Runner(50), PlannedRun(3 * 3600, Weather(22, 40), 30_000))
    assert offered.last_hour_ml is not None
    assert offered.at_start_ml is None
    assert offered.last_hour_ml.high == 350


@pytest.mark.parametrize(
    ("mass", "speed", "temperature", "litres"),
    [
        (50, 8.5, 28, 0.52),
        (70, 12.5, 18, 1.02),
        (90, 15, 28, 1.76),
        (60, 8.5, 18, 0.54),  # between 0.43 and 0.65
        (70, 9.25, 23, 0.77),  # the middle of 0.65, 0.79, 0.75 and 0.89
        (40, 8.5, 28, 0.416),  # four fifths of 50 kg
        (50, 4.25, 28, 0.26),  # half the speed
        (120, 20, 45, 1.76),  # nothing beyond the table
        (70, 8.5, 8, 0.55),  # ten degrees below the table
        (50, 8.5, -30, 0.215),  # half of what it is at 18
    ],
)
def test_sweat_is_that_of_the_table(
    mass: float, speed: float, temperature: float, litres: float
) -> None:
    assert predicted_l_h(mass, speed, temperature) == pytest.approx(litres)


@given(st.floats(30, 199), st.floats(4, 20), st.floats(-30, 44))
def test_more_of_anything_never_sweats_less(mass: float, speed: float, warm: float) -> None:
    sweat = predicted_l_h(mass, speed, warm)
    assert predicted_l_h(mass + 1, speed, warm) >= sweat
    assert predicted_l_h(mass, speed + 1, warm) >= sweat
    assert predicted_l_h(mass, speed, warm + 1) >= sweat


def test_a_small_slow_runner_plans_with_part_of_the_sweat() -> None:
    # 50 kg at 8.5 km/h and 28 degrees sweat 0.52 l an hour: 208 to 364 ml, in steps of 25 down.
    run = PlannedRun(6 * 3600, Weather(28, 30, sun=False), 51_000)
    amount = during_ml_h(Runner(50), run)
    assert amount == Range(200, 350)
    # With 0.6 l an hour of one's own, nine tenths are more than the table: its 0.52 is the end.
    assert during_ml_h(Runner(50, 0.6), run) == Range(200, 500)
    # With 0.4 l an hour: 0.16 to 0.36.
    assert during_ml_h(Runner(50, 0.4), run) == Range(150, 350)


@pytest.mark.parametrize(
    ("temperature", "wind", "chill", "cold"),
    [
        (-25, 40, -41, Cold.INDOORS),
        (-20, 20, -30, Cold.FROSTBITE),
        (-10, 15, -17, Cold.COVER),
        (5, 20, 1, Cold.MILD),
    ],
)
def test_the_wind_chill_is_that_of_the_weather_services(
    temperature: float, wind: float, chill: float, cold: Cold
) -> None:
    run = PlannedRun(3600, Weather(temperature, 60, wind_kmh=wind), 10_000)
    assert run.wind_chill_c == pytest.approx(chill, abs=0.5)
    assert run.cold is cold
    assert run.is_off is (cold is Cold.INDOORS)


def test_the_own_speed_is_wind_too() -> None:
    calm = Weather(-15, 60)
    slow, fast = PlannedRun(3600, calm, 6_000), PlannedRun(3600, calm, 15_000)
    assert slow.wind_chill_c is not None
    assert fast.wind_chill_c is not None
    assert fast.wind_chill_c < slow.wind_chill_c < -15
    assert PlannedRun(3600, calm, 400_000).speed_kmh == 24
    assert PlannedRun(3600, Weather(11, 60)).wind_chill_c is None


def test_a_cool_short_run_needs_nothing_on_the_way() -> None:
    run = PlannedRun(27 * 60, Weather(8, 60), 5_000)
    told = drinks(Runner(70), run)
    assert told.during_ml_h is None
    assert told.carbs_g_h is None
    assert told.sodium_mg is None
    assert not needs_electrolytes(run)


@pytest.mark.parametrize(
    ("minutes", "temperature", "metres", "needed"),
    [
        (89, 10, 20_000, False),
        (90, 10, 20_000, True),
        (60, 30, 10_000, True),
        (80, 10, 25_100, True),
    ],
)
def test_salts_from_ninety_minutes_or_in_heat_or_far(
    minutes: int, temperature: float, metres: float, needed: bool
) -> None:
    assert needs_electrolytes(PlannedRun(minutes * 60, Weather(temperature, 60), metres)) is needed


def test_sweat_is_what_was_lost_and_drunk() -> None:
    assert sweat_rate_l_h(70.0, 69.2, 0.4, 0.0, 3600) == pytest.approx(1.2)
    assert sweat_rate_l_h(70.0, 69.2, 0.4, 0.0, 2400) is None  # too short
    assert sweat_rate_l_h(70.0, 70.5, 0.4, 0.0, 3600) is None  # nothing was sweated
    assert sweat_rate_l_h(70.0, 64.0, 0.0, 0.0, 3600) is None  # a scale that is wrong


def test_after_a_run_by_what_was_lost() -> None:
    found = after_l(70.0, 69.0)
    assert found is not None
    assert (found.low, found.high) == (1.25, 1.5)
    assert after_l(70.0, 70.2) is None
    assert drank_too_much(70.0, 70.0)
    assert not drank_too_much(70.0, 69.9)


@given(st.floats(100, 200_000), st.floats(60, 100_000), st.booleans())
def test_the_first_tenth_is_slower_and_the_check_is_a_warning(
    metres: float, seconds: float, miles: bool
) -> None:
    found = opening(metres, seconds, miles=miles)
    assert found.metres == pytest.approx(metres / 10)
    assert found.ease_off_s < found.even_s < found.slow_s[0] < found.slow_s[1]
    other = opening(metres, seconds, miles=not miles)
    # The same pace in the other unit.
    assert found.even_s / found.check_m == pytest.approx(other.even_s / other.check_m)


def a_run(day: date, metres: float | None, effort: int | None = None) -> Run:
    at = datetime(day.year, day.month, day.day, 18).astimezone()
    return Run(f"{day}{metres}", at, round((metres or 10_000) * 0.36), metres, effort)


TODAY = date(2026, 11, 22)  # a Sunday


def paced(days_ago: int, metres: float | None, s_per_km: float) -> Run:
    day = TODAY - timedelta(days=days_ago)
    at = datetime(day.year, day.month, day.day, 18).astimezone()
    return Run(f"{days_ago}", at, round(s_per_km * (metres or 5_000) / 1_000), metres)


def test_the_usual_pace_is_the_middle_of_the_last_runs() -> None:
    runs = [paced(2, 5_000, 300), paced(20, 8_000, 330), paced(80, 21_000, 420)]
    odd = [
        paced(91, 5_000, 200),  # long ago
        paced(3, None, 200),  # how far is not known
        paced(4, 900, 200),  # strides
        paced(5, 5_000, 100),  # on a bicycle
        paced(6, 5_000, 1_000),  # a walk
        paced(-1, 5_000, 200),  # tomorrow
    ]
    found = usual_pace([*runs, *odd], TODAY)
    assert (found.s_per_km, found.runs) == (330, 3)
    assert found.seconds(42_195) == round(330 * 42.195)
    assert usual_pace(odd, TODAY) == usual_pace((), TODAY)
    assert usual_pace((), TODAY).runs == 0


@given(
    st.lists(st.builds(paced, st.integers(0, 90), st.floats(1_000, 99_000), st.floats(1, 5_000)))
)
def test_the_usual_pace_is_always_that_of_a_run(runs: list[Run]) -> None:
    found = usual_pace(runs, TODAY)
    assert 150 <= found.s_per_km <= 900
    assert found.seconds(10_000) <= found.seconds(10_001)


def test_both_rules_side_by_side() -> None:
    runs = [a_run(TODAY - timedelta(days=n), 10_000) for n in (1, 3, 8, 10)]
    found = load(runs, TODAY)
    assert (found.week_m, found.last_week_m) == (20_000, 20_000)
    assert found.week_most_m == pytest.approx(22_000)
    assert found.next_most_m == pytest.approx(11_000)


def test_a_small_week_may_grow_by_a_kilometre_and_a_half() -> None:
    assert load([a_run(TODAY - timedelta(days=8), 5_000)], TODAY).week_most_m == 6_500


def test_nothing_is_told_of_nothing() -> None:
    found = load([], TODAY)
    assert (found.week_most_m, found.longest_m, found.next_most_m) == (None, None, None)
    assert not (found.hard_days or found.rest_due or found.lighter_due)
    assert load([a_run(TODAY + timedelta(days=1), 9_000)], TODAY) == found
    assert load([a_run(TODAY, None)], TODAY).longest_m is None


def test_hard_days_rest_and_lighter_weeks() -> None:
    hard = [a_run(TODAY - timedelta(days=n), 5_000, 8) for n in (0, 1)]
    assert load(hard, TODAY).hard_days
    daily = [a_run(TODAY - timedelta(days=n), 5_000, 3) for n in range(1, 7)]
    assert load(daily, TODAY).rest_due
    growing = [a_run(TODAY - timedelta(days=7 * n), 40_000 - 5_000 * n) for n in range(1, 5)]
    assert load(growing, TODAY).lighter_due
    assert not load(growing[:3], TODAY).lighter_due


@pytest.mark.parametrize(
    "wrong",
    [
        {"mass_kg": 29.9},
        {"mass_kg": 201.0},
        {"mass_kg": 70.0, "sweat_l_h": 0.1},
        {"mass_kg": 70.0, "sweat_l_h": 4.0},
    ],
)
def test_what_cannot_be_a_runner_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="is"):
        Runner(**wrong)  # type: ignore[arg-type]


def test_what_nobody_ever_ran_counts_nowhere() -> None:
    """A thousand kilometres in half an hour, beside a run of 10 km in an hour."""
    false = Run("false", datetime(2026, 11, 20, 18).astimezone(), 1_795, 1_000_000.0)
    true = a_run(TODAY - timedelta(days=1), 10_000.0)
    found = load([false, true], TODAY)
    assert (found.longest_m, found.week_m) == (10_000.0, 10_000.0)
    assert usual_pace([false, true], TODAY).runs == 1
