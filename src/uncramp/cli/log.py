"""`uncramp log`: note a night, a cramp or a run from the command line."""

import argparse
import sys
import uuid
from datetime import date, datetime, time, timedelta
from functools import partial

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
from uncramp.coach.times import spent
from uncramp.journal.diary import Diary
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.crampday import is_recalled, last_night
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night, Run, Terrain
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

NIGHT_FROM, NIGHT_TO = time(22), time(7)


class _RefusedError(Exception):
    """What was typed cannot be noted; the message is for the user."""


def log(coach: Coach, arguments: argparse.Namespace) -> int:
    """Note what was told; 0 when it is in the journal, 1 when it cannot be."""
    diary = coach.diary
    if diary is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    note = {"cramp": _cramp, "no-cramp": _no_cramp, "run": _run}[arguments.action]
    try:
        print(note(diary, arguments, coach.read_date()))
    except _RefusedError as refused:
        print(f"uncramp: {refused}", file=sys.stderr)
        return 1
    return 0


def _cramp(diary: Diary, arguments: argparse.Namespace, now: datetime) -> str:
    at = _instant(arguments.at, now)
    at_night = at.time() >= NIGHT_FROM or at.time() < NIGHT_TO
    context = CrampContext.NIGHT if at_night else CrampContext.REST
    if arguments.context:
        context = CrampContext(arguments.context.replace("-", "_"))
    cramp = Cramp(
        id=str(uuid.uuid4()),
        at=at,
        context=context,
        muscle=CrampMuscle(arguments.muscle),
        side=Side(arguments.side or "none"),
        seconds=None if arguments.lasted is None else round(_duration_s(arguments.lasted)),
        pain=arguments.pain,
        notes=arguments.notes,
        noted=now,
    )
    CrampBook(diary, partial(_same, now)).save(cramp)
    told = tr("Noted: a cramp, {where}, {at} ({context}).")
    if context is CrampContext.NIGHT:
        told = tr("Noted: a cramp, {where}, {at} ({context}); it belongs to {night}.")
    return told.format(
        where=place_name(cramp.muscle, cramp.side),
        at=f"{at:%Y-%m-%d %H:%M}",
        context=context_name(context),
        night=night_name(cramp.day),
    )


def _same(now: datetime) -> datetime:
    return now


def _no_cramp(diary: Diary, arguments: argparse.Namespace, now: datetime) -> str:
    day = last_night(now) if arguments.evening is None else _day(arguments.evening)
    if day > now.date():
        raise _RefusedError(tr("{day} is still to come").format(day=day))
    noon = datetime.combine(day, time(12), now.tzinfo)
    # A day's margin on both sides: the offset of the place may have been another one.
    near = diary.cramps(noon - timedelta(days=1), noon + timedelta(days=2))
    told = nights_of(Contents(nights=diary.nights(day, day), cramps=near))
    if told.get(day):
        raise _RefusedError(
            tr("there is a cramp in that night already; change that in the journal")
        )
    diary.save_night(Night(day, 0, now, is_recalled(day, now)), now)
    return tr("Noted: no cramp in the night of {day}.").format(day=long_day(day))


def _run(diary: Diary, arguments: argparse.Namespace, now: datetime) -> str:
    seconds = round(_duration_s(arguments.time))
    unit = MILE_M if arguments.miles else KM_M
    run = Run(
        id=str(uuid.uuid4()),
        started=_instant(arguments.at, now - timedelta(seconds=0 if arguments.at else seconds)),
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
    told = tr("Noted: a run of {distance} in {time}, {at}.")
    return told.format(
        distance=distance_words(arguments.distance * unit, miles=arguments.miles),
        time=spent(seconds * 1000),
        at=f"{run.started:%Y-%m-%d %H:%M}",
    )


def _instant(text: str | None, now: datetime) -> datetime:
    """Return the instant of "23:40" (the latest one) or of "2026-11-21 23:40"."""
    if text is None:
        return now
    try:
        if len(text) <= len("23:40"):
            wall = datetime.combine(now.date(), time.fromisoformat(text.zfill(len("23:40"))))
            if wall > now.replace(tzinfo=None):
                wall -= timedelta(days=1)
        else:
            wall = datetime.fromisoformat(text)
        # On that day the clock may have been an hour off today's.
        at = wall.astimezone() if wall.tzinfo is None else wall
    except (ValueError, OverflowError, OSError):
        at = None
    if at is None or at.year < 1970:
        raise _RefusedError(
            tr("{text} is not a time like 23:40 or 2026-11-21 23:40").format(text=repr(text[:40]))
        )
    if at > now:
        raise _RefusedError(tr("{at} is still to come").format(at=f"{at:%Y-%m-%d %H:%M}"))
    return at


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = tr("{text} is not a day like 2026-11-21").format(text=repr(text[:40]))
        raise _RefusedError(message) from None


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
