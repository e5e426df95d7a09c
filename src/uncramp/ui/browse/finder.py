"""Looking for routines and exercises: words, choices, and the things that are at hand."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from uncramp.coach.browse.finding import Wish
from uncramp.model.language import tr, trn
from uncramp.ui.flow import FlowLayout
from uncramp.ui.painted import ChoiceBox, paint_arrow
from uncramp.ui.widgets import Button, button

Choices = Sequence[tuple[str | int, str]]
"""Values with their names; the first one asks for nothing."""

_SEARCH_LETTERS = 44
_FOR_LIST = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
}


class Finder(QWidget):
    """What is looked for in a list.

    Signals:
        wish_changed: something else is looked for.

    Args:
        title: what the search is called for screen readers.
        hint: shown while nothing is typed.
        choices: by a field of `Wish`, what there is to choose from.
        answers: the list; arrows and Enter go there while one types.
        in_one_row: the search stands beside the choices where there is room.
    """

    wish_changed = Signal()

    def __init__(
        self,
        title: str,
        hint: str,
        choices: dict[str, tuple[str, Choices]],
        answers: QWidget,
        *,
        in_one_row: bool = False,
    ) -> None:
        super().__init__()
        self._answers = answers
        self._search = _Search(_SEARCH_LETTERS if in_one_row else 0)
        self._search.setPlaceholderText(hint)
        self._search.setAccessibleName(title)
        self._search.installEventFilter(self)
        self._search.textChanged.connect(self.wish_changed)
        self._choices: dict[str, ChoiceBox] = {}
        self._more = button(tr("Filter"), kind="small", tip=tr("Occasion, time and equipment"))
        self._more.setCheckable(True)
        self._more.hide()
        self._more.toggled.connect(self._fold_choices)
        self._is_folded = False
        parts = FlowLayout(8)
        if in_one_row:
            parts.addWidget(self._search)
            parts.addWidget(self._more)
        for field, (name, values) in choices.items():
            box = ChoiceBox()
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
            for value, words in values:
                box.addItem(words, value)
            box.currentIndexChanged.connect(self.wish_changed)
            self._choices[field] = box
            parts.addWidget(box)
        self._things = ThingsButton()
        self._things.things_changed.connect(self.wish_changed)
        parts.addWidget(self._things)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if not in_one_row:
            first = QHBoxLayout()
            first.setSpacing(8)
            first.addWidget(self._search, 1)
            first.addWidget(self._more)
            column.addLayout(first)
        column.addLayout(parts)
        self.setFocusProxy(self._search)

    def wish(self) -> Wish:
        """Return what is looked for."""
        wish = Wish(words=self._search.text(), things=self._things.things())
        chosen = {field: box.currentData() for field, box in self._choices.items()}
        return wish._replace(**chosen)

    def clear(self) -> None:
        """Look for everything."""
        self.blockSignals(True)  # once is enough
        self._search.clear()
        for box in self._choices.values():
            box.setCurrentIndex(0)
        self._things.choose_all()
        self.blockSignals(False)
        self.wish_changed.emit()

    def set_folded(self, folded: bool) -> None:
        """Keep the choices behind a button, where there is little room."""
        self._is_folded = folded
        self._more.setVisible(folded)
        self._fold_choices()

    def _fold_choices(self) -> None:
        """What narrows the list is seen in any case."""
        narrowed = self.wish()._replace(words="") != Wish()
        shown = not self._is_folded or self._more.isChecked() or narrowed
        for part in (*self._choices.values(), self._things):
            part.setVisible(shown)

    def begin(self) -> None:
        """Let words be typed."""
        self._search.setFocus()
        self._search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter go to the list; Esc clears the words, and then leaves the field."""
        del watched
        if event.type() != QEvent.Type.KeyPress:
            return False
        pressed = cast("QKeyEvent", event)
        if pressed.key() in _FOR_LIST:
            QCoreApplication.sendEvent(self._answers, event)
        elif pressed.key() == Qt.Key.Key_Escape:
            if self._search.text():
                self._search.clear()
            else:
                self._answers.setFocus()
        else:
            return False
        return True


class _Search(QLineEdit):
    """A line to type in, as wide as so many letters where it stands beside others."""

    def __init__(self, letters: int) -> None:
        super().__init__()
        self._letters = letters
        self.textChanged.connect(self._offer_to_clear)

    def _offer_to_clear(self) -> None:
        """Show the button only now: to find its picture takes longer than all else here."""
        self.textChanged.disconnect(self._offer_to_clear)
        self.setClearButtonEnabled(True)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        wide = self._letters * self.fontMetrics().averageCharWidth()
        return hint.expandedTo(QSize(wide, 0))


class ThingsButton(Button):
    """A button with a list of props to tick off.

    Signals:
        things_changed: other props are at hand.
    """

    things_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Tick what you have at hand"))
        self._menu: QMenu | None = None
        self._ticks: dict[str, QAction] = {}
        self._at_hand: frozenset[str] | None = None
        self.clicked.connect(self._open)
        self._tell()

    def things(self) -> frozenset[str] | None:
        """Return the names of the props at hand; None for everything."""
        return self._at_hand

    def choose_all(self) -> None:
        """Have everything at hand."""
        self._set(None)

    def choose_none(self) -> None:
        """Have nothing at hand."""
        self._set(frozenset())

    def menu_of_things(self) -> QMenu:
        """Return the list to tick off, made when it is first wanted."""
        if self._menu is None:
            from uncramp.coach.wording import prop_name  # with the first look at the list
            from uncramp.model.exercise import Prop

            self._menu = _StayingMenu(self)
            self._menu.addAction(tr("I have everything")).triggered.connect(self.choose_all)
            self._menu.addAction(tr("I have nothing")).triggered.connect(self.choose_none)
            self._menu.addSeparator()
            for prop in Prop:
                tick = self._menu.addAction(prop_name(prop))
                tick.setCheckable(True)
                tick.setChecked(self._at_hand is None or prop in self._at_hand)
                tick.toggled.connect(self._ticked)
                self._ticks[prop.value] = tick
        return self._menu

    def _open(self) -> None:
        self.menu_of_things().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _ticked(self) -> None:
        ticked = frozenset(name for name, tick in self._ticks.items() if tick.isChecked())
        self._at_hand = None if len(ticked) == len(self._ticks) else ticked
        self._tell()
        self.things_changed.emit()

    def _set(self, things: frozenset[str] | None) -> None:
        self._at_hand = things
        for name, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(things is None or name in things)
            tick.blockSignals(False)
        self._tell()
        self.things_changed.emit()

    def _tell(self) -> None:
        if self._at_hand is None:
            words = tr("Any equipment")
        elif not self._at_hand:
            words = tr("No equipment")
        elif len(self._at_hand) == 1:
            words = self._ticks[next(iter(self._at_hand))].text()
        else:
            count = len(self._at_hand)
            words = trn("{n} item", "{n} items", count).format(n=count)
        self.setText(f"{words}      ")
        self.setAccessibleName(tr("Equipment at hand: {things}").format(things=words))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and an arrow on top."""
        super().paintEvent(event)
        paint_arrow(self)


class _StayingMenu(QMenu):
    """A menu that stays open while one ticks."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick without closing."""
        if not self._ticked(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick without closing."""
        ticks = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() not in ticks or not self._ticked(self.activeAction()):
            super().keyPressEvent(event)

    def _ticked(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        return True
