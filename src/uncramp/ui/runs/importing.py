"""Runs from files: chosen or dropped, read beside the window, shown, taken and taken back."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from uncramp.coach.diary.entries import long_day
from uncramp.coach.runs.importing import ImportReport, last_import, take_import, undo_last_import
from uncramp.coach.runs.known_runs import known_runs
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.ui.file_places import downloads
from uncramp.ui.frame import Frame
from uncramp.ui.runs.import_page import ImportPage
from uncramp.ui.runs.import_work import ImportWork
from uncramp.ui.runs.runs_folder import RunsFolder


class Importing(QObject):
    """Joins the page of imports with the journal.

    Signals:
        written: the journal holds other runs now.
    """

    written = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._work: ImportWork | None = None
        self._report: ImportReport | None = None
        self._paths: tuple[Path, ...] = ()
        self.page: ImportPage | None = None
        self._folder = RunsFolder(frame)
        self._folder.offered.connect(self.show)

    def begin(self) -> None:
        """Watch the folder that the user has chosen, if there is one."""
        self._folder.begin()

    def show(self, paths: Sequence[Path] = ()) -> None:
        """Show the page, and read files where there are some."""
        page = self.page = ImportPage(miles=self._frame.coach.settings.miles)
        page.files_requested.connect(self._choose_files)
        page.folder_requested.connect(self._choose_folder)
        page.take_requested.connect(self.take)
        page.undo_requested.connect(self.undo)
        page.cancel_requested.connect(self.cancel)
        page.back_requested.connect(self.leave)
        page.watch_requested.connect(self._choose_watched)
        page.watch_none_requested.connect(self._watch_none)
        page.show_watched(self._frame.coach.settings.runs_folder)
        self._frame.show_page(page)
        self._tell_last()
        page.take_focus()
        if paths:
            self.read(paths)

    def _tell_last(self) -> None:
        """Show the last import, which can be taken back as long as it is the last."""
        if self.page is None:
            return
        try:
            last = last_import(self._frame.coach)
        except EnvironmentFault as fault:
            self.page.tell_fault(str(fault))
            return
        if last is not None:
            told = trn(
                "The last import, on {day}, added {n} run.",
                "The last import, on {day}, added {n} runs.",
                last.runs,
            ).format(day=long_day(last.at.date()), n=last.runs)
            self.page.show_idle(told, can_undo=True)

    def read(self, paths: Sequence[Path]) -> None:
        """Read files, folders and exports; the page shows what they would bring."""
        if self._work is not None or self.page is None:
            return
        try:
            present = known_runs(self._frame.coach)
        except EnvironmentFault as fault:
            self.page.tell_fault(str(fault))
            return
        self._paths = tuple(paths)
        self._work = work = ImportWork(self._paths, present, self._frame.coach.read_date())
        work.advanced.connect(self.page.show_progress)
        work.planned.connect(self._planned)
        work.failed.connect(self._failed)
        work.finished.connect(self._done)
        self.page.show_progress(0, 0)
        work.start()

    def cancel(self) -> None:
        """Stop reading; what was read is shown."""
        if self._work is not None:
            self._work.cancel()

    def leave(self) -> None:
        """Go back to the rooms; reading stops."""
        self.cancel()
        self.page = None
        self._frame.back_to_rooms()

    def close(self) -> None:
        """End the reading before the program ends."""
        self._folder.close()
        if self._work is not None:
            self._work.cancel()
            self._work.wait()

    # -- what the reading told

    def _planned(self, report: ImportReport) -> None:
        self._report = report
        if self.page is not None:
            self.page.show_report(report)

    def _failed(self, sentence: str) -> None:
        if self.page is not None:
            self.page.show_idle(sentence)

    def _done(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.deleteLater()

    # -- writing

    def take(self) -> None:
        """Write what is ticked, all of it or nothing."""
        if self.page is None or self._report is None:
            return
        name = ", ".join(path.name for path in self._paths[:3])
        try:
            runs = self._report.chosen(self.page.chosen)
            made = take_import(self._frame.coach, runs, name, str(uuid4()))
        except EnvironmentFault as fault:
            self.page.tell_fault(str(fault))
            return
        self._report = None
        if made is not None:
            told = trn(
                "{n} run is in the journal now.", "{n} runs are in the journal now.", made.runs
            )
            self.page.show_taken(told.format(n=made.runs), can_undo=True)
            self.written.emit()

    def undo(self) -> None:
        """Take the last import out again."""
        if self.page is None:
            return
        try:
            undone = undo_last_import(self._frame.coach)
        except EnvironmentFault as fault:
            self.page.tell_fault(str(fault))
            return
        n = 0 if undone is None else undone.runs
        told = trn("{n} run was removed again.", "{n} runs were removed again.", n)
        self.page.show_idle(told.format(n=n))
        self.written.emit()

    # -- choosing

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self._frame.window,
            tr("Files of runs"),
            downloads(),
            tr("Recordings (*.fit *.tcx *.gpx *.gz *.zip *.csv *.xml);;All files (*)"),
        )
        if chosen:
            self.read([Path(name) for name in chosen])

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._frame.window, tr("A folder of runs"), downloads()
        )
        if chosen:
            self.read([Path(chosen)])

    def _choose_watched(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._frame.window, tr("A folder to watch for new runs"), downloads()
        )
        if chosen:
            self.watch(chosen)

    def watch(self, folder: str) -> None:
        """Watch a folder from now on; none with an empty name."""
        try:
            self._frame.coach.change_setting("runs_folder", folder)
        except EnvironmentFault as fault:
            if self.page is not None:
                self.page.tell_fault(str(fault))
            return
        if self.page is not None:
            self.page.show_watched(folder)
        self._folder.begin()

    def _watch_none(self) -> None:
        self.watch("")
