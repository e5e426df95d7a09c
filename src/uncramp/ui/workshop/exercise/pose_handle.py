"""A round handle on a joint of the drawn runner."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from uncramp.figure.joints import Handle
from uncramp.ui.theme import Theme

SIDE_PX = 24
"""Width of what can be caught; the dot in it is smaller."""
_DOT, _FAR_DOT, _CAUGHT_DOT = 6.5, 5.0, 8.5
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}


class HandleDot(QWidget):
    """One handle: caught by the mouse, or reached by Tab and moved by arrows.

    Signals:
        caught: the mouse took hold of it.
        pulled: where to, in the canvas, and whether in this frame only.
        released: the mouse let go.
        nudged: how far to go, x to the right and y up in small steps, and whether in this frame
            only.
        looked_at: it is under the mouse or has the focus; or no longer.
    """

    caught = Signal(object)
    pulled = Signal(object, QPointF, bool)
    released = Signal(object)
    nudged = Signal(object, float, float, bool)
    looked_at = Signal(object, bool)

    def __init__(self, handle: Handle, parent: QWidget) -> None:
        super().__init__(parent)
        self.handle = handle
        self._theme: Theme | None = None
        self._limited = False
        self._pinned = False
        self._off = QPointF()
        self.setFixedSize(SIDE_PX, SIDE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def set_state(self, *, limited: bool, pinned: bool) -> None:
        """Show whether it has just been stopped, and whether it is pinned."""
        if (limited, pinned) != (self._limited, self._pinned):
            self._limited, self._pinned = limited, pinned
            self.update()

    def move_to(self, x: float, y: float) -> None:
        """Stand with the middle at a place of the canvas."""
        self.move(round(x - SIDE_PX / 2), round(y - SIDE_PX / 2))

    def middle(self) -> QPointF:
        """Return where its middle is in the canvas."""
        return QPointF(self.x() + SIDE_PX / 2, self.y() + SIDE_PX / 2)

    # -- what Qt asks

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._off = event.position() - QPointF(SIDE_PX / 2, SIDE_PX / 2)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.caught.emit(self.handle)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            place = self.mapToParent(event.position()) - self._off
            self.pulled.emit(self.handle, place, _shift(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.released.emit(self.handle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move it by small steps, with Ctrl by tiny ones."""
        way = _ARROWS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        size = 0.2 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0
        self.nudged.emit(self.handle, size * way[0], size * way[1], _shift(event))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell that the mouse is on it."""
        super().enterEvent(event)
        self.looked_at.emit(self.handle, True)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the mouse has left it."""
        super().leaveEvent(event)
        self.looked_at.emit(self.handle, self.hasFocus())
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come before the others."""
        super().focusInEvent(event)
        self.raise_()
        self.looked_at.emit(self.handle, True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lose the ring; what is far goes behind what is near again."""
        super().focusOutEvent(event)
        if self.handle.value.startswith("other_"):
            self.lower()
        self.looked_at.emit(self.handle, False)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot: filled where it is pinned, ringed in red where it was stopped."""
        del event
        if self._theme is None:
            return
        colour = self._theme.qcolor
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(SIDE_PX / 2, SIDE_PX / 2)
        near = not self.handle.value.startswith("other_")
        radius = (
            _CAUGHT_DOT if self.hasFocus() or self.underMouse() else (_DOT if near else _FAR_DOT)
        )
        ring = colour("alert" if self._limited else "accent")
        light = max(colour("card"), colour("text"), key=QColor.lightness)
        fill = QColor(ring if self._pinned else light)
        if not near:
            fill.setAlphaF(0.75)
        painter.setPen(QPen(ring, 3.0 if self._limited else 2.0))
        painter.setBrush(fill)
        painter.drawEllipse(middle, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = SIDE_PX - 2
            painter.drawEllipse(QRectF(1, 1, edge, edge))
        painter.end()


def _shift(event: QMouseEvent | QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
