"""The tables of a record that was kept in a spreadsheet, and what their rows say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from uuid import UUID, uuid5

from uncramp.coach.diary.spreadsheet import flag_of, minutes_of, number_of, time_of, whole_of
from uncramp.coach.diary.tables import CellError, quoted
from uncramp.coach.session.past import past_session
from uncramp.coach.when import local_instant
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.crampday import is_recalled
from uncramp.model.diary import (
    GUESSED_HOUR,
    GUESSED_NOON,
    MOST_CRAMPS,
    WORST,
    Cramp,
    CrampContext,
    CrampMuscle,
    Night,
    Run,
)
from uncramp.model.language import tr
from uncramp.model.record import SessionRecord

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach
    from uncramp.model.routine import Routine

T = TypeVar("T")

EXAMPLE_DAY: Final = date(2001, 1, 1)
"""The day of the example rows: the same however a spreadsheet writes it, and nobody's diary."""
EARLIEST: Final = date(1970, 1, 1)
NIGHT_FROM, NIGHT_TO = time(22), time(7)
LONGEST_MIN, FARTHEST_KM, MILE_KM = 48 * 60, 1_000, 1.609344
_OURS: Final = UUID("6f1c2f0e-8d0b-5b5e-9a57-3f6f2a4b7c11")
"""From it and from what a row says its id is made: the same row makes the same entry."""


class Kind(StrEnum):
    """What the rows of a table are about."""

    NIGHTS = "nights"
    CRAMPS = "cramps"
    SESSIONS = "sessions"
    RUNS = "runs"


class Form(NamedTuple):
    """How a table is filled in.

    Attributes:
        columns: of the template.
        example: a row of it.
        needed: columns that have to be there.
        more: columns that may be there beside those of the template.
    """

    columns: tuple[str, ...]
    example: tuple[str, ...]
    needed: tuple[str, ...]
    more: tuple[str, ...] = ()


FORMS: Final[Mapping[Kind, Form]] = {
    Kind.NIGHTS: Form(
        ("date", "cramps", "before_bed", "next_morning"),
        ("2001-01-01", "1", "yes", "yes"),
        ("date", "cramps"),
    ),
    Kind.CRAMPS: Form(
        ("date", "time", "muscle", "side", "pain"),
        ("2001-01-01", "3:10", "calf", "left", "6"),
        ("date", "muscle"),
        ("context",),
    ),
    Kind.SESSIONS: Form(
        ("date", "routine", "done"),
        ("2001-01-01", "bedtime_trial", "yes"),
        ("date", "routine"),
    ),
    Kind.RUNS: Form(
        ("date", "km", "minutes"), ("2001-01-01", "10", "60"), ("date", "minutes"), ("miles",)
    ),
}


def plain_name(column: str) -> str:
    """Return the name of a column in small letters, its words joined."""
    return "_".join(column.strip().casefold().replace("-", " ").replace("_", " ").split())


def kind_of_head(head: Sequence[str]) -> Kind | None:
    """Return which table has that head; None for any other, such as one of an export."""
    names = {plain_name(column) for column in head}
    return next((kind for kind, form in FORMS.items() if names.issuperset(form.needed)), None)


@dataclass(slots=True)
class RowReader:
    """Turns rows into entries.

    Attributes:
        coach: knows the routines.
        bedtime: the routine that "before bed" means; None where there is none.
        now: with the local offset.
        recalled: nights that count as filled in later.
        not_done: sessions that the rows say were not done.
        examples: rows of the templates that were left as they are.
    """

    coach: "Coach"
    bedtime: "Routine | None"
    now: datetime
    recalled: int = 0
    not_done: int = 0
    examples: int = 0
    _nights: dict[date, Night] = field(default_factory=dict)
    _cramps: dict[str, Cramp] = field(default_factory=dict)
    _sessions: dict[str, SessionRecord] = field(default_factory=dict)
    _before_bed: dict[str, SessionRecord] = field(default_factory=dict)
    _runs: dict[str, Run] = field(default_factory=dict)
    _whole: dict[str, SessionRecord] = field(default_factory=dict)

    @property
    def contents(self) -> Contents:
        """All that was read."""
        # The same routine of the same day may be in both tables.
        sessions = {**self._before_bed, **self._sessions}
        return Contents(
            sessions=tuple(sessions.values()),
            nights=tuple(self._nights.values()),
            cramps=tuple(self._cramps.values()),
            runs=tuple(self._runs.values()),
        )

    @property
    def has_before_bed(self) -> bool:
        """Whether a night says that the routine was done."""
        return bool(self._before_bed)

    def take(self, kind: Kind, day: date, cells: Mapping[str, str], file: str) -> None:
        """Take a row.

        Raises:
            CellError: it cannot be one; the message names the column.
        """
        if day == EXAMPLE_DAY:
            self.examples += 1
            return
        if day < EARLIEST:
            raise CellError(tr("date: {day} is too long ago").format(day=day))
        if day > self.now.date() or (kind is Kind.NIGHTS and day == self.now.date()):
            raise CellError(tr("date: {cell} is in the future").format(cell=quoted(str(day))))
        if kind is Kind.NIGHTS:
            self._take_night(day, cells)
        elif kind is Kind.CRAMPS:
            self._take_cramp(day, cells)
        elif kind is Kind.SESSIONS:
            self._take_session(day, cells)
        else:
            self._take_run(day, cells, file)

    def _take_night(self, day: date, cells: Mapping[str, str]) -> None:
        cramps = _needed(cells, "cramps", _count)
        before_bed = _maybe(cells, "before_bed", flag_of)
        next_morning = _maybe(cells, "next_morning", flag_of)
        if day in self._nights:
            raise CellError(tr("date: {cell} appears twice").format(cell=quoted(str(day))))
        in_time = bool(next_morning) and before_bed is not None
        recalled = not in_time and is_recalled(day, self.now)
        self._nights[day] = Night(day, cramps, self.now, recalled)
        self.recalled += recalled
        if before_bed and self.bedtime is not None:
            session = self._session(self.bedtime, day, 1)
            self._before_bed[session.id] = session

    def _take_cramp(self, day: date, cells: Mapping[str, str]) -> None:
        muscle = CrampMuscle(_needed(cells, "muscle", _among([kind.value for kind in CrampMuscle])))
        side = _maybe(cells, "side", _among(["left", "right", "both", "none"])) or "none"
        at_time = _maybe(cells, "time", time_of)
        said = _maybe(cells, "context", _among([kind.value for kind in CrampContext]))
        pain = _maybe(cells, "pain", _pain)
        is_night = at_time is None or at_time >= NIGHT_FROM or at_time < NIGHT_TO
        context = CrampContext.NIGHT if is_night else CrampContext.REST
        context = CrampContext(said) if said else context
        wall = datetime.combine(day, GUESSED_NOON if at_time is None else at_time)
        if at_time is None and context is CrampContext.NIGHT:
            wall = datetime.combine(day + timedelta(days=1), GUESSED_HOUR)
        at, _ = local_instant(wall)
        if at_time is not None and at > self.now:
            raise CellError(tr("time: {cell} is in the future").format(cell=quoted(str(at_time))))
        new_id = _numbered(self._cramps, f"cramp {wall.isoformat()} {muscle} {side}")
        leg = Side(side) if side in {"left", "right"} else Side.NONE
        self._cramps[new_id] = Cramp(new_id, at, context, muscle, leg, pain=pain, noted=self.now)

    def _take_session(self, day: date, cells: Mapping[str, str]) -> None:
        routine = _needed(cells, "routine", self._routine)
        if _maybe(cells, "done", flag_of) is False:
            self.not_done += 1
            return
        number = 1
        while (session := self._session(routine, day, number)).id in self._sessions:
            number += 1
        self._sessions[session.id] = session

    def _take_run(self, day: date, cells: Mapping[str, str], file: str) -> None:
        seconds = round(_needed(cells, "minutes", _minutes) * 60)
        km = _maybe(cells, "km", _far)
        miles = _maybe(cells, "miles", _far)
        far = km if km is not None or miles is None else miles * MILE_KM
        metres = None if far is None else far * 1_000
        if not seconds:
            raise CellError(tr("minutes: must be more than 0"))
        at, _ = local_instant(datetime.combine(day, GUESSED_NOON))
        new_id = _numbered(self._runs, f"run {day} {seconds} {metres}")
        self._runs[new_id] = Run(new_id, at, seconds, metres, source=file)

    def _routine(self, cell: str) -> "Routine":
        library = self.coach.library
        routine = library.find_routine(cell)
        if routine is None:
            words = tr("there is no routine {cell}").format(cell=quoted(cell))
            meant = library.closest(cell)
            if meant is not None:
                words += " " + tr("(did you mean {id}?)").format(id=meant)
            raise CellError(words)
        return routine

    def _session(self, routine: "Routine", day: date, number: int) -> SessionRecord:
        at, _ = local_instant(datetime.combine(day, GUESSED_NOON))
        whole = self._whole.get(routine.id)
        if whole is None:
            whole = self._whole[routine.id] = past_session(self.coach, routine, "", at)
        new_id = str(uuid5(_OURS, f"session {routine.id} {day} {number}"))
        return replace(whole, id=new_id, started_at=at)


def _needed(cells: Mapping[str, str], column: str, read: Callable[[str], T]) -> T:
    value = _maybe(cells, column, read)
    if value is None:
        raise CellError(tr("{column}: is missing").format(column=column))
    return value


def _maybe(cells: Mapping[str, str], column: str, read: Callable[[str], T]) -> T | None:
    cell = cells.get(column, "").strip()
    if not cell:
        return None
    try:
        return read(cell)
    except CellError as error:
        raise CellError(f"{column}: {error}") from error


def _numbered(have: Mapping[str, object], name: str) -> str:
    """Return the id of an entry; two that say the same are two."""
    number = 1
    while (new_id := str(uuid5(_OURS, f"{name} {number}"))) in have:
        number += 1
    return new_id


def _count(cell: str) -> int:
    if cell[:1].isdigit():
        return whole_of(cell, MOST_CRAMPS)
    try:
        return int(flag_of(cell))
    except CellError:
        words = tr("{cell} is not a number of cramps, nor yes or no")
        raise CellError(words.format(cell=quoted(cell))) from None


def _pain(cell: str) -> int:
    return whole_of(cell, WORST)


def _minutes(cell: str) -> float:
    return minutes_of(cell, LONGEST_MIN)


def _far(cell: str) -> float:
    return number_of(cell, FARTHEST_KM)


def _among(names: Sequence[str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        name = plain_name(cell)
        if name not in names:
            words = tr("{cell} is not one of {names}")
            raise CellError(words.format(cell=quoted(cell), names=", ".join(names)))
        return name

    return read
