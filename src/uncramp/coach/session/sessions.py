"""Sessions: begun, taken up again after a crash, and the sound they are heard through."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from uncramp.coach.clock import read_clocks
from uncramp.coach.coach import Coach
from uncramp.coach.session.announce import Announcer, every_spoken_text
from uncramp.coach.session.guide import GuidedSession, Silence, Sounder
from uncramp.coach.session.progress import state_from_progress
from uncramp.coach.session.sounding import SoundingSession, load_sounds
from uncramp.coach.wording import worded_steps
from uncramp.journal.store import Journal
from uncramp.model.body import Side
from uncramp.model.clocks import Clocks
from uncramp.model.errors import EnvironmentFault
from uncramp.model.problem import Problem
from uncramp.model.record import Outcome, SessionRecord
from uncramp.model.routine import Routine
from uncramp.session import machine
from uncramp.session.machine import SessionState
from uncramp.sound.chime import Chime
from uncramp.sound.speaker import Speaker

GO_ON_WITHIN = timedelta(hours=3)
"""An interrupted session is offered again for this long; later it is history."""


@dataclass(frozen=True, slots=True)
class Pacing:
    """How fast a session's clock runs.

    Attributes:
        read: the session's clock.
        real_ns: turns an instant of that clock into one of the monotonic clock.
        speed: how many times faster than life it runs.
    """

    read: Callable[[], Clocks] = read_clocks
    real_ns: Callable[[int], int] | None = None
    speed: float = 1.0


class Sessions:
    """Begins sessions of the coach's library and records them in its journal."""

    def __init__(self, coach: Coach, new_id: Callable[[], uuid.UUID] = uuid.uuid4) -> None:
        self._coach = coach
        self._new_id = new_id

    def open_sound(self) -> tuple[SoundingSession, tuple[Problem, ...]]:
        """Begin to open the sound device for a session; the caller closes it."""
        chimes, voice, problems = load_sounds(self._coach.places.assets, self._coach.places.cache)
        speaker = Speaker()
        speaker.volume = self._coach.settings.volume / 100
        speaker.muted = self._coach.settings.muted
        speaker.open()
        sound = SoundingSession(speaker, chimes, voice)
        library = self._coach.library
        sound.prepare(every_spoken_text(library.exercises.values(), library.routines.values()))
        return sound, problems

    def begin(
        self,
        routine: Routine,
        sound: SoundingSession | None,
        pacing: Pacing | None = None,
        side: Side = Side.NONE,
        *,
        is_trial: bool = False,
    ) -> GuidedSession:
        """Return a session of `routine` that has not been started.

        Args:
            routine: what is done.
            sound: where it is heard; None for silence.
            pacing: its clock.
            side: the leg that cramps, for a routine that relieves a cramp.
            is_trial: the journal does not hear of it.
        """
        record = SessionRecord(
            id=str(self._new_id()),
            routine=routine.id,
            routine_name=routine.name.default,
            started_at=self._coach.read_date(),
            ended_at=None,
            outcome=Outcome.RUNNING,
            parts=(),
        )
        state = machine.new_session(self._coach.timeline(routine, side))
        journal = None if is_trial else self._coach.journal
        return self._guided(record, state, sound, pacing or Pacing(), routine, journal)

    def interrupted(self) -> SessionRecord | None:
        """Return the latest session that the program's end cut short, while it is fresh.

        Older ones, and those that cannot be taken up again, are closed with what was done.
        """
        if self._coach.journal is None:
            return None
        try:
            found = self._coach.journal.unfinished_sessions()
            fresh = [record for record in found if self._can_go_on(record)]
            for record in found:
                if record not in fresh[:1]:
                    self.dismiss(record)
        except EnvironmentFault as fault:
            self._coach.journal_fault = fault
            return None
        return fresh[0] if fresh else None

    def go_on(self, record: SessionRecord, sound: SoundingSession | None) -> GuidedSession | None:
        """Return the interrupted session, paused where it was; None when it cannot be read."""
        state = state_from_progress(record)
        if state is None:
            return None
        routine = self._coach.library.routines.get(record.routine)
        return self._guided(record, state, sound, Pacing(), routine, self._coach.journal)

    def left_ms(self, record: SessionRecord) -> int:
        """Return what is left of an interrupted session's total; 0 when that cannot be told."""
        state = state_from_progress(record)
        return 0 if state is None else machine.position_at(state, 0).total_left_ms

    def dismiss(self, record: SessionRecord) -> None:
        """Close an interrupted session with what was done of it."""
        if self._coach.journal is not None:
            ended = replace(
                record,
                outcome=Outcome.ENDED_EARLY,
                ended_at=record.ended_at or record.started_at,
                progress="",
            )
            self._coach.journal.save_session(ended, self._coach.read_date())

    def _can_go_on(self, record: SessionRecord) -> bool:
        # Either way: a clock that was set back makes the start lie in the future.
        if abs(self._coach.read_date() - record.started_at) > GO_ON_WITHIN:
            return False
        known = {part.exercise for part in record.parts} <= set(self._coach.library.exercises)
        return known and state_from_progress(record) is not None

    def _guided(
        self,
        record: SessionRecord,
        state: SessionState,
        sound: SoundingSession | None,
        pacing: Pacing,
        routine: Routine | None,
        journal: Journal | None,
    ) -> GuidedSession:
        sounder: Sounder = Silence() if sound is None else sound
        exercises = self._coach.library.exercises
        announcer = Announcer(
            exercises,
            _unspoken if sound is None else sound.duration_s,
            _no_length if sound is None else sound.chime_s,
            self._coach.settings.verbosity,
            pacing.speed,
            () if routine is None else worded_steps(routine, exercises),
        )
        return GuidedSession(
            record,
            state,
            announcer,
            sounder,
            journal,
            pacing.read,
            self._coach.read_date,
            pacing.real_ns,
            pacing.speed,
        )


def _unspoken(text: str) -> float | None:
    del text
    return None


def _no_length(chime: Chime) -> float:
    del chime
    return 0.0
