"""Fluid, salt and food around a run, each with a ceiling that nothing passes.

Thirst comes first; the numbers are to plan with. Sources of the ceilings: American College of
Sports Medicine 2007, National Athletic Trainers' Association, and the consensus on
exercise-associated hyponatraemia; of the usual amounts: articles for runners. The predicted sweat
is in `uncramp.planner.sweat`.
"""

from dataclasses import dataclass

from uncramp.planner.runner import Flag, PlannedRun, Runner
from uncramp.planner.sweat import predicted_l_h

SHORT_S = 60 * 60
"""Below this nothing has to be drunk or eaten on the way."""
LONG_S = 90 * 60
FAR_M = 25_000.0
LAST_HOUR_ML = (250.0, 500.0)
AT_START_ML = (100.0, 200.0)
LAST_HOUR_ML_KG = 7.0
LAST_TWO_HOURS_ML_KG = 10.0
LAST_MOST_ML = 700.0
EARLY_ML_KG = (5.0, 7.0)
TWO_HOURS_ML_KG = (3.0, 5.0)
MOST_ML_H = 800.0
"""The ceiling, whoever runs and however hot it is."""
PREDICTED_SHARE = (0.4, 0.7)
"""Of the predicted sweat: many a runner sweats far less than the mean."""
MEASURED_SHARE = 0.9
"""Of a sweat rate that the runner measured."""
SIPS_A_HOUR = (3, 4)
SODIUM_MG = (300.0, 500.0)
SODIUM_MOST_MG_H = 600.0
CARBS_G_H = (30.0, 60.0)
AFTER_L_KG = (1.25, 1.5)
AFTER_MOST_L_H = 1.0
MOST_LOSS = 0.02
MUCH_LOSS = 0.03
LONG_RISK_S = 4 * 3600
_STEP_ML = 25.0


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, in the unit that its owner names."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drinks:
    """What may be drunk before and on the run; None where there is nothing to plan.

    Attributes:
        early_ml: slowly, four hours before or earlier; or else the last hour's.
        two_hours_ml: more of it two hours before, when the urine is dark or there was none.
        last_hour_ml: in the last hour but for its last minutes.
        at_start_ml: right before, when wanted; with the last hour it stays below the ceiling.
        during_ml_h: an hour on the way; None on a run of less than an hour too.
        sip_ml: every 15 to 20 minutes of it.
        sodium_mg: a serving; one an hour.
        carbs_g_h: on the way; None on a run of less than an hour.
        loss_share: of the mass that is lost at the lower end, where the sweat rate is known.
    """

    early_ml: Range | None = None
    two_hours_ml: Range | None = None
    last_hour_ml: Range | None = None
    at_start_ml: Range | None = None
    during_ml_h: Range | None = None
    sip_ml: Range | None = None
    sodium_mg: Range | None = None
    carbs_g_h: Range | None = None
    loss_share: float | None = None


def drinks(runner: Runner, run: PlannedRun) -> Drinks:
    """Return what may be drunk, and eaten on the way.

    With any flag there is nothing of fluid and salt, with diabetes nothing of food either, and
    nothing at all where the weather leaves no run to plan. A run of less than an hour needs
    nothing before it unless it is hot.
    """
    if run.is_off:
        return Drinks()
    is_long = run.seconds >= SHORT_S
    carbs = Range(*CARBS_G_H) if is_long and Flag.DIABETES not in runner.flags else None
    if runner.flags or not (is_long or run.weather.is_hot):
        return Drinks(carbs_g_h=carbs)
    during = during_ml_h(runner, run)
    last, start = _last_hour(runner, run)
    return Drinks(
        early_ml=_by_mass(runner, EARLY_ML_KG),
        two_hours_ml=_two_hours(runner, last, start) if run.is_urine_dark else None,
        last_hour_ml=last,
        at_start_ml=start,
        during_ml_h=during,
        sip_ml=None if during is None else _sips(during),
        sodium_mg=Range(*SODIUM_MG) if needs_electrolytes(run) else None,
        carbs_g_h=carbs,
        loss_share=_loss(runner, run, during),
    )


def needs_electrolytes(run: PlannedRun) -> bool:
    """Whether a run is long, hot or far enough for a drink with salts."""
    hot = run.seconds >= SHORT_S and run.weather.is_hot
    far = run.metres is not None and run.metres > FAR_M
    return run.seconds >= LONG_S or hot or far


def during_ml_h(runner: Runner, run: PlannedRun) -> Range | None:
    """Return what to plan with an hour on the way; None on a run of less than an hour.

    A share of the predicted sweat of this body at this pace and temperature. With a sweat rate of
    the runner's own the upper end may come nearer to it, but never above the predicted sweat: the
    test was on another day.
    """
    if run.seconds < SHORT_S:
        return None
    sweat = 1000.0 * predicted_l_h(runner.mass_kg, run.speed_kmh, run.weather.temperature_c)
    low_share, high_share = PREDICTED_SHARE
    if runner.sweat_l_h is None:
        high = high_share * sweat
    else:
        measured = 1000.0 * runner.sweat_l_h
        high = min(MEASURED_SHARE * measured, sweat)
        sweat = min(measured, sweat)
    high = _down(min(high, MOST_ML_H))
    return Range(min(_down(low_share * sweat), high), high)


def _last_hour(runner: Runner, run: PlannedRun) -> tuple[Range, Range | None]:
    """Return the last hour and the sips at the start; both together stay below the ceilings."""
    most = min(LAST_HOUR_ML_KG * runner.mass_kg, LAST_MOST_ML)
    low, high = LAST_HOUR_ML
    last = Range(min(low, _down(most)), min(high, _down(most)))
    left = most - last.high
    start_low, start_high = AT_START_ML
    if run.seconds < SHORT_S or left < start_low:
        return last, None
    return last, Range(start_low, min(start_high, _down(left)))


def _two_hours(runner: Runner, last: Range, start: Range | None) -> Range | None:
    """Return the extra drink of two hours before, as far as the ceiling of both leaves room."""
    used = last.high + (start.high if start is not None else 0.0)
    left = LAST_TWO_HOURS_ML_KG * runner.mass_kg - used
    wanted = _by_mass(runner, TWO_HOURS_ML_KG)
    high = _down(min(wanted.high, left))
    return Range(min(wanted.low, high), high) if high > 0 else None


def _by_mass(runner: Runner, ml_kg: tuple[float, float]) -> Range:
    return Range(_down(ml_kg[0] * runner.mass_kg), _down(ml_kg[1] * runner.mass_kg))


def _sips(during: Range) -> Range:
    return Range(during.low / SIPS_A_HOUR[1], during.high / SIPS_A_HOUR[0])


def _loss(runner: Runner, run: PlannedRun, during: Range | None) -> float | None:
    if runner.sweat_l_h is None:
        return None
    drunk_l_h = 0.0 if during is None else during.low / 1000
    return max(0.0, runner.sweat_l_h - drunk_l_h) * run.hours / runner.mass_kg


def after_l(before_kg: float, after_kg: float) -> Range | None:
    """Return litres to drink over two to six hours after, with food; None where none was lost.

    Args:
        before_kg: mass before the run.
        after_kg: mass after it.
    """
    lost = round(before_kg - after_kg, 3)  # a scale shows no less than grams
    return Range(AFTER_L_KG[0] * lost, AFTER_L_KG[1] * lost) if lost > 0 else None


def drank_too_much(before_kg: float, after_kg: float) -> bool:
    """Whether no mass was lost: then more was drunk than sweated."""
    return after_kg >= before_kg


def _down(ml: float) -> float:
    """Round down to a step that can be measured: rounding never passes a ceiling."""
    return ml // _STEP_ML * _STEP_ML
