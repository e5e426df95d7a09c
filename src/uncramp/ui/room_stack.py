"""The rooms beside the rail, of which one is shown."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from uncramp.model.language import tr
from uncramp.ui.early import WITHIN_ITS_WIDGET
from uncramp.ui.page import Page
from uncramp.ui.parts import Parts
from uncramp.ui.rail import Rail
from uncramp.ui.rooms import Room, table
from uncramp.ui.theme import Theme

_DIGITS = 9


class RoomStack(QObject):
    """Makes rooms when they are first asked for, and shows them.

    Args:
        parts: what the rooms are made with.
        stack: where their widgets are shown.
        rail: where their buttons are.
    """

    def __init__(self, parts: Parts, stack: QStackedWidget, rail: Rail) -> None:
        super().__init__(parts)
        self._parts = parts
        self._stack = stack
        self._rail = rail
        self._rooms: dict[str, Room] = {room.id: room for room in table()}
        self._made: dict[str, Page] = {}
        for room in self._with_buttons():
            rail.add_place(room.id, room.title, room.icon)
        rail.place_requested.connect(self._go_on)
        rail.reminder_closed.connect(parts.frame.reminder_closed)
        parts.frame.reminder_changed.connect(rail.show_reminder)
        parts.frame.room_requested.connect(self.show)

    def take_keys(self) -> None:
        """Open each room that has a button by Ctrl and its number."""
        from PySide6.QtGui import QKeySequence, QShortcut  # nobody is as quick as the first picture

        # Not the window's: a page that fills it may have the same keys for its own parts.
        within = self._rail.parentWidget() or self._rail
        for number, room in enumerate(self._with_buttons()[:_DIGITS], 1):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), within)
            key.setProperty("context", WITHIN_ITS_WIDGET)
            key.setObjectName(room.id)
            key.activated.connect(self._show_by_key)
            self._rail.tell_key(room.id, tr("Ctrl+{n}").format(n=number))

    def _with_buttons(self) -> list[Room]:
        return [room for room in self._rooms.values() if not room.within]

    @property
    def pages(self) -> tuple[Page, ...]:
        """Those that were made."""
        return tuple(self._made.values())

    @property
    def shown(self) -> str:
        """The id of the room that is shown; "" while there is none."""
        return next((room for room, one in self._made.items() if one is self.current), "")

    @property
    def current(self) -> Page | None:
        """The page of the room that is shown."""
        return next((page for page in self.pages if page is self._stack.currentWidget()), None)

    def page(self, room_id: str) -> Page:
        """Return the page of a room, made when it is first asked for."""
        if room_id not in self._made:
            page = self._made[room_id] = self._rooms[room_id].make(self._parts)
            self._stack.addWidget(page)
            page.set_theme(self._parts.frame.theme)
        return self._made[room_id]

    def show(self, room_id: str) -> None:
        """Show a room, with what is known now."""
        room, page = self._rooms[room_id], self.page(room_id)
        room.fill(self._parts, page)
        if page is not self.current:
            page.settle()  # nobody sees a page that is still to be filled
        self._rail.choose(room.within or room.id)
        self._stack.setCurrentWidget(page)
        page.take_focus()

    def show_again(self) -> None:
        """Show the present room with what is known now."""
        self.show(self.shown)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._rail.set_theme(theme)
        for page in self._made.values():
            page.set_theme(theme)

    def _show_by_key(self) -> None:
        if self._parts.frame.page is None:
            self._go_on(self.sender().objectName())

    def _go_on(self, room_id: str) -> None:
        """Show the first page of a place, from its top: it was asked for by its name."""
        self._parts.frame.go_on()
        room_id = self._parts.daily.home if room_id == "today" else room_id
        self.page(room_id).go_home()
        self.show(room_id)
