"""Browsing: what joins the pages of routines and of exercises with the library and the journal."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPixmap

from uncramp.coach.browse.favourites import Favourites
from uncramp.model.errors import EnvironmentFault
from uncramp.ui.frame import Frame

if TYPE_CHECKING:
    from uncramp.ui.browse.exercises_page import ExercisesPage
    from uncramp.ui.browse.routines_page import RoutinesPage

_PAINTING_S = 0.012
"""How long drawings are painted in one go: less than a picture of the screen."""
ROUTINES = "routines"
EXERCISES = "exercises"


class Browsing(QObject):
    """Makes and fills the pages and answers what they ask for; the window shows them."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._catalogue = frame.catalogue
        self._favourites = Favourites(frame.places.config)
        self._exercises: ExercisesPage | None = None
        self._routines: RoutinesPage | None = None
        self._is_filled = False

    @property
    def routines(self) -> "RoutinesPage":
        """The page of routines, made when it is first asked for."""
        if self._routines is None:
            from uncramp.ui.browse.routines_page import RoutinesPage  # not every start opens on it

            self._routines = page = RoutinesPage()
            page.pictures_requested.connect(self._show_pictures)
            page.favourite_requested.connect(self.mark)
            page.exercise_requested.connect(self._open_exercise)
            page.start_requested.connect(self._frame.routine_requested)
            page.edit_requested.connect(self._frame.routine_edit_requested)
        return self._routines

    def fill(self) -> None:
        """Show the routines, unless they are shown already."""
        if not self._is_filled:
            self._is_filled = True
            self.routines.show_favourites(self._favourites.ids)
            self.routines.fill(self._catalogue.cards)

    def fill_again(self) -> None:
        """Show the library as it is now."""
        self._catalogue.renew()
        self.routines.fill(self._catalogue.cards)
        if self._exercises is not None:
            self._fill_exercises(self._exercises)

    def show_previews(self) -> None:
        """Let the chosen routine's exercises move, once the window stands."""
        self.routines.figure_requested.connect(self._show_preview)
        self.routines.repeat_request()

    def tell_of_files(self) -> None:
        """Show what only the library and the journal know: problems, and what was done when."""
        from uncramp.coach.wording import last_done

        coach = self._frame.coach
        self.routines.show_problems(len(coach.problems))
        try:
            if coach.journal is not None:
                done, times = coach.journal.last_done(), coach.journal.times_done()
                self.routines.show_history(last_done(done, coach.read_date(), times))
        except EnvironmentFault as fault:
            coach.journal_fault = fault

    def exercises_page(self) -> "ExercisesPage":
        """Return the page of exercises, made when it is first asked for."""
        if self._exercises is None:
            from uncramp.ui.browse.exercises_page import ExercisesPage  # when it is first opened

            self._exercises = page = ExercisesPage(self._frame.theme)
            page.pictures_requested.connect(self._show_exercise_pictures)
            page.looks_requested.connect(self._show_looks)
            page.routine_requested.connect(self._open_routine)
            page.routines_requested.connect(self._back_to_routines)
            page.edit_requested.connect(self._frame.exercise_edit_requested)
            self._fill_exercises(page)
        return self._exercises

    # -- inside

    def _show_pictures(self, exercises: list[str], side_px: int) -> None:
        self.routines.show_pictures(self._painted(exercises, side_px))

    def _show_exercise_pictures(self, exercises: list[str], side_px: int) -> None:
        if self._exercises is not None:
            self._exercises.show_pictures(self._painted(exercises, side_px))

    def _painted(self, exercises: list[str], side_px: int) -> dict[str, QPixmap]:
        """Return the first of these drawings; who waits for more asks again, a moment later."""
        made = dict[str, QPixmap]()
        until = monotonic() + _PAINTING_S
        for one in exercises:
            made[one] = self._frame.picture(one, side_px)
            if monotonic() > until:
                break
        return made

    def _show_preview(self, exercise: str) -> None:
        coach = self._frame.coach
        if exercise in coach.library.exercises:
            self.routines.show_figure(self._catalogue.looks(exercise), calm=coach.settings.calm)

    def _show_looks(self, exercise: str) -> None:
        coach = self._frame.coach
        if self._exercises is not None and exercise in coach.library.exercises:
            calm = coach.settings.calm
            self._exercises.show_looks(exercise, self._catalogue.looks(exercise), calm=calm)

    def mark(self, routine: str) -> None:
        """Mark a routine as a favourite, or take its mark away."""
        try:
            self._favourites.toggle(routine)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
        self.routines.show_favourites(self._favourites.ids)

    def _fill_exercises(self, page: "ExercisesPage") -> None:
        from uncramp.coach.browse.exercise_cards import make_exercise_cards
        from uncramp.coach.works import load_works

        works = load_works(self._frame.places.assets)
        page.fill(make_exercise_cards(self._frame.coach.library, works))

    def _open_exercise(self, exercise: str, beside: list[str]) -> None:
        self.exercises_page()
        assert self._exercises is not None
        self._frame.room_requested.emit(EXERCISES)
        self._exercises.open(exercise, beside)

    def _open_routine(self, routine: str) -> None:
        self._frame.room_requested.emit(ROUTINES)
        self.routines.choose(routine)

    def _back_to_routines(self) -> None:
        self._frame.room_requested.emit(ROUTINES)
