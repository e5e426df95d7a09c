"""The picture that stands in for the drawn runner."""

from pathlib import PurePath

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from uncramp.model.language import tr
from uncramp.ui.figure.painted_pictures import drawn_picture
from uncramp.ui.widgets import button, card, label

LONGEST_PX = 1_600


def can_be_drawn(content: bytes, ending: str) -> bool:
    """Return whether a picture that was looked through comes out as one."""
    return drawn_picture(content, ending, 64) is not None


class PictureCard(QWidget):
    """The picture, and the way back to the runner.

    Signals:
        remove_requested: the runner is to be drawn again.
    """

    remove_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = _Picture()
        self._told = label("soft", wrap=True)
        remove = button(tr("Draw the runner instead"))
        remove.clicked.connect(self.remove_requested)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addWidget(remove)
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addWidget(self._shown, 1)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(inside)

    def show_picture(self, name: str, content: bytes | None) -> None:
        """Show a picture; None when its file is missing or cannot be used."""
        made = None
        if content is not None:
            made = drawn_picture(content, PurePath(name).suffix, LONGEST_PX)
        self._shown.show_picture(made)
        told = tr("This picture is shown in place of the runner.")
        if made is None:
            told = tr('The picture "{name}" is missing or cannot be drawn.').format(name=name)
        self._told.setText(told)


class _Picture(QWidget):
    """A picture as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Picture"))

    def show_picture(self, picture: QPixmap | None) -> None:
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._picture is None:
            return
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(left, top, size.width(), size.height())
        painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
        painter.end()
