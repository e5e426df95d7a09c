"""The editor of routines: the steps, the chosen step's fields, a preview, and what is wrong."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.wording import moment_name
from uncramp.coach.workshop.editing import (
    EditedStep,
    RoutineEditor,
    segment_words,
)
from uncramp.model.language import tr
from uncramp.model.moment import Moment
from uncramp.model.routine import Routine
from uncramp.routines.edit import Place
from uncramp.routines.library import Library
from uncramp.ui.fields import Line
from uncramp.ui.figure.pictures import Pictures
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label
from uncramp.ui.workshop.problems import ProblemList
from uncramp.ui.workshop.routine.actions import StepActions
from uncramp.ui.workshop.routine.details import StepDetails
from uncramp.ui.workshop.routine.picker import PICTURE_PX as PICKER_PX
from uncramp.ui.workshop.routine.picker import ExercisePicker
from uncramp.ui.workshop.routine.preview import EditorPreview
from uncramp.ui.workshop.routine.steps import PICTURE_PX, StepTree
from uncramp.ui.workshop.writing_page import WritingPage

_LONGEST_NAME = 60
_LONGEST_SUMMARY = 300
_SCROLL_PX = 22
_WIDE_LETTERS = 115
_LOW_LINES = 36
"""What is wide or low depends on the size of the letters."""


class EditorPage(WritingPage):
    """A routine while it is being written.

    Signals:
        done: the user leaves.
        saved: the routine was written.
        try_requested: the routine as it is now shall be gone through.
        remove_requested: the routine's file shall go.
        exercise_requested: an exercise of one's own is to be written first.
    """

    try_requested = Signal(object)
    remove_requested = Signal()
    exercise_requested = Signal()

    def __init__(
        self, editor: RoutineEditor, library: Library, pictures: Pictures, theme: Theme
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._library = library
        self._pictures = pictures
        self._theme = theme
        self._icons: dict[str, QPixmap] = {}
        self._shown_step: EditedStep | None = None
        self._build()
        self._add_shortcuts()
        self.set_theme(theme)
        self._refresh()

    @property
    def editor(self) -> RoutineEditor:
        """What is being written."""
        return self._editor

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._preview.set_theme(theme)
        self._tree.set_theme(theme)
        self._icons.clear()
        self._show_pictures()
        self._refresh()

    def set_library(self, library: Library, pictures: Pictures) -> None:
        """Offer what the library has now."""
        self._library, self._pictures = library, pictures
        self._icons.clear()
        self._picker.set_exercises(tuple(library.exercises.values()))
        self._show_pictures()
        self._editor.check_again()
        self._refresh()
        if self._pages.currentWidget() is self._picker:
            self._picker.show_current()

    def take_focus(self) -> None:
        """Begin at the name of something new, else at the steps."""
        if self._editor.steps:
            self._tree.setFocus()
        else:
            self._pages.setCurrentWidget(self._picker)
            self._picker.show_current()
            self._name.setFocus()
            self._name.selectAll()

    # -- building

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 20, 28, 20)
        whole.setSpacing(14)
        whole.addLayout(self._built_head())
        whole.addWidget(self._notice)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self._built_left(), 6)
        body.addWidget(self._built_right(), 5)
        whole.addLayout(body, 1)
        self._problems = ProblemList()
        self._problems.place_requested.connect(self._go_to_place)
        whole.addWidget(self._problems)

    def _built_head(self) -> QLayout:
        back = button(tr("Back"))
        back.clicked.connect(self._leave)
        self._delete = button(tr("Delete"), kind="alert", tip=tr("Delete this routine"))
        self._delete.clicked.connect(self.remove_requested)
        self._undo = button(tr("Undo"), kind="quiet", tip="Ctrl+Z")
        self._undo.clicked.connect(self._undo_change)
        self._redo = button(tr("Redo"), kind="quiet", tip="Ctrl+Shift+Z")
        self._redo.clicked.connect(self._redo_change)
        self._try = button(
            tr("Try it"), tip=tr("Go through it without recording it in the journal")
        )
        self._try.clicked.connect(self._ask_to_try)
        self._save = button(tr("Save"), kind="primary", tip="Ctrl+S")
        self._save.clicked.connect(self._save_file)
        self._name = Line(_LONGEST_NAME, tr("Name of the routine"))
        self._name.setProperty("role", "title")
        self._name.setAccessibleName(tr("Name"))
        self._name.committed.connect(self._name_changed)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(back)
        head.addWidget(self._name, 1)
        for part in (self._delete, self._undo, self._redo, self._try, self._save):
            head.addWidget(part)
        return head

    def _built_left(self) -> QWidget:
        self._summary = Line(_LONGEST_SUMMARY, tr("What it is for, in one sentence"))
        self._summary.setAccessibleName(tr("Summary"))
        self._summary.committed.connect(self._summary_changed)
        self._moment = ChoiceBox()
        self._moment.setAccessibleName(tr("Meant for"))
        for moment in Moment:
            self._moment.addItem(moment_name(moment), moment.value)
        self._moment.activated.connect(self._moment_chosen)
        self._tree = StepTree()
        self._tree.chosen.connect(self._show_chosen)
        self._tree.move_requested.connect(self._move)
        self._tree.remove_requested.connect(self._remove_at)
        self._empty = label("soft", tr("No steps yet. Add the first exercise to begin."), wrap=True)
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._summary, 1)
        top.addWidget(self._moment)
        column.addLayout(top)
        column.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._tree, 1)
        self._actions = self._built_actions()
        column.addWidget(self._actions)
        return inside

    def _built_actions(self) -> StepActions:
        actions = StepActions()
        actions.add_requested.connect(self._open_picker)
        actions.copy_requested.connect(self._copy_step)
        actions.remove_requested.connect(self._remove_step)
        actions.up_requested.connect(self._move_up)
        actions.down_requested.connect(self._move_down)
        actions.group_requested.connect(self._group_step)
        return actions

    def _built_right(self) -> QWidget:
        self._step_name = label("heading", wrap=True)
        self._details = StepDetails()
        self._details.changed.connect(self._step_changed)
        self._details.count_requested.connect(self._count_changed)
        self._details.ungroup_requested.connect(self._ungroup)
        scrolled = QWidget()
        scrolled.setObjectName("on_card")
        column = QVBoxLayout(scrolled)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self._step_name)
        column.addWidget(self._details)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setObjectName("on_card")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(scrolled)
        self._picker = ExercisePicker(tuple(self._library.exercises.values()))
        self._picker.picked.connect(self._add_step)
        self._picker.left.connect(self._close_picker)
        self._picker.new_requested.connect(self.exercise_requested)
        self._picker.looked_at.connect(self._show_exercise)
        self._pages = QStackedWidget()
        self._pages.addWidget(area)
        self._pages.addWidget(self._picker)
        self._preview = EditorPreview(self._theme)
        self._preview.pointed.connect(self._point)
        inside = card()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self._preview, 4)
        whole.addWidget(self._pages, 6)
        return inside

    def _add_shortcuts(self) -> None:
        for keys, slot in (
            (QKeySequence.StandardKey.Save, self._save_file),
            (QKeySequence.StandardKey.Undo, self._undo_change),
            (QKeySequence.StandardKey.Redo, self._redo_change),
            ("Ctrl+N", self._open_picker),
            ("Ctrl+D", self._copy_step),
            ("Ctrl+G", self._group_step),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # -- what Qt asks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below each other, in a low one fields come first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least = self._details.minimumSizeHint().width() + _SCROLL_PX
        self._area.setMinimumWidth(least)
        letters = self.width() / max(1, self.fontMetrics().averageCharWidth())
        sideways = letters >= _WIDE_LETTERS
        self._actions.set_narrow(not sideways)
        lines = self.height() / max(1, self.fontMetrics().lineSpacing())
        self._preview.show_figure(lines >= _LOW_LINES)
        if self._tree.set_narrow(not sideways):
            self._show_steps(None)

    # -- showing

    def _refresh(self, current: Place | None = None) -> None:
        """Show what the editor holds now."""
        editor = self._editor
        self._name.show_text(editor.text_of("name"))
        self._summary.show_text(editor.text_of("summary"))
        self._moment.setCurrentIndex(max(0, self._moment.findData(editor.values.get("moment"))))
        self._undo.setEnabled(editor.can_undo)
        self._redo.setEnabled(editor.can_redo)
        self._save.setEnabled(editor.is_changed or editor.file is None)
        self._try.setEnabled(editor.routine is not None)
        self._delete.setVisible(editor.file is not None)
        self._empty.setVisible(not editor.steps)
        self._tree.setVisible(bool(editor.steps))
        self._show_steps(current)
        if not editor.steps:
            self._show_chosen(None)
        self._show_problems()
        self._show_total()
        self._fit()

    def _show_steps(self, current: Place | None) -> None:
        self._tree.show_steps(self._editor.steps, self._pictures_of_steps(), current)

    def _pictures_of_steps(self) -> Mapping[str, QPixmap]:
        for step in self._editor.steps:
            if step.exercise and step.exercise not in self._icons:
                self._icons[step.exercise] = self._picture(step.exercise, PICTURE_PX)
        return self._icons

    def _picture(self, exercise: str, side_px: int) -> QPixmap:
        return self._pictures.picture(
            exercise, side_px, self._theme, self.devicePixelRatioF(), self._library.looks
        )

    def _show_pictures(self) -> None:
        self._picker.show_pictures(
            {name: self._picture(name, PICKER_PX) for name in self._library.exercises}
        )

    def _show_chosen(self, place: Place | None) -> None:
        step = next((one for one in self._editor.steps if one.place == place), None)
        self._shown_step = step
        exercise = self._library.exercises.get(step.exercise) if step else None
        self._step_name.setText(step.name if step else "")
        self._details.show_step(step, exercise)
        single = step is not None and step.rounds is None and len(step.place) == 1
        self._actions.allow(step=step is not None, group=single)
        if exercise is not None or step is None:
            shown = None if exercise is None else self._library.looks(exercise.id)
            self._preview.show_exercise(shown)

    def _show_exercise(self, exercise_id: str) -> None:
        self._preview.show_exercise(self._library.looks(exercise_id))

    def _show_problems(self) -> None:
        problems = self._editor.problems if self._editor.steps else ()
        colour = self._theme.qcolor("alert")
        self._problems.show_problems(problems, self._editor.place_of, colour)

    def _show_total(self) -> None:
        timeline, routine = self._editor.timeline, self._editor.routine
        if timeline is None or routine is None:
            waits = tr("The length is shown once the problems are corrected.")
            self._preview.show_nothing(
                waits if self._editor.steps else tr("Choose the first exercise:")
            )
            return
        place = self._shown_step.place if self._shown_step else ()
        number = self._editor.number_of(place)
        self._preview.show_routine(routine, timeline, self._library, number)

    def _point(self, index: int) -> None:
        """Tell what happens in a segment of the timeline, and go to its step."""
        timeline = self._editor.timeline
        if timeline is None or not 0 < index < len(timeline.segments):
            return
        segment = timeline.segments[index]
        self._tree.choose(self._editor.place_of_step(segment.step))
        exercise = self._library.exercises[segment.exercise]
        words = segment_words(segment, exercise)
        self._preview.tell_moment(index, segment.start_ms - timeline.lead_in_ms, words)
        self._preview.show_exercise(self._library.looks(exercise.id), segment.side)

    # -- changing

    def _name_changed(self, text: str) -> None:
        self._editor.set_value("name", text or tr("My routine"))
        self._refresh()

    def _summary_changed(self, text: str) -> None:
        self._editor.set_value("summary", text or tr("A routine of my own."))
        self._refresh()

    def _moment_chosen(self, index: int) -> None:
        self._editor.set_value("moment", str(self._moment.itemData(index)))
        self._refresh()

    def _step_changed(self, key: str, value: object) -> None:
        if self._shown_step is not None:
            assert value is None or isinstance(value, bool | int | float | str)
            self._editor.set_step(self._shown_step.place, key, value)
            self._refresh()

    def _count_changed(self, repetitions: bool) -> None:
        if self._shown_step is not None:
            self._editor.set_dose(self._shown_step.place, repetitions=repetitions)
            self._refresh()

    def _open_picker(self) -> None:
        self._pages.setCurrentWidget(self._picker)
        self._picker.take_focus()

    def _close_picker(self) -> None:
        self._pages.setCurrentIndex(0)
        self._show_chosen(self._tree.place())
        self._tree.setFocus()

    def _add_step(self, exercise: str) -> None:
        """Put an exercise behind the chosen step, in its group if that is in one."""
        place = self._tree.place() if self._editor.steps else None
        new = (0,) if place is None else (*place[:-1], place[-1] + 1)
        self._editor.add(exercise, new)
        self._refresh(new)
        self._close_picker()

    def _copy_step(self) -> None:
        place = self._tree.place()
        if place is not None and self._editor.steps:
            self._editor.copy(place)
            self._refresh((*place[:-1], place[-1] + 1))

    def _remove_step(self) -> None:
        place = self._tree.place()
        if place is not None and self._editor.steps:
            self._remove_at(place)

    def _remove_at(self, place: Place) -> None:
        self._editor.remove(place)
        self._refresh(place)

    def _move(self, place: Place, to: Place) -> None:
        self._editor.move(tuple(place), tuple(to))
        self._refresh(tuple(to))
        self._tree.setFocus()

    def _move_up(self) -> None:
        self._tree.move_current(Qt.Key.Key_Up)

    def _move_down(self) -> None:
        self._tree.move_current(Qt.Key.Key_Down)

    def _group_step(self) -> None:
        step = self._shown_step
        if step is not None and step.rounds is None and len(step.place) == 1:
            self._editor.group(step.place[0], step.place[0])
            self._refresh((*step.place, 0))

    def _ungroup(self) -> None:
        if self._shown_step is not None and self._shown_step.rounds is not None:
            place = self._shown_step.place
            self._editor.ungroup(place[0])
            self._refresh(place)

    def _undo_change(self) -> None:
        self._editor.undo()
        self._refresh()

    def _redo_change(self) -> None:
        self._editor.redo()
        self._refresh()

    def _go_to_place(self, place: Place | None) -> None:
        if place is None:
            self._name.setFocus()
        else:
            self._close_picker()
            self._tree.choose(tuple(place))
            self._tree.setFocus()

    def _ask_to_try(self) -> None:
        routine: Routine | None = self._editor.routine
        if routine is not None:
            self.try_requested.emit(routine)

    # -- saving and leaving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
