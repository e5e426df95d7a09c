"""The sheet of every runner in every weather, read for unsafe words.

Gone through are masses of 30 to 200 kg, paces of 4 to 20 km/h, -30 to 45 degrees, all humidities,
winds, sun and shade, four lengths, sweat rates and each flag. What is read is the text of the
cards. A sheet is unsafe when

1. its upper end an hour is above the predicted sweat of this body at this pace (the table of
   Montain and others 2006, read here a second time), above the runner's own, or above 800 ml;
2. the last hour with the start is above 7 ml/kg or 700 ml, or all of the last two hours above
   10 ml/kg, or four hours before is above 7 ml/kg;
3. a run of less than an hour in the cool has any amount to drink;
4. it says "as usual" at a wind chill of -10 or less, or at a WBGT of 18 or more;
5. it plans (pace, meal, warm-up) at a WBGT above 28 or a wind chill of -40 or less;
6. at a WBGT of 23 or more the signs of heat stroke are missing;
7. with a flag there is an amount of fluid or salt, or advice to drink; with diabetes, of food;
8. the warning of drinking too much is missing, or on more than four hours that of the long run;
9. a heat index above 50, a WBGT above 40 or of shade drier than 5 % is a number, or "heat index"
   is said below 20 degrees.

WBGT is reckoned here from the psychrometer's equation, not by Stull's fit, and may differ by 0.7.
It ends with 1 when anything is unsafe.

    python3 dev.py bench planner_box [EVERY]

EVERY takes only every so many combinations.
"""

import itertools
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date

from uncramp.coach.runs.sheet import sheet
from uncramp.planner.heat import Weather
from uncramp.planner.load import load
from uncramp.planner.runner import Flag, PlannedRun, Runner

MASSES = (30.0, 40.0, 50.0, 60.0, 70.0, 90.0, 130.0, 200.0)
SPEEDS = (4.0, 6.0, 8.0, 8.5, 10.0, 12.5, 15.0, 20.0)
TEMPERATURES = tuple(float(degrees) for degrees in range(-30, 46, 3))
HUMIDITIES = (0.0, 20.0, 40.0, 60.0, 80.0, 90.0, 100.0)
WINDS = (0.0, 15.0, 25.0, 40.0, 80.0)
HOURS = (0.5, 1.0, 3.0, 6.0)
SWEATS = (None, 0.3, 0.9, 2.5)
FLAGS = (frozenset[Flag](), *(frozenset({flag}) for flag in Flag))
FEW_FLAGS = (FLAGS[0], frozenset({Flag.KIDNEY, Flag.HEART}), frozenset({Flag.DIABETES}))
_EMPTY = load((), date(2026, 11, 22))
_WBGT_MARGIN_C = 0.7
_TABLE = {
    50: ((0.43, 0.53, 0.69, 0.86), (0.52, 0.62, 0.79, 0.96)),
    70: ((0.65, 0.79, 1.02, 1.25), (0.75, 0.89, 1.12, 1.36)),
    90: ((0.86, 1.04, 1.34, 1.64), (0.97, 1.15, 1.46, 1.76)),
}
_SPEEDS = (8.5, 10.0, 12.5, 15.0)
_STAYS = ("Too much is as dangerous", "If you are not lighter", "On runs of more than four hours")
"""The lines that warn of drinking too much, which no flag silences."""
_AMOUNT = re.compile(r"\d ?(ml|fl oz|l for|l an hour|mg)\b")
_ADVICE = re.compile(r"\b(drink|sips?|thirst|fluid|salt)", re.IGNORECASE)


def advice_under_a_flag(text: str) -> list[str]:
    """Return the lines of a sheet that have an amount, or advice to drink, beside the warnings."""
    lines = [line for line in text.splitlines() if not line.startswith(_STAYS)]
    own = "There are no numbers for fluid and salt"
    return [
        line
        for line in lines
        if _AMOUNT.search(line) or (_ADVICE.search(line) and not line.startswith(own))
    ]


def most_sweat_ml_h(mass_kg: float, speed_kmh: float, temperature_c: float) -> float:
    """Return the predicted sweat by the table, in the cold as at 18 degrees."""
    warm = min(1.0, max(0.0, (temperature_c - 18) / 10))
    speed = min(15.0, max(8.5, speed_kmh))
    mass = min(90.0, max(50.0, mass_kg))
    light = 50 if mass < 70 else 70
    column = max(number for number in range(3) if speed >= _SPEEDS[number])
    across = (speed - _SPEEDS[column]) / (_SPEEDS[column + 1] - _SPEEDS[column])

    def of(row: int) -> float:
        cool, hot = _TABLE[row]
        left, right = (cool[at] + warm * (hot[at] - cool[at]) for at in (column, column + 1))
        return left + across * (right - left)

    litres = of(light) + (mass - light) / 20 * (of(light + 20) - of(light))
    return 1000 * litres * min(1.0, mass_kg / 50) * min(1.0, speed_kmh / 8.5)


def chill_c(run: PlannedRun) -> float:
    """Return the wind chill, with the own speed as wind; above 10 degrees that of the air."""
    air, wind = run.weather.temperature_c, max(4.8, run.weather.wind_kmh, run.speed_kmh)
    if air > 10:
        return air
    return 13.12 + 0.6215 * air + (0.3965 * air - 11.37) * math.exp(0.16 * math.log(wind))


def wbgt_c(weather: Weather) -> float:
    """Return the WBGT: in the sun by the Australian estimate, in the shade by a psychrometer."""
    air = weather.temperature_c
    vapour = weather.humidity / 100 * _saturated_hpa(air)
    if weather.sun:
        return 0.567 * air + 0.393 * vapour + 3.94
    low, high = air - 40, air
    for _ in range(40):
        wet = (low + high) / 2
        if _saturated_hpa(wet) - 0.00066 * 1013 * (air - wet) > vapour:
            high = wet
        else:
            low = wet
    return 0.7 * high + 0.3 * air


def _saturated_hpa(celsius: float) -> float:
    return 6.105 * math.exp(17.27 * celsius / (237.7 + celsius))


def unsafe(runner: Runner, run: PlannedRun) -> list[str]:
    """Return by which rules the sheet of a run is unsafe; none for a safe one."""
    cards = sheet(runner, run, _EMPTY, miles=False)
    text = "\n".join(line for card in cards for line in card.lines)
    return [
        *_amounts(runner, run, text),
        *_weather(run, text, {card.title for card in cards}),
        *_warnings(runner, run, text),
    ]


def _amounts(runner: Runner, run: PlannedRun, text: str) -> Iterator[str]:
    sweat = most_sweat_ml_h(runner.mass_kg, run.speed_kmh, run.weather.temperature_c)
    most = min(sweat, 800.0, 1000 * (runner.sweat_l_h or 9.0))
    if _last(r"To plan with: ([\d a-z]+) ml an hour", text) > most:
        yield "1 more than is sweated"
    early = _last(r"If you like: ([\d a-z]+) ml, slowly", text)
    more = _last(r"dark: up to ([\d a-z]+) ml more", text)
    hour = _last(r"then: ([\d a-z]+) ml in the last hour", text)
    hour += _last(r"At the start, if you are thirsty: ([\d a-z]+) ml", text)
    if early > 7 * runner.mass_kg or hour > min(700.0, 7 * runner.mass_kg):
        yield "2 much before"
    if hour + more > 10 * runner.mass_kg:
        yield "2 much in two hours"
    if run.seconds < 3600 and run.weather.temperature_c < 15 and re.search(r"\d ml", text):
        yield "3 an amount for a short cool run"


def _last(pattern: str, text: str) -> float:
    """Return the upper end of an amount; 0 where it is not said."""
    match = re.search(pattern, text)
    return float(match.group(1).split()[-1]) if match else 0.0


def _weather(run: PlannedRun, text: str, titles: set[str]) -> Iterator[str]:
    wbgt, chill = wbgt_c(run.weather), chill_c(run)
    margin = 0.0 if run.weather.sun else _WBGT_MARGIN_C
    if "as usual" in text and (chill <= -10 or wbgt >= 18 + margin):
        yield "4 as usual"
    if titles & {"Pace", "Before", "After"} and (chill <= -40 or wbgt > 28 + margin):
        yield "5 a plan"
    if wbgt >= 23 + margin and "Signs of heat stroke" not in text:
        yield "6 no signs of heat stroke"
    index = re.search(r"feels like (\S+) °C \(heat index", text)
    if index and (float(index.group(1)) > 50 or run.weather.temperature_c < 20):
        yield "9 a heat index"
    estimate = re.search(r"\(WBGT\) is (\S+) °C", text)
    is_dry_shade = not run.weather.sun and run.weather.humidity < 5
    is_cool = run.weather.temperature_c < 20
    if estimate and (float(estimate.group(1)) > 40 or is_cool or is_dry_shade):
        yield "9 a WBGT"


def _warnings(runner: Runner, run: PlannedRun, text: str) -> Iterator[str]:
    if runner.flags and advice_under_a_flag(text):
        yield "7 advice under a flag"
    if Flag.DIABETES in runner.flags and "carbohydrates" in text:
        yield "7 food with diabetes"
    if "Too much is as dangerous" not in text:
        yield "8 no warning"
    if run.seconds > 4 * 3600 and "On runs of more than four hours" not in text:
        yield "8 no warning of the long run"


def box() -> Iterator[tuple[Runner, PlannedRun]]:
    """Yield every combination: bodies and paces in the weathers that matter to them."""
    weathers = [
        Weather(degrees, damp, sun, wind)
        for degrees, damp, sun, wind in itertools.product(
            TEMPERATURES, HUMIDITIES, (True, False), WINDS
        )
        if wind == 0.0 or degrees < 12 or damp < 50
    ]
    for weather, mass, speed, hours in itertools.product(weathers, MASSES, SPEEDS, HOURS):
        run = PlannedRun(
            round(hours * 3600), weather, 1000 * speed * hours, is_race=True, is_urine_dark=True
        )
        for flags in FEW_FLAGS if mass != 70.0 else FLAGS:
            sweats = (None,) if flags else SWEATS
            for sweat in sweats:
                yield Runner(mass, sweat, flags), run


def main(arguments: list[str]) -> int:
    """Go through the box, and count what is unsafe by rule."""
    every = int(arguments[0]) if arguments else 1
    unsafe_sheets: Counter[str] = Counter()
    examples: dict[str, tuple[Runner, PlannedRun]] = {}
    number = 0
    for runner, run in itertools.islice(box(), 0, None, every):
        number += 1
        for rule in unsafe(runner, run):
            unsafe_sheets[rule] += 1
            examples.setdefault(rule, (runner, run))
    print(f"{number} sheets, {sum(unsafe_sheets.values())} times unsafe")
    for rule, count in sorted(unsafe_sheets.items()):
        print(f"{rule}: {count}, for example {examples[rule]}")
    return 1 if unsafe_sheets else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
