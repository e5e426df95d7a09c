"""Blocks of a document set into pieces of a page: text in lines, drawings as vectors.

Everything is measured in the dots of the device that it is for, so that no letter moves when it
is painted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintDevice,
    QPainter,
    QTextLayout,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer

from uncramp.coach.report.document import (
    GAP_PT,
    Block,
    Facts,
    Figure,
    Lead,
    Own,
    Pairs,
    Prose,
    Quote,
    Quotes,
    Section,
    Table,
    Words,
    widths,
)
from uncramp.ui.theme import FAMILIES

POINTS_PER_INCH = 72
INK, SOFT, LINE, FRAME = "#1A2537", "#56657B", "#DDE3EC", "#EEF4FD"
_NARROW_PT = 300
"""In a narrower column the words of a quote stand below their day."""

_UNDIVIDED_PT = 260
"""A third of a page: a table that is not higher stays whole."""

Paint = Callable[[QPainter, float, float], None]


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set.

    Attributes:
        size_pt: of the letters.
        weight: of the letters.
        colour: "#RRGGBB".
        leading: height of a line in that of the letters.
    """

    size_pt: float
    weight: QFont.Weight = QFont.Weight.Normal
    colour: str = INK
    leading: float = 1.16


_BOLD = QFont.Weight.DemiBold
TITLE = Type(17, QFont.Weight.Bold)
NAME = Type(11, _BOLD)
HEADING = Type(9.2, _BOLD)
LEAD = Type(9.2, _BOLD)
BODY = Type(8.2)
SMALL = Type(7.4, colour=SOFT)
VALUE = Type(11.5, _BOLD)
CELL = Type(7.6)
CELL_NAME = Type(7.6, _BOLD)


@dataclass(slots=True)
class Piece:
    """A part of a page that is not divided.

    Attributes:
        height: in dots.
        parts: what is painted, given the place of the piece's upper left corner.
        head: repeated above it at the head of a page; None for nothing.
        keeps: it is not left alone at the foot of a page.
    """

    height: float = 0.0
    parts: list[Paint] = field(default_factory=list)
    head: "Piece | None" = None
    keeps: bool = False

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint it there."""
        for part in self.parts:
            part(painter, x, y)

    def add(self, other: "Piece", x: float, y: float) -> None:
        """Take another piece in, at a place within this one."""

        def moved(painter: QPainter, left: float, top: float) -> None:
            other.paint(painter, left + x, top + y)

        self.parts.append(moved)
        self.height = max(self.height, y + other.height)


class Typesetter:
    """Sets blocks for a device.

    Args:
        device: that is painted on.
        family: of the desktop's own font, for where ours is not there.
    """

    def __init__(self, device: QPaintDevice, family: str) -> None:
        self._device = device
        self._family = family
        self.dots = device.logicalDpiX() / POINTS_PER_INCH

    def pt(self, points: float) -> float:
        """Return points in dots."""
        return points * self.dots

    # -- text

    def text(
        self,
        words: Words,
        type_: Type,
        width: float,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> Piece:
        """Return words in lines of at most `width` dots."""
        shown = words.text if isinstance(words, Own) else words
        layout = QTextLayout(shown, self._font(type_), self._device)
        option = QTextOption()
        # What is written from right to left stays so, and still begins where all else begins.
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(align | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += self.pt(type_.size_pt) * type_.leading * 1.04
        layout.endLayout()
        colour = QColor(type_.colour)

        def paint(painter: QPainter, x: float, y: float) -> None:
            painter.setPen(colour)
            layout.draw(painter, QPointF(x, y))

        return Piece(height, [paint])

    def _font(self, type_: Type) -> QFont:
        font = QFont()
        font.setFamilies([*FAMILIES, self._family])
        font.setPointSizeF(type_.size_pt)
        font.setWeight(type_.weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # Other shapes of a letter are copied out of a PDF as no letter at all.
        font.setFeature(QFont.Tag("calt"), 0)
        return font

    def rule(self, width: float, y: float = 0.0, colour: str = LINE) -> Paint:
        """Return a thin line."""
        thick = self.pt(0.5)

        def paint(painter: QPainter, left: float, top: float) -> None:
            painter.fillRect(QRectF(left, top + y - thick / 2, width, thick), QColor(colour))

        return paint

    # -- sections

    def sections(self, row: Sequence[Section], width: float) -> list[Piece]:
        """Return a row of sections; one that stands alone may be divided between its pieces."""
        if len(row) == 1 and not row[0].framed:
            return self.section(row[0], width)
        whole = Piece()
        x = 0.0
        for one, wide in zip(row, widths(tuple(row), width), strict=True):
            inner = self.pt(9) if one.framed else 0.0
            y = inner
            column = Piece()
            for piece in self.section(one, wide - 2 * inner):
                column.add(piece, inner, y)
                y += piece.height
            if one.framed:
                column.height = y + inner
                column.parts.insert(0, self._frame(wide, column.height))
            whole.add(column, x, 0)
            x += wide + width * GAP_PT / 516
        return [whole]

    def _frame(self, width: float, height: float) -> Paint:
        corner = self.pt(5)

        def paint(painter: QPainter, x: float, y: float) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(FRAME))
            painter.drawRoundedRect(QRectF(x, y, width, height), corner, corner)

        return paint

    def section(self, section: Section, width: float) -> list[Piece]:
        """Return the heading with the first piece of what stands below it, and the others."""
        pieces: list[Piece] = [self._spaced(self.text(section.title, HEADING, width), self.pt(3.5))]
        pieces[0].keeps = True
        for block in section.blocks:
            pieces.extend(self._block(block, width))
        return pieces

    def _spaced(self, piece: Piece, below: float) -> Piece:
        piece.height += below
        return piece

    def _block(self, block: Block, width: float) -> list[Piece]:
        match block:
            case Lead():
                return [self._spaced(self.text(block.text, LEAD, width), self.pt(3))]
            case Prose():
                type_ = SMALL if block.soft else BODY
                return [self._spaced(self.text(block.text, type_, width), self.pt(2.5))]
            case Facts():
                return [self._facts(block, width)]
            case Pairs():
                return [self._pair(name, value, width) for name, value in block.items]
            case Table():
                return self._table(block, width)
            case Figure():
                return [self._figure(block, width)]
            case Quotes():
                return [self._quote(one, width) for one in block.items]

    def _facts(self, facts: Facts, width: float) -> Piece:
        whole = Piece()
        count = max(6, len(facts.items))
        gap = self.pt(8)
        wide = (width - gap * (count - 1)) / count
        for number, one in enumerate(facts.items):
            x, y = number * (wide + gap), 0.0
            for words, type_ in ((one.name, SMALL), (one.value, VALUE), (one.detail, SMALL)):
                piece = self.text(words, type_, wide)
                whole.add(piece, x, y)
                y += piece.height + self.pt(0.5)
        return self._spaced(whole, self.pt(4))

    def _pair(self, name: str, value: Words, width: float) -> Piece:
        whole = Piece()
        # The name takes what it needs of one half, the value all the rest.
        needed = QFontMetricsF(self._font(SMALL), self._device).horizontalAdvance(name)
        left = min(width / 2, needed + self.pt(1))
        room = width - left - self.pt(6)
        whole.add(self.text(name, SMALL, left), 0, self.pt(1.2))
        right = self.text(value, CELL, room, Qt.AlignmentFlag.AlignRight)
        whole.add(right, width - room, self.pt(1.2))
        whole.height += self.pt(1.8)
        whole.parts.append(self.rule(width, whole.height))
        return whole

    def _figure(self, figure: Figure, width: float) -> Piece:
        drawing = figure.drawing
        height = width * drawing.height / drawing.width
        renderer = QSvgRenderer(QByteArray(drawing.svg().encode()))

        def paint(painter: QPainter, x: float, y: float) -> None:
            renderer.render(painter, QRectF(x, y, width, height))

        whole = Piece(height, [paint])
        if figure.caption:
            whole.add(self.text(figure.caption, SMALL, width), 0, height + self.pt(2))
        return self._spaced(whole, self.pt(3))

    # -- tables

    def _table(self, table: Table, width: float) -> list[Piece]:
        gap = self.pt(8)
        room = width - gap * (len(table.shares) - 1)
        columns = [room * share / sum(table.shares) for share in table.shares]
        head = self._cells(table.head, columns, gap, table, [SMALL] * len(columns))
        types = [CELL_NAME, *([CELL] * (len(columns) - 1))]
        pieces = [head]
        for row in table.rows:
            piece = self._cells(row, columns, gap, table, types)
            piece.head = head
            pieces.append(piece)
        pieces[-1].height += self.pt(4)
        # No row is left alone at the foot or the head of a page; a short table is not divided.
        is_short = sum(piece.height for piece in pieces) <= self.pt(_UNDIVIDED_PT)
        for number, piece in enumerate(pieces[:-1]):
            piece.keeps = is_short or number <= 1 or number == len(pieces) - 2
        return pieces

    def _cells(
        self,
        row: Sequence[Words],
        columns: Sequence[float],
        gap: float,
        table: Table,
        types: Sequence[Type],
    ) -> Piece:
        whole = Piece()
        x = 0.0
        for number, (words, wide, type_) in enumerate(zip(row, columns, types, strict=True)):
            align = (
                Qt.AlignmentFlag.AlignRight
                if number in table.numeric
                else Qt.AlignmentFlag.AlignLeft
            )
            whole.add(self.text(words, type_, wide, align), x, self.pt(1.6))
            x += wide + gap
        whole.height += self.pt(2)
        whole.parts.append(self.rule(x - gap, whole.height))
        return whole

    def _quote(self, quote: Quote, width: float) -> Piece:
        when = f"{quote.day}, {quote.about}" if quote.about else quote.day
        whole = Piece()
        if width < self.pt(_NARROW_PT):
            whole.add(self.text(when, SMALL, width), 0, 0)
            whole.add(self.text(Own(f"“{quote.text}”"), CELL, width), 0, whole.height)
            return self._spaced(whole, self.pt(3))
        left = width * 0.24
        whole.add(self.text(when, SMALL, left - self.pt(8)), 0, 0)
        whole.add(self.text(Own(f"“{quote.text}”"), CELL, width - left), left, 0)
        return self._spaced(whole, self.pt(2))
