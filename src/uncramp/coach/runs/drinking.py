"""Drinking and eating around a run, in words: thirst first, each amount with its ceiling.

With a flag no card has a number of fluid or salt, nor any advice to drink; the warnings of drinking
too much stay.
"""

from uncramp.coach.runs.card import Card, Tone
from uncramp.coach.runs.units import amount_words
from uncramp.model.language import tr
from uncramp.planner.fluids import (
    LONG_RISK_S,
    MOST_LOSS,
    MUCH_LOSS,
    SHORT_S,
    SODIUM_MOST_MG_H,
    Drinks,
    Range,
    after_l,
    drank_too_much,
    drinks,
)
from uncramp.planner.heat import Band
from uncramp.planner.runner import Flag, PlannedRun, Runner

FULL, QUICK, COLD = "prerun_full", "prerun_quick", "prerun_cold"
COOL_DOWN, SHORT_COOL_DOWN = "cooldown", "cooldown_short"
_QUICK_UP_TO_S = 30 * 60


def before_card(runner: Runner, run: PlannedRun, *, miles: bool) -> Card:
    """Return what to eat before, and what may be drunk."""
    lines = [no_numbers(runner)] if runner.flags else _offers(drinks(runner, run), miles=miles)
    if Flag.DIABETES in runner.flags:
        lines.append(tr("Eat as agreed in your diabetes care plan."))
    else:
        lines.append(tr("Eat two to three hours before: carbohydrates and some protein."))
    if not runner.flags:
        lines.append(tr("Pale yellow urine is right. If it is clear all day, drink less."))
    return Card(tr("Before"), tuple(lines), routine=warm_up(run))


def _offers(offered: Drinks, *, miles: bool) -> list[str]:
    amounts = amount_words(miles=miles)
    if offered.early_ml is None or offered.last_hour_ml is None:
        return [tr("Drink if you are thirsty. A run like this needs no plan for drinking.")]
    words = tr("Thirst comes first. If you like: {ml}, slowly, four hours before or earlier.")
    lines = [words.format(ml=amounts(offered.early_ml))]
    if offered.two_hours_ml is not None:
        words = tr("Two hours before, because the urine is dark: up to {ml} more.")
        lines.append(words.format(ml=amounts(offered.two_hours_ml)))
    words = tr("Or, if you did not drink then: {ml} in the last hour, not more; without caffeine.")
    lines.append(words.format(ml=amounts(offered.last_hour_ml)))
    if offered.at_start_ml is not None:
        words = tr("At the start, if you are thirsty: {ml}.")
        lines.append(words.format(ml=amounts(offered.at_start_ml)))
    return lines


def warm_up(run: PlannedRun) -> str:
    """Return the id of the warm-up that fits; in great heat it is a short one."""
    if run.weather.is_cold or (run.is_race and not run.weather.is_hot):
        return COLD
    is_short = run.seconds <= _QUICK_UP_TO_S or run.weather.band >= Band.RED
    return QUICK if is_short else FULL


def way_card(runner: Runner, run: PlannedRun, *, miles: bool) -> Card:
    """Return what to drink and eat on the way."""
    offered = drinks(runner, run)
    lines: list[str] = []
    if runner.flags:
        lines.append(no_numbers(runner))
    elif offered.during_ml_h is None:
        lines.append(tr("On a run of less than an hour usually nothing. Drink if you are thirsty."))
    else:
        lines.extend(_during(offered, miles=miles))
    if offered.sodium_mg is not None:
        words = tr(
            "{low} to {high} mg of sodium in a drink, gel or snack, once an hour; not over {most}."
        )
        lines.append(
            words.format(
                low=round(offered.sodium_mg.low),
                high=round(offered.sodium_mg.high),
                most=tr("{mg} mg an hour").format(mg=round(SODIUM_MOST_MG_H)),
            )
        )
    if offered.carbs_g_h is not None:
        words = tr("{low} to {high} g of carbohydrates an hour, every 30 to 45 minutes.")
        carbs = offered.carbs_g_h
        lines.append(words.format(low=round(carbs.low), high=round(carbs.high)))
    elif Flag.DIABETES in runner.flags:
        lines.append(tr("On the way, too, eat as agreed in your diabetes care plan."))
    lines.extend(_loss(offered.loss_share))
    lines.append(too_much_words())
    tone = Tone.PLAIN
    if run.seconds > LONG_RISK_S:
        lines.append(long_risk_words())
        tone = Tone.CARE
    return Card(tr("On the way"), tuple(lines), tone)


def _during(offered: Drinks, *, miles: bool) -> list[str]:
    amounts = amount_words(miles=miles)
    lines: list[str] = []
    if offered.during_ml_h is not None:
        words = tr(
            "Drink by thirst. To plan with: {ml} an hour at most, which is part of what a runner "
            "like you is likely to sweat; never more than you sweat."
        )
        lines.append(words.format(ml=amounts(offered.during_ml_h)))
    if offered.sip_ml is not None:
        words = tr("That is {ml} every 15 to 20 minutes.")
        lines.append(words.format(ml=amounts(offered.sip_ml)))
    return lines


def too_much_words() -> str:
    """Return the signs of too much drink, and what to do."""
    return tr(
        "Too much is as dangerous as too little: with bloating, nausea, dizziness or puffy hands "
        "stop drinking. With vomiting, a strong headache, confusion or a seizure call the "
        "emergency services, and give nothing to drink."
    )


def long_risk_words() -> str:
    """Return what is said of very long runs."""
    return tr("On runs of more than four hours the danger of drinking too much grows.")


def _loss(share: float | None) -> tuple[str, ...]:
    if share is None:
        return ()
    percent = f"{share * 100:.1f}"
    if share > MUCH_LOSS:
        words = tr(
            "At your sweat rate you would lose {percent} % of your weight: slow down or "
            "run less far."
        )
    elif share > MOST_LOSS:
        words = tr(
            "At your sweat rate you would lose {percent} % of your weight; it is better "
            "to stay below 2 %."
        )
    else:
        words = tr("At your sweat rate you would lose {percent} % of your weight, which is fine.")
    return (words.format(percent=percent),)


def no_numbers(runner: Runner) -> str:
    """Return why there are no numbers for fluid and salt."""
    named = ", ".join(flag_name(flag) for flag in Flag if flag in runner.flags)
    return tr(
        "There are no numbers for fluid and salt here: with what you ticked ({flags}), "
        "they are a matter for whoever treats you. Follow what was agreed there."
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
        Flag.DIABETES: tr("diabetes"),
    }[flag]


def after_card(runner: Runner, run: PlannedRun, *, miles: bool) -> Card:
    """Return what is good after the run."""
    lines = [tr("Walk for a few minutes, then hold your stretches.")]
    if Flag.DIABETES in runner.flags:
        lines.append(tr("Eat as agreed in your diabetes care plan."))
    else:
        lines.append(tr("Eat carbohydrates and protein within half an hour."))
    if not runner.flags:
        amount = (
            tr("19 to 23 fl oz for each pound") if miles else tr("1.25 to 1.5 l for each kilogram")
        )
        words = tr(
            "Drink with food, by thirst, until the urine is pale. If you weigh yourself: {amount} "
            "lost, spread over two to six hours, at most {most} an hour."
        )
        lines.append(words.format(amount=amount, most=_most_an_hour(miles=miles)))
    lines.append(no_lighter_words())
    routine = COOL_DOWN if run.seconds > SHORT_S else SHORT_COOL_DOWN
    return Card(tr("After"), tuple(lines), routine=routine)


def _most_an_hour(*, miles: bool) -> str:
    return tr("33 fl oz") if miles else tr("1 l")


def no_lighter_words() -> str:
    """Return what a mass that did not fall says."""
    return tr(
        "If you are not lighter than before, you drank too much: drink nothing until you are "
        "thirsty."
    )


def weighed_words(runner: Runner, before_kg: float, after_kg: float, *, miles: bool) -> str:
    """Return what a scale before and after a run says of the drink after it.

    Args:
        runner: who ran; with a flag there is no amount.
        before_kg: mass before.
        after_kg: mass after.
        miles: ounces instead of litres.

    Returns:
        A sentence or some; empty where there is nothing to say.
    """
    if drank_too_much(before_kg, after_kg):
        return tr(
            "You are not lighter than before: you drank too much on this run. Drink nothing until "
            "you are thirsty, and less on the next run."
        )
    amount = after_l(before_kg, after_kg)
    if amount is None or runner.flags:
        return ""
    words = tr(
        "To drink after this run: {ml}, with food, spread over two to six hours, at most {most} an "
        "hour, and only until the urine is pale."
    )
    millilitres = Range(1000.0 * amount.low, 1000.0 * amount.high)
    amounts = amount_words(miles=miles)
    return words.format(ml=amounts(millilitres), most=_most_an_hour(miles=miles))
