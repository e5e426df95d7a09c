"""Browsing: what joins the pages of routines and of exercises with the library and the journal."""

from time import monotonic
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from uncramp.coach.browse.cards import CardCache, make_cards
from uncramp.coach.browse.favourites import Favourites
from uncramp.coach.places import Places
from uncramp.model.errors import EnvironmentFault
from uncramp.ui.figure.pictures import Pictures

if TYPE_CHECKING:
    from uncramp.coach.browse.cards import RoutineCard
    from uncramp.routines.library import Looks
    from uncramp.ui.browse.exercises_page import ExercisesPage
    from uncramp.ui.browse.routines_page import RoutinesPage
    from uncramp.ui.window import MainWindow

_PAINTING_S = 0.012
"""How long drawings are painted in one go: less than a picture of the screen."""
ROUTINES = "routines"
EXERCISES = "exercises"


class Browsing(QObject):
    """Fills the pages and answers what they ask for; the window shows them.

    Signals:
        place_requested: the name of a page that is to be shown.
        told: a sentence for the user.

    Args:
        places: where everything is.
        window: asked for the coach and the theme when they are needed.
    """

    place_requested = Signal(str)
    told = Signal(str)

    def __init__(self, places: Places, window: "MainWindow") -> None:
        super().__init__(window)
        self._places = places
        self._favourites = Favourites(places.config)
        self._exercises: ExercisesPage | None = None
        self._routines: RoutinesPage | None = None
        self._cards: tuple[RoutineCard, ...] | None = None
        self._read_key()

    @property
    def routines(self) -> "RoutinesPage":
        """The page of routines, made when it is first asked for."""
        if self._routines is None:
            from uncramp.ui.browse.routines_page import RoutinesPage  # not every start opens on it

            self._routines = page = RoutinesPage()
            page.pictures_requested.connect(self._show_pictures)
            page.favourite_requested.connect(self.mark)
            page.exercise_requested.connect(self._open_exercise)
        return self._routines

    @property
    def cards(self) -> "tuple[RoutineCard, ...]":
        """The routines in words, from what was kept if nothing has changed."""
        if self._cards is None:
            self._cards = self._cache.read()
        if self._cards is None:
            self._cards = make_cards(self._window.coach)
            self._cache.write(self._cards)
        return self._cards

    @property
    def pictures(self) -> Pictures:
        """Small drawings of exercises, as the files are now."""
        return self._pictures

    def fill(self) -> None:
        """Show the routines for the first time."""
        self.routines.show_favourites(self._favourites.ids)
        self.routines.fill(self.cards)

    def fill_again(self) -> None:
        """Show the library as it is now."""
        self._read_key()
        self._cards = make_cards(self._window.coach)
        self.routines.fill(self._cards)
        self._cache.write(self._cards)
        if self._exercises is not None:
            self._fill_exercises(self._exercises)

    def show_previews(self) -> None:
        """Let the chosen routine's exercises move, once the window stands."""
        self.routines.figure_requested.connect(self._show_preview)
        self.routines.repeat_request()

    def tell_of_files(self) -> None:
        """Show what only the library and the journal know: problems, and what was done when."""
        from uncramp.coach.wording import last_done

        coach = self._window.coach
        self.routines.show_problems(len(coach.problems))
        try:
            if coach.journal is not None:
                done, times = coach.journal.last_done(), coach.journal.times_done()
                self.routines.show_history(last_done(done, coach.read_date(), times))
        except EnvironmentFault as fault:
            coach.journal_fault = fault

    def exercises_page(self) -> QWidget:
        """Return the page of exercises, made when it is first asked for."""
        if self._exercises is None:
            from uncramp.ui.browse.exercises_page import ExercisesPage  # when it is first opened

            self._exercises = page = ExercisesPage(self._window.theme)
            page.pictures_requested.connect(self._show_exercise_pictures)
            page.looks_requested.connect(self._show_looks)
            page.routine_requested.connect(self._open_routine)
            page.routines_requested.connect(self._back_to_routines)
            page.edit_requested.connect(self._window.edit_exercise)
            self._fill_exercises(page)
        return self._exercises

    # -- inside

    @property
    def _window(self) -> "MainWindow":
        # Not kept: the window would keep itself alive through this object.
        return cast("MainWindow", self.parent())

    def _read_key(self) -> None:
        self._cache = CardCache(self._places)
        self._pictures = Pictures(self._places.cache, self._cache.key)

    def _looks(self, exercise: str) -> "Looks":
        return self._window.coach.library.looks(exercise)

    def _show_pictures(self, exercises: list[str], side_px: int) -> None:
        self.routines.show_pictures(self._painted(exercises, side_px))

    def _show_exercise_pictures(self, exercises: list[str], side_px: int) -> None:
        if self._exercises is not None:
            self._exercises.show_pictures(self._painted(exercises, side_px))

    def _painted(self, exercises: list[str], side_px: int) -> dict[str, QPixmap]:
        """Return the first of these drawings; who waits for more asks again, a moment later."""
        window, made = self._window, dict[str, QPixmap]()
        until = monotonic() + _PAINTING_S
        for one in exercises:
            made[one] = self._pictures.picture(
                one, side_px, window.theme, window.devicePixelRatioF(), self._looks
            )
            if monotonic() > until:
                break
        return made

    def _show_preview(self, exercise: str) -> None:
        coach = self._window.coach
        if exercise in coach.library.exercises:
            self.routines.show_figure(self._looks(exercise), calm=coach.settings.calm)

    def _show_looks(self, exercise: str) -> None:
        coach = self._window.coach
        if self._exercises is not None and exercise in coach.library.exercises:
            calm = coach.settings.calm
            self._exercises.show_looks(exercise, self._looks(exercise), calm=calm)

    def mark(self, routine: str) -> None:
        """Mark a routine as a favourite, or take its mark away."""
        try:
            self._favourites.toggle(routine)
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
        self.routines.show_favourites(self._favourites.ids)

    def _fill_exercises(self, page: "ExercisesPage") -> None:
        from uncramp.coach.browse.exercise_cards import make_exercise_cards

        page.fill(make_exercise_cards(self._window.coach.library))

    def _open_exercise(self, exercise: str, beside: list[str]) -> None:
        self.exercises_page()
        assert self._exercises is not None
        self.place_requested.emit(EXERCISES)
        self._exercises.open(exercise, beside)

    def _open_routine(self, routine: str) -> None:
        self.place_requested.emit(ROUTINES)
        self.routines.choose(routine)

    def _back_to_routines(self) -> None:
        self.place_requested.emit(ROUTINES)
