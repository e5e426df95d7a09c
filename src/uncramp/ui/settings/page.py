"""The settings: one row for each row of the table in the coach's settings."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.settings import Row, Settings, table
from uncramp.model.language import tr
from uncramp.ui.fields import Slider
from uncramp.ui.page import Page
from uncramp.ui.painted import ChoiceBox, Switch
from uncramp.ui.widgets import button, card, label, scroll_area

_NARROW = 40
"""In heights of a line: less is too narrow for names and fields side by side."""
_FIELD_PX = 280
_LEAST_PX = 120


class SettingsPage(Page):
    """Everything that can be chosen.

    Signals:
        setting_changed: key and new value.
        sound_test_requested: the user wants to hear the chimes.
        safety_requested: the signs that are reasons to get help are wanted.
    """

    setting_changed = Signal(str, object)
    sound_test_requested = Signal()
    safety_requested = Signal()

    def __init__(self, settings: Settings, data: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._first: QWidget | None = None
        self._lines: list[tuple[QBoxLayout, QWidget]] = []
        inside = card()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(28, 20, 28, 20)
        rows.setSpacing(18)
        for row in table():
            rows.addLayout(self._built_row(row, getattr(settings, row.key)))
        test = button(tr("Try the sound"))
        test.clicked.connect(self.sound_test_requested)
        rows.addWidget(test, 0, Qt.AlignmentFlag.AlignRight)
        self._told = label("alert", wrap=True)
        self._told.hide()
        column_widget = QWidget()
        column_widget.setObjectName("scrolled")
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(inside)
        column.addWidget(self._told)
        column.addWidget(self._built_about(data))
        column.addStretch(1)
        area = scroll_area(column_widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 34, 28)
        whole.setSpacing(16)
        whole.addWidget(label("display", tr("Settings")))
        whole.addWidget(area, 1)

    def tell(self, sentence: str) -> None:
        """Show a sentence below the settings; an empty one hides it."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def take_focus(self) -> None:
        """Begin with the first setting."""
        if self._first is not None:
            self._first.setFocus()

    def _built_about(self, data: Path) -> QWidget:
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(10)
        column.addWidget(label("heading", tr("Information, not diagnosis")))
        told = tr(
            "Uncramp guides routines and shows your own record. It cannot tell why you "
            "cramp, and it does not replace a doctor or a physiotherapist."
        )
        column.addWidget(label("soft", told, wrap=True))
        folder = label("soft", tr("Your data stay in {folder}.").format(folder=data), wrap=True)
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(folder)
        signs = button(tr("When to get help"))
        signs.clicked.connect(self.safety_requested)
        column.addWidget(signs, 0, Qt.AlignmentFlag.AlignLeft)
        return inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large letters, a field stands below its name."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        way = QBoxLayout.Direction
        for line, field in self._lines:
            line.setDirection(way.TopToBottom if narrow else way.LeftToRight)
            line.setSpacing(6 if narrow else 24)
            field.setMinimumWidth(_LEAST_PX if narrow else _FIELD_PX)

    def _built_row(self, row: Row, value: object) -> QBoxLayout:
        field = self._built_field(row, value)
        field.setObjectName(row.key)
        field.setAccessibleName(row.title)
        field.setAccessibleDescription(row.hint)
        if self._first is None:
            self._first = field
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("heading", row.title, wrap=True))
        words.addWidget(label("soft", row.hint, wrap=True))
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(24)
        line.addLayout(words, 1)
        line.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
        if not isinstance(field, Switch):
            field.setMinimumWidth(_FIELD_PX)
            self._lines.append((line, field))
        return line

    def _built_field(self, row: Row, value: object) -> QWidget:
        if row.choices:
            box = ChoiceBox()
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            for choice, name in row.choices:
                box.addItem(name, choice)
            box.setCurrentIndex([choice for choice, _ in row.choices].index(_plain(value)))
            box.currentIndexChanged.connect(self._chosen)
            return box
        if row.highest > row.lowest:
            slider = Slider(Qt.Orientation.Horizontal)
            slider.setRange(row.lowest, row.highest)
            slider.setPageStep(10)
            slider.setValue(int(str(value)))
            slider.valueChanged.connect(self._slid)
            return slider
        check = Switch()
        check.setChecked(bool(value))
        check.toggled.connect(self._toggled)
        return check

    def _chosen(self, index: int) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        self.setting_changed.emit(box.objectName(), _plain(box.itemData(index)))

    def _slid(self, value: int) -> None:
        self.setting_changed.emit(self.sender().objectName(), value)

    def _toggled(self, checked: bool) -> None:
        self.setting_changed.emit(self.sender().objectName(), checked)


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)
