"""What of a spreadsheet's record the journal holds already."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from uncramp.model.contents import Contents
from uncramp.model.crampday import EVENING_ENDS
from uncramp.model.diary import Cramp, CrampContext, Night, Run, is_hour_known
from uncramp.model.record import SessionRecord

_SAME_SHARE: Final = 0.03
"""Two runs of a day that differ by less are the same one, noted twice."""
_SAME_CRAMP: Final = timedelta(minutes=15)
_EVENING_ENDS: Final = timedelta(hours=EVENING_ENDS.hour)


def settled(read: Contents, present: Contents) -> tuple[Contents, int]:
    """Return what was read without what is known better, and how many entries that were.

    What was brought in before is as the journal holds it, so that it counts as the same.
    """
    have = {cramp.id: cramp for cramp in present.cramps}
    cramps = [
        replace(cramp, noted=have[cramp.id].noted) if cramp.id in have else cramp
        for cramp in read.cramps
    ]
    nights = {night.day: night for night in present.nights}
    new_cramps = [
        cramp for cramp in cramps if cramp.id in have or not _is_known_cramp(cramp, present.cramps)
    ]
    runs = {run.id: run for run in present.runs}
    new_runs = [
        run._replace(source=runs[run.id].source) if run.id in runs else run
        for run in read.runs
        if run.id in runs or not _is_known_run(run, present.runs)
    ]
    new_sessions = _new_sessions(read.sessions, present.sessions)
    left_out = (
        len(cramps)
        + len(read.runs)
        + len(read.sessions)
        - len(new_cramps)
        - len(new_runs)
        - len(new_sessions)
    )
    contents = Contents(
        sessions=tuple(new_sessions),
        nights=tuple(_settled_night(night, nights.get(night.day)) for night in read.nights),
        cramps=tuple(new_cramps),
        runs=tuple(new_runs),
    )
    return contents, left_out


def turned_nights(read: Contents, present: Contents) -> frozenset[date]:
    """Return the nights that were logged without a cramp, and now have one."""
    clear = {night.day for night in present.nights if not night.cramps}
    clear |= {night.day for night in read.nights if not night.cramps and night.day not in clear}
    ids = {cramp.id for cramp in present.cramps}
    at_night = (cramp for cramp in read.cramps if cramp.context is CrampContext.NIGHT)
    return frozenset(cramp.day for cramp in at_night if cramp.id not in ids) & clear


def _settled_night(night: Night, before: Night | None) -> Night:
    """Return what is known where the file has the same number and says nothing better of it."""
    if before is None or before.cramps != night.cramps:
        return night
    return night if before.recalled and not night.recalled else before


def _is_known_cramp(cramp: Cramp, present: Iterable[Cramp]) -> bool:
    return any(
        (other.muscle, other.side) == (cramp.muscle, cramp.side)
        and abs(other.at - cramp.at) <= _SAME_CRAMP
        and is_hour_known(other.at)
        for other in present
    )


def _is_known_run(run: Run, present: Iterable[Run]) -> bool:
    return any(
        other.started.date() == run.started.date()
        and _are_near(other.seconds, run.seconds)
        and (other.metres is None or run.metres is None or _are_near(other.metres, run.metres))
        for other in present
    )


def _are_near(first: float, second: float) -> bool:
    return abs(first - second) <= _SAME_SHARE * max(first, second)


def _new_sessions(
    read: Iterable[SessionRecord], present: Iterable[SessionRecord]
) -> list[SessionRecord]:
    """Return the sessions beyond those that were led on the same day."""
    before = {session.id: session for session in present}
    led = Counter(
        (session.routine, (session.started_at - _EVENING_ENDS).date())
        for session in present
        if session.done_ms and is_hour_known(session.started_at)
    )
    new: list[SessionRecord] = []
    for session in read:
        key = session.routine, session.started_at.date()
        if session.id in before:
            new.append(before[session.id])
        elif led[key]:
            led[key] -= 1
        else:
            new.append(session)
    return new
