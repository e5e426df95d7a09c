"""Backups of the journal: made by themselves, brought back, and everything erased on request."""

import contextlib
from datetime import date
from pathlib import Path

from uncramp.coach.coach import Coach
from uncramp.coach.whole_file import write_whole
from uncramp.journal import backup
from uncramp.journal.archive import Archive
from uncramp.journal.backup import Backup
from uncramp.journal.database import JournalDamage
from uncramp.journal.store import FILE_NAME
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

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
        self._today: date = coach.read_date().date()

    def is_due(self) -> bool:
        """Whether there is a journal, and no copy of today yet."""
        return self._journal.exists() and backup.is_due(self._folder, self._today)

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
        keep_in: a file that a last copy is written to before; None for none.

    Raises:
        EnvironmentFault: the copy or the erasing failed; in the first case all is as it was.
    """
    journal = coach.journal
    if journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    if keep_in is not None:
        last = back_up_now(coach)
        try:
            content = last.path.read_bytes()
        except OSError as error:
            raise EnvironmentFault(str(error)) from error
        write_whole(keep_in, content)
    Archive(journal).erase()
    for path in _copies(coach):
        if path != keep_in:
            with contextlib.suppress(OSError):
                path.unlink()


def _copies(coach: Coach) -> list[Path]:
    data = coach.places.data
    found = [one.path for one in backups(coach)]
    for pattern in ("journal-aside-*", "journal-before-version-*"):
        found.extend(data.glob(pattern))
    return found
