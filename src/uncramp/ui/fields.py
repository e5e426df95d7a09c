"""Fields for numbers and short texts."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QWidget,
)

from uncramp.model.language import tr
from uncramp.ui.widgets import button

_NOT_SAID = "–"
_HOURS = re.compile(r"\s*(\d{1,2}):([0-5]\d)(?!\d)")
_TYPED_HOURS = re.compile(r"\s*\d{1,2}:([0-5]\d?)?(?!\d)")


def not_saved() -> str:
    """Return what Esc says where it would throw answers away; it does so the second time."""
    return tr("This is not saved yet. Press Esc again to discard it, or Ctrl+S to save it.")


class _Number(QDoubleSpinBox):
    """A number without more digits than it has; the wheel scrolls the page that it stands on."""

    def textFromValue(self, value: float) -> str:
        return f"{value:g}"

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Minutes(_Number):
    """Minutes, which may be typed as hours and minutes as well: 2:05 is 125."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if _TYPED_HOURS.match(text):
            whole = _HOURS.match(text)
            state = QValidator.State.Acceptable if whole else QValidator.State.Intermediate
            return state, text, position
        found: tuple[QValidator.State, str, int] = super().validate(text, position)
        return found

    def valueFromText(self, text: str) -> float:
        found = _HOURS.match(text)
        if found is None:
            return super().valueFromText(text)
        return 60.0 * int(found[1]) + int(found[2])


class Slider(QSlider):
    """A slider that leaves the wheel to the page that it stands on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Stepper(QWidget):
    """A number between two buttons.

    Args:
        lowest: the smallest number.
        highest: the largest number.
        step: what one press of a button adds.
        unit: shown behind the number.
        decimals: digits behind the point.
        hours: the number is minutes, and 2:05 may be typed for 125.

    Signals:
        changed: the new number, whoever changed it.
    """

    changed = Signal(float)

    def __init__(
        self,
        lowest: float,
        highest: float,
        step: float,
        unit: str = "",
        decimals: int = 0,
        *,
        hours: bool = False,
    ) -> None:
        super().__init__()
        self._number = _Minutes() if hours else _Number()
        self._number.setRange(lowest, highest)
        self._number.setSingleStep(step)
        self._number.setDecimals(decimals)
        self._decimals = decimals
        self._number.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setSuffix(f" {unit}" if unit else "")
        self._number.setMinimumWidth(84)
        self._number.setKeyboardTracking(False)
        self._number.valueChanged.connect(self.changed)
        self._less, self._more = button("−", kind="small"), button("+", kind="small")
        self._less.clicked.connect(self._number.stepDown)
        self._more.clicked.connect(self._number.stepUp)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self._less, self._number, self._more):
            row.addWidget(part)
        for part in (self._less, self._more):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same
            part.setFixedWidth(36)
            part.setAutoRepeat(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._number)

    def value(self) -> float:
        """Return the number."""
        return self._number.value()

    def show_value(self, value: float) -> None:
        """Show another number without telling anybody."""
        self._number.blockSignals(True)  # Qt's own name
        # Somebody's file may say more digits than a press of the button gives.
        self._number.setDecimals(max(self._decimals, 0 if float(value).is_integer() else 2))
        self._number.setValue(value)
        self._number.blockSignals(False)

    def set_range(self, lowest: float, highest: float, step: float, unit: str = "") -> None:
        """Count something else."""
        self._number.blockSignals(True)  # Qt's own name
        self._decimals = 1 if step >= 1 else 3
        self._number.setDecimals(self._decimals)
        self._number.setRange(lowest, highest)
        self._number.setSingleStep(step)
        self._number.setSuffix(unit if unit in {"", "°"} else f" {unit}")
        self._number.blockSignals(False)

    def be_as_wide_as(self, text: str) -> None:
        """Leave room for `text`, so that fields below each other are alike."""
        _widen(self._number, text)

    def set_name(self, name: str) -> None:
        """Tell screen readers what the number means."""
        self._number.setAccessibleName(name)
        self._less.setAccessibleName(tr("{name}: less").format(name=name))
        self._more.setAccessibleName(tr("{name}: more").format(name=name))


class _MaybeNumber(QDoubleSpinBox):
    """A number, or nothing below its smallest; turning it up from nothing begins at `usual`."""

    def __init__(self, lowest: float, highest: float, step: float, usual: float) -> None:
        super().__init__()
        self._lowest, self._usual = lowest, usual
        self.setDecimals(2)
        self.setRange(lowest - step, highest)
        self.setSingleStep(step)
        self.setSpecialValueText(_NOT_SAID)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)
        self.setValue(self.minimum())

    @property
    def is_said(self) -> bool:
        """Whether there is a number."""
        return self.value() >= self._lowest

    def textFromValue(self, value: float) -> str:
        """Return the number without more digits than it has."""
        return f"{value:g}"

    def stepBy(self, steps: int) -> None:
        """Begin where most people are."""
        if not self.is_said and steps > 0:
            self.setValue(self._usual)
        else:
            super().stepBy(steps)


class NumberField(QWidget):
    """A number between two buttons that may be missing.

    Signals:
        changed: another number, or none.
    """

    changed = Signal()

    def __init__(
        self, name: str, unit: str, highest: float, step: float, usual: float, lowest: float = 0.0
    ) -> None:
        super().__init__()
        self._number = _MaybeNumber(lowest, highest, step, usual)
        self._number.setSuffix(f" {unit}" if unit else "")
        self._number.setAccessibleName(name)
        _widen(self._number, f"00.00 {unit}")
        self._number.valueChanged.connect(self.changed)
        less, more = button("−", kind="small"), button("+", kind="small")
        less.clicked.connect(self._number.stepDown)
        more.clicked.connect(self._number.stepUp)
        less.setAccessibleName(tr("{name}: less").format(name=name))
        more.setAccessibleName(tr("{name}: more").format(name=name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (less, self._number, more):
            row.addWidget(part)
        for part in (less, more):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same
            part.setFixedWidth(36)
            part.setAutoRepeat(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._number)

    def be_as_wide_as(self, text: str) -> None:
        """Leave room for `text`, so that fields below each other are alike."""
        _widen(self._number, text)

    @property
    def number(self) -> float | None:
        """The number; None when nothing was said."""
        return self._number.value() if self._number.is_said else None

    def show_number(self, number: float | None) -> None:
        """Show a number without telling anybody."""
        self._number.blockSignals(True)  # Qt's own name
        self._number.setValue(self._number.minimum() if number is None else number)
        self._number.blockSignals(False)


def _widen(field: QDoubleSpinBox, text: str) -> None:
    wide = field.fontMetrics().horizontalAdvance(text) + 28
    field.setMinimumWidth(max(field.minimumWidth(), wide))


class Line(QLineEdit):
    """A short text; it tells its new value when it is left, or Enter is pressed.

    Signals:
        committed: the text without blanks around it.
    """

    committed = Signal(str)

    def __init__(self, longest: int, hint: str = "") -> None:
        super().__init__()
        self.setMaxLength(longest)
        self.setPlaceholderText(hint)
        self._shown = ""

    def show_text(self, text: str) -> None:
        """Show another text without telling anybody; what is being typed stays."""
        if text != self._shown:
            self._shown = text
            self.setText(text)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter commits, Esc takes the old text back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._commit()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when it is left."""
        super().focusOutEvent(event)
        self._commit()

    def _commit(self) -> None:
        text = " ".join(self.text().split())
        if text != self._shown:
            self._shown = text
            self.committed.emit(text)
