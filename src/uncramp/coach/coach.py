"""What the window and the terminal ask for: the library, settings, sessions, the journal."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from uncramp.coach.announce import Announcer, every_spoken_text
from uncramp.coach.clock import read_clocks, read_date
from uncramp.coach.guide import GuidedSession, Silence, Sounder, state_from_progress
from uncramp.coach.places import Places
from uncramp.coach.settings import changed_setting, load_settings, save_settings
from uncramp.coach.sounding import SoundingSession, load_sounds
from uncramp.journal.store import Journal
from uncramp.model.errors import EnvironmentFault
from uncramp.model.problem import Problem
from uncramp.model.record import Outcome, SessionRecord
from uncramp.model.routine import Routine
from uncramp.routines.library import Library, load_library
from uncramp.routines.watch import FolderWatch
from uncramp.session import machine
from uncramp.session.machine import Clocks, SessionState
from uncramp.session.timeline import LEAD_IN_MS, Timeline, compile_routine
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


class Coach:
    """The program without its face.

    Attributes:
        places: where everything is.
        settings: the user's choices.
        setting_problems: what was wrong in the settings file.
        library: exercises and routines; empty until `load` was called.
        problems: what was wrong in the user's files.
        journal_fault: why the journal cannot be used, or None.
    """

    def __init__(
        self,
        places: Places,
        read_date: Callable[[], datetime] = read_date,
        new_id: Callable[[], uuid.UUID] = uuid.uuid4,
    ) -> None:
        self.places = places
        self.settings, self.setting_problems = load_settings(places.config)
        self.library = Library({}, {})
        self.problems: tuple[Problem, ...] = ()
        self.journal_fault: EnvironmentFault | None = None
        self._read_date = read_date
        self._new_id = new_id
        self._journal: Journal | None = None
        self._watch = FolderWatch(places.data)

    def close(self) -> None:
        """Close the journal."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def load(self) -> None:
        """Read exercises and routines, the user's own on top of those shipped."""
        self._watch.changed()
        self.library, self.problems = load_library(self.places.routines, self.places.data)

    def reload_if_changed(self) -> bool:
        """Read the library again when the user's folder has changed; tell whether it had."""
        if not self._watch.changed():
            return False
        self.library, self.problems = load_library(self.places.routines, self.places.data)
        return True

    def change_setting(self, key: str, value: object) -> None:
        """Set and save one setting.

        Raises:
            EnvironmentFault: it holds for this run but could not be saved.
        """
        changed = changed_setting(self.settings, key, value)
        if changed is None:
            raise ValueError(f"no setting {key} with value {value!r}")
        self.settings = changed
        save_settings(self.places.config, changed)

    @property
    def journal(self) -> Journal | None:
        """The journal, opened when first asked for; None (see `journal_fault`) when it fails."""
        if self._journal is None:
            try:
                self._journal = Journal(self.places.data)
                self.journal_fault = None
            except EnvironmentFault as fault:
                self.journal_fault = fault
        return self._journal

    def timeline(self, routine: Routine, lead_in_ms: int = LEAD_IN_MS) -> Timeline:
        """Lay a routine of the library out in time."""
        return compile_routine(routine, self.library.exercises.__getitem__, lead_in_ms=lead_in_ms)

    def open_sound(self) -> tuple[SoundingSession, tuple[Problem, ...]]:
        """Begin to open the sound device for a session; the caller closes it."""
        chimes, voice, problems = load_sounds(self.places.assets, self.places.cache)
        speaker = Speaker()
        speaker.volume = self.settings.volume / 100
        speaker.muted = self.settings.muted
        speaker.open()
        sound = SoundingSession(speaker, chimes, voice)
        sound.prepare(every_spoken_text(self.library.exercises.values()))
        return sound, problems

    def begin(
        self, routine: Routine, sound: SoundingSession | None, pacing: Pacing | None = None
    ) -> GuidedSession:
        """Return a session of `routine` that has not been started."""
        record = SessionRecord(
            id=str(self._new_id()),
            routine=routine.id,
            routine_name=routine.name.default,
            started_at=self._read_date(),
            ended_at=None,
            outcome=Outcome.RUNNING,
            parts=(),
        )
        state = machine.new_session(self.timeline(routine))
        return self._guided(record, state, sound, pacing or Pacing())

    def interrupted(self) -> SessionRecord | None:
        """Return the latest session that the program's end cut short, while it is fresh.

        Older ones, and those that cannot be taken up again, are closed with what was done.
        """
        if self.journal is None:
            return None
        try:
            found = self.journal.unfinished_sessions()
            fresh = [record for record in found if self._can_go_on(record)]
            for record in found:
                if record not in fresh[:1]:
                    self.dismiss(record)
        except EnvironmentFault as fault:
            self.journal_fault = fault
            return None
        return fresh[0] if fresh else None

    def go_on(self, record: SessionRecord, sound: SoundingSession | None) -> GuidedSession | None:
        """Return the interrupted session, paused where it was; None when it cannot be read."""
        state = state_from_progress(record)
        return None if state is None else self._guided(record, state, sound, Pacing())

    def dismiss(self, record: SessionRecord) -> None:
        """Close an interrupted session with what was done of it."""
        if self.journal is not None:
            ended = replace(
                record,
                outcome=Outcome.ENDED_EARLY,
                ended_at=record.ended_at or record.started_at,
                progress="",
            )
            self.journal.save_session(ended, self._read_date())

    def _can_go_on(self, record: SessionRecord) -> bool:
        age = self._read_date() - record.started_at
        if not timedelta() <= age <= GO_ON_WITHIN:
            return False
        known = {part.exercise for part in record.parts} <= set(self.library.exercises)
        return known and state_from_progress(record) is not None

    def _guided(
        self,
        record: SessionRecord,
        state: SessionState,
        sound: SoundingSession | None,
        pacing: Pacing,
    ) -> GuidedSession:
        sounder: Sounder = Silence() if sound is None else sound
        announcer = Announcer(
            self.library.exercises,
            _unspoken if sound is None else sound.duration_s,
            _no_length if sound is None else sound.chime_s,
            self.settings.verbosity,
            pacing.speed,
        )
        return GuidedSession(
            record,
            state,
            announcer,
            sounder,
            self.journal,
            pacing.read,
            self._read_date,
            pacing.real_ns,
        )


def _unspoken(text: str) -> float | None:
    del text
    return None


def _no_length(chime: Chime) -> float:
    del chime
    return 0.0
