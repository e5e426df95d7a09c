"""Race day: what to do when, by the clock, from the last meal to the finish.

The times are those of the catalogue's race day (R20); the amounts are the sheet's, so that a flag
silences them here as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from uncramp.coach.icalendar import content_line, text_value
from uncramp.coach.runs.sheet import Card, Tone, amount_words, degrees, distance, no_numbers, sheet
from uncramp.model.language import tr
from uncramp.planner.fluids import drinks
from uncramp.planner.load import Load
from uncramp.planner.runner import PlannedRun, Runner

HEAT_MIN = -300
MEAL_MIN, EARLY_MIN, LAST_HOUR_MIN, WARM_UP_MIN, SIPS_MIN = -180, -240, -60, -25, -5
FOOD_MIN = 15


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to do.

    Attributes:
        at: by the clock on the wall, without an offset.
        title: in a few words.
        text: in a sentence or some.
    """

    at: datetime
    title: str
    text: str


def moments(
    runner: Runner, run: PlannedRun, load: Load, start: datetime, *, miles: bool
) -> tuple[Moment, ...]:
    """Return what to do when, in order.

    Args:
        runner: who runs.
        run: the race.
        load: what the weeks before leave room for.
        start: of the race, by the clock on the wall.
        miles: American units.
    """
    found = drinks(runner, run)
    amounts = amount_words(miles=miles)
    cards = {card.title: card for card in sheet(runner, run, load, miles=miles)}
    rows: list[tuple[float, str, str]] = []
    if found.early_ml is not None:
        told = tr("{ml}, slowly, in this hour.").format(ml=amounts(found.early_ml))
        rows.append((EARLY_MIN, tr("Drink"), told))
    weather = cards[tr("Weather")]
    if weather.tone is Tone.ALERT:
        rows.append((HEAT_MIN, tr("Heat"), weather.lines[0]))
    meal = tr("A meal that you know: carbohydrates, some protein.")
    rows.append((MEAL_MIN, tr("Eat"), meal))
    if runner.flags:
        rows.append((LAST_HOUR_MIN, tr("Drink"), no_numbers(runner)))
    elif found.last_hour_ml is not None:
        told = tr("{ml}, not more; then only sips until the start.")
        rows.append((LAST_HOUR_MIN, tr("Drink"), told.format(ml=amounts(found.last_hour_ml))))
    warm = tr("Start the warm-up in Uncramp; keep the jog short and easy.")
    rows.append((WARM_UP_MIN, tr("Warm up"), warm))
    line_up = tr("Stand where your pace belongs, and let others pass.")
    if found.at_start_ml is not None:
        sips = tr("A few sips if you like: {ml}.").format(ml=amounts(found.at_start_ml))
        line_up = f"{sips} {line_up}"
    rows.append((SIPS_MIN, tr("Line up"), line_up))
    race = tr("{race}.").format(race=_race(run, miles=miles))
    rows.append((0, tr("Start"), f"{race} {_first(cards)}"))
    rows.append((1, tr("On the way"), _lines(cards, tr("On the way"))))
    finish = run.seconds / 60
    walk = tr("Do not stop all at once: keep walking, then the stretches for after the race.")
    rows.append((finish, tr("Finish"), walk))
    rows.append((finish + FOOD_MIN, tr("Eat and drink"), _lines(cards, tr("After"), skip=1)))
    return tuple(
        Moment(start + timedelta(minutes=minutes), title, text)
        for minutes, title, text in sorted(rows, key=_minutes)
    )


def _minutes(row: tuple[float, str, str]) -> float:
    return row[0]


def _first(cards: dict[str, Card]) -> str:
    known = cards.get(tr("Pace"))
    if known is None:
        return tr("Run the first part slower than you plan to run the last.")
    return " ".join(known.lines)


def _lines(cards: dict[str, Card], title: str, skip: int = 0) -> str:
    return " ".join(cards[title].lines[skip:])


def weather_line(run: PlannedRun, *, miles: bool) -> str:
    """Return what race and what weather the times are reckoned with."""
    told = tr("{race}, reckoned with {temperature} and {humidity} % humidity.")
    return told.format(
        race=_race(run, miles=miles),
        temperature=degrees(run.weather.temperature_c, miles=miles),
        humidity=round(run.weather.humidity),
    )


def _race(run: PlannedRun, *, miles: bool) -> str:
    """Return how far in what time; where nobody said how far, only the time."""
    minutes, seconds = divmod(run.seconds, 60)
    time = f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if run.metres is None:
        return tr("A race of {time}").format(time=time)
    far = distance(run.metres, miles=miles)
    return tr("{distance} in {time}").format(distance=far, time=time)


def race_calendar(day: Sequence[Moment], now: datetime) -> bytes:
    """Return the race day as a calendar file, its times floating.

    The same race on the same day changes its entries when it is imported again.

    Args:
        day: what to do when.
        now: with its offset.
    """
    stamp = now.astimezone(UTC)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Uncramp//Race day//EN"]
    lines.append("CALSCALE:GREGORIAN")
    for number, moment in enumerate(day):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{moment.at:%Y%m%d}-{number}@race.uncramp",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART:{moment.at:%Y%m%dT%H%M%S}",
            "DURATION:PT5M",
            f"SUMMARY:{text_value(moment.title)}",
            f"DESCRIPTION:{text_value(moment.text)}",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{text_value(moment.title)}",
            "TRIGGER:PT0M",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(content_line(line) for line in lines)
