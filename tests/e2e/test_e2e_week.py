"""A week lived in the real window by a clock that the test sets: Monday to Sunday.

What is pressed is what a user presses. At the end the journal has all of it, adherence and the
cards are what they are by hand, and the journal goes out and comes back to the letter.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from passing_time import SECOND_NS, PassingTime
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.analysis.adherence import Adherence, by_routine
from uncramp.coach.coach import Coach
from uncramp.coach.diary.files import export, read_files
from uncramp.coach.diary.taking import changes
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import doings
from uncramp.coach.plan.record import read_record
from uncramp.coach.session.sessions import Pacing
from uncramp.journal.archive import Archive
from uncramp.journal.sums import session_sums
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import CrampContext, CrampMuscle
from uncramp.model.plan import Tie
from uncramp.model.record import Outcome
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.cramp.done_page import CrampDonePage
from uncramp.ui.cramp.entry_page import CrampEntryPage
from uncramp.ui.cramp.leg_map import LegMap
from uncramp.ui.cramp.now_page import CrampNowPage
from uncramp.ui.cramp.relief_view import ReliefView
from uncramp.ui.diary.day_page import DayPage
from uncramp.ui.diary.fields import FieldEditor
from uncramp.ui.diary.room import DiaryRoom
from uncramp.ui.diary.run_entry_page import RunEntryPage
from uncramp.ui.fields import NumberField
from uncramp.ui.session.view import SessionView
from uncramp.ui.text_pages import FinishedPage
from uncramp.ui.today.first_start_page import FirstStartPage
from uncramp.ui.today.nights import NightButton
from uncramp.ui.today.page import TodayPage
from uncramp.ui.today.plan_page import PlanPage
from uncramp.ui.today.plan_rows import PlanRow
from uncramp.ui.window import MainWindow

K = Qt.Key
CET = timezone(timedelta(hours=1))
MONDAY = date(2026, 11, 16)
MON, TUE, WED, THU, FRI, SAT, SUN = (MONDAY + timedelta(days=number) for number in range(7))
BEDTIME, BEFORE, AFTER = "bedtime_trial", "prerun_quick", "cooldown_short"
BEDTIME_DUE = "BEDTIME · IT IS TIME"


class Life:
    """Somebody at the window."""

    def __init__(self, window: MainWindow, world: PassingTime) -> None:
        self.window, self.world = window, world
        window.coach.read_date = world.read_date
        pacing = Pacing(world.read)
        window.parts.stage.pacing = pacing
        window.parts.relief.use_clocks(pacing)

    # -- time

    def come_at(self, day: date, hour: int, minute: int = 0) -> None:
        """Let it become that time; the window looks at the clock as it does twice a minute."""
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=CET)
        assert at >= self.world.now, "time goes on"
        self.world.pass_s((at - self.world.now).total_seconds())
        self.window.parts.daily._look()
        QApplication.processEvents()

    # -- hands and eyes

    def texts(self) -> list[str]:
        QApplication.processEvents()
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    def sees(self, words: str) -> bool:
        return any(words in text for text in self.texts())

    def click(self, words: str, within: QWidget | None = None) -> None:
        QApplication.processEvents()
        buttons = (within or self.window).findChildren(QPushButton)
        found = [one for one in buttons if one.text() == words and one.isVisible()]
        assert found, f"no button {words!r} among {[b.text() for b in buttons if b.isVisible()]}"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        QApplication.processEvents()

    def page(self) -> QWidget | None:
        """Return what fills the window, or else the room that is shown."""
        QApplication.processEvents()
        return self.window.stack.page or self.window.rooms.current

    def today(self) -> TodayPage:
        self.window.rooms.show("today")
        page = self.page()
        assert isinstance(page, TodayPage)
        return page

    # -- what is done more than once

    def do(self, share: float = 1.0) -> None:
        """Go through the session that was just started, or leave it early."""
        view = self.page()
        assert isinstance(view, SessionView)
        total_s = view.session.state.timeline.total_ms / 1000
        begun_ns = self.world.passed_ns
        while not view.session.is_over:
            if share < 1 and self.world.passed_ns - begun_ns >= share * total_s * SECOND_NS:
                self.press(K.Key_Escape)
                self.press(K.Key_Escape)
                break
            self.world.pass_s(0.5)
            view.driver.tick()
        page = self.page()
        assert isinstance(page, FinishedPage)
        self.press(K.Key_Return)
        assert self.window.stack.page is None

    def journal(self) -> DiaryRoom:
        self.window.rooms.show("journal")
        page = self.page()
        assert isinstance(page, DiaryRoom)
        return page

    def day(self, day: date) -> DayPage:
        room = self.journal()
        room.open_day(day)
        page = room._shown
        assert isinstance(page, DayPage)
        return page

    def note(self, page: DayPage, key: str, value: float) -> None:
        (editor,) = (one for one in page.findChildren(FieldEditor) if one.field.key == key)
        number = editor._editor
        assert isinstance(number, NumberField)
        number._number.setValue(value)

    def note_run(self, distance: str, time: str, *, cramp: bool, start: datetime) -> None:
        room = self.journal()
        room.open_run()
        page = room._shown
        assert isinstance(page, RunEntryPage)
        begun = page._at.findChild(QLineEdit)
        assert begun is not None
        for line, words in (
            (page._distance, distance),
            (page._time, time),
            (begun, f"{start:%d.%m. %H:10}"),
        ):
            line.selectAll()
            QTest.keyClicks(line, words)
        chosen = next(
            c for c in page.findChildren(Chips) if c.accessibleName() == "A cramp during the run"
        )
        self.click("Yes" if cramp else "No", chosen)
        self.click("Save", page)

    def contents(self) -> Contents:
        assert self.window.coach.journal is not None
        found, unreadable = Archive(self.window.coach.journal).read()
        assert unreadable == 0
        return found


@pytest.fixture
def life(tmp_path: Path, qtbot: QtBot) -> Iterator[Life]:
    places = find_places(tmp_path / "data")
    Coach(places).change_setting("muted", True)
    world = PassingTime(datetime(2026, 11, 16, 18, 0, tzinfo=CET))
    window = MainWindow(places)
    window.coach.read_date = world.read_date
    with qtbot.waitSignal(window.filled, timeout=10_000):
        window.show()
    for _ in range(4):
        QApplication.processEvents()
    yield Life(window, world)
    window.close()


def monday(life: Life) -> None:
    """First questions; a warm-up, a run, half a cool-down; the evening with a snooze."""
    assert isinstance(life.page(), FirstStartPage)
    life.click("At night")
    life.click("While running")
    life.click("Calf")
    life.click("Begin with these")
    assert life.sees("Good evening, three things today")
    life.press(K.Key_Return)
    life.do()
    life.come_at(MON, 19, 10)
    life.note_run("8", "42:00", cramp=False, start=datetime(2026, 11, 16, 18, tzinfo=CET))
    life.today()
    life.window.parts.start_routine(AFTER)
    life.do(share=0.5)
    life.come_at(MON, 22, 0)
    assert life.sees(BEDTIME_DUE)
    later = next(
        button
        for button in life.window.findChildren(QPushButton)
        if button.text() == "Remind me later" and button.isVisible()
    )
    menu = later.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "In 10 minutes").trigger()
    assert not life.sees(BEDTIME_DUE)
    life.come_at(MON, 22, 9)
    assert not life.sees(BEDTIME_DUE)
    life.come_at(MON, 22, 10)
    assert life.sees(BEDTIME_DUE)
    life.press(K.Key_Return)
    life.do()
    assert not life.sees(BEDTIME_DUE)


def tuesday(life: Life) -> None:
    """A cramp in the small hours through cramp now; the day with its fields; no evening."""
    life.come_at(TUE, 3, 10)
    life.press(K.Key_F9)
    assert isinstance(life.page(), CrampNowPage)
    life.press(K.Key_Return)
    view = life.page()
    assert isinstance(view, ReliefView)
    for _ in range(180):
        life.world.pass_s(0.5)
        view.driver.tick()
    life.press(K.Key_Return)
    assert isinstance(life.page(), CrampDonePage)
    life.press(K.Key_6)
    life.press(K.Key_Return)
    life.come_at(TUE, 8, 0)
    life.today()
    assert life.sees("Last night: one cramp"), life.texts()
    page = life.day(TUE)
    life.note(page, "sleep_h", 6.5)
    life.note(page, "standing_h", 3)
    life.press(K.Key_Escape)


def wednesday(life: Life) -> None:
    """A night without; the plan changes; the evening is done."""
    life.come_at(WED, 8, 0)
    life.click("No cramp", life.today())
    assert life.sees("Last night: no cramp")
    life.window.rooms.show("plan")
    page = life.page()
    assert isinstance(page, PlanPage)
    (row,) = (one for one in page.findChildren(PlanRow) if one._item.tie is Tie.BEDTIME)
    life.click("Sun", row)
    life.press(K.Key_Escape)
    life.come_at(WED, 22, 0)
    life.press(K.Key_Return)
    life.do()


def thursday(life: Life) -> None:
    """No answer for the night; in the evening, not today."""
    life.come_at(THU, 19, 0)
    (skip,) = (
        button
        for button in life.today().findChildren(QPushButton)
        if button.accessibleName() == "Bedtime calf and hamstring: not today" and button.isVisible()
    )
    QTest.mouseClick(skip, Qt.MouseButton.LeftButton)
    life.come_at(THU, 22, 0)
    assert not life.sees(BEDTIME_DUE)


def friday(life: Life) -> None:
    """The cramp of the night to Thursday, told a day late; then a pause."""
    life.come_at(FRI, 9, 0)
    page = life.day(WED)
    life.click("Describe a cramp…", page)
    entry = life.page()
    assert isinstance(entry, CrampEntryPage)
    legs = entry.findChild(LegMap)
    assert legs is not None
    place = legs.region_rect(CrampMuscle.FOOT, Side.RIGHT).center().toPoint()
    child = legs.childAt(place)
    assert child is not None
    QTest.mouseClick(child, Qt.MouseButton.LeftButton)
    life.click("2 min", entry)
    life.click("Save", entry)
    life.window.rooms.show("plan")
    plan = life.page()
    assert isinstance(plan, PlanPage)
    plan._length.setCurrentIndex(plan._length.findData(3))
    life.click("Pause the plan", plan)
    life.press(K.Key_Escape)
    life.come_at(FRI, 22, 0)
    assert not life.sees(BEDTIME_DUE)


def saturday(life: Life) -> None:
    """The missed night is filled in from the row of nights."""
    life.come_at(SAT, 10, 0)
    page = life.today()
    life.click("No cramp", page)  # the night to Saturday
    button = page.findChild(NightButton, f"night {THU.isoformat()}")
    assert isinstance(button, NightButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert life.sees("How was the night from Thursday to Friday?")
    life.click("No cramp", page)


def sunday(life: Life) -> None:
    """The pause ends early; a warm-up, a run with a cramp in it, a cool-down."""
    life.come_at(SUN, 10, 0)
    page = life.today()
    life.click("A cramp…", page)
    life.click("2", page)
    life.window.rooms.show("plan")
    plan = life.page()
    assert isinstance(plan, PlanPage)
    life.click("End it", plan)
    life.press(K.Key_Escape)
    for routine in (BEFORE, AFTER):
        life.window.parts.start_routine(routine)
        life.do()
    life.note_run("12.5", "1:10:00", cramp=True, start=datetime(2026, 11, 22, 9, tzinfo=CET))
    life.come_at(SUN, 22, 0)
    assert not life.sees(BEDTIME_DUE)


def test_a_week_is_in_the_journal_as_it_was_lived(life: Life, tmp_path: Path) -> None:
    for day in (monday, tuesday, wednesday, thursday, friday, saturday, sunday):
        day(life)
    found = life.contents()
    _check_entries(found)
    _check_adherence(life, found)
    _check_cards(life)
    _check_files(found, tmp_path)


def _check_entries(found: Contents) -> None:
    sessions = sorted(found.sessions, key=lambda one: one.started_at)
    done = [(one.started_at.date(), one.routine, one.outcome) for one in sessions]
    assert done == [
        (MON, BEFORE, Outcome.FINISHED),
        (MON, AFTER, Outcome.ENDED_EARLY),
        (MON, BEDTIME, Outcome.FINISHED),
        (TUE, "night_calf", Outcome.ENDED_EARLY),
        (WED, BEDTIME, Outcome.FINISHED),
        (SUN, BEFORE, Outcome.FINISHED),
        (SUN, AFTER, Outcome.FINISHED),
    ]
    whole = [one for one in sessions if one.outcome is Outcome.FINISHED]
    assert all(one.done_ms == one.planned_ms for one in whole)
    nights = {one.day: (one.cramps, one.recalled) for one in found.nights}
    assert nights == {
        MON: (1, False),
        TUE: (0, False),
        WED: (1, True),
        THU: (0, True),
        FRI: (0, False),
        SAT: (2, False),
    }
    first, late = sorted(found.cramps, key=lambda one: one.at)
    assert (first.at, first.seconds, first.pain) == (
        datetime(2026, 11, 17, 3, 10, tzinfo=CET),
        90,
        6,
    )
    assert (first.day, first.muscle, first.recalled) == (MON, CrampMuscle.CALF, False)
    assert first.session == sessions[3].id
    assert (late.day, late.muscle, late.side, late.seconds) == (
        WED,
        CrampMuscle.FOOT,
        Side.RIGHT,
        120,
    )
    assert late.context is CrampContext.NIGHT
    assert late.recalled
    assert {one.day: one.values for one in found.days} == {TUE: {"sleep_h": 6.5, "standing_h": 3}}
    runs = sorted(found.runs, key=lambda one: one.started)
    assert [(one.metres, one.seconds, one.cramp) for one in runs] == [
        (8000.0, 2520, False),
        (12500.0, 4200, True),
    ]


def _check_adherence(life: Life, found: Contents) -> None:
    """What is expected is counted by hand, from what was lived above.

    Bedtime: Monday and Wednesday done, Tuesday not; Thursday left out, Friday and Saturday paused,
    Sunday no longer planned: 2 of 3. The others three times a week on five days of seven, so twice
    each: the warm-up twice, the cool-down once and a part.
    """
    record = read_record(life.window.coach)
    assert record.this_week.start == MONDAY
    counts = by_routine(record.plan, record.this_week.items)
    assert counts[BEDTIME] == Adherence(3, 2)
    assert counts[BEFORE] == Adherence(2, 2)
    (part,) = (one for one in found.sessions if one.routine == AFTER and one.started_at.day == 16)
    assert 0.2 < part.done_ms / part.planned_ms < 0.8
    assert counts[AFTER] == Adherence(2, 1, 1)
    assert life.window.coach.journal is not None
    sums = session_sums(
        life.window.coach.journal,
        datetime(2026, 11, 16, tzinfo=CET),
        datetime(2026, 11, 23, tzinfo=CET),
    )
    assert len(doings(record.plan, sums)) == 7
    life.today()
    assert life.sees("5 of 7"), life.texts()
    assert life.sees("planned sessions done, 1 partly, 1 left out as planned")


def _check_cards(life: Life) -> None:
    page = life.today()
    names = {
        day: next(
            one.accessibleName()
            for one in page.findChildren(NightButton)
            if one.objectName() == f"night {day.isoformat()}"
        )
        for day in (MON, TUE, WED, THU, FRI, SAT)
    }
    assert [("no cramp" in name, "filled in later" in name) for name in names.values()] == [
        (False, False),
        (True, False),
        (False, True),
        (True, True),
        (True, False),
        (False, False),
    ], names
    assert life.sees("Nights: 3 clear, 3 with a cramp, 1 not logged.")


def _check_files(found: Contents, folder: Path) -> None:
    for kind, name in (("json", "week.json"), ("csv", "week.zip")):
        export(found, folder / name, kind)
        read, problems = read_files(folder / name)
        assert problems == ()
        assert changes(found, read).is_empty, kind
        assert changes(read, found).is_empty, kind
