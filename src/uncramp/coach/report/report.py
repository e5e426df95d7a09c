"""What a report tells: a period of the record, counted and not interpreted.

Everything that a review has already counted is taken from it, so that page, terminal and report
never differ.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from uncramp.analysis.adherence import Adherence, total
from uncramp.analysis.record import Record, until
from uncramp.analysis.review import Review
from uncramp.analysis.tally import NightCell, NightState, Spread, disturbances, sorenesses
from uncramp.model.diary import Cramp, DayValue, Relief, Run
from uncramp.model.plan import Pause, PlanItem

LONG_CRAMP_S = 600
"""A cramp that lasts longer is a sign that is asked about (red flags page)."""
DISTURBED = 5
"""Of 10, from which a disturbed night is asked about (red flags page)."""
LONGEST_NAME = 80
LONGEST_NOTE = 280
MOST_NOTES = 8
MOST_CRAMPS = 8
NOTES = "notes"
"""The key of the free words that are noted about a day."""
_CLEAR_YEAR_WEEKS = 60
"""A period of more weeks is told year by year, too."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One routine in the period.

    Attributes:
        routine: its id.
        items: how it was planned in the period, the latest last; empty when it was not.
        kept: sessions of the plan.
        sessions: how many days it was done on, planned or not.
        done_s: seconds of work, planned or not.
    """

    routine: str
    items: tuple[PlanItem, ...]
    kept: Adherence
    sessions: int
    done_s: float


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted about days under one heading.

    Attributes:
        key: of the field.
        values: how many days each value was noted on, for values that are no numbers.
        days: on which anything was noted.
        median: of numbers; None for other values.
        low: the smallest number.
        high: the largest number.
        seen: the days on which each value that is no number was noted, in order.
    """

    key: str
    values: Mapping[bool | str, int]
    days: int
    median: float | None = None
    low: float = 0
    high: float = 0
    seen: Mapping[bool | str, tuple[date, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the user.

    Attributes:
        day: which they are about; of a cramp the date on which it began.
        about: the cramp or the run that they were said of; None for the day itself.
        text: shortened, without anything that cannot be shown.
    """

    day: date
    about: Cramp | Run | None
    text: str


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of the period.

    Attributes:
        count: how many.
        metres: in all; runs of unknown distance add nothing.
        seconds: in all.
        longest_metres: of one run.
        longest_seconds: of one run.
        cramped: with a cramp in them or within six hours after.
        weeks: in which there were any.
        effort: the median, 0 to 10; None when none was said.
    """

    count: int
    metres: float
    seconds: int
    longest_metres: float
    longest_seconds: int
    cramped: int
    weeks: int
    effort: float | None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year of a long period.

    Attributes:
        year: its number.
        nights: that are over, logged or not.
        logged: of these.
        cramp_nights: of the logged ones.
        cramps: in these.
        kept: how the plan was kept to in the weeks that began in it.
    """

    year: int
    nights: int
    logged: int
    cramp_nights: int
    cramps: int
    kept: Adherence


@dataclass(frozen=True, slots=True)
class Report:
    """A period of the record for somebody who treats the runner.

    Attributes:
        name: of the runner, as typed for this report; empty for none.
        made: the day on which it was made.
        review: of the period.
        first: the first day of the period.
        last: the last one, that of the last night that is over.
        nights: that are over.
        logged: of these, told in time or from memory.
        recalled: of the logged ones, told from memory.
        cramp_nights: of the logged ones.
        cramps: entries of cramps, of all kinds.
        kept: by routine, the planned ones first, also those of which nothing is due or done yet.
        pauses: of the plan that touch the period.
        reliefs: what stopped the cramps, the most frequent first.
        relieved: how many cramps it was told of.
        disturbance: of the sleep.
        disturbed_nights: nights with a disturbance of `DISTURBED` or more.
        soreness: on the day after.
        long_cramps: that lasted longer than `LONG_CRAMP_S`.
        stopped: days on which a session was stopped because it hurt sharply or went numb.
        runs: of the period; None without any.
        noted: what was noted about days, by field, in the order of the fields first noted.
        latest: cramps, newest first, at most `MOST_CRAMPS`.
        notes: words of the user, newest first, at most `MOST_NOTES`.
        more_notes: how many others there are.
        years: of a period of more than a year; else empty.
        with_notes: whether the words of the user are told.
    """

    name: str
    made: date
    review: Review
    first: date
    last: date
    nights: int
    logged: int
    recalled: int
    cramp_nights: int
    cramps: int
    kept: tuple[Kept, ...]
    pauses: tuple[Pause, ...]
    reliefs: tuple[tuple[Relief, int], ...]
    relieved: int
    disturbance: Spread
    disturbed_nights: int
    soreness: Spread
    long_cramps: int
    stopped: tuple[date, ...]
    runs: Runs | None
    noted: tuple[Noted, ...]
    latest: tuple[Cramp, ...]
    notes: tuple[Note, ...]
    more_notes: int
    years: tuple[Year, ...]
    with_notes: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the journal."""
        return self.review.begun is None


def report(
    record: Record,
    review: Review,
    name: str = "",
    stopped: Iterable[date] = (),
    *,
    with_notes: bool = True,
) -> Report:
    """Return what a report tells.

    Args:
        record: what the journal knows.
        review: of the same record, for the period.
        name: of the runner, or empty.
        stopped: days on which a session was stopped because it hurt sharply or went numb.
        with_notes: whether the words of the user are told.
    """
    known, _ = until(record, review.today)
    first = review.first if review.begun is None else max(review.first, review.begun)
    last = max(first, review.today - timedelta(days=1))
    weeks = review.weeks
    cramps = [one for one in known.cramps if one.day >= review.first]
    notes = _notes(known, cramps, review.first) if with_notes else []
    told = [one for one in cramps if one.relief]
    reliefs = Counter(relief for one in told for relief in one.relief)
    return Report(
        name=plain(name, LONGEST_NAME),
        made=review.today,
        review=review,
        first=first,
        last=last,
        nights=sum(max(week.days, week.logged) for week in weeks),
        logged=sum(week.logged for week in weeks),
        recalled=sum(week.recalled for week in weeks),
        cramp_nights=sum(week.cramp_nights for week in weeks),
        cramps=len(cramps),
        kept=_kept(known, review),
        pauses=tuple(
            one
            for one in known.plan.pauses
            if one.start <= last and (one.end is None or one.end > first)
        ),
        reliefs=tuple(sorted(reliefs.items(), key=lambda one: (-one[1], one[0]))),
        relieved=len(told),
        disturbance=disturbances(cramps),
        disturbed_nights=len({one.day for one in cramps if (one.disturbance or 0) >= DISTURBED}),
        soreness=sorenesses(cramps),
        long_cramps=sum((one.seconds or 0) > LONG_CRAMP_S for one in cramps),
        stopped=tuple(day for day in stopped if review.first <= day <= review.today),
        runs=_runs(known, review),
        noted=_noted(known, review.first),
        latest=tuple(sorted(cramps, key=lambda one: one.at, reverse=True)[:MOST_CRAMPS]),
        notes=tuple(notes[:MOST_NOTES]),
        more_notes=max(0, len(notes) - MOST_NOTES),
        years=_years(review) if len(weeks) > _CLEAR_YEAR_WEEKS else (),
        with_notes=with_notes,
    )


_BLANKS = re.compile(r"\s+")


def plain(text: str, longest: int) -> str:
    """Return words of a user in one line, shortened, without what no page can show.

    Control characters, halves of surrogate pairs and the marks that turn the direction of all
    text after them are left out; what is written from right to left stays so.
    """
    cleared = "".join(
        " " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one
        for one in text[: 8 * longest]
        if unicodedata.category(one) not in {"Cs", "Cn"} and one not in _TURNING
    )
    line = _BLANKS.sub(" ", cleared).strip()
    if len(line) <= longest:
        return line
    kept = line[:longest]
    before = kept.rfind(" ", longest * 3 // 4)
    return (kept[:before] if before > 0 else kept).rstrip() + "…"


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _kept(record: Record, review: Review) -> tuple[Kept, ...]:
    counts: dict[str, list[Adherence]] = {}
    for week in review.weeks:
        for routine, kept in week.routines.items():
            counts.setdefault(routine, []).append(kept)
    doings = [one for one in record.doings if one.day >= review.first]
    days: dict[str, set[date]] = {}
    work: dict[str, float] = {}
    for one in doings:
        days.setdefault(one.routine, set()).add(one.day)
        work[one.routine] = work.get(one.routine, 0.0) + one.done_s
    planned: dict[str, tuple[PlanItem, ...]] = {}
    for item in _in_force(record, review):
        planned[item.routine] = (*planned.get(item.routine, ()), item)
    found = [
        Kept(
            routine,
            planned.get(routine, ()),
            total(counts.get(routine, ())),
            len(days.get(routine, ())),
            work.get(routine, 0.0),
        )
        for routine in dict.fromkeys((*counts, *days, *planned))
    ]
    return tuple(sorted(found, key=_rank))


def _rank(one: Kept) -> tuple[int, bool, int, str]:
    return -one.kept.planned, not one.items, -one.sessions, one.routine


def _in_force(record: Record, review: Review) -> Iterable[PlanItem]:
    """Return what was planned in the period, in order; what began today is among it."""
    found = (
        item
        for item in record.plan.items
        if item.start <= review.today
        and (item.end is None or item.end > max(item.start, review.first))
    )
    return sorted(found, key=lambda item: item.start)


def _notes(record: Record, cramps: Sequence[Cramp], first: date) -> list[Note]:
    """Return all words of the user since `first`, newest first."""
    raw: list[tuple[date, Cramp | Run | None, str]] = [
        (one.day, None, str(one.values.get(NOTES, ""))) for one in record.days if one.day >= first
    ]
    # A cramp at 3:00 belongs to the night before, but is told elsewhere with its own date.
    raw.extend((one.at.date(), one, one.notes) for one in cramps)
    raw.extend(
        (run.started.date(), run, run.notes) for run in record.runs if run.started.date() >= first
    )
    found = (Note(day, about, plain(text, LONGEST_NOTE)) for day, about, text in raw)
    return sorted((one for one in found if one.text), key=lambda one: one.day, reverse=True)


def _runs(record: Record, review: Review) -> Runs | None:
    loads = review.runs_weekly
    if not loads:
        return None
    first = review.first
    efforts = [
        one.effort for one in record.runs if one.effort is not None and one.started.date() >= first
    ]
    return Runs(
        sum(one.runs for one in loads),
        sum(one.metres for one in loads),
        sum(one.seconds for one in loads),
        max(one.longest_metres for one in loads),
        max(one.longest_seconds for one in loads),
        sum(one.cramps for one in loads),
        len(loads),
        median(efforts) if efforts else None,
    )


def _noted(record: Record, first: date) -> tuple[Noted, ...]:
    raw: dict[str, list[tuple[date, DayValue]]] = {}
    for day in record.days:
        if day.day >= first:
            for key, value in day.values.items():
                if key != NOTES:
                    raw.setdefault(key, []).append((day.day, value))
    return tuple(_noted_of(key, values) for key, values in raw.items())


def _noted_of(key: str, values: Sequence[tuple[date, DayValue]]) -> Noted:
    numbers: list[float] = []
    seen: dict[bool | str, list[date]] = {}
    for day, value in values:
        if isinstance(value, bool | str):
            told = value if isinstance(value, bool) else plain(value, LONGEST_NAME)
            seen.setdefault(told, []).append(day)
        else:
            numbers.append(value)
    counts = {value: len(days) for value, days in seen.items()}
    days = len({day for day, _ in values})
    when = {value: tuple(sorted(found)) for value, found in seen.items()}
    if not numbers:
        return Noted(key, counts, days, seen=when)
    return Noted(key, counts, days, float(median(numbers)), min(numbers), max(numbers), when)


def _years(review: Review) -> tuple[Year, ...]:
    cells: dict[int, list[NightCell]] = {}
    for cell in review.nights:
        if cell.day >= review.first:
            cells.setdefault(cell.day.year, []).append(cell)
    return tuple(
        Year(
            year,
            len(own),
            sum(one.state is not NightState.NOT_LOGGED for one in own),
            sum(one.state is NightState.CRAMPS for one in own),
            sum(one.cramps for one in own),
            total(week.total for week in review.weeks if week.monday.year == year),
        )
        for year, own in cells.items()
    )
