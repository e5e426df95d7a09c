"""Works open in the browser, by the mouse and by the keys."""

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from uncramp.ui.guide.room import GuideRoom
from uncramp.ui.links import link_label
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Browser(QObject):
    """Stands for the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Note what is opened."""
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")  # type: ignore[arg-type]  # stub asks for bytes
    yield browser
    QDesktopServices.unsetUrlHandler("https")


def test_a_work_opens_by_mouse_and_keys(qtbot: QtBot, browser: Browser) -> None:
    shown = link_label("A <b>title</b> & more", "https://doi.org/10.1000/x")
    qtbot.addWidget(shown)
    shown.resize(400, 30)
    shown.show()
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(20, 15))
    assert browser.opened == ["https://doi.org/10.1000/x"]
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Tab)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert browser.opened == 2 * ["https://doi.org/10.1000/x"]
    assert "<b>" not in shown.text()


def test_free_text_is_no_link(qtbot: QtBot) -> None:
    shown = link_label("My <b>physiotherapist</b>", "")
    qtbot.addWidget(shown)
    assert shown.text() == "My <b>physiotherapist</b>"
    assert not shown.textInteractionFlags() & Qt.TextInteractionFlag.LinksAccessibleByMouse


def test_the_guide_names_its_works_as_links(window: MainWindow, browser: Browser) -> None:
    window.frame.room_requested.emit("guide")
    room = window.findChild(GuideRoom)
    assert room is not None
    room.open("bedtime")
    links = [label for label in room.findChildren(QLabel) if "10.1111/liv.16007" in label.text()]
    assert len(links) == 1
    links[0].linkActivated.emit("https://doi.org/10.1111/liv.16007")
    assert browser.opened == ["https://doi.org/10.1111/liv.16007"]
