"""The guide in the window: searched, read, by keys."""

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget

from uncramp.ui.guide.room import GuideRoom
from uncramp.ui.text_pages import SafetyPage
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def room(window: MainWindow) -> GuideRoom:
    window.resize(1200, 760)
    window.frame.room_requested.emit("guide")
    QApplication.processEvents()
    found = window.findChild(GuideRoom)
    assert found is not None
    return found


def words(room: GuideRoom) -> str:
    return "\n".join(one.text() for one in room.findChildren(QLabel) if one.isVisible())


def titles(room: GuideRoom) -> list[str]:
    shown = room.findChild(QListWidget)
    assert shown is not None
    return [shown.item(row).text() for row in range(shown.count())]


def test_the_first_page_is_open_and_tells_its_evidence(room: GuideRoom) -> None:
    assert room.page is not None
    said = words(room)
    assert room.page.title in said
    assert "Evidence: observed, not tested." in said


def test_search_narrows_and_the_arrow_reads_on(room: GuideRoom) -> None:
    field = room.findChild(QLineEdit)
    assert field is not None
    assert field.hasFocus()
    QTest.keyClicks(field, "pickle")
    QApplication.processEvents()
    assert titles(room) == ["When you have a cramp"]
    assert "84" not in words(room)
    assert "49 seconds" in words(room)
    QTest.keyClicks(field, " zebra")
    assert titles(room) == []
    assert "No page contains all these words." in words(room)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(titles(room)) == 14
    QTest.keyClick(field, Qt.Key.Key_Down)
    shown = room.findChild(QListWidget)
    assert shown is not None
    assert shown.hasFocus()
    before = room.page
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert room.page is not before


def test_a_page_with_a_figure_shows_it(room: GuideRoom) -> None:
    room.open("relief")
    stage = room.findChild(QLabel, "stage")
    assert stage is not None
    image = stage.pixmap().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 100, 3)}
    assert len(colours) > 20


def test_the_signs_are_one_press_away(room: GuideRoom, window: MainWindow) -> None:
    window.frame.safety_requested.emit()
    assert isinstance(window.stack.page, SafetyPage)
    assert room.page is not None


def test_with_large_letters_in_a_small_window_list_and_page_stand_below_each_other(
    room: GuideRoom, window: MainWindow
) -> None:
    font = room.font()
    font.setPointSizeF(2 * font.pointSizeF())
    room.setFont(font)
    window.resize(720, 520)
    QApplication.processEvents()
    shown = room.findChild(QListWidget)
    assert shown is not None
    assert shown.geometry().bottom() < room._area.geometry().top()
