"""The journal in the window: the calendar, the day, the run, deletions, files and backups."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

pytest.importorskip("PySide6")

from journal_days import (
    BAD,
    CLEAR,
    NOW,
    OPEN,
    SOME,
    TODAY,
    kept,
    listed,
    press_button,
    shown,
    texts,
)
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.diary.tracking import Kind, fields
from uncramp.coach.places import Places
from uncramp.journal.archive import Archive
from uncramp.journal.store import Journal
from uncramp.model.contents import Contents
from uncramp.model.diary import Night, Run
from uncramp.ui.diary.day_page import DayPage
from uncramp.ui.diary.fields import FieldEditor
from uncramp.ui.diary.room import DiaryRoom
from uncramp.ui.diary.run_entry_page import RunEntryPage
from uncramp.ui.theme import Theme, load_theme

# The offscreen platform complains of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


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
    assert "No entry contains these words" in texts(room)
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
    assert "Every session you do" in texts(room)
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
    press_button(page, "Choose the questions")
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
    assert "Please write the time" in texts(page)
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
    assert "Please write the time" in texts(page)
