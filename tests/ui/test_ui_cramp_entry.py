"""A cramp told later: three taps, the right cramp-day, changes of an old one."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.places import find_places
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Relief
from uncramp.ui.cramp.entry_page import CrampEntryPage
from uncramp.ui.cramp.leg_map import LegMap
from uncramp.ui.theme import Theme, load_theme

PLACE = timezone(timedelta(hours=1))
MORNING = datetime(2026, 11, 22, 8, 0, 30, tzinfo=PLACE)
Opened = Callable[..., CrampEntryPage]
WHOLE = Cramp(
    id="one",
    at=datetime(2026, 11, 19, 2, 17, 43, tzinfo=timezone(timedelta(hours=-5))),
    context=CrampContext.NIGHT,
    muscle=CrampMuscle.FOOT,
    side=Side.RIGHT,
    seconds=168,
    pain=7,
    disturbance=4,
    relief=(Relief.STRETCH, Relief.WALK),
    soreness=2,
    notes="new shoes",
    session="s",
    noted=datetime(2026, 11, 20, 9, 0, tzinfo=PLACE),
)


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    return load_theme(find_places(tmp_path).assets / "themes", "light")


@pytest.fixture
def opened(qtbot: QtBot, theme: Theme) -> Opened:
    # Without a layout of its own: a window's hints are not for the test's platform.
    window = QWidget()
    qtbot.addWidget(window)

    def made(cramp: Cramp | None, now: datetime = MORNING) -> CrampEntryPage:
        page = CrampEntryPage(cramp, now, theme)
        page.setParent(window)
        for widget in (window, page):
            widget.resize(1100, 700)
        window.show()
        page.take_focus()
        QApplication.processEvents()
        return page

    made.window = window  # type: ignore[attr-defined]  # it lives as long as the fixture
    return made


def click(page: CrampEntryPage, muscle: CrampMuscle, side: Side) -> None:
    legs = page.findChild(LegMap)
    assert legs is not None
    child = legs.childAt(legs.region_rect(muscle, side).center().toPoint())
    assert child is not None
    QTest.mouseClick(child, Qt.MouseButton.LeftButton)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def write(page: CrampEntryPage, text: str) -> None:
    """Write a date and a time in the place of what is there."""
    line = page._at.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def saved(qtbot: QtBot, page: CrampEntryPage) -> Cramp:
    with qtbot.waitSignal(page.saved) as told:
        QTest.mouseClick(page._save, Qt.MouseButton.LeftButton)
    assert told.args is not None
    cramp = told.args[0]
    assert isinstance(cramp, Cramp)
    return cramp


def test_two_taps_tell_a_cramp_of_last_night(qtbot: QtBot, opened: Opened) -> None:
    page = opened(None)
    click(page, CrampMuscle.HAMSTRING, Side.RIGHT)
    cramp = saved(qtbot, page)
    assert (cramp.muscle, cramp.side, cramp.context) == (
        CrampMuscle.HAMSTRING,
        Side.RIGHT,
        CrampContext.NIGHT,
    )
    assert cramp.day == date(2026, 11, 21)
    assert cramp.at < MORNING
    assert cramp.noted == MORNING
    assert not cramp.recalled
    assert (cramp.seconds, cramp.pain, cramp.soreness) == (None, None, None)


def test_enter_alone_tells_the_commonest(qtbot: QtBot, opened: Opened) -> None:
    page = opened(None)
    with qtbot.waitSignal(page.saved):
        press(Qt.Key.Key_Return)


def test_now_is_now_and_by_day_at_rest(qtbot: QtBot, opened: Opened) -> None:
    noon = MORNING.replace(hour=15)
    page = opened(None, noon)
    page._when.tap("now")
    cramp = saved(qtbot, page)
    assert (cramp.at, cramp.context, cramp.noted) == (noon, CrampContext.REST, None)
    assert cramp.disturbance is None


@pytest.mark.parametrize(
    ("wall", "day", "recalled"),
    [
        ((2026, 11, 20, 11, 59), date(2026, 11, 19), True),
        ((2026, 11, 20, 12, 0), date(2026, 11, 20), True),
        ((2026, 11, 21, 12, 0), date(2026, 11, 21), False),
        ((2026, 11, 22, 2, 0), date(2026, 11, 21), False),
        ((2026, 3, 29, 2, 30), date(2026, 3, 28), True),
    ],
)
def test_another_time_lands_on_its_cramp_day(
    qtbot: QtBot,
    opened: Opened,
    wall: tuple[int, int, int, int, int],
    day: date,
    recalled: bool,
) -> None:
    page = opened(None)
    page._when.tap("pick")
    write(page, "{:04}-{:02}-{:02} {:02}:{:02}".format(*wall))
    cramp = saved(qtbot, page)
    assert (cramp.day, cramp.recalled) == (day, recalled)
    assert cramp.at.timetuple()[:5] == wall


def test_the_future_cannot_be_told(qtbot: QtBot, opened: Opened) -> None:
    page = opened(None)
    page._when.tap("pick")
    write(page, "2027-01-01 03:00")
    with qtbot.assertNotEmitted(page.saved):
        page.save()
    assert "That is in the future." in [one.text() for one in page.findChildren(QLabel)]
    write(page, "nonsense")
    with qtbot.assertNotEmitted(page.saved):
        page.save()
    write(page, "21.11.")
    # The day was told, the hour was not.
    assert saved(qtbot, page).at == datetime(2026, 11, 21, 3, 0, 1, tzinfo=PLACE)


def test_the_same_page_shows_an_old_one_and_changes_nothing_by_itself(
    qtbot: QtBot, opened: Opened
) -> None:
    assert saved(qtbot, opened(WHOLE)) == WHOLE


def test_what_is_tapped_changes_and_a_second_tap_takes_it_back(
    qtbot: QtBot, opened: Opened
) -> None:
    page = opened(WHOLE)
    page._pain.tap(9)
    page._sore.tap(2)
    page._relief.tap(Relief.WALK)
    page._length.tap(300)
    click(page, CrampMuscle.CALF, Side.LEFT)
    assert saved(qtbot, page) == replace(
        WHOLE,
        pain=9,
        soreness=None,
        relief=(Relief.STRETCH,),
        seconds=300,
        muscle=CrampMuscle.CALF,
        side=Side.LEFT,
    )


def test_only_what_fits_is_asked(qtbot: QtBot, opened: Opened) -> None:
    page = opened(None)
    asked = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "How much it disturbed your sleep" in asked
    assert "How sore the next day" not in asked
    page._context.tap(CrampContext.RUN)
    asked = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "How much it disturbed your sleep" not in asked


def test_esc_cancels(qtbot: QtBot, opened: Opened) -> None:
    page = opened(None)
    with qtbot.waitSignal(page.cancelled):
        press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("given", [None, WHOLE])
def test_esc_throws_no_answer_away_by_itself(
    qtbot: QtBot, opened: Opened, given: Cramp | None
) -> None:
    page = opened(given)
    page._notes.setText("after the hill")
    with qtbot.assertNotEmitted(page.cancelled):
        press(Qt.Key.Key_Escape)
    assert "This is not saved yet" in page._told.text()
    with qtbot.waitSignal(page.cancelled):
        press(Qt.Key.Key_Escape)


@pytest.fixture
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Paris")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be set")
@pytest.mark.parametrize(
    ("wall", "hours", "day"),
    [
        ((2026, 7, 10, 3, 30), 2, date(2026, 7, 9)),
        ((2026, 3, 29, 1, 59), 1, date(2026, 3, 28)),
        ((2026, 3, 29, 3, 0), 2, date(2026, 3, 28)),
        ((2026, 10, 25, 3, 0), 1, date(2026, 10, 24)),
    ],
)
def test_told_in_winter_a_summer_night_has_its_own_offset(
    qtbot: QtBot,
    opened: Opened,
    in_paris: None,
    wall: tuple[int, int, int, int, int],
    hours: int,
    day: date,
) -> None:
    page = opened(None, datetime(2026, 11, 22, 8, 0).astimezone())
    page._when.tap("pick")
    write(page, "{:04}-{:02}-{:02} {:02}:{:02}".format(*wall))
    cramp = saved(qtbot, page)
    assert cramp.at.utcoffset() == timedelta(hours=hours)
    assert (cramp.day, cramp.at.timetuple()[:5]) == (day, wall)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's zone cannot be set")
def test_a_cramp_of_a_journey_keeps_the_clock_of_its_place(
    qtbot: QtBot, opened: Opened, in_paris: None
) -> None:
    page = opened(WHOLE, datetime(2026, 11, 22, 8, 0).astimezone())
    write(page, "19.11. 12:05")
    cramp = saved(qtbot, page)
    assert cramp.at.utcoffset() == timedelta(hours=-5)
    assert cramp.day == date(2026, 11, 19)


def test_a_row_of_answers_is_one_stop_for_tab(opened: Opened) -> None:
    page = opened(WHOLE)
    page._pain.take_focus()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Pain: 7"
    press(Qt.Key.Key_Right)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Pain: 8"
    press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Disturbed sleep: 4"
