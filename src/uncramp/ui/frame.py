"""What the rooms and the other parts of the window may ask of it."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from uncramp.coach.places import Places
from uncramp.coach.settings import Settings
from uncramp.model.problem import Problem
from uncramp.ui.notices import Notices
from uncramp.ui.page_stack import PageStack
from uncramp.ui.theme import Theme

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.ui.catalogue import Catalogue
    from uncramp.ui.page import Page


class Frame(QObject):
    """Stands between the window and what is in it, so that no part has to know the window.

    A room or a part may keep it. It does not keep the window, which would then keep itself alive.

    Signals:
        room_requested: the id of a room that is to be shown.
        routine_requested: the id of a routine that is to be started.
        routine_edit_requested: the id of a routine that is to be edited; "" for a new one.
        exercise_edit_requested: the id of an exercise that is to be edited; "" for a new one.
        trial_requested: a Routine that is being written and shall be gone through.
        routine_written: the id of a routine that was saved or taken.
        cramp_requested: somebody has a cramp.
        cramp_entry_requested: a Cramp to change, or None, and the instant of a new one or None.
        cramp_of_day_requested: the cramp-day for whose night a cramp is to be entered.
        day_requested: a day whose page in the journal is wanted.
        import_requested: paths of recordings that are to be read; none to choose them.
        entries_offered: paths of tables or of a written-out journal that may be taken into it.
        tracking_requested: what is noted about a day is to be chosen.
        night_requested: it is night: dark at once.
        night_cancelled: it was not needed after all: as before.
        safety_requested: the signs that are reasons to get help are wanted.
        reminder_changed: the time of a reminder that has come, and its sentence; "" for none.
        reminder_closed: the user has seen it.
        setting_changed: the key and the new value of a setting that was changed.
        front_requested: the window shall come to the front.
        end_requested: the program shall end.
        page_shown_again: a page that was kept is shown again.
        rooms_shown_again: navigation and rooms are shown again.
    """

    room_requested = Signal(str)
    routine_requested = Signal(str)
    routine_edit_requested = Signal(str)
    exercise_edit_requested = Signal(str)
    trial_requested = Signal(object)
    routine_written = Signal(str)
    cramp_requested = Signal()
    cramp_entry_requested = Signal(object, object)
    cramp_of_day_requested = Signal(object)
    day_requested = Signal(object)
    import_requested = Signal(object)
    entries_offered = Signal(object)
    tracking_requested = Signal()
    night_requested = Signal()
    night_cancelled = Signal()
    safety_requested = Signal()
    reminder_changed = Signal(str, str)
    reminder_closed = Signal()
    setting_changed = Signal(str, object)
    front_requested = Signal()
    end_requested = Signal()
    page_shown_again = Signal(object)
    rooms_shown_again = Signal()

    def __init__(
        self,
        window: QWidget,
        stack: PageStack,
        notices: Notices,
        places: Places,
        settings: tuple[Settings, tuple[Problem, ...]],
    ) -> None:
        super().__init__(window)
        self.places = places
        self._stack = stack
        self._notices = notices
        self._read_settings = settings
        self._theme: Theme | None = None
        self._coach: Coach | None = None
        self._catalogue: Catalogue | None = None

    # -- what everything is made from

    @property
    def coach(self) -> "Coach":
        """The program without its face; it also tells the date."""
        if self._coach is None:
            from uncramp.coach.coach import Coach  # the first page may not need it

            self._coach = Coach(self.places, settings=self._read_settings)
        return self._coach

    def _ask_coach(self) -> "Coach":
        return self.coach

    @property
    def catalogue(self) -> "Catalogue":
        """The cards of the routines and the small drawings of the exercises."""
        if self._catalogue is None:
            from uncramp.ui.catalogue import Catalogue  # not every start shows one of them

            self._catalogue = Catalogue(self.places, self._ask_coach)
        return self._catalogue

    def picture(self, exercise: str, side_px: int) -> QPixmap:
        """Return a square drawing of an exercise, `side_px` logical pixels wide, as of now."""
        known = self.catalogue
        paint = known.pictures.picture
        return paint(exercise, side_px, self.theme, self.pixel_ratio, known.looks)

    @property
    def theme(self) -> Theme:
        """The theme that is worn."""
        assert self._theme is not None
        return self._theme

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._theme = theme

    # -- the window as it is

    @property
    def window(self) -> QWidget:
        """The window itself, before which dialogs stand."""
        return cast("QWidget", self.parent())

    @property
    def pixel_ratio(self) -> float:
        """Pixels of the screen for each logical one."""
        return self.window.devicePixelRatioF()

    @property
    def is_seen(self) -> bool:
        """Whether the user has the window before him."""
        return self.window.isActiveWindow() and not self.window.isMinimized()

    @property
    def page(self) -> "Page | None":
        """The page that is shown instead of everything else, or None."""
        return self._stack.page

    @property
    def is_taken(self) -> bool:
        """Whether a page, shown or kept, stands in the place of navigation and rooms."""
        return bool(self._stack.pages)

    # -- what it shows

    def tell(self, sentence: str, *buttons: QWidget) -> None:
        """Show a sentence above the rooms; without buttons it can be closed."""
        self._notices.tell(sentence, *buttons)

    def clear_notice(self) -> None:
        """Take the sentence away that is shown."""
        self._notices.clear()

    def go_on(self) -> None:
        """Put away what was only told: the user asks for another page."""
        self._notices.leave()

    def show_page(self, page: "Page") -> None:
        """Show a page instead of everything else, in the place of the one before."""
        self._stack.show_page(page)

    def keep_page(self) -> None:
        """Let the page that is shown come back behind the next one."""
        self._stack.keep()

    def back_to_rooms(self) -> None:
        """Show the page that was kept, or navigation and rooms again."""
        kept = self._stack.go_back()
        if kept is not None:
            self.page_shown_again.emit(kept)
        else:
            self.rooms_shown_again.emit()

    def close(self) -> None:
        """Close what it has made."""
        if self._coach is not None:
            self._coach.close()
