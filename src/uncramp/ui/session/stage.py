"""The stage: a session from its first cue to its last page, with its sound and the screen awake."""

from PySide6.QtCore import QObject, QTimer, Signal

from uncramp.coach.clock import read_clocks
from uncramp.coach.session.announce import GET_READY
from uncramp.coach.session.guide import GuidedSession
from uncramp.coach.session.sessions import Pacing, Sessions
from uncramp.coach.session.sounding import SoundingSession
from uncramp.coach.wording import advice, afterwards
from uncramp.model.language import tr
from uncramp.model.record import Outcome, SessionRecord
from uncramp.model.routine import Routine
from uncramp.sound.chime import Chime
from uncramp.sound.output import SoundState
from uncramp.ui.frame import Frame
from uncramp.ui.session.awake import KeepAwake
from uncramp.ui.session.view import NUMB, SessionView
from uncramp.ui.text_pages import FinishedPage, ProblemsPage, ReadingPage, SafetyPage

_LET_FINISH_S = 4.0
_SOON_NS = 300_000_000
_LONGEST_WAKING_NS = 3_000_000_000
_LOOK_MS = 20
_TRIAL_MS = 1_500


class Stage(QObject):
    """Shows sessions, and the pages that fill the window like one.

    Signals:
        sound_tried: how the sound test went, as a sentence.
    """

    sound_tried = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._coach = frame.coach
        self.sessions = Sessions(frame.coach)
        self._awake = KeepAwake()
        self._sound: SoundingSession | None = None
        self._trial: SoundingSession | None = None
        self._wait_begun_ns = 0
        self._view: SessionView | None = None
        self._is_trial = False
        self.pacing = Pacing()

    @property
    def view(self) -> SessionView | None:
        """The session that is shown, or None."""
        return self._view

    def begin(
        self, routine: Routine, pacing: Pacing | None = None, *, is_trial: bool = False
    ) -> None:
        """Begin a routine; the journal does not hear of a trial."""
        self._open_sound()
        self._is_trial = is_trial
        session = self.sessions.begin(
            routine, self._sound, pacing or self.pacing, is_trial=is_trial
        )
        self._show(session, routine.name.default, self._advice(routine)).prepare()
        self._wait_begun_ns = read_clocks().now_ns
        self._start_when_heard()

    def _start_when_heard(self) -> None:
        """Start as soon as the loudspeaker is awake, so that the first words are heard."""
        if self._view is None:
            return
        waited_ns = read_clocks().now_ns - self._wait_begun_ns
        waking = self._sound is not None and self._sound.is_waking
        if waking and waited_ns < _LONGEST_WAKING_NS:
            QTimer.singleShot(_LOOK_MS, self._start_when_heard)
        else:
            self._view.start()

    def go_on(self, record: SessionRecord) -> None:
        """Take up an interrupted session where it was."""
        self._open_sound()
        session = self.sessions.go_on(record, self._sound)
        if session is None:
            self._close_sound()
            return
        routine = self._coach.library.routines.get(record.routine)
        advice = () if routine is None else self._advice(routine)
        self._show(session, record.routine_name, advice).go_on()

    def leave(self) -> None:
        """The window closes: what runs is kept, and offered again at the next start."""
        self._end_trial()
        view, self._view = self._view, None
        if view is not None and not view.session.is_over:
            view.driver.pause()
            view.shut_down()
        self._awake.release()
        self._close_sound()

    def break_off(self) -> None:
        """Something more urgent comes: what runs ends here, with what was done of it."""
        view = self._view
        if view is not None:
            view.shut_down()
            view.session.end()
            self._session_is_over()

    def try_sound(self) -> None:
        """Let chime and voice be heard as a session would; `sound_tried` tells how it went."""
        if self._coach.settings.muted:
            self.sound_tried.emit(tr("The sound is muted."))
        elif self._trial is None:
            self._trial, _ = self.sessions.open_sound()
            self._trial.announce(Chime.GET_READY, (GET_READY,), read_clocks().now_ns + _SOON_NS)
            QTimer.singleShot(_TRIAL_MS, self._end_trial)

    def _end_trial(self) -> None:
        sound, self._trial = self._trial, None
        if sound is not None:
            status = sound.speaker.status()
            sound.close(drain_s=_LET_FINISH_S)
            heard = status.state is SoundState.PLAYING
            words = tr("Played through {backend}.").format(backend=status.backend)
            self.sound_tried.emit(words if heard else status.sentence or tr("Nothing was heard."))

    def show_safety(self, opening: str) -> None:
        """Show the signs that are reasons to get help."""
        self._show_reading(SafetyPage(self._coach.places.assets, opening))

    def show_problems(self) -> None:
        """Show what is wrong in the user's files."""
        self._show_reading(ProblemsPage(self._coach.problems))

    def _show_reading(self, page: ReadingPage) -> None:
        page.done.connect(self._frame.back_to_rooms)
        self._frame.show_page(page)
        page.take_focus()

    def _advice(self, routine: Routine) -> tuple[str, ...]:
        exercises = self._coach.library.exercises
        return tuple(advice(step, exercises[step.exercise]) for step in routine.steps)

    def _show(self, session: GuidedSession, name: str, advice: tuple[str, ...]) -> SessionView:
        view = SessionView(
            session,
            name,
            self._sound,
            self._frame.theme,
            self._coach.settings,
            self._coach.library.looks,
            advice,
        )
        view.finished.connect(self._show_finished)
        view.safety_requested.connect(self._stopped)
        self._view = view
        self._awake.hold()
        self._frame.show_page(view)
        return view

    def _show_finished(self, record: SessionRecord) -> None:
        fault = self._fault()
        self._session_is_over()
        if self._is_trial:
            self._frame.back_to_rooms()
            return
        icons = self._coach.places.assets / "icons"
        routine = self._coach.library.routines.get(record.routine)
        words = afterwards(routine) if routine and record.outcome is Outcome.FINISHED else ()
        known = self._coach.library.routines
        offered = routine.offers if routine and record.outcome is Outcome.FINISHED else ()
        offers = [(one, known[one].name.default) for one in offered if one in known]
        page = FinishedPage(record, fault, icons, self._frame.theme, words, offers)
        page.done.connect(self._frame.back_to_rooms)
        page.start_requested.connect(self._go_on_with)
        self._frame.show_page(page)
        page.take_focus()

    def _go_on_with(self, routine_id: str) -> None:
        routine = self._coach.library.routines[routine_id]
        if routine.is_one_sided:  # a cramp is there: the question comes first
            self._frame.back_to_rooms()
            self._frame.routine_requested.emit(routine_id)
        else:
            self.begin(routine)

    def _stopped(self, why: str) -> None:
        self._session_is_over()
        if why == NUMB:
            self.show_safety(
                tr(
                    "You stopped because it went numb, and that was right: a stretch should never "
                    "tingle or go numb. Let it rest, and leave this one out today. If the feeling "
                    "does not come back, or the leg is weak, have it seen today."
                )
            )
            return
        self.show_safety(
            tr(
                "You stopped because it was too sharp, and that was right: a stretch should be a "
                "moderate pull and never more. Rest, and when it is calm again take the easier "
                "form, or leave this one out today. If it was more than that, these are the "
                "signs to watch for."
            )
        )

    def _fault(self) -> str:
        fault = self._view.session.fault if self._view is not None else None
        fault = fault or self._coach.journal_fault
        if fault is None:
            return ""
        return tr("It could not be saved in the journal. {why}").format(why=fault)

    def _session_is_over(self) -> None:
        self._view = None
        self._awake.release()
        self._close_sound(drain_s=_LET_FINISH_S)

    def _open_sound(self) -> None:
        if not self._coach.settings.muted:
            self._sound, _ = self.sessions.open_sound()

    def _close_sound(self, drain_s: float = 0.0) -> None:
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.close(drain_s=drain_s)
