"""The page of the plan: a routine more than once, a reminder of every hour, rows that stay."""

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from uncramp.model.plan import PlanItem, Tie
from uncramp.ui.today.plan_page import PlanPage
from uncramp.ui.today.plan_rows import PlanRow
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(window: MainWindow) -> PlanPage:
    window.rooms.show("plan")
    made = window.rooms.current
    assert isinstance(made, PlanPage)
    return made


def box(within: QWidget, name: str) -> QComboBox:
    (found,) = (
        shown
        for shown in within.findChildren(QComboBox)
        if shown.accessibleName().endswith(name) and shown.isVisible()
    )
    return found


def choose(shown: QComboBox, data: object) -> None:
    """Choose an entry as keys do in the open list."""
    shown.showPopup()
    view = shown.view()
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(shown.findData(data)):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QApplication.processEvents()


def add(page: PlanPage, routine: str) -> None:
    choose(box(page, "Routine to add"), routine)
    button = page.findChild(QPushButton, "add")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def items(window: MainWindow) -> tuple[PlanItem, ...]:
    assert window.coach.diary is not None
    return window.coach.diary.plan().items


def rows(page: PlanPage) -> list[PlanRow]:
    return [row for row in page.findChildren(PlanRow) if row.isVisible()]


def test_a_routine_can_be_planned_in_the_morning_and_at_bedtime(
    window: MainWindow, page: PlanPage
) -> None:
    for _ in range(2):
        add(page, "bedtime_plus")
    first, second = rows(page)
    choose(box(second, "When"), Tie.MORNING.value)
    assert {(item.routine, item.tie) for item in items(window)} == {
        ("bedtime_plus", Tie.BEDTIME),
        ("bedtime_plus", Tie.MORNING),
    }
    assert rows(page) == [first, second]  # nothing jumps away under the hand
    choose(box(first, "Reminder"), "22:00")
    assert sorted(item.remind for item in items(window)) == ["", "22:00"]


def test_the_desk_break_can_be_reminded_of_every_hour(window: MainWindow, page: PlanPage) -> None:
    add(page, "desk_break")
    (row,) = rows(page)
    assert not any(
        shown.accessibleName().endswith("How often a day") and shown.isVisible()
        for shown in row.findChildren(QComboBox)
    )
    choose(box(row, "Reminder"), "09:00")
    choose(box(row, "How often a day"), "17:00")
    (item,) = items(window)
    assert (item.remind, item.remind_until) == ("09:00", "17:00")
    # Another day of the week leaves the hours as they are.
    day = row.findChild(QPushButton, "day 6 desk_break")
    assert isinstance(day, QPushButton)
    QTest.mouseClick(day, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    (item,) = items(window)
    assert (item.days, item.remind_until) == (frozenset(range(6)), "17:00")
    # A first reminder that is later than the last makes it one a day again.
    choose(box(row, "Reminder"), "17:30")
    (item,) = items(window)
    assert (item.remind, item.remind_until) == ("17:30", "")


def test_what_is_removed_leaves_the_keys_on_something_harmless(
    window: MainWindow, page: PlanPage
) -> None:
    for _ in range(2):
        add(page, "bedtime_plus")
    remove = next(
        button
        for button in rows(page)[0].findChildren(QPushButton)
        if button.accessibleName().startswith("Remove")
    )
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Return)
    QApplication.processEvents()
    focused = window.focusWidget()  # an open list before has taken the application's
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert len([item for item in items(window) if item.end is None]) == 1
