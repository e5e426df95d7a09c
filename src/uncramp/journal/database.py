"""Opening the journal's file: permissions, version, migration on a copy, calm refusals."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uncramp.journal.new_file import is_ordinary, new_file
from uncramp.journal.schema import APPLICATION_ID, MIGRATIONS, VERSION
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

_TRIES = 20
OPENING_TIMEOUT_S = 3.0
BUSY_TIMEOUT_S = 0.2
"""A session waits for its record to be written, so another program cannot be waited for long."""


class JournalDamage(EnvironmentFault):  # of the file, not of the program
    """The file holds what cannot have been written by us; a backup may help."""


class CannotWrite(EnvironmentFault):  # of the place, not of the program
    """The disk is full or may only be read, so what is there can be read at best."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the journal at `path`, creating or migrating it.

    Raises:
        EnvironmentFault: the file cannot be used; the message says why. It was not changed.
        CannotWrite: as that; `connect_for_reading` may still read it.
    """
    with _faults_named(path):
        _refuse_special_files(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _create_private_file(path)
        if not os.access(path, os.W_OK):
            # SQLite itself would say so with the first entry only.
            raise CannotWrite(_sentence(path, "readonly"))
        connection = sqlite3.connect(path, timeout=OPENING_TIMEOUT_S, isolation_level=None)
        try:
            _refuse_what_is_not_ours(connection, path)
            _set_up(connection)
            _bring_up_to_date(connection, path)
            _close_to_others(path)
            connection.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")
        except BaseException:
            connection.close()
            raise
        return connection


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """Return what is in the journal at `path` as a copy in memory; the disk is not written to.

    Raises:
        EnvironmentFault: it cannot be read.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with _faults_named(path), _as_it_is(path) as source:
            _refuse_what_is_not_ours(source, path)
            source.backup(copy)
            _migrate(copy)
            copy.execute("PRAGMA query_only = ON")
    except BaseException:
        copy.close()
        raise
    return copy


@contextmanager
def _as_it_is(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file without writing, with what stands beside it and is not yet in it."""
    rest = path.with_name(f"{path.name}-wal")
    uri = f"{path.as_uri()}?mode=ro"
    if not rest.exists() or not rest.stat().st_size:
        with contextlib.closing(sqlite3.connect(f"{uri}&immutable=1", uri=True)) as source:
            yield source
        return
    import tempfile  # after a kill, on a disk that cannot be written

    with tempfile.TemporaryDirectory(prefix="uncramp-") as folder:
        # SQLite reads both together only where it may write a third file.
        for file in (path, rest):
            shutil.copyfile(file, Path(folder, file.name))
        with contextlib.closing(sqlite3.connect(Path(folder, path.name))) as source:
            yield source


def _refuse_special_files(path: Path) -> None:
    """A device or a pipe reads as an empty journal, or is waited for."""
    with contextlib.suppress(FileNotFoundError):
        if not is_ordinary(path):
            raise EnvironmentFault(
                tr("{path} is not an ordinary file, so it cannot be the journal.").format(path=path)
            )


def _refuse_what_is_not_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Look without changing a byte: what is refused has to stay as it is."""
    # In this order: a process that fills the file meanwhile gives it both at once.
    (things,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    application = _number(connection, "application_id")
    # Empty is a file whose maker ended before it was filled.
    is_empty = not things and application == 0
    if application != APPLICATION_ID and not is_empty:
        raise EnvironmentFault(
            tr("{path} is not an Uncramp journal. It was left unchanged.").format(path=path)
        )
    if _number(connection, "user_version") > VERSION:
        raise EnvironmentFault(
            tr(
                "The journal {path} was written by a newer Uncramp. Please update the program; "
                "the journal was left unchanged."
            ).format(path=path)
        )


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _close_to_others(path: Path) -> None:
    """Let only the user read the files, now that they are known to be a journal."""
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):  # the last two are not always there
            path.with_name(path.name + ending).chmod(0o600)


def _set_up(connection: sqlite3.Connection) -> None:
    # Per connection, not once: SQLite forgets it with the connection.
    connection.execute("PRAGMA foreign_keys = ON")
    _use_wal(connection)
    # What was confirmed is on the disk: with NORMAL a power cut may take the last entries back.
    connection.execute("PRAGMA synchronous = FULL")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer not wait for each other.

    SQLite does not wait by itself for this one change: of many first starts at once one makes it,
    and the others are told "locked" at once. They wait in the way in which it does.
    """
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    version = _number(connection, "user_version")
    if version == VERSION:
        return
    if version > 0:
        _keep_copy(connection, path, version)
    _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        # Asked again: another process may have done it while this one waited.
        for step in MIGRATIONS[_number(connection, "user_version") :]:
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
        connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself; a failed commit leaves it to us.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _keep_copy(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the file before a migration touches it."""
    copy = path.with_name(f"{path.stem}-before-version-{version + 1}{path.suffix}")
    with new_file(copy) as new, contextlib.closing(sqlite3.connect(new)) as target:
        connection.backup(target)


def _create_private_file(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    """Turn what the world does to a file into one sentence for the user."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours, such as a journal used after it was closed
    except sqlite3.OperationalError as error:
        raise _fault(path, str(error)) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise _damage(path, error) from error
    except OSError as error:
        raise EnvironmentFault(
            tr("The data folder {folder} cannot be used: {reason}.").format(
                folder=path.parent, reason=error.strerror or error
            )
        ) from error


def _fault(path: Path, error: str) -> EnvironmentFault:
    if any(word in error for word in _SIGNS_OF_DAMAGE):
        return _damage(path, error)
    if "locked" in error:
        return EnvironmentFault(
            tr("The journal {path} is in use by another program.").format(path=path)
        )
    return CannotWrite(_sentence(path, error))


def _sentence(path: Path, error: str) -> str:
    if "readonly" in error or "unable to open" in error:
        return tr("The journal {path} cannot be written.").format(path=path)
    if "full" in error or free_bytes(path.parent) < 1_000_000:
        return tr("There is no room left on the disk for the journal {path}.").format(path=path)
    return tr("The journal {path} cannot be used: {error}.").format(path=path, error=error)


_SIGNS_OF_DAMAGE = ("decode to UTF-8", "no such", "no column")


def _damage(path: Path, error: object) -> JournalDamage:
    return JournalDamage(
        tr(
            "The journal {path} is damaged and cannot be read ({error}). It was left unchanged."
        ).format(path=path, error=error)
    )


def free_bytes(folder: Path) -> int:
    """Return the free room on the disk of `folder`; a large number when it cannot be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 1 << 60


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at `path` from any other; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino


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
    """Name the world's faults while reading, and what cannot have been written by us.

    Raises:
        EnvironmentFault: the file could not be read.
    """
    with _faults_named(path):
        try:
            yield
        except (ValueError, TypeError, OverflowError) as error:
            raise _damage(path, error) from error
