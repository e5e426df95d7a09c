"""Race day: what to do when, by the clock, from the last meal to the finish.

The times are those of the catalogue's race day (R20); the amounts are the sheet's, so that a flag
silences them here as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from uncramp.coach.daywords import weekday_short
from uncramp.coach.icalendar import Event, calendar_bytes, event_lines, with_history
from uncramp.coach.runs.card import Card, Tone
from uncramp.coach.runs.drinking import no_numbers
from uncramp.coach.runs.sheet import sheet
from uncramp.coach.runs.units import amount_words, degrees, distance
from uncramp.model.language import tr
from uncramp.planner.fluids import drinks
from uncramp.planner.load import Load
from uncramp.planner.runner import Flag, PlannedRun, Runner

MEAL_MIN, EARLY_MIN, LAST_HOUR_MIN, WARM_UP_MIN, SIPS_MIN = -180, -240, -60, -25, -5
FOOD_MIN = 15
UP_BEFORE: Final = timedelta(hours=2)
"""So long before the start a runner gets up who says nothing else, but not later than eight."""
EVENING_AT: Final = time(19)
"""When, the evening before, heat or cold is warned of: early enough to decide, and awake."""
_NIGHT_FROM: Final = time(21)
"""From then on until the runner gets up no alarm sounds."""
_MORNING: Final = time(8)
_MARK: Final = "-//Uncramp//Race day//EN"
_HOST: Final = "race.uncramp"
_LENGTH: Final = timedelta(minutes=5)


class MomentKind(StrEnum):
    """What is to be done at a moment."""

    WEATHER = "weather"
    DRINK_EARLY = "drink-early"
    EAT = "eat"
    DRINK = "drink"
    WARM_UP = "warm-up"
    LINE_UP = "line-up"
    START = "start"
    ON_THE_WAY = "on-the-way"
    FINISH = "finish"
    AFTER = "after"


_PREPARING: Final = frozenset(
    {
        MomentKind.WEATHER,
        MomentKind.DRINK_EARLY,
        MomentKind.EAT,
        MomentKind.DRINK,
        MomentKind.WARM_UP,
        MomentKind.LINE_UP,
    }
)
"""What an alarm may call to: from the start on nobody looks at a phone."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to do.

    Attributes:
        kind: what it is; each comes once.
        at: by the clock on the wall, without an offset.
        title: in a few words.
        text: in a sentence or some.
    """

    kind: MomentKind
    at: datetime
    title: str
    text: str


_Row = tuple[MomentKind, float, str, str]
"""What, how many minutes after the start, its title and its text."""


def moments(
    runner: Runner, run: PlannedRun, load: Load, start: datetime, *, miles: bool
) -> tuple[Moment, ...]:
    """Return what to do when, in order; in weather that forbids the race, only that.

    Args:
        runner: who runs.
        run: the race.
        load: what the weeks before leave room for.
        start: of the race, by the clock on the wall.
        miles: American units.
    """
    cards = {card.title: card for card in sheet(runner, run, load, miles=miles)}
    rows = _off(cards) if run.is_off else _rows(runner, run, cards, miles=miles)
    day = [
        Moment(kind, start + timedelta(minutes=minutes), title, text)
        for kind, minutes, title, text in rows
    ]
    weather = cards[tr("Weather")]
    if weather.tone is Tone.ALERT:
        evening = datetime.combine(start.date() - timedelta(days=1), EVENING_AT)
        day.append(Moment(MomentKind.WEATHER, evening, weather.title, weather.lines[0]))
    return tuple(sorted(day, key=_time))


def _off(cards: dict[str, Card]) -> list[_Row]:
    """Return the only row of a race that should not be run."""
    return [(MomentKind.START, 0, tr("No race"), _lines(cards, tr("Weather"), count=2))]


def _rows(runner: Runner, run: PlannedRun, cards: dict[str, Card], *, miles: bool) -> list[_Row]:
    """Return what to do so many minutes after the start, or before it."""
    finish = run.seconds / 60
    meal = tr("A meal you are used to: carbohydrates and some protein.")
    if Flag.DIABETES in runner.flags:
        meal = tr("A meal as agreed in your diabetes care plan.")
    warm = tr("Start the warm-up in Uncramp; keep the jog short and easy.")
    race = tr("{race}.").format(race=_race(run, miles=miles))
    walk = tr("Do not stop abruptly: keep walking, then do the after-race stretches.")
    return [
        *_drinking(runner, run, miles=miles),
        (MomentKind.EAT, MEAL_MIN, tr("Eat"), meal),
        (MomentKind.WARM_UP, WARM_UP_MIN, tr("Warm up"), warm),
        (MomentKind.LINE_UP, SIPS_MIN, tr("Line up"), _line_up(runner, run, miles=miles)),
        (MomentKind.START, 0, tr("Start"), f"{race} {_first(cards)}"),
        (MomentKind.ON_THE_WAY, 1, tr("On the way"), _lines(cards, tr("On the way"))),
        (MomentKind.FINISH, finish, tr("Finish"), walk),
        (
            MomentKind.AFTER,
            finish + FOOD_MIN,
            tr("Eat and drink"),
            _lines(cards, tr("After"), skip=1),
        ),
    ]


def _drinking(runner: Runner, run: PlannedRun, *, miles: bool) -> list[_Row]:
    """Return what may be drunk before the start."""
    if runner.flags:
        return [(MomentKind.DRINK, LAST_HOUR_MIN, tr("Fluid and salt"), no_numbers(runner))]
    offered, amounts = drinks(runner, run), amount_words(miles=miles)
    rows: list[_Row] = []
    if offered.early_ml is not None:
        words = tr("If you are thirsty: {ml}, slowly, in this hour.")
        words = words.format(ml=amounts(offered.early_ml))
        rows.append((MomentKind.DRINK_EARLY, EARLY_MIN, tr("Drink"), words))
    if offered.last_hour_ml is not None:
        words = tr(
            "If you are thirsty, or drank nothing before: {ml}, not more; then only sips until "
            "the start."
        )
        words = words.format(ml=amounts(offered.last_hour_ml))
        rows.append((MomentKind.DRINK, LAST_HOUR_MIN, tr("Drink"), words))
    return rows


def _line_up(runner: Runner, run: PlannedRun, *, miles: bool) -> str:
    line_up = tr("Stand where your pace belongs, and let others pass.")
    sips = drinks(runner, run).at_start_ml
    if sips is None:
        return line_up
    words = tr("A few sips if you are thirsty: {ml}.").format(ml=amount_words(miles=miles)(sips))
    return f"{words} {line_up}"


def _time(moment: Moment) -> datetime:
    return moment.at


def _first(cards: dict[str, Card]) -> str:
    known = cards.get(tr("Pace"))
    if known is None:
        return tr("Run the first part slower than you plan to run the last.")
    return " ".join(known.lines)


def _lines(cards: dict[str, Card], title: str, skip: int = 0, count: int | None = None) -> str:
    stop = None if count is None else skip + count
    return " ".join(cards[title].lines[skip:stop])


def weather_line(run: PlannedRun, *, miles: bool) -> str:
    """Return what race and what weather the times are reckoned with."""
    told = tr("{race}, planned for {temperature} and {humidity} % humidity.")
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


def clock_words(moment: Moment, start: datetime) -> str:
    """Return when it is, with the day of the week where that is not the day of the start."""
    if moment.at.date() == start.date():
        return f"{moment.at:%H:%M}"
    return f"{weekday_short(moment.at.weekday())} {moment.at:%H:%M}"


def has_alarm(moment: Moment, up_at: datetime) -> bool:
    """Whether a calendar may sound for it: never at night, nor from the start on.

    Args:
        moment: of the day of the race.
        up_at: when the runner gets up that day, by the clock on the wall.
    """
    evening = datetime.combine(up_at.date() - timedelta(days=1), _NIGHT_FROM)
    return moment.kind in _PREPARING and not evening <= moment.at < up_at


def usual_rise(start: datetime) -> datetime:
    """Return when a runner gets up who says nothing else: before the start, or in the morning."""
    latest = start - UP_BEFORE
    return min(latest, datetime.combine(latest.date(), _MORNING))


def race_calendar(
    day: Sequence[Moment],
    run: PlannedRun,
    up_at: datetime,
    zone: tzinfo | None,
    now: datetime,
    *,
    miles: bool,
) -> bytes:
    """Return the race day as a calendar file, its times in UTC.

    A race is at its place, wherever the calendar is read. The same race on the same day changes
    its entries when it is imported again.

    Args:
        day: what to do when.
        run: the race.
        up_at: when the runner gets up that day, by the clock on the wall.
        zone: the time zone of the race; None for this computer's.
        now: with its offset.
        miles: American units.
    """
    name = tr("Race")
    if run.metres is not None:
        name = tr("Race, {distance}").format(distance=distance(run.metres, miles=miles))
    start = next(moment.at for moment in day if moment.kind is MomentKind.START)
    events = []
    for moment in day:
        at = moment.at.replace(tzinfo=zone) if zone is not None else moment.at.astimezone()
        where = tr("{time} in the time zone of the race: {zone}.")
        where = where.format(time=f"{moment.at:%H:%M}", zone=zone_words(at))
        event = Event(
            f"{start:%Y%m%d}-{moment.kind}@{_HOST}",
            at,
            tr("{race}: {what}").format(race=name, what=moment.title),
            f"{moment.text}\n{where}",
            length=_LENGTH,
            alarm=timedelta() if has_alarm(moment, up_at) else None,
        )
        events.append(with_history(event_lines(event), now))
    return calendar_bytes(_MARK, events)


def zone_words(at: datetime) -> str:
    """Return the time zone of an instant, for example "Europe/Berlin, UTC+01:00"."""
    offset = f"UTC{at:%z}"
    offset = f"{offset[:-2]}:{offset[-2:]}"
    name = getattr(at.tzinfo, "key", "")
    return f"{name}, {offset}" if name else offset
