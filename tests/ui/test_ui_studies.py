"""The experiment and the monthly look back, in the window."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.journal.studies import Studies as Kept
from uncramp.model.diary import Night
from uncramp.model.experiment import Design, Ending
from uncramp.model.plan import Plan, Tie
from uncramp.ui.charts.check_in_page import CheckInPage
from uncramp.ui.charts.experiment_page import ExperimentPage
from uncramp.ui.charts.room import ChartsRoom
from uncramp.ui.text_pages import SafetyPage
from uncramp.ui.today.cards import LotCard
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

NOW = datetime(2026, 11, 22, 18, 0).astimezone()


class Wall:
    """The clock on the wall."""

    def __init__(self) -> None:
        self.now = NOW

    def read(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def room(qtbot: QtBot, places: Places, wall: Wall) -> Iterator[ChartsRoom]:
    """The charts of somebody with five weeks of nights, in a window."""
    coach = Coach(places, read_date=wall.read)
    coach.change_setting("muted", True)
    assert coach.diary is not None
    for number in range(35):
        day = NOW.date() - timedelta(days=35 - number)
        told = NOW - timedelta(days=34 - number, hours=10)
        coach.diary.save_night(Night(day, int(number % 3 == 0), told), told)
    plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME), NOW.date())
    coach.diary.save_plan(plan, NOW)
    coach.close()
    save_memory(places.data, Memory(welcomed=True, has_plan=True), NOW.date())
    window = MainWindow(places)
    qtbot.addWidget(window)
    window.coach.read_date = wall.read
    window.show()
    qtbot.waitUntil(lambda: window.is_filled)
    yield charts(window)
    window.close()


def charts(window: MainWindow) -> ChartsRoom:
    window.frame.room_requested.emit("charts")
    pump()
    room = window.findChild(ChartsRoom)
    assert room is not None
    return room


def pump() -> None:
    for _ in range(6):
        QApplication.processEvents()


def window_of(room: ChartsRoom) -> MainWindow:
    window = room.window()
    assert isinstance(window, MainWindow)
    return window


def words(widget: QWidget) -> str:
    shown = (one for one in widget.findChildren(QLabel) if one.isVisible())
    return "\n".join(one.text() for one in shown)


def press(widget: QWidget, text: str) -> None:
    found = [one for one in widget.findChildren(QPushButton) if one.text() == text]
    assert [one.isVisible() for one in found] == [True], text
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    pump()


def page(room: ChartsRoom, kind: type[QWidget]) -> QWidget:
    found = [one for one in room.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def kept(room: ChartsRoom) -> Kept:
    journal = window_of(room).coach.journal
    assert journal is not None
    return Kept(journal)


def test_an_experiment_tells_its_power_and_rules_before_it_begins(room: ChartsRoom) -> None:
    press(room, "Set one up…")
    said = words(page(room, ExperimentPage))
    assert "experiments like this, of 12 weeks each, would detect it" in said
    assert "Stop at any time if it hurts" in said
    assert "whether or not you kept to it" in said
    assert kept(room).experiments() == ()  # nothing begins by looking


def test_what_is_chosen_is_fixed_and_the_lot_is_shown_on_its_evening_only(
    room: ChartsRoom, wall: Wall
) -> None:
    press(room, "Set one up…")
    press(page(room, ExperimentPage), "Whole weeks")
    press(page(room, ExperimentPage), "8 weeks")
    press(page(room, ExperimentPage), "Agree and begin tomorrow evening")
    (experiment,) = kept(room).experiments()
    assert (experiment.routine, experiment.design, experiment.weeks) == (
        "bedtime_trial",
        Design.RANDOM_WEEKS,
        8,
    )
    assert "It begins on 23 November 2026." in words(page(room, ExperimentPage))
    window = window_of(room)
    window.frame.room_requested.emit("today")
    pump()
    assert not any(one.isVisible() for one in window.findChildren(LotCard))
    wall.now += timedelta(days=1)
    window.frame.room_requested.emit("today")
    pump()
    (card,) = (one for one in window.findChildren(LotCard) if one.isVisible())
    assert "Your experiment drew" in words(card)
    charts(window)
    assert "Your experiment drew" in words(page(room, ExperimentPage))


def test_pain_stops_it_at_once_and_shows_the_signs(room: ChartsRoom) -> None:
    press(room, "Set one up…")
    press(page(room, ExperimentPage), "Agree and begin tomorrow evening")
    press(page(room, ExperimentPage), "Stop: it hurts")
    (experiment,) = kept(room).experiments()
    assert experiment.ending is Ending.PAIN
    assert window_of(room).findChild(SafetyPage) is not None


def test_without_a_known_rate_nothing_is_promised(qtbot: QtBot, places: Places, wall: Wall) -> None:
    coach = Coach(places, read_date=wall.read)
    assert coach.diary is not None
    coach.diary.save_night(Night(NOW.date() - timedelta(days=1), 1, NOW), NOW)
    coach.close()
    window = MainWindow(places)
    qtbot.addWidget(window)
    window.coach.read_date = wall.read
    window.show()
    qtbot.waitUntil(lambda: window.is_filled)
    room = charts(window)
    press(room, "Set one up…")
    said = words(page(room, ExperimentPage))
    assert "clear once 28 nights are logged" in said
    assert "would detect it" not in said


def test_a_look_back_is_kept_compared_deleted_and_brought_back(
    room: ChartsRoom, wall: Wall
) -> None:
    press(room, "Check in…")
    shown = page(room, CheckInPage)
    press(shown, "Save")
    assert "Please answer at least one question." in words(shown)
    changed = shown.findChildren(QPlainTextEdit)[0]
    changed.setPlainText("New bed\n<b>x</b>")
    press(shown, "7")
    press(shown, "Save")
    (first,) = kept(room).check_ins()
    assert (first.changed, first.rating) == ("New bed\n<b>x</b>", 7)
    assert room.page.isVisible()
    wall.now += timedelta(days=30)
    charts(window_of(room))
    assert "It is time for a check-in" in words(room)
    press(room, "Check in…")
    said = words(page(room, CheckInPage))
    assert "New bed" in said
    assert "<b>x</b>" in said  # as it was typed
    press(page(room, CheckInPage), "Delete")
    assert kept(room).check_ins() == ()
    press(window_of(room), "Undo")
    assert kept(room).check_ins()[0].changed == first.changed
    assert "New bed" in words(page(room, CheckInPage))


def test_escape_goes_back_to_the_charts(room: ChartsRoom) -> None:
    back: Callable[[], bool] = room.page.isVisible
    press(room, "Check in…")
    assert not back()
    QTest.keyClick(page(room, CheckInPage), Qt.Key.Key_Escape)
    pump()
    assert back()


def test_a_night_drawn_without_the_routine_is_not_due(room: ChartsRoom, wall: Wall) -> None:
    """What the lot says and what the day asks for must not be two things."""
    press(room, "Set one up…")
    press(page(room, ExperimentPage), "Agree and begin tomorrow evening")
    window = window_of(room)
    seen = set()
    for _ in range(2):  # of every two nights one is drawn without it
        wall.now += timedelta(days=1)
        window.frame.room_requested.emit("today")
        pump()
        (card,) = (one for one in window.findChildren(LotCard) if one.isVisible())
        without = "drew no" in words(card)
        seen.add(without)
        today = window.parts.daily._today
        assert today is not None
        due = {entry.item.routine for entry in today.due}
        assert ("bedtime_trial" in due) is not without
    assert seen == {True, False}
