"""The journal in the window: the calendar, the day, the run, deletions, files and backups."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.diary import backups
from uncramp.coach.diary.tracking import Kind, fields
from uncramp.coach.places import Places
from uncramp.journal.archive import Archive
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Run
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.ui.diary.backup import BackupKeeper
from uncramp.ui.diary.day_page import DayPage
from uncramp.ui.diary.fields import FieldEditor
from uncramp.ui.diary.files import DiaryFiles
from uncramp.ui.diary.room import DiaryRoom
from uncramp.ui.diary.run_entry_page import RunEntryPage
from uncramp.ui.theme import Theme, load_theme, style_sheet

# The offscreen platform complains of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

NOW = datetime(2026, 11, 22, 8, 0).astimezone()
TODAY = NOW.date()
CLEAR, BAD, OPEN = TODAY - timedelta(1), TODAY - timedelta(2), TODAY - timedelta(3)
CRAMP = Cramp(
    "c", NOW.replace(day=21, hour=3), CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, 90, 7
)
SESSION = SessionRecord(
    "s",
    "bedtime_trial",
    "Bedtime calf",
    NOW,
    NOW,
    Outcome.FINISHED,
    (PartRecord("wall_calf_static", Side.LEFT, 10_000, 10_000),),
)
SOME = Contents(
    sessions=(SESSION,),
    nights=(Night(BAD, 1, NOW, recalled=True), Night(CLEAR, 0, NOW)),
    cramps=(CRAMP,),
    days=(DayContext(CLEAR, NOW, {"sleep_h": 7.5, "notes": "wedding of Ann"}),),
    runs=(Run("r", NOW.replace(hour=7), 1800, 5000.0, notes="hot"),),
)


@pytest.fixture
def theme(places: Places) -> Theme:
    return load_theme(places.assets / "themes", "light")


@pytest.fixture
def coach(places: Places) -> Iterator[Coach]:
    made = Coach(places, lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def room(coach: Coach, theme: Theme, qtbot: QtBot) -> DiaryRoom:
    assert coach.journal is not None
    Archive(coach.journal).add(SOME, NOW)
    return shown(coach, theme, qtbot)


def shown(coach: Coach, theme: Theme, qtbot: QtBot) -> DiaryRoom:
    made = DiaryRoom(coach, theme)
    qtbot.addWidget(made)
    made.setStyleSheet(style_sheet(theme, QApplication.font()))
    made.resize(1100, 760)
    made.refresh()
    made.show()
    QApplication.processEvents()
    return made


def kept(coach: Coach) -> Contents:
    assert coach.journal is not None
    return Archive(coach.journal).read()[0]


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def press_button(widget: QWidget, words: str) -> None:
    (found,) = (
        one for one in widget.findChildren(QPushButton) if one.text() == words and one.isVisible()
    )
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def listed(room: DiaryRoom) -> list[str]:
    model = room.page.list.model()
    return [str(model.index(row, 0).data()).split(".")[0] for row in range(model.rowCount())]


# -- the calendar


def colour_in(room: DiaryRoom, day: date) -> str:
    view = room.page.calendar
    cell = view.cell_of(day)
    # Beside the mark and below the number.
    point = QPoint(round(cell.left() + 9), round(cell.bottom() - 9))
    image: QImage = room.grab().toImage()
    return image.pixelColor(view.viewport().mapTo(room, point)).name().upper()


def test_clear_nights_cramps_and_gaps_look_different(room: DiaryRoom, theme: Theme) -> None:
    view = room.page.calendar
    card = theme.colour["card"].upper()
    assert colour_in(room, CLEAR) == theme.colour["good_soft"].upper()
    assert colour_in(room, OPEN) == card
    cramped = colour_in(room, BAD)
    assert cramped not in {card, theme.colour["good_soft"].upper()}
    assert view.words_of(CLEAR).endswith("no cramp")
    assert view.words_of(BAD).endswith("1 cramp, filled in later")
    assert view.words_of(OPEN).endswith("not logged")


def test_every_day_is_found_where_it_is_painted(room: DiaryRoom) -> None:
    view = room.page.calendar
    for back in range(60):
        day = TODAY - timedelta(days=back)
        view.choose(day)
        assert view.day_at(view.cell_of(day).center()) == day
    tomorrow = view.cell_of(TODAY).center() + QPoint(round(view.cell_of(TODAY).width()) + 6, 0)
    assert view.day_at(tomorrow) is None


def test_keys_go_through_the_days_and_enter_opens_one(room: DiaryRoom, qtbot: QtBot) -> None:
    view = room.page.calendar
    assert view.current == CLEAR
    for key, expected in (
        (Qt.Key.Key_Left, BAD),
        (Qt.Key.Key_Up, BAD - timedelta(7)),
        (Qt.Key.Key_Down, BAD),
        (Qt.Key.Key_PageUp, date(2026, 10, 31)),
        (Qt.Key.Key_PageDown, date(2026, 11, 1)),
        (Qt.Key.Key_End, TODAY),
        (Qt.Key.Key_Right, TODAY),
        (Qt.Key.Key_Left, CLEAR),
    ):
        QTest.keyClick(view, key)
        assert view.current == expected, key
        assert view.viewport().rect().contains(view.cell_of(expected).center().toPoint())
    with qtbot.waitSignal(view.opened) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [CLEAR]


def test_a_click_opens_the_day_that_is_clicked(room: DiaryRoom) -> None:
    view = room.page.calendar
    point = view.cell_of(OPEN).center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert isinstance(room._shown, DayPage)
    assert room._shown.day == OPEN


# -- the list


def test_everything_is_listed_newest_first_and_found_by_words_and_kind(room: DiaryRoom) -> None:
    assert listed(room) == ["Bedtime calf", "Run, 5 km", "Cramp: Left calf", "The day"]
    search = room.page.findChild(QLineEdit)
    assert search is not None
    search.setText("ANN wedding")
    assert listed(room) == ["The day"]
    search.setText("nowhere")
    assert listed(room) == []
    assert "Nothing here holds these words" in texts(room)
    search.clear()
    press_button(room, "Cramps")
    assert listed(room) == ["Cramp: Left calf"]
    press_button(room, "Cramps")
    assert len(listed(room)) == 4


@pytest.mark.parametrize("row", range(4))
def test_what_is_deleted_comes_back_by_undo(room: DiaryRoom, coach: Coach, row: int) -> None:
    before = kept(coach)
    room.page.list.setCurrentIndex(room.page.list.model().index(row, 0))
    QTest.keyClick(room.page.list, Qt.Key.Key_Delete)
    assert kept(coach).count < before.count
    assert len(listed(room)) == 3
    press_button(room, "Undo")
    assert {one.id for one in kept(coach).cramps} == {one.id for one in before.cramps}
    assert (kept(coach).sessions, kept(coach).days, kept(coach).runs) == (
        before.sessions,
        before.days,
        before.runs,
    )
    assert len(listed(room)) == 4


def test_the_button_that_deletes_hands_the_keys_to_the_list(room: DiaryRoom) -> None:
    room.page.list.setCurrentIndex(room.page.list.model().index(1, 0))
    press_button(room, "Delete")
    assert len(listed(room)) == 3
    assert room.page.list.hasFocus()


@pytest.mark.parametrize("field", ["_distance", "_time", "_notes"])
def test_a_run_that_was_typed_is_not_thrown_away_by_one_key(
    room: DiaryRoom, field: str, qtbot: QtBot
) -> None:
    room.open_run(None)
    page = room._shown
    assert isinstance(page, RunEntryPage)
    getattr(page, field).setText("10")
    with qtbot.assertNotEmitted(page.cancelled):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    assert "This is not saved yet" in texts(page)
    with qtbot.waitSignal(page.cancelled):
        QTest.keyClick(page, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("reason", "chosen"),
    [
        (Qt.FocusReason.OtherFocusReason, False),
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.TabFocusReason, True),
        (Qt.FocusReason.BacktabFocusReason, True),
    ],
)
def test_nothing_is_deleted_that_is_not_seen_to_be_chosen(
    room: DiaryRoom, coach: Coach, reason: Qt.FocusReason, chosen: bool
) -> None:
    before = kept(coach).count
    entries = room.page.list
    QApplication.sendEvent(entries, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert bool(entries.selectionModel().selectedIndexes()) is chosen
    delete = next(one for one in room.findChildren(QPushButton) if one.text() == "Delete")
    assert delete.isEnabled() is chosen
    QTest.keyClick(entries, Qt.Key.Key_Delete)
    assert (kept(coach).count < before) is chosen


def test_an_empty_journal_says_what_will_be_there(coach: Coach, theme: Theme, qtbot: QtBot) -> None:
    room = shown(coach, theme, qtbot)
    assert "Every session that you do" in texts(room)
    assert "28 not logged" in texts(room)


def test_what_others_write_is_seen_at_the_next_look(room: DiaryRoom, places: Places) -> None:
    with Journal(places.data) as other:
        Archive(other).add(Contents(nights=(Night(OPEN, 0, NOW),)), NOW)
    room.refresh()
    assert room.page.calendar.words_of(OPEN).endswith("no cramp")


# -- a day


def day_page(room: DiaryRoom, day: date) -> DayPage:
    room.open_day(day)
    QApplication.processEvents()
    page = room._shown
    assert isinstance(page, DayPage)
    return page


def test_a_missed_night_is_filled_in_as_a_memory_and_taken_back(
    room: DiaryRoom, coach: Coach
) -> None:
    page = day_page(room, OPEN)
    press_button(page, "No cramp")
    night = next(one for one in kept(coach).nights if one.day == OPEN)
    assert (night.cramps, night.recalled) == (0, True)
    assert "Filled in later" in texts(page)
    room.back()
    assert room.page.calendar.words_of(OPEN).endswith("no cramp, filled in later")
    assert room.page.calendar.current == OPEN
    page = day_page(room, OPEN)
    press_button(page, "No cramp")
    assert OPEN not in [one.day for one in kept(coach).nights]
    assert "Not logged" in texts(page)


def test_a_described_cramp_is_not_answered_away(room: DiaryRoom, coach: Coach) -> None:
    page = day_page(room, BAD)
    press_button(page, "No cramp")
    assert next(one for one in kept(coach).nights if one.day == BAD).cramps == 1


def test_a_night_that_is_to_come_cannot_be_answered(room: DiaryRoom) -> None:
    page = day_page(room, TODAY)
    assert not [
        one
        for one in page.findChildren(QPushButton)
        if one.text() == "No cramp" and one.isVisible()
    ]


def test_days_and_their_answers_stay_until_they_are_taken_back(
    room: DiaryRoom, coach: Coach
) -> None:
    page = day_page(room, CLEAR)
    sleep, urine = page._editors["sleep_h"], page._editors["urine"]
    assert sleep.value == 7.5
    assert urine.value is None
    urine.setFocus()
    swatches = urine.focusProxy()
    assert swatches is not None
    QTest.keyClick(swatches, Qt.Key.Key_Right)
    QTest.keyClick(swatches, Qt.Key.Key_Right)
    (day,) = kept(coach).days
    assert day.values == {"sleep_h": 7.5, "notes": "wedding of Ann", "urine": 2}
    QTest.keyClick(swatches, Qt.Key.Key_Backspace)
    (day,) = kept(coach).days
    assert "urine" not in day.values


def test_every_field_gives_the_answer_that_it_shows(qtbot: QtBot) -> None:
    keys = [field.key for field in fields()]
    assert len(set(keys)) == len(keys)
    for field in fields():
        editor = FieldEditor(field)
        qtbot.addWidget(editor)
        assert editor.value is None, field.key
        answers: dict[Kind, list[bool | int | float | str]] = {
            Kind.YES_NO: [True, False],
            Kind.NUMBER: [0, field.step, field.highest],
            Kind.SWATCH: [1, len(field.swatches)],
            Kind.CHOICE: [value for value, _ in field.choices],
        }
        for value in answers[field.kind]:
            assert field.accepts(value), (field.key, value)
            editor.show_value(value)
            assert editor.value == value, field.key
            assert field.words(value)
        for wrong in ("nonsense", -1, 10_000):
            assert not field.accepts(wrong)
            editor.show_value(wrong)
            assert editor.value is None


def test_ten_questions_fit_without_scrolling(room: DiaryRoom, coach: Coach) -> None:
    coach.change_setting("tracked", " ".join(field.key for field in fields()[:10]))
    page = day_page(room, CLEAR)
    area = page.findChild(QScrollArea)
    assert area is not None
    assert len(page._editors) == 10
    assert area.verticalScrollBar().maximum() == 0
    inside = area.widget()
    assert inside is not None
    assert inside.width() <= area.viewport().width()


def test_what_is_asked_is_chosen_and_kept(room: DiaryRoom, coach: Coach) -> None:
    page = day_page(room, CLEAR)
    press_button(page, "Choose what is asked")
    QApplication.processEvents()
    press_button(room._shown, "Cold pack")
    assert "cold" in coach.settings.tracked.split()
    press_button(room._shown, "Done")
    page = day_page(room, CLEAR)
    assert "cold" in page._editors


# -- a run


def test_a_run_is_noted_by_distance_and_time_alone(room: DiaryRoom, coach: Coach) -> None:
    room.open_run()
    page = room._shown
    assert isinstance(page, RunEntryPage)
    page._distance.setText("10,5")
    QTest.keyClick(page._time, Qt.Key.Key_Return)
    assert isinstance(room._shown, RunEntryPage)
    assert "The time is minutes" in texts(page)
    page._time.setText("52:30")
    QTest.keyClick(page._time, Qt.Key.Key_Return)
    shown_page: QWidget = room._shown
    assert shown_page is room.page
    run = next(one for one in kept(coach).runs if one.id != "r")
    assert (run.metres, run.seconds, run.started) == (10_500, 3150, NOW - timedelta(minutes=52.5))
    assert (run.effort, run.cramp, run.terrain) == (None, None, None)


def test_a_run_that_is_only_looked_at_stays_as_it_was(room: DiaryRoom, coach: Coach) -> None:
    odd = Run("odd", NOW.replace(hour=5, second=13), 3723, 7777.77, 3, notes=" x")
    room.open_run(odd)
    page = room._shown
    assert isinstance(page, RunEntryPage)
    assert page.run() == Run("odd", odd.started, 3723, 7777.77, 3, notes="x")


@pytest.mark.parametrize("text", ["", "0", "-3", "abc", "1:2:3:4", "nan", "99999999"])
def test_a_time_that_cannot_be_is_told(room: DiaryRoom, text: str) -> None:
    room.open_run()
    page = room._shown
    assert isinstance(page, RunEntryPage)
    page._time.setText(text)
    page.save()
    assert "The time is minutes" in texts(page)


# -- damage, files, backups


def test_one_damaged_entry_is_counted_and_the_rest_is_shown(room: DiaryRoom, coach: Coach) -> None:
    other = sqlite3.connect(coach.places.data / FILE_NAME)
    other.execute("UPDATE run SET terrain = 'moon'")
    other.commit()
    other.close()
    room.refresh()
    assert "1 entry is damaged and could not be read; all others are here." in texts(room)
    assert len(listed(room)) == 3


def test_a_damaged_journal_offers_the_newest_good_backup(
    places: Places, theme: Theme, qtbot: QtBot
) -> None:
    with Journal(places.data) as journal:
        Archive(journal).add(SOME, NOW)
    coach = Coach(places, lambda: NOW)
    made = backups.back_up_now(coach)
    assert made.day == TODAY
    (places.data / FILE_NAME).write_bytes(b"damaged" * 999)
    room = shown(coach, theme, qtbot)
    assert "damaged" in texts(room)
    assert "There is a backup of Sunday 22 November 2026" in texts(room)
    press_button(room, "Bring it back")
    assert kept(coach) == SOME
    assert len(listed(room)) == 4
    (aside,) = places.data.glob("journal-aside-*.sqlite")
    assert aside.read_bytes() == b"damaged" * 999
    coach.close()


def test_out_and_in_again_and_everything_erased(
    room: DiaryRoom, coach: Coach, tmp_path: Path
) -> None:
    room.open_files()
    files = room.findChild(DiaryFiles)
    assert files is not None
    files.export_to(tmp_path / "out.json", "json")
    backups.back_up_now(coach)
    erase = next(one for one in files.page.findChildren(QPushButton) if one.text() == "Erase")
    assert not erase.isEnabled()
    last = tmp_path / "last.sqlite"
    files.erase(last)
    assert kept(coach) == Contents()
    assert backups.backups(coach) == ()
    assert last.exists()
    files.look_at(tmp_path / "out.json")
    assert "5 new" in texts(files.page) or "6 new" in texts(files.page)
    assert kept(coach) == Contents()
    files.take(False)
    assert kept(coach) == SOME
    (before,) = backups.backups(coach)
    files.restore(before)
    assert kept(coach) == Contents()
    undo = next(one for one in files.page.findChildren(QPushButton) if one.text() == "Undo")
    undo.click()
    assert kept(coach) == SOME


def test_the_word_is_needed_to_erase(room: DiaryRoom) -> None:
    room.open_files()
    files = room.findChild(DiaryFiles)
    assert files is not None
    word = files.page.findChild(QLineEdit)
    erase = next(one for one in files.page.findChildren(QPushButton) if one.text() == "Erase")
    assert word is not None
    for typed, enabled in (("erase", False), ("ERAS", False), ("ERASE", True)):
        word.setText(typed)
        assert erase.isEnabled() is enabled


def test_a_backup_is_made_once_a_day_beside_the_windows_work(
    room: DiaryRoom, coach: Coach, qtbot: QtBot
) -> None:
    keeper = BackupKeeper(coach, room)
    keeper.begin()
    keeper.close()
    (made,) = backups.backups(coach)
    written = made.path.stat().st_mtime_ns
    again = BackupKeeper(coach, room)
    again.begin()
    again.close()
    assert backups.backups(coach)[0].path.stat().st_mtime_ns == written


def test_a_spreadsheet_is_brought_in_and_taken_back(
    room: DiaryRoom, coach: Coach, tmp_path: Path
) -> None:
    before = kept(coach)
    room.open_files()
    files = room.findChild(DiaryFiles)
    assert files is not None
    files.write_templates_in(tmp_path / "tables")
    assert "nights.csv, cramps.csv, sessions.csv, runs.csv" in texts(files.page)
    files.write_templates_in(tmp_path / "tables")
    assert "is there already; nothing was written." in texts(files.page)
    nights, runs = tmp_path / "tables" / "nights.csv", tmp_path / "tables" / "runs.csv"
    nights.write_text(nights.read_text() + "2026-10-03,2\n2026-10-04,many\n")
    runs.write_text(runs.read_text() + "2026-10-03,10,60\n")
    files.look_at(nights, runs)
    shown = texts(files.page)
    assert "2 files: 2 new, 0 already in the journal" in shown
    assert "1 night counts as filled in later" in shown
    assert "cramps: 'many' is no number of cramps" in shown
    press_button(files.page, "Take what is new")
    assert kept(coach).count == before.count + 2
    assert "Undo the import of 2 files" in buttons(files.page)
    press_button(files.page, "Undo the import of 2 files")
    assert "2 entries of 2 files were taken out again." in texts(files.page)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Choose files…"
    assert kept(coach) == before
    assert not any(words.startswith("Undo the import") for words in buttons(files.page))


def buttons(page: QWidget) -> list[str]:
    return [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
