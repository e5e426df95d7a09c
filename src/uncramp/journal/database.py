"""Opening the journal's file: permissions, version, migration on a copy, calm refusals."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uncramp.journal.schema import APPLICATION_ID, MIGRATIONS, VERSION
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

BUSY_TIMEOUT_S = 3.0


def connect(path: Path) -> sqlite3.Connection:
    """Open the journal at `path`, creating or migrating it.

    Raises:
        EnvironmentFault: the file cannot be used; the message says why. It was not changed.
    """
    with _faults_named(path):
        _make_private_folder(path.parent)
        fresh = not path.exists() or path.stat().st_size == 0
        if fresh:
            _create_private_file(path)
        connection = _opened(path)
        try:
            _bring_up_to_date(connection, path, fresh=fresh)
        except BaseException:
            connection.close()
            raise
        return connection


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        # Per connection, not once: SQLite forgets it with the connection.
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, *, fresh: bool) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if not fresh and application != APPLICATION_ID:
        raise EnvironmentFault(
            tr("{path} is not a journal of Uncramp. It was left as it is.").format(path=path)
        )
    if version > VERSION:
        raise EnvironmentFault(
            tr(
                "The journal {path} was written by a newer Uncramp. Please update the program; "
                "the journal was left as it is."
            ).format(path=path)
        )
    if version == VERSION:
        return
    if not fresh:
        _keep_copy(connection, path, version)
    with transaction(connection):
        for step in MIGRATIONS[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make everything inside happen together or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the file before a migration touches it."""
    copy = path.with_name(f"{path.stem}-before-version-{version + 1}{path.suffix}")
    _create_private_file(copy)
    target = sqlite3.connect(copy)
    try:
        connection.backup(target)
    finally:
        target.close()


def _make_private_folder(folder: Path) -> None:
    existed = folder.exists()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not existed:
        folder.chmod(0o700)


def _create_private_file(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    """Turn what the world does to a file into one sentence for the user."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise EnvironmentFault(_sentence(path, str(error))) from error
    except sqlite3.DatabaseError as error:
        raise EnvironmentFault(
            tr(
                "The journal {path} is damaged and cannot be read ({error}). It was left as it is."
            ).format(path=path, error=error)
        ) from error
    except OSError as error:
        raise EnvironmentFault(
            tr("The data folder {folder} cannot be used: {reason}.").format(
                folder=path.parent, reason=error.strerror or error
            )
        ) from error


def _sentence(path: Path, error: str) -> str:
    if "locked" in error:
        return tr("The journal {path} is in use by another program.").format(path=path)
    if "readonly" in error or "unable to open" in error:
        return tr("The journal {path} cannot be written.").format(path=path)
    if "full" in error or free_bytes(path.parent) < 1_000_000:
        return tr("There is no room left on the disk for the journal {path}.").format(path=path)
    return tr("The journal {path} cannot be used: {error}.").format(path=path, error=error)


def free_bytes(folder: Path) -> int:
    """Return the free room on the disk of `folder`; a large number when it cannot be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 1 << 60


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run a transaction and name the world's faults.

    Raises:
        EnvironmentFault: nothing was written.
    """
    with _faults_named(path), transaction(connection):
        yield


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Name the world's faults while reading.

    Raises:
        EnvironmentFault: the file could not be read.
    """
    with _faults_named(path):
        yield
