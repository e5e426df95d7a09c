"""Recordings to runs of the journal: which are new, which are known, which are none, and why."""

import posixpath
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
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
from uncramp.recordings.judging import Judgement, Verdict, judged, settled
from uncramp.recordings.reading import Reading

FAST_FROM = 1.03
"""Faster by more than 3 % than the rest is a fast start, as the planner has it at its check."""
HILLS_FROM = 0.015
"""Ascent for each metre of way: 15 m a kilometre, as the planner has it."""
_RANK = (Kind.FIT, Kind.TCX, Kind.GPX, Kind.APPLE, Kind.STRAVA, Kind.GARMIN, Kind.INTERVALS)
"""Of the same run the first is taken, and completed from the others."""


class Status(StrEnum):
    """What came of a file, and of each run in it.

    DOUBTFUL and NOT_A_RUN are taken only when the user says so.
    """

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    DOUBTFUL = "doubtful"
    NOT_A_RUN = "not_a_run"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"


TAKEN = frozenset({Status.IMPORTED, Status.PARTIAL})
"""What is taken without a word of the user."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One recording as the run that it would be.

    Attributes:
        run: what the journal would hold.
        status: what it is held to be.
        reason: why; a sentence without its subject, or empty.
        called: what the file calls its sport, in its own word; empty for nothing.
        can_be_taken: whether the user may say that it was a run.
    """

    run: Run
    status: Status
    reason: str
    called: str
    can_be_taken: bool


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file.

    Attributes:
        file: its name, with that of its archive.
        status: what came of it; partial was taken, too.
        reason: why it is not simply imported; a sentence without its subject, or empty.
        offers: all recordings in it, in their order.
        problems: all that was wrong, with places.
    """

    file: str
    status: Status
    reason: str = ""
    offers: tuple[Offer, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """Those that are new, and certain enough to be taken."""
        return tuple(offer.run for offer in self.offers if offer.status in TAKEN)


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
    def offers(self) -> tuple[Offer, ...]:
        """All recordings of all files."""
        return tuple(offer for result in self.results for offer in result.offers)

    @property
    def runs(self) -> tuple[Run, ...]:
        """All new runs that are certain enough, in order."""
        return self.chosen({offer.run.id for offer in self.offers if offer.status in TAKEN})

    def chosen(self, ids: Container[str]) -> tuple[Run, ...]:
        """Return the runs with these ids, in order."""
        runs = (offer.run for offer in self.offers if offer.can_be_taken)
        return tuple(sorted((run for run in runs if run.id in ids), key=_started))

    def count(self, status: Status) -> int:
        """Return how many files have a status."""
        return sum(result.status is status for result in self.results)


@dataclass(slots=True)
class _Candidate:
    reading: int
    recording: Recording
    judgement: Judgement
    kind: Kind
    same_as: str = ""


@dataclass(slots=True)
class _Sorted:
    """What the readings hold, on its way to results."""

    candidates: list[_Candidate] = field(default_factory=list)
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
    held = list(present)
    # A ride that began with a run is no second copy of it.
    for verdicts in ({Verdict.RUN, Verdict.DOUBTFUL}, {Verdict.OTHER}):
        alike = [each for each in found.candidates if each.judgement.verdict in verdicts]
        _find_copies(alike, held, read.readings)
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


def take_import(coach: Coach, runs: Sequence[Run], name: str, new_id: str) -> RunImport | None:
    """Write new runs at once, and return what can be undone; None when there are none.

    Raises:
        EnvironmentFault: nothing was written.
    """
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


def _order(candidate: _Candidate) -> tuple[int, bool, int, int]:
    surest = list(Verdict).index(candidate.judgement.verdict)
    rank = _RANK.index(candidate.kind)
    return surest, candidate.recording.partial, rank, candidate.reading


# -- sorting


def _find_copies(
    candidates: Sequence[_Candidate], present: Iterable[Run], readings: Sequence[Reading]
) -> None:
    """Mark what the journal or a surer candidate has, and complete that one from its copies."""
    known = Known((run.started, (run.seconds,)) for run in present)
    winners: dict[int, _Candidate] = {}
    for candidate in sorted(candidates, key=_order):
        recording = candidate.recording
        number = known.like(recording)
        if number is None:
            spent = (recording.timer_s, recording.elapsed_s)
            wall = recording.clock is Clock.WALL
            winners[known.add(recording.started, spent, wall=wall)] = candidate
        elif number in winners:
            winner = winners[number]
            winner.recording = joined(winner.recording, recording)
            candidate.same_as = _short(readings[winner.reading].source.shown)
        else:
            candidate.same_as = tr("the journal")


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
        for recording in map(settled, recordings):
            judgement = judged(recording, now)
            kind = readings[number].kind
            found.candidates.append(_Candidate(number, recording, judgement, kind))
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
    mine = [candidate for candidate in found.candidates if candidate.reading == number]
    offers = tuple(_offer(candidate, reading, new_id()) for candidate in mine)
    problems = [_sentence(problem) for problem in reading.problems]
    errors = any(problem.severity is Severity.ERROR for problem in reading.problems)
    missing = found.missing.get(number, 0)
    statuses = {offer.status for offer in offers}
    if missing and statuses & TAKEN:
        problems.append(
            trn(
                "the file of {n} run is missing; its row was used",
                "the files of {n} runs are missing; their rows were used",
                missing,
            ).format(n=missing)
        )
    status = _status(statuses, errors=errors, missing=bool(missing))
    if number in found.belongs and status not in {*TAKEN, Status.DOUBTFUL}:
        status, problems = Status.DUPLICATE, [tr("its rows belong to the files beside it")]
    reasons = [offer.reason for offer in offers if offer.status is status and offer.reason]
    if status is Status.DUPLICATE and reasons:
        problems = []
    sentences = tuple(dict.fromkeys([*problems, *reasons])) or (
        () if offers else (tr("holds no run"),)
    )
    return FileResult(reading.source.shown, status, _in_short(sentences), offers, reading.problems)


def _status(statuses: Container[Status], *, errors: bool, missing: bool) -> Status:
    """Return what came of a file whose recordings have these."""
    if Status.PARTIAL in statuses or Status.IMPORTED in statuses:
        in_part = Status.PARTIAL in statuses or errors or missing
        return Status.PARTIAL if in_part else Status.IMPORTED
    for status in (Status.DOUBTFUL, Status.DUPLICATE, Status.NOT_A_RUN):
        if status in statuses:
            return status
    return Status.UNREADABLE if errors else Status.NOT_A_RUN


def _offer(candidate: _Candidate, reading: Reading, run_id: str) -> Offer:
    recording, verdict = candidate.recording, candidate.judgement.verdict
    reasons = [candidate.judgement.reason, recording.left_out]
    status = {Verdict.RUN: Status.IMPORTED, Verdict.DOUBTFUL: Status.DOUBTFUL}.get(
        verdict, Status.NOT_A_RUN
    )
    if candidate.same_as:
        status = Status.DUPLICATE
        reasons = [tr("the same run is in {place}").format(place=candidate.same_as)]
    elif verdict is Verdict.RUN and recording.partial:
        status = Status.PARTIAL
    return Offer(
        _run(recording, reading, run_id),
        status,
        "; ".join(filter(None, reasons)),
        recording.called,
        not candidate.same_as and verdict is not Verdict.IMPOSSIBLE,
    )


def _in_short(words: Sequence[str]) -> str:
    if len(words) < 3:
        return "; ".join(words)
    more = trn("and {n} more", "and {n} more", len(words) - 1).format(n=len(words) - 1)
    return f"{words[0]} ({more})"


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
