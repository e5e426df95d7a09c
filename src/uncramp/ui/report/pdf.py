"""A document as PDF: real text, drawings as vectors, one page of A4 where it fits."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QFontDatabase, QPageLayout, QPageSize, QPainter, QPdfWriter

from uncramp import __version__
from uncramp.coach.report.document import WIDTH_PT, Document, Own
from uncramp.model.language import tr
from uncramp.ui.offscreen import ensure_application
from uncramp.ui.report.typesetting import NAME, SMALL, TITLE, Piece, Typesetter

_WIDE_PT, _HIGH_PT = 595.0, 842.0
_TOP_PT, _FOOT_PT = 34.0, 38.0
_BETWEEN_PT = 9.0
_DPI = 1200


@dataclass(frozen=True, slots=True)
class _Placed:
    page: int
    y: float
    piece: Piece


def pdf(shown: Document) -> bytes:
    """Return the document as the content of a PDF file."""
    ensure_application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    writer.setTitle(", ".join(filter(None, (shown.title, shown.name, shown.lines[0]))))
    writer.setCreator(f"Uncramp {__version__}")
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    setter = Typesetter(writer, general)
    placed = _placed(_pieces(shown, setter), setter)
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, writer, setter, placed, shown)
    painter.end()
    buffer.close()
    return bytes(content.data())


def _pieces(shown: Document, setter: Typesetter) -> list[list[Piece]]:
    """Return the pieces of the document, those of a row together."""
    width = setter.pt(WIDTH_PT)
    return [[_head(shown, setter)], *(setter.sections(row, width) for row in shown.rows)]


def _head(shown: Document, setter: Typesetter) -> Piece:
    whole = Piece()
    left = setter.pt(WIDTH_PT * 0.56)
    right = setter.pt(WIDTH_PT) - left
    title = setter.text(shown.title, TITLE, left)
    whole.add(title, 0, 0)
    if shown.name:
        whole.add(setter.text(Own(shown.name), NAME, left), 0, title.height + setter.pt(1))
    y = setter.pt(5)
    for line in shown.lines:
        piece = setter.text(line, SMALL, right, Qt.AlignmentFlag.AlignRight)
        whole.add(piece, left, y)
        y += piece.height
    whole.height += setter.pt(3)
    whole.parts.append(setter.rule(setter.pt(WIDTH_PT), whole.height))
    return whole


def _placed(rows: Iterable[list[Piece]], setter: Typesetter) -> list[_Placed]:
    """Return where each piece stands; a piece that does not fit any more begins a page."""
    top, bottom = setter.pt(_TOP_PT), setter.pt(_HIGH_PT - _FOOT_PT)
    placed: list[_Placed] = []
    page, y = 0, top
    for row in rows:
        for number, piece in enumerate(row):
            needed = _together(row, number)
            if y + needed > bottom and y > top:
                page, y = page + 1, top
                if piece.head is not None:
                    placed.append(_Placed(page, y, piece.head))
                    y += piece.head.height
            placed.append(_Placed(page, y, piece))
            y += piece.height
        y += setter.pt(_BETWEEN_PT)
    return placed


def _together(row: list[Piece], number: int) -> float:
    """Return the height of a piece with those that it must not be parted from."""
    height = row[number].height
    while row[number].keeps and number + 1 < len(row):
        number += 1
        height += row[number].height
    return height


def _paint(
    painter: QPainter,
    writer: QPdfWriter,
    setter: Typesetter,
    placed: list[_Placed],
    shown: Document,
) -> None:
    left = setter.pt((_WIDE_PT - WIDTH_PT) / 2)
    pages = placed[-1].page + 1
    page = 0
    _foot(painter, setter, shown, page, pages)
    for one in placed:
        if one.page != page:
            page = one.page
            writer.newPage()
            _foot(painter, setter, shown, page, pages)
        one.piece.paint(painter, left, one.y)


def _foot(painter: QPainter, setter: Typesetter, shown: Document, page: int, pages: int) -> None:
    left, width = setter.pt((_WIDE_PT - WIDTH_PT) / 2), setter.pt(WIDTH_PT)
    y = setter.pt(_HIGH_PT - _FOOT_PT + 12)
    setter.rule(width)(painter, left, y - setter.pt(3))
    setter.text(shown.foot, SMALL, width * 0.75).paint(painter, left, y)
    told = tr("Page {n} of {all}").format(n=page + 1, all=pages)
    number = setter.text(told, SMALL, width * 0.2, Qt.AlignmentFlag.AlignRight)
    number.paint(painter, left + width * 0.8, y)
