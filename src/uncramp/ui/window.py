"""The window: navigation and pages, or one session and nothing else."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
)
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
from uncramp.model.language import tr
from uncramp.ui.notices import Notices
from uncramp.ui.page_stack import PageStack
from uncramp.ui.theme import Theme, load_theme, palette, style_sheet, theme_name

if TYPE_CHECKING:
    from datetime import date, datetime

    from uncramp.coach.coach import Coach
    from uncramp.model.diary import Cramp
    from uncramp.model.record import SessionRecord
    from uncramp.model.routine import Routine
    from uncramp.ui.browse.browsing import Browsing
    from uncramp.ui.browse.routines_page import RoutinesPage
    from uncramp.ui.cramp.relief import Relief
    from uncramp.ui.diary.backup import BackupKeeper
    from uncramp.ui.rail import Rail
    from uncramp.ui.session.stage import Stage
    from uncramp.ui.today.daily import Daily
    from uncramp.ui.workshop.workshop import Workshop

_DEFAULT_SIZE = (1200, 760)
_SMALLEST_SIZE = (720, 520)
_LOOK_MS = 2_000
_RAIL_PX = 97
_KEY_F9 = 0x01000038  # Qt.Key.Key_F9, without the hundred enumerations of its namespace
_OPENED = {".uncramp", ".toml"}


class MainWindow(QMainWindow):
    """Everything that is seen. Pages know nothing of each other; they are joined here.

    The frame is painted first; routines and pages follow as soon as it stands.

    Signals:
        filled: the routines are shown for the first time.
    """

    filled = Signal()

    def __init__(self, places: Places, wish: str = "") -> None:
        super().__init__()
        self._folders = places
        self._read_settings = load_settings(places.config)
        self._theme_choice = self._read_settings[0].theme
        self._wish = wish
        self._coach_made: Coach | None = None
        self._stage_made: Stage | None = None
        self._workshop_made: Workshop | None = None
        self._browsing_made: Browsing | None = None
        self._relief_made: Relief | None = None
        self._wears_night = _is_for_the_night(wish)
        self._daily_made: Daily | None = None
        self._keeper: BackupKeeper | None = None
        self._is_ending = False
        self._written = ""
        self._painted = False
        self._theme: Theme | None = None
        self._pages: dict[str, QWidget] = {}
        self._interrupted: SessionRecord | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._look_for_changes)
        self.setWindowTitle("Uncramp")
        self.setMinimumSize(*_SMALLEST_SIZE)
        self.setAcceptDrops(True)
        self.resize(*_DEFAULT_SIZE)
        self._build_frame()
        self.apply_theme()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply_theme)

    # -- the frame

    def _build_frame(self) -> None:
        self._rail: Rail | None = None
        self._rail_ground = QFrame()
        self._rail_ground.setObjectName("rail")
        self._rail_ground.setFixedWidth(_RAIL_PX)
        self._notices = Notices()
        self._notices.go_on_chosen.connect(self._go_on)
        self._notices.leave_chosen.connect(self._leave_interrupted)
        self._notices.undo_chosen.connect(self._undo)
        self._places = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._notices)
        right.addWidget(self._places, 1)
        rooms = QWidget()
        rooms.setObjectName("ground")
        self._row = row = QHBoxLayout(rooms)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail_ground)
        row.addLayout(right, 1)
        self._stack = PageStack(rooms)
        self.setCentralWidget(self._stack)

    def apply_theme(self) -> None:
        """Wear the theme that the user or the system has chosen."""
        name = "night" if self._wears_night else theme_name(self._theme_choice)
        if self._theme is not None and self._theme.name == name:
            return
        theme = load_theme(self._folders.assets / "themes", name)
        self._theme = theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme, application.font()))
        for page in (
            self._rail,
            self._stage_made,
            self._relief_made,
            *self._pages.values(),
            *self._stack.pages,
        ):
            wear = getattr(page, "set_theme", None)
            if wear is not None:
                wear(theme)

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
            self.help_cramp()
        elif event.text().casefold() == "c":
            self._help_by_letter()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look for changed files only while somebody could see them."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self._pages:
            self._watch_files(not self.isMinimized())

    def showEvent(self, event: QShowEvent) -> None:
        """Look for changed files again."""
        super().showEvent(event)
        self._watch_files(self.is_filled and not self.isMinimized())

    def hideEvent(self, event: QHideEvent) -> None:
        """In the tray there is nothing to look for."""
        super().hideEvent(event)
        self._watch_files(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A session that is running is kept, and offered again at the next start."""
        daily = self._daily_made
        if daily is not None and daily.keeps_running and not self._is_ending and not daily.is_busy:
            event.ignore()
            self.hide()
            return
        if self._stage_made is not None:
            self._stage_made.leave()
        if self._relief_made is not None:
            self._relief_made.leave()
        self._look.stop()
        if self._keeper is not None:
            self._keeper.close()
        if self._coach_made is not None:
            self._coach_made.close()
        super().closeEvent(event)
        if not QApplication.quitOnLastWindowClosed():
            QApplication.quit()

    # -- what is made when it is first needed

    @property
    def coach(self) -> "Coach":
        """The program without its face."""
        if self._coach_made is None:
            from uncramp.coach.coach import Coach  # after the first picture

            self._coach_made = Coach(self._folders, settings=self._read_settings)
        return self._coach_made

    @property
    def stage(self) -> "Stage":
        """Where sessions are shown."""
        if self._stage_made is None:
            from uncramp.ui.session.stage import Stage  # with the first session

            self._stage_made = Stage(self.coach, self.theme, self)
            self._stage_made.page_requested.connect(self.show_full)
            self._stage_made.rooms_requested.connect(self.back_to_rooms)
            self._stage_made.sound_tried.connect(self._tell_in_settings)
        return self._stage_made

    @property
    def theme(self) -> Theme:
        """The theme that is worn."""
        assert self._theme is not None
        return self._theme

    @property
    def is_filled(self) -> bool:
        """Whether the routines are shown."""
        return bool(self._pages)

    # -- pages

    def _fill(self) -> None:
        """Fill the window; whatever comes of it, what waits for that goes on."""
        try:
            self._fill_frame()
        except EnvironmentFault as fault:
            self._tell(str(fault))
        else:
            QTimer.singleShot(0, self._after_first_fill)
        finally:
            # Also after our own mistake: its dialog is made by what waits here.
            self.filled.emit()

    def _fill_frame(self) -> None:
        from uncramp.coach.opening import opening  # after the first picture
        from uncramp.ui.browse.browsing import Browsing

        self._build_rail()
        self._browsing_made = browsing = Browsing(self._folders, self)
        browsing.place_requested.connect(self.show_place)
        browsing.told.connect(self._tell)
        place = "routines" if self._wish else opening(self._folders.data)
        self.show_place(self.daily.looked_up() if place == "unknown" else place)
        self._watch_files(self.isVisible())

    def _add_routines(self) -> None:
        page = self.browsing.routines
        page.start_requested.connect(self.start_routine)
        page.problems_requested.connect(self._show_problems)
        page.edit_requested.connect(self.edit_routine)
        page.export_requested.connect(self._export)
        page.file_requested.connect(self._choose_file)
        self._add_page("routines", page)
        self.browsing.fill()

    def _build_rail(self) -> None:
        from PySide6.QtCore import Qt  # a hundred enumerations: after the first picture
        from PySide6.QtGui import QKeySequence, QShortcut

        from uncramp.ui.rail import Rail

        self._rail = Rail(self._folders.assets / "icons")
        self._rail.add_place("today", tr("Today"))
        self._rail.add_place("routines", tr("Routines"))
        self._rail.add_place("exercises", tr("Exercises"))
        self._rail.add_place("journal", tr("Journal"))
        self._rail.add_place("settings", tr("Settings"))
        self._rail.place_requested.connect(self.show_place)
        self._rail.set_theme(self.theme)
        self._row.replaceWidget(self._rail_ground, self._rail)
        self._rail_ground.deleteLater()
        self._rail.cramp_requested.connect(self.help_cramp)
        for key, does in (
            (Qt.Key.Key_F11, self._toggle_full_screen),
            (Qt.Key.Key_F9, self.help_cramp),
            (Qt.Key.Key_C, self._help_by_letter),  # a field that is typed into keeps the letter
        ):
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _after_first_fill(self) -> None:
        if "routines" not in self._pages:
            self._add_routines()
        self.browsing.show_previews()
        self.browsing.tell_of_files()
        self.daily.remind()
        self._back_up()
        if self._wish:
            self.obey(self._wish)
            return
        record = self._cut_short()
        if record is not None:
            self._offer_to_go_on(record)
        elif self.coach.journal_fault is not None:
            self._tell(str(self.coach.journal_fault))
        elif self.coach.setting_problems:
            self._tell(str(self.coach.setting_problems[0]).splitlines()[0])

    def _back_up(self) -> None:
        from uncramp.ui.diary.backup import BackupKeeper  # long after the first picture

        self._keeper = BackupKeeper(self.coach, self)
        self._keeper.told.connect(self._tell)

    def _cut_short(self) -> "SessionRecord | None":
        """Return the session that the program's end cut short, if there is one."""
        journal = self.coach.journal
        try:
            if journal is None or not journal.unfinished_sessions():
                return None
        except EnvironmentFault as fault:
            self.coach.journal_fault = fault
            return None
        return self.stage.sessions.interrupted()

    def _add_page(self, name: str, page: QWidget) -> None:
        self._pages[name] = page
        self._places.addWidget(page)
        if self._theme is not None:
            page.set_theme(self._theme)  # type: ignore[attr-defined]  # every page has it

    @property
    def browsing(self) -> "Browsing":
        """What joins the pages with the library; it also has the cards and the pictures."""
        assert self._browsing_made is not None
        return self._browsing_made

    @property
    def _routines_page(self) -> "RoutinesPage":
        return self.browsing.routines

    def show_place(self, name: str) -> None:
        """Show a page, making it when it is first asked for."""
        if name not in self._pages:
            self._make_page(name)
        is_daily = name in {"today", "welcome", "plan"}
        if name == "journal":
            self._fill_journal()
        elif is_daily:
            self.daily.fill(name)
        if self._rail is not None:
            self._rail.choose("today" if is_daily else name)
        page = self._pages[name]
        self._places.setCurrentWidget(page)
        page.take_focus()  # type: ignore[attr-defined]  # every page has it

    def _make_page(self, name: str) -> None:
        if name == "routines":
            self._add_routines()
        elif name in {"today", "welcome", "plan"}:
            self._add_page(name, self.daily.make_page(name))
        elif name == "exercises":
            self._add_page(name, self.browsing.exercises_page())
        elif name == "journal":
            from uncramp.ui.diary.room import DiaryRoom

            room = DiaryRoom(self.coach, self.theme)
            room.cramp_entry_requested.connect(self._open_cramp)
            self._add_page(name, room)
        elif name == "settings":
            from uncramp.ui.settings_page import SettingsPage

            page = SettingsPage(self.coach.settings, self.coach.places.data)
            page.setting_changed.connect(self._change_setting)
            page.sound_test_requested.connect(self.stage.try_sound)
            page.safety_requested.connect(self._show_safety)
            self._add_page(name, page)

    def _fill_journal(self) -> None:
        from uncramp.ui.diary.room import DiaryRoom

        page = self._pages["journal"]
        assert isinstance(page, DiaryRoom)
        page.refresh()

    def _change_setting(self, key: str, value: object) -> None:
        from uncramp.ui.settings_page import SettingsPage

        told = ""
        try:
            self.coach.change_setting(key, value)
        except EnvironmentFault as fault:
            told = str(fault)
        page = self._pages["settings"]
        assert isinstance(page, SettingsPage)
        page.tell(told)
        self.daily.setting_changed(key)
        if key == "theme":
            self._theme_choice = ThemeChoice(str(value))
            self._wears_night = False
            self.apply_theme()

    def _tell_in_settings(self, sentence: str) -> None:
        from uncramp.ui.settings_page import SettingsPage

        page = self._pages.get("settings")
        if isinstance(page, SettingsPage):
            page.tell(sentence)

    def _watch_files(self, watched: bool) -> None:
        if watched:
            self._look.start()
        else:
            self._look.stop()

    def _look_for_changes(self) -> None:
        from uncramp.ui.text_pages import ProblemsPage

        reads_problems = isinstance(self._stack.page, ProblemsPage)
        if self._stack.page is not None and not reads_problems:
            return
        if self.coach.reload_if_changed():
            self.browsing.fill_again()
            self.browsing.tell_of_files()
            if reads_problems:
                self.stage.show_problems()

    # -- notices

    def _offer_to_go_on(self, record: "SessionRecord") -> None:
        from uncramp.coach.times import clock

        self._interrupted = record
        self._notices.offer_to_go_on(
            record.routine_name, clock(self.stage.sessions.left_ms(record))
        )

    def _tell(self, text: str) -> None:
        self._notices.tell(text)

    def _go_on(self) -> None:
        record, self._interrupted = self._interrupted, None
        self._notices.clear()
        if record is not None:
            self.stage.go_on(record)

    def _leave_interrupted(self) -> None:
        record, self._interrupted = self._interrupted, None
        self._notices.clear()
        if record is not None:
            try:
                self.stage.sessions.dismiss(record)
            except EnvironmentFault as fault:
                self._tell(str(fault))

    # -- the day

    @property
    def daily(self) -> "Daily":
        """The day's pages and the reminders."""
        if self._daily_made is None:
            from uncramp.ui.today.daily import Daily  # when a plan or a clock asks for it

            made = Daily(self.coach, self)
            made.start_requested.connect(self.start_routine)
            made.place_requested.connect(self.show_place)
            made.told.connect(self._tell)
            made.banner_requested.connect(self._show_banner)
            made.banner_done.connect(self._notices.clear)
            made.safety_requested.connect(self._show_safety)
            made.wish_requested.connect(self.obey)
            made.cramp_entry_requested.connect(self._tell_cramp)
            made.front_requested.connect(self.come_forward)
            made.end_requested.connect(self.end)
            self._daily_made = made
        return self._daily_made

    def _show_banner(self, text: str, buttons: list[QWidget]) -> None:
        self._notices.tell(text, *buttons)

    def wait_hidden(self) -> bool:
        """Begin without being seen; False where no tray that the user wants leads back here."""
        # Nothing will be painted, which else would fill the window.
        self._painted = True
        self._fill()
        return self.daily.enter_tray()

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

    # -- the workshop

    @property
    def workshop(self) -> "Workshop":
        """Where routines are written, given away and taken."""
        if self._workshop_made is None:
            from uncramp.ui.workshop.workshop import Workshop  # when it is first asked for

            made = Workshop(self.coach, self)
            made.page_requested.connect(self.show_full)
            made.rooms_requested.connect(self.back_to_rooms)
            made.try_requested.connect(self._try_routine)
            made.told.connect(self._tell)
            made.undo_offered.connect(self._notices.offer_undo)
            made.exercise_requested.connect(self._write_exercise_first)
            made.routine_written.connect(self._remember_routine)
            self._workshop_made = made
        return self._workshop_made

    def _undo(self) -> None:
        self._notices.clear()
        self.workshop.undo()
        self._look_for_changes()
        self.show_place(self._present_place())  # else the next button would have the focus

    def _remember_routine(self, routine_id: str) -> None:
        """Choose a routine that was just written or taken, once the routines are seen again."""
        self._written = routine_id

    def edit_routine(self, routine_id: str) -> None:
        """Open a routine in the editor; "" for a new one."""
        self.workshop.edit(routine_id, self.browsing.pictures, self.theme)

    def edit_exercise(self, exercise_id: str) -> None:
        """Open an exercise in the editor; "" for a new one."""
        self.workshop.edit_exercise(exercise_id, self.theme)

    def _write_exercise_first(self) -> None:
        """Write an exercise, and come back to the routine that is to use it."""
        self._stack.keep()
        self.edit_exercise("")

    def open_file(self, path: Path) -> None:
        """Show what a file offers, unless something else fills the window."""
        if self._stack.page is None:
            self.workshop.open_file(path)

    def _choose_file(self) -> None:
        self.workshop.choose_file()

    def _export(self, routine_id: str) -> None:
        self.workshop.export(routine_id)

    def _try_routine(self, routine: "Routine") -> None:
        """Go through a routine that is being written, and come back to the editor."""
        self._stack.keep()
        self.stage.begin(routine, is_trial=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that can be opened."""
        if _dropped_file(event) is not None and self._stack.page is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what a dropped file offers."""
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    # -- a cramp

    @property
    def relief(self) -> "Relief":
        """Help with a cramp that is there now, and the page for one that is over."""
        if self._relief_made is None:
            from uncramp.ui.cramp.relief import Relief  # with the first cramp

            made = Relief(self.coach, self.theme, self)
            made.begun.connect(self._make_room)
            made.night_requested.connect(self._wear_night)
            made.page_requested.connect(self.show_full)
            made.rooms_requested.connect(self.back_to_rooms)
            made.offered.connect(self._show_banner)
            made.offer_done.connect(self._notices.clear)
            self._relief_made = made
        return self._relief_made

    def help_cramp(self) -> None:
        """Help with a cramp, whatever else is going on."""
        self.relief.begin()

    def _help_by_letter(self) -> None:
        """Help, but not where much is typed: a letter beside its field must not end the writing."""
        if not getattr(self._stack.page, "is_typed_into", False):
            self.help_cramp()

    def _tell_cramp(self, day: "date") -> None:
        self.relief.tell_cramp_of(day)

    def _make_room(self) -> None:
        """A session ends; any other page is kept, and comes back after the cramp."""
        if self._stage_made is not None and self._stage_made.view is not None:
            self._stage_made.break_off()
        else:
            self._stack.keep()

    def _open_cramp(self, cramp: "Cramp | None", at: "datetime | None") -> None:
        self.relief.tell_cramp(cramp, at)

    def _wear_night(self) -> None:
        self._wears_night = True
        self.apply_theme()

    # -- one page instead of everything

    def obey(self, wish: str) -> None:
        """Do what a start asks for: "start ROUTINE", "open FILE", "cramp ...", or nothing."""
        word, _, rest = wish.partition(" ")
        if word == "start":
            self.start_routine(rest)
        elif word == "open":
            self.open_file(Path(rest))
        elif word == "cramp":
            self.relief.obey(rest)

    def start_routine(self, name: str) -> None:
        """Begin a routine, unless something else fills the window."""
        if self._stack.page is not None:
            return
        routine = self.coach.library.find_routine(name)
        if routine is None:
            self._tell(tr('There is no routine "{name}".').format(name=name[:80]))
        else:
            self.stage.begin(routine)

    def show_full(self, page: QWidget) -> None:
        """Show `page` instead of everything else."""
        if self._daily_made is not None:
            self._daily_made.is_busy = True
        self._stack.show_page(page)

    def back_to_rooms(self) -> None:
        """Show navigation and pages again."""
        if self._wears_night and not _is_for_the_night("cramp"):
            self._wears_night = False  # it is day
            self.apply_theme()
        kept = self._stack.go_back()
        if kept is not None:
            self._refresh_kept(kept)
            return
        if self._daily_made is not None:
            self._daily_made.is_busy = False
        self._look_for_changes()
        self.browsing.tell_of_files()
        if self._written:
            self.browsing.routines.choose(self._written)
            self._written = ""
        self.show_place(self._present_place())

    def _present_place(self) -> str:
        current = self._places.currentWidget()
        return next(name for name, one in self._pages.items() if one is current)

    def _refresh_kept(self, page: QWidget) -> None:
        """Let a page that was kept know of exercises that were written meanwhile."""
        from uncramp.ui.workshop.routine.page import EditorPage

        if self.coach.reload_if_changed():
            self.browsing.fill_again()
            if isinstance(page, EditorPage):
                page.set_library(self.coach.library, self.browsing.pictures)

    def _show_safety(self) -> None:
        self.stage.show_safety("")

    def _show_problems(self) -> None:
        self.stage.show_problems()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()


def _is_for_the_night(wish: str) -> bool:
    """Tell whether somebody wants help with a cramp at night: then even the frame is dark."""
    if wish.partition(" ")[0] != "cramp":
        return False
    from uncramp.coach.clock import read_date  # only then
    from uncramp.coach.cramp.relief import is_night

    return is_night(read_date())


def _dropped_file(event: QDropEvent) -> Path | None:
    """Return the first file of a drop that may hold a routine."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in files if path.suffix in _OPENED), None)
