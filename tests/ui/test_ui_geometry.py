"""The window's place and size: within the screen, kept, and brought back on it."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from uncramp.ui.geometry import FILE_NAME, keep, place
from uncramp.ui.window import MainWindow


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def is_within_its_screen(widget: QWidget) -> bool:
    available = widget.screen().availableGeometry()
    return available.contains(QRect(widget.pos(), widget.size()))


def test_the_first_time_it_is_no_larger_than_the_screen(widget: QWidget, tmp_path: Path) -> None:
    """The screen of the tests is smaller than the usual size is wide."""
    available = widget.screen().availableGeometry()
    assert available.width() < 1200
    place(widget, tmp_path)
    assert is_within_its_screen(widget)
    assert widget.width() > available.width() * 0.9


def test_large_letters_ask_for_more_but_never_for_more_than_there_is(
    widget: QWidget, tmp_path: Path
) -> None:
    large = QFont(widget.font())
    large.setPointSizeF(4 * large.pointSizeF())
    widget.setFont(large)
    place(widget, tmp_path)
    assert is_within_its_screen(widget)


def test_size_and_place_are_kept(widget: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    place(widget, tmp_path)
    widget.setGeometry(QRect(QPoint(30, 60), QSize(740, 560)))
    widget.show()
    keep(widget, tmp_path)
    again = QWidget()
    qtbot.addWidget(again)
    place(again, tmp_path)
    assert again.geometry() == QRect(QPoint(30, 60), QSize(740, 560))


def test_a_window_that_was_on_a_screen_that_is_gone_comes_back(
    widget: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    widget.setGeometry(QRect(QPoint(5_000, 4_000), QSize(3_000, 2_000)))
    widget.show()
    keep(widget, tmp_path)
    again = QWidget()
    qtbot.addWidget(again)
    place(again, tmp_path)
    assert is_within_its_screen(again)


@pytest.mark.parametrize("content", [b"", b"nothing of Qt", b"\x01\xd9\xd0\xcb" + bytes(9_000)])
def test_a_damaged_file_is_no_file(widget: QWidget, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    place(widget, tmp_path)
    assert is_within_its_screen(widget)


def test_esc_leaves_the_full_screen_on_every_page(window: MainWindow) -> None:
    for room in ("today", "plan", "guide", "charts", "settings"):
        window.rooms.show(room)
        window.showFullScreen()
        QApplication.processEvents()
        assert window.isFullScreen()
        focused = QApplication.focusWidget() or window
        QTest.keyClick(focused, Qt.Key.Key_Escape)
        assert not window.isFullScreen(), room
        assert window.rooms.shown == room


def test_a_full_screen_is_not_kept(window: MainWindow, tmp_path: Path) -> None:
    window.showFullScreen()
    keep(window, tmp_path)
    assert not (tmp_path / FILE_NAME).exists()
