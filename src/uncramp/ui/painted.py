"""Small widgets that paint themselves: the large digits and the bar of the whole session."""

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSizePolicy, QWidget

from uncramp.ui.theme import FAMILIES, Theme

SMALLEST_DIGIT_PX = 66
"""20 arc minutes at 3 m and 96 dots an inch."""
_GAP = 4.0
_THICK = 8.0


class Digits(QWidget):
    """A number that fills its place, readable from three metres.

    The digits are as high as the place allows, never lower than 66 px, and of one width, so that
    the number does not tremble while it counts.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._colour = QColor()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str, colour: QColor) -> None:
        """Show `text`; repaints only when something changed."""
        if text != self._text or colour != self._colour:
            self._text, self._colour = text, QColor(colour)
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for room; more is taken where there is more."""
        return QSize(300, 190)

    def minimumSizeHint(self) -> QSize:
        """Return the least: digits of 66 px in three places and a colon."""
        return QSize(190, SMALLEST_DIGIT_PX + 24)

    def digit_height(self) -> float:
        """Return the height of the digits as painted now, in pixels."""
        metrics = QFontMetricsF(self._fitting_font())
        return metrics.capHeight()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the number at the left, in the middle of the height."""
        del event
        font = self._fitting_font()
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._colour)
        baseline = (self.height() + metrics.capHeight()) / 2
        # The digits' own side bearing would set them off from the text above and below.
        bearing = metrics.leftBearing(self._text[0]) if self._text else 0.0
        painter.drawText(QPointF(-bearing, baseline), self._text)
        painter.end()

    def _fitting_font(self) -> QFont:
        font = QFont(self.font())
        font.setFamilies([*FAMILIES, font.defaultFamily()])
        font.setWeight(QFont.Weight.Bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setPixelSize(200)
        metrics = QFontMetricsF(font)
        widest = max(metrics.horizontalAdvance("0:00"), metrics.horizontalAdvance(self._text))
        per_width = 200 * (self.width() - 4) / widest
        per_height = 200 * (self.height() - 16) / metrics.capHeight()
        smallest = 200 * SMALLEST_DIGIT_PX / metrics.capHeight()
        font.setPixelSize(max(1, round(max(smallest, min(per_width, per_height)))))
        return font


class TimeLeft(QWidget):
    """A time that changes every second, at the right of its place.

    A label would have the whole window laid out anew at each second. This one asks for it only
    when the text gets longer or shorter; its digits are all of one width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show `text`; repaints only when it changed."""
        if text == self._text:
            return
        is_as_long = len(text) == len(self._text)
        self._text = text
        if not is_as_long:
            self.updateGeometry()
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the text with digits of its length."""
        metrics = QFontMetricsF(self._steady_font())
        widest = "".join("0" if letter.isdigit() else letter for letter in self._text)
        return QSize(math.ceil(metrics.horizontalAdvance(widest)) + 1, math.ceil(metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the time in the style sheet's size and the palette's colour."""
        del event
        painter = QPainter(self)
        painter.setFont(self._steady_font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        place = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), place, self._text)
        painter.end()

    def _steady_font(self) -> QFont:
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


class Switch(QAbstractButton):
    """On or off, as a knob that stands left or right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return its size; it does not grow with the text."""
        return QSize(52, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and knob, and a ring around them when it has the focus."""
        del event
        colours, role = self.palette(), QPalette.ColorRole
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(colours.color(role.Highlight), 2))
            painter.drawRoundedRect(QRectF(1, 1, 50, 30), 15, 15)
        # Off is an outline: in the dark a filled ground would be the brightest thing of the page.
        soft, strong = colours.color(role.PlaceholderText), colours.color(role.Highlight)
        painter.setPen(QPen(strong if on else soft, 2))
        painter.setBrush(strong if on else colours.color(role.Base))
        painter.drawRoundedRect(QRectF(5, 5, 42, 22), 11, 11)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(role.Base) if on else soft)
        painter.drawEllipse(QRectF(26, 6, 20, 20) if on else QRectF(9, 9, 14, 14))
        painter.end()


def paint_arrow(on: QWidget) -> None:
    """Paint the arrow at the right of a widget that opens a list, in the colour of the theme."""
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(on.palette().color(QPalette.ColorRole.PlaceholderText), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    x, y = on.width() - 20.0, on.height() / 2
    painter.drawPolyline([QPointF(x - 5, y - 2.5), QPointF(x, y + 2.5), QPointF(x + 5, y - 2.5)])
    painter.end()


class ChoiceBox(QComboBox):
    """A list to choose from, with an arrow in the colour of the theme.

    The wheel scrolls the page that it stands on: a choice is not changed in passing.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box as the style sheet wants it, and the arrow on top."""
        super().paintEvent(event)
        paint_arrow(self)


class SegmentBar(QWidget):
    """The whole session as a row of bars, as long as their times.

    Done ones are pale, the present one strong and filling, the coming ones grey.

    Signals:
        pointed: which bar was clicked.
    """

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lengths: tuple[int, ...] = ()
        self._strong: tuple[bool, ...] = ()
        self._index = 0
        self._share = 0.0
        self._theme: Theme | None = None
        self.setFixedHeight(round(_THICK) + 4)
        self.setAccessibleName("")

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def set_segments(self, lengths_ms: Sequence[int], strong: Sequence[bool]) -> None:
        """Lay out the bars: their lengths, and which of them are work."""
        self._lengths, self._strong = tuple(lengths_ms), tuple(strong)
        self.update()

    def set_position(self, index: int, share: float) -> None:
        """Mark bar `index` as the present one, `share` (0 to 1) of it done."""
        if (index, round(share, 2)) != (self._index, round(self._share, 2)):
            self._index, self._share = index, share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        del event
        if self._theme is None or not self._lengths:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, bar in enumerate(self._bars()):
            self._paint_bar(painter, number, bar)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which bar was clicked."""
        x = event.position().x()
        bars = [number for number, bar in enumerate(self._bars()) if bar.left() - _GAP <= x]
        if bars:
            self.pointed.emit(bars[-1])

    def _bars(self) -> Iterator[QRectF]:
        gap = min(_GAP, self.width() / max(1, len(self._lengths)) / 3)
        room = self.width() - gap * (len(self._lengths) - 1)
        total = sum(self._lengths)
        x = 0.0
        for length in self._lengths:
            width = room * length / total
            yield QRectF(x, 2, width, _THICK)
            x += width + gap

    def _paint_bar(self, painter: QPainter, number: int, bar: QRectF) -> None:
        assert self._theme is not None
        colour = self._theme.qcolor
        if not self._strong[number]:
            bar = bar.adjusted(0, 2, 0, -2)
        radius = min(bar.height(), bar.width()) / 2
        painter.setBrush(colour("track_done" if number < self._index else "track"))
        painter.drawRoundedRect(bar, radius, radius)
        if number == self._index:
            painter.setBrush(colour("accent" if self._strong[number] else "text_soft"))
            done = QRectF(bar)
            done.setWidth(max(bar.width() * self._share, min(bar.width(), bar.height())))
            painter.drawRoundedRect(done, radius, radius)


class Progress(QWidget):
    """A thin bar of the present segment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._theme: Theme | None = None
        self.setFixedHeight(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(460)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def set_share(self, share: float) -> None:
        """Show `share` (0 to 1) as done."""
        if round(share, 3) != round(self._share, 3):
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        del event
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(self._theme.qcolor("track"))
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            whole.setWidth(max(whole.width() * min(1.0, self._share), whole.height()))
            painter.setBrush(self._theme.qcolor("accent"))
            painter.drawRoundedRect(whole, radius, radius)
        painter.end()
