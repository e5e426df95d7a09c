"""The table of rooms, and what a new line in it brings."""

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QToolButton

from uncramp.ui import room_stack
from uncramp.ui.diary.files_page import DiaryFilesPage
from uncramp.ui.diary.journal_page import JournalPage
from uncramp.ui.frame import Frame
from uncramp.ui.page import Page
from uncramp.ui.parts import Parts
from uncramp.ui.rooms import Room, table
from uncramp.ui.theme import Theme
from uncramp.ui.window import MainWindow


class Attic(Page):
    """A room as somebody would add it: it has the frame and nothing else."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._words = "empty"
        self._frame = frame
        self.times_filled = 0
        self.worn = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def take_focus(self) -> None:
        self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        self.worn = theme.name

    def refresh(self) -> None:
        self.times_filled += 1
        self._words = f"{self._frame.coach.read_date():%Y}"

    def text(self) -> str:
        return self._words


def attic(parts: Parts) -> Attic:
    return Attic(parts.frame)


def with_attic() -> tuple[Room, ...]:
    return (*table(), Room("attic", "Attic", "journal", attic))


@pytest.fixture(autouse=True)
def attic_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_stack, "table", with_attic)


def chosen(window: MainWindow) -> list[str]:
    return [one.text() for one in window.findChildren(QToolButton, "place") if one.isChecked()]


def test_one_line_brings_a_button_a_key_and_a_room(window: MainWindow) -> None:
    button = next(b for b in window.findChildren(QToolButton, "place") if b.text() == "Attic")
    assert not button.icon().isNull()
    assert window.findChild(Attic) is None  # not made before it is asked for
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    shown = window.rooms.current
    assert isinstance(shown, Attic)
    assert (shown.times_filled, shown.text()) == (1, f"{window.coach.read_date():%Y}")
    assert shown.worn == window.theme.name
    assert shown.hasFocus()
    window.rooms.show("journal")
    assert chosen(window) == ["Journal"]
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert window.rooms.current is shown
    assert shown.times_filled == 2
    assert chosen(window) == ["Attic"]


def test_what_was_only_told_goes_when_the_user_goes_on(window: MainWindow) -> None:
    def press_nine() -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)

    window.frame.tell("Saved: report.pdf")
    window.rooms.show("journal")  # the program's own move
    assert not window.notices.isHidden()
    press_nine()
    assert window.notices.isHidden()
    window.frame.tell("Go on with it?", QPushButton("Continue"))
    window.rooms.show("journal")
    press_nine()
    assert not window.notices.isHidden()  # it waits for an answer


def test_every_room_has_the_key_of_its_place(window: MainWindow) -> None:
    buttons = window.findChildren(QToolButton, "place")
    assert len(buttons) == 9
    for number, room in enumerate((one for one in with_attic() if not one.within), 1):
        focused = QApplication.focusWidget()
        assert focused is not None
        key = Qt.Key(Qt.Key.Key_0 + number)
        QTest.keyClick(focused, key, Qt.KeyboardModifier.ControlModifier)
        assert window.rooms.shown == room.id
        assert chosen(window) == [room.title]
        button = next(one for one in buttons if one.text() == room.title)
        assert button.toolTip() == f"Ctrl+{number}"


def test_its_key_opens_nothing_below_a_page_that_fills_the_window(window: MainWindow) -> None:
    before = window.rooms.shown
    window.parts.start_routine("prerun_quick")
    view = window.parts.stage.view
    assert view is not None
    QTest.keyClick(view, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert window.rooms.shown == before
    assert window.stack.currentWidget() is view


def test_a_room_asks_the_frame_for_all_it_wants(window: MainWindow) -> None:
    window.rooms.show("attic")
    window.frame.room_requested.emit("settings")
    assert window.rooms.shown == "settings"
    window.frame.tell("A sentence.")
    told = [one.text() for one in window.notices.findChildren(QLabel) if one.isVisible()]
    assert told == ["A sentence."]
    assert not window.frame.is_taken
    window.frame.routine_requested.emit("prerun_quick")
    assert window.parts.stage.view is not None
    assert window.frame.is_taken


def test_rooms_without_a_button_belong_to_one_that_has_it() -> None:
    rooms = {room.id: room for room in table()}
    assert len(rooms) == len(table())
    for room in rooms.values():
        if room.within:
            assert not rooms[room.within].within, room.id
        else:
            assert room.title, room.id
            assert room.icon, room.id


def test_every_room_has_what_the_window_asks_of_it(window: MainWindow) -> None:
    for room in table():
        page = window.rooms.page(room.id)
        assert isinstance(page, Page), room.id
        window.rooms.show(room.id)
        assert chosen(window) == [
            next(one.title for one in table() if one.id == (room.within or room.id))
        ]


def test_with_large_letters_in_a_small_window_help_with_a_cramp_stays_in_sight(
    window: MainWindow, qapp: QApplication
) -> None:
    usual = qapp.font()
    large = QFont(usual)
    large.setPointSizeF(2 * usual.pointSizeF())
    try:
        qapp.setFont(large)
        window.apply_theme()
        window.resize(720, 520)
        QApplication.processEvents()
        cramp = window.findChild(QToolButton, "cramp")
        assert cramp is not None
        assert cramp.height() >= cramp.sizeHint().height()
        inside = cramp.mapTo(window, cramp.rect().bottomLeft())
        assert inside.y() <= window.height()
    finally:
        qapp.setFont(usual)


def test_a_place_leads_to_its_first_page_and_its_top(window: MainWindow) -> None:
    places = {room.id: number for number, room in enumerate(with_attic_places(), 1)}
    journal = window.rooms.page("journal")
    window.rooms.show("journal")
    first = journal.findChild(JournalPage)
    assert first is not None
    window.frame.day_requested.emit(window.coach.read_date().date())
    QApplication.processEvents()
    assert not first.isVisible()
    window.rooms.show("settings")
    for _ in range(2):  # also where it is shown already
        press_place(window, places["journal"])
        assert first.isVisible()
    press_place(window, places["settings"])
    window.resize(900, 540)
    QApplication.processEvents()
    (area,) = window.rooms.page("settings").findChildren(QScrollArea)
    area.verticalScrollBar().setValue(200)
    assert area.verticalScrollBar().value() == 200
    press_place(window, places["settings"])
    assert area.verticalScrollBar().value() == 0


def with_attic_places() -> list[Room]:
    return [room for room in with_attic() if not room.within]


def press_place(window: MainWindow, number: int) -> None:
    QTest.keyClick(
        window.focusWidget(), Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier
    )
    QApplication.processEvents()


def test_tables_that_are_dropped_are_offered_to_the_journal(
    window: MainWindow, tmp_path: Path
) -> None:
    table = tmp_path / "nights.csv"
    table.write_text("date,cramps\n2026-10-03,1\n", encoding="utf-8")
    window.parts.import_runs((table,))
    QApplication.processEvents()
    assert window.rooms.shown == "journal"
    page = window.findChild(DiaryFilesPage)
    assert page is not None
    assert page.isVisible()
    assert any(text.text().startswith("nights.csv") for text in page.findChildren(QLabel))
