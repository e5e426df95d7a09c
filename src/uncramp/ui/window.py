"""The window: navigation and pages, or one session and nothing else."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.clock import read_date
from uncramp.coach.coach import Coach
from uncramp.coach.guide import GuidedSession
from uncramp.coach.sounding import SoundingSession
from uncramp.coach.wording import clock
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.record import SessionRecord
from uncramp.ui.rail import Rail
from uncramp.ui.theme import Theme, load_theme, palette, style_sheet, theme_name
from uncramp.ui.widgets import button, label

if TYPE_CHECKING:
    from uncramp.ui.session_view import SessionView

_DEFAULT_SIZE = (1200, 760)
_SMALLEST_SIZE = (720, 520)
_LOOK_MS = 2_000
_LET_FINISH_S = 4.0


class MainWindow(QMainWindow):
    """Everything that is seen. Pages know nothing of each other; they are joined here.

    The frame is painted first; routines and pages follow as soon as it stands.

    Signals:
        filled: the routines are shown for the first time.
    """

    filled = Signal()

    def __init__(self, coach: Coach, start_with: str = "") -> None:
        super().__init__()
        self._coach = coach
        self._start_with = start_with
        self._painted = False
        self._theme: Theme | None = None
        self._pages: dict[str, QWidget] = {}
        self._session_page: QWidget | None = None
        self._sound: SoundingSession | None = None
        self._interrupted: SessionRecord | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._look_for_changes)
        self.setWindowTitle("Uncramp")
        self.setMinimumSize(*_SMALLEST_SIZE)
        self.resize(*_DEFAULT_SIZE)
        self._build_frame()
        self.apply_theme()
        full = QShortcut(QKeySequence(Qt.Key.Key_F11), self)
        full.activated.connect(self._toggle_full_screen)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply_theme)

    # -- the frame

    def _build_frame(self) -> None:
        self._rail = Rail(self._coach.places.assets / "icons")
        self._rail.add_place("routines", tr("Routines"))
        self._rail.add_place("journal", tr("Journal"))
        self._rail.add_place("settings", tr("Settings"))
        self._rail.choose("routines")
        self._rail.place_requested.connect(self.show_place)
        self._notice = QFrame()
        self._notice.setObjectName("notice")
        self._notice.hide()
        self._places = QStackedWidget()
        self._right = right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._notice)
        right.addWidget(self._places, 1)
        rooms = QWidget()
        rooms.setObjectName("ground")
        row = QHBoxLayout(rooms)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(rooms)
        self.setCentralWidget(self._stack)

    def apply_theme(self) -> None:
        """Wear the theme that the user or the system has chosen."""
        name = theme_name(self._coach.settings.theme)
        if self._theme is not None and self._theme.name == name:
            return
        theme = load_theme(self._coach.places.assets / "themes", name)
        self._theme = theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme))
        self._rail.set_theme(theme)
        for page in (*self._pages.values(), self._session_page):
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

    def changeEvent(self, event: QEvent) -> None:
        """Look for changed files only while somebody could see them."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self._pages:
            self._watch_files(not self.isMinimized())

    def closeEvent(self, event: QCloseEvent) -> None:
        """A session that is running is kept, and offered again at the next start."""
        self._leave_session()
        self._look.stop()
        self._coach.close()
        super().closeEvent(event)

    # -- pages

    def _fill(self) -> None:
        from uncramp.ui.routines_page import RoutinesPage  # after the first picture

        page = RoutinesPage()
        page.start_requested.connect(self.start_routine)
        page.problems_requested.connect(self._show_problems)
        self._add_page("routines", page)
        self._coach.load()
        self._fill_routines()
        if self._stack.currentIndex() == 0:
            page.take_focus()
        self._watch_files(True)
        self.filled.emit()
        self._after_first_fill()

    def _after_first_fill(self) -> None:
        if self._start_with:
            self.start_routine(self._start_with)
            return
        record = self._coach.interrupted()
        if record is not None:
            self._offer_to_go_on(record)
        elif self._coach.journal_fault is not None:
            self._tell(str(self._coach.journal_fault))
        elif self._coach.setting_problems:
            self._tell(str(self._coach.setting_problems[0]).splitlines()[0])

    def _add_page(self, name: str, page: QWidget) -> None:
        self._pages[name] = page
        self._places.addWidget(page)
        if self._theme is not None:
            page.set_theme(self._theme)  # type: ignore[attr-defined]  # every page has it

    def _fill_routines(self) -> None:
        from uncramp.ui.routines_page import RoutinesPage

        page = self._pages["routines"]
        assert isinstance(page, RoutinesPage)
        library = self._coach.library
        totals = {
            routine.id: self._coach.timeline(routine).total_ms
            for routine in library.routines.values()
        }
        last_done = {}
        try:
            if self._coach.journal is not None:
                last_done = self._coach.journal.last_done()
        except EnvironmentFault as fault:
            self._coach.journal_fault = fault
        page.fill(library, totals, last_done, read_date())
        page.show_problems(self._coach.problems)

    def show_place(self, name: str) -> None:
        """Show a page, making it when it is first asked for."""
        if name not in self._pages:
            self._make_page(name)
        if name == "journal":
            self._fill_journal()
        self._rail.choose(name)
        page = self._pages[name]
        self._places.setCurrentWidget(page)
        page.take_focus()  # type: ignore[attr-defined]  # every page has it

    def _make_page(self, name: str) -> None:
        if name == "journal":
            from uncramp.ui.journal_page import JournalPage

            self._add_page(name, JournalPage())
        elif name == "settings":
            from uncramp.ui.settings_page import SettingsPage

            page = SettingsPage(self._coach.settings, self._coach.places.data)
            page.setting_changed.connect(self._change_setting)
            page.sound_test_requested.connect(self._try_sound)
            page.safety_requested.connect(self._show_safety)
            self._add_page(name, page)

    def _fill_journal(self) -> None:
        from uncramp.ui.journal_page import JournalPage

        page = self._pages["journal"]
        assert isinstance(page, JournalPage)
        journal = self._coach.journal
        try:
            page.fill(journal.sessions() if journal else (), str(self._coach.journal_fault or ""))
        except EnvironmentFault as fault:
            page.fill((), str(fault))

    def _change_setting(self, key: str, value: object) -> None:
        from uncramp.ui.settings_page import SettingsPage

        told = ""
        try:
            self._coach.change_setting(key, value)
        except EnvironmentFault as fault:
            told = str(fault)
        page = self._pages["settings"]
        assert isinstance(page, SettingsPage)
        page.tell(told)
        if key == "theme":
            self.apply_theme()

    def _try_sound(self) -> None:
        from uncramp.coach.announce import GET_READY
        from uncramp.sound.chime import Chime

        sound, _ = self._coach.open_sound()
        sound.announce(Chime.GET_READY, (GET_READY,), self._now_ns() + 300_000_000)
        sound.close(drain_s=_LET_FINISH_S)

    def _now_ns(self) -> int:
        from uncramp.coach.clock import read_clocks

        return read_clocks().now_ns

    def _watch_files(self, watched: bool) -> None:
        if watched:
            self._look.start()
        else:
            self._look.stop()

    def _look_for_changes(self) -> None:
        if self._session_page is None and self._coach.reload_if_changed():
            self._fill_routines()

    # -- notices

    def _offer_to_go_on(self, record: SessionRecord) -> None:
        self._interrupted = record
        left = clock(max(0, record.planned_ms - record.done_ms))
        text = tr("{routine} was interrupted; {left} of work are left.")
        go_on = button(tr("Go on"), kind="primary")
        go_on.clicked.connect(self._go_on)
        leave = button(tr("Leave it"), kind="quiet")
        leave.clicked.connect(self._leave_interrupted)
        self._tell(text.format(routine=record.routine_name, left=left), go_on, leave)

    def _tell(self, text: str, *buttons: QWidget) -> None:
        notice = QFrame()
        notice.setObjectName("notice")
        row = QHBoxLayout(notice)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(12)
        row.addWidget(label("body", text, wrap=True), 1)
        for made in buttons:
            row.addWidget(made)
        if not buttons:
            close = button(tr("Close"), kind="quiet")
            close.clicked.connect(notice.hide)
            row.addWidget(close)
        self._right.replaceWidget(self._notice, notice)
        self._notice.deleteLater()
        self._notice = notice

    def _go_on(self) -> None:
        record, self._interrupted = self._interrupted, None
        self._notice.hide()
        if record is None:
            return
        self._open_sound()
        session = self._coach.go_on(record, self._sound)
        if session is None:
            self._close_sound()
            return
        self._show_session(session, record.routine_name).go_on()

    def _leave_interrupted(self) -> None:
        record, self._interrupted = self._interrupted, None
        self._notice.hide()
        if record is not None:
            try:
                self._coach.dismiss(record)
            except EnvironmentFault as fault:
                self._tell(str(fault))

    # -- sessions

    def start_routine(self, name: str) -> None:
        """Begin a routine, unless a session is running."""
        self.raise_()
        self.activateWindow()
        routine = self._coach.library.find_routine(name)
        if self._session_page is not None:
            return
        if routine is None:
            self._tell(tr('There is no routine "{name}".').format(name=name[:80]))
            return
        self._open_sound()
        session = self._coach.begin(routine, self._sound)
        self._show_session(session, routine.name.default).start()

    def _open_sound(self) -> None:
        if not self._coach.settings.muted:
            self._sound, _ = self._coach.open_sound()

    def _close_sound(self, drain_s: float = 0.0) -> None:
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.close(drain_s=drain_s)

    def _show_session(self, session: GuidedSession, name: str) -> "SessionView":
        from uncramp.ui.awake import KeepAwake
        from uncramp.ui.session_view import SessionView

        assert self._theme is not None
        view = SessionView(
            session,
            name,
            self._coach.library.exercises,
            self._sound,
            self._theme,
            self._coach.settings.frame_rate,
        )
        view.finished.connect(self._show_finished)
        view.safety_requested.connect(self._show_safety_after)
        self._awake = KeepAwake()
        self._awake.hold()
        self._show_full(view)
        return view

    def _show_full(self, page: QWidget) -> None:
        """Show `page` instead of everything else."""
        old, self._session_page = self._session_page, page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _show_finished(self, record: SessionRecord) -> None:
        from uncramp.ui.text_pages import FinishedPage

        self._session_is_over()
        assert self._theme is not None
        fault = self._fault_of_session()
        page = FinishedPage(record, fault, self._coach.places.assets / "icons", self._theme)
        page.done.connect(self._back_to_rooms)
        self._show_full(page)
        page.take_focus()

    def _show_safety_after(self, record: SessionRecord) -> None:
        del record
        self._session_is_over()
        self._show_safety_page(tr("You stopped because it was too sharp. That was right."))

    def _show_safety(self) -> None:
        self._show_safety_page("")

    def _show_safety_page(self, opening: str) -> None:
        from uncramp.ui.text_pages import SafetyPage

        page = SafetyPage(self._coach.places.assets, opening)
        page.done.connect(self._back_to_rooms)
        self._show_full(page)
        page.take_focus()

    def _show_problems(self) -> None:
        from uncramp.ui.text_pages import ProblemsPage

        page = ProblemsPage(self._coach.problems)
        page.done.connect(self._back_to_rooms)
        self._show_full(page)
        page.take_focus()

    def _fault_of_session(self) -> str:
        from uncramp.ui.session_view import SessionView

        view = self._session_page
        fault = view.session.fault if isinstance(view, SessionView) else None
        fault = fault or self._coach.journal_fault
        if fault is None:
            return ""
        return tr("It could not be written to the journal. {why}").format(why=fault)

    def _session_is_over(self) -> None:
        self._awake.release()
        self._close_sound(drain_s=_LET_FINISH_S)

    def _back_to_rooms(self) -> None:
        page, self._session_page = self._session_page, None
        self._stack.setCurrentIndex(0)
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
        self._fill_routines()
        self.show_place(self._current_place())

    def _current_place(self) -> str:
        current = self._places.currentWidget()
        return next(name for name, page in self._pages.items() if page is current)

    def _leave_session(self) -> None:
        from uncramp.ui.session_view import SessionView

        view = self._session_page
        if isinstance(view, SessionView) and not view.session.is_over:
            view.driver.pause()
            view.shut_down()
            self._session_is_over()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
