"""Fills a display list with a QPainter."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QRadialGradient, QTransform

from uncramp.figure.display import Box, Glow, Item, Shape

Colours = Mapping[str, str]
"""Role of the display list -> colour such as "#2C7BE5" or "#802C7BE5" (alpha first)."""

Filled = tuple[QBrush, QPainterPath]
"""A path in pixels and what fills it."""

GLOW_STOPS = ((0.0, 0.95), (0.35, 0.75), (0.7, 0.28), (1.0, 0.0))
"""How the glow fades: share of the radius, share of the opacity."""


def fitted(box: Box, target: QRectF) -> QTransform:
    """Return the transform that shows `box` (y up) as large as fits, centred on the floor."""
    scale = min(target.width() / box.width, target.height() / box.height)
    left = target.center().x() - scale * (box.x0 + box.x1) / 2.0
    bottom = target.bottom() - (target.height() - scale * box.height) / 2.0 + scale * box.y0
    return QTransform(scale, 0.0, 0.0, -scale, left, bottom)


class FigurePainter:
    """Turns items in body heights into brushes and paths on the screen.

    The paths are mapped to the screen here and not by the painter: filling a small path through
    a large scale takes four times as long.
    """

    def __init__(self, colours: Colours) -> None:
        self._brushes: dict[tuple[str, float], QBrush] = {}
        self._colours = dict(colours)

    def prepared(self, items: Iterable[Item], to_screen: QTransform) -> list[Filled]:
        """Return what `fill` takes, ready to be filled as often as wanted."""
        return [(self._brush_of(item, to_screen), to_screen.map(_path(item))) for item in items]

    def paint(self, painter: QPainter, items: Iterable[Item], to_screen: QTransform) -> None:
        """Fill the items in order."""
        fill(painter, self.prepared(items, to_screen))

    def _brush_of(self, item: Item, to_screen: QTransform) -> QBrush:
        if isinstance(item, Shape):
            key = (item.role, item.opacity)
            brush = self._brushes.get(key)
            if brush is None:
                brush = self._brushes[key] = QBrush(self._colour(item.role, item.opacity))
            return brush
        gradient = QRadialGradient(QPointF(0.0, 0.0), 1.0)
        for stop, share in GLOW_STOPS:
            gradient.setColorAt(stop, self._colour(item.role, share * item.opacity))
        brush = QBrush(gradient)
        brush.setTransform(_glow_transform(item) * to_screen)
        return brush

    def _colour(self, role: str, opacity: float) -> QColor:
        colour = QColor(self._colours[role])
        if opacity < 1.0:
            colour.setAlphaF(colour.alphaF() * opacity)
        return colour


def fill(painter: QPainter, prepared: Iterable[Filled]) -> None:
    """Fill prepared paths in order, antialiased and without outlines."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for brush, path in prepared:
        painter.fillPath(path, brush)


def _glow_transform(glow: Glow) -> QTransform:
    transform = QTransform.fromTranslate(glow.x, glow.y)
    transform.rotate(glow.angle)
    transform.scale(glow.rx, glow.ry)
    return transform


def _path(item: Item) -> QPainterPath:
    path = QPainterPath()
    if isinstance(item, Glow):
        path.addEllipse(QRectF(-1.0, -1.0, 2.0, 2.0))
        return _glow_transform(item).map(path)
    path.setFillRule(Qt.FillRule.WindingFill)
    cubic = path.cubicTo
    for outline in item.outlines:
        path.moveTo(outline[0], outline[1])
        for i in range(2, len(outline), 6):
            cubic(*outline[i : i + 6])
        path.closeSubpath()
    return path
