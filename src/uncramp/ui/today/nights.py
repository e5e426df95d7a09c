"""Small painted widgets of the day's page: a night, and a share as a bar."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from uncramp.coach.daywords import night_name, weekday_short
from uncramp.coach.plan.today import NightMark, NightState
from uncramp.model.language import tr, trn
from uncramp.ui.early import (
    AT_THE_TOP,
    DASHES,
    IN_THE_MIDDLE,
    STRONG_FOCUS,
    brush,
    pen,
    show_hand,
)
from uncramp.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

_RADIUS = 9.0
_SMALLEST_PX = 34
_SOFT = 0.16
_CHECK = ((-4.5, 0.5), (-1.2, 3.8), (4.8, -3.4))
"""The corners of a check mark, from the middle of a square of 34."""


class NightButton(QAbstractButton):
    """One night: clear, with cramps, or open; pressing it tells or changes it."""

    def __init__(self, mark: NightMark, theme: Theme) -> None:
        super().__init__()
        self.mark = mark
        self._theme = theme
        self.setObjectName(f"night {mark.day.isoformat()}")
        self.setProperty("focusPolicy", STRONG_FOCUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name = f"{night_name(mark.day)}: {state_words(mark)}"
        self.setAccessibleName(name)
        self.setToolTip(name[:1].upper() + name[1:])

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        show_hand(self)

    def sizeHint(self) -> QSize:
        """Return the room for the square and the name of its day."""
        side = self._side()
        return QSize(side + 6, side + round(QFontMetricsF(self._small_font()).height()) + 10)

    def minimumSizeHint(self) -> QSize:
        """Return the least: with large letters in a narrow window the square is smaller."""
        least = QFontMetricsF(self._small_font()).horizontalAdvance(self._weekday())
        return QSize(max(_SMALLEST_PX, round(least)) + 4, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square with its sign, and the day below."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self._side(), self.width() - 4)
        square = QRectF((self.width() - side) / 2, 3, side, side)
        self._paint_ground(painter, square)
        if self.mark.state is NightState.CLEAR:
            self._paint_check(painter, square)
        else:
            text = str(self.mark.cramps) if self.mark.cramps else "?"
            token = "alert" if self.mark.cramps else "text_soft"
            painter.setFont(self._bold_font())
            self._write(painter, square, IN_THE_MIDDLE, text, token)
        painter.setFont(self._small_font())
        below = QRectF(0, square.bottom() + 3, self.width(), self.height() - square.bottom() - 3)
        self._write(painter, below, AT_THE_TOP, self._weekday(), "text_soft")
        if self.hasFocus():
            ring = _rounded(square.adjusted(-2, -2, 2, 2), _RADIUS + 2)
            painter.strokePath(ring, pen(self._theme.qcolor("focus"), 2))
        painter.end()

    def _write(self, painter: QPainter, area: QRectF, place: int, text: str, token: str) -> None:
        """Write in one colour, which only a style can do without naming Qt."""
        role = QPalette.ColorRole.Text
        colours = self.palette()
        colours.setColor(role, self._theme.qcolor(token))
        painter.save()
        painter.translate(area.topLeft())
        room = QRect(0, 0, round(area.width()), round(area.height()))
        self.style().drawItemText(painter, room, place, colours, True, text, role)
        painter.restore()

    def _paint_ground(self, painter: QPainter, square: QRectF) -> None:
        state, colour = self.mark.state, self._theme.qcolor
        shape = _rounded(square.adjusted(1, 1, -1, -1), _RADIUS)
        if state is NightState.OPEN:
            painter.strokePath(shape, pen(colour("text_soft"), 1.2, DASHES))
            return
        if state is NightState.CLEAR:
            edge, ground = colour("good"), colour("good_soft")
        else:
            edge = colour("cramp")
            ground = blended(edge, colour("card"), _SOFT)
        painter.fillPath(shape, brush(ground))
        if self.mark.recalled:
            # A memory has a broken edge: it is shown, and never compared.
            painter.strokePath(shape, pen(edge, 1.5, DASHES))

    def _paint_check(self, painter: QPainter, square: QRectF) -> None:
        centre, unit = square.center(), square.width() / 34
        points = [centre + QPointF(x, y) * unit for x, y in _CHECK]
        thick = max(2.0, square.width() / 17)
        for begin, end in pairwise(points):  # each with round ends, which a pen needs Qt for
            line = QLineF(begin, end)
            painter.save()
            painter.translate(begin)
            painter.rotate(-line.angle())
            stroke = QRectF(-thick / 2, -thick / 2, line.length() + thick, thick)
            painter.fillPath(_rounded(stroke, thick / 2), brush(self._theme.qcolor("good")))
            painter.restore()

    def _weekday(self) -> str:
        return weekday_short(self.mark.day.weekday())

    def _side(self) -> int:
        return max(_SMALLEST_PX, round(1.9 * QFontMetricsF(self.font()).height()))

    def _small_font(self) -> QFont:
        made = QFont(self.font())
        made.setPointSizeF(self.font().pointSizeF() * 0.85)
        return made

    def _bold_font(self) -> QFont:
        made = QFont(self.font())
        made.setWeight(QFont.Weight.DemiBold)
        return made


class ShareBar(QWidget):
    """A share, 0 to 1, as a thin bar."""

    def __init__(self, share: float, theme: Theme) -> None:
        super().__init__()
        self._share = min(1.0, max(0.0, share))
        self._theme = theme
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.fillPath(_rounded(whole, radius), brush(self._theme.qcolor("track")))
        if self._share > 0:
            whole.setWidth(max(whole.width() * self._share, whole.height()))
            painter.fillPath(_rounded(whole, radius), brush(self._theme.qcolor("good")))
        painter.end()


def _rounded(area: QRectF, radius: float) -> QPainterPath:
    made = QPainterPath()
    made.addRoundedRect(area, radius, radius)
    return made


def state_words(mark: NightMark) -> str:
    """Return what is known of a night, in words."""
    if mark.state is NightState.OPEN:
        return tr("not logged")
    if mark.state is NightState.CLEAR:
        words = tr("no cramp")
    else:
        words = trn("one cramp", "{n} cramps", mark.cramps).format(n=mark.cramps)
    return tr("{state}, filled in later").format(state=words) if mark.recalled else words


def blended(colour: QColor, ground: QColor, share: float) -> QColor:
    """Return `share` (0 to 1) of a colour on a ground."""
    parts = zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(one * share + other * (1 - share)) for one, other in parts))
