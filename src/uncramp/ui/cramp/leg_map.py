"""The leg map: two legs from behind and from the front, to point at what cramps.

Left is left in both: from behind as one stands, from the front as in a mirror.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from uncramp.coach.cramp.wording import place_name
from uncramp.model.body import Side
from uncramp.model.diary import CrampMuscle
from uncramp.model.language import tr
from uncramp.ui.cramp.leg_shapes import BACK, FRONT, LEG_HEIGHT, LEG_WIDTH, LegDrawing, Patch
from uncramp.ui.theme import Theme

_ROWS_BACK = (CrampMuscle.HAMSTRING, CrampMuscle.CALF, CrampMuscle.FOOT)
_ROWS_FRONT = (CrampMuscle.QUAD, CrampMuscle.SHIN, CrampMuscle.FOOT)
_BANDS = (0.0, 0.485, 0.885, 1.0)
"""Where thigh, shank and foot begin and end, as shares of the leg's height."""
_GAP = 0.10
"""Between the two pairs, as a share of the height of a leg."""
_SMALLEST = (240, 230)
_SMALLEST_LETTERS_PX = 11


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place of the map: which column of four, which row, which muscle."""

    column: int
    row: int
    muscle: CrampMuscle
    side: Side


def _spots() -> tuple[_Spot, ...]:
    found = []
    for column in range(4):
        side = Side.LEFT if column % 2 == 0 else Side.RIGHT
        rows = _ROWS_BACK if column < 2 else _ROWS_FRONT
        found += [_Spot(column, row, muscle, side) for row, muscle in enumerate(rows)]
    found += [_Spot(0, 3, CrampMuscle.OTHER, Side.LEFT), _Spot(2, 3, CrampMuscle.OTHER, Side.RIGHT)]
    return tuple(found)


class _Region(QAbstractButton):
    """One place, without a picture of its own: the map paints it."""

    def __init__(self, spot: _Spot, parent: "LegMap") -> None:
        super().__init__(parent)
        self.spot = spot
        self._map = parent
        name = place_name(spot.muscle, spot.side)
        if spot.muscle is CrampMuscle.FOOT:
            seen = tr("from behind") if spot.column < 2 else tr("from the front")
            name = f"{name}, {seen}"
        self.setAccessibleName(name)
        self.setToolTip(place_name(spot.muscle, spot.side))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the painting to the map."""
        del event

    def nextCheckState(self) -> None:
        """Stay as the map wants it: a place is chosen, never switched off by itself."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        super().enterEvent(event)
        self._map.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go out."""
        super().leaveEvent(event)
        self._map.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose it and go on."""
        super().mouseDoubleClickEvent(event)
        self._map.accepted.emit()


class LegMap(QWidget):
    """Two legs to point at.

    A click, or the arrow keys, choose; Enter, Space or a double click go on.

    Signals:
        chosen: muscle and side.
        accepted: the choice stands.
    """

    chosen = Signal(object, object)
    accepted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._muscle = CrampMuscle.CALF
        self._side = Side.LEFT
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._regions = tuple(_Region(spot, self) for spot in _spots())
        for region in self._regions:
            region.clicked.connect(self._clicked)
        self.choose(CrampMuscle.CALF, Side.LEFT)

    @property
    def muscle(self) -> CrampMuscle:
        """What is chosen."""
        return self._muscle

    @property
    def side(self) -> Side:
        """On which side."""
        return self._side

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def choose(self, muscle: CrampMuscle, side: Side) -> None:
        """Show a place as chosen; without a side that of the left."""
        side = Side.LEFT if side is Side.NONE else side
        now = self._regions[self._at].spot
        if (now.muscle, now.side) != (muscle, side):
            self._at = next(
                number
                for number, region in enumerate(self._regions)
                if (region.spot.muscle, region.spot.side) == (muscle, side)
            )
        self._muscle, self._side = muscle, side
        for region in self._regions:
            region.setChecked((region.spot.muscle, region.spot.side) == (muscle, side))
        name = place_name(muscle, side)
        self.setAccessibleName(tr("Where it cramps: {place}").format(place=name))
        self.update()

    def region_rect(self, muscle: CrampMuscle, side: Side) -> QRectF:
        """Return where a place is on the widget; of a foot, the one seen from behind."""
        return next(
            QRectF(region.geometry())
            for region in self._regions
            if (region.spot.muscle, region.spot.side) == (muscle, side)
        )

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose; Enter and Space go on."""
        key = event.key()
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(key))
        if step is not None:
            self._move(*step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if not event.isAutoRepeat():
                self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def _move(self, across: int, down: int) -> None:
        here = self._regions[self._at].spot
        row = min(3, max(0, here.row + down))
        column = here.column + across * (2 if here.row == 3 else 1)
        column = min(3, max(0, column))
        if row == 3:
            column = 0 if column < 2 else 2
            if here.row < 3:
                column = 0 if here.side is Side.LEFT else 2
        for number, region in enumerate(self._regions):
            if (region.spot.column, region.spot.row) == (column, row):
                self._take(number)
                return

    def _clicked(self) -> None:
        region = self.sender()
        self.setFocus()
        if isinstance(region, _Region):
            self._take(self._regions.index(region))

    def _take(self, number: int) -> None:
        self._at = number
        spot = self._regions[number].spot
        self.choose(spot.muscle, spot.side)
        self.chosen.emit(spot.muscle, spot.side)

    # -- geometry

    def sizeHint(self) -> QSize:
        """Ask for room; more is taken where there is more."""
        return QSize(440, 420)

    def minimumSizeHint(self) -> QSize:
        """Return the least at which a foot can still be hit."""
        return QSize(*_SMALLEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the places over the drawing."""
        super().resizeEvent(event)
        for region in self._regions:
            region.setGeometry(self._rect_of(region.spot).toAlignedRect())

    def _font(self) -> QFont:
        """Return the font of the words: where the map is small, the legs come first."""
        made = QFont(self.font())
        pixels = min(self.fontInfo().pixelSize(), max(_SMALLEST_LETTERS_PX, self.height() // 16))
        made.setPixelSize(pixels)
        return made

    def _line(self) -> float:
        return QFontMetricsF(self._font()).height()

    def _legs(self) -> QRectF:
        """Return the rectangle around all four legs."""
        line = self._line()
        head, foot = line * 1.5, line * 3.6
        height = max(60.0, self.height() - head - foot)
        across = 4 * LEG_WIDTH + _GAP
        scale = min(height / LEG_HEIGHT, self.width() / across)
        width = across * scale
        spare = max(0.0, self.height() - head - foot - LEG_HEIGHT * scale)
        left, top = (self.width() - width) / 2, head + spare / 2
        return QRectF(left, top, width, LEG_HEIGHT * scale)

    def _column_left(self, column: int, legs: QRectF) -> float:
        scale = legs.height() / LEG_HEIGHT
        return legs.left() + scale * (LEG_WIDTH * column + (_GAP if column >= 2 else 0.0))

    def _rect_of(self, spot: _Spot) -> QRectF:
        legs = self._legs()
        if spot.row == 3:
            return self._pill(spot, legs)
        scale = legs.height() / LEG_HEIGHT
        top, bottom = _BANDS[spot.row], _BANDS[spot.row + 1]
        return QRectF(
            self._column_left(spot.column, legs),
            legs.top() + top * scale,
            LEG_WIDTH * scale,
            (bottom - top) * scale,
        )

    def _pill(self, spot: _Spot, legs: QRectF) -> QRectF:
        line = self._line()
        text = place_name(CrampMuscle.OTHER, spot.side)
        metrics = QFontMetricsF(self._font())
        room = self.width() / 2 - 8
        width = min(room, metrics.horizontalAdvance(text) + 2.0 * line)
        # Below the outermost leg of its side; the inner ones would name the other side above it.
        column = 0 if spot.side is Side.LEFT else 3
        scale = legs.height() / LEG_HEIGHT
        centre = self._column_left(column, legs) + scale * LEG_WIDTH / 2
        if spot.side is Side.LEFT:
            centre = min(max(centre, width / 2 + 2), (self.width() - width) / 2 - 6)
        else:
            centre = max(min(centre, self.width() - width / 2 - 2), (self.width() + width) / 2 + 6)
        top = legs.bottom() + 1.55 * line
        return QRectF(centre - width / 2, top, width, 1.9 * line)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint legs, words and the chosen place."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        legs = self._legs()
        scale = legs.height() / LEG_HEIGHT
        for column in range(4):
            place = QTransform.fromTranslate(self._column_left(column, legs), legs.top())
            place.scale(scale, scale)
            if column % 2:
                place.translate(LEG_WIDTH, 0.0)
                place.scale(-1.0, 1.0)
            self._paint_leg(painter, column, BACK if column < 2 else FRONT, place)
        self._paint_words(painter, legs)
        for region in self._regions:
            if region.spot.row == 3:
                self._paint_pill(painter, region, legs)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_leg(
        self, painter: QPainter, column: int, drawing: LegDrawing, place: QTransform
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self._theme.figure
        for role, path in drawing.parts:
            painter.fillPath(place.map(path), QColor(colours[role]))
        side = Side.LEFT if column % 2 == 0 else Side.RIGHT
        for patch in drawing.patches:
            chosen = (patch.muscle, side) == (self._muscle, self._side)
            self._paint_patch(painter, patch, place, chosen, self._is_hovered(column, patch))
        for role, path in drawing.details:
            painter.setPen(QPen(QColor(colours[role]), max(1.0, 0.006 * abs(place.m22()))))
            painter.drawPath(place.map(path))

    def _is_hovered(self, column: int, patch: Patch) -> bool:
        return any(
            region.underMouse()
            and region.spot.column == column
            and region.spot.muscle is patch.muscle
            for region in self._regions
        )

    def _paint_patch(
        self, painter: QPainter, patch: Patch, place: QTransform, chosen: bool, hovered: bool
    ) -> None:
        path = place.map(patch.path)
        painter.setPen(Qt.PenStyle.NoPen)
        if not chosen:
            painter.fillPath(path, QColor(self._theme.figure[patch.role]))
            if hovered:
                tint = QColor(self._theme.figure["glow"])
                tint.setAlphaF(0.35)
                painter.fillPath(path, tint)
            return
        glow = QColor(self._theme.figure["glow"])
        for width, share in ((0.060, 0.10), (0.046, 0.12), (0.032, 0.16), (0.018, 0.24)):
            glow.setAlphaF(share)
            pen = QPen(glow, width * abs(place.m22()))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(path)
        glow.setAlphaF(1.0)
        painter.fillPath(path, glow)

    def _paint_words(self, painter: QPainter, legs: QRectF) -> None:
        scale, line = legs.height() / LEG_HEIGHT, self._line()
        painter.setPen(self._theme.qcolor("text_soft"))
        painter.setFont(self._font())
        centre = int(Qt.AlignmentFlag.AlignCenter)
        metrics = QFontMetricsF(self._font())
        behind, front = tr("From behind"), tr("From the front")
        room = scale * (2 * LEG_WIDTH + _GAP)
        if max(map(metrics.horizontalAdvance, (behind, front))) > room:
            behind, front = tr("Back"), tr("Front")
        for first, words in ((0, behind), (2, front)):
            left = self._column_left(first, legs)
            width = scale * (2 * LEG_WIDTH + 0.4)
            box = QRectF(left - scale * 0.2, legs.top() - 1.5 * line, width, 1.3 * line)
            painter.drawText(box, centre, words)
        for column in range(4):
            left = self._column_left(column, legs)
            chosen = (self._side is Side.LEFT) == (column % 2 == 0)
            painter.setPen(self._theme.qcolor("text" if chosen else "text_soft"))
            font = self._font()
            font.setBold(chosen)
            painter.setFont(font)
            box = QRectF(left - scale * 0.1, legs.bottom(), scale * (LEG_WIDTH + 0.2), 1.4 * line)
            painter.drawText(box, centre, tr("left") if column % 2 == 0 else tr("right"))
        painter.setFont(self._font())

    def _paint_pill(self, painter: QPainter, region: _Region, legs: QRectF) -> None:
        rect = self._pill(region.spot, legs).adjusted(0.5, 0.5, -0.5, -0.5)
        chosen = (region.spot.muscle, region.spot.side) == (self._muscle, self._side)
        colour = self._theme.qcolor
        lit = chosen or region.underMouse()
        painter.setPen(QPen(colour("accent" if chosen else "line"), 2 if chosen else 1))
        painter.setBrush(colour("accent_soft" if lit else "card"))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(colour("accent_text" if chosen else "text_soft"))
        words = place_name(region.spot.muscle, region.spot.side)
        painter.setFont(self._font())
        metrics = QFontMetricsF(self._font())
        if metrics.horizontalAdvance(words) > rect.width() - 8:
            words = tr("Other")  # the side is where it stands
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() - 8)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _paint_focus(self, painter: QPainter) -> None:
        spot = self._regions[self._at].spot
        rect = self._rect_of(spot).adjusted(1, 1, -1, -1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.qcolor("focus"), 2))
        radius = rect.height() / 2 if spot.row == 3 else 10.0
        painter.drawRoundedRect(rect, radius, radius)
