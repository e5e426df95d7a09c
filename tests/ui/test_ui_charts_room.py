"""The charts in the window: what is shown of a journal, spans, tables, and files."""

import csv
import io
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("PySide6")

from pixels import image_of, is_near
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.journal.store import FILE_NAME
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night, Run
from uncramp.model.plan import Plan, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.ui.charts.details import Details
from uncramp.ui.charts.room import ChartsRoom
from uncramp.ui.theme import load_theme, style_sheet
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

NOW = datetime(2026, 11, 22, 8, 0).astimezone()
MONDAY = date(2026, 8, 31)


def now() -> datetime:
    return NOW


# -- the room


Write = Callable[[int], None]


@pytest.fixture
def write(places: Places) -> Write:
    """Write so many weeks that end yesterday."""

    def written(weeks: int) -> None:
        chance = random.Random(7)
        coach = Coach(places, read_date=now)
        diary, journal = coach.diary, coach.journal
        assert diary is not None
        assert journal is not None
        first = NOW.date() - timedelta(days=7 * weeks)
        plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME), first)
        diary.save_plan(plan, NOW)
        for number in range(7 * weeks):
            day = first + timedelta(days=number)
            told = datetime.combine(day + timedelta(days=1), time(7)).astimezone()
            bad = chance.random() < 0.3
            diary.save_night(Night(day, int(bad), told), told)
            if bad:
                at = told.replace(hour=3)
                muscle = chance.choice((CrampMuscle.CALF, CrampMuscle.FOOT))
                cramp = Cramp(f"c{number}", at, CrampContext.NIGHT, muscle, Side.LEFT, 60, 5)
                diary.save_cramp(cramp, at)
            if number % 2:
                evening = datetime.combine(day, time(22)).astimezone()
                parts = (PartRecord("trial_pair", Side.LEFT, 60_000, 60_000),)
                record = SessionRecord(
                    f"s{number}", "bedtime_trial", "B", evening, evening, Outcome.FINISHED, parts
                )
                journal.save_session(record, evening)
            if number % 7 == 3:
                run = Run(f"r{number}", told.replace(hour=18), 3000, 9000.0)
                diary.save_run(run, told)
        coach.close()

    return written


Open = Callable[[], tuple[MainWindow, ChartsRoom]]


@pytest.fixture
def opened(qtbot: QtBot, places: Places, monkeypatch: pytest.MonkeyPatch) -> Open:
    def made() -> tuple[MainWindow, ChartsRoom]:
        window = MainWindow(places)
        qtbot.addWidget(window)
        window.coach.read_date = now
        window.resize(1200, 760)
        window.show()
        qtbot.waitUntil(lambda: window.is_filled)
        show_charts(window)
        room = window.findChild(ChartsRoom)
        assert room is not None
        return window, room

    return made


def show_charts(window: MainWindow) -> None:
    window.frame.room_requested.emit("charts")
    for _ in range(4):
        QApplication.processEvents()


def words(widget: QWidget) -> str:
    shown = (one for one in widget.findChildren(QLabel) if one.isVisible())
    return "\n".join(one.text() for one in shown)


def test_without_any_entry_it_says_what_will_be_here(opened: Open) -> None:
    _, room = opened()
    assert "Nothing to draw yet" in words(room)
    assert not room.page.weeks.isVisible()
    assert room.findChild(Details) is None or not room.page.details.isVisible()


def test_three_days_are_counted_and_nothing_is_claimed(places: Places, opened: Open) -> None:
    coach = Coach(places, read_date=now)
    assert coach.diary is not None
    for number in (1, 2, 3):
        day = NOW.date() - timedelta(days=number)
        told = datetime.combine(day + timedelta(days=1), time(7)).astimezone()
        coach.diary.save_night(Night(day, 1, told), told)
    coach.close()
    _, room = opened()
    said = words(room)
    assert "3 of 3 nights logged" in said
    assert "pattern" not in said
    assert "Nothing you record" in said


def test_a_single_cramp_is_told_as_one(places: Places, opened: Open) -> None:
    at = NOW.replace(hour=3)
    coach = Coach(places, read_date=now)
    assert coach.diary is not None
    cramp = Cramp("c", at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, 36, 6)
    coach.diary.save_cramp(cramp, at)
    coach.close()
    _, room = opened()
    said = words(room)
    assert "It lasted 36 s." in said
    assert "The pain was 6." in said


def test_runs_of_long_ago_do_not_make_the_nights_missing(places: Places, opened: Open) -> None:
    coach = Coach(places, read_date=now)
    assert coach.diary is not None
    long_ago = NOW - timedelta(days=800)
    coach.diary.save_run(Run("r", long_ago, 3000, 9000.0), NOW)
    day = NOW.date() - timedelta(days=2)
    coach.diary.save_night(Night(day, 0, NOW), NOW)
    coach.close()
    _, room = opened()
    said = words(room)
    assert "1 clear (green), 0 with a cramp (redder for more), 1 not logged (empty)" in said


def test_weeks_come_first_and_then_what_they_can_say(
    write: Write, opened: Open, places: Places
) -> None:
    write(30)
    _, room = opened()
    assert room.page.weeks.isVisible()
    assert room.page.details.isVisible()
    said = words(room)
    assert "181 of 181 nights logged" in said
    assert room.page.details.question.sentences[0].startswith(("No clear difference", "A possible"))
    room.show_span(4)
    assert "27 of 27 nights logged" in words(room)
    room.show_span(None)
    assert "210 of 210 nights" in words(room)


def test_the_journal_is_read_again_only_when_it_has_changed(
    write: Write, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(5)
    window, room = opened()
    before = room._record
    window.frame.room_requested.emit("today")
    show_charts(window)
    assert room._record is before
    assert window.coach.diary is not None
    window.coach.diary.save_night(Night(NOW.date(), 2, NOW), NOW)
    show_charts(window)
    assert room._record is not before


def test_a_routine_that_is_gone_keeps_its_name_in_the_chart(places: Places, opened: Open) -> None:
    coach = Coach(places, read_date=now)
    assert coach.diary is not None
    assert coach.journal is not None
    plan = Plan()
    for back, routine in enumerate(("bedtime_trial", "my_evening"), 2):
        day = NOW.date() - timedelta(days=back)
        plan = with_routine(plan, routine, Rhythm(Tie.BEDTIME), day)
        at = datetime.combine(day, time(22)).astimezone()
        parts = (PartRecord("trial_pair", Side.LEFT, 60_000, 60_000),)
        made = SessionRecord(f"s{back}", routine, "My evening", at, at, Outcome.FINISHED, parts)
        coach.journal.save_session(made, at)
    coach.diary.save_plan(plan, NOW)
    coach.close()
    window, room = opened()
    chooser = room.page.weeks.findChild(QComboBox)
    assert chooser is not None
    names = {chooser.itemText(number) for number in range(chooser.count())}
    assert "My evening" in names
    assert "my_evening" not in names
    window.close()


def test_a_night_of_the_year_opens_its_day(write: Write, opened: Open) -> None:
    write(5)
    window, room = opened()
    day = NOW.date() - timedelta(days=9)
    room.page.details.year.opened.emit(day)
    QApplication.processEvents()
    assert window.rooms.shown == "journal"
    assert any("13 November" in one.text() for one in window.findChildren(QLabel))


def test_the_table_has_the_numbers_of_the_chart(write: Write, opened: Open) -> None:
    write(6)
    _, room = opened()
    card = room.page.weeks
    model = card.table.model()
    assert model.rowCount() == len(card.shown)
    last = card.shown[-2]
    shown = [model.index(1, cell).data() for cell in range(model.columnCount())]
    assert shown[2:4] == [str(last.logged), str(last.cramp_nights)]


def test_the_chart_is_saved_as_picture_drawing_and_numbers(
    write: Write, opened: Open, tmp_path: Path
) -> None:
    write(30)
    _, room = opened()
    for kind in ("png", "svg", "csv"):
        room.save(tmp_path / f"weeks.{kind}")
    picture = QImage(str(tmp_path / "weeks.png"))
    assert picture.width() == 2 * room.page.weeks.width()
    drawing = ET.parse(tmp_path / "weeks.svg").getroot()  # our own file
    tags = [element.tag.rpartition("}")[2] for element in drawing.iter()]
    assert "title" in tags
    assert tags.count("path") + tags.count("rect") + tags.count("polyline") > 26
    text = (tmp_path / "weeks.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 26


def test_what_cannot_be_written_is_told(write: Write, opened: Open, tmp_path: Path) -> None:
    write(5)
    window, room = opened()
    (tmp_path / "file").write_text("x")
    room.save(tmp_path / "file" / "weeks.png")
    assert "could not be written" in words(window)
    room.save(tmp_path / "weeks.txt")
    assert "must end in" in words(window)
    assert not (tmp_path / "weeks.txt").exists()


def test_a_damaged_journal_is_one_sentence(places: Places, opened: Open) -> None:
    (places.data / FILE_NAME).write_bytes(b"no journal at all, but long enough to be one" * 40)
    _, room = opened()
    assert not room.page.weeks.isVisible()
    assert any(one.property("role") == "alert" and one.text() for one in room.findChildren(QLabel))


@pytest.mark.parametrize("name", ["dark", "night"])
def test_every_part_wears_the_theme(write: Write, opened: Open, places: Places, name: str) -> None:
    write(30)
    _, room = opened()
    other = load_theme(places.assets / "themes", name)
    QApplication.instance().setStyleSheet(style_sheet(other, room.font()))  # type: ignore[union-attr]
    room.set_theme(other)
    image = image_of(room.page.weeks.plot)
    light = load_theme(places.assets / "themes", "light").qcolor("card")
    white = sum(
        is_near(image.pixelColor(x, y), light, 4)
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    )
    assert white == 0
