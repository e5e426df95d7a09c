"""Cramp now, from the first key to the journal: question, relief, what helped."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from uncramp.coach.clock import read_clocks
from uncramp.coach.cramp.book import CrampBook
from uncramp.coach.cramp.relief import Episode, is_night, red_flag_opening
from uncramp.coach.cramp.wording import cramp_line, place_name
from uncramp.coach.session.sessions import Pacing, Sessions
from uncramp.coach.session.sounding import SoundingSession
from uncramp.coach.wording import advice, afterwards
from uncramp.model.body import Side
from uncramp.model.crampday import last_night
from uncramp.model.diary import GUESSED_HOUR, Cramp, CrampMuscle
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.routine import Routine
from uncramp.ui.cramp.now_page import CrampNowPage
from uncramp.ui.cramp.relief_view import ReliefView
from uncramp.ui.frame import Frame
from uncramp.ui.page import Page
from uncramp.ui.session.awake import KeepAwake
from uncramp.ui.widgets import button

_LET_FINISH_S = 4.0
_LONGEST_WAKING_NS = 1_200_000_000
"""The first words are worth waiting for, but not longer than a cramp lets one wait."""
_LOOK_MS = 20


class Relief(QObject):
    """Opens the pages of a cramp; the window shows them.

    Signals:
        begun: a cramp wants the whole window.
    """

    begun = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._coach = frame.coach
        self._sessions = Sessions(frame.coach)
        self._awake = KeepAwake()
        self._pacing = Pacing()
        self._is_darkened = False
        self._episode: Episode | None = None
        self._view: ReliefView | None = None
        self._page: QWidget | None = None
        self._sound: SoundingSession | None = None
        self._sound_is_tried = False
        self._wait_begun_ns = 0
        self._entry_before: Cramp | None = None
        self._deleted: Cramp | None = None
        self.read_clocks = read_clocks

    @property
    def episode(self) -> Episode | None:
        """The cramp that is there now, or None."""
        return self._episode

    @property
    def view(self) -> ReliefView | None:
        """The relief that is shown, or None."""
        return self._view

    @property
    def page(self) -> QWidget | None:
        """The page that is shown, or None."""
        return self._page

    def use_clocks(self, pacing: Pacing) -> None:
        """Measure sessions and cramps by other clocks."""
        self._pacing, self.read_clocks = pacing, pacing.read

    # -- the question

    def begin(
        self,
        muscle: CrampMuscle | None = None,
        side: Side = Side.NONE,
        pacing: Pacing | None = None,
        wanted: Routine | None = None,
    ) -> None:
        """Ask the question, with muscle and side chosen as they were last time.

        Args:
            muscle: where it is, if that is known already.
            side: on which side, if that is known already.
            pacing: the clock of session and cramp.
            wanted: the relief that was chosen among the routines; it tells where the cramp is.
        """
        if self._episode is not None:
            return
        if pacing is not None:
            self.use_clocks(pacing)
        episode = Episode(self._coach, self.read_clocks().boot_ns)
        if wanted is not None:
            episode.want(wanted)
        cramp = episode.cramp
        episode.locate(muscle or cramp.muscle, cramp.side if side is Side.NONE else side)
        self.begun.emit()
        self._is_darkened = is_night(cramp.at) and self._frame.theme.name != "night"
        if self._is_darkened:
            self._frame.night_requested.emit()
        self._episode = episode
        page = CrampNowPage(
            episode.cramp.muscle,
            episode.cramp.side,
            on_a_run=episode.on_a_run,
            theme=self._frame.theme,
        )
        page.started.connect(self._start)
        page.warned.connect(self._warn_before)
        page.run_changed.connect(episode.set_on_a_run)
        page.cancelled.connect(self._give_up)
        self._show(page)
        # The dark screen first; the device opens while the question is read.
        QTimer.singleShot(0, self._open_sound)

    def obey(self, words: str) -> None:
        """Begin as the command line asked: with muscle and side, if they were told."""
        muscle, side = None, Side.NONE
        for word in words.split():
            if word in set(CrampMuscle):
                muscle = CrampMuscle(word)
            elif word in set(Side):
                side = Side(word)
        self.begin(muscle, side)

    def _give_up(self) -> None:
        self._close()
        if self._is_darkened:
            self._frame.night_cancelled.emit()  # a key by mistake changes nothing
        self._frame.back_to_rooms()

    def _warn_before(self) -> None:
        self._close()
        self._show_signs(red_flag_opening(before_relief=True))

    # -- the relief

    def _start(self, muscle: CrampMuscle, side: Side) -> None:
        episode = self._episode
        if episode is None or self._view is not None:
            return
        episode.locate(muscle, side)
        self._open_sound()
        self._awake.hold()
        self._relieve()

    def _relieve(self) -> None:
        episode = self._episode
        assert episode is not None
        routine, side = episode.routine, episode.cramp.side
        session = self._sessions.begin(routine, self._sound, self._pacing, side)
        exercises = self._coach.library.exercises
        view = ReliefView(
            session,
            place_name(episode.cramp.muscle, side),
            self._read_elapsed_s,
            self._sound,
            self._frame.theme,
            self._coach.settings.frame_rate,
            on_a_run=episode.on_a_run,
            notes=tuple(advice(step, exercises[step.exercise]) for step in routine.steps),
            afterwards=" ".join(afterwards(routine)),
        )
        view.eased.connect(self._ease)
        view.left.connect(self._leave_it)
        view.help_requested.connect(self._warn)
        view.again_requested.connect(self._again)
        self._view = view
        self._show(view)
        view.setFocus()
        self._wait_begun_ns = read_clocks().now_ns
        self._start_when_heard()

    def _start_when_heard(self) -> None:
        """Start as soon as the device is awake, so that the first words are heard."""
        view, episode = self._view, self._episode
        if view is None or episode is None:
            return
        waited_ns = read_clocks().now_ns - self._wait_begun_ns
        opening = self._sound is not None and self._sound.is_opening
        if opening and waited_ns < _LONGEST_WAKING_NS:
            QTimer.singleShot(_LOOK_MS, self._start_when_heard)
            return
        view.start()
        # Heard first, written then; from here on a power cut does not lose the cramp.
        episode.relieved_by(view.session.record.id)

    def _read_elapsed_s(self) -> float:
        return 0.0 if self._episode is None else self._episode.elapsed_s(self.read_clocks().boot_ns)

    def _again(self) -> None:
        self._end_session(drain_s=_LET_FINISH_S)
        self._sound_is_tried = False
        self._open_sound()
        self._relieve()

    def _ease(self) -> None:
        episode = self._episode
        if episode is None:
            return
        episode.ease(self.read_clocks().boot_ns)
        self._show_done()

    def _leave_it(self) -> None:
        """Nobody said that it eased: its length stays open."""
        self._show_done()

    def _show_done(self) -> None:
        from uncramp.ui.cramp.done_page import CrampDonePage  # after the relief, not before it

        episode = self._episode
        assert episode is not None
        self._close()
        page = CrampDonePage(episode)
        page.done.connect(self._frame.back_to_rooms)
        self._show(page)

    def _warn(self) -> None:
        if self._view is not None:
            self._view.session.end(too_sharp=True)
        self._close()
        self._show_signs(red_flag_opening(before_relief=False))

    def _show_signs(self, opening: str) -> None:
        from uncramp.ui.text_pages import SafetyPage

        page = SafetyPage(self._coach.places.assets, opening)
        page.done.connect(self._frame.back_to_rooms)
        self._show(page)

    def _show(self, page: Page) -> None:
        self._page = page
        self._frame.show_page(page)
        page.take_focus()

    # -- sound and end

    def _open_sound(self) -> None:
        if self._episode is None or self._sound_is_tried:
            return
        self._sound_is_tried = True
        if not self._coach.settings.muted:
            self._sound, _ = self._sessions.open_sound()

    def _end_session(self, drain_s: float = 0.0) -> None:
        view, self._view = self._view, None
        if view is not None:
            view.shut_down()
            view.session.end()
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.close(drain_s=drain_s)

    def _close(self) -> None:
        """The cramp is no longer now."""
        self._end_session()
        self._episode = None
        self._sound_is_tried = False
        self._awake.release()

    def leave(self) -> None:
        """The window closes; the cramp is in the journal already."""
        self._close()

    # -- told later

    def tell_cramp(self, cramp: Cramp | None = None, at: datetime | None = None) -> None:
        """Open the page for a cramp that is over: a new one, or one to change.

        Args:
            cramp: the one to change; None for a new one.
            at: when a new one was, where that is known already.
        """
        from uncramp.ui.cramp.entry_page import CrampEntryPage

        now = self._coach.read_date()
        page = CrampEntryPage(cramp, now, self._frame.theme, latest=self._latest(), at=at)
        self._entry_before = cramp
        page.saved.connect(self._save_told)
        page.delete_requested.connect(self._delete_told)
        page.cancelled.connect(self._frame.back_to_rooms)
        self._show(page)

    def tell_cramp_of(self, day: date) -> None:
        """Open the page for a new cramp in the night of a cramp-day."""
        now = self._coach.read_date()
        if day == last_night(now):
            self.tell_cramp()  # which takes the last night for granted
        else:
            at = datetime.combine(day + timedelta(days=1), GUESSED_HOUR, now.tzinfo)
            self.tell_cramp(at=min(at, now))

    def _latest(self) -> Cramp | None:
        try:
            book = self._book()
            return None if book is None else book.latest()
        except EnvironmentFault:
            return None  # what cannot be read is told when it is to be written

    def _book(self) -> CrampBook | None:
        diary = self._coach.diary
        return None if diary is None else CrampBook(diary, self._coach.read_date)

    def _save_told(self, cramp: Cramp) -> None:
        before = self._entry_before
        self._close_entry(self._fault_of(lambda book: book.save(cramp, before)))

    def _delete_told(self, cramp: Cramp) -> None:
        fault = self._fault_of(lambda book: book.delete(cramp))
        self._close_entry(fault)
        if fault is None:
            self._deleted = cramp
            undo = button(tr("Undo"))
            undo.clicked.connect(self._bring_back_told)
            told = tr("{cramp}: removed from the journal.").format(cramp=cramp_line(cramp))
            self._frame.tell(told, undo)

    def _bring_back_told(self) -> None:
        cramp, self._deleted = self._deleted, None
        if cramp is None:
            return
        fault = self._fault_of(lambda book: book.bring_back(cramp))
        if fault is None:
            self._frame.clear_notice()
            self._frame.back_to_rooms()
        else:
            self._frame.tell(str(fault))

    def _close_entry(self, fault: EnvironmentFault | None) -> None:
        """Leave the page of a cramp; when it could not be written, it stays as it is."""
        from uncramp.ui.cramp.entry_page import CrampEntryPage

        if fault is None:
            self._frame.back_to_rooms()
        elif isinstance(self._page, CrampEntryPage):
            self._page.tell(str(fault))

    def _fault_of(self, write: Callable[[CrampBook], None]) -> EnvironmentFault | None:
        """Write, and return why that was not possible."""
        try:
            book = self._book()
            if book is None:
                return self._coach.journal_fault
            write(book)
        except EnvironmentFault as fault:
            return fault
        return None
