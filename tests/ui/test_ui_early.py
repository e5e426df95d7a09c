"""What the first room is made with says the same as Qt does by its own names."""

from datetime import date

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QEnterEvent, QPen, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from uncramp.coach.places import Places
from uncramp.coach.plan.today import marks
from uncramp.ui import early
from uncramp.ui.flow import FlowLayout
from uncramp.ui.rail import Rail
from uncramp.ui.theme import load_theme
from uncramp.ui.today.nights import NightButton
from uncramp.ui.widgets import KeyButton, label, scroll_area

RED = QColor(200, 20, 20)


def test_the_numbers_are_those_of_qt(qtbot: QtBot) -> None:
    words, place, area = QLabel(), QToolButton(), QScrollArea()
    for widget in (words, place, area):
        qtbot.addWidget(widget)
    policies = Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.StrongFocus
    for number, policy in zip((early.NO_FOCUS, early.STRONG_FOCUS), policies, strict=True):
        assert words.setProperty("focusPolicy", number)
        assert words.focusPolicy() is policy
    style = Qt.ToolButtonStyle
    styles = style.ToolButtonTextOnly, style.ToolButtonTextUnderIcon
    for number, wanted in zip((early.WORDS_ONLY, early.WORDS_BELOW_ICON), styles, strict=True):
        assert place.setProperty("toolButtonStyle", number)
        assert place.toolButtonStyle() is wanted
    assert Qt.AlignmentFlag(early.IN_THE_MIDDLE) == Qt.AlignmentFlag.AlignCenter
    above = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    assert Qt.AlignmentFlag(early.AT_THE_TOP) == above
    assert {Qt.Key.Key_Return, Qt.Key.Key_Enter} == early.ENTER_KEYS
    shortcut = QShortcut(words)
    assert shortcut.setProperty("context", early.WITHIN_ITS_WIDGET)
    assert shortcut.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut
    assert QPen(RED, 1.0, Qt.PenStyle.DashLine).dashPattern() == list(early.DASHES)


def test_labels_and_areas_are_as_they_are_wanted(qtbot: QtBot) -> None:
    words, area = label("body", "<b>plain</b>"), scroll_area()
    qtbot.addWidget(words)
    qtbot.addWidget(area)
    assert words.textFormat() is Qt.TextFormat.PlainText
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_hand_is_shown_over_what_can_be_pressed(qtbot: QtBot, places: Places) -> None:
    theme = load_theme(places.assets / "themes", "light")
    (mark,) = marks((), date(2026, 11, 19), 1)
    rail = Rail(places.assets / "icons")
    rail.add_place("day", "Day", "today")
    qtbot.addWidget(rail)
    key_button, night = KeyButton("Start", "Enter"), NightButton(mark, theme)
    for pressed in (key_button, night, *rail.findChildren(QToolButton)):
        qtbot.addWidget(pressed)
        point = QPointF(2, 2)
        QApplication.sendEvent(pressed, QEnterEvent(point, point, point))
        for seen in (pressed, *pressed.findChildren(QLabel)):
            assert seen.cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_pens_and_brushes_are_of_their_colour() -> None:
    assert early.brush(RED) == QBrush(RED)
    assert early.pen(RED, 2.5) == QPen(RED, 2.5)
    assert early.pen(RED, 1.0, early.DASHES).dashPattern() == list(early.DASHES)


def test_a_line_of_parts_takes_no_more_than_it_needs(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    whole = QVBoxLayout(room)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    flow, part, rest = FlowLayout(), QPushButton("part"), QWidget()
    flow.addWidget(part)
    assert flow.expandingDirections() == Qt.Orientation(0)
    whole.addLayout(flow)
    rest.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    whole.addWidget(rest)
    room.resize(400, 400)
    whole.activate()
    assert part.geometry() == QRect(QPoint(0, 0), part.sizeHint())
    assert rest.height() == 400 - part.height()


def test_a_press_on_the_words_or_the_key_presses_the_button(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    button = KeyButton("Start", "Enter")
    button.setParent(room)
    button.resize(300, 60)
    room.show()
    for part in button.findChildren(QLabel):
        with qtbot.waitSignal(button.clicked):
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    # Beside each other in the middle, whatever room there is.
    words, key = button.findChildren(QLabel)
    assert words.geometry().united(key.geometry()).center().y() == button.rect().center().y()
    assert key.x() - words.geometry().right() - 1 == button.layout().spacing()  # type: ignore[union-attr]  # it has one
