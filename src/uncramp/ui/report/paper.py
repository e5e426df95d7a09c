"""A document on pages of A4: one where it fits, and its tables on more."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPaintDevice, QPainter

from uncramp.coach.report.document import WIDTH_PT, Document, Own
from uncramp.model.language import tr
from uncramp.ui.report.typesetting import NAME, SMALL, TITLE, Piece, Typesetter

WIDE_PT, HIGH_PT = 595.0, 842.0
_TOP_PT, _FOOT_PT = 34.0, 38.0
_BETWEEN_PT = 9.0


@dataclass(frozen=True, slots=True)
class _Placed:
    page: int
    y: float
    piece: Piece


class Paper:
    """The pages of a document for one device.

    Args:
        shown: the document.
        device: that the pages are painted on.
    """

    def __init__(self, shown: Document, device: QPaintDevice) -> None:
        general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
        self._setter = Typesetter(device, general)
        self._shown = shown
        self._placed = self._set(self._pieces())

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._placed[-1].page + 1

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page, counted from 0, with its upper left corner where the painter begins."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._setter.pt((WIDE_PT - WIDTH_PT) / 2)
        for one in self._placed:
            if one.page == page:
                one.piece.paint(painter, left, one.y)
        self._foot(page).paint(painter, left, self._setter.pt(HIGH_PT - _FOOT_PT + 9))

    def _pieces(self) -> Iterable[list[Piece]]:
        """Yield the pieces of the document, those of a row together."""
        yield [self._head()]
        for row in self._shown.rows:
            yield self._setter.sections(row, self._setter.pt(WIDTH_PT))

    def _head(self) -> Piece:
        setter, shown = self._setter, self._shown
        whole = Piece()
        left = setter.pt(WIDTH_PT * 0.63)
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

    def _set(self, rows: Iterable[list[Piece]]) -> list[_Placed]:
        """Return where each piece stands; a piece that does not fit any more begins a page."""
        setter = self._setter
        top, bottom = setter.pt(_TOP_PT), setter.pt(HIGH_PT - _FOOT_PT)
        placed: list[_Placed] = []
        page, y = 0, top
        for row in rows:
            for number, piece in enumerate(row):
                if y + _together(row, number) > bottom and y > top:
                    page, y = page + 1, top
                    if piece.head is not None:
                        placed.append(_Placed(page, y, piece.head))
                        y += piece.head.height
                placed.append(_Placed(page, y, piece))
                y += piece.height
            y += setter.pt(_BETWEEN_PT)
        return placed

    def _foot(self, page: int) -> Piece:
        setter, width = self._setter, self._setter.pt(WIDTH_PT)
        whole = Piece(parts=[setter.rule(width)])
        whole.add(setter.text(self._shown.foot, SMALL, width * 0.75), 0, setter.pt(3))
        told = tr("Page {n} of {all}").format(n=page + 1, all=self.pages)
        number = setter.text(told, SMALL, width * 0.2, Qt.AlignmentFlag.AlignRight)
        whole.add(number, width * 0.8, setter.pt(3))
        return whole


def _together(row: list[Piece], number: int) -> float:
    """Return the height of a piece with those that it must not be parted from."""
    height = row[number].height
    while row[number].keeps and number + 1 < len(row):
        number += 1
        height += row[number].height
    return height
