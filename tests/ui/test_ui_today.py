"""The day's page, the plan's page, the first questions and the banner of a reminder."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.opening import FILE_NAME, opening
from uncramp.coach.places import Places
from uncramp.coach.plan.first_start import CrampTime
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.reminders import Memory, Snooze, save_memory
from uncramp.coach.plan.today import Done, NightState, marks, read_today
from uncramp.model.diary import CrampMuscle, Night
from uncramp.model.plan import Plan, Tie
from uncramp.ui.cramp.entry_page import CrampEntryPage
from uncramp.ui.cramp.leg_map import LegMap
from uncramp.ui.cramp.now_page import CrampNowPage
from uncramp.ui.diary.room import DiaryRoom
from uncramp.ui.theme import base_font, load_theme
from uncramp.ui.today.cards import done_line
from uncramp.ui.today.first_start_page import FirstStartPage
from uncramp.ui.today.nights import NightButton
from uncramp.ui.today.page import TodayPage
from uncramp.ui.today.plan_page import PlanPage
from uncramp.ui.today.plan_rows import PlanRow
from uncramp.ui.today.reminding import LOOK_MS, Waker
from uncramp.ui.widgets import Button
from uncramp.ui.window import MainWindow

CET = timezone(timedelta(hours=1))
MONDAY = date(2026, 11, 16)
LAST = date(2026, 11, 19)


class Wall:
    """A clock on the wall that the test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 18, 0, tzinfo=CET)  # a Friday

    def read(self) -> datetime:
        return self.now


def opened(places: Places, qtbot: QtBot, wall: Wall) -> MainWindow:
    made = MainWindow(places)
    made.resize(1200, 760)  # as on a usual screen; that of the tests is smaller
    made.coach.read_date = wall.read
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    for _ in range(4):
        QApplication.processEvents()
    return made


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def planned(places: Places) -> Places:
    """A user with a plan of two routines."""
    coach = Coach(places)
    coach.change_setting("muted", True)
    plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME, remind="22:00"), MONDAY)
    plan = with_routine(plan, "prerun_quick", Rhythm(Tie.BEFORE_RUN, frozenset(), 3), MONDAY)
    assert coach.diary is not None
    coach.diary.save_plan(plan, datetime(2026, 11, 16, 8, tzinfo=CET))
    coach.close()
    save_memory(places.data, Memory(welcomed=True, has_plan=True), MONDAY)
    return places


@pytest.fixture
def window(planned: Places, qtbot: QtBot, wall: Wall) -> Iterator[MainWindow]:
    made = opened(planned, qtbot, wall)
    yield made
    made.close()


def shown(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def page_of(window: MainWindow) -> QWidget:
    page = window.rooms.current
    assert page is not None
    return page


def click(widget: QWidget, text: str) -> None:
    QApplication.processEvents()
    found = [
        one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible()
    ]
    assert found, text
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def night_of(window: MainWindow, day: date) -> Night | None:
    assert window.coach.diary is not None
    found = window.coach.diary.nights(day, day)
    return found[0] if found else None


def test_it_opens_on_the_day_and_enter_starts_what_is_first(window: MainWindow) -> None:
    assert isinstance(page_of(window), TodayPage)
    texts = shown(window)
    assert "Good evening, two things today" in texts
    assert any(text.startswith("Bedtime · 22:00") for text in texts)
    assert texts.index("Quick 5") < texts.index("Bedtime calf and hamstring")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert window.parts.stage.view is not None
    assert window.parts.stage.view.session.record.routine == "prerun_quick"


def test_one_tap_tells_a_night_without_a_cramp_and_another_takes_it_back(
    window: MainWindow,
) -> None:
    click(page_of(window), "No cramp")
    told = night_of(window, LAST)
    assert told is not None
    assert (told.cramps, told.recalled) == (0, False)
    assert "Last night: no cramp" in shown(window)
    click(page_of(window), "Undo")
    assert night_of(window, LAST) is None
    assert "How was last night?" in shown(window)


def test_undoing_a_change_brings_the_first_answer_back(window: MainWindow) -> None:
    click(page_of(window), "No cramp")
    window.rooms.show("routines")
    page = window.rooms.page("today")
    assert isinstance(page, TodayPage)
    window.rooms.show("today")
    page.ask_for(LAST)
    click(page, "A cramp…")
    click(page, "2")
    told = night_of(window, LAST)
    assert told is not None
    assert told.cramps == 2
    click(page, "Undo")
    told = night_of(window, LAST)
    assert told is not None
    assert told.cramps == 0


def test_a_missing_night_is_filled_in_as_a_memory(window: MainWindow) -> None:
    day = LAST - timedelta(days=3)
    button = page_of(window).findChild(NightButton, f"night {day.isoformat()}")
    assert isinstance(button, NightButton)
    assert "not logged" in button.accessibleName()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert "How was the night from Monday to Tuesday?" in shown(window)
    click(page_of(window), "No cramp")
    told = night_of(window, day)
    assert told is not None
    assert told.recalled
    assert "How was last night?" in shown(window)


def test_the_details_of_a_cramp_open_its_entry(window: MainWindow) -> None:
    click(page_of(window), "A cramp…")
    click(page_of(window), "Details…")
    assert isinstance(window.stack.currentWidget(), CrampEntryPage)


def test_not_today_is_left_out_and_comes_back(window: MainWindow) -> None:
    click(page_of(window), "Not today")
    assert "Good evening, one thing today" in shown(window)
    assert "Quick 5: not today" in shown(window)
    click(page_of(window), "Undo")
    assert "Good evening, two things today" in shown(window)


def test_a_reminder_stands_in_the_window_and_can_be_put_off(window: MainWindow, wall: Wall) -> None:
    wall.now = wall.now.replace(hour=21, minute=59, second=30)
    look_at_the_clock(window)
    assert mark_of(window) is None
    wall.now = wall.now.replace(hour=22, minute=0, second=0)
    look_at_the_clock(window)
    assert "BEDTIME · IT IS TIME" in shown(window)
    assert shown(window.notices) == []  # no banner pushes the page down
    page = page_of(window)
    assert isinstance(page, TodayPage)
    item = read_today(window.coach, Memory()).due[0].item
    page.later_requested.emit(item.id, Snooze.TEN_MINUTES.name)
    assert "BEDTIME · IT IS TIME" not in shown(window)
    wall.now = wall.now.replace(minute=10)
    look_at_the_clock(window)
    assert "BEDTIME · IT IS TIME" in shown(window)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert window.parts.stage.view is not None
    assert window.parts.stage.view.session.record.routine == "bedtime_trial"


def look_at_the_clock(window: MainWindow) -> None:
    for timer in window.findChildren(QTimer):
        if timer.interval() == LOOK_MS:
            timer.timeout.emit()
    QApplication.processEvents()


def mark_of(window: MainWindow) -> QPushButton | None:
    """Return the small mark of a reminder beside every page."""
    QApplication.processEvents()
    return next(
        (
            mark
            for mark in window.findChildren(QPushButton)
            if mark.accessibleName().startswith("Time for") and mark.isVisible()
        ),
        None,
    )


def test_elsewhere_a_reminder_is_a_small_mark_that_can_be_closed(
    window: MainWindow, wall: Wall
) -> None:
    window.rooms.show("guide")
    page = page_of(window)
    top = page.mapTo(window, page.rect().topLeft())
    wall.now = wall.now.replace(hour=22)
    look_at_the_clock(window)
    mark = mark_of(window)
    assert mark is not None
    assert mark.text() == "22:00"
    assert page.mapTo(window, page.rect().topLeft()) == top
    QTest.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert isinstance(page_of(window), TodayPage)
    window.frame.reminder_closed.emit()
    assert mark_of(window) is None
    look_at_the_clock(window)
    assert mark_of(window) is None


def test_nothing_is_told_in_the_middle_of_a_session(window: MainWindow, wall: Wall) -> None:
    window.parts.start_routine("prerun_quick")
    wall.now = wall.now.replace(hour=22)
    look_at_the_clock(window)
    assert mark_of(window) is None
    window.parts.stage.leave()
    window.frame.back_to_rooms()
    assert "BEDTIME · IT IS TIME" in shown(window)


def test_the_waker_only_looks_at_the_clock_until_it_is_time(qtbot: QtBot, wall: Wall) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    waker, woken = Waker(parent), []
    waker.woke.connect(lambda: woken.append(wall.now))
    waker.wait_until(datetime(2026, 11, 20, 18, 1), wall.now)
    assert waker.timer.interval() >= 30_000
    wall.now += timedelta(seconds=30)
    waker.look(wall.now)
    assert woken == []
    wall.now += timedelta(seconds=30)
    waker.look(wall.now)
    assert len(woken) == 1
    waker.wait_until(None, wall.now)
    wall.now += timedelta(hours=3)  # the machine has slept
    waker.look(wall.now)
    assert len(woken) == 2


def test_the_plan_changes_with_its_day(window: MainWindow) -> None:
    window.rooms.show("plan")
    page = page_of(window)
    assert isinstance(page, PlanPage)
    rows = page.findChildren(PlanRow)
    assert len(rows) == 2
    click(rows[1], "Sun")
    assert window.coach.diary is not None
    plan = window.coach.diary.plan()
    assert len(plan.items) == 3
    new = next(item for item in plan.items if item.start == date(2026, 11, 20))
    assert (new.routine, new.days, new.remind) == ("bedtime_trial", frozenset(range(6)), "22:00")
    click(page, "Remove")
    assert "Quick 5 is no longer planned." in shown(page)
    click(page, "Undo")
    assert len([row for row in page.findChildren(PlanRow) if row.isVisible()]) == 2
    click(page, "Pause the plan")
    assert window.coach.diary.plan().pauses[0].start == date(2026, 11, 20)
    click(page, "End it")
    assert window.coach.diary.plan().pauses == ()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert isinstance(page_of(window), TodayPage)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, ["✓", "Quick 5 · at 18:00, 4:55 min"]),
        (0.93, ["✓", "Quick 5 · at 18:00, 4:34 min"]),
        (0.05, ["Quick 5 · at 18:00, 0:15 min · begun"]),
    ],
)
def test_what_was_only_begun_is_not_called_done(
    share: float, words: list[str], wall: Wall, qtbot: QtBot
) -> None:
    line = done_line(Done("prerun_quick", wall.now, round(295_000 * share), share), "Quick 5")
    qtbot.addWidget(line)
    assert [part.text() for part in line.findChildren(QLabel)] == words


def test_the_first_questions_can_be_put_away_for_good(
    places: Places, qtbot: QtBot, wall: Wall
) -> None:
    (places.data / FILE_NAME).unlink()
    made = opened(places, qtbot, wall)
    page = page_of(made)
    assert isinstance(page, FirstStartPage)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert made.rooms.current is made.rooms.page("routines")
    assert "Quick 5" in shown(made)
    made.close()
    assert opening(places.data) == "routines"


def test_the_first_questions_make_a_plan(places: Places, qtbot: QtBot, wall: Wall) -> None:
    (places.data / FILE_NAME).unlink()
    made = opened(places, qtbot, wall)
    page = page_of(made)
    assert isinstance(page, FirstStartPage)
    qtbot.waitUntil(lambda: any("Quick 5" in text for text in shown(page)))
    click(page, "At night")
    click(page, "Calf")
    focused = made.findChildren(Button)
    assert focused
    page.take_focus()
    click(page, "Begin with these")
    assert isinstance(page_of(made), TodayPage)
    # Whoever cramps at night is not sent on a run first.
    assert "Good evening, one thing today" in shown(made)
    assert made.coach.diary is not None
    assert [item.routine for item in made.coach.diary.plan().items] == ["bedtime_trial"]
    made.close()
    assert opening(places.data) == "today"


def test_enter_on_an_answer_begins_and_takes_nothing_back(
    places: Places, qtbot: QtBot, wall: Wall
) -> None:
    (places.data / FILE_NAME).unlink()
    made = opened(places, qtbot, wall)
    page = page_of(made)
    assert isinstance(page, FirstStartPage)
    click(page, "At night")
    click(page, "Foot")
    QTest.keyClick(made.focusWidget(), Qt.Key.Key_Return)
    assert isinstance(page_of(made), TodayPage)
    assert made.coach.diary is not None
    assert [item.routine for item in made.coach.diary.plan().items] == ["bedtime_plus"]
    # Where the cramps come is what help begins with, until there was one.
    made.parts.help_cramp()
    asking = made.stack.page
    assert isinstance(asking, CrampNowPage)
    legs = asking.findChild(LegMap)
    assert legs is not None
    assert legs.muscle is CrampMuscle.FOOT
    made.close()


def test_another_page_first_does_not_lose_the_first_questions(
    places: Places, qtbot: QtBot, wall: Wall
) -> None:
    (places.data / FILE_NAME).unlink()
    made = opened(places, qtbot, wall)
    click(page_of(made), "While running")
    for key in (Qt.Key.Key_7, Qt.Key.Key_1):
        QTest.keyClick(made.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
    page = page_of(made)
    assert isinstance(page, FirstStartPage)
    assert page.answers.times == {CrampTime.RUN}
    made.close()
    assert opening(places.data) in {"welcome", "unknown"}


def test_a_night_looks_like_what_it_was(places: Places, qtbot: QtBot) -> None:
    theme = load_theme(places.assets / "themes", "light")
    now = datetime(2026, 11, 20, 8, tzinfo=CET)
    nights = (Night(LAST, 0, now), Night(LAST - timedelta(days=1), 2, now))
    colours = {}
    for mark in marks(nights, LAST, 3):
        button = NightButton(mark, theme)
        qtbot.addWidget(button)
        button.resize(60, button.sizeHint().height())
        # Beside the sign, inside the square.
        colours[mark.state] = button.grab().toImage().pixelColor(20, 24)
    assert colours[NightState.CLEAR].name().upper() == theme.colour["good_soft"]
    cramp = colours[NightState.CRAMP]
    assert cramp.red() > cramp.green() + 15
    assert colours[NightState.OPEN] not in (cramp, colours[NightState.CLEAR])


def test_a_broken_journal_is_told_on_the_page(window: MainWindow) -> None:
    path = window.coach.places.data / "journal.sqlite"
    path.rename(path.with_suffix(".away"))
    path.write_bytes(b"something else")
    click(page_of(window), "No cramp")
    assert any("moved or deleted" in text for text in shown(window))


@pytest.mark.parametrize("place", ["today", "routines", "exercises", "journal", "settings"])
def test_hidden_nothing_but_the_clock_on_the_wall_is_looked_at(
    window: MainWindow, qtbot: QtBot, place: str
) -> None:
    window.rooms.show(place)
    QApplication.processEvents()
    assert active_timers_ms(window), "shown, the window looks for changed files"
    window.hide()
    qtbot.waitUntil(lambda: all(one >= 30_000 for one in active_timers_ms(window)), timeout=5_000)


def active_timers_ms(window: MainWindow) -> list[int]:
    return [one.interval() for one in window.findChildren(QTimer) if one.isActive()]


def test_a_calendar_file_is_kept_in_a_folder_and_follows_the_plan(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "synchronised"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.rooms.show("plan")
    page = page_of(window)
    click(page, "Keep in a folder…")
    file = folder / "uncramp-plan.ics"
    settle()
    # What has no reminder makes no time up in a calendar.
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 1
    assert any(str(folder) in one for one in shown(page))
    bedtime = page.findChildren(PlanRow)[1]
    click(bedtime, "Remove")
    settle()
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 0
    file.unlink()
    folder.rmdir()
    click(page, "Undo")
    settle()
    assert sum("does not exist" in one for one in shown(window)) == 1
    assert not folder.exists()
    click(page, "Stop updating it")
    assert window.coach.settings.calendar_folder == ""
    assert "Keep in a folder…" in [one.text() for one in page.findChildren(QPushButton)]


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.fixture
def doubled() -> Iterator[None]:
    """Letters twice as large, as a desktop may have them."""
    before = QApplication.font()
    large = base_font(before)
    large.setPointSizeF(2 * large.pointSizeF())
    QApplication.setFont(large)
    yield
    QApplication.setFont(before)


@pytest.mark.parametrize("place", ["today", "plan", "settings", "journal"])
def test_with_large_letters_in_the_smallest_window_nothing_is_cut_at_the_side(
    doubled: None, planned: Places, qtbot: QtBot, wall: Wall, place: str
) -> None:
    made = opened(planned, qtbot, wall)
    made.resize(720, 520)
    made.rooms.show(place)
    if isinstance(made.rooms.current, DiaryRoom):
        made.rooms.current.open_run()
    settle()
    areas = [area for area in page_of(made).findChildren(QScrollArea) if area.isVisible()]
    assert areas
    for area in areas:
        inside = area.widget()
        assert inside is not None
        assert inside.width() <= area.viewport().width(), inside.objectName()
    made.close()
