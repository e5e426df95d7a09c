"""The backup of the day, made while nobody waits for it."""

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from uncramp.coach.coach import Coach
from uncramp.coach.diary.backups import DailyBackup, sweep_leftovers

AFTER_MS = 3_000
"""By then the window stands and what the user came for is shown."""


class BackupKeeper(QObject):
    """Makes the backup of the day beside the window's own work.

    Signals:
        told: what the user has to know about it; mostly nothing.
    """

    told = Signal(str)

    def __init__(self, coach: Coach, parent: QObject) -> None:
        super().__init__(parent)
        self._coach = coach
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.begin)
        self._timer.start(AFTER_MS)

    def begin(self) -> None:
        """Clear up, and begin when there is none of today yet."""
        sweep_leftovers(self._coach.places)
        daily = DailyBackup(self._coach)
        if self._thread is None and daily.is_due():
            # Not a daemon: an end of the program waits for the copy to be whole.
            self._thread = threading.Thread(target=self._make, args=(daily,), daemon=False)
            self._thread.start()

    def close(self) -> None:
        """Begin no more, and wait for what was begun."""
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()

    def _make(self, daily: DailyBackup) -> None:
        sentence = daily.make()
        if sentence:
            self.told.emit(sentence)
