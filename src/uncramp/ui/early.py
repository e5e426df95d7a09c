"""What the first room is made with, without the enumerations of Qt's own namespace.

The first time that `Qt` is named, Python builds all its hundred enumerations: a sixth of the time
that a bare window needs. Some calls name it by themselves, because they take one of them as well:
`QPainter.setPen` and `setBrush`, and `QPen` and `QBrush` made of a colour. So properties are set by
plain numbers here, and shapes are paths that are filled and stroked.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QWidget

PLAIN_TEXT: Final = 0
"""For the property "textFormat"."""
NO_FOCUS: Final = 0
STRONG_FOCUS: Final = 11
"""For the property "focusPolicy"."""
NEVER_A_SCROLL_BAR: Final = 1
"""For the property "horizontalScrollBarPolicy"."""
WORDS_ONLY: Final = 1
WORDS_BELOW_ICON: Final = 3
"""For the property "toolButtonStyle"."""
WITHIN_ITS_WIDGET: Final = 3
"""For the property "context" of a shortcut."""
IN_THE_MIDDLE: Final = 0x84
AT_THE_TOP: Final = 0x24
"""Where a text is written."""
WITH_ANOTHER_KEY: Final = 0x0400_0000 | 0x0800_0000 | 0x1000_0000
"""Ctrl, Alt and Meta, in the modifiers of a key."""
ESCAPE_KEY: Final = 0x0100_0000
ENTER_KEYS: Final = frozenset({0x0100_0004, 0x0100_0005})
DASHES: Final = (4.0, 2.0)
"""Of a broken line, in widths of the pen."""


def show_hand(shown: QWidget) -> None:
    """Show a hand over what can be pressed; to be asked for when the mouse is there."""
    from PySide6.QtCore import Qt  # long after the first room

    shown.setCursor(Qt.CursorShape.PointingHandCursor)


def pen(colour: QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    """Return a pen; `dashes` are lengths of strokes and gaps in widths of the pen."""
    made = QPen()
    made.setColor(colour)
    made.setWidthF(width)
    if dashes:
        made.setDashPattern(list(dashes))
    return made


def brush(colour: QColor) -> QBrush:
    """Return what fills with one colour."""
    return pen(colour, 1.0).brush()
