"""A few counts as bars, each with its number above it and its name below."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uncramp.ui.theme import Theme

_SMALL = 0.86
_BAR_SHARE = 0.68
_RADIUS_PX = 4.0
_ZERO_PX = 2.0


class CountBars(QWidget):
    """Counts side by side."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Build it empty.

        Args:
            theme: colours.
            name: what is counted, for screen readers.
            parent: of Qt.
        """
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._bars: Sequence[tuple[str, int]] = ()
        self._token = "bar"
        self._marks: Sequence[int] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def fill(
        self,
        bars: Sequence[tuple[str, int]],
        *,
        token: str = "bar",
        marks: Sequence[int] = (),
    ) -> None:
        """Show counts by name.

        Args:
            bars: name and count of each.
            token: the colour of the bars.
            marks: cramps that belong to each bar, told in red below it; empty for none.
        """
        self._bars, self._token, self._marks = tuple(bars), token, tuple(marks)
        told = ", ".join(f"{name}: {count}" for name, count in bars if count)
        self.setAccessibleName(f"{self._name}. {told}" if told else self._name)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room; more is taken where there is more."""
        return QSize(320, round(QFontMetricsF(self.font()).height() * 9))

    def minimumSizeHint(self) -> QSize:
        """Return the least."""
        return QSize(160, round(QFontMetricsF(self.font()).height() * 7))

    def bar_rect(self, number: int) -> QRectF:
        """Return the place of a bar, in pixels of the widget."""
        line = QFontMetricsF(self._font()).height()
        top, bottom = line * 1.2, self.height() - line * (2.6 if self._marks else 1.5)
        each = self.width() / max(1, len(self._bars))
        most = max(1, max((count for _, count in self._bars), default=1))
        count = self._bars[number][1]
        height = (bottom - top) * count / most if count else _ZERO_PX
        width = each * _BAR_SHARE
        left = each * number + (each - width) / 2
        return QRectF(left, bottom - height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars, numbers and names."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        metrics = QFontMetricsF(self._font())
        each = self.width() / max(1, len(self._bars))
        widest = max((metrics.horizontalAdvance(name) for name, _ in self._bars), default=0.0)
        every = 1 + int((widest + 6.0) // each) if each else 1
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for number, (name, count) in enumerate(self._bars):
            bar = self.bar_rect(number)
            radius = min(_RADIUS_PX, bar.width() / 3, bar.height())
            path = QPainterPath()
            path.addRoundedRect(bar.adjusted(0, 0, 0, radius), radius, radius)
            painter.save()
            painter.setClipRect(bar)
            painter.fillPath(path, self._theme.qcolor(self._token if count else "line"))
            painter.restore()
            if count:
                painter.setPen(self._theme.qcolor("text"))
                above = QRectF(each * number, bar.top() - metrics.height() - 2, each, 0)
                above.setHeight(metrics.height())
                painter.drawText(above, centre, str(count))
            if number % every == 0:
                painter.setPen(self._theme.qcolor("text_soft"))
                wide = each * every
                below = QRectF(each * number + (each - wide) / 2, bar.bottom() + 5, wide, 0)
                below.setHeight(metrics.height())
                painter.drawText(below, centre, name)
            if self._marks and self._marks[number]:
                painter.setPen(self._theme.qcolor("cramp_text"))
                lowest = QRectF(each * number, bar.bottom() + 6 + metrics.height(), each, 0)
                lowest.setHeight(metrics.height())
                painter.drawText(lowest, centre, str(self._marks[number]))
        painter.end()

    def _font(self) -> QFont:
        made = QFont(self.font())
        made.setPointSizeF(max(1.0, made.pointSizeF() * _SMALL))
        return made
