"""Pictures of the drawn exercises as files: one of them, or all on one page."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from uncramp.figure.drawing import bounds, display_list
from uncramp.model.body import Side
from uncramp.model.errors import EnvironmentFault
from uncramp.model.exercise import Exercise
from uncramp.model.figure import Figure
from uncramp.model.language import tr
from uncramp.ui.figure.painter import FigurePainter, fitted
from uncramp.ui.figure.view import telling_time
from uncramp.ui.offscreen import ensure_application
from uncramp.ui.theme import FAMILIES, Theme

COLUMNS = 4
CELL_WIDTH, CELL_HEIGHT = 440, 360
CAPTION_HEIGHT = 44
GAP = 16
POSE_WIDTH, POSE_HEIGHT = 480, 560
CAPTION_PIXELS = 17
LYING = 1.25
"""How much wider than high a figure is whose two poses are shown one below the other."""
PUSH_OFF = 0.3
"""When in a gait's cycle the foot that landed at its start pushes off."""


def render_sheet(exercises: Sequence[Exercise], path: Path, theme: Theme) -> None:
    """Write a contact sheet: each exercise with its name, its first and its fullest pose.

    Raises:
        EnvironmentFault: the picture cannot be written there.
    """
    ensure_application()
    columns = min(COLUMNS, max(1, len(exercises)))
    rows = max(1, -(-len(exercises) // columns))
    image = _ground(
        columns * (CELL_WIDTH + GAP) + GAP,
        rows * (CELL_HEIGHT + CAPTION_HEIGHT + GAP) + GAP,
        theme,
    )
    painter = QPainter(image)
    for i, exercise in enumerate(exercises):
        x = GAP + (i % columns) * (CELL_WIDTH + GAP)
        y = GAP + (i // columns) * (CELL_HEIGHT + CAPTION_HEIGHT + GAP)
        _cell(painter, exercise, QRectF(x, y, CELL_WIDTH, CELL_HEIGHT + CAPTION_HEIGHT), theme)
    painter.end()
    _write(image, path)


def render_one(exercise: Exercise, path: Path, theme: Theme) -> None:
    """Write one exercise: its key poses in a row, from left to right.

    Raises:
        EnvironmentFault: the picture cannot be written there.
    """
    ensure_application()
    figure = exercise.figure
    times = [key.at_s for key in figure.keys]
    image = _ground(len(times) * POSE_WIDTH, POSE_HEIGHT, theme)
    painter = QPainter(image)
    for i, t_s in enumerate(times):
        target = QRectF(i * POSE_WIDTH + GAP, GAP, POSE_WIDTH - 2 * GAP, POSE_HEIGHT - 2 * GAP)
        _pose(painter, figure, t_s, target, theme)
    painter.end()
    _write(image, path)


def _cell(painter: QPainter, exercise: Exercise, cell: QRectF, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor("card"))
    painter.drawRoundedRect(cell, 12, 12)
    figure = exercise.figure
    for t_s, target in zip(_extremes(figure), _places(figure, cell), strict=True):
        _pose(painter, figure, t_s, target, theme)
    font = QFont()
    font.setFamilies([*FAMILIES, font.family()])
    font.setPixelSize(CAPTION_PIXELS)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme.qcolor("text"))
    caption = cell.adjusted(GAP, CELL_HEIGHT, -GAP, 0)
    name = f"{exercise.name.default}  ·  {exercise.id}"
    painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, name)


def _places(figure: Figure, cell: QRectF) -> tuple[QRectF, QRectF]:
    """Return where two poses go: side by side, or one below the other who lies."""
    box = bounds(figure, Side.RIGHT)
    left, top = cell.left() + GAP, cell.top() + GAP
    width, height = cell.width() - 2 * GAP, CELL_HEIGHT - GAP
    if box.width > LYING * box.height:
        half = (height - GAP) / 2
        return QRectF(left, top, width, half), QRectF(left, top + half + GAP, width, half)
    half = (width - GAP) / 2
    return QRectF(left, top, half, height), QRectF(left + half + GAP, top, half, height)


def _extremes(figure: Figure) -> tuple[float, float]:
    """Return the times of two poses that lie far apart."""
    first, fullest = figure.keys[0].at_s, telling_time(figure)
    if figure.alternate and not figure.pins:  # in gaits both sides are equal: show two phases
        return first, figure.cycle_s * PUSH_OFF
    return first, fullest


def _pose(painter: QPainter, figure: Figure, t_s: float, target: QRectF, theme: Theme) -> None:
    to_screen = fitted(bounds(figure, Side.RIGHT), target)
    shown = display_list(figure, t_s, Side.RIGHT)
    brushes = FigurePainter(theme.figure)
    brushes.paint(painter, shown.still, to_screen)
    brushes.paint(painter, shown.moving, to_screen)


def _ground(width: int, height: int, theme: Theme) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(theme.colour["ground"]))
    return image


def _write(image: QImage, path: Path) -> None:
    if not image.save(str(path)):
        raise EnvironmentFault(
            tr(
                "The picture {path} could not be written; try another folder or a .png name."
            ).format(path=path)
        )
