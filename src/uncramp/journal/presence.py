"""Which sessions a living process guides, told by locks that end with the process.

A session that is recorded as running was either cut short or is running right now in another
process: one in the terminal while the window starts. Each process locks a small file for every
session it guides; the system gives the lock back however the process ends, so what cannot be
locked is alive. Where locks do not work, nothing counts as alive.
"""

import contextlib
import os
from pathlib import Path

from uncramp.journal.locks import TakenError, lock

_TRIES = 20


class Presence:
    """The sessions that this process guides.

    Args:
        folder: the data folder, where the locked files are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}

    def hold(self, session_id: str) -> None:
        """Let other processes know that the session is guided here; holding twice does nothing."""
        path = self._path(session_id)
        if path is None or session_id in self._held:
            return
        for _ in range(_TRIES):
            # Who looks whether a lock is held has it for an instant, and removes the file.
            with contextlib.suppress(OSError, TakenError):
                descriptor = _locked(path, os.O_CREAT)
                if path.exists():
                    self._held[session_id] = descriptor
                    return
                os.close(descriptor)

    def release(self, session_id: str) -> None:
        """Let go of a session; one that is not held is left alone."""
        path = self._path(session_id)
        descriptor = self._held.pop(session_id, None)
        if path is not None and descriptor is not None:
            _unlocked(path, descriptor)

    def release_all(self) -> None:
        """Let go of every session."""
        for session_id in tuple(self._held):
            self.release(session_id)

    def is_elsewhere(self, session_id: str) -> bool:
        """Whether another living process guides the session."""
        path = self._path(session_id)
        if path is None or session_id in self._held:
            return False
        try:
            descriptor = _locked(path, 0)
        except TakenError:
            return True
        except OSError:
            return False
        _unlocked(path, descriptor)  # left behind by a process that was killed
        return False

    def _path(self, session_id: str) -> Path | None:
        """Only a UUID becomes a file name, whatever stands in the journal."""
        from uuid import UUID  # with the first session

        try:
            return self._folder / f"running-{UUID(session_id)}.lock"
        except ValueError:
            return None


def _locked(path: Path, flags: int) -> int:
    descriptor = os.open(path, os.O_RDWR | flags, 0o600)
    try:
        lock(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _unlocked(path: Path, descriptor: int) -> None:
    os.close(descriptor)
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
