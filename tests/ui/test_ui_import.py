"""Runs from files in the window: read beside it, shown, taken, taken back, dropped, watched."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.runs.known_runs import known_runs
from uncramp.ui.runs.import_page import ImportPage
from uncramp.ui.runs.importing import Importing
from uncramp.ui.runs.runs_folder import RunsFolder
from uncramp.ui.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

START = datetime(2026, 3, 20, 17, tzinfo=UTC)
TCX = """<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
<Activities><Activity Sport="{sport}"><Id>{start}</Id><Lap StartTime="{start}">
<TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters>
<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>{points}</Track>
</Lap></Activity></Activities></TrainingCenterDatabase>
"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a recording of half an hour and five kilometres."""

    def written(name: str, *, days: int = 0, sport: str = "Running") -> Path:
        begun = START + timedelta(days=days)
        points = "".join(
            f"<Trackpoint><Time>{begun + timedelta(seconds=s):%Y-%m-%dT%H:%M:%SZ}</Time>"
            f"<DistanceMeters>{5000 * s / 1800:.1f}</DistanceMeters></Trackpoint>"
            for s in range(0, 1801, 30)
        )
        folder = tmp_path / "files"
        folder.mkdir(exist_ok=True)
        path = folder / name
        text = TCX.format(sport=sport, start=f"{begun:%Y-%m-%dT%H:%M:%SZ}", points=points)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def press(widget: QWidget, text: str) -> None:
    found = [one for one in widget.findChildren(QPushButton) if one.text() == text]
    assert [one.isVisible() for one in found] == [True], text
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def read(window: MainWindow, qtbot: QtBot, *paths: Path) -> ImportPage:
    """Let the page read files, and wait until it shows what they would bring."""
    window.frame.import_requested.emit(paths)
    return settled(window, qtbot)


def settled(window: MainWindow, qtbot: QtBot) -> ImportPage:
    importing = window.parts.importing
    page = importing.page
    assert page is not None
    qtbot.waitUntil(lambda: importing._work is None, timeout=20_000)
    QApplication.processEvents()
    return page


def rows(page: ImportPage) -> list[list[str]]:
    model = page.table.model()
    return [
        [str(model.index(row, cell).data() or "") for cell in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_files_are_shown_before_they_are_taken(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    broken = write("broken.tcx")
    broken.write_bytes(broken.read_bytes()[:300])
    files = (write("a.tcx"), write("b.tcx", days=2), write("ride.tcx", sport="Biking"), broken)
    page = read(window, qtbot, *files)
    assert "4 files were read: 2 new runs." in words(page)
    told = {row[0].rpartition("/")[2]: row[1:] for row in rows(page)}
    day = f"{START.astimezone():%H:%M}"
    assert told["a.tcx"][0].endswith(day)
    assert told["a.tcx"][1:] == ["5 km", "30:00", "Running", "A run", ""]
    assert told["ride.tcx"][1:5] == ["5 km", "30:00", "Biking", "Not a run"]
    assert told["ride.tcx"][5]
    assert told["broken.tcx"][4] in {"Unreadable", "Not a run"}
    assert told["broken.tcx"][5]
    assert known_runs(window.coach) == []  # nothing is written by looking
    press(page, "Import 2 runs")
    assert "2 runs are in the journal now." in words(page)
    assert [run.metres for run in known_runs(window.coach)] == [5000.0, 5000.0]


def test_what_is_known_is_not_taken_twice_and_all_can_be_taken_back(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    path = write("a.tcx")
    page = read(window, qtbot, path)
    press(page, "Import 1 run")
    window.parts.importing.read((path,))
    page = settled(window, qtbot)
    assert "no new run" in words(page)
    assert rows(page)[0][5] == "A copy"
    window.parts.importing.undo()
    assert "1 run was removed again." in words(page)
    assert known_runs(window.coach) == []


def test_the_last_import_can_be_taken_back_later_too(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    page = read(window, qtbot, write("a.tcx"), write("b.tcx", days=2))
    press(page, "Import 2 runs")
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Back"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert window.stack.page is None
    window.parts.importing.show()
    again = window.parts.importing.page
    assert again is not None
    assert "added 2 runs." in words(again)
    press(again, "Undo")
    assert "2 runs were removed again." in words(again)
    assert known_runs(window.coach) == []
    press(again, "Back")
    window.parts.importing.show()
    last = window.parts.importing.page
    assert last is not None
    assert "brought" not in words(last)


def test_a_folder_is_read_and_can_be_narrowed(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    write("a.tcx")
    folder = write("ride.tcx", sport="Biking").parent
    page = read(window, qtbot, folder)
    assert len(rows(page)) == 2
    press(page, "Not a run: 1")
    assert [row[5] for row in rows(page)] == ["Not a run"]
    press(page, "All: 2")
    assert len(rows(page)) == 2


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(10, 10), copy, data, button, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(10, 10), copy, data, button, keys))


def test_files_are_dropped_on_the_window_and_on_the_page(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    drop(window, write("a.tcx"))
    page = settled(window, qtbot)
    assert "1 new run" in words(page)
    drop(window, write("b.tcx", days=3), write("c.tcx", days=5))
    assert "2 new runs" in words(settled(window, qtbot))


def test_escape_goes_back_and_reading_ends(window: MainWindow, qtbot: QtBot, write: Write) -> None:
    window.frame.import_requested.emit((write("a.tcx"),))
    importing = window.parts.importing
    page = importing.page
    assert page is not None
    focused = page.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Cancel"  # not a neighbour of what was pressed
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.frame.page is None
    qtbot.waitUntil(lambda: importing._work is None, timeout=20_000)
    assert known_runs(window.coach) == []


def test_a_journal_that_cannot_be_written_loses_nothing(
    window: MainWindow, qtbot: QtBot, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = read(window, qtbot, write("a.tcx"))
    journal = window.coach.journal
    assert journal is not None
    with journal.look() as connection:
        connection.execute("PRAGMA query_only = ON")
    press(page, "Import 1 run")
    assert known_runs(window.coach) == []
    with journal.look() as connection:
        connection.execute("PRAGMA query_only = OFF")
    press(page, "Import 1 run")  # what was shown is still there to be taken
    assert len(known_runs(window.coach)) == 1


@pytest.mark.parametrize("name", ["a.tcx", "A.FIT", "a.zip"])
def test_a_recording_that_is_opened_goes_to_the_page_of_imports(
    window: MainWindow, qtbot: QtBot, write: Write, name: str
) -> None:
    path = write("a.tcx")
    window.obey(f"open {path.rename(path.with_name(name))}")
    page = settled(window, qtbot)
    assert "1 file was read: 1 new run." in words(page)


def watched(window: MainWindow) -> RunsFolder:
    made = window.parts.importing.findChild(RunsFolder) or window.frame.findChild(RunsFolder)
    assert made is not None
    return made


def test_what_comes_into_the_watched_folder_is_offered_once(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    folder = write("a.tcx").parent
    importing: Importing = window.parts.importing
    importing.watch(str(folder))
    look = watched(window)
    look.look()
    qtbot.waitUntil(lambda: look._work is None, timeout=20_000)
    QApplication.processEvents()
    assert "1 new run in" in words(window)
    window.frame.clear_notice()
    look.look()
    assert look._work is None  # nothing is new
    write("b.tcx", days=4)
    look.look()
    qtbot.waitUntil(lambda: look._work is None, timeout=20_000)
    QApplication.processEvents()
    press(window, "Show them")
    page = settled(window, qtbot)
    assert "1 file was read: 1 new run." in words(page)
    importing.watch("")
    assert window.coach.settings.runs_folder == ""


def test_a_watched_folder_that_is_gone_is_borne(window: MainWindow, tmp_path: Path) -> None:
    importing = window.parts.importing
    importing.watch(str(tmp_path / "gone"))
    look = watched(window)
    look.look()
    assert look._work is None
    assert window.frame.page is None


def test_what_comes_while_a_page_fills_the_window_is_offered_afterwards(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    folder = write("a.tcx").parent
    importing: Importing = window.parts.importing
    importing.watch(str(folder))
    window.parts.stage.show_safety("")
    look = watched(window)
    look.look()
    qtbot.waitUntil(lambda: look._work is None, timeout=20_000)
    QApplication.processEvents()
    assert "new run in" not in words(window)
    window.frame.back_to_rooms()
    assert look._settle.isActive()  # it looks again by itself
    look.look()
    qtbot.waitUntil(lambda: look._work is None, timeout=20_000)
    QApplication.processEvents()
    assert "1 new run in" in words(window)


def test_each_recording_can_be_taken_or_left(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    page = read(window, qtbot, write("a.tcx"), write("ride.tcx", days=3, sport="Biking"))
    model = page.table.model()
    boxes = {
        str(model.index(row, 0).data()): model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole)
        for row in range(2)
    }
    assert boxes == {"a.tcx": Qt.CheckState.Checked, "ride.tcx": Qt.CheckState.Unchecked}
    page.table.selectRow(1)
    press(page, "It was a run")
    page.table.selectRow(0)
    press(page, "It was not")
    press(page, "Import 1 run")
    (run,) = known_runs(window.coach)
    assert run.source == "ride.tcx"
    page.table.selectRow(0)
    for name in ("It was a run", "It was not"):  # it is over
        (choice,) = [one for one in page.findChildren(QPushButton) if one.text() == name]
        assert not choice.isEnabled()


def test_a_box_is_ticked_by_itself_too(window: MainWindow, qtbot: QtBot, write: Write) -> None:
    page = read(window, qtbot, write("ride.tcx", sport="Biking"))
    box = page.table.model().index(0, 0)
    assert page.chosen == frozenset()
    page.table.model().setData(box, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert len(page.chosen) == 1
    page.table.model().setData(box, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert page.chosen == frozenset()


def test_the_whole_reason_of_a_row_stands_below(
    window: MainWindow, qtbot: QtBot, write: Write
) -> None:
    page = read(window, qtbot, write("ride.tcx", sport="Biking"))
    assert "ride.tcx: is another sport" not in words(page)
    page.table.selectRow(0)
    assert "ride.tcx: is another sport" in words(page)
