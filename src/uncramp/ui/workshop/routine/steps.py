"""The editor's list of steps: chosen, dragged and moved by keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
)

from uncramp.coach.workshop.editing import EditedStep
from uncramp.model.language import tr
from uncramp.routines.edit import Place
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import icon_of

PICTURE_PX = 44
_PLACE = Qt.ItemDataRole.UserRole
_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
_Position = QAbstractItemView.DropIndicatorPosition


class StepTree(QTreeWidget):
    """Steps and groups of rounds.

    Signals:
        chosen: the place of the step that is current now.
        move_requested: a step's place, and the place that it shall have without itself.
        remove_requested: the place of a step that shall go.
    """

    chosen = Signal(object)
    move_requested = Signal(object, object)
    remove_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(26)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Steps"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._tell_chosen)
        self._alert = QColor()
        self._is_narrow = False

    def set_narrow(self, narrow: bool) -> bool:
        """Put doses below the names instead of beside them; tell whether that is a change."""
        changed, self._is_narrow = narrow != self._is_narrow, narrow
        return changed

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._alert = theme.qcolor("alert")

    def show_steps(
        self, steps: Sequence[EditedStep], pictures: Mapping[str, QPixmap], current: Place | None
    ) -> None:
        """Show all steps, `current` chosen; without it the one that was before."""
        wanted = current or self.place()
        self.blockSignals(True)  # Qt's own name
        self.clear()
        groups: dict[int, QTreeWidgetItem] = {}
        number = 0
        chosen: QTreeWidgetItem | None = None
        for step in steps:
            number += step.rounds is None
            item = self._item(step, number, pictures)
            if len(step.place) == 1:
                self.addTopLevelItem(item)
                groups[step.place[0]] = item
            else:
                groups[step.place[0]].addChild(item)
            if wanted is not None and step.place <= wanted:
                chosen = item
        self.expandAll()
        self.blockSignals(False)
        found = chosen or self.topLevelItem(0)
        if found is not None:
            self.setCurrentItem(found)

    def place(self) -> Place | None:
        """Return the place of the current step."""
        return _place(self.currentItem())

    def choose(self, place: Place) -> None:
        """Make the step at `place` the current one."""
        item = self.topLevelItem(place[0])
        if item is not None and len(place) > 1:
            item = item.child(place[1])
        if item is not None:
            self.setCurrentItem(item)

    def _item(
        self, step: EditedStep, number: int, pictures: Mapping[str, QPixmap]
    ) -> QTreeWidgetItem:
        name = step.name if step.rounds is not None else f"{number}.  {step.name}"
        dose = f"{step.dose}  ⚠" if step.problems else step.dose
        words = [f"{name}\n{dose}", ""] if self._is_narrow and dose else [name, dose]
        item = QTreeWidgetItem(words)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(0, _PLACE, step.place)
        if step.exercise in pictures:
            item.setIcon(0, icon_of(pictures[step.exercise]))
        if step.problems:
            told = "\n".join(problem.message for problem in step.problems)
            for column in (0, 1):
                item.setToolTip(column, told)
                item.setForeground(column, self._alert)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemIsDragEnabled
        if step.rounds is not None:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        item.setFlags(flags)
        return item

    def _tell_chosen(self, item: QTreeWidgetItem | None) -> None:
        self.chosen.emit(_place(item))

    # -- moving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the step; Delete takes it away."""
        place = self.place()
        if place is not None and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_requested.emit(place)
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in _ARROWS:
            self.move_current(Qt.Key(event.key()))
            return
        super().keyPressEvent(event)

    def move_current(self, arrow: Qt.Key) -> None:
        """Ask for the current step to go where the arrow leads, if it leads anywhere."""
        place = self.place()
        to = None if place is None else self._beside(place, arrow)
        if to is not None:
            self.move_requested.emit(place, to)

    def _beside(self, place: Place, key: Qt.Key) -> Place | None:
        """Return where an arrow leads: up, down, into the group above, or out of the group."""
        above, number = place[:-1], place[-1]
        if key == Qt.Key.Key_Up:
            return (*above, number - 1) if number > 0 else None
        if key == Qt.Key.Key_Down:
            owner = self.topLevelItem(place[0]) if above else None
            count = owner.childCount() if owner else self.topLevelItemCount()
            return (*above, number + 1) if number + 1 < count else None
        if key == Qt.Key.Key_Left and above:
            return (place[0] + 1,)
        if key == Qt.Key.Key_Right and not above and number > 0:
            group = self.topLevelItem(number - 1)
            item = self.topLevelItem(number)
            if group is not None and item is not None and group.childCount():
                return None if item.childCount() else (number - 1, group.childCount())
        return None

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the list is shown anew from the text that it makes."""
        place = self.place()
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        # Qt would take its own row away after a move.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        to = None if place is None else self._dropped_at(place, _place(target), where)
        if to is not None and to != place:
            self.move_requested.emit(place, to)

    def _dropped_at(self, place: Place, target: Place | None, where: _Position) -> Place | None:
        if target is None:
            to: Place = (self.topLevelItemCount(),)
        elif where is _Position.OnItem:
            item = self.topLevelItem(target[0])
            if item is None or len(target) > 1 or not item.childCount():
                return None
            to = (*target, item.childCount())
        else:
            to = (*target[:-1], target[-1] + (where is _Position.BelowItem))
        dragged = self.topLevelItem(place[0])
        if len(to) > 1 and len(place) == 1 and dragged is not None and dragged.childCount():
            return None  # a group does not go into a group
        return _without_itself(place, to)


def _without_itself(place: Place, to: Place) -> Place:
    """Return `to` as it is counted once the step at `place` has been taken away."""
    if len(place) == 1 and place[0] < to[0]:
        return (to[0] - 1, *to[1:])
    if len(place) == len(to) == 2 and place[0] == to[0] and place[1] < to[1]:
        return (to[0], to[1] - 1)
    return to


def _place(item: QTreeWidgetItem | None) -> Place | None:
    if item is None:
        return None
    place = item.data(0, _PLACE)
    return tuple(int(part) for part in place)
