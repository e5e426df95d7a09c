"""Small painted widgets of the day's page: a night, and a share as a bar."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from uncramp.coach.daywords import night_name, weekday_short
from uncramp.coach.plan.today import NightMark, NightState
from uncramp.model.language import tr, trn
from uncramp.ui.theme import Theme

_RADIUS = 9.0
_SMALLEST_PX = 34
_SOFT = 0.16


class NightButton(QAbstractButton):
    """One night: clear, with cramps, or open; pressing it tells or changes it."""

    def __init__(self, mark: NightMark, theme: Theme) -> None:
        super().__init__()
        self.mark = mark
        self._theme = theme
        self.setObjectName(f"night {mark.day.isoformat()}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name = f"{night_name(mark.day)}: {state_words(mark)}"
        self.setAccessibleName(name)
        self.setToolTip(name[:1].upper() + name[1:])

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

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
            painter.setPen(self._theme.qcolor("alert" if self.mark.cramps else "text_soft"))
            painter.setFont(self._bold_font())
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(self._theme.qcolor("text_soft"))
        painter.setFont(self._small_font())
        below = QRectF(0, square.bottom() + 3, self.width(), self.height() - square.bottom() - 3)
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, top, self._weekday())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.qcolor("focus"), 2))
            painter.drawRoundedRect(square.adjusted(-2, -2, 2, 2), _RADIUS + 2, _RADIUS + 2)
        painter.end()

    def _paint_ground(self, painter: QPainter, square: QRectF) -> None:
        state = self.mark.state
        pen = QPen(self._theme.qcolor("line"), 1.5, Qt.PenStyle.DashLine)
        if state is NightState.OPEN:
            painter.setPen(QPen(self._theme.qcolor("text_soft"), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            token = "good" if state is NightState.CLEAR else "cramp"
            if state is NightState.CLEAR:
                ground = self._theme.qcolor("good_soft")
            else:
                ground = blended(self._theme.qcolor("cramp"), self._theme.qcolor("card"), _SOFT)
            painter.setBrush(ground)
            pen.setColor(self._theme.qcolor(token))
            # A memory has a broken edge: it is shown, and never compared.
            painter.setPen(pen if self.mark.recalled else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _paint_check(self, painter: QPainter, square: QRectF) -> None:
        pen = QPen(self._theme.qcolor("good"), max(2.0, square.width() / 17))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        centre, unit = square.center(), square.width() / 34
        painter.drawPolyline(
            [
                centre + QPointF(-4.5, 0.5) * unit,
                centre + QPointF(-1.2, 3.8) * unit,
                centre + QPointF(4.8, -3.4) * unit,
            ]
        )

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
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(self._theme.qcolor("track"))
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            whole.setWidth(max(whole.width() * self._share, whole.height()))
            painter.setBrush(self._theme.qcolor("good"))
            painter.drawRoundedRect(whole, radius, radius)
        painter.end()


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
