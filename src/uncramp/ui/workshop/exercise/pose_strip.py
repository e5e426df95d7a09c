"""The key frames of a figure as a strip: chosen, put in order, timed and played."""

from dataclasses import replace
from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QHideEvent, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from uncramp.figure.animation import BREATH_S
from uncramp.figure.frames import LONGEST_S, MAX_KEYS
from uncramp.model.body import Side
from uncramp.model.figure import Figure, KeyFrame, Play
from uncramp.model.language import tr
from uncramp.ui.fields import Stepper
from uncramp.ui.figure.view import thumbnail
from uncramp.ui.flow import FlowLayout
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, icon_of, label

PICTURE_PX = 52
FRAME_MS = 33
_TICKS_A_SECOND = 100
_LEAST_PX = 72
"""Width of a thumbnail with what is free around it."""


class FrameList(QListWidget):
    """The thumbnails.

    Signals:
        move_requested: the number of a key frame, and the number that it shall have.
        remove_requested: the chosen one shall go.
        copy_requested: the chosen one once more.
    """

    move_requested = Signal(int, int)
    remove_requested = Signal()
    copy_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Snap)
        self.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Key frames"))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Give pictures and times the room that the letters need."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        letters = self.fontMetrics()
        width = max(_LEAST_PX, letters.horizontalAdvance("00.00 s") + 12)
        height = PICTURE_PX + letters.lineSpacing() + 12
        if self.gridSize() != QSize(width, height):
            self.setGridSize(QSize(width, height))
            self.setFixedHeight(height + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the chosen one, Delete takes it away."""
        row, key = self.currentRow(), event.key()
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_requested.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in {
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
        }:
            to = row + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= to < self.count():
                self.move_requested.emit(row, to)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the strip is shown anew from what comes of it."""
        row = self.currentRow()
        place = event.position().toPoint()
        # Qt would take its own item away after a move.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        to = self.dropped_at(row, place.x() + self.horizontalOffset())
        if to != row:
            self.move_requested.emit(row, to)

    def dropped_at(self, row: int, x: int) -> int:
        """Return which number the one at `row` has when it is dropped at a place of the strip."""
        width = self.gridSize().width()
        gap = max(0, min(self.count(), round(x / width)))
        return gap - 1 if gap > row else gap


class PoseStrip(QWidget):
    """Thumbnails with times, the playhead, and what can be done with a key frame.

    Signals:
        chosen: the number of a key frame.
        add_requested: a key frame at the playhead, at that second.
        copy_requested: the chosen one once more.
        mirror_requested: left and right of the chosen one exchanged.
        remove_requested: the chosen one away.
        move_requested: a key frame's number, and the number that it shall have.
        time_changed: the chosen one's new time.
        shown_at: an instant of the animation is to be shown; None: the chosen key frame again.
    """

    chosen = Signal(int)
    add_requested = Signal(float)
    copy_requested = Signal()
    mirror_requested = Signal()
    remove_requested = Signal()
    move_requested = Signal(int, int)
    time_changed = Signal(float)
    shown_at = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figure: Figure | None = None
        self._pictures: dict[object, QPixmap] = {}
        self._began: float | None = None
        self._began_s = 0.0
        self._list = FrameList()
        self._list.currentRowChanged.connect(self._row_chosen)
        self._list.itemClicked.connect(self._clicked)
        self._list.move_requested.connect(self.move_requested)
        self._list.remove_requested.connect(self.remove_requested)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._build()

    # -- building

    def _build(self) -> None:
        self._play = button(tr("Play"), kind="small", tip=tr("Space"))
        self._play.clicked.connect(self.toggle)
        self._head = QSlider(Qt.Orientation.Horizontal)
        self._head.setAccessibleName(tr("Playhead"))
        self._head.valueChanged.connect(self._head_moved)
        self._at = label("soft")
        self._at.setMinimumWidth(92)
        top = QHBoxLayout()
        top.setSpacing(10)
        for part in (self._play, self._head, self._at):
            top.addWidget(part, int(part is self._head))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._list)
        column.addWidget(self._built_actions())

    def _built_actions(self) -> QWidget:
        made = QWidget()
        made.setObjectName("on_card")
        row = FlowLayout(6, made)
        self._add = button(tr("Add here"), kind="tight", tip=tr("A key frame at the playhead"))
        self._add.clicked.connect(self._ask_to_add)
        self._copy = button(tr("Copy"), kind="tight", tip="Ctrl+D")
        self._copy.clicked.connect(self.copy_requested)
        self._mirror = button(
            tr("Mirror"), kind="tight", tip=tr("Swap left and right in this key frame (Ctrl+M)")
        )
        self._mirror.clicked.connect(self.mirror_requested)
        self._remove = button(tr("Remove"), kind="tight", tip=tr("Delete"))
        self._remove.clicked.connect(self.remove_requested)
        self._time = Stepper(0, LONGEST_S, 0.1, tr("s"), decimals=2)
        self._time.set_name(tr("Time of the key frame"))
        self._time.changed.connect(self.time_changed)
        for part in (self._add, self._copy, self._mirror, self._remove, self._time):
            row.addWidget(part)
        return made

    # -- showing

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._pictures.clear()
        if self._figure is not None:
            self.show_figure(self._figure, max(0, self._list.currentRow()))

    def show_figure(self, figure: Figure, number: int) -> None:
        """Show the key frames of a figure, one of them chosen."""
        self._figure = figure
        self._list.blockSignals(True)  # Qt's own name
        while self._list.count() > len(figure.keys):
            self._list.takeItem(self._list.count() - 1)
        for at, key in enumerate(figure.keys):
            item = self._list.item(at)
            if at >= self._list.count():
                item = QListWidgetItem()
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled
                    | Qt.ItemFlag.ItemIsSelectable
                    | Qt.ItemFlag.ItemIsDragEnabled
                )
                self._list.addItem(item)
            item.setText(tr("{time} s").format(time=f"{key.at_s:g}"))
            item.setIcon(icon_of(self._picture(figure, at)))
            words = tr("Key frame {n} of {all}, at {time} seconds")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                words.format(n=at + 1, all=len(figure.keys), time=f"{key.at_s:g}"),
            )
        self._list.setCurrentRow(number)
        self._list.blockSignals(False)
        self._show_fields(figure, number)

    def _show_fields(self, figure: Figure, number: int) -> None:
        key = figure.keys[number]
        self._time.show_value(key.at_s)
        self._time.setEnabled(number > 0)
        room = len(figure.keys) < MAX_KEYS
        self._add.setEnabled(room)
        self._copy.setEnabled(room)
        self._remove.setEnabled(len(figure.keys) > 1)
        self._head.blockSignals(True)  # Qt's own name
        self._head.setRange(0, round(self._end(figure) * _TICKS_A_SECOND))
        if self._began is None:
            self._head.setValue(round(key.at_s * _TICKS_A_SECOND))
            self._tell_time(key.at_s)
        self._head.blockSignals(False)

    def _picture(self, figure: Figure, number: int) -> QPixmap:
        key = figure.keys[number]
        mark = (key.pose, figure.pins, figure.scenery, figure.root, figure.view, figure.glow)
        if mark not in self._pictures:
            if len(self._pictures) > 4 * MAX_KEYS:
                self._pictures.clear()
            first = KeyFrame(0.0, figure.keys[0].pose)
            keys = (first, KeyFrame(1.0, key.pose)) if number else (first,)
            alone = replace(
                figure, play=Play.ONCE, cycle_s=1.0, keys=keys, alternate=False, stride=0.0
            )
            self._pictures[mark] = thumbnail(
                alone,
                QSize(PICTURE_PX, PICTURE_PX),
                self._theme.figure,
                self.devicePixelRatioF(),
                1.0 if number else 0.0,
                Side.NONE,
            )
        return self._pictures[mark]

    # -- playing

    @property
    def is_playing(self) -> bool:
        """Whether time passes."""
        return self._began is not None

    def toggle(self) -> None:
        """Play, or stop where it is."""
        if self._began is not None:
            self.stop()
        elif self._figure is not None:
            self._began, self._began_s = monotonic(), self._head.value() / _TICKS_A_SECOND
            if self._began_s >= self._end(self._figure) - 0.02:
                self._began_s = 0.0
            self._play.setText(tr("Pause"))
            self._timer.start()

    def stop(self) -> None:
        """Let time stand still."""
        self._timer.stop()
        self._began = None
        self._play.setText(tr("Play"))

    def hideEvent(self, event: QHideEvent) -> None:
        """Play nothing that nobody sees."""
        super().hideEvent(event)
        self.stop()

    def _tick(self) -> None:
        if self._began is None or self._figure is None:
            return
        end = self._end(self._figure)
        t_s = self._began_s + monotonic() - self._began
        if self._figure.play is Play.ONCE and t_s >= end:
            self.stop()
            t_s = end
        t_s = t_s % end if t_s > end else t_s
        self._head.blockSignals(True)  # Qt's own name
        self._head.setValue(round(t_s * _TICKS_A_SECOND))
        self._head.blockSignals(False)
        self._tell_time(t_s)
        self.shown_at.emit(t_s)

    def _head_moved(self, ticks: int) -> None:
        self.stop()
        self._tell_time(ticks / _TICKS_A_SECOND)
        self.shown_at.emit(ticks / _TICKS_A_SECOND)

    def _tell_time(self, t_s: float) -> None:
        if self._figure is not None:
            end = self._end(self._figure)
            self._at.setText(tr("{time} of {all} s").format(time=f"{t_s:.1f}", all=f"{end:.1f}"))

    @staticmethod
    def _end(figure: Figure) -> float:
        held = BREATH_S if figure.play is Play.ONCE else 0.0
        return max(figure.cycle_s, figure.keys[-1].at_s) + held

    # -- what the user does

    def _row_chosen(self, row: int) -> None:
        if row >= 0:
            self.stop()
            self.chosen.emit(row)

    def _clicked(self) -> None:
        """Come back from the playhead to the key frame that is chosen already."""
        self.stop()
        self.chosen.emit(self._list.currentRow())

    def _ask_to_add(self) -> None:
        self.stop()
        self.add_requested.emit(self._head.value() / _TICKS_A_SECOND)
