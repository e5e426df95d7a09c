"""The pose editor: the runner with his handles, the strip of key frames, and the panel beside."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.workshop.exercise_editing import ExerciseEditor
from uncramp.coach.workshop.pose_words import strain_words
from uncramp.figure import frames
from uncramp.figure.furnishing import (
    with_support,
    with_thing,
    with_thing_at,
    with_touch,
    without_thing,
)
from uncramp.figure.joints import Handle, with_angle, within_limits
from uncramp.figure.posing import leaned
from uncramp.figure.strains import Strain
from uncramp.model.figure import (
    Contact,
    Easing,
    Figure,
    Limb,
    Muscle,
    Play,
    Pose,
    Scenery,
    Support,
    Touch,
    View,
)
from uncramp.model.language import tr, trn
from uncramp.ui.painted import Switch
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label
from uncramp.ui.workshop.exercise.pose_canvas import PoseCanvas
from uncramp.ui.workshop.exercise.pose_panel import PosePanel
from uncramp.ui.workshop.exercise.pose_strip import PoseStrip

_CHECK_MS = 250
_PANEL_PX = 350
_WIDE_PX = 940
_SHOWN_WARNINGS = 3


class PoseEditor(QWidget):
    """Draws and animates an exercise.

    Signals:
        changed: the editor's figure is another one now.
        picture_requested: a picture is to stand in for the runner.
    """

    changed = Signal()
    picture_requested = Signal()

    def __init__(self, editor: ExerciseEditor, theme: Theme) -> None:
        super().__init__()
        self._editor = editor
        self._number = 0
        self._handle = Handle.HIPS
        self._canvas = PoseCanvas(theme)
        self._strip = PoseStrip(theme)
        self._panel = PosePanel()
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK_MS)
        self._check.timeout.connect(self._show_warnings)
        self._build()
        self._join()
        self.set_theme(theme)

    # -- building

    def _build(self) -> None:
        self._told = label("soft")
        self._told.setMinimumHeight(22)
        # A long sentence must not make the runner's card wider while he is dragged.
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._shade = Switch()
        self._shade.setChecked(True)
        self._shade.setAccessibleName(tr("Show the previous key frame as a shadow"))
        self._shade.toggled.connect(self._canvas.show_before)
        self._warnings = label("alert", wrap=True)
        self._warnings.hide()
        left = card()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._told, 1)
        top.addWidget(label("soft", tr("Previous frame")))
        top.addWidget(self._shade)
        self._more = button(tr("Details"), kind="chip", tip=tr("Angles, contacts and the scene"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._fit)
        top.addWidget(self._more)
        column.addLayout(top)
        self._drawn = QWidget()
        self._drawn.setObjectName("on_card")
        drawn = QVBoxLayout(self._drawn)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.setSpacing(6)
        drawn.addWidget(self._canvas, 1)
        drawn.addWidget(self._warnings)
        drawn.addWidget(self._strip)
        column.addWidget(self._drawn, 1)
        self._left = column
        area = QScrollArea()
        area.setObjectName("on_card")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel.setObjectName("on_card")
        area.setWidget(self._panel)
        area.setMinimumWidth(_PANEL_PX)
        self._area = area
        right = card()
        self._inside = QVBoxLayout(right)
        self._inside.setContentsMargins(16, 12, 8, 12)
        self._inside.addWidget(area)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(left, 3)
        row.addWidget(right, 2)
        self._right = right

    def _join(self) -> None:
        canvas, strip, panel = self._canvas, self._strip, self._panel
        canvas.changed.connect(self._dragged)
        canvas.dragging.connect(self._dragging)
        canvas.told.connect(self._told.setText)
        canvas.chosen.connect(self._choose_handle)
        strip.chosen.connect(self.choose_frame)
        strip.add_requested.connect(self._add_at)
        strip.copy_requested.connect(self._copy)
        strip.mirror_requested.connect(self._mirror)
        strip.remove_requested.connect(self._remove)
        strip.move_requested.connect(self._move)
        strip.time_changed.connect(self._set_time)
        strip.shown_at.connect(self._show_at)
        panel.handle_chosen.connect(self._take_handle)
        panel.angle_changed.connect(self._set_angle)
        panel.touch_changed.connect(self._set_touch)
        panel.view_changed.connect(self._set_view)
        panel.support_changed.connect(self._set_support)
        panel.thing_added.connect(self._add_thing)
        panel.thing_removed.connect(self._remove_thing)
        panel.thing_moved.connect(self._move_thing)
        panel.glow_changed.connect(self._set_glow)
        panel.flag_changed.connect(self._set_flag)
        panel.easing_changed.connect(self._set_easing)
        panel.cycle_changed.connect(self._set_cycle)
        panel.play_changed.connect(self._set_play)
        panel.picture_requested.connect(self.picture_requested)
        for keys, slot in (("Ctrl+D", self._copy), ("Ctrl+M", self._mirror)):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(slot)

    # -- what Qt asks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panel takes the runner's place when it is asked for."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the room for one of both."""
        return QSize(_PANEL_PX + 60, 300)

    def _fit(self) -> None:
        narrow = self.width() < _WIDE_PX
        self._more.setVisible(narrow)
        self._right.setVisible(not narrow)
        if narrow and self._area.parentWidget() is self._right:
            self._left.addWidget(self._area, 1)
        elif not narrow and self._area.parentWidget() is not self._right:
            self._inside.addWidget(self._area)
        self._area.setVisible(not narrow or self._more.isChecked())
        self._drawn.setVisible(not narrow or not self._more.isChecked())

    # -- showing

    @property
    def canvas(self) -> PoseCanvas:
        """The runner with his handles."""
        return self._canvas

    @property
    def strip(self) -> PoseStrip:
        """The key frames."""
        return self._strip

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._canvas.set_theme(theme)
        self._strip.set_theme(theme)
        self.refresh()

    def refresh(self) -> None:
        """Show what the editor holds now."""
        figure = self._editor.figure
        self._number = min(self._number, len(figure.keys) - 1)
        self._canvas.show_frame(figure, self._number)
        self._strip.show_figure(figure, self._number)
        easing = figure.keys[self._number].easing
        self._panel.show_figure(figure, self._canvas.pose, self._handle, easing)
        self._check.start()

    def choose_frame(self, number: int) -> None:
        """Show another key frame."""
        self._number = max(0, min(number, len(self._editor.figure.keys) - 1))
        self.refresh()

    def take_focus(self) -> None:
        """Begin at the hips."""
        self._canvas.focus_handle(self._handle)

    def _show_at(self, t_s: object) -> None:
        assert isinstance(t_s, float)
        self._canvas.show_time(t_s)

    def _show_warnings(self) -> None:
        found: Sequence[Strain] = self._editor.warnings()
        view = self._editor.figure.view
        lines = [strain_words(strain, view) for strain in found[:_SHOWN_WARNINGS]]
        rest = len(found) - len(lines)
        if rest > 0:
            lines.append(trn("And {n} more.", "And {n} more.", rest).format(n=rest))
        self._warnings.setText("\n".join(lines))
        self._warnings.setVisible(bool(lines))

    @property
    def warning_label(self) -> QLabel:
        """Where it is told what no body can do."""
        return self._warnings

    # -- joints

    def _choose_handle(self, handle: Handle) -> None:
        self._handle = handle
        self._panel.show_pose(self._editor.figure, self._canvas.pose, handle)

    def _take_handle(self, handle: Handle) -> None:
        self._choose_handle(handle)
        if self._canvas.dot(handle).isVisible():
            self._canvas.focus_handle(handle)

    def _dragging(self, figure: Figure) -> None:
        self._panel.show_pose(figure, figure.keys[self._number].pose, self._handle)

    def _dragged(self, figure: Figure, kind: object) -> None:
        self._set(figure, kind)

    def _set_angle(self, name: str, value: float) -> None:
        figure = self._editor.figure
        pose = figure.keys[self._number].pose
        pose = leaned(pose, value) if name == "trunk" else with_angle(pose, name, value)
        pose = within_limits(pose)
        self._set(frames.with_pose(figure, self._number, pose), ("angle", self._number, name))

    # -- key frames

    def _add_at(self, t_s: float) -> None:
        figure, self._number = frames.with_key_at(self._editor.figure, t_s)
        self._set(figure)

    def _copy(self) -> None:
        before = self._editor.figure
        figure = frames.with_copy(before, self._number)
        if figure is not before:
            self._number += 1
            self._set(figure)

    def _mirror(self) -> None:
        figure = self._editor.figure
        pose = frames.mirrored_pose(figure.keys[self._number].pose)
        self._set(frames.with_pose(figure, self._number, pose))

    def _remove(self) -> None:
        number = self._number
        self._number = max(0, number - 1)
        self._set(frames.without_key(self._editor.figure, number))

    def _move(self, number: int, to: int) -> None:
        self._number = to
        self._set(frames.with_key_moved(self._editor.figure, number, to))

    def _set_time(self, at_s: float) -> None:
        figure = frames.with_time(self._editor.figure, self._number, at_s)
        self._set(figure, ("time", self._number))

    def _set_easing(self, easing: Easing) -> None:
        self._set(frames.with_easing(self._editor.figure, self._number, easing))

    def _set_cycle(self, cycle_s: float) -> None:
        self._set(frames.with_cycle(self._editor.figure, cycle_s), ("cycle",))

    def _set_play(self, play: Play) -> None:
        self._set(frames.with_play(self._editor.figure, play))

    # -- the scene

    def _set_touch(self, limb: Limb, touched: tuple[Touch, Contact] | None) -> None:
        self._set(with_touch(self._editor.figure, self._pose(), limb, touched))

    def _set_view(self, view: View) -> None:
        self._set(replace(self._editor.figure, view=view))

    def _set_support(self, support: Support | None) -> None:
        self._set(with_support(self._editor.figure, support))

    def _add_thing(self, kind: Scenery) -> None:
        self._set(with_thing(self._editor.figure, kind))

    def _remove_thing(self, kind: Scenery) -> None:
        self._set(without_thing(self._editor.figure, kind))

    def _move_thing(self, kind: Scenery, x: float) -> None:
        self._set(with_thing_at(self._editor.figure, kind, x), ("thing", kind))

    def _set_glow(self, muscles: tuple[Muscle, ...]) -> None:
        self._set(replace(self._editor.figure, glow=muscles))

    def _set_flag(self, name: str, on: bool) -> None:
        figure = self._editor.figure
        match name:
            case "barefoot":
                figure = replace(figure, barefoot=on)
            case "glow_both":
                figure = replace(figure, glow_both=on)
            case _:
                figure = replace(figure, alternate=on)
        self._set(figure)

    def _pose(self) -> Pose:
        return self._editor.figure.keys[self._number].pose

    def _set(self, figure: Figure, kind: object = None) -> None:
        self._editor.set_figure(figure, kind)
        self.refresh()
        self.changed.emit()
