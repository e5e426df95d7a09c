"""What every page of the window has, and how its content gives way to another."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from uncramp.ui.early import ESCAPE_KEY, NO_FOCUS, WITH_ANOTHER_KEY
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import replace_content, scroll_area


def plain_key(event: QKeyEvent) -> int:
    """Return the key of an event, or 0 where it is part of a shortcut with Ctrl, Alt or Meta."""
    return 0 if event.modifiers().value & WITH_ANOTHER_KEY else event.key()


class Page(QWidget):
    """A page: the content of a room, or what stands in the place of one.

    No page is built anew, and none of its widgets deleted, within a signal of one of its own
    widgets: Qt would come back to what is gone. What changes is shown in the widgets that are
    there. Where something has to go, `uncramp.ui.widgets.discard` deletes it from the event loop,
    and a page that is made anew as a whole is a `RebuiltPage`.

    Attributes:
        is_typed_into: whether letters are for its fields, and none of them a key of the window.
    """

    is_typed_into = False

    def take_focus(self) -> None:
        """Let the keys go to what is wanted first."""

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours than those of the style sheet, where something is painted."""

    def refresh(self) -> None:
        """Read anew what is shown; asked for each time before the page is shown."""

    def settle(self) -> None:
        """Finish now what waits for the event loop; only asked of a page that is not shown yet."""

    def leave(self) -> None:
        """Go back to where it was opened from, as Esc does; the first page of a room stays."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == ESCAPE_KEY:
            self.leave()
        else:
            super().keyPressEvent(event)

    def go_home(self) -> None:
        """Show the first of its pages, from its top: somebody asked for the room by its name."""
        for area in self.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(0)


class RebuiltPage(Page):
    """A page that is made anew as a whole, from the event loop.

    The place of the scroll bar and the focus stay where they were.

    Attributes:
        area: what its content scrolls in.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.area = scroll_area()
        # Its children have the focus; a ring around all of them says nothing.
        self.area.setProperty("focusPolicy", NO_FOCUS)
        self._content: QWidget | None = None
        self._wants_focus = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._rebuild)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 26, 12)
        whole.addWidget(self.area)

    def build(self) -> QWidget:
        """Return what the page shows now."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Let the keys go to what is wanted first of the content that is there."""

    def rebuild(self) -> None:
        """Have the content made anew when the event loop has its turn."""
        self._soon.start(0)

    def settle(self) -> None:
        """Make the content that is waited for."""
        if self._soon.isActive():
            self._soon.stop()
            self._rebuild()

    def take_focus(self) -> None:
        """Let the keys go to what is wanted first, also of a content that is still to come."""
        if self._soon.isActive():
            self._wants_focus = True
        else:
            self.focus_first()

    def _rebuild(self) -> None:
        scrolled = self.area.verticalScrollBar().value()
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else None
        inside = self.build()
        replace_content(self.area, inside)
        self.fit()
        inside.show()
        self.area.verticalScrollBar().setValue(scrolled)
        wants_focus, self._wants_focus = self._wants_focus, False
        again = inside.findChild(QWidget, name) if name else None
        if again is not None and not wants_focus:
            again.setFocus()
        elif wants_focus or name is not None:
            self.focus_first()

    def fit(self) -> None:
        """Arrange the content for the width that there is."""
