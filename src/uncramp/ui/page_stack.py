"""Pages that fill the whole window, in the place of navigation and rooms."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from uncramp.ui.page import Page


class PageStack(QStackedWidget):
    """The rooms, or one page instead of everything.

    Args:
        rooms: what is shown while no page fills the window.
    """

    def __init__(self, rooms: QWidget) -> None:
        super().__init__()
        self._rooms = rooms
        self._kept: list[Page] = []
        self.page: Page | None = None
        self.addWidget(rooms)

    @property
    def pages(self) -> "tuple[Page, ...]":
        """The page that is shown and those that come back behind it."""
        return (*self._kept, *((self.page,) if self.page is not None else ()))

    def show_page(self, page: "Page") -> None:
        """Show a page in the place of the one before, which is gone."""
        old, self.page = self.page, page
        self.addWidget(page)
        self.setCurrentWidget(page)
        self._drop(old)

    def keep(self) -> None:
        """Keep the present page: it comes back behind the next one."""
        if self.page is not None:
            self._kept.append(self.page)
            self.page = None

    def go_back(self) -> "Page | None":
        """Show the page that was kept last, or the rooms; return the page."""
        old = self.page
        self.page = self._kept.pop() if self._kept else None
        self.setCurrentWidget(self.page or self._rooms)
        self._drop(old)
        return self.page

    def _drop(self, page: "Page | None") -> None:
        if page is not None:
            from uncramp.ui.widgets import discard  # after the first page

            self.removeWidget(page)
            discard(page)
