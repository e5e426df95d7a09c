"""A file written whole or not at all: a new one is filled and takes the place of the old one."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from uncramp.journal.locks import TakenError, lock
from uncramp.model.language import tr

PREFIX = ".new-"
_TRIES = 20


def is_ordinary(path: Path) -> bool:
    """Whether there is a file, or a link to one, that has an end and is no device.

    Raises:
        OSError: it cannot be looked at, or is not there.
    """
    return stat.S_ISREG(path.stat().st_mode)


@contextmanager
def new_file(path: Path, before_replacing: Callable[[], None] | None = None) -> Iterator[Path]:
    """Give a private file to fill, which takes the place of `path` when all went well.

    A symbolic link stays one: the file that it leads to is replaced, in that file's own folder.
    The new file is locked while it is filled, so that `locks.sweep` knows it from one that a
    program which was killed left behind. At the end it is on the disk, and so is its name.

    Args:
        path: of the file; its folder has to be there.
        before_replacing: called when the new file is whole.

    Raises:
        OSError: it cannot be written, or `path` is a device or a folder; what was there is
            untouched.
    """
    target = _behind_links(path)
    descriptor, new = _locked_file(target.parent)
    try:
        yield new
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        if before_replacing is not None:
            before_replacing()
        if os.name != "posix":  # an open file cannot be renamed there
            os.close(descriptor)
            descriptor = -1
        new.replace(target)
        _sync_folder(target.parent)
    finally:
        if descriptor >= 0:
            os.close(descriptor)
        for ending in ("", "-journal", "-wal", "-shm"):  # SQLite's, should it have filled the file
            new.with_name(new.name + ending).unlink(missing_ok=True)


def _behind_links(path: Path) -> Path:
    with contextlib.suppress(FileNotFoundError):
        if path.is_dir():
            raise IsADirectoryError(0, tr("it is a folder"), str(path))
        if not is_ordinary(path):
            raise OSError(0, tr("it is not an ordinary file"), str(path))
    return Path(os.path.realpath(path))


def _locked_file(folder: Path) -> tuple[int, Path]:
    import tempfile  # when something is written

    for _ in range(_TRIES):
        # No ending: a library that is read meanwhile must not take it for a routine.
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=PREFIX)
        # A sweep may have it before it is locked here; then another one is made.
        if _is_locked(descriptor) and Path(name).exists():
            return descriptor, Path(name)
        os.close(descriptor)
    raise FileNotFoundError(0, tr("new files vanish from it"), str(folder))


def _is_locked(descriptor: int) -> bool:
    if os.name != "posix":
        return True  # an open file cannot be removed there, and a locked one cannot be filled
    try:
        lock(descriptor)
    except TakenError:
        return False
    except OSError:
        return True  # a place without locks
    return True


def _sync_folder(folder: Path) -> None:
    """Bring a new name to the disk where the system lets a folder be brought there."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
