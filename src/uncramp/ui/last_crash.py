"""The crash that ended the program the last time: mentioned once, and shown on request."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QPushButton

from uncramp.coach.crashes import mark_shown, without_home
from uncramp.coach.whole_file import write_whole
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.file_places import documents
from uncramp.ui.frame import Frame
from uncramp.ui.text_pages import CrashPage
from uncramp.ui.widgets import button


class LastCrash(QObject):
    """Says that there was one, and shows what was noted.

    Args:
        noted: in the crash.
        frame: where it is said.
    """

    def __init__(self, noted: str, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self.report = without_home(noted, Path.home())
        self.page: CrashPage | None = None

    def sentence(self) -> str:
        """Return what to say of it; no later start speaks of it again."""
        mark_shown(self._frame.places.cache)
        return tr("Last time, Uncramp ended because of a fault of its own. What you saved is safe.")

    def button(self) -> QPushButton:
        """Return what leads to the report."""
        shows = button(tr("Show the details"))
        shows.clicked.connect(self.show)
        return shows

    def offer(self) -> None:
        """Say it above the rooms."""
        close = button(tr("Close"), kind="quiet")
        close.clicked.connect(self._frame.clear_notice)
        self._frame.tell(self.sentence(), self.button(), close)

    def show(self) -> None:
        """Show what was noted, unless something else fills the window."""
        if self._frame.page is not None:
            return
        page = self.page = CrashPage(self.report)
        page.done.connect(self._frame.back_to_rooms)
        page.save_requested.connect(self._choose_file)
        self._frame.show_page(page)
        page.take_focus()

    def save(self, path: Path) -> None:
        """Write the report into a file."""
        answer = tr("Saved: {path}").format(path=path)
        try:
            write_whole(path, self.report.encode())
        except EnvironmentFault as fault:
            answer = str(fault)
        if self.page is not None:
            self.page.answer(answer)

    def _choose_file(self) -> None:
        title, name = tr("Save the details"), documents("uncramp-crash.txt")
        chosen, _ = QFileDialog.getSaveFileName(self._frame.window, title, name, "(*.txt)")
        if chosen:
            self.save(Path(chosen))
