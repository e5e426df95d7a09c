"""What keys and buttons do before a cramp's relief, in it, and on the page after it."""

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton

from uncramp.model.diary import Cramp
from uncramp.ui.cramp.done_page import CrampDonePage
from uncramp.ui.cramp.now_page import CrampNowPage
from uncramp.ui.window import MainWindow
from uncramp.ui.workshop.routine.page import EditorPage

K = Qt.Key


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)
    QApplication.processEvents()


def cramps(window: MainWindow) -> tuple[Cramp, ...]:
    assert window.coach.diary is not None
    now = window.coach.read_date()
    return window.coach.diary.cramps(now.replace(year=2000), now.replace(year=2100))


@pytest.fixture
def page(window: MainWindow) -> CrampDonePage:
    """The page after a cramp that was helped with and has eased."""
    window.parts.help_cramp()
    for _ in range(2):
        press(K.Key_Return)
    made = window.stack.page
    assert isinstance(made, CrampDonePage)
    return made


def undo(page: CrampDonePage) -> None:
    """Press the button at the left, by which the entry is taken out or brought back."""
    left = min(
        (button for button in page.findChildren(QPushButton) if button.text()),
        key=lambda button: (-button.mapTo(page, button.rect().center()).y(), button.x()),
    )
    QTest.mouseClick(left, Qt.MouseButton.LeftButton)


def test_enter_after_an_undo_is_done_and_brings_no_false_cramp_back(
    window: MainWindow, page: CrampDonePage
) -> None:
    assert len(cramps(window)) == 1
    undo(page)
    assert cramps(window) == ()
    press(K.Key_Return)
    assert window.stack.page is None
    assert cramps(window) == ()


def test_a_digit_tells_the_pain_but_not_as_part_of_a_shortcut(
    window: MainWindow, page: CrampDonePage
) -> None:
    press(K.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert [cramp.pain for cramp in cramps(window)] == [None]
    press(K.Key_6)
    assert [cramp.pain for cramp in cramps(window)] == [6]


def test_a_letter_of_a_session_is_no_key_of_it_with_control(window: MainWindow) -> None:
    window.parts.start_routine("prerun_quick")
    view = window.parts.stage.view
    assert view is not None
    for key in (K.Key_N, K.Key_X, K.Key_P):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.page is view
    assert not view.session.is_over


def test_the_button_is_in_the_rail(window: MainWindow) -> None:
    button = window.findChild(QToolButton, "cramp")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert isinstance(window.stack.page, CrampNowPage)


def test_a_field_that_is_typed_into_keeps_the_letter(window: MainWindow) -> None:
    window.parts.edit_routine("")
    field = window.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    field.selectAll()
    press(K.Key_C)
    assert field.text() == "c"
    assert isinstance(window.stack.page, EditorPage)
