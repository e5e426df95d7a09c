"""The planner in the window: every answer changes the sheet; the runner is remembered."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from calendar_reader import events_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.runs.remembered import runner_of
from uncramp.model.diary import Run
from uncramp.planner.runner import Flag
from uncramp.ui.runs.room import PlannerRoom
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


def opened(window: MainWindow) -> PlannerRoom:
    window.resize(1200, 800)
    window.frame.room_requested.emit("planner")
    QApplication.processEvents()
    found = window.findChild(PlannerRoom)
    assert found is not None
    return found


def words(room: PlannerRoom) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in room.findChildren(QLabel) if one.isVisible())


def press(room: PlannerRoom, text: str) -> None:
    found = [one for one in room.findChildren(QPushButton) if one.text() == text]
    assert len(found) == 1, text
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_a_longer_run_needs_something_on_the_way(window: MainWindow) -> None:
    room = opened(window)
    room.questions._minutes._number.setValue(45)
    assert "usually nothing" in words(room)
    room.questions._minutes._number.setValue(120)
    assert "usually nothing" not in words(room)
    assert "ml an hour at most" in words(room)


def test_a_tick_silences_the_numbers_and_is_remembered(window: MainWindow, places: Places) -> None:
    room = opened(window)
    room.questions._minutes._number.setValue(120)
    press(room, "Kidney disease")
    assert "whoever treats you" in words(room)
    assert "ml" not in words(room).replace("ml/", "")
    kept = runner_of(Coach(places).settings.runner)
    assert kept.flags == {Flag.KIDNEY}
    press(room, "Kidney disease")
    assert runner_of(Coach(places).settings.runner).flags == frozenset()


def test_a_test_of_sweat_becomes_the_ceiling(window: MainWindow) -> None:
    room = opened(window)
    room.questions._minutes._number.setValue(120)
    room.questions._temperature._number.setValue(22)
    press(room, "Calculate and use it")
    assert "Please enter both weights." in words(room)
    room._before.show_number(70.0)
    room._after.show_number(69.9)
    room._drunk.show_number(0.3)
    press(room, "Calculate and use it")
    assert "0.40 l an hour" in words(room)
    assert room.runner.sweat_l_h == pytest.approx(0.4)
    # Four to nine tenths of it, in steps of 25.
    assert "150 to 350 ml an hour at most" in words(room)
    # 1.25 to 1.5 l for each of 0.1 kg.
    assert "To drink after this run: 125 to 150 ml" in words(room)
    room._after.show_number(70.0)
    press(room, "Calculate and use it")
    assert "you drank too much on this run" in words(room)
    room._after.show_number(69.9)
    press(room, "Calculate and use it")
    room._after.show_number(60.0)
    press(room, "Calculate and use it")
    assert "That cannot be" in words(room)
    assert room.runner.sweat_l_h == pytest.approx(0.4)


def test_runs_of_the_journal_are_the_load(window: MainWindow) -> None:
    now = window.coach.read_date()
    assert window.coach.diary is not None
    run = Run("r", now - timedelta(days=9), 3600, 10_000.0)
    window.coach.diary.save_run(run, now)
    assert "the next may be up to 11.0 km" in words(opened(window))


def test_whoever_says_only_the_distance_is_told_a_time(window: MainWindow) -> None:
    room = opened(window)
    far, minutes = room.questions._distance._number, room.questions._minutes
    assert (room.run.seconds, room.run.metres) == (3600, None)
    assert "Based on" not in words(room)
    far.setValue(21)
    assert room.run.seconds == 21 * 6 * 60
    assert "Based on 6:00 per km, because" in words(room)
    assert "ml an hour at most" in words(room)
    now = window.coach.read_date()
    assert window.coach.diary is not None
    for back, seconds in ((5, 3_000), (9, 3_300), (20, 3_900)):
        made = Run(f"r{back}", now - timedelta(days=back), seconds, 10_000.0)
        window.coach.diary.save_run(made, now)
    room.refresh()
    assert "Based on 5:30 per km, the median of your 3 runs" in words(room)
    assert minutes.value() == round(21 * 5.5)
    minutes._number.setValue(140)
    assert "Based on" not in words(room)
    far.setValue(10)
    assert room.run.seconds == 140 * 60  # what was said stays
    press(room, "Work out the time from the distance")
    assert room.run.seconds == 55 * 60
    assert "Based on 5:30 per km" in words(room)
    far.setValue(far.minimum())
    assert (room.run.seconds, room.run.metres) == (3600, None)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2:05", 125), ("0:45", 45), ("95", 95), ("48:00", 2880), ("2:5", 60), ("1:75", 60)],
)
def test_hours_and_minutes_can_be_typed(window: MainWindow, typed: str, minutes: int) -> None:
    """What is no whole time leaves the time as it was."""
    room = opened(window)
    field = room.questions._minutes._number
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert room.run.seconds == 60 * minutes
    assert field.text() == f"{minutes} min"


@pytest.mark.parametrize("far", [0.01, 0.3, 300.0])
def test_the_shortest_and_the_farthest_have_a_time_too(window: MainWindow, far: float) -> None:
    room = opened(window)
    room.questions._distance._number.setValue(far)
    assert 5 * 60 <= room.run.seconds <= 48 * 3600
    assert room.run.metres == pytest.approx(1000 * far)


def test_american_units_are_used_throughout(places: Places, qtbot: QtBot) -> None:
    coach = Coach(places)
    coach.change_setting("miles", True)
    coach.change_setting("runner", "70 1.0 ")
    coach.close()
    window = MainWindow(places)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.filled, timeout=10_000):
        window.show()
    room = opened(window)
    room.questions._minutes._number.setValue(120)
    room.questions._temperature._number.setValue(72)
    said = words(room)
    assert "fl oz an hour" in said
    room.questions._forget_time()
    room.questions._distance._number.setValue(10)
    assert "Based on 9:39 per mile" in words(room)
    assert room.run.seconds == round(10 * 1.609344 * 6) * 60
    assert "°F" in said
    assert " ml" not in said
    assert "°C" not in said
    assert room.run.weather.temperature_c == pytest.approx((72 - 32) / 1.8)
    window.close()


def test_the_warm_up_is_started_from_the_sheet(window: MainWindow) -> None:
    room = opened(window)
    wanted: list[str] = []
    window.frame.routine_requested.connect(wanted.append)
    room.questions._temperature._number.setValue(5)
    QApplication.processEvents()
    found = [one for one in room.findChildren(QPushButton) if one.text().startswith("Start: Cold")]
    assert len(found) == 1
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    assert wanted == ["prerun_cold"]


def test_a_date_without_a_journal_still_plans(window: MainWindow) -> None:
    assert isinstance(window.coach.read_date(), datetime)
    assert "Record or import your runs" in words(opened(window))


def test_a_race_has_its_day_as_calendar_and_page(window: MainWindow, tmp_path: Path) -> None:
    room = opened(window)
    assert not room.race.isVisible()
    room.questions._race.setChecked(True)
    QApplication.processEvents()
    assert room.race.isVisible()
    assert (
        room._area.viewport()
        .rect()
        .contains(room.race.mapTo(room._area.viewport(), room.race.rect().topRight()))
    )  # what was asked for is seen at once
    assert "Line up" in words(room)
    for ending in ("ics", "pdf", "html"):
        room.save_race(tmp_path / f"race.{ending}")
    assert len(events_of((tmp_path / "race.ics").read_bytes())) == len(room.day)
    assert (tmp_path / "race.pdf").read_bytes().startswith(b"%PDF")
    assert "Race day" in (tmp_path / "race.html").read_text(encoding="utf-8")
    room.save_race(tmp_path / "race.txt")
    assert not (tmp_path / "race.txt").exists()
    (tmp_path / "file").write_text("x")
    room.save_race(tmp_path / "file" / "race.ics")
    told = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert any("could not be written" in one for one in told)


def test_the_race_is_in_its_zone_and_quiet_until_the_runner_is_up(
    window: MainWindow, tmp_path: Path
) -> None:
    room = opened(window)
    room.questions._race.setChecked(True)
    room.race.show_start(datetime(2027, 3, 7, 9))
    assert room.race.up_at == datetime(2027, 3, 7, 7)
    room.race.show_start(datetime(2027, 3, 7, 7, 10))  # who says nothing gets up for the start
    assert room.race.up_at == datetime(2027, 3, 7, 5, 10)
    room.race.show_zone("Asia/Tokyo")
    room.race.choose_rise(4 * 60)
    window.coach.change_setting("miles", True)
    room.refresh()
    assert room.race.up_at == datetime(2027, 3, 7, 4)
    room.save_race(tmp_path / "race.ics")
    entries = events_of((tmp_path / "race.ics").read_bytes())
    # Tokyo is nine hours ahead of UTC all the year.
    assert datetime(2027, 3, 6, 22, 10, tzinfo=UTC) in [entry.start for entry in entries]
    assert all("Asia/Tokyo" in entry.text("DESCRIPTION") for entry in entries)
    # From the meal at ten past four to the line at five past seven.
    alarmed = [entry.start for entry in entries if entry.alarms]
    assert alarmed[0] == datetime(2027, 3, 6, 19, 10, tzinfo=UTC)
    assert alarmed[-1] == datetime(2027, 3, 6, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize("pounds", [66.5, 120.0, 154.3, 199.9, 440.0])
def test_pounds_come_back_as_they_were_given(places: Places, qtbot: QtBot, pounds: float) -> None:
    Coach(places).change_setting("miles", True)
    for _ in range(2):  # the second window shows what the first one kept
        window = MainWindow(places)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.filled, timeout=10_000):
            window.show()
        room = opened(window)
        if room.runner.mass_kg == 70.0:
            room._mass._number.setDecimals(1)
            room._mass._number.setValue(pounds)
        shown = room._mass.value()
        window.close()
    assert shown == pytest.approx(pounds, abs=0.051)


@pytest.mark.parametrize("wide", [700, 1200])
def test_other_units_keep_the_run_that_was_planned(window: MainWindow, wide: int) -> None:
    room = opened(window)
    window.resize(wide, 560)
    questions = room.questions
    questions._distance._number.setValue(21.1)
    questions._minutes._number.setValue(125)
    questions._temperature._number.setValue(24)
    questions._wind._number.setValue(20)
    questions._ascent._number.setValue(300)
    questions._race.setChecked(True)
    questions._sun.setChecked(False)
    start = room.race.start.wall + timedelta(days=3)
    room.race.show_start(start)
    before, way = room.run, room._halves.direction()
    for miles in (True, False):
        window.coach.change_setting("miles", miles)
        room.refresh()
        QApplication.processEvents()
        after = room.run
        assert (after.seconds, after.is_race, after.weather.sun) == (7500, True, False)
        assert after.metres == pytest.approx(before.metres, rel=0.001)
        assert after.ascent_m == pytest.approx(before.ascent_m, abs=0.4)
        assert after.weather.temperature_c == pytest.approx(24, abs=0.05)
        assert after.weather.wind_kmh == pytest.approx(20, abs=0.1)
        assert room.race.start.wall == start
        assert room._halves.direction() == way
        room.questions._distance._number.setValue(room.questions._distance._number.value())
        assert room.run.seconds == 7500  # the time was said


def test_other_units_are_worn_when_the_room_is_shown_again(window: MainWindow) -> None:
    room = opened(window)
    room.questions._temperature._number.setValue(22)
    assert "°C" in words(room)
    window.coach.change_setting("miles", True)
    window.frame.room_requested.emit("planner")
    assert "°F" in words(room)
    assert "°C" not in words(room)
