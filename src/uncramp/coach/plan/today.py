"""Today: what is due, how the last nights were, and how the week goes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from uncramp.analysis.adherence import DONE_FROM, Adherence, Doing, total, weekly
from uncramp.analysis.guidance import Reason, reasons
from uncramp.coach.plan.due import DAY_BEGINS_H, Due, DueTime, Lately, arrange
from uncramp.coach.plan.planning import (
    bedtime_routines,
    day_of,
    doings,
    open_on,
    pause_on,
    planned,
)
from uncramp.coach.plan.reminders import Memory, Outlook, outlook
from uncramp.model.crampday import is_recalled, last_night
from uncramp.model.diary import MOST_CRAMPS, Cramp, CrampContext, Night, Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import Pause, Plan, PlanItem, Tie
from uncramp.model.week import week_start

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.journal.sums import SessionSum

NIGHTS: Final = 7
_BACK: Final = timedelta(days=16)


class NightState(StrEnum):
    """What is known of a night."""

    CLEAR = "clear"
    CRAMP = "cramp"
    OPEN = "open"


class NightMark(NamedTuple):  # made in a seventh of the time of a dataclass
    """One night in the row of the last ones.

    Attributes:
        day: the cramp-day.
        state: what is known.
        cramps: how many.
        recalled: told so late that it counts as a memory.
    """

    day: date
    state: NightState
    cramps: int = 0
    recalled: bool = False


class Done(NamedTuple):
    """A routine that was done today.

    Attributes:
        routine: its id.
        at: when it was last begun.
        done_ms: its work today.
        share: of the whole routine, all attempts together, 0 to 1.
    """

    routine: str
    at: datetime
    done_ms: int
    share: float

    @property
    def is_whole(self) -> bool:
        """Whether it counts as done, and was not only begun."""
        return self.share >= DONE_FROM


class Today(NamedTuple):
    """Everything that the page of today shows.

    Attributes:
        now: when this was true.
        day: whose plan is shown.
        plan: all that was planned.
        due: what is still to be done and makes sense today, what is due now first.
        done: what was done.
        skipped: what is left out today as planned.
        pause: that covers today.
        nights: the last seven, oldest first; the last one is the one that is asked for.
        week: how the plan was kept to this week, by item.
        skipped_in_week: how many days of routines were left out as planned.
        left_ms: work of the left side this week.
        right_ms: and of the right one.
        reminders: due and next.
        reasons: why to book an appointment.
    """

    now: datetime
    day: date
    plan: Plan
    due: tuple[Due, ...]
    done: tuple[Done, ...]
    skipped: tuple[PlanItem, ...]
    pause: Pause | None
    nights: tuple[NightMark, ...]
    week: Mapping[str, Adherence]
    skipped_in_week: int
    left_ms: int
    right_ms: int
    reminders: Outlook
    reasons: tuple[Reason, ...]

    @property
    def last_night(self) -> NightMark:
        """The night that is asked for."""
        return self.nights[-1]

    @property
    def kept(self) -> Adherence:
        """How the whole plan was kept to this week."""
        return total(self.week.values())

    def first(self) -> Due | None:
        """What Enter starts: the first of what is due now; None where nothing is."""
        return next((entry for entry in self.due if entry.when is DueTime.NOW), None)

    @property
    def asks(self) -> bool:
        """Whether last night is over and was not told yet."""
        return self.last_night.state is NightState.OPEN and self.now.hour >= DAY_BEGINS_H

    @property
    def has_plan(self) -> bool:
        """Whether anything is planned from today on."""
        return any(item.end is None or item.end > self.day for item in self.plan.items)


def plan_day(now: datetime) -> date:
    """Return the day whose plan is on; in the small hours it is still the day before."""
    return now.date() - timedelta(days=1 if now.hour < DAY_BEGINS_H else 0)


def read_today(coach: "Coach", memory: Memory) -> Today:
    """Return today as the journal knows it.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    from uncramp.journal.sums import session_sums  # with the first page that asks

    now = coach.read_date()
    diary, journal = coach.diary, coach.journal
    if diary is None or journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("The journal cannot be opened."))
    plan = diary.plan()
    first = (now - _BACK).replace(hour=0, minute=0)
    ahead = now + timedelta(days=1)
    sums = session_sums(journal, first, ahead)
    nights = diary.nights(first.date(), now.date())
    runs = diary.runs(now - timedelta(days=1), now)
    return compose(now, plan, sums, nights, diary.cramps(first, ahead), memory, runs)


def compose(
    now: datetime,
    plan: Plan,
    sums: "Sequence[SessionSum]",
    nights: Iterable[Night],
    cramps: Sequence[Cramp],
    memory: Memory,
    runs: Iterable[Run] = (),
) -> Today:
    """Put today together.

    Args:
        now: with the local offset.
        plan: all that was planned.
        sums: sessions of the last two weeks.
        nights: answers of the last two weeks.
        cramps: entries of the last two weeks.
        memory: what reminders were told, and what the first questions were answered with.
        runs: of today.
    """
    day, done = plan_day(now), doings(plan, sums)
    told = nights_told(nights, cramps)
    week = [
        one for one in sums if week_start(day_of(one, bedtime_routines(plan))) == week_start(day)
    ]
    still_open = open_on(plan, done, day)
    reminders = outlook(plan, done, memory, now)
    reminded = {entry.item.id for entry in reminders.fired if entry.day == day}
    lately = _lately(plan, sums, runs, day)
    # One of every hour comes again although it was done today.
    again = [item for item in planned(plan, day) if item.id in reminded and item not in still_open]
    due = arrange((*still_open, *again), now, lately, reminded, memory.first_ties)
    skips = {skip.item for skip in plan.skips if skip.day == day}
    return Today(
        now=now,
        day=day,
        plan=plan,
        due=tuple(entry for entry in due if entry.when is not DueTime.NOT_AT_NIGHT),
        done=_done_today(sums, done, day),
        skipped=tuple(item for item in planned(plan, day) if item.id in skips),
        pause=pause_on(plan, day),
        nights=marks(told, last_night(now), NIGHTS),
        week=weekly(plan, done, day, day),
        skipped_in_week=sum(
            1 for skip in plan.skips if week_start(skip.day) == week_start(day) and skip.day <= day
        ),
        left_ms=sum(entry.left_ms for entry in week),
        right_ms=sum(entry.right_ms for entry in week),
        reminders=reminders,
        reasons=reasons(told, cramps, now.date()),
    )


def nights_told(nights: Iterable[Night], cramps: Iterable[Cramp]) -> tuple[Night, ...]:
    """Return what is known of each night: by its answer, and by cramps that were entered for it.

    A cramp of a night tells that it was one with a cramp, whatever the answer says.
    """
    found = {night.day: night for night in nights}
    entered: dict[date, list[Cramp]] = {}
    for cramp in cramps:
        if cramp.context is CrampContext.NIGHT:
            entered.setdefault(cramp.day, []).append(cramp)
    for day, ones in entered.items():
        known = found.get(day)
        if known is None or known.cramps < len(ones):
            noted = min(one.noted or one.at for one in ones)
            recalled = all(one.recalled for one in ones) if known is None else known.recalled
            found[day] = Night(day, min(MOST_CRAMPS, len(ones)), noted, recalled)
    return tuple(found[day] for day in sorted(found))


def marks(told: Iterable[Night], last: date, count: int) -> tuple[NightMark, ...]:
    """Return the `count` nights up to `last`, oldest first; what was not told stays open."""
    known = {night.day: night for night in told}
    return tuple(
        _mark(last - timedelta(days=back), known.get(last - timedelta(days=back)))
        for back in reversed(range(count))
    )


def _mark(day: date, night: Night | None) -> NightMark:
    if night is None:
        return NightMark(day, NightState.OPEN)
    state = NightState.CRAMP if night.cramps else NightState.CLEAR
    return NightMark(day, state, night.cramps, night.recalled)


def answer(day: date, cramps: int, now: datetime) -> Night:
    """Return the answer for a night that is given now.

    Raises:
        ValueError: that night is still to come, or there were too many cramps to be true.
    """
    if day > last_night(now):
        raise ValueError(f"the night of {day} is not over")
    return Night(day, cramps, now, is_recalled(day, now))


def _done_today(sums: "Sequence[SessionSum]", done: Iterable[Doing], day: date) -> tuple[Done, ...]:
    """Return what was done on a day, of sessions and how each of them counts."""
    routines: dict[str, Done] = {}
    for session, doing in zip(sums, done, strict=True):
        if doing.day == day:
            before = routines.get(session.routine)
            done_ms = session.done_ms + (before.done_ms if before else 0)
            share = min(1.0, doing.share + (before.share if before else 0.0))
            routines[session.routine] = Done(session.routine, session.started_at, done_ms, share)
    return tuple(routines.values())


def _lately(plan: Plan, sums: "Iterable[SessionSum]", runs: Iterable[Run], day: date) -> Lately:
    """Return what of today a routine may follow."""
    warm_ups = {item.routine for item in plan.items if item.tie is Tie.BEFORE_RUN}
    begun = [
        entry.started_at
        for entry in sums
        if entry.routine in warm_ups and plan_day(entry.started_at) == day
    ]
    ends = [
        run.started + timedelta(seconds=run.seconds) for run in runs if plan_day(run.started) == day
    ]
    return Lately(max(begun, default=None), max(ends, default=None))
