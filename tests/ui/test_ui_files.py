"""The journal's files: damage, backups, tables brought in, and everything erased."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from journal_days import NOW, SOME, TODAY, kept, listed, press_button, shown, texts
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.diary import backups
from uncramp.coach.places import Places
from uncramp.journal.archive import Archive
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.contents import Contents
from uncramp.ui.diary.backup import BackupKeeper
from uncramp.ui.diary.files import DiaryFiles
from uncramp.ui.diary.room import DiaryRoom
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
    assert "There is an undamaged backup from Sunday 22 November 2026" in texts(room)
    press_button(room, "Restore it")
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
    last = tmp_path / "last.json"
    files.erase(last)
    assert kept(coach) == Contents()
    assert backups.backups(coach) == ()
    assert last.exists()
    assert last.read_bytes() == (tmp_path / "out.json").read_bytes()
    files.look_at(last)
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
    assert "already exists; nothing was written." in texts(files.page)
    nights, runs = tmp_path / "tables" / "nights.csv", tmp_path / "tables" / "runs.csv"
    nights.write_text(nights.read_text() + "2026-10-03,2\n2026-10-04,many\n")
    runs.write_text(runs.read_text() + "2026-10-03,10,60\n")
    files.look_at(nights, runs)
    shown = texts(files.page)
    assert "2 files: 2 new, 0 already in the journal" in shown
    assert "1 night counts as filled in later" in shown
    assert "cramps: 'many' is not a number of cramps" in shown
    press_button(files.page, "Import what is new")
    assert kept(coach).count == before.count + 2
    assert "Undo the import of 2 files" in buttons(files.page)
    press_button(files.page, "Undo the import of 2 files")
    assert "2 entries from 2 files were removed again." in texts(files.page)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Choose files…"
    assert kept(coach) == before
    assert not any(words.startswith("Undo the import") for words in buttons(files.page))


def buttons(page: QWidget) -> list[str]:
    return [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
