"""Calendars of somebody whose week begins on Sunday."""

from collections.abc import Iterator
from datetime import date

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.today import plan_day
from uncramp.model.plan import Plan, Tie
from uncramp.model.week import MONDAY, begin_weeks_on
from uncramp.ui.diary.calendar_view import CalendarView
from uncramp.ui.today.plan_page import PlanPage
from uncramp.ui.window import MainWindow

SUNDAY = "6"


@pytest.fixture
def window(places: Places, qtbot: QtBot) -> Iterator[MainWindow]:
    coach = Coach(places)
    coach.change_setting("muted", True)
    coach.change_setting("week_begins", SUNDAY)
    now = coach.read_date()
    assert coach.diary is not None
    plan = with_routine(Plan(), "morning", Rhythm(Tie.MORNING), plan_day(now))
    coach.diary.save_plan(plan, now)
    coach.close()
    made = MainWindow(places)
    made.resize(1200, 760)
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    yield made
    made.close()
    begin_weeks_on(MONDAY)


def test_sunday_stands_at_the_left_of_the_calendar(window: MainWindow) -> None:
    window.rooms.show("journal")
    QApplication.processEvents()
    calendar = window.findChild(CalendarView)
    assert calendar is not None
    today = window.coach.read_date().date()
    first = date(today.year, today.month, 1)
    sundays = [
        first.replace(day=day) for day in range(1, 29) if first.replace(day=day).weekday() == 6
    ]
    lefts = {calendar.cell_of(day).left() for day in sundays}
    assert len(lefts) == 1
    everywhere = [calendar.cell_of(first.replace(day=day)).left() for day in range(1, 29)]
    assert lefts == {min(everywhere)}


def test_the_days_of_the_plan_begin_with_sunday(window: MainWindow) -> None:
    window.rooms.show("plan")
    QApplication.processEvents()
    page = window.rooms.current
    assert isinstance(page, PlanPage)
    days = [
        button
        for button in page.findChildren(QPushButton)
        if button.objectName().startswith("day ") and button.isVisible()
    ]
    first = min(days, key=lambda button: button.x())
    assert first.objectName() == "day 6 morning"
