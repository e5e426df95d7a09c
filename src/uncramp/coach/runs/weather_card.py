"""What the weather asks of a run: the card that stands first on its sheet."""

from uncramp.coach.runs.card import Card, Tone
from uncramp.coach.runs.units import degrees
from uncramp.model.language import tr
from uncramp.planner.heat import SUN_ADDS_C, Band, Cold
from uncramp.planner.runner import PlannedRun, Runner


def weather_card(runner: Runner, run: PlannedRun, *, miles: bool) -> Card:
    """Return the card of the weather.

    Args:
        runner: who runs: with a flag nothing is said about drinking.
        run: what is planned.
        miles: degrees Fahrenheit instead of Celsius.
    """
    weather = run.weather
    lines = [_headline(runner, run)]
    if weather.band >= Band.RED:
        lines.append(heat_stroke_words())
    lines.extend(_indices(run, miles=miles))
    if weather.is_dry_and_windy:
        lines.append(tr("Dry and windy: sweat dries before you notice it."))
    if weather.is_cold and run.cold is not Cold.INDOORS:
        lines.append(tr("Cold: wear layers, and warm up for longer."))
    if run.is_hilly:
        lines.append(
            tr("Hilly: calves and hamstrings work harder. Shorten your step on the climbs.")
        )
    lines.append(tr("These levels of heat and cold are rules of thumb."))
    return Card(tr("Weather"), tuple(lines), _tone(run))


def _headline(runner: Runner, run: PlannedRun) -> str:
    """Return what to do; heat and cold never come together."""
    by_cold = {
        Cold.COVER: tr("Cover your skin: with the wind it is colder than it looks."),
        Cold.FROSTBITE: tr(
            "Shorten the run and cover all skin: bare skin can freeze in about half an hour."
        ),
        Cold.INDOORS: tr("Stay indoors: bare skin can freeze within ten minutes."),
    }
    if run.cold in by_cold:
        return by_cold[run.cold]
    if run.weather.band is Band.YELLOW:
        if runner.flags:
            return tr("Run slower than usual.")
        return tr("Run slower than usual, and plan what you carry to drink.")
    return {
        Band.GREEN: tr("Run as usual."),
        Band.RED: tr(
            "Run slower and shorter, in the shade. If heat is a risk for you, leave it out."
        ),
        Band.BLACK: tr("Too hot to run outdoors: run indoors, or leave it for another day."),
    }[run.weather.band]


def heat_stroke_words() -> str:
    """Return the signs of heat stroke, and what to do."""
    return tr(
        "Signs of heat stroke: confusion, staggering, odd behaviour, collapse, vomiting or chills, "
        "often while still sweating. Stop, call the emergency services, and cool the person with "
        "water at once."
    )


def _indices(run: PlannedRun, *, miles: bool) -> tuple[str, ...]:
    """Return the numbers behind the headline, as far as their formulas hold."""
    weather = run.weather
    lines: list[str] = []
    if weather.is_beyond_the_table:
        lines.append(tr("It is hotter than the heat index covers."))
    elif weather.shown_heat_index_c is not None:
        index = degrees(weather.shown_heat_index_c, miles=miles)
        lines.append(tr("In the shade it feels like {index} (heat index).").format(index=index))
    if weather.shown_wbgt_c is not None:
        wbgt = degrees(weather.shown_wbgt_c, miles=miles)
        if weather.sun:
            more = f"{SUN_ADDS_C * 1.8:.0f} °F" if miles else f"{SUN_ADDS_C:.0f} °C"
            words = tr(
                "The estimate for runners in the sun (WBGT) is {wbgt}; the sun adds up to {sun}."
            )
            lines.append(words.format(wbgt=wbgt, sun=more))
        else:
            words = tr("The estimate for runners in the shade (WBGT) is {wbgt}.")
            lines.append(words.format(wbgt=wbgt))
    if run.wind_chill_c is not None:
        chill = degrees(run.wind_chill_c, miles=miles)
        words = tr("In the wind, or in the wind of your own pace, it feels like {chill}.")
        lines.append(words.format(chill=chill))
    return tuple(lines)


def _tone(run: PlannedRun) -> Tone:
    if run.weather.band >= Band.RED or run.cold >= Cold.FROSTBITE:
        return Tone.ALERT
    is_careful = run.weather.band is Band.YELLOW or run.cold is Cold.COVER
    return Tone.CARE if is_careful else Tone.PLAIN
