"""Choosing an exercise by its drawing or its name."""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from uncramp.model.exercise import Exercise
from uncramp.model.language import tr
from uncramp.ui.widgets import button, icon_of, label

PICTURE_PX = 60
_ID = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2
_NUMBER = Qt.ItemDataRole.UserRole + 3


class ExercisePicker(QWidget):
    """All exercises, to be narrowed by typing.

    Signals:
        picked: the id of an exercise.
        left: nothing was picked.
        new_requested: an exercise of one's own is to be written.
        looked_at: the id of the exercise that is current in the list.
    """

    picked = Signal(str)
    left = Signal()
    new_requested = Signal()
    looked_at = Signal(str)

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        super().__init__()
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Type a name, a muscle or a piece of equipment"))
        self._search.setAccessibleName(tr("Search exercises"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self._search.installEventFilter(self)
        self._list = QListWidget()
        self._list.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("Exercises"))
        self._list.itemActivated.connect(self._pick)
        self._list.itemClicked.connect(self._pick)
        self._list.currentItemChanged.connect(self._look)
        self._none = label("soft", tr("No exercise has that name."), wrap=True)
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        cancel = button(tr("Cancel"), kind="quiet", tip=tr("Esc"))
        cancel.clicked.connect(self.left)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._search, 1)
        new = button(tr("New exercise"), kind="tight", tip=tr("Write and draw one of your own"))
        new.clicked.connect(self.new_requested)
        top.addWidget(new)
        top.addWidget(cancel)
        column.addLayout(top)
        column.addWidget(self._none)
        column.addWidget(self._list, 1)
        self.set_exercises(exercises)

    def set_exercises(self, exercises: Sequence[Exercise]) -> None:
        """Offer other exercises; their pictures have to be given anew."""
        self._list.clear()
        for number, exercise in enumerate(exercises):
            self._list.addItem(_item(exercise, number))
        self._list.setCurrentRow(0)

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show small drawings, by exercise id."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            picture = pictures.get(item.data(_ID))
            if picture is not None:
                item.setIcon(icon_of(picture))

    def take_focus(self) -> None:
        """Begin a new search."""
        self._search.clear()
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search move in the list, Enter picks, Esc leaves."""
        del watched
        if event.type() == QEvent.Type.KeyPress:
            return self._key(cast("QKeyEvent", event))
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key in the search stands for; tell whether it stands for anything."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._list.currentRow() >= 0 and not self._list.currentItem().isHidden():
                self._pick(self._list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        row = self._list.currentRow() + by
        while 0 <= row < self._list.count():
            if not self._list.item(row).isHidden():
                self._list.setCurrentRow(row)
                return
            row += by

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self._put_best_first(words)
        first = -1
        for row in range(self._list.count()):
            item = self._list.item(row)
            found = all(word in item.data(_WORDS) for word in words)
            item.setHidden(not found)
            if found and first < 0:
                first = row
        self._none.setVisible(first < 0)
        self._list.setVisible(first >= 0)
        if first >= 0:
            self._list.setCurrentRow(first)
            self._look(self._list.item(first))

    def _put_best_first(self, words: list[str]) -> None:
        """Let those come first whose names begin with what was typed, then those that have it."""
        items = [self._list.takeItem(0) for _ in range(self._list.count())]
        wanted = " ".join(words)
        ranked = sorted((_rank(item, words, wanted), item.data(_NUMBER)) for item in items)
        by_number = {item.data(_NUMBER): item for item in items}
        for _, number in ranked:
            self._list.addItem(by_number[number])

    def show_current(self) -> None:
        """Tell once more which exercise is looked at."""
        self._look(self._list.currentItem())

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(_ID))

    def _look(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.looked_at.emit(item.data(_ID))


def _rank(item: QListWidgetItem, words: list[str], wanted: str) -> int:
    name = str(item.data(_NAME))
    if name.startswith(wanted):
        return 0
    return 1 if all(word in name for word in words) else 2


def _item(exercise: Exercise, number: int) -> QListWidgetItem:
    muscles = ", ".join(muscle.default for muscle in exercise.muscles)
    item = QListWidgetItem(f"{exercise.name}\n{muscles}")
    item.setData(_ID, exercise.id)
    item.setData(_NAME, exercise.name.default.casefold())
    item.setData(_NUMBER, number)
    words = (exercise.name.default, exercise.id, exercise.ref, muscles, *exercise.props)
    item.setData(_WORDS, " ".join(words).casefold())
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{exercise.name}, {muscles}")
    return item
