"""The buttons below the editor's list of steps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from uncramp.model.language import tr
from uncramp.ui.widgets import button


class StepActions(QWidget):
    """What can be done with the list and the chosen step.

    Signals:
        add_requested: another exercise.
        copy_requested: the chosen step once more.
        remove_requested: the chosen step away.
        up_requested: the chosen step one place up.
        down_requested: one place down.
        group_requested: several times around.
    """

    add_requested = Signal()
    copy_requested = Signal()
    remove_requested = Signal()
    up_requested = Signal()
    down_requested = Signal()
    group_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        add = button(tr("Add exercise"), kind="primary", tip="Ctrl+N")
        add.clicked.connect(self.add_requested)
        up = button("↑", kind="small", tip=tr("Move up (Alt+Up)"))
        up.setAccessibleName(tr("Move up"))
        up.clicked.connect(self.up_requested)
        down = button("↓", kind="small", tip=tr("Move down (Alt+Down)"))
        down.setAccessibleName(tr("Move down"))
        down.clicked.connect(self.down_requested)
        self._group = button(tr("Repeat"), kind="tight", tip=tr("In rounds (Ctrl+G)"))
        self._group.clicked.connect(self.group_requested)
        copy = button(tr("Copy"), kind="tight", tip="Ctrl+D")
        copy.clicked.connect(self.copy_requested)
        remove = button(tr("Remove"), kind="tight", tip=tr("Delete"))
        remove.clicked.connect(self.remove_requested)
        self._for_steps = (up, down, copy, remove)
        more = QHBoxLayout()
        more.setSpacing(6)
        more.addStretch(1)
        for part in (up, down, self._group, copy, remove):
            more.addWidget(part)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(add)
        self._row.addLayout(more, 1)

    def allow(self, *, step: bool, group: bool) -> None:
        """Tell whether a step is chosen, and whether it can be done in rounds."""
        for part in self._for_steps:
            part.setEnabled(step)
        self._group.setEnabled(group)

    def set_narrow(self, narrow: bool) -> None:
        """Let the buttons stand below each other, or in one row."""
        directions = QBoxLayout.Direction
        wanted = directions.TopToBottom if narrow else directions.LeftToRight
        if self._row.direction() is not wanted:
            self._row.setDirection(wanted)
