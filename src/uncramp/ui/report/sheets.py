"""The pages of a document as they will be on paper, one below the other."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uncramp.coach.report.document import Document
from uncramp.model.language import tr, trn
from uncramp.ui.report.paper import HIGH_PT, WIDE_PT, Paper
from uncramp.ui.report.typesetting import POINTS_PER_INCH

_GAP_PX = 14
_INCH_M = 0.0254
_LEAST_PX, _MOST_PX = 240, 720


class Sheets(QWidget):
    """Pages as wide as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Document | None = None
        self._images: list[QImage] = []
        self._width_px = 0
        self._lamp: QColor | None = None
        self.setMinimumWidth(_LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._images)

    def show_document(self, shown: Document) -> None:
        """Show another document."""
        self._shown = shown
        self._draw()

    def set_lamp(self, colour: QColor | None) -> None:
        """Show the pages as in light of a colour; None for white. What is saved stays as it is."""
        self._lamp = colour
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all pages."""
        return QSize(_MOST_PX, self._high_px(self._page_px()) or _LEAST_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the pages are scrolled."""
        return QSize(_LEAST_PX, self._high_px(self._page_px()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew in another size."""
        super().resizeEvent(event)
        if self._page_px() != self._width_px:
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages."""
        del event
        painter = QPainter(self)
        left, y = (self.width() - self._width_px) // 2, 0
        for image in self._images:
            high = round(image.height() / image.devicePixelRatio())
            painter.drawImage(left, y, image)
            if self._lamp is not None:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(left, y, self._width_px, high, self._lamp)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            y += high + _GAP_PX
        painter.end()

    def _page_px(self) -> int:
        return max(_LEAST_PX, min(_MOST_PX, self.width()))

    def _high_px(self, width: int) -> int:
        return len(self._images) * (round(width * HIGH_PT / WIDE_PT) + _GAP_PX)

    def _draw(self) -> None:
        if self._shown is None:
            return
        self._width_px = self._page_px()
        images = page_images(self._shown, self._width_px, self.devicePixelRatioF())
        self._images = images
        self.setAccessibleName(tr("Preview"))
        self.setAccessibleDescription(
            trn("{n} page", "{n} pages", len(images)).format(n=len(images))
        )
        self.setMinimumHeight(self._high_px(self._width_px))
        self.updateGeometry()
        self.update()


def page_images(shown: Document, width_px: int, ratio: float = 1.0) -> list[QImage]:
    """Return the pages as pictures, `width_px` logical pixels wide."""
    size = QSize(round(width_px * ratio), round(width_px * ratio * HIGH_PT / WIDE_PT))
    first = _sheet(size)
    paper = Paper(shown, first)
    images: list[QImage] = []
    for page in range(paper.pages):
        image = first if page == 0 else _sheet(size)
        painter = QPainter(image)
        paper.paint(painter, page)
        painter.end()
        images.append(image)
    for image in images:
        image.setDevicePixelRatio(ratio)
    return images


def _sheet(size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    dots = size.width() / (WIDE_PT / POINTS_PER_INCH) / _INCH_M
    image.setDotsPerMeterX(round(dots))
    image.setDotsPerMeterY(round(dots))
    image.fill(Qt.GlobalColor.white)
    return image
