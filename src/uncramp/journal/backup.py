"""Dated copies of the journal's file, which of them stay, and how one comes back.

A copy is made by SQLite itself, so that it is whole even while somebody writes; it is looked
through before it takes the place of an older one.
"""

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from uncramp.journal.database import reading
from uncramp.journal.new_file import new_file
from uncramp.journal.schema import APPLICATION_ID, VERSION
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

DAYS_KEPT = 14
MONTHS_KEPT = 12
ENDING = ".sqlite"
_NAME = re.compile(r"journal-(\d{4}-\d{2}-\d{2})\.sqlite")


@dataclass(frozen=True, slots=True)
class Backup:
    """One dated copy.

    Attributes:
        path: of the file.
        day: of which it holds the journal.
        size_bytes: of the file.
    """

    path: Path
    day: date
    size_bytes: int


def backups(folder: Path) -> tuple[Backup, ...]:
    """Return the dated copies in a folder, newest first; a folder that is not there has none."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            with contextlib.suppress(ValueError, OSError):
                if match and path.is_file():
                    day = date.fromisoformat(match.group(1))
                    found.append(Backup(path, day, path.stat().st_size))
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def is_due(folder: Path, today: date) -> bool:
    """Whether there is no copy of today yet."""
    return all(backup.day != today for backup in backups(folder))


def back_up(journal: Path, folder: Path, today: date) -> Backup:
    """Copy the journal's file under today's date, in the place of an earlier copy of today.

    It may be called from any thread, while the journal is open and written.

    Raises:
        EnvironmentFault: it could not be copied; earlier copies are untouched.
        JournalDamage: the copy does not hold together, so it was not kept.
    """
    target = folder / f"journal-{today.isoformat()}{ENDING}"
    with _faults_named(folder), reading(journal):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with new_file(target) as new:
            source = sqlite3.connect(journal.resolve().as_uri() + "?mode=ro", uri=True)
            try:
                _copied(source, new)
            finally:
                source.close()
            _hold_together(new)
        return Backup(target, today, target.stat().st_size)


def prune(folder: Path, keep: Path | None = None) -> tuple[Path, ...]:
    """Remove copies that are no longer needed, and return them.

    The newest of each of the last 14 days and of each of the last 12 months that have one stay,
    and `keep` in any case.
    """
    gone = []
    stay = _stay(backups(folder))
    for backup in backups(folder):
        if backup not in stay and backup.path != keep:
            with contextlib.suppress(OSError):
                backup.path.unlink()
                gone.append(backup.path)
    return tuple(gone)


def _stay(found: Sequence[Backup]) -> set[Backup]:
    stay = set(found[:DAYS_KEPT])
    months: dict[tuple[int, int], Backup] = {}
    for backup in found:
        months.setdefault((backup.day.year, backup.day.month), backup)
    return stay | set(list(months.values())[:MONTHS_KEPT])


def newest_good(folder: Path) -> Backup | None:
    """Return the newest copy that holds together; None where there is none."""
    for backup in backups(folder):
        try:
            _hold_together(backup.path)
        except (sqlite3.Error, OSError):
            continue
        return backup
    return None


def restore(backup: Path, journal: Path, now: datetime) -> Path | None:
    """Put a copy in the journal's place, and return where the present file is kept.

    Nobody may have the journal open. At every instant there is a whole journal at its place.

    Raises:
        EnvironmentFault: the copy cannot be used; the present file is where it was.
    """
    journal = Path(os.path.realpath(journal))  # SQLite, too, has its second file beside that
    aside = _free_name(journal.with_name(f"{journal.stem}-aside-{now:%Y-%m-%d-%H%M%S}{ENDING}"))
    with _faults_named(journal.parent):
        try:
            _hold_together(backup)
        except sqlite3.Error as error:
            raise EnvironmentFault(
                tr("The backup {path} cannot be used ({error}). Nothing was changed.").format(
                    path=backup, error=error
                )
            ) from error
        had_one = journal.exists()
        with new_file(journal, before_replacing=_Aside(journal, aside).keep) as new:
            shutil.copyfile(backup, new)
    return aside if had_one else None


@dataclass(frozen=True, slots=True)
class _Aside:
    """Keeps the present file under another name, with what was not yet written into it."""

    journal: Path
    aside: Path

    def keep(self) -> None:
        if not self.journal.exists():
            return
        # What was not yet written into the file goes with it, and never into the one that comes.
        for ending in ("-wal", "-shm"):
            rest = self.journal.with_name(self.journal.name + ending)
            with contextlib.suppress(FileNotFoundError):
                rest.rename(self.aside.with_name(self.aside.name + ending))
        try:
            os.link(self.journal, self.aside)
        except OSError:  # a file system without links
            shutil.copyfile(self.journal, self.aside)
            self.aside.chmod(0o600)


def _free_name(path: Path) -> Path:
    found, number = path, 2
    while found.exists():
        found, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return found


def _copied(source: sqlite3.Connection, new: Path) -> None:
    target = sqlite3.connect(new)
    try:
        # A copy that is not whole is thrown away, so it needs no second file to be mended by.
        target.execute("PRAGMA journal_mode = OFF")
        source.backup(target)
        # So that it can be looked through without a second file beside it.
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()


def _hold_together(path: Path) -> None:
    """Look through a copy.

    Raises:
        sqlite3.Error: it is no whole journal, or one of a newer program.
    """
    # Immutable: looking leaves nothing behind, even in a folder that cannot be written.
    connection = sqlite3.connect(path.resolve().as_uri() + "?mode=ro&immutable=1", uri=True)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID or not 0 < version <= VERSION:
            raise sqlite3.DatabaseError(tr("it is not a journal that this program can read"))
        # Not the quick check, which does not look whether the indexes fit the tables.
        (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            raise sqlite3.DatabaseError(str(answer))
    finally:
        connection.close()


@contextmanager
def _faults_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFault(
            tr("The folder {folder} cannot be used: {reason}.").format(
                folder=folder, reason=error.strerror or error
            )
        ) from error
