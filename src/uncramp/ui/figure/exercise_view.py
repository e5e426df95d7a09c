"""The widget that shows an exercise: the runner, or the picture that stands in for him."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap

from uncramp.model.body import Side
from uncramp.routines.library import Looks
from uncramp.ui.figure.painted_pictures import load_picture, paint_name
from uncramp.ui.figure.view import FigureView
from uncramp.ui.theme import Theme

_LONGEST_PX = 1_600
"""Pixels of the longer side of a picture that is kept to be shown at any size."""


class ExerciseView(FigureView):
    """Shows one exercise, moving; a picture of the user stands still."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.figure)
        self._theme = theme
        self._looks: Looks | None = None
        self._picture: QPixmap | None = None
        self._fitted: QPixmap | None = None

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.set_colours(theme.figure)

    def set_looks(self, looks: Looks, side: Side) -> None:
        """Show another exercise from its first moment."""
        if looks.picture is None:
            self._looks = self._picture = self._fitted = None
            self.set_figure(looks.figure, side, looks.name)
            return
        self.set_figure(None, side, looks.name)
        if looks != self._looks:
            self._looks, self._fitted = looks, None
            self._picture = load_picture(looks.picture, _LONGEST_PX)
        self.update()

    def show_nothing(self) -> None:
        """Show no exercise."""
        self._looks = self._picture = self._fitted = None
        self.set_figure(None, Side.NONE)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the runner or the picture; where that cannot be drawn, the name."""
        if self._looks is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._picture is None:
            paint_name(painter, area.adjusted(12, 12, -12, -12), self._looks.name, self._theme)
        else:
            shown = self._shown_picture(self._picture)
            size = shown.deviceIndependentSize()
            left = (area.width() - size.width()) / 2
            top = (area.height() - size.height()) / 2
            painter.drawPixmap(round(left), round(top), shown)
        painter.end()

    def _shown_picture(self, picture: QPixmap) -> QPixmap:
        """Return the picture in the size of the widget, made anew only when that changes."""
        ratio = self.devicePixelRatioF()
        room = self.size() * ratio
        wanted = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._fitted is None or self._fitted.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            ignored = Qt.AspectRatioMode.IgnoreAspectRatio
            self._fitted = picture.scaled(wanted, ignored, smooth)
            self._fitted.setDevicePixelRatio(ratio)
        return self._fitted
