"""Locks on small files, given back by the system however the process that holds them ends."""

import contextlib
import os
import stat
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def lock(descriptor: int) -> None:
        """Lock an open file.

        Raises:
            TakenError: another process holds the lock.
            OSError: this place knows no locks.
        """
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            raise TakenError from None
else:
    import fcntl

    def lock(descriptor: int) -> None:
        """Lock an open file.

        Raises:
            TakenError: another process holds the lock.
            OSError: this place knows no locks.
        """
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TakenError from None


class TakenError(Exception):
    """Another process holds the lock."""


def sweep(folder: Path, *patterns: str) -> None:
    """Remove the files of a folder that a program which was killed left behind.

    A file that a living program has locked stays, and so does what is no ordinary file.

    Args:
        folder: looked into, not what is below it.
        patterns: of the names, such as `.new-*`.
    """
    paths: list[Path] = []
    with contextlib.suppress(OSError):
        for pattern in patterns:
            paths.extend(folder.glob(pattern))
    for path in paths:
        with contextlib.suppress(OSError, TakenError):
            if stat.S_ISREG(path.lstat().st_mode):
                _remove_unlocked(path)


def _remove_unlocked(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        lock(descriptor)
        if os.name == "posix":  # while it is locked: nobody takes it meanwhile
            path.unlink()
    finally:
        os.close(descriptor)
    if os.name != "posix":  # an open file cannot be removed there
        path.unlink()
