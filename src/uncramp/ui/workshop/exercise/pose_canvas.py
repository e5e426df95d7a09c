"""The drawn runner, large, with a handle on every joint."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from uncramp.coach.workshop.pose_words import angle_words, handle_name, limited_words
from uncramp.figure.animation import pose_at
from uncramp.figure.display import Box, DisplayList
from uncramp.figure.drawing import bounds, display_list
from uncramp.figure.frames import with_pose
from uncramp.figure.joints import Handle, handle_spot, handles, pin_of
from uncramp.figure.kinematics import settle
from uncramp.figure.posing import drag, moved_pin
from uncramp.figure.strains import Strain
from uncramp.model.body import Side
from uncramp.model.figure import Figure, KeyFrame, Play, Pose
from uncramp.model.language import tr
from uncramp.ui.figure.painter import FigurePainter, fill, fitted
from uncramp.ui.theme import Theme
from uncramp.ui.workshop.exercise.pose_handle import SIDE_PX, HandleDot

STEP = 0.01
"""Share of height that an arrow key moves a handle by."""
FRAME_MS = 33
_ROOM = 0.08
"""Share of height that is left free around the runner, so that a limb can be dragged there."""
_SKIN_OPACITY = 0.22
_STOPPED_MS = 1_200


class PoseCanvas(QWidget):
    """One key frame of a figure, to be changed by its handles; or the animation, to be looked at.

    Signals:
        changed: another figure, and what was moved, for undoing a row of small steps at once.
        dragging: the figure while a handle is dragged.
        told: a sentence on the handle that is looked at, or on what stopped it.
        chosen: the handle that was taken hold of or has the focus.
    """

    changed = Signal(object, object)
    dragging = Signal(object)
    told = Signal(str)
    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("The runner, with handles on the joints"))
        self._figure: Figure | None = None
        self._number = 0
        self._play_s: float | None = None
        self._shows_before = True
        self._box = Box(-0.5, -0.1, 0.5, 1.1)
        self._still: QPixmap | None = None
        self._before: QPixmap | None = None
        self._held: Handle | None = None
        self._start: Figure | None = None
        self._stopped: Handle | None = None
        self._dots = {handle: HandleDot(handle, self) for handle in Handle}
        for dot in self._dots.values():
            dot.caught.connect(self._catch)
            dot.pulled.connect(self._pull)
            dot.released.connect(self._release)
            dot.nudged.connect(self._nudge)
            dot.looked_at.connect(self._look)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_STOPPED_MS)
        self._calm.timeout.connect(self._forget_stop)
        self.set_theme(theme)

    # -- what is shown

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._painter = FigurePainter(theme.figure)
        for dot in self._dots.values():
            dot.set_theme(theme)
        self._forget_pictures()

    def show_frame(self, figure: Figure, number: int) -> None:
        """Show a key frame, with its handles."""
        same = self._figure is not None and (self._figure.scenery, self._figure.view) == (
            figure.scenery,
            figure.view,
        )
        self._figure, self._number, self._play_s = figure, number, None
        if self._held is None:
            self._fit(keep=same)
        self._place_dots()
        self.update()

    def show_time(self, t_s: float) -> None:
        """Show the animation at an instant, without handles."""
        self._play_s = t_s
        for dot in self._dots.values():
            dot.hide()
        self.update()

    def show_before(self, shown: bool) -> None:
        """Show the key frame before as a shade, or not."""
        self._shows_before = shown
        self._forget_pictures()

    def focus_handle(self, handle: Handle) -> None:
        """Give a handle the focus."""
        self._dots[handle].setFocus(Qt.FocusReason.OtherFocusReason)

    def dot(self, handle: Handle) -> HandleDot:
        """Return the widget of a handle."""
        return self._dots[handle]

    @property
    def pose(self) -> Pose:
        """The pose that is shown; a gait's other side as it moves, not as it is written."""
        assert self._figure is not None
        key = self._figure.keys[self._number]
        if not self._figure.alternate:
            return key.pose
        moving = pose_at(self._figure, key.at_s)
        return replace(key.pose, other_leg=moving.other_leg, other_arm=moving.other_arm)

    # -- the picture

    def _fit(self, *, keep: bool) -> None:
        """Find a frame that holds the runner and what he may be dragged to.

        One that is large enough stays, so that the picture does not jump.
        """
        assert self._figure is not None
        found = bounds(self._figure, Side.NONE)
        box = Box(found.x0 - _ROOM, found.y0 - 0.03, found.x1 + _ROOM, found.y1 + _ROOM)
        old = self._box
        holds = (
            old.x0 <= found.x0 and old.y0 <= found.y0 and old.x1 >= found.x1 and old.y1 >= found.y1
        )
        if not (keep and holds and old.height < 1.3 * box.height):
            self._box = self._filled(box)
        self._forget_pictures()

    def _filled(self, box: Box) -> Box:
        """Return the box made as wide, or as high, as there is room for anyway."""
        shape = max(0.2, self.width() / max(1, self.height()))
        wide = max(0.0, box.height * shape - box.width) / 2.0
        high = max(0.0, box.width / shape - box.height)
        return Box(box.x0 - wide, box.y0 - high / 4, box.x1 + wide, box.y1 + 3 * high / 4)

    def _forget_pictures(self) -> None:
        self._still = self._before = None
        self.update()

    def _to_screen(self) -> QTransform:
        edge = SIDE_PX / 2.0 + 1.0  # where the handle of an outermost joint has room
        return fitted(self._box, QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))

    def _drawn(self, number: int, pose: Pose) -> DisplayList:
        """Return the drawing of one pose."""
        assert self._figure is not None
        keys = [KeyFrame(0.0, self._figure.keys[0].pose), KeyFrame(1.0, pose)]
        shown = replace(
            self._figure,
            play=Play.ONCE,
            cycle_s=1.0,
            keys=tuple(keys if number else [KeyFrame(0.0, pose)]),
            alternate=False,
            stride=0.0,
        )
        return display_list(shown, 1.0 if number else 0.0, Side.NONE)

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _still_picture(self) -> QPixmap:
        if self._still is None:
            assert self._figure is not None
            self._still = self._picture()
            painter = QPainter(self._still)
            shown = display_list(self._figure, 0.0, Side.NONE).still
            self._painter.paint(painter, shown, self._to_screen())
            painter.end()
        return self._still

    def _shade(self) -> QPixmap:
        """Return the key frame before, to be painted pale."""
        if self._before is None:
            assert self._figure is not None
            self._before = self._picture()
            if self._number and self._shows_before:
                painter = QPainter(self._before)
                number = self._number - 1
                shown = self._drawn(number, self._figure.keys[number].pose).moving
                self._painter.paint(painter, shown, self._to_screen())
                painter.end()
        return self._before

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint scenery, the shade of the frame before, and the runner."""
        del event
        if self._figure is None or self.width() < 2 or self.height() < 2:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still_picture())
        if self._play_s is None:
            painter.setOpacity(_SKIN_OPACITY)
            painter.drawPixmap(0, 0, self._shade())
            painter.setOpacity(1.0)
            shown = self._drawn(self._number, self.pose).moving
        else:
            shown = display_list(self._figure, self._play_s, Side.NONE).moving
        fill(painter, self._painter.prepared(shown, self._to_screen()))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the new size."""
        super().resizeEvent(event)
        if self._figure is not None:
            self._fit(keep=False)
        self._place_dots()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the handles where the joints are."""
        super().showEvent(event)
        self._place_dots()

    def sizeHint(self) -> QSize:
        """Return a size at which joints are apart."""
        return QSize(520, 520)

    def minimumSizeHint(self) -> QSize:
        """Return a size at which handles can still be told apart."""
        return QSize(200, 150)

    # -- handles

    def _place_dots(self) -> None:
        if self._figure is None or self._play_s is not None:
            return
        figure = self._figure
        body = settle(figure, self.pose)
        to_screen = self._to_screen()
        shown = handles(figure)
        for handle, dot in self._dots.items():
            works = handle in shown and not (figure.alternate and handle.value.startswith("other_"))
            dot.setVisible(works)
            if not works:
                continue
            if handle.value.startswith("other_") and not dot.hasFocus():
                dot.lower()  # what is near covers what is far
            x, y = handle_spot(figure, body, handle)
            place = to_screen.map(QPointF(x, y))
            dot.move_to(place.x(), place.y())
            pin = pin_of(figure, handle) if handle.part in {"hand", "foot"} else None
            dot.set_state(limited=handle is self._stopped, pinned=pin is not None)
            words = angle_words(self.pose, angles_of(handle, figure))
            dot.setAccessibleName(handle_name(handle, figure.view))
            dot.setAccessibleDescription(words)

    def _catch(self, handle: Handle) -> None:
        self._held, self._start = handle, self._figure
        self._dots[handle].setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(handle)

    def _pull(self, handle: Handle, place: QPointF, loose: bool) -> None:
        if self._figure is None or self._held is None:
            return
        back, _ = self._to_screen().inverted()
        spot = back.map(place)
        self._go(handle, (spot.x(), spot.y()), loose)
        self.dragging.emit(self._figure)

    def _release(self, handle: Handle) -> None:
        start, self._held = self._start, None
        if self._figure is not None and start is not None and self._figure != start:
            self.changed.emit(self._figure, None)
        self._look(handle, True)

    def _nudge(self, handle: Handle, right: float, up: float, loose: bool) -> None:
        if self._figure is None:
            return
        before = self._figure
        x, y = handle_spot(before, settle(before, self.pose), handle)
        self._go(handle, (x + STEP * right, y + STEP * up), loose)
        if self._figure != before:
            self.changed.emit(self._figure, ("pose", self._number, handle))

    def _go(self, handle: Handle, to: tuple[float, float], loose: bool) -> None:
        """Drag a handle; what is pinned goes with its place, or in this frame only."""
        assert self._figure is not None
        figure = self._figure
        pin = pin_of(figure, handle) if handle.part in {"hand", "foot"} else None
        if pin is not None and not loose:
            self._figure = moved_pin(figure, self.pose, pin.limb, to)
            self._stopped = None
            self._before = None
        else:
            done = drag(figure, self.pose, handle, to, this_frame_only=loose)
            written = figure.keys[self._number].pose
            pose = done.pose
            if figure.alternate:
                pose = replace(pose, other_leg=written.other_leg, other_arm=written.other_arm)
            self._figure = with_pose(figure, self._number, pose)
            self._tell_stop(handle, done.limited)
        self._place_dots()
        self.update()

    def _tell_stop(self, handle: Handle, limited: tuple[Strain, ...]) -> None:
        assert self._figure is not None
        if not limited:
            self._stopped = None
            self._look(handle, True)
            return
        self._stopped = handle
        self.told.emit(limited_words(limited[0], self._figure.view))
        self._calm.start()

    def _forget_stop(self) -> None:
        self._stopped = None
        self._place_dots()

    def _look(self, handle: Handle, looked: bool) -> None:
        if self._figure is None:
            return
        if not looked:
            self.told.emit("")
            return
        if self._dots[handle].hasFocus():
            self.chosen.emit(handle)
        name = handle_name(handle, self._figure.view)
        words = angle_words(self.pose, angles_of(handle, self._figure))
        pin = pin_of(self._figure, handle) if handle.part in {"hand", "foot"} else None
        if pin is not None:
            words = tr("drag to move it; with Shift, in this key frame only")
        self.told.emit(f"{name}: {words}" if words else name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes a drag back that is going on."""
        if event.key() == Qt.Key.Key_Escape and self._held is not None:
            self._held, self._figure = None, self._start
            self._place_dots()
            self.update()
        else:
            super().keyPressEvent(event)


def angles_of(handle: Handle, figure: Figure) -> tuple[str, ...]:
    """Return the names of the angles and lengths that a handle stands for in a figure."""
    if handle.limb is None:
        stands = any(pin.limb.is_foot for pin in figure.pins)
        moved = () if stands else ("lift",)
        trunk: dict[Handle, tuple[str, ...]] = {
            Handle.HEAD: ("head", "neck"),
            Handle.SHOULDERS: ("trunk", "twist"),
            Handle.BACK: ("bend",),
            Handle.HIPS: moved if figure.root is None else ("x", "y"),
        }
        return trunk[handle]
    side = "working" if handle.is_working else "other"
    pin = pin_of(figure, handle)
    aside = () if figure.view.in_profile else ("abduction",)
    if handle.part in {"elbow", "hand"}:
        held = pin is not None and handle.part == "hand"
        wanted = ("touch", "shift", "lift") if held else ("shoulder", "elbow", *aside)
        return tuple(f"{side}_arm.{name}" for name in wanted)
    if handle.part == "toes":
        wanted = ("ankle", "toes")
    elif handle.part == "foot" and pin is not None:
        wanted = ("ankle", "shift", "lift")
    else:
        wanted = ("hip", "knee", *(aside or ("ankle",)))
    return tuple(f"{side}_leg.{name}" for name in wanted)
