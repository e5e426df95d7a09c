"""Recordings to runs of the journal: which are new, which are known, which are none, and why."""

import posixpath
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from uncramp.coach.coach import Coach
from uncramp.coach.runs.reading import Readings
from uncramp.coach.when import local_instant
from uncramp.journal.imports import RunImports
from uncramp.model.diary import Run, Terrain
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.model.problem import Problem, Severity
from uncramp.model.recording import Clock, Recording, RunImport, Sport
from uncramp.recordings.detect import Kind
from uncramp.recordings.duplicates import Known, joined
from uncramp.recordings.finding import is_named_as_recording
from uncramp.recordings.reading import Reading

FAST_FROM = 1.03
"""Faster by more than 3 % than the rest is a fast start, as the planner has it at its check."""
HILLS_FROM = 0.015
"""Ascent for each metre of way: 15 m a kilometre, as the planner has it."""
A_RUN_S = 60.0
LATEST = timedelta(days=1)
_RANK = (Kind.FIT, Kind.TCX, Kind.GPX, Kind.APPLE, Kind.STRAVA, Kind.GARMIN, Kind.INTERVALS)
"""Of the same run the first is taken, and completed from the others."""


class Status(StrEnum):
    """What came of a file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    NOT_A_RUN = "not_a_run"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file.

    Attributes:
        file: its name, with that of its archive.
        status: what came of it; partial was taken, too.
        reason: why it is not simply imported; a sentence without its subject, or empty.
        runs: those that are new.
        problems: all that was wrong, with places.
    """

    file: str
    status: Status
    reason: str = ""
    runs: tuple[Run, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import would bring.

    Attributes:
        results: one for each file that may be a recording.
        others: how many files were passed over, which nobody would take for recordings.
        cancelled: stopped before the end.
    """

    results: tuple[FileResult, ...]
    others: int = 0
    cancelled: bool = False

    @property
    def runs(self) -> tuple[Run, ...]:
        """All new runs, in order."""
        found = [run for result in self.results for run in result.runs]
        return tuple(sorted(found, key=_started))

    def count(self, status: Status) -> int:
        """Return how many files have a status."""
        return sum(result.status is status for result in self.results)


@dataclass(slots=True)
class _Candidate:
    reading: int
    recording: Recording
    kind: Kind
    taken: bool = False
    same_as: str = ""


@dataclass(slots=True)
class _Sorted:
    """What the readings hold, on its way to results."""

    candidates: list[_Candidate] = field(default_factory=list)
    reasons: dict[int, list[str]] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)
    belongs: set[int] = field(default_factory=set)


def plan_import(
    read: Readings,
    present: Iterable[Run],
    now: datetime,
    new_id: Callable[[], str],
) -> ImportReport:
    """Return what an import would bring; nothing is written.

    Args:
        read: the files.
        present: the runs of the journal.
        now: with an offset; what begins more than a day later is not believed.
        new_id: makes a UUID for each new run.
    """
    found = _sorted(read.readings, now)
    known = Known((run.started, (run.seconds,)) for run in present)
    winners: dict[int, _Candidate] = {}
    for one in sorted(found.candidates, key=_order):
        number = known.like(one.recording)
        if number is None:
            spent = (one.recording.timer_s, one.recording.elapsed_s)
            wall = one.recording.clock is Clock.WALL
            winners[known.add(one.recording.started, spent, wall=wall)] = one
            one.taken = True
        elif number in winners:
            winner = winners[number]
            winner.recording = joined(winner.recording, one.recording)
            one.same_as = _short(read.readings[winner.reading].source.shown)
        else:
            one.same_as = tr("the journal")
    results = []
    others = 0
    apple = {one.source.archive for one in read.readings if one.kind is Kind.APPLE}
    for number, reading in enumerate(read.readings):
        if _is_other(reading, apple):
            others += 1
        else:
            results.append(_result(number, reading, found, new_id))
    refused = [
        FileResult(one.file, Status.UNREADABLE, _sentence(one), (), (one,)) for one in read.refused
    ]
    return ImportReport((*results, *refused), others, read.cancelled)


def take_import(coach: Coach, report: ImportReport, name: str, new_id: str) -> RunImport | None:
    """Write all new runs at once, and return what can be undone; None when there are none.

    Raises:
        EnvironmentFault: nothing was written.
    """
    runs = report.runs
    if not runs:
        return None
    if coach.journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    now = coach.read_date()
    made = RunImport(new_id, now, name, len(runs))
    RunImports(coach.journal).add(made, runs, now)
    return made


def undo_last_import(coach: Coach) -> RunImport | None:
    """Take the runs of the newest import out that is not undone; None when there is none.

    Raises:
        EnvironmentFault: nothing was changed.
    """
    last = last_import(coach)
    if last is None or coach.journal is None:
        return None
    taken = RunImports(coach.journal).undo(last.id, coach.read_date())
    return replace(last, runs=taken, undone=True)


def last_import(coach: Coach) -> RunImport | None:
    """Return the newest import that is not undone; None when there is none.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    if coach.journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    return next((one for one in RunImports(coach.journal).all() if not one.undone), None)


def _started(run: Run) -> datetime:
    return run.started


def _order(one: _Candidate) -> tuple[bool, int, int]:
    return one.recording.partial, _RANK.index(one.kind), one.reading


# -- sorting


def _sorted(readings: Sequence[Reading], now: datetime) -> _Sorted:
    found = _Sorted()
    places = {
        (one.source.archive, one.source.name.casefold()): number
        for number, one in enumerate(readings)
    }
    completed = {number: list(one.recordings) for number, one in enumerate(readings)}
    for number, reading in enumerate(readings):
        if reading.files:
            completed[number] = _rows_left(number, reading, completed, places, found)
    for number, recordings in completed.items():
        for recording in recordings:
            refusal = _refusal(recording, now)
            if refusal:
                found.reasons.setdefault(number, []).append(refusal)
            else:
                found.candidates.append(_Candidate(number, recording, readings[number].kind))
    return found


def _rows_left(
    number: int,
    reading: Reading,
    completed: dict[int, list[Recording]],
    places: dict[tuple[str, str], int],
    found: _Sorted,
) -> list[Recording]:
    """Give each row of a list to the file that it speaks of, and return those without one."""
    left = []
    source = reading.source
    for row, file in zip(reading.recordings, reading.files, strict=True):
        name = posixpath.join(posixpath.dirname(source.name), file).casefold()
        target = places.get((source.archive, name)) if file and source.archive else None
        if target is not None and completed[target]:
            _complete(completed[target], row)
            found.belongs.add(number)
            continue
        if row.sport is Sport.RUN and file and source.archive:
            found.missing[number] = found.missing.get(number, 0) + 1
        left.append(row)
    return left


def _complete(recordings: list[Recording], row: Recording) -> None:
    """Complete what a file told from its row: the one that began then, or the only one."""
    at = 0
    if len(recordings) > 1:
        starts = [abs((one.started - row.started).total_seconds()) for one in recordings]
        at = starts.index(min(starts))
    found = joined(recordings[at], row)
    if row.sport is Sport.RUN and len(recordings) == 1:
        found = replace(found, sport=Sport.RUN)  # somebody may have set it right there
    recordings[at] = found


def _refusal(recording: Recording, now: datetime) -> str:
    """Return why a recording is no run of the journal; empty when it is one."""
    if recording.sport is Sport.OTHER:
        return tr("is another sport")
    if recording.timer_s < 1 or (not recording.metres and recording.timer_s < A_RUN_S):
        return tr("ended right after it began, without any way")
    if recording.started > now + LATEST:
        return tr("begins in the future")
    return ""


# -- results


def _is_other(reading: Reading, apple: set[str]) -> bool:
    """Whether nobody who picked a folder or an export would miss it in the report."""
    if not reading.source.archive:
        return False
    if reading.kind in {Kind.UNKNOWN, Kind.EMPTY, Kind.WEB_PAGE}:
        return not is_named_as_recording(reading.source)
    is_route = reading.kind is Kind.GPX and not reading.recordings
    return is_route and reading.source.archive in apple


def _result(number: int, reading: Reading, found: _Sorted, new_id: Callable[[], str]) -> FileResult:
    mine = [one for one in found.candidates if one.reading == number]
    taken = [one for one in mine if one.taken]
    runs = tuple(_run(one.recording, reading, new_id()) for one in taken)
    same = [one.same_as for one in mine if one.same_as]
    told = [_sentence(one) for one in reading.problems]
    errors = any(one.severity is Severity.ERROR for one in reading.problems)
    missing = found.missing.get(number, 0)
    if missing and taken:
        told.append(
            trn(
                "the file of {n} run is missing; its row was taken",
                "the files of {n} runs are missing; their rows were taken",
                missing,
            ).format(n=missing)
        )
    if taken:
        doubtful = errors or missing or any(one.recording.partial for one in taken)
        status = Status.PARTIAL if doubtful else Status.IMPORTED
        if any(one.recording.sport is Sport.UNKNOWN for one in taken):
            told.append(tr("no sport is named; by its pace it was a run"))
    elif same or number in found.belongs:
        status = Status.DUPLICATE
        told = [tr("the same run is in {place}").format(place=same[0])] if same else []
        if not same:
            told = [tr("its rows belong to the files beside it")]
    else:
        reasons = found.reasons.get(number, [])
        status = Status.UNREADABLE if errors and not reasons else Status.NOT_A_RUN
        told.extend(dict.fromkeys(reasons))
        if not told:
            told = [tr("holds no run")]
    return FileResult(reading.source.shown, status, _in_short(told), runs, reading.problems)


def _in_short(told: Sequence[str]) -> str:
    if len(told) < 3:
        return "; ".join(told)
    more = trn("and {n} more", "and {n} more", len(told) - 1).format(n=len(told) - 1)
    return f"{told[0]} ({more})"


def _sentence(problem: Problem) -> str:
    if not problem.line:
        return problem.message
    place = tr("line {line}").format(line=problem.line)
    return f"{place}: {problem.message}"


def _short(shown: str) -> str:
    return shown.replace("\\", "/").rpartition("/")[2]


def _run(recording: Recording, reading: Reading, run_id: str) -> Run:
    return Run(
        id=run_id,
        started=_at_place(recording),
        seconds=round(recording.timer_s),
        metres=recording.metres,
        effort=recording.effort,
        terrain=_terrain(recording),
        temperature_c=recording.air_temperature_c,
        fast_start=None if recording.early_pace is None else recording.early_pace > FAST_FROM,
        source=_short(reading.source.shown),
    )


def _at_place(recording: Recording) -> datetime:
    """Where the offset of the place is not known, it is taken to be this machine's at that time."""
    if recording.clock is Clock.PLACE:
        return recording.started
    if recording.clock is Clock.WALL:
        return local_instant(recording.started.replace(tzinfo=None))[0]
    return recording.started.astimezone()


def _terrain(recording: Recording) -> Terrain | None:
    if recording.indoor:
        return Terrain.TREADMILL
    if recording.terrain is not None:
        return recording.terrain
    if recording.ascent_m and recording.metres:
        return Terrain.HILLS if recording.ascent_m >= recording.metres * HILLS_FROM else None
    return None
