"""Reading recordings beside the window: a thread of its own, which more processes work for."""

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QThread, Signal

from uncramp.coach.runs.importing import plan_import
from uncramp.coach.runs.reading import read_recordings
from uncramp.model.diary import Run
from uncramp.model.errors import EnvironmentFault


class ImportWork(QThread):
    """Reads files once, and tells what they would bring.

    Signals:
        advanced: how many of how many files are read.
        planned: an ImportReport.
        failed: a sentence.
    """

    advanced = Signal(int, int)
    planned = Signal(object)
    failed = Signal(str)

    def __init__(self, paths: Sequence[Path], present: Sequence[Run], now: datetime) -> None:
        super().__init__()
        self._paths, self._present, self._now = tuple(paths), tuple(present), now
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Stop after the files that are being read."""
        self._stop.set()

    def run(self) -> None:
        """Read; the base class calls it in its thread."""
        try:
            read = read_recordings(self._paths, progress=self._advance, cancelled=self._stop.is_set)
            self.planned.emit(plan_import(read, self._present, self._now, _new_id))
        except EnvironmentFault as fault:
            self.failed.emit(str(fault))

    def _advance(self, done: int, many: int) -> None:
        self.advanced.emit(done, many)


def _new_id() -> str:
    return str(uuid4())
