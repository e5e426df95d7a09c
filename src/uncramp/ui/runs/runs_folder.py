"""The folder that is watched for new recordings: what comes into it is read and offered."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from uncramp.coach.runs.importing import ImportReport
from uncramp.coach.runs.known_runs import known_runs
from uncramp.coach.runs.seen import Stamp, listing, read_seen, unseen, write_seen
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.ui.frame import Frame
from uncramp.ui.runs.import_work import ImportWork
from uncramp.ui.widgets import button

SETTLE_MS = 3_000
"""A file that is being written changes for a while; it is read once nothing moves any more."""


class RunsFolder(QObject):
    """Waits for changes of the folder of the settings; nothing is asked again and again.

    Signals:
        offered: paths of files that hold new runs.
    """

    offered = Signal(object)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._folder: Path | None = None
        self._files: dict[str, Stamp] = {}
        self._fresh: tuple[Path, ...] = ()
        self._work: ImportWork | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._moved)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.look)
        frame.rooms_shown_again.connect(self._settle_again)

    def begin(self) -> None:
        """Watch the folder of the settings, and look into it once."""
        watched = self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)
        name = self._frame.coach.settings.runs_folder
        self._folder = Path(name) if name else None
        if self._folder is not None and self._folder.is_dir():
            self._watcher.addPath(str(self._folder))
            self._settle.start()

    def _moved(self) -> None:
        self._settle.start()

    def _settle_again(self) -> None:
        if self._folder is not None:
            self._settle.start()

    def look(self) -> None:
        """Read what is new in the folder."""
        folder = self._folder
        if folder is None or self._work is not None:
            return
        try:
            self._files = listing(folder)
        except OSError:
            return  # it went away; when it is there again, the next start sees it
        names = unseen(self._files, read_seen(self._frame.places.cache, folder))
        self._fresh = tuple(folder / name for name in names)
        if not self._fresh:
            return
        try:
            present = known_runs(self._frame.coach)
        except EnvironmentFault:
            return  # told of elsewhere
        self._work = work = ImportWork(self._fresh, present, self._frame.coach.read_date())
        work.planned.connect(self._planned)
        work.finished.connect(self._done)
        work.start()

    def _planned(self, report: ImportReport) -> None:
        folder, n = self._folder, len(report.runs)
        if folder is None:
            return
        if n and self._frame.page is not None:
            return  # nobody would see the offer: it is looked again when the rooms are shown
        try:
            write_seen(self._frame.places.cache, folder, self._files)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        if n:
            look = button(tr("Show them"), kind="primary")
            look.clicked.connect(self._offer)
            told = trn("{n} new run in {folder}.", "{n} new runs in {folder}.", n)
            self._frame.tell(told.format(n=n, folder=folder), look)

    def _offer(self) -> None:
        self._frame.clear_notice()
        self.offered.emit(self._fresh)

    def _done(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.deleteLater()

    def close(self) -> None:
        """End the reading before the program ends."""
        self._settle.stop()
        if self._work is not None:
            self._work.cancel()
            self._work.wait()
