"""The chart of the weeks as a file: a picture, a drawing, or its numbers."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from uncramp.analysis.columns import Column
from uncramp.coach.insight.week_words import columns_csv
from uncramp.coach.whole_file import write_whole
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.charts.week_card import WeekCard

KINDS = ("png", "svg", "csv")
_SCALE = 2.0
"""Pixels of the picture for each pixel of the window: it will be printed."""
_DPI = 96
_MARK = "\ufeff"
"""By it spreadsheets know that a file is UTF-8."""


def save_chart(
    shown: WeekCard, names: Mapping[str, str], path: Path, *, title: str, description: str
) -> None:
    """Write the chart into a file whose ending says what kind it is.

    Args:
        shown: as it is seen.
        names: of routines by their ids.
        path: ending with one of `KINDS`.
        title: of the drawing, for those who do not see it.
        description: of the drawing.

    Raises:
        EnvironmentFault: it cannot be written, or its ending is another one.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind == "csv":
        first = shown.first_seen
        seen: list[Column] = [one for one in shown.shown if first is None or one.first >= first]
        content = (_MARK + columns_csv(seen, names)).encode()
    elif kind in KINDS:
        shown.bare(is_bare=True)
        try:
            content = _picture(shown) if kind == "png" else _drawing(shown, title, description)
        finally:
            shown.bare(is_bare=False)
    else:
        raise EnvironmentFault(
            tr("{path} cannot be written: its name must end in .png, .svg or .csv.").format(
                path=path
            )
        )
    write_whole(path, content)


def _picture(widget: QWidget) -> bytes:
    made = QPixmap(widget.size() * _SCALE)
    made.setDevicePixelRatio(_SCALE)
    made.fill(widget.palette().window().color())
    painter = QPainter(made)
    _render(widget, painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made.save(buffer, "PNG")
    buffer.close()
    return bytes(content.data())


def _drawing(widget: QWidget, title: str, description: str) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setTitle(title)
    generator.setDescription(description)
    generator.setResolution(_DPI)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    painter = QPainter(generator)
    _render(widget, painter)
    painter.end()
    return bytes(content.data())


def _render(widget: QWidget, painter: QPainter) -> None:
    widget.render(
        painter,
        QPoint(),
        QRegion(widget.rect()),
        QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.DrawWindowBackground,
    )
