"""What files would change in the journal: shown first, then taken, and taken back.

What the journal has already is only replaced when that is asked for, and a backup is made before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from uncramp.coach.coach import Coach
from uncramp.coach.diary.backups import back_up_now
from uncramp.coach.diary.files import read_files
from uncramp.coach.diary.history import is_history, read_history
from uncramp.coach.session.past import past_session
from uncramp.journal.archive import Archive
from uncramp.journal.entry_imports import EntryImports
from uncramp.model.contents import Contents, EntryImport
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.model.plan import Plan
from uncramp.model.problem import Problem
from uncramp.model.record import Outcome


@dataclass(frozen=True, slots=True)
class Offer:
    """What files would bring.

    Attributes:
        name: of the files, for the user.
        changes: what would change.
        problems: what is left out, one for each cause.
        notes: sentences that the user should know before he agrees.
    """

    name: str
    changes: "Changes"
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def look_at(coach: Coach, paths: Sequence[Path]) -> Offer:
    """Return what tables of a spreadsheet, or what an export has written, would bring.

    Raises:
        EnvironmentFault: the files or the journal cannot be read.
    """
    if coach.journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    name = paths[0].name or str(paths[0])
    if len(paths) > 1:
        name = trn("{n} file", "{n} files", len(paths)).format(n=len(paths))
    present, _ = Archive(coach.journal).read()
    if is_history(paths):
        history = read_history(coach, paths, present)
        brought = changes(present, history.contents)
        return Offer(name, brought, history.problems, history.notes)
    read, problems = read_files(paths[0])
    read, whole = _with_whole_sessions(coach, read)
    notes = []
    if whole:
        words = trn(
            "{n} session without parts counts as done in full.",
            "{n} sessions without parts count as done in full.",
            whole,
        )
        notes.append(words.format(n=whole))
    return Offer(name, changes(present, read), problems, tuple(notes))


def _with_whole_sessions(coach: Coach, read: Contents) -> tuple[Contents, int]:
    """Give the parts of their routine to sessions that say nothing of theirs."""
    routines = coach.library.routines
    bare = [
        session
        for session in read.sessions
        if not session.parts and session.outcome is Outcome.FINISHED and session.routine in routines
    ]
    whole = {
        session.id: past_session(
            coach, routines[session.routine], session.id, session.started_at
        ).parts
        for session in bare
    }
    sessions = tuple(
        replace(session, parts=whole.get(session.id, session.parts)) for session in read.sessions
    )
    return replace(read, sessions=sessions), len(whole)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import would change.

    Attributes:
        new: what the journal does not have.
        different: what it has otherwise; taken only when that is asked for.
        same: how many things it has already.
    """

    new: Contents
    different: Contents
    same: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take."""
        return all(not part.count and part.plan == Plan() for part in (self.new, self.different))


def changes(present: Contents, read: Contents) -> Changes:
    """Compare what was read with what the journal holds."""
    new: dict[str, Any] = {}
    different: dict[str, Any] = {}
    same = 0
    for kind, key in _KEYS.items():
        have = {getattr(entry, key): entry for entry in getattr(present, kind)}
        entries = getattr(read, kind)
        new[kind] = tuple(entry for entry in entries if getattr(entry, key) not in have)
        different[kind] = tuple(
            entry for entry in entries if have.get(getattr(entry, key), entry) != entry
        )
        same += len(entries) - len(new[kind]) - len(different[kind])
    new_plan, different_plan = _plan_changes(present.plan, read.plan)
    return Changes(Contents(**new, plan=new_plan), Contents(**different, plan=different_plan), same)


_KEYS = {
    "sessions": "id",
    "nights": "day",
    "cramps": "id",
    "days": "day",
    "runs": "id",
    "experiments": "id",
    "check_ins": "day",
}


def _plan_changes(present: Plan, read: Plan) -> tuple[Plan, Plan]:
    items = {item.id: item for item in present.items}
    pauses = {pause.id: pause for pause in present.pauses}
    new = Plan(
        tuple(item for item in read.items if item.id not in items),
        tuple(pause for pause in read.pauses if pause.id not in pauses),
        read.skips - present.skips,
    )
    different = Plan(
        tuple(item for item in read.items if items.get(item.id, item) != item),
        tuple(pause for pause in read.pauses if pauses.get(pause.id, pause) != pause),
    )
    return new, different


def take(coach: Coach, offer: Offer, *, with_different: bool) -> int:
    """Write what an import brings, after a backup, and return how many things were written.

    `undo_last_entries` takes it back.

    Args:
        coach: knows date and journal.
        offer: what is new, and what differs.
        with_different: whether what differs is replaced.

    Raises:
        EnvironmentFault: nothing was written.
    """
    journal = coach.journal
    if journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    back_up_now(coach)
    wanted = offer.changes.new
    if with_different:
        wanted = _joined(wanted, offer.changes.different)
    now = coach.read_date()
    EntryImports(journal).add(EntryImport(str(uuid4()), now, offer.name), wanted, now)
    return wanted.count


class UndoneEntries(NamedTuple):
    """An import of entries that was taken back.

    Attributes:
        entry_import: which.
        gone: how many entries went, or are again what they were before.
        kept: how many were changed since, and stay.
    """

    entry_import: EntryImport
    gone: int
    kept: int


def last_entry_import(coach: Coach) -> EntryImport | None:
    """Return the last import of entries that is not undone; None when there is none.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    if coach.journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    return next((last for last in EntryImports(coach.journal).all() if not last.undone), None)


def undo_last_entries(coach: Coach) -> UndoneEntries | None:
    """Take back the last import of entries; None when there is none.

    Raises:
        EnvironmentFault: the journal cannot be written.
    """
    last = last_entry_import(coach)
    if last is None or coach.journal is None:
        return None
    gone, kept = EntryImports(coach.journal).undo(last.id, coach.read_date())
    return UndoneEntries(last, gone, kept)


def _joined(first: Contents, second: Contents) -> Contents:
    kinds = {kind: getattr(first, kind) + getattr(second, kind) for kind in _KEYS}
    plan = first.plan._replace(
        items=first.plan.items + second.plan.items,
        pauses=first.plan.pauses + second.plan.pauses,
    )
    return Contents(**kinds, plan=plan)
