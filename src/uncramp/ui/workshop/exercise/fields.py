"""Fields for sentences, for lists of lines, and for things that are needed or not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from uncramp.model.language import tr
from uncramp.ui.fields import Line
from uncramp.ui.flow import FlowLayout
from uncramp.ui.widgets import button, discard

_LINES = 2.6


class Sentence(QPlainTextEdit):
    """One or two sentences that wrap; it tells its new text when it is left.

    Signals:
        committed: the text on one line, without blanks around it.
    """

    committed = Signal(str)

    def __init__(self, longest: int, hint: str = "") -> None:
        super().__init__()
        self._longest = longest
        self._shown = ""
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._cut)

    def show_text(self, text: str) -> None:
        """Show another text without telling anybody; what is being typed stays."""
        if text != self._shown:
            self._shown = text
            self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter commits: there are no paragraphs here."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when it is left."""
        super().focusOutEvent(event)
        self._commit()

    def sizeHint(self) -> QSize:
        """Return the room for a little over two lines, so that a third one shows."""
        lines = self.fontMetrics().lineSpacing() * _LINES
        return QSize(320, round(lines) + 20)

    def minimumSizeHint(self) -> QSize:
        """Return the room for two lines."""
        return QSize(160, self.sizeHint().height())

    def _cut(self) -> None:
        text = self.toPlainText()
        if len(text) > self._longest:
            self.blockSignals(True)  # Qt's own name
            self.setPlainText(text[: self._longest])
            self.moveCursor(self.textCursor().MoveOperation.End)
            self.blockSignals(False)

    def _commit(self) -> None:
        text = " ".join(self.toPlainText().split())
        if text != self._shown:
            self._shown = text
            self.committed.emit(text)


class LineList(QWidget):
    """Lines in an order, each with its buttons.

    Signals:
        changed: the number of a line and its new text.
        added: the text of a new line.
        removed: the number of a line.
        moved: the number of a line, and the number that it shall have.
    """

    changed = Signal(int, str)
    added = Signal(str)
    removed = Signal(int)
    moved = Signal(int, int)

    def __init__(self, name: str, longest: int, most: int, hint: str) -> None:
        super().__init__()
        self.setObjectName("on_card")
        self._name, self._longest, self._most = name, longest, most
        self._rows: list[tuple[QWidget, Line]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._new = Line(longest, hint)
        self._new.setAccessibleName(tr("{name}: new line").format(name=name))
        self._new.committed.connect(self._add)
        self._column.addWidget(self._new)

    def show_items(self, items: Sequence[str]) -> None:
        """Show lines; a field that has the focus keeps it."""
        while len(self._rows) > len(items):
            row, _ = self._rows.pop()
            discard(row)
        while len(self._rows) < len(items):
            self._rows.append(self._row(len(self._rows)))
        for (_, line), text in zip(self._rows, items, strict=True):
            line.show_text(text)
        self._new.setVisible(len(items) < self._most)

    def take_focus(self) -> None:
        """Begin a new line, or go to the first one where there is no room."""
        (self._new if self._new.isVisible() else self._rows[0][1]).setFocus()

    def line(self, number: int) -> Line:
        """Return the field of a line."""
        return self._rows[number][1]

    def _row(self, number: int) -> tuple[QWidget, Line]:
        made = QWidget()
        made.setObjectName("on_card")
        line = Line(self._longest)
        line.setObjectName(str(number))
        line.setAccessibleName(tr("{name}: line {n}").format(name=self._name, n=number + 1))
        line.committed.connect(self._line_changed)
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(line, 1)
        for text, told, slot in (
            ("↑", tr("Move up"), self._up),
            ("↓", tr("Move down"), self._down),
            ("✕", tr("Remove"), self._remove),
        ):
            part = button(text, kind="small", tip=told)
            part.setAccessibleName(f"{told}: {self._name} {number + 1}")
            part.setObjectName(str(number))
            part.clicked.connect(slot)
            inside.addWidget(part)
        self._column.insertWidget(number, made)
        return made, line

    def _add(self, text: str) -> None:
        if text:
            self._new.show_text("")
            self._new.setText("")
            self.added.emit(text)

    def _line_changed(self, text: str) -> None:
        number = int(self.sender().objectName())
        if text:
            self.changed.emit(number, text)
        else:
            self.removed.emit(number)

    def _remove(self) -> None:
        self.removed.emit(int(self.sender().objectName()))

    def _up(self) -> None:
        number = int(self.sender().objectName())
        if number > 0:
            self.moved.emit(number, number - 1)

    def _down(self) -> None:
        number = int(self.sender().objectName())
        if number + 1 < len(self._rows):
            self.moved.emit(number, number + 1)


class Marks(QWidget):
    """Several things of which any may be chosen.

    Signals:
        changed: the values of all that are chosen now.
    """

    changed = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("on_card")
        flow = FlowLayout(6, self)
        self._buttons = {}
        for name, value in choices:
            made = button(name, kind="chip")
            made.setCheckable(True)
            made.setAccessibleName(name)
            made.clicked.connect(self._clicked)
            flow.addWidget(made)
            self._buttons[value] = made

    def show_chosen(self, values: Sequence[str]) -> None:
        """Show which ones are chosen."""
        for value, made in self._buttons.items():
            made.setChecked(value in values)

    def take_focus(self) -> None:
        """Begin at the first one."""
        next(iter(self._buttons.values())).setFocus()

    def _clicked(self) -> None:
        self.changed.emit([value for value, made in self._buttons.items() if made.isChecked()])
