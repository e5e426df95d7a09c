"""The widget that shows the runner, and pictures of him for previews."""

import math
from collections import OrderedDict
from collections.abc import Mapping
from time import monotonic

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from uncramp.figure.display import Box
from uncramp.figure.drawing import (
    bounds,
    display_list,
    is_alive,
    is_mirrored,
    is_moving,
    shown_time,
)
from uncramp.figure.kinematics import Body, body_at
from uncramp.model.body import Side
from uncramp.model.figure import Figure, Play
from uncramp.ui.figure.painter import FigurePainter, Filled, fill, fitted

DEFAULT_FPS = 30
BREATHING_FPS = 10
"""Frames a second of a runner who only breathes: he moves by a few pixels."""
KEPT_FRAMES = 240
"""How many frames of a cycle are kept ready to paint: 8 s at 30 frames a second."""
EDGE = 2
"""Pixels around the moving part that antialiasing may touch."""

Frame = tuple[list[Filled], QRect]
"""What to fill for one instant, and the pixels that it touches."""


class FigureView(QWidget):
    """Shows one exercise, moving.

    Time is given by `set_time`, or runs by itself between `run` and `pause`. Nothing is
    repainted while the widget is hidden, paused or the figure holds still, and only the part
    of the picture that moves while it does not.
    """

    def __init__(self, colours: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._painter = FigurePainter(colours)
        self._figure: Figure | None = None
        self._side = Side.NONE
        self._box = Box(0.0, 0.0, 1.0, 1.0)
        self._time_s = 0.0
        self._tempo = 1.0
        self._started_at: float | None = None
        self._started_time_s = 0.0
        self._frames: OrderedDict[int, Frame] = OrderedDict()
        self._shown: Frame = ([], QRect())
        self._still: QPixmap | None = None
        self._fps = DEFAULT_FPS
        self._is_calm = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 / DEFAULT_FPS))
        self._timer.timeout.connect(self._tick)

    def set_figure(self, figure: Figure | None, side: Side, name: str = "") -> None:
        """Show another exercise from its first moment; `name` is for screen readers."""
        self.setAccessibleName(name)
        if figure is self._figure and side is self._side:
            return
        self._figure, self._side = figure, side
        if figure is not None:
            self._box = bounds(figure, side)
        self._forget()
        self.set_time(0.0)

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Take other colours, as when the theme changes."""
        self._painter = FigurePainter(colours)
        self._forget()
        self._show_frame()

    def set_fps(self, fps: int) -> None:
        """Choose how many frames are painted in a second while the figure moves."""
        self._fps = fps
        self._timer.setInterval(round(1000 / fps))
        self._forget()
        self._show_frame()

    def set_calm(self, calm: bool) -> None:
        """Let a held pose stand still, or breathe."""
        self._is_calm = calm
        self._arm()

    def set_tempo(self, tempo: float) -> None:
        """Let the figure move `tempo` times as fast as its file says; takes effect at once."""
        self._rebase()
        self._tempo = tempo

    def set_time(self, t_s: float) -> None:
        """Show the figure `t_s` seconds into its cycle; goes on from there when running."""
        self._time_s = t_s
        self._rebase()
        self._show_frame()
        self._arm()

    def run(self) -> None:
        """Let time pass."""
        if self._started_at is None:
            self._started_at, self._started_time_s = monotonic(), self._time_s
            self._arm()

    def pause(self) -> None:
        """Stop time; the picture stays."""
        self._time_s = self._now_s()
        self._started_at = None
        self._timer.stop()

    @property
    def is_animating(self) -> bool:
        """Whether frames are being painted just now."""
        return self._timer.isActive()

    @property
    def is_running(self) -> bool:
        """Whether time passes, also where the figure holds still."""
        return self._started_at is not None

    @property
    def time_s(self) -> float:
        """Seconds of the figure's cycle that are shown."""
        return self._time_s

    def _now_s(self) -> float:
        if self._started_at is None:
            return self._time_s
        return self._started_time_s + (monotonic() - self._started_at) * self._tempo

    def _rebase(self) -> None:
        if self._started_at is not None:
            self._started_at, self._started_time_s = monotonic(), self._time_s

    def _arm(self) -> None:
        if self._started_at is not None and self.isVisible() and self._changes():
            self._pace()
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        self._time_s = self._now_s()
        self._show_frame()
        if not self._changes():
            self._timer.stop()
        else:
            self._pace()

    def _changes(self) -> bool:
        """Tell whether the picture will be another one soon."""
        if self._figure is None:
            return False
        seen = is_moving if self._is_calm else is_alive
        return seen(self._figure, self._time_s)

    def _pace(self) -> None:
        """Look again only as often as the picture can have changed."""
        interval = round(1000 / self._rate())
        if self._timer.interval() != interval:
            self._timer.setInterval(interval)

    def _rate(self) -> int:
        moving = self._figure is None or is_moving(self._figure, self._time_s)
        return self._fps if moving else min(self._fps, BREATHING_FPS)

    def _forget(self) -> None:
        self._frames.clear()
        self._still = None
        self._shown = ([], QRect())
        self.update()

    def _show_frame(self) -> None:
        """Repaint where the new frame differs from the shown one; nothing while hidden."""
        if self._figure is None or not self.isVisible():
            return
        frame = self._frame(self._figure)
        if frame is self._shown:
            return
        before = self._shown[1]
        self._shown = frame
        self.update(before.united(frame[1]))

    def _frame(self, figure: Figure) -> Frame:
        """Return the frame nearest to the present time, from those kept or newly built."""
        count = max(1, round(figure.cycle_s * self._fps))
        index = round(shown_time(figure, self._time_s) * self._rate())
        t_s = index / self._rate()
        if figure.play is Play.LOOP:
            index = round(self._time_s / figure.cycle_s * count) % count
            t_s = index * figure.cycle_s / count
        elif not is_moving(figure, self._time_s):
            index += count + 1
            t_s = max(t_s, figure.keys[-1].at_s)
        kept = self._frames.get(index)
        if kept is not None:
            self._frames.move_to_end(index)
            return kept
        # One side through a mirroring transform is the other one, and cheaper to build.
        items = display_list(figure, t_s, Side.NONE).moving
        prepared = self._painter.prepared(items, self._transform())
        area = QRectF()
        for _, path in prepared:
            area |= path.controlPointRect()
        frame = (prepared, area.toAlignedRect().adjusted(-EDGE, -EDGE, EDGE, EDGE))
        self._frames[index] = frame
        if len(self._frames) > KEPT_FRAMES:
            self._frames.popitem(last=False)
        return frame

    def _transform(self) -> QTransform:
        """Return the way from body heights, drawn facing right, to pixels."""
        transform = fitted(self._box, QRectF(self.rect()))
        figure = self._figure
        mirrored = figure is not None and is_mirrored(figure, self._side)
        return transform.scale(-1.0, 1.0) if mirrored else transform

    def _still_picture(self, figure: Figure) -> QPixmap:
        """Return wall, floor and furniture, painted once for this size."""
        if self._still is None:
            ratio = self.devicePixelRatioF()
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._still)
            still = display_list(figure, 0.0, Side.NONE).still
            self._painter.paint(painter, still, self._transform())
            painter.end()
        return self._still

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scenery from its picture and the runner from his paths."""
        if self._figure is None or self.width() < 2 or self.height() < 2:
            return
        painter = QPainter(self)
        still = self._still_picture(self._figure)
        ratio = still.devicePixelRatio()
        area = QRectF(event.rect())
        source = QRectF(area.topLeft() * ratio, area.size() * ratio)
        painter.drawPixmap(area, still, source)
        fill(painter, self._shown[0])
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the scenery to the new size."""
        super().resizeEvent(event)
        self._forget()
        self._show_frame()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where the hidden widget stopped."""
        super().showEvent(event)
        self._time_s = self._now_s()
        self._show_frame()
        self._arm()

    def hideEvent(self, event: QHideEvent) -> None:
        """Paint nothing while nobody can see it."""
        super().hideEvent(event)
        self._timer.stop()

    def sizeHint(self) -> QSize:
        """Return a size that suits a runner beside digits."""
        return QSize(420, 520)

    def minimumSizeHint(self) -> QSize:
        """Return a size at which he can still be recognised."""
        return QSize(160, 180)


def thumbnail(
    figure: Figure,
    size: QSize,
    colours: Mapping[str, str],
    device_pixel_ratio: float = 1.0,
    t_s: float | None = None,
    side: Side = Side.NONE,
) -> QPixmap:
    """Return a picture of the figure on a clear ground.

    Args:
        figure: what to draw.
        size: in device-independent pixels.
        colours: role -> colour.
        device_pixel_ratio: of the screen it is for.
        t_s: the moment to show; the most telling pose when None.
        side: the working side.
    """
    pixmap = QPixmap(size * device_pixel_ratio)
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    target = QRectF(QPointF(0.0, 0.0), size.toSizeF())
    to_screen = fitted(bounds(figure, side), target)
    shown = display_list(figure, telling_time(figure) if t_s is None else t_s, side)
    brushes = FigurePainter(colours)
    brushes.paint(painter, shown.still, to_screen)
    brushes.paint(painter, shown.moving, to_screen)
    painter.end()
    return pixmap


def telling_time(figure: Figure) -> float:
    """Return the time whose pose tells most.

    Where the figure does not say it, that is the widest stride of a gait, else the key frame
    that lies farthest from the first one.
    """
    if figure.telling_s is not None:
        return figure.telling_s
    first = body_at(figure, 0.0)
    times = [key.at_s for key in figure.keys]
    if figure.alternate:
        return max(times, key=lambda t_s: _stride(body_at(figure, t_s)))
    return max(times, key=lambda t_s: _change(first, body_at(figure, t_s)))


def _stride(body: Body) -> float:
    ahead = body.working_leg.ankle[0] - body.other_leg.ankle[0]
    raised = abs(body.working_leg.ankle[1] - body.other_leg.ankle[1])
    return abs(ahead) + raised + abs(body.pose.twist) / 100.0


def _change(a: Body, b: Body) -> float:
    """Return how far the joints moved between two poses, in body heights."""
    return sum(
        math.dist(before, after)
        for before, after in (
            (a.neck, b.neck),
            (a.working_leg.knee, b.working_leg.knee),
            (a.working_leg.ankle, b.working_leg.ankle),
            (a.other_leg.ankle, b.other_leg.ankle),
            (a.working_arm.wrist, b.working_arm.wrist),
        )
    )
