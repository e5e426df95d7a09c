"""Fields whose answer may be missing: what was not said is neither no nor zero."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QToolTip,
    QWidget,
)

from uncramp.coach.diary.tracking import Field, Kind
from uncramp.model.diary import DayValue
from uncramp.model.language import tr
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.fields import NumberField
from uncramp.ui.painted import ChoiceBox

_NOT_SAID = "–"


class Swatches(QWidget):
    """Painted samples of a colour, one of them chosen or none.

    Signals:
        changed: another sample, or none.
    """

    changed = Signal()

    def __init__(self, name: str, samples: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._name = name
        self._samples = [(QColor(colour), words) for colour, words in samples]
        self.chosen: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def show_chosen(self, number: int | None) -> None:
        """Show sample `number`, from 1, as chosen."""
        self.chosen = number if number and 1 <= number <= len(self._samples) else None
        self._tell()

    def choose(self, number: int | None) -> None:
        """Choose a sample; the chosen one again takes it back."""
        self.chosen = None if number == self.chosen else number
        self._tell()
        self.changed.emit()

    def sample_of(self, number: int) -> QRectF:
        """Return where sample `number`, from 1, is."""
        side = float(self.height())
        width = self.width() / len(self._samples)
        return QRectF((number - 1) * width, 0, width, side).adjusted(2, 2, -2, -2)

    def sizeHint(self) -> QSize:
        """Return the room of all samples."""
        side = min(44, max(34, round(self.fontMetrics().height() * 2)))
        return QSize(side * len(self._samples), side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the samples; the chosen one has a ring and a dot."""
        del event
        colours = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (colour, _) in enumerate(self._samples, 1):
            place = self.sample_of(number)
            painter.setBrush(colour)
            chosen = number == self.chosen
            ring = colours.windowText().color() if chosen else colours.mid().color()
            painter.setPen(QPen(ring, 2.4 if chosen else 1.0))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 7, 7)
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                # On every sample, whatever the theme: they are the same in all of them.
                painter.setBrush(QColor(0, 0, 0, 200))
                painter.drawEllipse(place.center(), 4, 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.highlight().color(), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the sample that is clicked."""
        number = self._at(event.position())
        if number is not None:
            self.choose(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by arrows; Backspace takes the answer back."""
        last = len(self._samples)
        if event.key() == Qt.Key.Key_Right:
            self.choose(min(last, (self.chosen or 0) + 1) if self.chosen != last else None)
        elif event.key() == Qt.Key.Key_Left and self.chosen != 1:
            self.choose((self.chosen or 2) - 1)
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete} and self.chosen:
            self.choose(self.chosen)
        else:
            super().keyPressEvent(event)

    def event(self, event: object) -> bool:
        """Name the sample below the pointer."""
        if isinstance(event, QHelpEvent):
            number = self._at(QPointF(event.pos()))
            words = "" if number is None else self._samples[number - 1][1]
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def _at(self, point: QPointF) -> int | None:
        numbers = range(1, len(self._samples) + 1)
        return next((n for n in numbers if self.sample_of(n).contains(point)), None)

    def _tell(self) -> None:
        words = tr("no answer") if self.chosen is None else self._samples[self.chosen - 1][1]
        self.setAccessibleName(f"{self._name}: {words}")
        self.update()


class FieldEditor(QWidget):
    """The editor of one field of a day.

    Signals:
        changed: the key of the field.
    """

    changed = Signal(str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._editor = self._made(field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._editor)
        self.setFocusProxy(self._editor)
        if field.hint:
            self._editor.setAccessibleDescription(field.hint)
        if isinstance(self._editor, ChoiceBox):
            self._editor.currentIndexChanged.connect(self._tell)
        else:
            self._editor.changed.connect(self._tell)

    def _made(self, field: Field) -> "Chips | NumberField | Swatches | ChoiceBox":
        if field.kind is Kind.YES_NO:
            return Chips(((True, tr("Yes")), (False, tr("No"))), field.title)
        if field.kind is Kind.NUMBER:
            return NumberField(field.title, field.unit, field.highest, field.step, field.usual)
        if field.kind is Kind.SWATCH:
            return Swatches(field.title, field.swatches)
        box = ChoiceBox()
        box.setAccessibleName(field.title)
        box.addItem(_NOT_SAID, None)
        for value, words in field.choices:
            box.addItem(words, value)
        return box

    @property
    def value(self) -> DayValue | None:
        """The answer; None when nothing was said."""
        editor = self._editor
        if isinstance(editor, NumberField):
            number = editor.number
            if number is not None and number.is_integer():
                return int(number)
            return number
        if isinstance(editor, Swatches):
            return editor.chosen
        if isinstance(editor, ChoiceBox):
            chosen = editor.currentData()
            return None if chosen is None else str(chosen)
        return None if editor.value is None else bool(editor.value)

    def show_value(self, value: DayValue | None) -> None:
        """Show an answer without telling anybody; one that does not fit is not shown."""
        known = value if value is not None and self.field.accepts(value) else None
        editor = self._editor
        if isinstance(editor, NumberField):
            editor.show_number(None if known is None else float(known))
        elif isinstance(editor, Swatches):
            editor.show_chosen(None if known is None else int(known))
        elif isinstance(editor, ChoiceBox):
            editor.blockSignals(True)  # Qt's own name
            editor.setCurrentIndex(max(0, editor.findData(known)) if known is not None else 0)
            editor.blockSignals(False)
        else:
            editor.set_values(() if known is None else (known,))

    def _tell(self) -> None:
        self.changed.emit(self.field.key)
