"""Beside the runner: exact angles, what touches, the things around him, and what glows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.workshop.pose_words import (
    angle_name,
    easing_name,
    handle_name,
    limb_name,
    muscle_name,
    play_name,
    scenery_name,
    support_name,
    touch_name,
    view_name,
)
from uncramp.figure.frames import LONGEST_S
from uncramp.figure.furnishing import FOOT_TOUCHES, HAND_TOUCHES, touch_of
from uncramp.figure.joints import LENGTHS, Handle, angle, limits
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
from uncramp.model.language import tr
from uncramp.ui.fields import Stepper
from uncramp.ui.painted import ChoiceBox, Switch
from uncramp.ui.widgets import button, clear_layout, label
from uncramp.ui.workshop.exercise.pose_canvas import angles_of

MOST_GLOWS = 4
_ANGLES = 3
"""Rows for angles; no joint has more. Their room stays, so that nothing below jumps."""
_OF_FRAME = ("breath", "effort", "focus")


class PosePanel(QWidget):
    """Everything about the figure that is no dragging.

    Signals:
        handle_chosen: another joint, by its list.
        angle_changed: the name of an angle and its new value.
        touch_changed: a hand or foot, and what it touches; None for nothing.
        view_changed: from where the runner is seen.
        support_changed: what carries the body; None for its feet.
        thing_added: a thing is put beside the runner.
        thing_removed: it is taken away.
        thing_moved: a thing and its new place.
        glow_changed: all muscles that glow.
        flag_changed: "barefoot", "glow_both" or "alternate", and whether it holds.
        easing_changed: how the body goes on from the key frame.
        cycle_changed: the length of the whole in seconds.
        play_changed: what happens at the end.
        picture_requested: a picture is to stand in for the runner.
    """

    handle_chosen = Signal(object)
    angle_changed = Signal(str, float)
    touch_changed = Signal(object, object)
    view_changed = Signal(object)
    support_changed = Signal(object)
    thing_added = Signal(object)
    thing_removed = Signal(object)
    thing_moved = Signal(object, float)
    glow_changed = Signal(object)
    flag_changed = Signal(str, bool)
    easing_changed = Signal(object)
    cycle_changed = Signal(float)
    play_changed = Signal(object)
    picture_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._figure: Figure | None = None
        self._names: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(8)
        self._build_angles()
        self._build_touches()
        self._build_frame()
        self._build_scene()
        self._build_glow()
        self._build_whole()
        self._column.addStretch(1)

    # -- building

    def _section(self, title: str) -> QGridLayout:
        self._column.addWidget(label("heading", title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        self._column.addLayout(grid)
        self._column.addSpacing(6)
        return grid

    def _build_angles(self) -> None:
        grid = self._section(tr("Joint"))
        self._joint = _choice(tr("Joint"))
        for handle in Handle:
            self._joint.addItem("", handle.value)
        self._joint.activated.connect(self._joint_chosen)
        grid.addWidget(self._joint, 0, 0, 1, 2)
        self._angles = []
        for row in range(_ANGLES):
            words, field = label("body", wrap=True), Stepper(-3, 3, 1)
            field.setObjectName(str(row))
            field.changed.connect(self._angle_given)
            grid.addWidget(words, row + 1, 0)
            grid.addWidget(field, row + 1, 1)
            kept = field.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            field.setSizePolicy(kept)
            self._angles.append((words, field))

    def _build_touches(self) -> None:
        grid = self._section(tr("Contacts"))
        self._touches: dict[Limb, tuple[QWidget, ChoiceBox]] = {}
        for row, limb in enumerate(Limb):
            words, box = label("body"), _choice("")
            for choice in _choices(limb):
                box.addItem(touch_name(choice))
            box.setObjectName(limb.value)
            box.activated.connect(self._touch_chosen)
            grid.addWidget(words, row, 0)
            grid.addWidget(box, row, 1)
            self._touches[limb] = (words, box)

    def _build_frame(self) -> None:
        grid = self._section(tr("Key frame"))
        self._easing = _choice(tr("Movement"))
        for easing in Easing:
            self._easing.addItem(easing_name(easing), easing.value)
        self._easing.activated.connect(self._easing_chosen)
        grid.addWidget(label("body", tr("Movement")), 0, 0)
        grid.addWidget(self._easing, 0, 1, Qt.AlignmentFlag.AlignRight)
        self._of_frame: dict[str, Stepper] = {}
        for row, name in enumerate(_OF_FRAME, start=1):
            low, high = limits(name)
            field = Stepper(low, high, 0.1, decimals=2)
            field.setObjectName(name)
            field.set_name(angle_name(name))
            field.changed.connect(self._of_frame_given)
            shown = angle_name(name)
            words = label("body", shown[:1].upper() + shown[1:], wrap=True)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)
            self._of_frame[name] = field

    def _build_scene(self) -> None:
        grid = self._section(tr("Scene"))
        self._view = _choice(tr("View"))
        for view in View:
            self._view.addItem(view_name(view), view.value)
        self._view.activated.connect(self._view_chosen)
        self._support = _choice(tr("Weight on"))
        for support in (None, *Support):
            self._support.addItem(support_name(support), support)
        self._support.activated.connect(self._support_chosen)
        self._barefoot = self._flag("barefoot", tr("Barefoot"))
        for row, (name, field) in enumerate(
            (
                (tr("View"), self._view),
                (tr("Weight on"), self._support),
                (tr("Barefoot"), self._barefoot),
            )
        ):
            grid.addWidget(label("body", name), row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)
        self._things = _choice(tr("Add an object"))
        self._things.activated.connect(self._thing_chosen)
        grid.addWidget(self._things, 3, 0, 1, 2)
        self._placed = QVBoxLayout()
        self._placed.setSpacing(6)
        grid.addLayout(self._placed, 4, 0, 1, 2)

    def _build_glow(self) -> None:
        grid = self._section(tr("Highlighted muscles"))
        self._muscles = _choice(tr("Add a muscle"))
        self._muscles.activated.connect(self._muscle_chosen)
        grid.addWidget(self._muscles, 0, 0, 1, 2)
        self._glowing = QVBoxLayout()
        self._glowing.setSpacing(6)
        grid.addLayout(self._glowing, 1, 0, 1, 2)
        self._both = self._flag("glow_both", tr("Highlight both legs"))
        grid.addWidget(label("body", tr("Highlight both legs")), 2, 0)
        grid.addWidget(self._both, 2, 1, Qt.AlignmentFlag.AlignRight)
        self._gait = self._flag("alternate", tr("Other side half a cycle later"))
        grid.addWidget(label("body", tr("Other side half a cycle later"), wrap=True), 3, 0)
        grid.addWidget(self._gait, 3, 1, Qt.AlignmentFlag.AlignRight)

    def _build_whole(self) -> None:
        grid = self._section(tr("Whole movement"))
        self._cycle = Stepper(0.2, LONGEST_S, 0.5, tr("s"), decimals=2)
        self._cycle.set_name(tr("Length"))
        self._cycle.changed.connect(self.cycle_changed)
        self._play = _choice(tr("At the end"))
        for play in Play:
            self._play.addItem(play_name(play), play.value)
        self._play.activated.connect(self._play_chosen)
        for row, (name, field) in enumerate(
            ((tr("Length"), self._cycle), (tr("At the end"), self._play))
        ):
            grid.addWidget(label("body", name), row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)
        picture = button(tr("Use a picture instead"), tip=tr("An SVG or PNG file"))
        picture.clicked.connect(self.picture_requested)
        grid.addWidget(picture, 2, 0, 1, 2)

    def _flag(self, name: str, words: str) -> Switch:
        made = Switch()
        made.setObjectName(name)
        made.setAccessibleName(words)
        made.toggled.connect(self._flag_toggled)
        return made

    # -- showing

    def show_figure(
        self, figure: Figure, pose: Pose, handle: Handle, easing: Easing = Easing.EASE
    ) -> None:
        """Show a figure, the angles of one of its joints, and how a key frame goes on."""
        self._easing.setCurrentIndex(list(Easing).index(easing))
        old, self._figure = self._figure, figure
        self.show_pose(figure, pose, handle)
        for index in range(self._joint.count()):
            one = Handle(str(self._joint.itemData(index)))
            self._joint.setItemText(index, handle_name(one, figure.view))
        for limb, (words, box) in self._touches.items():
            name = limb_name(limb, figure.view)
            words.setText(name)  # type: ignore[attr-defined]  # a label
            box.setAccessibleName(name)
            box.setCurrentIndex(_choices(limb).index(touch_of(figure, limb)))
        self._view.setCurrentIndex(self._view.findData(figure.view.value))
        support = None if figure.root is None else figure.root.support
        self._support.setCurrentIndex([None, *Support].index(support))
        for flag, value in (
            (self._barefoot, figure.barefoot),
            (self._both, figure.glow_both),
            (self._gait, figure.alternate),
        ):
            flag.blockSignals(True)  # Qt's own name
            flag.setChecked(value)
            flag.blockSignals(False)
        self._cycle.show_value(figure.cycle_s)
        self._play.setCurrentIndex(list(Play).index(figure.play))
        if old is None or (old.scenery, old.glow) != (figure.scenery, figure.glow):
            self._show_things(figure)
            self._show_glow(figure)

    def show_pose(self, figure: Figure, pose: Pose, handle: Handle) -> None:
        """Show the angles of one joint."""
        self._joint.setCurrentIndex(list(Handle).index(handle))
        self._names = angles_of(handle, figure)
        for name, number in self._of_frame.items():
            number.show_value(round(angle(pose, name), 3))
        for row, (words, field) in enumerate(self._angles):
            used = row < len(self._names)
            words.setVisible(used or row == 0)
            field.setVisible(used)
            if used:
                self._show_angle(row, pose)
            elif row == 0:
                words.setText(tr("Drag it, or move it with the arrow keys."))

    def _show_angle(self, row: int, pose: Pose) -> None:
        words, field = self._angles[row]
        name = self._names[row]
        is_length = name.rpartition(".")[2] in LENGTHS
        low, high = limits(name)
        field.set_range(low, high, 0.01 if is_length else 1.0, "" if is_length else "°")
        field.show_value(round(angle(pose, name), 3))
        shown = angle_name(name)
        words.setText(shown[:1].upper() + shown[1:])
        field.set_name(shown)

    def _show_things(self, figure: Figure) -> None:
        clear_layout(self._placed)
        there = {item.kind for item in figure.scenery}
        self._things.clear()
        self._things.addItem(tr("Add an object…"), None)
        for kind in Scenery:
            if kind not in there:
                self._things.addItem(scenery_name(kind), kind.value)
        for item in figure.scenery:
            name = scenery_name(item.kind)
            place = Stepper(-3, 3, 0.02, decimals=3)
            place.set_name(tr("{thing}: position").format(thing=name))
            place.setObjectName(item.kind.value)
            place.show_value(item.x)
            place.changed.connect(self._thing_placed)
            away = button("✕", kind="small", tip=tr("Remove it"))
            away.setAccessibleName(tr("Remove: {thing}").format(thing=name))
            away.setObjectName(item.kind.value)
            away.clicked.connect(self._thing_away)
            self._placed.addWidget(_row(label("body", name), place, away))

    def _show_glow(self, figure: Figure) -> None:
        clear_layout(self._glowing)
        self._muscles.clear()
        self._muscles.addItem(tr("Add a muscle…"), None)
        for muscle in Muscle:
            if muscle not in figure.glow:
                self._muscles.addItem(muscle_name(muscle), muscle.value)
        self._muscles.setEnabled(len(figure.glow) < MOST_GLOWS)
        for muscle in figure.glow:
            away = button("✕", kind="small", tip=tr("Remove it"))
            away.setAccessibleName(tr("Remove: {thing}").format(thing=muscle_name(muscle)))
            away.setObjectName(muscle.value)
            away.clicked.connect(self._muscle_away)
            self._glowing.addWidget(_row(label("body", muscle_name(muscle)), away))

    # -- what the user does

    def _joint_chosen(self, index: int) -> None:
        self.handle_chosen.emit(Handle(str(self._joint.itemData(index))))

    def _angle_given(self, value: float) -> None:
        row = int(self.sender().objectName())
        if row < len(self._names):
            self.angle_changed.emit(self._names[row], value)

    def _of_frame_given(self, value: float) -> None:
        self.angle_changed.emit(self.sender().objectName(), value)

    def _touch_chosen(self, index: int) -> None:
        box = self.sender()
        assert isinstance(box, ChoiceBox)
        limb = Limb(box.objectName())
        self.touch_changed.emit(limb, _choices(limb)[index])

    def _view_chosen(self, index: int) -> None:
        self.view_changed.emit(View(str(self._view.itemData(index))))

    def _support_chosen(self, index: int) -> None:
        self.support_changed.emit([None, *Support][index])

    def _easing_chosen(self, index: int) -> None:
        self.easing_changed.emit(list(Easing)[index])

    def _play_chosen(self, index: int) -> None:
        self.play_changed.emit(list(Play)[index])

    def _thing_chosen(self, index: int) -> None:
        kind = self._things.itemData(index)
        if kind is not None:
            self.thing_added.emit(Scenery(str(kind)))

    def _thing_away(self) -> None:
        self.thing_removed.emit(Scenery(self.sender().objectName()))

    def _thing_placed(self, value: float) -> None:
        self.thing_moved.emit(Scenery(self.sender().objectName()), value)

    def _muscle_chosen(self, index: int) -> None:
        muscle = self._muscles.itemData(index)
        if muscle is not None and self._figure is not None:
            self.glow_changed.emit((*self._figure.glow, Muscle(str(muscle))))

    def _muscle_away(self) -> None:
        gone = Muscle(self.sender().objectName())
        if self._figure is not None:
            self.glow_changed.emit(tuple(one for one in self._figure.glow if one is not gone))

    def _flag_toggled(self, checked: bool) -> None:
        self.flag_changed.emit(self.sender().objectName(), checked)


def _choice(name: str) -> ChoiceBox:
    made = ChoiceBox()
    made.setAccessibleName(name)
    made.setMinimumWidth(150)
    made.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    return made


def _choices(limb: Limb) -> tuple[tuple[Touch, Contact] | None, ...]:
    return (None, *(FOOT_TOUCHES if limb.is_foot else HAND_TOUCHES))


def _row(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setObjectName("on_card")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for number, part in enumerate(parts):
        row.addWidget(part, int(number == 0))
    return made
