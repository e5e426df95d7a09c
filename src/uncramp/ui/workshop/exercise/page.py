"""The editor of exercises: its words, and the runner who shows it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLayout,
    QStackedWidget,
    QVBoxLayout,
)

from uncramp.coach.workshop.exercise_editing import ExerciseEditor, key_frame_of
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.fields import Line
from uncramp.ui.file_places import pictures
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import Button, button
from uncramp.ui.workshop.exercise.form import ExerciseForm
from uncramp.ui.workshop.exercise.picture import PictureCard, can_be_drawn
from uncramp.ui.workshop.exercise.pose_editor import PoseEditor
from uncramp.ui.workshop.problems import ProblemList
from uncramp.ui.workshop.writing_page import WritingPage

_LONGEST_NAME = 60


class ExerciseEditorPage(WritingPage):
    """An exercise while it is being written and drawn.

    Signals:
        done: the user leaves.
        saved: the exercise was written.
        remove_requested: the exercise's file shall go.
    """

    remove_requested = Signal()

    def __init__(self, editor: ExerciseEditor, theme: Theme) -> None:
        super().__init__(editor)
        self._editor = editor
        self._theme = theme
        self._form = ExerciseForm(editor)
        self._form.changed.connect(self._refresh)
        self._poses = PoseEditor(editor, theme)
        self._poses.changed.connect(self._refresh)
        self._poses.picture_requested.connect(self._choose_picture)
        self._picture = PictureCard()
        self._picture.remove_requested.connect(self._remove_picture)
        self._drawing = QStackedWidget()
        self._drawing.addWidget(self._poses)
        self._drawing.addWidget(self._picture)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._form)
        self._pages.addWidget(self._drawing)
        self._problems = ProblemList()
        self._problems.place_requested.connect(self._go_to_place)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 20, 28, 20)
        whole.setSpacing(12)
        whole.addLayout(self._built_head())
        whole.addWidget(self._notice)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self._problems)
        for keys, slot in (
            (QKeySequence.StandardKey.Save, self._save_file),
            (QKeySequence.StandardKey.Undo, self._undo_change),
            (QKeySequence.StandardKey.Redo, self._redo_change),
            ("Ctrl+1", self._show_words),
            ("Ctrl+2", self._show_drawing),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._show_words()
        self._refresh()

    @property
    def editor(self) -> ExerciseEditor:
        """What is being written."""
        return self._editor

    @property
    def form(self) -> ExerciseForm:
        """The words."""
        return self._form

    @property
    def poses(self) -> PoseEditor:
        """The drawing."""
        return self._poses

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._poses.set_theme(theme)
        self._refresh()

    def take_focus(self) -> None:
        """Begin at the name."""
        self._name.setFocus()
        if self._editor.file is None:
            self._name.selectAll()

    # -- building

    def _built_head(self) -> QLayout:
        back = button(tr("Back"))
        back.clicked.connect(self._leave)
        self._name = Line(_LONGEST_NAME, tr("Name of the exercise"))
        self._name.setProperty("role", "title")
        self._name.setAccessibleName(tr("Name"))
        self._name.committed.connect(self._name_changed)
        self._tabs = QButtonGroup(self)
        self._words = self._tab(tr("Text"), "Ctrl+1")
        self._words.clicked.connect(self._show_words)
        self._drawn = self._tab(tr("Drawing"), "Ctrl+2")
        self._drawn.clicked.connect(self._show_drawing)
        self._delete = button(tr("Delete"), kind="alert", tip=tr("Delete this exercise"))
        self._delete.clicked.connect(self.remove_requested)
        self._undo = button(tr("Undo"), kind="tight", tip="Ctrl+Z")
        self._undo.clicked.connect(self._undo_change)
        self._redo = button(tr("Redo"), kind="tight", tip="Ctrl+Shift+Z")
        self._redo.clicked.connect(self._redo_change)
        self._save = button(tr("Save"), kind="primary", tip="Ctrl+S")
        self._save.clicked.connect(self._save_file)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(back)
        head.addWidget(self._name, 1)
        for part in (self._words, self._drawn, self._delete):
            head.addWidget(part)
        for part in (self._undo, self._redo, self._save):
            head.addWidget(part)
        return head

    def _tab(self, name: str, tip: str) -> Button:
        made = button(name, kind="chip", tip=tip)
        made.setCheckable(True)
        self._tabs.addButton(made)
        return made

    # -- showing

    def _refresh(self) -> None:
        """Show what the editor holds now."""
        editor = self._editor
        self._name.show_text(editor.text_of("name"))
        self._undo.setEnabled(editor.can_undo)
        self._redo.setEnabled(editor.can_redo)
        self._save.setEnabled(editor.is_changed or editor.file is None)
        self._delete.setVisible(editor.file is not None)
        picture = editor.values.get("picture")
        if picture:
            self._picture.show_picture(str(picture), editor.picture)
        self._drawing.setCurrentWidget(self._picture if picture else self._poses)
        colour = self._theme.qcolor("alert")
        self._problems.show_problems(editor.problems, editor.place_of, colour, self._form.words_of)

    def _refresh_all(self) -> None:
        self._form.refresh()
        self._poses.refresh()
        self._refresh()

    def _show_words(self) -> None:
        self._words.setChecked(True)
        self._pages.setCurrentWidget(self._form)

    def _show_drawing(self) -> None:
        self._drawn.setChecked(True)
        self._pages.setCurrentWidget(self._drawing)

    def _go_to_place(self, place: tuple[str | int, ...]) -> None:
        key = str(place[0]) if place else "name"
        if key == "name":
            self._name.setFocus()
        elif key in {"figure", "picture"}:
            self._show_drawing()
            number = key_frame_of(place)
            if number is not None:
                self._poses.choose_frame(number)
        else:
            self._show_words()
            self._form.go_to(key)

    # -- changing

    def _name_changed(self, text: str) -> None:
        self._editor.set_value("name", text or tr("My exercise"))
        self._refresh()

    def _undo_change(self) -> None:
        self._editor.undo()
        self._refresh_all()

    def _redo_change(self) -> None:
        self._editor.redo()
        self._refresh_all()

    def _choose_picture(self) -> None:
        kinds = tr("Pictures ({patterns})").format(patterns="*.svg *.png")
        name, _ = QFileDialog.getOpenFileName(self, tr("Use a picture"), pictures(), kinds)
        if name:
            self.use_picture(Path(name))

    def use_picture(self, path: Path) -> None:
        """Let a picture stand in for the figure, if it is one that can be drawn."""
        try:
            self._editor.choose_picture(path, can_be_drawn)
        except EnvironmentFault as fault:
            self._notice.tell(str(fault))
        self._refresh_all()

    def _remove_picture(self) -> None:
        self._editor.remove_picture()
        self._refresh_all()

    # -- saving and leaving

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the problems again, in the letters of the window."""
        super().showEvent(event)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Space plays the drawing."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Space and self._pages.currentWidget() is self._drawing:
            self._poses.strip.toggle()
        else:
            super().keyPressEvent(event)
