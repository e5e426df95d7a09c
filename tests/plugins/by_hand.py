"""What a hand does at the window: keys that are pressed, and widgets that are found by their words.

A test imports this after it has made sure that there is Qt.
"""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from uncramp.ui.widgets import Button

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
MOST_FIELDS = 90


def focused() -> QWidget:
    """Return what the keys go to."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_keys(text: str) -> None:
    """Type letters."""
    QTest.keyClicks(focused(), text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER, times: int = 1) -> None:
    """Press a key, each time where the focus is then."""
    for _ in range(times):
        QTest.keyClick(focused(), key, modifier)


def tab_to(name: str) -> None:
    """Go on from field to field until the one that screen readers call `name`."""
    for _ in range(MOST_FIELDS):
        if focused().accessibleName() == name:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"no field {name!r} is reached by the keyboard")


def labelled(page: QWidget, text: str) -> Button:
    """Return the button that is seen with these words, or is called so by screen readers."""
    QApplication.processEvents()
    return next(
        one
        for one in page.findChildren(Button)
        if text in {one.text(), one.accessibleName()} and one.isVisible()
    )
