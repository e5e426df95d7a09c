"""Small answers to tap: words that wrap like text, and a scale from 0 to 10."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QWidget,
)

from uncramp.model.diary import WORST
from uncramp.model.language import tr
from uncramp.ui.flow import FlowLayout

_GAP_PX = 8


class _Chip(QPushButton):
    """One answer; Enter taps it, and the arrows go to its neighbours."""

    def __init__(self, text: str, parent: "Chips") -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let Tab come back here."""
        super().focusInEvent(event)
        chips = self.parent()
        assert isinstance(chips, Chips)
        chips.stop_at(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows."""
        chips = self.parent()
        assert isinstance(chips, Chips)
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            chips.go_from(self, 1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """A row of answers: one of them, or with `several` any number; a second tap takes it back.

    For Tab it is one stop, within which the arrows go on.

    Signals:
        changed: another answer.
    """

    changed = Signal()

    def __init__(
        self,
        answers: Iterable[tuple[object, str]],
        name: str,
        *,
        several: bool = False,
        needed: bool = False,
    ) -> None:
        """Build the row.

        Args:
            answers: the value and the words of each.
            name: what is asked, for screen readers.
            several: any number of them may hold.
            needed: one of them always holds.
        """
        super().__init__()
        self._several, self._needed = several, needed
        self._name = name
        self._chips: list[_Chip] = []
        self._values: list[object] = []
        self._flow = FlowLayout(parent=self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        for value, words in answers:
            self.add(value, words)
        self.stop_at(None)

    def add(self, value: object, words: str) -> None:
        """Add an answer."""
        chip = _Chip(words, self)
        chip.setAccessibleName(f"{self._name}: {words}")
        chip.clicked.connect(self._tapped)
        self._chips.append(chip)
        self._values.append(value)
        self._flow.addWidget(chip)

    @property
    def value(self) -> object:
        """The one that holds; None when none does."""
        found = self.values
        return found[0] if found else None

    @property
    def values(self) -> tuple[object, ...]:
        """All that hold."""
        pairs = zip(self._values, self._chips, strict=True)
        return tuple(value for value, chip in pairs if chip.isChecked())

    def has(self, value: object) -> bool:
        """Tell whether there is such an answer."""
        return value in self._values

    def set_values(self, values: Sequence[object]) -> None:
        """Show these as holding."""
        for value, chip in zip(self._values, self._chips, strict=True):
            chip.setChecked(value in values)
        self.stop_at(None)

    def stop_at(self, wanted: _Chip | None) -> None:
        """Let Tab find this answer; without one the first that holds, or the first."""
        chosen = [chip for chip in self._chips if chip.isChecked()] or self._chips
        for chip in self._chips:
            is_stop = chip is (wanted or chosen[0])
            policy = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)

    def tap(self, value: object) -> None:
        """Do as a tap does."""
        self._chips[self._values.index(value)].click()

    def go_from(self, chip: _Chip, step: int) -> None:
        """Give the focus to a neighbour."""
        number = self._chips.index(chip) + step
        if 0 <= number < len(self._chips):
            self._chips[number].setFocus()

    def take_focus(self) -> None:
        """Let the keys choose here."""
        chosen = [chip for chip in self._chips if chip.isChecked()]
        (chosen or self._chips)[0].setFocus()

    def _tapped(self) -> None:
        tapped = self.sender()
        assert isinstance(tapped, _Chip)
        if not self._several:
            for chip in self._chips:
                if chip is not tapped:
                    chip.setChecked(False)
            if self._needed:
                tapped.setChecked(True)
        self.changed.emit()


class Scale(Chips):
    """Eleven answers from 0 to 10; the digits on the keyboard tap them too."""

    def __init__(self, name: str) -> None:
        super().__init__(((n, str(n)) for n in range(WORST + 1)), name)
        self._flow._gap = 4
        for chip in self._chips:
            chip.setProperty("kind", "scale")

    @property
    def level(self) -> int | None:
        """What is chosen."""
        value = self.value
        return value if isinstance(value, int) else None

    def set_level(self, level: int | None) -> None:
        """Show a level, or none."""
        self.set_values(() if level is None else (level,))


def scale_ends() -> str:
    """Return what 0 and 10 mean."""
    return tr("0 none, 10 the worst there is")
