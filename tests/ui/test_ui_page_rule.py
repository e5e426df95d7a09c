"""No page is built anew, and no widget deleted, within a signal of one of its own widgets.

Every button of every page is pressed and every entry of every list chosen, as the hand does it.
Before the event loop has its turn, each widget that was on the page has to be there still.
"""

from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QListView,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from told_diaries import diary

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.plan.planning import Rhythm, with_pause, with_routine
from uncramp.coach.plan.today import plan_day
from uncramp.journal.archive import Archive
from uncramp.model.plan import Plan, Tie
from uncramp.ui.rooms import table
from uncramp.ui.widgets import replace_content, scroll_area
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROOMS = tuple(room.id for room in table())


@pytest.fixture
def places(places: Places) -> Places:
    """Somebody with a plan, a pause to come, and six weeks of entries."""
    coach = Coach(places)
    now = coach.read_date()
    assert coach.journal is not None
    Archive(coach.journal).add(diary(42), now)
    day = plan_day(now)
    plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME, remind="22:00"), day)
    plan = with_routine(plan, "prerun_quick", Rhythm(Tie.BEFORE_RUN, frozenset(), 3), day)
    assert coach.diary is not None
    coach.diary.save_plan(with_pause(plan, now.date().replace(year=2036), None, ""), now)
    coach.close()
    return places


@pytest.fixture(autouse=True)
def nobody_chooses_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("getSaveFileName", "getOpenFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")


def press(widget: QWidget) -> None:
    """Press a button, or choose the next entry of an open list, as a mouse and keys do."""
    if isinstance(widget, QComboBox):
        widget.showPopup()
        view = widget.view()
        QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
    else:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def pressable(page: QWidget) -> Iterator[QWidget]:
    """Return what can be pressed on a page, with a name to find it by again."""
    for widget in page.findChildren(QWidget):
        opens_menu = isinstance(widget, QPushButton | QToolButton) and widget.menu() is not None
        if isinstance(widget, QAbstractButton | QComboBox) and is_there(widget) and not opens_menu:
            yield widget  # a menu runs a loop of its own, which needs a real screen


def is_there(widget: QWidget) -> bool:
    return shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled()


def parts_of(page: QWidget) -> list[QWidget]:
    """Return all widgets of a page but open lists, which are windows of their own."""
    return [part for part in page.findChildren(QWidget) if part.window() is page.window()]


def lost(before: list[QWidget], page: QWidget) -> list[str]:
    """Return what of a page is deleted, or no longer a part of it."""
    gone = []
    for widget in before:
        if not shiboken6.isValid(widget):
            gone.append("deleted")
        elif not page.isAncestorOf(widget):
            gone.append(f"{type(widget).__name__} {widget.objectName()}")
    return gone


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_pressed_and_all_around_it_outlive_the_press(window: MainWindow, room: str) -> None:
    window.rooms.show(room)
    QApplication.processEvents()
    page = window.rooms.page(room)
    seen: set[tuple[str, str, str]] = set()
    for _ in range(120):
        fresh = [
            (widget, key)
            for widget in pressable(page)
            if (key := (type(widget).__name__, widget.objectName(), widget.accessibleName()))
            not in seen
        ]
        if not fresh:
            break
        widget, key = fresh[0]
        seen.add(key)
        before = parts_of(page)
        press(widget)
        assert not lost(before, page), key
        QApplication.processEvents()
        while window.frame.page is not None:
            window.parts.close()
            window.frame.back_to_rooms()
        window.rooms.show(room)
        QApplication.processEvents()
    assert seen


def test_a_page_that_broke_the_rule_would_be_caught(qtbot: object) -> None:
    """Qt's own way to change what a scroll area shows deletes the old content at once."""
    area = QScrollArea()
    area.setWidget(QListView())
    before = area.findChildren(QWidget)
    area.setWidget(QListView())
    assert "deleted" in lost(before, area)


def test_replaced_content_outlives_the_signal(qtbot: object) -> None:
    area = scroll_area(QListView())
    old = area.widget()
    replace_content(area, QListView())
    assert old is not None
    assert shiboken6.isValid(old)
    assert not old.isVisible()
