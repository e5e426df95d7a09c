"""The words of an exercise: what to do, how much of it, and what to mind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from uncramp.coach.wording import prop_name
from uncramp.coach.workshop.exercise_editing import REQUIRED, ExerciseEditor
from uncramp.model.exercise import Kind, Prop, Sides
from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.ui.fields import Line, Stepper
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.widgets import card, label
from uncramp.ui.workshop.exercise.fields import LineList, Marks, Sentence

_LONGEST_SENTENCE = 300
_LONGEST_LINE = 120
_LONGEST_SOURCE = 400
_LONGEST_SIDE = 60
_LABEL_PX = 210
_LISTS = {"muscles": 8, "cues": 8, "mistakes": 12, "sources": 12}
_DOSES = ("seconds", "repetitions", "sets", "rest_s")


class ExerciseForm(QScrollArea):
    """Fields for everything that is not drawn.

    Signals:
        changed: the editor's text is another one now.
    """

    changed = Signal()

    def __init__(self, editor: ExerciseEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setObjectName("on_card")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fields: dict[str, QWidget] = {}
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self._names = {"name": tr("Name")}
        inside = card()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(24, 18, 24, 18)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, _LABEL_PX)
        self._build()
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.setWidget(inside)
        self.refresh()

    def words_of(self, problem: Problem) -> str:
        """Return a problem in the names of the fields; the file has others, for its own readers."""
        message = problem.message
        for key, name in self._names.items():
            if message == tr('missing key "{key}"{where}').format(key=key, where=""):
                return tr("“{name}” is not filled in yet").format(name=name)
            message = message.replace(f'"{key}"', f"“{name}”")
        return message

    # -- building

    def _build(self) -> None:
        self._choice("kind", tr("Kind"), tr("How the body moves"), _kinds())
        self._choice("sides", tr("Sides"), tr("One leg after the other, or both"), _sides())
        self._side_names()
        self._dose()
        self._number(
            "cycle_s", tr("Tempo"), tr("Seconds for one repetition, or for once in and out")
        )
        self._sentence("start", tr("To start"), tr("How to get into place"))
        self._list("cues", tr("What the voice says"), tr("Short, and the most important first"))
        self._sentence("feel", tr("What it feels like"), tr("Where you feel it, and how strongly"))
        self._list("mistakes", tr("Common mistakes"), tr("What people often do wrong"))
        self._list("muscles", tr("Muscles"), tr("What works or is stretched, nearest first"))
        props = Marks([(prop_name(prop), prop.value) for prop in Prop])
        props.changed.connect(self._props_changed)
        self._row("props", tr("Equipment"), tr("What you need for it"), props)
        self._sentence("caution", tr("Caution"), tr("When to leave it out or take care"))
        self._sentence("gate", tr("Only after"), tr("What must come before it"))
        self._sentence("easier", tr("Easier"), tr("How to make it easier"))
        self._sentence("harder", tr("Harder"), tr("How to make it harder"))
        self._list("sources", tr("Sources"), tr("Where this comes from"))

    def _row(self, key: str, name: str, sentence: str, field: QWidget) -> None:
        title = tr("{name} *").format(name=name) if key in REQUIRED else name
        words = QWidget()
        words.setObjectName("on_card")
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(label("heading", title, wrap=True))
        column.addWidget(label("soft", sentence, wrap=True))
        column.addStretch(1)
        row = self._grid.rowCount()
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignTop)
        self._names[key] = name
        self._fields[key] = field
        self._rows[key] = (words, field)
        if not field.accessibleName():
            field.setAccessibleName(
                tr("{name}, required").format(name=name) if key in REQUIRED else name
            )
        field.setAccessibleDescription(sentence)

    def _choice(self, key: str, name: str, sentence: str, choices: list[tuple[str, str]]) -> None:
        box = ChoiceBox()
        for words, value in choices:
            box.addItem(words, value)
        box.setObjectName(key)
        box.activated.connect(self._chosen)
        self._row(key, name, sentence, box)

    def _side_names(self) -> None:
        both = QWidget()
        both.setObjectName("on_card")
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for key, hint in (("side_left", tr("Left leg")), ("side_right", tr("Right leg"))):
            line = Line(_LONGEST_SIDE, hint)
            line.setAccessibleName(tr("Said for: {side}").format(side=hint))
            line.setObjectName(key)
            line.committed.connect(self._text_given)
            self._fields[key] = line
            row.addWidget(line)
        self._row("side_names", tr("Said for each side"), tr("If it is not a leg that works"), both)

    def _dose(self) -> None:
        both = QWidget()
        both.setObjectName("on_card")
        grid = QGridLayout(both)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        names = {
            "seconds": (tr("Time"), Stepper(0, 3600, 5, tr("s"))),
            "repetitions": (tr("Repetitions"), Stepper(0, 500, 1)),
            "sets": (tr("Sets"), Stepper(1, 20, 1)),
            "rest_s": (tr("Rest between sets"), Stepper(0, 600, 5, tr("s"))),
        }
        self._doses: dict[str, Stepper] = {}
        for number, (key, (name, field)) in enumerate(names.items()):
            field.setObjectName(key)
            field.set_name(name)
            field.changed.connect(self._dose_given)
            grid.addWidget(label("soft", name), number // 2, 2 * (number % 2))
            grid.addWidget(field, number // 2, 2 * (number % 2) + 1, Qt.AlignmentFlag.AlignLeft)
            self._doses[key] = field
            self._names[key] = name
        grid.setColumnStretch(3, 1)
        words = tr("What a routine starts with; 0 leaves it out")
        self._row("dose", tr("Usual dose"), words, both)

    def _number(self, key: str, name: str, words: str) -> None:
        field = Stepper(0, 60, 0.5, tr("s"), decimals=1)
        field.set_name(name)
        field.setObjectName(key)
        field.changed.connect(self._number_given)
        self._row(key, name, words, field)

    def _sentence(self, key: str, name: str, words: str) -> None:
        field = Sentence(_LONGEST_SENTENCE)
        field.setObjectName(key)
        field.committed.connect(self._text_given)
        self._row(key, name, words, field)

    def _list(self, key: str, name: str, words: str) -> None:
        longest = _LONGEST_SOURCE if key == "sources" else _LONGEST_LINE
        field = LineList(name, longest, _LISTS[key], tr("Write a new line and press Enter"))
        field.setObjectName(key)
        field.added.connect(self._line_added)
        field.changed.connect(self._line_changed)
        field.removed.connect(self._line_removed)
        field.moved.connect(self._line_moved)
        self._row(key, name, words, field)

    # -- showing

    def refresh(self) -> None:
        """Show what the editor holds now."""
        editor = self._editor
        for key, field in self._fields.items():
            if isinstance(field, LineList):
                field.show_items(editor.items_of(key))
            elif isinstance(field, Sentence | Line):
                field.show_text(editor.text_of(key))
            elif isinstance(field, ChoiceBox):
                field.setCurrentIndex(field.findData(editor.values.get(key)))
            elif isinstance(field, Marks):
                field.show_chosen(editor.items_of(key))
            elif isinstance(field, Stepper):
                field.show_value(_number(editor.values.get(key)))
        dose = editor.values.get("dose")
        for key, number in self._doses.items():
            usual = 1.0 if key == "sets" else 0.0
            value = dose.get(key) if isinstance(dose, dict) else None
            number.show_value(_number(value, usual))
        each = editor.values.get("sides") == Sides.EACH.value
        for part in self._rows["side_names"]:
            part.setVisible(each)

    def go_to(self, key: str) -> bool:
        """Give a field the focus, by its key in the file; tell whether there is one."""
        field = self._doses["seconds"] if key == "dose" else self._fields.get(key)
        if field is None:
            return False
        if isinstance(field, LineList | Marks):
            field.take_focus()
        else:
            field.setFocus()
        self.ensureWidgetVisible(field, 0, 60)
        return True

    def field(self, key: str) -> QWidget:
        """Return the field of a key of the file."""
        return self._fields[key]

    # -- what the user changes

    def _told(self) -> None:
        self.refresh()
        self.changed.emit()

    def _chosen(self, index: int) -> None:
        box = self.sender()
        assert isinstance(box, ChoiceBox)
        self._editor.set_value(box.objectName(), str(box.itemData(index)))
        self._told()

    def _text_given(self, text: str) -> None:
        self._editor.set_value(self.sender().objectName(), text or None)
        self._told()

    def _number_given(self, value: float) -> None:
        key = self.sender().objectName()
        whole = float(value).is_integer()
        self._editor.set_value(key, (int(value) if whole else round(value, 2)) or None)
        self._told()

    def _dose_given(self, value: float) -> None:
        key = self.sender().objectName()
        nothing = value <= (1.0 if key == "sets" else 0.0)
        self._editor.set_dose(key, None if nothing else value)
        self._told()

    def _props_changed(self, values: list[str]) -> None:
        self._editor.set_items("props", values)
        self._told()

    def _line_added(self, text: str) -> None:
        self._editor.add_item(self.sender().objectName(), text)
        self._told()

    def _line_changed(self, number: int, text: str) -> None:
        self._editor.set_item(self.sender().objectName(), number, text)
        self._told()

    def _line_removed(self, number: int) -> None:
        self._editor.remove_item(self.sender().objectName(), number)
        self._told()

    def _line_moved(self, number: int, to: int) -> None:
        self._editor.move_item(self.sender().objectName(), number, to)
        self._told()


def _kinds() -> list[tuple[str, str]]:
    return [
        (tr("Hold a position"), Kind.HOLD.value),
        (tr("Slowly in and out"), Kind.OSCILLATE.value),
        (tr("Counted repetitions"), Kind.REPETITIONS.value),
        (tr("Walk, jog or hop"), Kind.TRAVEL.value),
        (tr("Rest, breathe, warm or cool"), Kind.STILL.value),
    ]


def _sides() -> list[tuple[str, str]]:
    return [
        (tr("One side after the other"), Sides.EACH.value),
        (tr("Both at once, or in turn"), Sides.BOTH.value),
    ]


def _number(value: object, otherwise: float = 0.0) -> float:
    return float(value) if isinstance(value, int | float) else otherwise
