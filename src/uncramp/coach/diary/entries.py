"""What the journal holds as one list of entries, and as a calendar of nights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from uncramp.coach.cramp.wording import context_name, length_text, place_name, relief_name
from uncramp.coach.daywords import months, weekdays
from uncramp.coach.diary.tracking import NOTES, fields
from uncramp.coach.plan.today import nights_told
from uncramp.coach.times import spent
from uncramp.coach.wording import outcome_name
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.crampday import cramp_day
from uncramp.model.diary import (
    Cramp,
    CrampContext,
    DayContext,
    Run,
    Terrain,
    is_hour_known,
)
from uncramp.model.language import tr, trn
from uncramp.model.record import SessionRecord

KM_M = 1_000.0
MILE_M = 1_609.344


class EntryKind(StrEnum):
    """What an entry is about."""

    SESSION = "session"
    CRAMP = "cramp"
    RUN = "run"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list.

    Attributes:
        kind: what it is about.
        day: under which it is listed: of a cramp the cramp-day, else the calendar day.
        order: for sorting, newest last.
        time: of the day, or empty.
        title: what it was.
        detail: the rest in short.
        found_by: all its words in small letters, for searching.
        value: what the journal holds.
    """

    kind: EntryKind
    day: date
    order: datetime
    time: str
    title: str
    detail: str
    found_by: str
    value: SessionRecord | Cramp | Run | DayContext


def entries(contents: Contents, *, miles: bool = False) -> tuple[Entry, ...]:
    """Return the entries, newest first."""
    # What was ended before any work was done is no session that anybody wants to find.
    sessions = (session for session in contents.sessions if session.done_ms)
    found = [_session(session) for session in sessions]
    found.extend(_cramp(cramp) for cramp in contents.cramps)
    found.extend(_run(run, miles=miles) for run in contents.runs)
    names = {field.key: field for field in fields()}

    def worded(day: DayContext) -> str:
        words = [
            f"{names[key].title} {names[key].words(value)}"
            for key, value in day.values.items()
            if key in names
        ]
        notes = day.values.get(NOTES)
        return " · ".join([*([str(notes)] if notes else []), *words])

    for day in contents.days:
        if day.values:
            at = datetime.combine(day.day, datetime.min.time(), day.answered.tzinfo)
            found.append(_entry(EntryKind.DAY, day.day, at, "", tr("The day"), worded(day), day))
    found.sort(key=_order, reverse=True)
    return tuple(found)


def matching(
    found: Sequence[Entry], words: str, kind: EntryKind | None = None, day: date | None = None
) -> list[Entry]:
    """Return the entries that hold all of `words`, are of that kind, and of that day."""
    wanted = words.casefold().split()
    return [
        entry
        for entry in found
        if (kind is None or entry.kind is kind)
        and (day is None or entry.day == day)
        and all(word in entry.found_by for word in wanted)
    ]


def nights_of(contents: Contents) -> dict[date, int]:
    """Return the number of cramps of each night that was logged, by cramp-day.

    A cramp at night logs its night, whether or not the question was answered: missing is never
    zero, and what was told is never missing.
    """
    return {night.day: night.cramps for night in nights_told(contents.nights, contents.cramps)}


def recalled_nights(contents: Contents) -> frozenset[date]:
    """Return the nights that were told so late that they count as memories."""
    nights = nights_told(contents.nights, contents.cramps)
    return frozenset(night.day for night in nights if night.recalled)


def night_words(day: date, cramps: int | None, *, recalled: bool = False) -> str:
    """Return a night and what is known of it, for screen readers and tips."""
    words = tr("not logged")
    if cramps == 0:
        words = tr("no cramp")
    elif cramps is not None:
        words = trn("{n} cramp", "{n} cramps", cramps).format(n=cramps)
    if recalled:
        words = tr("{state}, filled in later").format(state=words)
    when = tr("Night from {first} to {last}").format(
        first=long_day(day), last=long_day(day + timedelta(days=1))
    )
    return f"{when}: {words}"


def long_day(day: date) -> str:
    """Return a day with its weekday and month in words."""
    return f"{weekdays()[day.weekday()]} {day.day} {months()[day.month - 1]} {day.year}"


def _order(entry: Entry) -> datetime:
    return entry.order


def _entry(
    kind: EntryKind,
    day: date,
    at: datetime,
    time: str,
    title: str,
    detail: str,
    value: SessionRecord | Cramp | Run | DayContext,
    more: str = "",
) -> Entry:
    found_by = f"{day.isoformat()} {at.date().isoformat()} {title} {detail} {more}".casefold()
    return Entry(kind, day, at, time, title, detail, found_by, value)


def _session(record: SessionRecord) -> Entry:
    left, right = record.done_on(Side.LEFT), record.done_on(Side.RIGHT)
    words = [f"{spent(record.done_ms)} / {spent(record.planned_ms)}"]
    if left or right:
        sides = tr("left {left}, right {right}")
        words.append(sides.format(left=spent(left), right=spent(right)))
    words.append(outcome_name(record.outcome))
    at = record.started_at
    return _entry(
        EntryKind.SESSION,
        at.date(),
        at,
        _hour(at),
        record.routine_name,
        " · ".join(words),
        record,
    )


def _cramp(cramp: Cramp) -> Entry:
    words = [context_name(cramp.context)]
    if cramp.seconds is not None:
        words.append(length_text(cramp.seconds))
    if cramp.pain is not None:
        words.append(tr("pain {n}").format(n=cramp.pain))
    if cramp.relief:
        words.append(", ".join(relief_name(one) for one in cramp.relief))
    if cramp.recalled:
        words.append(tr("filled in later"))
    if cramp.notes:
        words.append(_first_line(cramp.notes))
    title = place_name(cramp.muscle, cramp.side)
    is_guessed_night = cramp.context is CrampContext.NIGHT and not cramp.is_hour_known
    return _entry(
        EntryKind.CRAMP,
        cramp_day(cramp.at),
        cramp.at,
        tr("in the night") if is_guessed_night else _hour(cramp.at),
        tr("Cramp: {where}").format(where=title),
        " · ".join(words),
        cramp,
        cramp.notes,
    )


def _run(run: Run, *, miles: bool) -> Entry:
    words = [spent(run.seconds * 1000)]
    title = tr("Run")
    if run.metres is not None:
        title = tr("Run, {distance}").format(distance=distance_words(run.metres, miles=miles))
    if run.effort is not None:
        words.append(tr("effort {n}").format(n=run.effort))
    if run.terrain is not None:
        words.append(terrain_name(run.terrain))
    if run.cramp:
        words.append(tr("with a cramp"))
    if run.notes:
        words.append(_first_line(run.notes))
    at = run.started
    return _entry(
        EntryKind.RUN,
        at.date(),
        at,
        _hour(at),
        title,
        " · ".join(words),
        run,
        run.notes,
    )


def distance_words(metres: float, *, miles: bool) -> str:
    """Return a distance in the user's unit."""
    if miles:
        return tr("{n} miles").format(n=f"{metres / MILE_M:.2f}".rstrip("0").rstrip("."))
    return tr("{n} km").format(n=f"{metres / KM_M:.2f}".rstrip("0").rstrip("."))


def terrain_name(terrain: Terrain) -> str:
    """Return what the ground was like, in words."""
    return {
        Terrain.ROAD: tr("road"),
        Terrain.TRAIL: tr("trail"),
        Terrain.HILLS: tr("hills"),
        Terrain.TRACK: tr("track"),
        Terrain.TREADMILL: tr("treadmill"),
    }[terrain]


def _hour(at: datetime) -> str:
    """Return the time of the day; empty where nobody said what it was."""
    return f"{at:%H:%M}" if is_hour_known(at) else ""


def _first_line(text: str) -> str:
    return " ".join(text.split())[:120]
