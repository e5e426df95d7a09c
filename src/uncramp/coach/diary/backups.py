"""Backups of the journal: made by themselves, brought back, and everything erased on request."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from uncramp.coach.coach import Coach
from uncramp.coach.diary.files import export
from uncramp.coach.opening import FILE_NAME as NOTES_NAME
from uncramp.coach.places import Places
from uncramp.journal import backup
from uncramp.journal.archive import Archive
from uncramp.journal.backup import Backup
from uncramp.journal.database import JournalDamage
from uncramp.journal.locks import sweep
from uncramp.journal.new_file import PREFIX
from uncramp.journal.store import FILE_NAME
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.routines.folders import EXERCISES_FOLDER, ROUTINES_FOLDER

FOLDER = "backups"


def folder(coach: Coach) -> Path:
    """Return where the dated copies are."""
    return coach.places.data / FOLDER


def backups(coach: Coach) -> tuple[Backup, ...]:
    """Return the dated copies, newest first."""
    return backup.backups(folder(coach))


class DailyBackup:
    """Today's copy, made at most once a day and from any thread.

    Args:
        coach: whose journal is copied.
    """

    def __init__(self, coach: Coach) -> None:
        self._journal = coach.places.data / FILE_NAME
        self._folder = folder(coach)
        # Else it was said already that nothing can be written there.
        self._is_writable = coach.journal is None or not coach.journal.refusal
        self._today: date = coach.read_date().date()

    def is_due(self) -> bool:
        """Whether there is a journal on a disk that can be written, and no copy of today yet."""
        return (
            self._is_writable
            and self._journal.exists()
            and backup.is_due(self._folder, self._today)
        )

    def make(self) -> str:
        """Make it, and return what the user has to know: mostly nothing.

        Older copies go only after the new one was looked through, so that a damaged journal
        never pushes the good ones out.
        """
        try:
            made = backup.back_up(self._journal, self._folder, self._today)
        except EnvironmentFault as fault:
            return str(fault)
        backup.prune(self._folder, keep=made.path)
        return ""


def back_up_now(coach: Coach) -> Backup:
    """Copy the journal as it is now, in the place of an earlier copy of today.

    Raises:
        EnvironmentFault: it could not be copied.
    """
    today = coach.read_date().date()
    return backup.back_up(coach.places.data / FILE_NAME, folder(coach), today)


def offered(coach: Coach, fault: EnvironmentFault | None) -> Backup | None:
    """Return the backup that may help against what is wrong with the journal."""
    if not isinstance(fault, JournalDamage):
        return None
    return backup.newest_good(folder(coach))


def restore(coach: Coach, chosen: Backup) -> Path | None:
    """Put a backup in the journal's place, and return where the present file is kept.

    Raises:
        EnvironmentFault: it could not be done; the present journal is where it was.
    """
    coach.close()
    return backup.restore(chosen.path, coach.places.data / FILE_NAME, coach.read_date())


def erase(coach: Coach, keep_in: Path | None) -> None:
    """Erase all that was ever recorded, the backups too.

    Args:
        coach: whose journal is erased.
        keep_in: a file that all is written to before, as JSON that can be imported again; None
            for none.

    Raises:
        EnvironmentFault: the copy or the erasing failed, and all is as it was; or a copy in the
            user's own folders could not be removed.
    """
    journal = coach.journal
    if journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    if keep_in is not None:
        export(Archive(journal).rescue()[0], keep_in, "json")
    Archive(journal).erase()
    sweep_leftovers(coach.places)
    kept = None if keep_in is None else keep_in.resolve()
    copies = _copies(coach.places, journal.path.parent)
    _remove(path for path in copies if path.resolve() != kept)


def sweep_leftovers(places: Places) -> None:
    """Remove what programs that were killed left in the user's own folders.

    Each may hold a copy of the journal. What a living program is writing stays.
    """
    own_files = places.data / ROUTINES_FOLDER
    for place in (places.data, places.data / FOLDER, own_files, own_files / EXERCISES_FOLDER):
        sweep(place, *_UNFINISHED, "running-*.lock")
    sweep(places.config, *_UNFINISHED)
    sweep(places.cache, *_UNFINISHED, "*.json.*.new")


_UNFINISHED = (f"{PREFIX}*", ".settings-*")
"""Names of files that were never whole; the second is what settings once left."""


def _copies(places: Places, beside: Path) -> Iterator[Path]:
    """Yield everything but the journal itself that holds what was recorded, or a part of it.

    Args:
        places: of the user.
        beside: the folder of the journal's file, which may lie behind a link.
    """
    patterns = (*_UNFINISHED, "journal-aside-*", "journal-before-version-*")
    for place, names in (
        *((folder, (*patterns, NOTES_NAME)) for folder in dict.fromkeys((places.data, beside))),
        (places.data / FOLDER, (*_UNFINISHED, "journal-*")),
        (places.data / ROUTINES_FOLDER, _UNFINISHED),
        (places.data / ROUTINES_FOLDER / EXERCISES_FOLDER, _UNFINISHED),
        (places.config, _UNFINISHED),
        (places.cache, (*_UNFINISHED, "*.json", "*.json.*.new")),
    ):
        for name in names:
            yield from place.glob(name)


def _remove(paths: Iterable[Path]) -> None:
    """Remove files.

    Raises:
        EnvironmentFault: one or more of them stay; all others are gone.
    """
    stay = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            stay.append((path, error))
    if stay:
        path, fault = stay[0]
        raise EnvironmentFault(
            trn(
                "The journal was erased, but {path} could not be removed: {reason}. "
                "Please delete it yourself.",
                "The journal was erased, but {n} files with copies could not be removed, such as "
                "{path}: {reason}. Please delete them yourself.",
                len(stay),
            ).format(n=len(stay), path=path, reason=fault.strerror or fault)
        )
