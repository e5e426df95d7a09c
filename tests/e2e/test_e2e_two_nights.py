"""From Sunday evening to Tuesday morning with the window open, by Enter and what is offered.

At each moment the test says what Enter does. Nobody chooses a page: what is due is first.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from passing_time import PassingTime
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.reminders import Memory, save_memory
from uncramp.coach.session.sessions import Pacing
from uncramp.model.diary import Run
from uncramp.model.plan import Plan, Tie
from uncramp.ui.cramp.done_page import CrampDonePage
from uncramp.ui.cramp.now_page import CrampNowPage
from uncramp.ui.cramp.relief_view import ReliefView
from uncramp.ui.session.view import SessionView
from uncramp.ui.text_pages import FinishedPage
from uncramp.ui.today.page import TodayPage
from uncramp.ui.today.reminding import LOOK_MS
from uncramp.ui.window import MainWindow

CET = timezone(timedelta(hours=1))
SUN, MON, TUE = (date(2026, 11, 15) + timedelta(days=number) for number in range(3))
BEDTIME, BEFORE, AFTER = "bedtime_trial", "prerun_quick", "cooldown_short"


class Home(PassingTime):
    """A room with a window that is never closed, and the clocks of both."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(datetime(2026, 11, 15, 20, 0, tzinfo=CET))
        self.window = window

    def come_at(self, day: date, hour: int, minute: int) -> None:
        """Let it become that time; the window looks at the clock as it does twice a minute."""
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=CET)
        while self.now < at:
            self.pass_s(min(3600.0, (at - self.now).total_seconds()))
            for timer in self.window.findChildren(QTimer):
                if timer.interval() == LOOK_MS and timer.isActive():
                    timer.timeout.emit()
            QApplication.processEvents()

    def press(self, key: Qt.Key = Qt.Key.Key_Return) -> None:
        QApplication.processEvents()
        QTest.keyClick(self.window.focusWidget(), key)
        QApplication.processEvents()

    def click(self, words: str) -> None:
        QApplication.processEvents()
        (button,) = (
            shown
            for shown in self.window.findChildren(QPushButton)
            if words in {shown.text(), shown.accessibleName()} and shown.isVisible()
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def page(self) -> QWidget | None:
        QApplication.processEvents()
        return self.window.stack.page or self.window.rooms.current

    def sees(self, words: str) -> bool:
        QApplication.processEvents()
        labels = self.window.findChildren(QLabel)
        return any(words in shown.text() for shown in labels if shown.isVisible())

    def primaries(self) -> list[str]:
        """Return what the large buttons of the page do."""
        QApplication.processEvents()
        buttons = self.window.findChildren(QPushButton)
        return [
            button.accessibleName()
            for button in buttons
            if button.property("kind") == "primary" and button.isVisible()
        ]

    def started(self) -> str:
        """Press Enter; return the routine that it starts, or "" where it starts none."""
        self.press()
        page = self.page()
        return page.session.record.routine if isinstance(page, SessionView) else ""

    def go_through(self) -> None:
        """Go through the session to its end, and press Enter on the last page."""
        view = self.page()
        assert isinstance(view, SessionView | ReliefView)
        while not view.session.is_over:
            self.pass_s(0.5)
            view.driver.tick()
        assert isinstance(self.page(), FinishedPage)
        self.press()
        assert isinstance(self.page(), TodayPage)

    def sessions(self) -> list[str]:
        assert self.window.coach.journal is not None
        found = self.window.coach.journal.sessions()
        return [record.routine for record in sorted(found, key=lambda record: record.started_at)]


@pytest.fixture
def home(tmp_path: Path, qtbot: QtBot) -> Iterator[Home]:
    """The window of somebody with the three routines to begin with, on a Sunday at eight."""
    places = find_places(tmp_path / "data")
    coach = Coach(places)
    coach.change_setting("muted", True)
    plan = with_routine(Plan(), BEDTIME, Rhythm(Tie.BEDTIME, remind="22:00"), SUN)
    for routine, tie in ((BEFORE, Tie.BEFORE_RUN), (AFTER, Tie.AFTER_RUN)):
        plan = with_routine(plan, routine, Rhythm(tie, frozenset(), 3), SUN)
    assert coach.diary is not None
    coach.diary.save_plan(plan, datetime(2026, 11, 15, 9, tzinfo=CET))
    coach.close()
    save_memory(places.data, Memory(welcomed=True, has_plan=True), SUN)
    window = MainWindow(places)
    window.resize(1200, 760)
    made = Home(window)
    window.coach.read_date = made.read_date
    with qtbot.waitSignal(window.filled, timeout=10_000):
        window.show()
    for _ in range(4):
        QApplication.processEvents()
    pacing = Pacing(made.read)
    window.parts.stage.pacing = pacing
    window.parts.relief.use_clocks(pacing)
    yield made
    window.close()


def test_from_sunday_evening_to_tuesday_morning(home: Home) -> None:
    # Sunday, ten in the evening: the bedtime routine, although run routines are planned too.
    home.come_at(SUN, 22, 0)
    assert isinstance(home.page(), TodayPage)
    assert home.sees("BEDTIME · IT IS TIME")
    assert not home.sees("Quick 5")
    assert home.primaries() == ["Start Bedtime calf and hamstring"]
    assert home.started() == BEDTIME
    home.go_through()
    # It is done: Enter starts it no second time, and nothing else either.
    assert home.primaries() == []
    assert home.started() == ""
    assert isinstance(home.page(), TodayPage)
    assert home.sessions() == [BEDTIME]
    # Past midnight date and plan are still Sunday's.
    home.come_at(MON, 0, 30)
    assert home.sees("Sunday 15 November, past midnight")
    # A cramp at five past three: C asks, Enter begins, Enter is better, Enter is done.
    home.come_at(MON, 3, 5)
    home.press(Qt.Key.Key_C)
    assert isinstance(home.page(), CrampNowPage)
    home.press()
    assert isinstance(home.page(), ReliefView)
    home.pass_s(75)
    home.press()
    assert isinstance(home.page(), CrampDonePage)
    home.press()
    assert isinstance(home.page(), TodayPage)
    assert home.started() == ""
    # At four the page becomes Monday's by itself, in the light of the day once it is day.
    home.come_at(MON, 3, 59)
    assert home.sees("Sunday 15 November, past midnight")
    home.come_at(MON, 4, 1)
    assert home.sees("Monday 16 November")
    assert home.sees("Good morning")
    # Monday before work: the cramp has answered for the night; the warm-up is due.
    home.come_at(MON, 7, 0)
    assert home.sees("Last night: one cramp")
    assert home.primaries() == ["Start Quick 5"]
    assert home.started() == BEFORE
    home.go_through()
    # After the warm-up comes the run, and after it the cool-down.
    home.come_at(MON, 8, 0)
    assert home.window.coach.diary is not None
    run = Run("r", datetime(2026, 11, 16, 7, 15, tzinfo=CET), 2400, 7000.0)
    home.window.coach.diary.save_run(run, home.now)
    home.come_at(MON, 8, 1)
    assert home.primaries() == ["Start Short cool-down"]
    assert home.started() == AFTER
    home.go_through()
    assert home.primaries() == []
    assert home.started() == ""
    # Monday evening: bedtime again; this time it is put off by ten minutes, then done.
    home.come_at(MON, 22, 0)
    assert home.primaries() == ["Start Bedtime calf and hamstring"]
    assert home.started() == BEDTIME
    home.go_through()
    # Tuesday, nine in the morning: the night is asked for, and Enter does not answer it.
    home.come_at(TUE, 9, 0)
    assert home.sees("Tuesday 17 November")
    assert home.sees("How was last night?")
    home.click("No cramp")
    assert home.sees("Last night: no cramp")
    assert home.sessions() == [BEDTIME, "night_calf", BEFORE, AFTER, BEDTIME]
    assert home.window.coach.diary is not None
    nights = {night.day: night.cramps for night in home.window.coach.diary.nights(SUN, TUE)}
    assert nights[MON] == 0
    (cramp,) = home.window.coach.diary.cramps(
        datetime(2026, 11, 15, tzinfo=CET), datetime(2026, 11, 18, tzinfo=CET)
    )
    assert (cramp.at, cramp.seconds) == (datetime(2026, 11, 16, 3, 5, tzinfo=CET), 75)
