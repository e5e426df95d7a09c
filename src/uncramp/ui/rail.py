"""The navigation at the left: one button for each room."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from uncramp.model.language import tr
from uncramp.ui.early import WORDS_BELOW_ICON, WORDS_ONLY, show_hand
from uncramp.ui.icons import pixmap
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, discard

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

_ICON_PX = 24
_NARROWEST_PX = 76


class _RailButton(QToolButton):
    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        show_hand(self)


class Rail(QFrame):
    """A column of places, one of them chosen.

    Signals:
        place_requested: the name of the place that was clicked.
        cramp_requested: somebody has a cramp.
        reminder_closed: the mark of a reminder was put away.
    """

    place_requested = Signal(str)
    cramp_requested = Signal()
    reminder_closed = Signal()

    def __init__(self, icons: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._icons = icons
        self._is_tight = False
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._group.buttonToggled.connect(self._dress)
        self._theme: Theme | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 20, 10, 20)
        self._column.setSpacing(6)
        self._column.addStretch(1)
        self._reminder: QFrame | None = None
        self._is_on_first = False
        self._cramp = self._cramp_button()
        self._column.addWidget(self._cramp)

    def _cramp_button(self) -> QToolButton:
        """Return the button that is on every page, below the places."""
        made = _RailButton()
        made.setObjectName("cramp")
        made.setText(tr("Cramp\nnow"))
        made.setAccessibleName(tr("Cramp now"))
        made.setToolTip(tr("Help with a cramp, at once (C or F9)"))
        made.setProperty("toolButtonStyle", WORDS_BELOW_ICON)
        made.setIconSize(QSize(_ICON_PX, _ICON_PX))
        made.setMinimumWidth(_NARROWEST_PX)
        made.clicked.connect(self.cramp_requested)
        return made

    def add_place(self, name: str, title: str, picture: str) -> None:
        """Add a place; `picture` is the name of its icon."""
        made = _RailButton()
        made.setObjectName("place")
        made.setText(title)
        made.setCheckable(True)
        made.setProperty("toolButtonStyle", WORDS_BELOW_ICON)
        made.setIconSize(QSize(_ICON_PX, _ICON_PX))
        made.setMinimumWidth(_NARROWEST_PX)
        made.setProperty("place", name)
        made.setProperty("picture", picture)
        self._group.addButton(made)
        self._column.insertWidget(self._column.count() - 2, made)

    def show_reminder(self, time: str, sentence: str) -> None:
        """Show the small mark of a reminder that has come, below the place of the day.

        Args:
            time: of the reminder; empty takes the mark away.
            sentence: what it is time for.
        """
        if self._reminder is not None:
            self._column.removeWidget(self._reminder)
            discard(self._reminder)
            self._reminder = None
        if time:
            self._reminder = self._reminder_mark(time, sentence)
            self._column.insertWidget(1, self._reminder)
            self._reminder.setVisible(not self._is_on_first)
        self._fit()

    def _reminder_mark(self, time: str, sentence: str) -> QFrame:
        mark = QFrame()
        mark.setObjectName("reminder")
        row = QHBoxLayout(mark)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        go = button(time, kind="mark", tip=sentence)
        go.setAccessibleName(sentence)
        go.clicked.connect(self._go_to_day)
        close = button("×", kind="mark", tip=tr("Dismiss the reminder"))
        close.setAccessibleName(tr("Dismiss the reminder"))
        close.clicked.connect(self.reminder_closed)
        row.addWidget(go, 1)
        row.addWidget(close)
        return mark

    def _go_to_day(self) -> None:
        self.place_requested.emit(str(self._group.buttons()[0].property("place")))

    def tell_key(self, name: str, key: str) -> None:
        """Show beside the pointer which key leads to a place."""
        for made in self._group.buttons():
            if made.property("place") == name:
                made.setToolTip(key)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that the words need in the letters of the style sheet."""
        super().showEvent(event)
        for made in self._all():
            made.ensurePolished()
            words = made.text()
            made.setText("")  # a tool button remembers its size until its text changes
            made.setText(words)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.setMinimumWidth(max(_NARROWEST_PX, made.sizeHint().width()))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where large letters leave no room for icons, the words stay."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._tighten(tight=False)
        self._wear(WORDS_BELOW_ICON)
        if self._is_too_high():
            self._wear(WORDS_ONLY)
        if self._is_too_high():
            self._tighten(tight=True)

    def _is_too_high(self) -> bool:
        return self._column.minimumSize().height() > self.height()

    def _tighten(self, *, tight: bool) -> None:
        """Take the room between the words away: help with a cramp has to stay in sight."""
        if tight == self._is_tight:
            return
        self._is_tight = tight
        edge = 4 if tight else 20
        self._column.setContentsMargins(10, edge, 10, edge)
        self._column.setSpacing(0 if tight else 6)
        for made in self._all():
            made.setProperty("tight", tight)
            made.style().unpolish(made)
            made.style().polish(made)
            words = made.text()
            made.setText("")  # it remembers its size until its text changes
            made.setText(words)
        self._column.invalidate()

    def _wear(self, style: int) -> None:
        for made in self._all():
            made.setProperty("toolButtonStyle", style)
        self._column.invalidate()

    def _all(self) -> list[QToolButton]:
        return self.findChildren(QToolButton)

    def choose(self, name: str) -> None:
        """Show `name` as the chosen place."""
        places = self._group.buttons()
        for made in places:
            if made.property("place") == name:
                made.setChecked(True)
        # On the day's page the reminder stands on its card.
        self._is_on_first = places[0].isChecked()
        if self._reminder is not None:
            self._reminder.setVisible(not self._is_on_first)
            self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for made in self._group.buttons():
            self._dress(made)
        self._cramp.setIcon(self._icon("cramp", theme.colour["on_cramp"]))

    def _dress(self, made: QAbstractButton) -> None:
        """Paint the icon in the one colour that a place wears now; two of each are never seen."""
        if self._theme is not None:
            token = "accent_text" if made.isChecked() else "text_soft"
            made.setIcon(self._icon(str(made.property("picture")), self._theme.colour[token]))

    def _icon(self, name: str, colour: str) -> QIcon:
        return QIcon(pixmap(self._icons, name, colour, _ICON_PX, self.devicePixelRatioF()))

    def _clicked(self, made: QToolButton) -> None:
        self.place_requested.emit(str(made.property("place")))
