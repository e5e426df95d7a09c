"""The editor's fields for the chosen step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.workshop.editing import EditedStep
from uncramp.model.exercise import Exercise
from uncramp.model.language import tr
from uncramp.model.routine import SET_UP_S, SWITCH_S
from uncramp.ui.fields import Line, Stepper
from uncramp.ui.painted import ChoiceBox, Switch
from uncramp.ui.widgets import button, label

_LONGEST_NOTE = 300
_LONGEST_WORD = "Repetitions"


class StepDetails(QWidget):
    """What one step, or one group of rounds, says.

    Signals:
        changed: key and new value; None leaves it to the usual.
        count_requested: whether repetitions shall be counted instead of seconds.
        ungroup_requested: the steps of the group shall stand for themselves.
    """

    changed = Signal(str, object)
    count_requested = Signal(bool)
    ungroup_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._count = self._choice([(tr("Seconds"), False), (tr("Repetitions"), True)])
        self._count.activated.connect(self._count_chosen)
        self._half = self._choice(
            [(tr("If it is long"), None), (tr("Always"), True), (tr("Never"), False)]
        )
        self._half.activated.connect(self._half_chosen)
        self._alternate = Switch()
        self._alternate.toggled.connect(self._alternate_toggled)
        self._numbers = {
            "rounds": Stepper(1, 20, 1),
            "seconds": Stepper(1, 3600, 5, tr("s")),
            "repetitions": Stepper(1, 500, 1),
            "repetition_s": Stepper(0.2, 60, 0.5, tr("s"), decimals=1),
            "sets": Stepper(1, 20, 1),
            "rest_s": Stepper(0, 600, 5, tr("s")),
            "switch_s": Stepper(0, 60, 1, tr("s")),
            "set_up_s": Stepper(0, 120, 1, tr("s")),
        }
        self._note = Line(_LONGEST_NOTE, tr("One sentence shown with the step"))
        self._note.setAccessibleName(tr("Note"))
        self._note.committed.connect(self._note_committed)
        self._ungroup = button(tr("Ungroup"))
        self._ungroup.clicked.connect(self.ungroup_requested)
        self._names: dict[QWidget, QWidget] = {}
        self._lay_out()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(self._grid)
        whole.addWidget(self._note)
        foot = QHBoxLayout()
        foot.addWidget(self._ungroup)
        foot.addStretch(1)
        whole.addLayout(foot)

    def show_step(self, step: EditedStep | None, exercise: Exercise | None) -> None:
        """Show what a step says; None shows nothing."""
        is_group = step is not None and step.rounds is not None
        is_step = step is not None and not is_group
        values = step.values if step is not None else {}
        counted = values.get("repetitions") is not None
        each = step is not None and step.each_side
        sets = _number(values.get("sets"), 1)
        shown = {
            "rounds": is_group,
            "seconds": is_step and not counted,
            "repetitions": is_step and counted,
            "repetition_s": is_step and counted and values.get("seconds") is None,
            "sets": is_step,
            "rest_s": is_step and sets > 1 and not (each and values.get("alternate")),
            "switch_s": is_step and each,
            "set_up_s": is_step and step is not None and step.place != (0,),
        }
        usual = {
            "repetition_s": exercise.cycle_s or 1.0 if exercise else 1.0,
            "switch_s": SWITCH_S,
            "set_up_s": SET_UP_S,
            "rest_s": 0.0,
        }
        for key, field in self._numbers.items():
            self._show(field, shown[key])
            field.show_value(_number(values.get(key), usual.get(key, 1.0)))
        self._show(self._count, is_step)
        self._count.setCurrentIndex(int(counted))
        self._show(self._alternate, is_step and each and sets > 1)
        self._alternate.blockSignals(True)  # Qt's own name
        self._alternate.setChecked(values.get("alternate") is True)
        self._alternate.blockSignals(False)
        self._show(self._half, is_step)
        self._half.setCurrentIndex({True: 1, False: 2}.get(values.get("half_way"), 0))  # type: ignore[arg-type]  # None is one of the keys that are not there
        self._note.setVisible(is_step)
        note = values.get("note")
        note = note.get("default", "") if isinstance(note, dict) else note
        self._note.show_text(note if isinstance(note, str) else "")
        self._ungroup.setVisible(is_group)

    # -- building

    def _lay_out(self) -> None:
        names = {
            "rounds": tr("Rounds"),
            "seconds": tr("Time"),
            "repetitions": tr("Repetitions"),
            "repetition_s": tr("Time for each"),
            "sets": tr("Sets"),
            "rest_s": tr("Rest between sets"),
            "switch_s": tr("Time to change sides"),
            "set_up_s": tr("Time to get into place"),
        }
        self._row(tr("Measured in"), self._count)
        for key in ("rounds", "seconds", "repetitions", "repetition_s", "sets", "rest_s"):
            self._number_row(key, names[key])
        self._row(tr("Change sides after every set"), self._alternate)
        for key in ("switch_s", "set_up_s"):
            self._number_row(key, names[key])
        self._row(tr("Announce halfway"), self._half)

    def _number_row(self, key: str, name: str) -> None:
        field = self._numbers[key]
        field.setObjectName(key)
        field.changed.connect(self._number_changed)
        field.set_name(name)
        self._row(name, field)

    def _row(self, name: str, field: QWidget) -> None:
        row = self._grid.rowCount()
        words = label("body", name, wrap=True)
        # It may wrap, unlike the field beside it, but only between words.
        words.setMinimumWidth(words.fontMetrics().horizontalAdvance(_LONGEST_WORD))
        self._names[field] = words
        if not isinstance(field, Stepper):
            field.setAccessibleName(name)
        self._grid.addWidget(words, row, 0)
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)

    def _choice(self, choices: list[tuple[str, object]]) -> QComboBox:
        box = ChoiceBox()
        for name, value in choices:
            box.addItem(name, value)
        box.setMinimumWidth(168)
        return box

    def _show(self, field: QWidget, shown: bool) -> None:
        field.setVisible(shown)
        self._names[field].setVisible(shown)

    # -- what the user changes

    def _number_changed(self, value: float) -> None:
        key = self.sender().objectName()
        whole = float(value).is_integer()
        self.changed.emit(key, int(value) if whole else round(value, 2))

    def _count_chosen(self, index: int) -> None:
        self.count_requested.emit(bool(index))

    def _half_chosen(self, index: int) -> None:
        self.changed.emit("half_way", (None, True, False)[index])

    def _alternate_toggled(self, checked: bool) -> None:
        self.changed.emit("alternate", True if checked else None)

    def _note_committed(self, text: str) -> None:
        self.changed.emit("note", text or None)


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise
