"""`uncramp log`: note a night, a cramp, a session or a run from the command line."""

import argparse
import sys
import uuid
from datetime import datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from uncramp.coach.coach import Coach
from uncramp.coach.cramp.book import CrampBook
from uncramp.coach.cramp.wording import context_name, place_name
from uncramp.coach.daywords import night_name
from uncramp.coach.diary.entries import (
    KM_M,
    MILE_M,
    distance_words,
    long_day,
    nights_of,
)
from uncramp.coach.session.past import past_session
from uncramp.coach.times import spent
from uncramp.coach.when import has_time, local_instant, read_when
from uncramp.journal.diary import Diary
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.crampday import is_recalled, last_night
from uncramp.model.diary import (
    GUESSED_HOUR,
    GUESSED_NOON,
    Cramp,
    CrampContext,
    CrampMuscle,
    Night,
    Run,
    Terrain,
)
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

NIGHT_FROM, NIGHT_TO = time(22), time(7)
EARLIEST_YEAR = 1970


class _RefusedError(Exception):
    """What was typed cannot be noted; the message is for the user."""


def log(coach: Coach, arguments: argparse.Namespace) -> int:
    """Note what was told; 0 when it is in the journal, 1 when it cannot be."""
    diary = coach.diary
    if diary is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    notes = {"cramp": _cramp, "no-cramp": _no_cramp, "run": _run}
    now = coach.read_date()
    try:
        if arguments.action == "session":
            print(_session(coach, arguments, now))
        else:
            print(notes[arguments.action](diary, arguments, now))
    except _RefusedError as refused:
        print(f"uncramp: {refused}", file=sys.stderr)
        return 1
    return 0


def _cramp(diary: Diary, arguments: argparse.Namespace, now: datetime) -> str:
    context = None
    if arguments.context:
        context = CrampContext(arguments.context.replace("-", "_"))
    when = _when(arguments.at, now, at_night=context in {None, CrampContext.NIGHT})
    if context is None:
        is_night = when.at.time() >= NIGHT_FROM or when.at.time() < NIGHT_TO
        context = CrampContext.NIGHT if is_night else CrampContext.REST
    cramp = Cramp(
        id=str(uuid.uuid4()),
        at=when.at,
        context=context,
        muscle=CrampMuscle(arguments.muscle),
        side=Side(arguments.side or "none"),
        seconds=None if arguments.lasted is None else round(_duration_s(arguments.lasted)),
        pain=arguments.pain,
        notes=arguments.notes,
        noted=now,
    )
    book = CrampBook(diary, partial(_same, now))
    before = book.night(cramp.day)
    book.save(cramp)
    words = tr("Recorded: a cramp, {where}, {at} ({context}).")
    if context is CrampContext.NIGHT:
        words = tr("Recorded: a cramp, {where}, {at} ({context}); it belongs to {night}.")
    words = words.format(
        where=place_name(cramp.muscle, cramp.side),
        at=when.words,
        context=context_name(context),
        night=night_name(cramp.day),
    )
    if context is CrampContext.NIGHT and before is not None and not before.cramps:
        words += " " + tr(
            "That night was logged without a cramp; it now counts as a night with one."
        )
    return _with_move(words, when)


def _same(now: datetime) -> datetime:
    return now


def _no_cramp(diary: Diary, arguments: argparse.Namespace, now: datetime) -> str:
    day = last_night(now) if arguments.evening is None else _wall(arguments.evening, now).date()
    noon = datetime.combine(day, time(12), now.tzinfo)
    # A day's margin on both sides: the offset of the place may have been another one.
    near = diary.cramps(noon - timedelta(days=1), noon + timedelta(days=2))
    cramps = nights_of(Contents(nights=diary.nights(day, day), cramps=near))
    if cramps.get(day):
        raise _RefusedError(tr("that night already has a cramp; change it in the journal"))
    diary.save_night(Night(day, 0, now, is_recalled(day, now)), now)
    return tr("Recorded: no cramp in the night of {day}.").format(day=long_day(day))


def _run(diary: Diary, arguments: argparse.Namespace, now: datetime) -> str:
    seconds = round(_duration_s(arguments.time))
    unit = MILE_M if arguments.miles else KM_M
    when = _when(arguments.at, now - timedelta(seconds=0 if arguments.at else seconds))
    run = Run(
        id=str(uuid.uuid4()),
        started=when.at,
        seconds=seconds,
        metres=arguments.distance * unit,
        effort=arguments.effort,
        terrain=Terrain(arguments.terrain) if arguments.terrain else None,
        fast_start=True if arguments.fast_start else None,
        electrolytes=True if arguments.salts else None,
        cramp=arguments.cramp,
        notes=arguments.notes,
    )
    diary.save_run(run, now)
    words = tr("Recorded: a run of {distance} in {time}, {at}.")
    words = words.format(
        distance=distance_words(arguments.distance * unit, miles=arguments.miles),
        time=spent(seconds * 1000),
        at=when.words,
    )
    return _with_move(words, when)


def _session(coach: Coach, arguments: argparse.Namespace, now: datetime) -> str:
    routine = coach.library.find_routine(arguments.routine)
    if routine is None:
        words = tr("there is no routine {name}; uncramp routines list shows them all")
        raise _RefusedError(words.format(name=repr(arguments.routine[:40])))
    exercises = {step.exercise for step in routine.steps}
    for part in arguments.part or ():
        if part not in exercises:
            words = tr("{part} is not an exercise of {routine}; it has {exercises}")
            words = words.format(
                part=repr(part[:40]), routine=routine.name, exercises=", ".join(sorted(exercises))
            )
            raise _RefusedError(words)
    total_ms = coach.timeline(routine).total_ms
    when = _when(arguments.at, now - timedelta(milliseconds=0 if arguments.at else total_ms))
    record = past_session(
        coach,
        routine,
        str(uuid.uuid4()),
        when.at,
        work_s=None if arguments.minutes is None else _duration_s(arguments.minutes),
        exercises=arguments.part,
    )
    if not record.done_ms:
        raise _RefusedError(tr("none of it was done"))
    if coach.journal is not None:
        coach.journal.save_session(record, now)
    words = tr("Recorded: {routine}, {done} of {planned} of work, {at}.").format(
        routine=routine.name,
        done=spent(record.done_ms),
        planned=spent(record.planned_ms),
        at=when.words,
    )
    return _with_move(words, when)


class _When(NamedTuple):
    """When something was, as it was typed.

    Attributes:
        at: with its offset; at a guessed hour where none was typed.
        words: for the answer.
        typed: what was typed, where the clock skipped that hour; else empty.
    """

    at: datetime
    words: str
    typed: str = ""


def _when(text: str | None, now: datetime, *, at_night: bool = False) -> _When:
    """Return the instant of what was typed.

    Args:
        text: "23:40" (the latest one), "2026-11-21 23:40", "29.11.2026 05:55", or a day alone;
            None for now.
        now: with the local offset.
        at_night: a day alone means the night that began on its evening.
    """
    if text is None:
        return _When(now, f"{now:%Y-%m-%d %H:%M}")
    wall = _wall(text, now)
    if not has_time(text):
        day = wall.date()
        guessed = datetime.combine(day, GUESSED_NOON)
        if at_night:
            guessed = datetime.combine(day + timedelta(days=1), GUESSED_HOUR)
            if guessed > now.replace(tzinfo=None):
                words = tr("the night that begins on {day} is in the future")
                raise _RefusedError(words.format(day=day))
        return _When(local_instant(guessed)[0], tr("{day}, time unknown").format(day=day))
    if wall.tzinfo is not None:
        at, is_moved = wall, False
    else:
        at, is_moved = local_instant(wall)
    return _When(at, f"{at:%Y-%m-%d %H:%M}", f"{wall:%H:%M}" if is_moved else "")


def _wall(text: str, now: datetime) -> datetime:
    """Return what was typed by the clock on the wall; with an offset where it has one."""
    try:
        wall = _typed(text, now)
    except (ValueError, OverflowError) as error:
        raise _RefusedError(f"{text[:40]!r}: {error}") from None
    if wall.year < EARLIEST_YEAR:
        raise _RefusedError(tr("{day} is too long ago").format(day=wall.date()))
    return wall


def _typed(text: str, now: datetime) -> datetime:
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None and exact.tzinfo is not None:
        if exact > now:
            raise ValueError(tr("That is in the future."))
        return exact
    clock, day = now.replace(tzinfo=None), timedelta(days=1)
    wall = read_when(text, clock - day, clock)
    is_time_alone = len(text.strip()) <= len("23:40") and ":" in text
    return wall + day if is_time_alone and wall + day <= clock else wall


def _with_move(words: str, when: _When) -> str:
    """Add that the clock skipped what was typed."""
    if not when.typed:
        return words
    moved = tr("The clocks went forward that day and skipped {typed}; {at} was used instead.")
    return f"{words} {moved.format(typed=when.typed, at=f'{when.at:%H:%M}')}"


def _duration_s(text: str) -> float:
    """Return the seconds of "45" (minutes), "45:30" or "1:45:30"."""
    parts = text.split(":")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    units = {1: (60,), 2: (60, 1), 3: (3600, 60, 1)}.get(len(numbers), ())
    seconds = sum(number * unit for number, unit in zip(numbers, units, strict=False))
    if not units or not 0 <= seconds <= 7 * 86_400 or min(numbers) < 0:
        message = tr("{text} is not a time like 45 (minutes), 45:30 or 1:45:30")
        raise _RefusedError(message.format(text=repr(text[:40])))
    return seconds
