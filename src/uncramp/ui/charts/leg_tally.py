"""Where it cramped: the legs, each muscle the redder the more cramps it had."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from uncramp.analysis.tally import Place
from uncramp.coach.cramp.wording import place_name
from uncramp.model.body import Side
from uncramp.model.diary import CrampMuscle
from uncramp.model.language import tr
from uncramp.ui.cramp.leg_shapes import BACK, FRONT, LEG_HEIGHT, LEG_WIDTH, LegDrawing
from uncramp.ui.theme import Theme, mixed

_GAP = 0.12
_LEAST = 0.30
"""How red one single cramp is."""


class LegTally(QWidget):
    """Both legs from behind and from the front, coloured by counts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: Mapping[tuple[CrampMuscle, Side], int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def fill(self, places: Sequence[Place]) -> None:
        """Show counts."""
        self._counts = {(place.muscle, place.side): place.cramps for place in places}
        told = ", ".join(
            f"{place_name(place.muscle, place.side)}: {place.cramps}" for place in places
        )
        self.setAccessibleName(tr("Where it cramped. {places}").format(places=told))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room; more is taken where there is more."""
        return QSize(250, 220)

    def minimumSizeHint(self) -> QSize:
        """Return the least at which the muscles can be told apart."""
        return QSize(180, 170)

    def colour_of(self, muscle: CrampMuscle, side: Side, ground: QColor) -> QColor:
        """Return how red a muscle is, on the colour that it has by itself."""
        # What is of both sides, or of none that was named, is counted beside the drawing only.
        count = self._counts.get((muscle, side), 0)
        if not count:
            return ground
        most = max(self._counts.values())
        share = _LEAST + (1 - _LEAST) * count / most
        return mixed(ground, QColor(self._theme.figure["glow"]), share)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint legs, and what they are."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QFontMetricsF(self.font()).height()
        across = 4 * LEG_WIDTH + _GAP
        height = max(40.0, self.height() - 1.5 * line)
        scale = min(height / LEG_HEIGHT, self.width() / across)
        left = (self.width() - across * scale) / 2
        for column in range(4):
            x = left + scale * (LEG_WIDTH * column + (_GAP if column >= 2 else 0.0))
            place = QTransform.fromTranslate(x, 0.0)
            place.scale(scale, scale)
            if column % 2:
                place.translate(LEG_WIDTH, 0.0)
                place.scale(-1.0, 1.0)
            side = Side.RIGHT if column % 2 else Side.LEFT
            self._paint_leg(painter, side, BACK if column < 2 else FRONT, place)
            painter.setPen(self._theme.qcolor("text_soft"))
            box = QRectF(x, scale * LEG_HEIGHT + 2, scale * LEG_WIDTH, 1.3 * line)
            words = tr("L") if side is Side.LEFT else tr("R")
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()

    def _paint_leg(
        self, painter: QPainter, side: Side, drawing: LegDrawing, place: QTransform
    ) -> None:
        colours = self._theme.figure
        for role, path in drawing.parts:
            painter.fillPath(place.map(path), QColor(colours[role]))
        for patch in drawing.patches:
            ground = QColor(colours[patch.role])
            painter.fillPath(place.map(patch.path), self.colour_of(patch.muscle, side, ground))
        for role, path in drawing.details:
            painter.setPen(QPen(QColor(colours[role]), max(1.0, 0.006 * abs(place.m22()))))
            painter.drawPath(place.map(path))
