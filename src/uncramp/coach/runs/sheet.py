"""The sheet for a run: what to do before, on the way and after, in the user's units.

Thirst comes first in every line about drinking, and every one of them has its ceiling beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from uncramp.coach.times import clock
from uncramp.model.language import tr, trn
from uncramp.planner.fluids import (
    LONG_RISK_S,
    MOST_LOSS,
    MUCH_LOSS,
    SHORT_S,
    SODIUM_MOST_MG_H,
    Range,
    drinks,
)
from uncramp.planner.heat import COLD_RISK_WBGT_C, SUN_ADDS_C, Band
from uncramp.planner.load import Load
from uncramp.planner.pace import KM_M, MILE_M, PLAUSIBLE_S_KM, USUAL_DAYS, UsualPace, opening
from uncramp.planner.runner import Flag, PlannedRun, Runner

OUNCE_ML = 29.57
FULL, QUICK, COLD = "prerun_full", "prerun_quick", "prerun_cold"
COOL_DOWN, SHORT_COOL_DOWN = "cooldown", "cooldown_short"
_QUICK_UP_TO_S = 30 * 60


class Tone(StrEnum):
    """How a card is coloured."""

    PLAIN = "plain"
    CARE = "care"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Card:
    """One part of the sheet.

    Attributes:
        title: in a word or two.
        lines: sentences.
        tone: its colour.
        routine: the id of a routine that belongs to it; empty for none.
    """

    title: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN
    routine: str = ""


def sheet(runner: Runner, run: PlannedRun, load: Load, *, miles: bool) -> tuple[Card, ...]:
    """Return the cards of a run.

    Args:
        runner: who runs.
        run: what is planned.
        load: what the weeks before leave room for.
        miles: ounces, pounds, degrees Fahrenheit and miles instead of metric units.
    """
    cards = [_weather(run, miles=miles), _before(runner, run, miles=miles)]
    cards.append(_on_the_way(runner, run, miles=miles))
    if run.metres is not None:
        cards.append(_pace(run.metres, run.seconds, miles=miles))
    cards.extend((_after(runner, run, miles=miles), _load(run, load, miles=miles)))
    return tuple(cards)


# -- weather


def _weather(run: PlannedRun, *, miles: bool) -> Card:
    weather = run.weather
    index = degrees(weather.heat_index_c, miles=miles)
    lines = [
        {
            Band.GREEN: tr("Run as usual."),
            Band.YELLOW: tr("Run slower, and plan what you drink."),
            Band.RED: tr("Slower, shorter, in the shade. If heat is a risk for you, leave it out."),
            Band.BLACK: tr("No hard or long run: go indoors, or leave it for another day."),
        }[weather.band],
        tr("It feels like {index} (heat index).").format(index=index),
    ]
    if weather.sun:
        wbgt = degrees(weather.wbgt_c, miles=miles)
        told = tr("In the sun the estimate for runners (WBGT) is {wbgt}; the sun adds up to {sun}.")
        more = f"{SUN_ADDS_C * 1.8:.0f} °F" if miles else f"{SUN_ADDS_C:.0f} °C"
        lines.append(told.format(wbgt=wbgt, sun=more))
    if weather.is_dry_and_windy:
        lines.append(tr("Dry and windy: sweat dries unnoticed. Drink something before."))
    if weather.wbgt_c < COLD_RISK_WBGT_C:
        lines.append(tr("Cold: layers, and a longer warm-up."))
    if run.is_hilly:
        lines.append(
            tr("Hilly: calves and hamstrings work harder. Shorten your step on the climbs.")
        )
    lines.append(tr("These grades of heat are rules of thumb."))
    tone = {Band.GREEN: Tone.PLAIN, Band.YELLOW: Tone.CARE}.get(weather.band, Tone.ALERT)
    return Card(tr("Weather"), tuple(lines), tone)


# -- drinking and eating


def _before(runner: Runner, run: PlannedRun, *, miles: bool) -> Card:
    found = drinks(runner, run)
    lines: list[str] = []
    if runner.flags:
        lines.append(no_numbers(runner))
    else:
        amounts = amount_words(miles=miles)
        if found.early_ml is not None:
            told = tr("Four hours before or earlier: {ml}, slowly.")
            lines.append(told.format(ml=amounts(found.early_ml)))
        if found.two_hours_ml is not None:
            told = tr("Two hours before, because the urine is dark: {ml} more.")
            lines.append(told.format(ml=amounts(found.two_hours_ml)))
        if found.last_hour_ml is not None:
            told = tr("In the last hour: {ml}, not more; without caffeine.")
            lines.append(told.format(ml=amounts(found.last_hour_ml)))
        if found.at_start_ml is not None:
            told = tr("At the start, if you like: {ml}.")
            lines.append(told.format(ml=amounts(found.at_start_ml)))
    lines.append(tr("Eat two to three hours before: carbohydrates and some protein."))
    lines.append(tr("Urine: pale yellow is right. Clear all day long means: drink less."))
    return Card(tr("Before"), tuple(lines), routine=warm_up(run))


def warm_up(run: PlannedRun) -> str:
    """Return the id of the warm-up that fits."""
    if run.weather.is_cold or (run.is_race and not run.weather.is_hot):
        return COLD
    return QUICK if run.seconds <= _QUICK_UP_TO_S else FULL


def _on_the_way(runner: Runner, run: PlannedRun, *, miles: bool) -> Card:
    found = drinks(runner, run)
    lines: list[str] = []
    if runner.flags:
        lines.append(no_numbers(runner))
    elif found.during_ml_h is None:
        lines.append(tr("On a run of less than an hour usually nothing. Drink if you are thirsty."))
    else:
        amounts = amount_words(miles=miles)
        told = tr("By thirst. To plan with: {ml} an hour, at most; never more than you sweat.")
        lines.append(told.format(ml=amounts(found.during_ml_h)))
        if found.sip_ml is not None:
            told = tr("That is {ml} every 15 to 20 minutes.")
            lines.append(told.format(ml=amounts(found.sip_ml)))
    if found.sodium_mg is not None:
        told = tr(
            "{low} to {high} mg of sodium in a drink, gel or snack, once an hour; not over {most}."
        )
        lines.append(
            told.format(
                low=round(found.sodium_mg.low),
                high=round(found.sodium_mg.high),
                most=tr("{mg} mg an hour").format(mg=round(SODIUM_MOST_MG_H)),
            )
        )
    if found.carbs_g_h is not None:
        told = tr("{low} to {high} g of carbohydrates an hour, every 30 to 45 minutes.")
        lines.append(told.format(low=round(found.carbs_g_h.low), high=round(found.carbs_g_h.high)))
    lines.extend(_loss(found.loss_share))
    lines.append(
        tr(
            "Too much is as dangerous as too little: with bloating, nausea, headache or puffy "
            "hands stop drinking. Confusion is an emergency."
        )
    )
    tone = Tone.PLAIN
    if run.seconds > LONG_RISK_S:
        lines.append(
            tr("On more than four hours the danger of drinking too much grows: let thirst decide.")
        )
        tone = Tone.CARE
    return Card(tr("On the way"), tuple(lines), tone)


def _loss(share: float | None) -> tuple[str, ...]:
    if share is None:
        return ()
    percent = f"{share * 100:.1f}"
    if share > MUCH_LOSS:
        told = tr(
            "By your sweat rate you would lose {percent} % of your mass: slow down or shorten."
        )
    elif share > MOST_LOSS:
        told = tr("By your sweat rate you would lose {percent} % of your mass; 2 % is a good end.")
    else:
        told = tr("By your sweat rate you would lose {percent} % of your mass, which is fine.")
    return (told.format(percent=percent),)


def no_numbers(runner: Runner) -> str:
    """Return why no numbers for fluid and salt are told."""
    named = ", ".join(flag_name(flag) for flag in Flag if flag in runner.flags)
    return tr(
        "No numbers for fluid and salt: with what you ticked ({flags}) they are a matter for "
        "whoever treats you. Follow what you were told."
    ).format(flags=named)


def flag_name(flag: Flag) -> str:
    """Return a flag as it is ticked."""
    return {
        Flag.PREGNANT: tr("pregnancy"),
        Flag.KIDNEY: tr("kidney disease"),
        Flag.HEART: tr("heart disease"),
        Flag.LIVER: tr("liver disease"),
        Flag.BLOOD_PRESSURE: tr("high blood pressure"),
        Flag.DIURETIC: tr("water tablets"),
        Flag.PAINKILLER: tr("painkillers such as ibuprofen"),
        Flag.LOW_SODIUM: tr("low sodium before"),
    }[flag]


def _after(runner: Runner, run: PlannedRun, *, miles: bool) -> Card:
    lines = [
        tr("Walk some minutes, then hold your stretches."),
        tr("Eat carbohydrates and protein within half an hour."),
    ]
    if runner.flags:
        lines.append(tr("Drink as you were told to."))
    else:
        unit = (
            tr("19 to 23 fl oz for each pound") if miles else tr("1.25 to 1.5 l for each kilogram")
        )
        most = tr("33 fl oz") if miles else tr("1 l")
        told = tr(
            "Drink with food until the urine is pale. If you weigh yourself: {amount} lost, spread "
            "over two to six hours, at most {most} an hour. If you are not lighter than before, "
            "you drank too much: drink nothing until you are thirsty."
        )
        lines.append(told.format(amount=unit, most=most))
    routine = COOL_DOWN if run.seconds > SHORT_S else SHORT_COOL_DOWN
    return Card(tr("After"), tuple(lines), routine=routine)


# -- pace and load


def _pace(metres: float, seconds: int, *, miles: bool) -> Card:
    found = opening(metres, seconds, miles=miles)
    unit = tr("mile") if miles else tr("km")
    first = tr("Evenly it is {even} a {unit}. The first {distance}: {slow} to {slower} a {unit}.")
    check = tr("Look at your watch at the first {unit}: faster than {fast} means ease off.")
    tempo = _tempo
    doubt = _doubt(seconds * KM_M / metres)
    return Card(
        tr("Pace"),
        (
            *doubt,
            first.format(
                even=tempo(found.even_s),
                unit=unit,
                distance=distance(found.metres, miles=miles),
                slow=tempo(found.slow_s[0]),
                slower=tempo(found.slow_s[1]),
            ),
            check.format(unit=unit, fast=tempo(found.ease_off_s)),
            tr("Let others pass. Seconds that are won too early are paid back double."),
        ),
        Tone.CARE if doubt else Tone.PLAIN,
    )


def _doubt(s_per_km: float) -> tuple[str, ...]:
    """Return what is asked of a pace that hardly anybody means."""
    fastest, slowest = PLAUSIBLE_S_KM
    if s_per_km < fastest:
        return (tr("This is faster than almost anybody runs. Are time and distance right?"),)
    if s_per_km > slowest:
        return (tr("This is the pace of a walk. Are time and distance right?"),)
    return ()


def reckoned_words(usual: UsualPace, *, miles: bool) -> str:
    """Return by which pace the time of a known distance is reckoned."""
    unit = tr("mile") if miles else tr("km")
    pace = _tempo(usual.s_per_km * (MILE_M if miles else KM_M) / KM_M)
    if not usual.runs:
        told = tr(
            "Reckoned with {pace} a {unit}, because none of your runs is known. Set the time if "
            "you know better."
        )
        return told.format(pace=pace, unit=unit)
    told = trn(
        "Reckoned with {pace} a {unit}, the pace of your run of the last {days} days.",
        "Reckoned with {pace} a {unit}, the middle of your {n} runs of the last {days} days.",
        usual.runs,
    )
    return told.format(pace=pace, unit=unit, n=usual.runs, days=USUAL_DAYS)


def _tempo(seconds: float) -> str:
    return clock(round(seconds) * 1000)


def _load(run: PlannedRun, load: Load, *, miles: bool) -> Card:
    lines: list[str] = []
    tone = Tone.PLAIN
    if load.week_most_m is not None:
        told = tr(
            "This week {now} so far; a tenth more than last week would be {most}. That is a rule "
            "of articles, not of studies."
        )
        lines.append(
            told.format(
                now=distance(load.week_m, miles=miles), most=distance(load.week_most_m, miles=miles)
            )
        )
    if load.next_most_m is not None and load.longest_m is not None:
        told = tr(
            "The longest run of the last 30 days was {longest}; the next may have {most} (found in "
            "5 205 runners, for injuries, not for cramps)."
        )
        lines.append(
            told.format(
                longest=distance(load.longest_m, miles=miles),
                most=distance(load.next_most_m, miles=miles),
            )
        )
        if run.metres is not None and run.metres > load.next_most_m:
            lines.append(tr("This run is longer than that."))
            tone = Tone.CARE
    if load.hard_days:
        lines.append(tr("Two hard days in a row: an easy one would do you good."))
    if load.rest_due:
        lines.append(tr("Six days with runs behind you: a day of rest is due."))
    if load.lighter_due:
        lines.append(tr("Three weeks grew: a lighter one is due."))
    if not lines:
        lines.append(
            tr(
                "No distance of a run of the last weeks is known. Note or import your runs, and "
                "here stands how far they may grow."
            )
        )
    return Card(tr("Load"), tuple(lines), tone)


# -- units


def degrees(celsius: float, *, miles: bool) -> str:
    """Return a temperature."""
    return f"{celsius * 9 / 5 + 32:.0f} °F" if miles else f"{celsius:.0f} °C"


def distance(metres: float, *, miles: bool) -> str:
    """Return a distance."""
    if miles:
        return tr("{n} miles").format(n=f"{metres / MILE_M:.1f}")
    return tr("{n} km").format(n=f"{metres / KM_M:.1f}")


def amount_words(*, miles: bool) -> "Callable[[Range], str]":
    """Return what tells amounts of fluid, from and to; ounces are rounded down."""
    return _ounces if miles else _millilitres


def _millilitres(amount: Range) -> str:
    low, high = int(amount.low // 5 * 5), int(amount.high // 5 * 5)
    return f"{low} ml" if low == high else tr("{low} to {high} ml").format(low=low, high=high)


def _ounces(amount: Range) -> str:
    low, high = int(amount.low / OUNCE_ML), int(amount.high / OUNCE_ML)
    if low == high:
        return trn("{n} fl oz", "{n} fl oz", low).format(n=low)
    return tr("{low} to {high} fl oz").format(low=low, high=high)
