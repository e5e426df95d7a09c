"""Looks for files of the user that have changed, and shows the library as it is then."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from uncramp.ui.parts import Parts
from uncramp.ui.room_stack import RoomStack

_LOOK_MS = 2_000


class LibraryWatch(QObject):
    """Looks every two seconds while it is told to, and when rooms or a page come back to sight."""

    def __init__(self, parts: Parts, rooms: RoomStack) -> None:
        super().__init__(parts)
        self._frame = frame = parts.frame
        self._parts = parts
        self._rooms = rooms
        self._written = ""
        frame.routine_written.connect(self._remember)
        frame.page_shown_again.connect(self._refresh_page)
        frame.rooms_shown_again.connect(self._refresh_rooms)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def run(self, wanted: bool) -> None:
        """Look from now on, or no more: nobody sees a hidden window."""
        if wanted:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Show the library as it is now, unless something else fills the window."""
        from uncramp.ui.text_pages import ProblemsPage  # not before the window stands

        reads_problems = isinstance(self._frame.page, ProblemsPage)
        if self._frame.page is not None and not reads_problems:
            return
        if self._frame.coach.reload_if_changed():
            self._parts.browsing.fill_again()
            self._parts.browsing.tell_of_files()
            if reads_problems:
                self._parts.show_problems()

    def _remember(self, routine_id: str) -> None:
        """Choose a routine that was just written or taken, once the routines are seen again."""
        self._written = routine_id

    def _refresh_page(self, page: QWidget) -> None:
        """Let a page that was kept know of exercises that were written meanwhile."""
        from uncramp.ui.workshop.routine.page import EditorPage

        if self._frame.coach.reload_if_changed():
            self._parts.browsing.fill_again()
            if isinstance(page, EditorPage):
                page.set_library(self._frame.coach.library, self._frame.catalogue.pictures)

    def _refresh_rooms(self) -> None:
        browsing = self._parts.browsing
        self.look()
        browsing.tell_of_files()
        if self._written:
            browsing.routines.choose(self._written)
            self._written = ""
        self._rooms.show_again()
