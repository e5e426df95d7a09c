"""A cramp that is there now: which relief, what to say when, and its place in the diary."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from enum import Enum
from pathlib import Path

from uncramp.coach.coach import Coach
from uncramp.coach.cramp.book import CrampBook
from uncramp.coach.opening import read_notes
from uncramp.model.body import CrampSite, Side
from uncramp.model.diary import LONGEST_CRAMP_S, Cramp, CrampContext, CrampMuscle, Night
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.moment import Moment
from uncramp.model.record import Outcome, SessionRecord
from uncramp.model.routine import Routine, Step
from uncramp.model.text import Text

NIGHT_FROM = time(22)
NIGHT_TO = time(7)
STILL_CRAMPING_S = 5 * 60
"""From here on something else is suggested (red flags: timer of the relief screen)."""
GET_ADVICE_S = 10 * 60
"""From here on advice is due: a cramp that ten minutes of stretching did not ease (red flags)."""
ON_A_RUN = timedelta(hours=2)
"""A run is likely to last so long after its warm-up."""
AFTER_A_RUN = timedelta(hours=3)
_RECENT_SESSIONS = 5
_RELIEF_OF = {
    CrampSite.CALF: "night_calf",
    CrampSite.HAMSTRING: "night_hamstring",
    CrampSite.QUAD: "night_quad",
    CrampSite.FOOT: "night_foot",
}
ON_THE_RUN = "midrun_relief"


class Advice(Enum):
    """What a cramp's clock has to say."""

    NONE = 0
    STILL_CRAMPING = 1
    GET_ADVICE = 2


def is_night(now: datetime) -> bool:
    """Tell whether somebody who is up now was probably asleep."""
    at = now.time()
    return at >= NIGHT_FROM or at < NIGHT_TO


def likely_context(now: datetime, sessions: Iterable[SessionRecord], coach: Coach) -> CrampContext:
    """Return what the runner is probably doing, from the clock and what was done lately.

    Args:
        now: the wall clock.
        sessions: the latest ones, newest first.
        coach: knows what their routines are meant for.
    """
    for record in sessions:
        ended = record.ended_at
        routine = coach.library.routines.get(record.routine)
        if ended is None or routine is None or record.outcome is Outcome.RUNNING:
            continue
        since = now - ended
        if routine.moment is Moment.BEFORE_RUN and timedelta() <= since <= ON_A_RUN:
            return CrampContext.RUN
        if routine.moment is Moment.AFTER_RUN and timedelta() <= since <= AFTER_A_RUN:
            return CrampContext.AFTER_RUN
    return CrampContext.NIGHT if is_night(now) else CrampContext.REST


def usual_muscle(data: Path) -> CrampMuscle:
    """Return where cramps come as the first questions were answered; the calf without an answer.

    Args:
        data: the folder of the user's data.
    """
    answered = read_notes(data).get("muscles")
    muscles = [
        muscle for muscle in CrampMuscle if isinstance(answered, list) and muscle in answered
    ]
    return muscles[0] if muscles else CrampMuscle.CALF


def relief_for(coach: Coach, muscle: CrampMuscle, *, on_a_run: bool) -> Routine:
    """Return the routine for a cramp.

    The catalogue has no stretch for the shin and for other places: what helps any muscle, to
    breathe, walk and rub it, is put together for those.
    """
    site = muscle.site
    if site is None:
        return _for_any_muscle(on_a_run=on_a_run)
    if on_a_run:
        return coach.library.routines[ON_THE_RUN].for_site(site)
    return coach.library.routines[_RELIEF_OF[site]]


def _for_any_muscle(*, on_a_run: bool) -> Routine:
    walk = "cool_down_walk" if on_a_run else "night_walk"
    steps = (
        Step("calm_breath", 20),
        Step("hand_massage", 60, note=Text(tr("Slowly, with the muscle loose; never hard."))),
        Step(walk, 60, note=Text(tr("Hold on to something until the leg carries you."))),
        Step("hand_massage", 60),
    )
    return Routine(
        id="relief_any",
        ref="",
        name=Text(tr("Relief for any muscle")),
        summary=Text(tr("Breathe, rub and walk: what helps wherever it cramps.")),
        moment=Moment.CRAMP,
        steps=steps,
        sources=("Experience with walking, slow massage and steady breathing",),
        relieves=tuple(CrampSite),  # one leg only, whichever it is
        afterwards=Text(tr("If it has not eased after ten minutes of stretching, get advice now.")),
    )


def advice_at(elapsed_s: float) -> Advice:
    """Return what is due so long after a cramp began."""
    if elapsed_s >= GET_ADVICE_S:
        return Advice.GET_ADVICE
    return Advice.STILL_CRAMPING if elapsed_s >= STILL_CRAMPING_S else Advice.NONE


def advice_text(advice: Advice, *, on_a_run: bool) -> str:
    """Return the words for `advice`; "" when there is nothing to say.

    What to try is experience: walking, massage with the stretch, warmth
    while it cramps; on a run to stop, stretch lightly and rub.
    """
    if advice is Advice.NONE:
        return ""
    if advice is Advice.GET_ADVICE:
        return tr("Ten minutes is longer than a cramp should take. Get advice now.")
    if on_a_run:
        return tr(
            "Still cramping? Stop and stretch lightly while you rub it in circles. If you limp, "
            "the run is over."
        )
    return tr(
        "Still cramping? Try warmth: a warm towel or shower. Or walk slowly, heel first, and rub "
        "the muscle while you stretch it."
    )


class Episode:
    """One cramp from the first key on, in the diary as soon as its place is known.

    The journal may fail: relief goes on, and what could not be written is tried again with the
    next change.

    Attributes:
        cramp: what is known of it.
        on_a_run: whether the relief is that for a run.
        fault: why the journal does not have it; None when it has, or nothing was to be written.
    """

    def __init__(
        self,
        coach: Coach,
        began_ns: int,
        new_id: Callable[[], uuid.UUID] = uuid.uuid4,
    ) -> None:
        """Begin the clock.

        Args:
            coach: knows date and diary.
            began_ns: the first key, on the clock that also counts while the machine sleeps.
            new_id: makes the cramp's id.
        """
        self.fault: EnvironmentFault | None = None
        self._coach = coach
        self._began_ns = began_ns
        self._night: Night | None = None
        self._written: Cramp | None = None
        self._undone = False
        self._wanted: Routine | None = None
        now = coach.read_date()
        latest = self._latest()
        context = likely_context(now, self._recent(), coach)
        self.on_a_run = context is CrampContext.RUN
        self.cramp = Cramp(
            id=str(new_id()),
            at=now,
            context=context,
            muscle=usual_muscle(coach.places.data) if latest is None else latest.muscle,
            side=Side.LEFT if latest is None or latest.side is Side.NONE else latest.side,
        )

    @property
    def is_undone(self) -> bool:
        """Whether it was taken out of the diary again."""
        return self._undone

    @property
    def is_written(self) -> bool:
        """Whether the journal has it."""
        return self._written is not None and not self._undone

    @property
    def routine(self) -> Routine:
        """What relieves it: the routine that was asked for where it fits, else the usual one."""
        wanted, site = self._wanted, self.cramp.muscle.site
        if wanted is not None and site in wanted.relieves and self.on_a_run is _is_for_runs(wanted):
            return wanted.for_site(site)
        return relief_for(self._coach, self.cramp.muscle, on_a_run=self.on_a_run)

    def elapsed_s(self, boot_ns: int) -> float:
        """Return how long it has lasted."""
        return max(0, boot_ns - self._began_ns) / 1e9

    def want(self, routine: Routine) -> None:
        """Say which relief was asked for; it tells where the cramp is, and whether on a run."""
        self._wanted = routine
        if self.on_a_run is not _is_for_runs(routine):
            self.set_on_a_run(not self.on_a_run)
        if self.cramp.muscle.site not in routine.relieves:
            self.locate(CrampMuscle(routine.relieves[0].value), self.cramp.side)

    def locate(self, muscle: CrampMuscle, side: Side) -> None:
        """Say where it is; nothing is written yet."""
        self.cramp = replace(self.cramp, muscle=muscle, side=side)

    def set_on_a_run(self, on_a_run: bool) -> None:
        """Say whether the runner is on a run; nothing is written yet."""
        self.on_a_run = on_a_run
        context = CrampContext.RUN
        if not on_a_run:
            night = is_night(self.cramp.at)
            context = CrampContext.NIGHT if night else CrampContext.REST
        self.cramp = replace(self.cramp, context=context)

    def relieved_by(self, session: str) -> None:
        """Note the session that relieves it; from now on it is in the diary."""
        self.change(replace(self.cramp, session=session))

    def ease(self, boot_ns: int) -> None:
        """Note that it is over."""
        seconds = min(LONGEST_CRAMP_S, round(self.elapsed_s(boot_ns)))
        self.change(replace(self.cramp, seconds=seconds))

    def change(self, cramp: Cramp) -> None:
        """Write what is known now."""
        self.cramp = cramp
        self._attempt(self._save)

    def undo(self) -> None:
        """Take it out of the diary."""
        if self._attempt(self._delete):
            self._undone = True

    def bring_back(self) -> None:
        """Put it into the diary again."""
        if self._attempt(self._bring_back):
            self._undone = False

    def _save(self, book: CrampBook) -> None:
        if self._written is None:
            self._night = book.night(self.cramp.day)
        book.save(self.cramp, self._written)
        self._written = self.cramp

    def _delete(self, book: CrampBook) -> None:
        if self._written is not None:
            book.delete(self._written, self._night)

    def _bring_back(self, book: CrampBook) -> None:
        book.bring_back(self.cramp)

    def _attempt(self, write: Callable[[CrampBook], None]) -> bool:
        try:
            diary = self._coach.diary
            if diary is None:
                self.fault = self._coach.journal_fault
                return False
            write(CrampBook(diary, self._coach.read_date))
        except EnvironmentFault as fault:
            self.fault = fault
            return False
        self.fault = None
        return True

    def _latest(self) -> Cramp | None:
        try:
            diary = self._coach.diary
            return None if diary is None else CrampBook(diary, self._coach.read_date).latest()
        except EnvironmentFault as fault:
            self.fault = fault
            return None

    def _recent(self) -> tuple[SessionRecord, ...]:
        try:
            journal = self._coach.journal
            return () if journal is None else journal.sessions(limit=_RECENT_SESSIONS)
        except EnvironmentFault as fault:
            self.fault = fault
            return ()


def _is_for_runs(routine: Routine) -> bool:
    return routine.moment is Moment.DURING_RUN


def red_flag_opening(*, before_relief: bool) -> str:
    """Return what the page of signs begins with when it is opened from relief.

    A leg that may have a clot or a fresh tear is not to be massaged or heated (red flags).
    """
    if before_relief:
        return tr(
            "Do not massage, roll or heat this leg, and do not stretch it hard. It may be more "
            "than a cramp: have it seen today. If it is suddenly cold, pale or very painful, call "
            "the emergency services now."
        )
    return tr(
        "Stop here: no massage and no heat. If the leg is swollen, warm, changed in colour, numb "
        "or injured, or the cramp does not let go, have it seen today. If it is suddenly cold, "
        "pale or very painful, call the emergency services now."
    )
