"""The workshop: writing routines, giving them away, and taking what others gave."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from uncramp.coach.coach import Coach
from uncramp.coach.whole_file import write_whole
from uncramp.coach.workshop.editing import RoutineEditor
from uncramp.coach.workshop.exercise_editing import ExerciseEditor
from uncramp.coach.workshop.handoff import exported, look_at, take
from uncramp.coach.workshop.own_files import bring_back, put_aside
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.routines.folders import ROUTINE_ENDING
from uncramp.routines.parcel import PARCEL_ENDING
from uncramp.ui.figure.pictures import Pictures
from uncramp.ui.file_places import downloads
from uncramp.ui.theme import Theme
from uncramp.ui.workshop.offer_page import OfferPage
from uncramp.ui.workshop.routine.page import EditorPage

if TYPE_CHECKING:
    from uncramp.ui.workshop.exercise.page import ExerciseEditorPage


class Workshop(QObject):
    """Opens the editor and what files offer; the window shows the pages.

    Signals:
        page_requested: a page to be shown instead of everything else.
        rooms_requested: navigation and pages are wanted again.
        try_requested: a routine that is being written shall be gone through.
        told: a sentence for the user.
        undo_offered: a sentence about something that `undo` takes back.
        routine_written: the id of a routine that was saved or taken.
        exercise_requested: an exercise is to be written before the routine goes on.
    """

    page_requested = Signal(object)
    rooms_requested = Signal()
    try_requested = Signal(object)
    told = Signal(str)
    undo_offered = Signal(str)
    routine_written = Signal(str)
    exercise_requested = Signal()

    def __init__(self, coach: Coach, window: QWidget) -> None:
        super().__init__(window)
        self._coach = coach
        self._window = window
        self._offer_page: OfferPage | None = None
        self._editor_page: EditorPage | None = None
        self._exercise_page: ExerciseEditorPage | None = None
        self._removed: tuple[Path, Path] | None = None

    def edit(self, routine_id: str, pictures: Pictures, theme: Theme) -> None:
        """Open a routine of the user, or a copy of a shipped one, in the editor; "" a new one."""
        try:
            editor = (
                RoutineEditor.of(self._coach, routine_id)
                if routine_id
                else RoutineEditor.new(self._coach)
            )
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
            return
        page = EditorPage(editor, self._coach.library, pictures, theme)
        page.done.connect(self.rooms_requested)
        page.try_requested.connect(self.try_requested)
        page.remove_requested.connect(self._remove)
        page.saved.connect(self._routine_saved)
        page.exercise_requested.connect(self.exercise_requested)
        self._editor_page = page
        self.page_requested.emit(page)
        page.take_focus()

    def edit_exercise(self, exercise_id: str, theme: Theme) -> None:
        """Open an exercise of the user, or a copy of a shipped one, in the editor; "" a new one."""
        from uncramp.ui.workshop.exercise.page import ExerciseEditorPage  # when first asked for

        try:
            editor = (
                ExerciseEditor.of(self._coach, exercise_id)
                if exercise_id
                else ExerciseEditor.new(self._coach)
            )
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
            return
        page = ExerciseEditorPage(editor, theme)
        page.done.connect(self.rooms_requested)
        page.remove_requested.connect(self._remove_exercise)
        self._exercise_page = page
        self.page_requested.emit(page)
        page.take_focus()

    def _remove_exercise(self) -> None:
        if self._exercise_page is not None:
            told = tr("{name} is no longer among your exercises.")
            self._put_aside(self._exercise_page.editor, told)

    def _routine_saved(self) -> None:
        if self._editor_page is not None:
            self.routine_written.emit(str(self._editor_page.editor.values.get("id", "")))

    def _remove(self) -> None:
        """Take the file away that is being edited; it can be brought back."""
        if self._editor_page is not None:
            told = tr("{name} is no longer among your routines.")
            self._put_aside(self._editor_page.editor, told)

    def _put_aside(self, editor: RoutineEditor | ExerciseEditor, told: str) -> None:
        if editor.file is None:
            return
        try:
            aside = put_aside(self._coach.places, editor.file, self._coach.read_date())
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
            return
        self._removed = (aside, editor.file)
        self.rooms_requested.emit()
        self.undo_offered.emit(told.format(name=editor.text_of("name")))

    def undo(self) -> None:
        """Bring the routine back that was removed last."""
        removed, self._removed = self._removed, None
        if removed is not None:
            try:
                bring_back(*removed)
            except EnvironmentFault as fault:
                self.told.emit(str(fault))

    def choose_file(self) -> None:
        """Let the user choose a file that somebody gave him, and show what it offers."""
        kinds = tr("Routines and exercises ({patterns})").format(
            patterns=f"*{PARCEL_ENDING} *.toml"
        )
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open a routine"), downloads(), kinds
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Show what a file offers."""
        try:
            offer = look_at(self._coach, path)
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
            return
        page = OfferPage(offer)
        page.done.connect(self.rooms_requested)
        page.take_requested.connect(self._take)
        self._offer_page = page
        self.page_requested.emit(page)
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
            self.routine_written.emit(written[-1].name.removesuffix(ROUTINE_ENDING))
        self.rooms_requested.emit()
        name = page.offer.routine.name if page.offer.routine else page.offer.exercises[0].name
        if written:
            self.told.emit(tr("{name} is now among your own routines.").format(name=name))
        else:
            self.told.emit(tr("You had {name} already; nothing was changed.").format(name=name))

    def export(self, routine_id: str) -> None:
        """Let the user choose where a routine is written as one file to give away."""
        suggested = downloads(f"{routine_id}{PARCEL_ENDING}")
        kinds = tr("Routine of Uncramp ({patterns})").format(patterns=f"*{PARCEL_ENDING}")
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Give a routine away"), suggested, kinds
        )
        if name:
            path = Path(name)
            self.export_to(routine_id, path if path.suffix else path.with_suffix(PARCEL_ENDING))

    def export_to(self, routine_id: str, path: Path) -> None:
        """Write a routine, with the exercises it needs, into one file."""
        try:
            write_whole(path, exported(self._coach, routine_id))
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
        else:
            told = tr("Written: {path}. Whoever opens it sees it before taking it.")
            self.told.emit(told.format(path=path))
