"""What is wrong with what is being written, each with its way to the place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy

from uncramp.model.language import tr
from uncramp.model.problem import Problem

_SHOWN = 3
_PLACE = Qt.ItemDataRole.UserRole


class ProblemList(QListWidget):
    """The problems in their order; hidden when there are none.

    Signals:
        place_requested: what `show_problems` was given as the place of the chosen problem.
    """

    place_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problems")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Problems"))
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_problems(
        self,
        problems: Sequence[Problem],
        place_of: Callable[[Problem], object],
        colour: QColor,
        words_of: Callable[[Problem], str] | None = None,
    ) -> None:
        """Show problems, each with the place that a click leads to.

        Args:
            problems: in the order of their places.
            place_of: returns what `place_requested` tells of one.
            colour: of the words.
            words_of: returns the words for one; without it they are those of the file.
        """
        self.clear()
        for problem in problems:
            words = words_of(problem) if words_of else problem.message
            item = QListWidgetItem(f"⚠  {words}")
            item.setData(_PLACE, place_of(problem))
            item.setForeground(colour)
            self.addItem(item)
        self.setVisible(bool(problems))
        self.setFixedHeight(min(len(problems), _SHOWN) * self.sizeHintForRow(0) + 14)

    def _choose(self, item: QListWidgetItem) -> None:
        self.place_requested.emit(item.data(_PLACE))
