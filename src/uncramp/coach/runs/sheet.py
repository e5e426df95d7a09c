"""The sheet for a run: what to do before, on the way and after, in the user's units."""

from uncramp.coach.runs.card import Card, Tone
from uncramp.coach.runs.drinking import (
    after_card,
    before_card,
    long_risk_words,
    too_much_words,
    way_card,
)
from uncramp.coach.runs.units import distance, tempo
from uncramp.coach.runs.weather_card import weather_card
from uncramp.model.language import tr, trn
from uncramp.planner.fluids import LONG_RISK_S
from uncramp.planner.heat import Band
from uncramp.planner.load import WEEKLY_FLOOR_M, Load
from uncramp.planner.pace import KM_M, MILE_M, PLAUSIBLE_S_KM, USUAL_DAYS, UsualPace, opening
from uncramp.planner.runner import PlannedRun, Runner


def sheet(runner: Runner, run: PlannedRun, load: Load, *, miles: bool) -> tuple[Card, ...]:
    """Return the cards of a run; where the weather forbids it, no plan for it.

    Args:
        runner: who runs.
        run: what is planned.
        load: what the weeks before leave room for.
        miles: ounces, pounds, degrees Fahrenheit and miles instead of metric units.
    """
    weather = weather_card(runner, run, miles=miles)
    if run.is_off:
        return weather, _care(run), _load(run, load, miles=miles)
    cards = [weather, before_card(runner, run, miles=miles), way_card(runner, run, miles=miles)]
    if run.metres is not None:
        cards.append(_pace(run, run.metres, miles=miles))
    cards.extend((after_card(runner, run, miles=miles), _load(run, load, miles=miles)))
    return tuple(cards)


def _care(run: PlannedRun) -> Card:
    """Return what holds for whoever runs somewhere else, or all the same."""
    lines = [tr("No plan is made for a run in this weather."), too_much_words()]
    if run.seconds > LONG_RISK_S:
        lines.append(long_risk_words())
    return Card(tr("Take care"), tuple(lines), Tone.CARE)


# -- pace and load


def _pace(run: PlannedRun, metres: float, *, miles: bool) -> Card:
    start = opening(metres, run.seconds, miles=miles)
    unit = tr("mile") if miles else tr("km")
    first = tr(
        "An even pace is {even} per {unit}. For the first {distance}: {slow} to {slower} "
        "per {unit}."
    )
    check = tr("Check your watch after the first {unit}: if it was faster than {fast}, ease off.")
    doubt = _doubt(run.seconds * KM_M / metres)
    if run.weather.band is Band.RED:
        return _hot_pace(doubt, tempo(start.even_s), unit)
    return Card(
        tr("Pace"),
        (
            *doubt,
            first.format(
                even=tempo(start.even_s),
                unit=unit,
                distance=distance(start.metres, miles=miles),
                slow=tempo(start.slow_s[0]),
                slower=tempo(start.slow_s[1]),
            ),
            check.format(unit=unit, fast=tempo(start.ease_off_s)),
            tr("Let others pass. A second won too early can cost up to two later."),
        ),
        Tone.CARE if doubt else Tone.PLAIN,
    )


def _hot_pace(doubt: tuple[str, ...], even: str, unit: str) -> Card:
    """Return the pace of a run in the heat: the time that was planned does not count."""
    words = tr("In this heat, forget the time you planned: run slower than {even} per {unit}.")
    lines = (
        *doubt,
        words.format(even=even, unit=unit),
        tr("Run at a pace at which you can talk, walk whenever you like, and cut the run short."),
    )
    return Card(tr("Pace"), lines, Tone.CARE)


def _doubt(s_per_km: float) -> tuple[str, ...]:
    """Return what is asked of a pace that hardly anybody means."""
    fastest, slowest = PLAUSIBLE_S_KM
    if s_per_km < fastest:
        return (
            tr("This is faster than almost anybody runs. Are the time and the distance right?"),
        )
    if s_per_km > slowest:
        return (tr("This is walking pace. Are the time and the distance right?"),)
    return ()


def reckoned_words(usual: UsualPace, *, miles: bool) -> str:
    """Return by which pace the time of a known distance is reckoned."""
    unit = tr("mile") if miles else tr("km")
    pace = tempo(usual.s_per_km * (MILE_M if miles else KM_M) / KM_M)
    if not usual.runs:
        words = tr(
            "Based on {pace} per {unit}, because none of your runs is recorded yet. Enter "
            "the time if you know it."
        )
        return words.format(pace=pace, unit=unit)
    words = trn(
        "Based on {pace} per {unit}, the pace of your run in the last {days} days.",
        "Based on {pace} per {unit}, the median of your {n} runs in the last {days} days.",
        usual.runs,
    )
    return words.format(pace=pace, unit=unit, n=usual.runs, days=USUAL_DAYS)


def _load(run: PlannedRun, load: Load, *, miles: bool) -> Card:
    lines: list[str] = []
    tone = Tone.PLAIN
    if load.week_most_m is not None:
        lines.append(_week_words(load, load.week_most_m, miles=miles))
    if load.next_most_m is not None and load.longest_m is not None:
        words = tr(
            "The longest run of the last 30 days was {longest}; the next may be up to {most} "
            "(found in 5 205 runners, for injuries, not for cramps)."
        )
        lines.append(
            words.format(
                longest=distance(load.longest_m, miles=miles),
                most=distance(load.next_most_m, miles=miles),
            )
        )
        if run.metres is not None and run.metres > load.next_most_m:
            lines.append(tr("This run is longer than that."))
            tone = Tone.CARE
    if load.hard_days:
        lines.append(tr("Two hard days in a row: an easy day would do you good."))
    if load.rest_due:
        lines.append(tr("You have run on six days in a row: a rest day is due."))
    if load.lighter_due:
        lines.append(tr("Three weeks of increases: a lighter week is due."))
    if not lines:
        lines.append(
            tr(
                "None of your recent runs has a distance. Record or import your runs, and "
                "this card will show how they add up."
            )
        )
    return Card(tr("Load"), tuple(lines), tone)


def _week_words(load: Load, most_m: float, *, miles: bool) -> str:
    """Return how far this week may grow; after a small week it is more than a tenth."""
    if load.is_small_week:
        words = tr(
            "{now} so far this week; {more} more than last week would be {most}. Articles "
            "recommend a tenth more, which would be very little after such a short week."
        )
    else:
        words = tr(
            "{now} so far this week; a tenth more than last week would be {most}. That "
            "rule comes from articles, not from studies."
        )
    return words.format(
        now=distance(load.week_m, miles=miles),
        most=distance(most_m, miles=miles),
        more=distance(WEEKLY_FLOOR_M, miles=miles),
    )
