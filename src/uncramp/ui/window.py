"""The window: navigation and rooms, or one page and nothing else."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.places import Places
from uncramp.coach.settings import ThemeChoice, load_settings
from uncramp.model.errors import EnvironmentFault
from uncramp.model.week import begin_weeks_on, usual_first_weekday
from uncramp.ui.geometry import keep, place
from uncramp.ui.notices import Notices
from uncramp.ui.page_stack import PageStack
from uncramp.ui.theme import Theme, load_theme, palette, style_sheet, theme_name

if TYPE_CHECKING:
    from PySide6.QtGui import QShortcut

    from uncramp.coach.coach import Coach
    from uncramp.ui.frame import Frame
    from uncramp.ui.library_watch import LibraryWatch
    from uncramp.ui.parts import Parts
    from uncramp.ui.room_stack import RoomStack

_RAIL_PX = 97
_KEY_F9 = 0x01000038  # Qt.Key.Key_F9, without the hundred enumerations of its namespace


class MainWindow(QMainWindow):
    """Everything that is seen. It is painted empty first; what goes into it follows at once.

    What is in it knows the frame alone, by which it asks the window and the other parts.

    Signals:
        filled: the first room is shown.
    """

    filled = Signal()

    def __init__(self, places: Places, wish: str = "") -> None:
        super().__init__()
        self._folders = places
        self._read_settings = load_settings(places.config)
        self._theme_choice = self._read_settings[0].theme
        self._wish = wish
        self._wears_night = _is_for_the_night(wish)
        self._theme: Theme | None = None
        self._frame: Frame | None = None
        self._parts: Parts | None = None
        self._rooms: RoomStack | None = None
        self._watch: LibraryWatch | None = None
        self._is_ending = False
        self._painted = False
        self.setWindowTitle("Uncramp")
        _begin_weeks(self._read_settings[0].week_begins)
        self._escape: QShortcut | None = None
        self._build()
        self.apply_theme()
        place(self, places.cache)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply_theme)

    def _build(self) -> None:
        self._rail_ground = QFrame()
        self._rail_ground.setObjectName("rail")
        self._rail_ground.setFixedWidth(_RAIL_PX)
        self.notices = Notices()
        self._room_widgets = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.notices)
        right.addWidget(self._room_widgets, 1)
        ground = QWidget()
        ground.setObjectName("ground")
        self._row = row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail_ground)
        row.addLayout(right, 1)
        self.stack = PageStack(ground)
        self.setCentralWidget(self.stack)

    # -- the colours

    @property
    def theme(self) -> Theme:
        """The theme that is worn."""
        assert self._theme is not None
        return self._theme

    def apply_theme(self) -> None:
        """Wear the theme that the user or the system has chosen."""
        name = "night" if self._wears_night else theme_name(self._theme_choice)
        if self._theme is not None and self._theme.name == name:
            return
        theme = self._theme = load_theme(self._folders.assets / "themes", name)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme, application.font()))
        if self._frame is not None:
            self._frame.theme = theme
        if self._rooms is not None:
            self._rooms.set_theme(theme)
        for page in self.stack.pages:
            page.set_theme(theme)

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Wear another theme from now on, also where it was dark for a cramp at night."""
        self._theme_choice = choice
        self._wears_night = False
        self.apply_theme()

    def _wear_night(self) -> None:
        self._wears_night = True
        self.apply_theme()

    def _cancel_night(self) -> None:
        self._wears_night = False
        self.apply_theme()

    def _wear_day(self) -> None:
        if not self._wears_night:
            return
        from uncramp.coach.cramp.relief import is_night  # when a night may be over

        if not is_night(self.coach.read_date()):
            self._wears_night = False
            self.apply_theme()

    def _setting_changed(self, key: str, value: object) -> None:
        if key == "theme":
            self.choose_theme(ThemeChoice(str(value)))

    # -- what Qt asks

    def event(self, event: QEvent) -> bool:
        """After the first picture has been painted, fetch what goes into it."""
        answer = super().event(event)
        if event.type() is QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._fill)
        return answer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of a cramp also where no window counts as active, and shortcuts rest."""
        if event.key() == _KEY_F9:
            self.parts.help_cramp()
        elif event.text().casefold() == "c":
            self._help_by_letter()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look for changed files only while somebody could see them; leave full screen on Esc."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._watch_while_seen()
            if self._escape is not None:
                self._escape.setEnabled(self.isFullScreen())

    def showEvent(self, event: QShowEvent) -> None:
        """Look for changed files again."""
        super().showEvent(event)
        self._watch_while_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """In the tray there is nothing to look for."""
        super().hideEvent(event)
        self._watch_while_seen()

    def _watch_while_seen(self) -> None:
        if self._watch is not None:
            self._watch.run(self.isVisible() and not self.isMinimized())

    def closeEvent(self, event: QCloseEvent) -> None:
        """A session that is running is kept, and offered again at the next start."""
        parts = self._parts
        stays = parts is not None and parts.keeps_running and not self.stack.pages
        if stays and not self._is_ending:
            event.ignore()
            self.hide()
            return
        keep(self, self._folders.cache)
        if self._watch is not None:
            self._watch.run(False)
        if parts is not None:
            parts.close()
        if self._frame is not None:
            self._frame.close()
        super().closeEvent(event)
        if not QApplication.quitOnLastWindowClosed():
            QApplication.quit()

    # -- what is made after the first picture

    @property
    def frame(self) -> "Frame":
        """What everything in the window asks it by."""
        if self._frame is None:
            from uncramp.ui.frame import Frame

            made = Frame(self, self.stack, self.notices, self._folders, self._read_settings)
            made.theme = self.theme
            made.night_requested.connect(self._wear_night)
            made.night_cancelled.connect(self._cancel_night)
            made.setting_changed.connect(self._setting_changed)
            made.front_requested.connect(self.come_forward)
            made.end_requested.connect(self.end)
            made.page_shown_again.connect(self._wear_day)
            made.rooms_shown_again.connect(self._wear_day)
            self._frame = made
        return self._frame

    @property
    def coach(self) -> "Coach":
        """The program without its face."""
        return self.frame.coach

    @property
    def parts(self) -> "Parts":
        """What does what is asked for: sessions, the day, the workshop, the relief."""
        if self._parts is None:
            from uncramp.ui.parts import Parts

            self._parts = Parts(self.frame)
        return self._parts

    @property
    def rooms(self) -> "RoomStack":
        """The rooms beside the rail; there are none before the first picture."""
        assert self._rooms is not None
        return self._rooms

    @property
    def watch(self) -> "LibraryWatch":
        """What looks for changed files; there is none before a room is shown."""
        assert self._watch is not None
        return self._watch

    @property
    def is_filled(self) -> bool:
        """Whether a room is shown."""
        return self._rooms is not None and bool(self._rooms.shown)

    def _fill(self) -> None:
        """Fill the window; whatever comes of it, what waits for that goes on."""
        try:
            self._fill_frame()
        except EnvironmentFault as fault:
            self.notices.tell(str(fault))
        else:
            QTimer.singleShot(0, self._after_first_fill)
        finally:
            QTimer.singleShot(0, self._take_keys)  # nobody is as quick as the first picture
            # Also after our own mistake: its dialog is made by what waits here.
            self.filled.emit()

    def _fill_frame(self) -> None:
        from uncramp.coach.opening import opening
        from uncramp.ui.rail import Rail
        from uncramp.ui.room_stack import RoomStack
        from uncramp.ui.widgets import discard

        rail = Rail(self._folders.assets / "icons")
        self._rooms = RoomStack(self.parts, self._room_widgets, rail)
        rail.set_theme(self.theme)
        rail.cramp_requested.connect(self.parts.help_cramp)
        self._row.replaceWidget(self._rail_ground, rail)
        discard(self._rail_ground)
        first = "routines" if self._wish else opening(self._folders.data)
        self._rooms.show(self.parts.daily.looked_up() if first == "unknown" else first)

    def _take_keys(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for key, does in (
            ("F11", self._toggle_full_screen),
            ("F9", self.parts.help_cramp),
            ("C", self._help_by_letter),  # a field that is typed into keeps the letter
        ):
            QShortcut(QKeySequence(key), self).activated.connect(does)
        # Before any page hears of it: a full screen has no other way out that can be seen.
        self._escape = QShortcut(QKeySequence("Esc"), self)
        self._escape.setEnabled(self.isFullScreen())
        self._escape.activated.connect(self.showNormal)
        if self._rooms is not None:
            self._rooms.take_keys()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def _after_first_fill(self) -> None:
        from uncramp.ui.file_drop import FileDrop
        from uncramp.ui.library_watch import LibraryWatch

        FileDrop(self.parts)
        self._watch = LibraryWatch(self.parts, self.rooms)
        self._watch_while_seen()
        self.rooms.page("routines")
        self.parts.begin()
        if self._wish:
            self.obey(self._wish)
        else:
            self.parts.tell_of_before()

    # -- what others ask

    def obey(self, wish: str) -> None:
        """Do what a start asks for: "start ROUTINE", "open FILE", "cramp ...", or nothing."""
        self.parts.obey(wish)

    def wait_hidden(self) -> bool:
        """Begin without being seen; False where no tray that the user wants leads back here."""
        # Nothing will be painted, which else would fill the window.
        self._painted = True
        self._fill()
        return self.parts.daily.enter_tray()

    def come_forward(self) -> None:
        """Show the window in front of the others, also out of the tray."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def end(self) -> None:
        """Close for good, also where closing would leave the program in the tray."""
        self._is_ending = True
        self.close()

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Where what had the focus is gone, the keys go to the page, and not nowhere."""
        del old
        if new is None and self.isActiveWindow():
            QTimer.singleShot(0, self._focus_page)  # the next one may only be on its way

    def _focus_page(self) -> None:
        is_taken = QApplication.focusWidget() is not None or QApplication.activePopupWidget()
        page = self.stack.page or (self._rooms.current if self._rooms is not None else None)
        if is_taken or page is None or not self.isActiveWindow():
            return
        page.take_focus()
        if QApplication.focusWidget() is None:
            page.setFocus()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _help_by_letter(self) -> None:
        """Help, but not where much is typed: a letter beside its field must not end the writing."""
        page = self.stack.page
        if page is None or not page.is_typed_into:
            self.parts.help_cramp()


def _begin_weeks(chosen: str) -> None:
    """Let weeks begin on the chosen day, or on that of the desktop's country."""
    usual = usual_first_weekday(QLocale.system().name())
    begin_weeks_on(int(chosen) if chosen else usual)


def _is_for_the_night(wish: str) -> bool:
    """Tell whether somebody wants help with a cramp at night: then even the frame is dark."""
    if wish.partition(" ")[0] != "cramp":
        return False
    from uncramp.coach.clock import read_date  # only then
    from uncramp.coach.cramp.relief import is_night

    return is_night(read_date())
