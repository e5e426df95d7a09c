"""The workshop: writing routines, giving them away, and taking what others gave."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from uncramp.coach.whole_file import write_whole
from uncramp.coach.workshop.editing import RoutineEditor
from uncramp.coach.workshop.exercise_editing import ExerciseEditor
from uncramp.coach.workshop.handoff import exported, look_at, take
from uncramp.coach.workshop.own_files import bring_back, put_aside
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.routines.folders import ROUTINE_ENDING
from uncramp.routines.parcel import PARCEL_ENDING
from uncramp.ui.file_places import downloads
from uncramp.ui.frame import Frame
from uncramp.ui.widgets import button
from uncramp.ui.workshop.offer_page import OfferPage
from uncramp.ui.workshop.routine.page import EditorPage

if TYPE_CHECKING:
    from uncramp.ui.workshop.exercise.page import ExerciseEditorPage


class Workshop(QObject):
    """Opens the editors and what files offer; the window shows the pages."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._coach = frame.coach
        self._offer_page: OfferPage | None = None
        self._editor_page: EditorPage | None = None
        self._exercise_page: ExerciseEditorPage | None = None
        self._removed: tuple[Path, Path] | None = None

    def edit(self, routine_id: str) -> None:
        """Open a routine of the user, or a copy of a shipped one, in the editor; "" a new one."""
        try:
            editor = (
                RoutineEditor.of(self._coach, routine_id)
                if routine_id
                else RoutineEditor.new(self._coach)
            )
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        page = EditorPage(
            editor, self._coach.library, self._frame.catalogue.pictures, self._frame.theme
        )
        page.done.connect(self._frame.back_to_rooms)
        page.try_requested.connect(self._frame.trial_requested)
        page.remove_requested.connect(self._remove)
        page.saved.connect(self._routine_saved)
        page.exercise_requested.connect(self._write_exercise_first)
        self._editor_page = page
        self._frame.show_page(page)
        page.take_focus()

    def edit_exercise(self, exercise_id: str) -> None:
        """Open an exercise of the user, or a copy of a shipped one, in the editor; "" a new one."""
        from uncramp.ui.workshop.exercise.page import ExerciseEditorPage  # when first asked for

        try:
            editor = (
                ExerciseEditor.of(self._coach, exercise_id)
                if exercise_id
                else ExerciseEditor.new(self._coach)
            )
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        page = ExerciseEditorPage(editor, self._frame.theme)
        page.done.connect(self._frame.back_to_rooms)
        page.remove_requested.connect(self._remove_exercise)
        self._exercise_page = page
        self._frame.show_page(page)
        page.take_focus()

    def _write_exercise_first(self) -> None:
        """Write an exercise, and come back to the routine that is to use it."""
        self._frame.keep_page()
        self.edit_exercise("")

    def _remove_exercise(self) -> None:
        if self._exercise_page is not None:
            words = tr("{name} is no longer among your exercises.")
            self._put_aside(self._exercise_page.editor, words)

    def _routine_saved(self) -> None:
        if self._editor_page is not None:
            self._frame.routine_written.emit(str(self._editor_page.editor.values.get("id", "")))

    def _remove(self) -> None:
        """Take the file away that is being edited; it can be brought back."""
        if self._editor_page is not None:
            words = tr("{name} is no longer among your routines.")
            self._put_aside(self._editor_page.editor, words)

    def _put_aside(self, editor: RoutineEditor | ExerciseEditor, words: str) -> None:
        if editor.file is None:
            return
        try:
            aside = put_aside(self._coach.places, editor.file, self._coach.read_date())
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        self._removed = (aside, editor.file)
        self._frame.back_to_rooms()
        self._offer_undo(words.format(name=editor.text_of("name")))

    def _offer_undo(self, sentence: str) -> None:
        """Tell what was done, with the way back."""
        undo = button(tr("Undo"), kind="primary")
        undo.clicked.connect(self._undo)
        close = button(tr("Close"), kind="quiet")
        close.clicked.connect(self._frame.clear_notice)
        self._frame.tell(sentence, undo, close)

    def _undo(self) -> None:
        """Bring back what was removed last."""
        removed, self._removed = self._removed, None
        self._frame.clear_notice()
        if removed is not None:
            try:
                bring_back(*removed)
            except EnvironmentFault as fault:
                self._frame.tell(str(fault))
        self._frame.back_to_rooms()  # else the next button would have the focus

    def choose_file(self) -> None:
        """Let the user choose a file that somebody gave him, and show what it offers."""
        kinds = tr("Routines and exercises ({patterns})").format(
            patterns=f"*{PARCEL_ENDING} *.toml"
        )
        name, _ = QFileDialog.getOpenFileName(
            self._frame.window, tr("Open a routine"), downloads(), kinds
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Show what a file offers."""
        try:
            offer = look_at(self._coach, path)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        page = OfferPage(offer)
        page.done.connect(self._frame.back_to_rooms)
        page.take_requested.connect(self._take)
        self._offer_page = page
        self._frame.show_page(page)
        page.take_focus()

    def _take(self, keep_both: bool) -> None:
        page = self._offer_page
        if page is None:
            return
        try:
            written = take(self._coach, page.offer, keep_both=keep_both)
        except EnvironmentFault as fault:
            page.tell(str(fault))
            return
        self._offer_page = None
        if written and page.offer.routine is not None:
            self._frame.routine_written.emit(written[-1].name.removesuffix(ROUTINE_ENDING))
        self._frame.back_to_rooms()
        name = page.offer.routine.name if page.offer.routine else page.offer.exercises[0].name
        if written:
            self._frame.tell(tr("{name} is now among your own routines.").format(name=name))
        else:
            self._frame.tell(tr("You already had {name}; nothing was changed.").format(name=name))

    def export(self, routine_id: str) -> None:
        """Let the user choose where a routine is written as one file to give away."""
        suggested = downloads(f"{routine_id}{PARCEL_ENDING}")
        kinds = tr("Uncramp routine ({patterns})").format(patterns=f"*{PARCEL_ENDING}")
        name, _ = QFileDialog.getSaveFileName(
            self._frame.window, tr("Share a routine"), suggested, kinds
        )
        if name:
            path = Path(name)
            self.export_to(routine_id, path if path.suffix else path.with_suffix(PARCEL_ENDING))

    def export_to(self, routine_id: str, path: Path) -> None:
        """Write a routine, with the exercises it needs, into one file."""
        try:
            write_whole(path, exported(self._coach, routine_id))
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
        else:
            words = tr("Saved: {path}. Whoever opens it can look at it before adding it.")
            self._frame.tell(words.format(path=path))
