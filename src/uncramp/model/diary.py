"""What the user tells: nights, cramps, days and runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from uncramp.model.body import CrampSite, Side
from uncramp.model.crampday import cramp_day, is_recalled
from uncramp.model.world_records import is_beyond_records


class CrampMuscle(StrEnum):
    """Where it cramped; the leg map has these places."""

    CALF = "calf"
    FOOT = "foot"
    HAMSTRING = "hamstring"
    QUAD = "quad"
    SHIN = "shin"
    OTHER = "other"

    @property
    def site(self) -> CrampSite | None:
        """The site whose relief routine helps; None where the catalogue has none."""
        return CrampSite(self.value) if self.value in set(CrampSite) else None


class CrampContext(StrEnum):
    """What the runner was doing."""

    NIGHT = "night"
    RUN = "run"
    AFTER_RUN = "after_run"
    REST = "rest"


class Relief(StrEnum):
    """What stopped a cramp."""

    STRETCH = "stretch"
    WALK = "walk"
    MASSAGE = "massage"
    HEAT = "heat"
    COLD = "cold"
    DRINK = "drink"
    PICKLE = "pickle"
    BY_ITSELF = "by_itself"
    NOTHING = "nothing"


GUESSED_HOUR = time(3, 0, 1)
"""Where a cramp of the night is put as long as nobody says when it was. The second tells it from
one that somebody says was at three."""
GUESSED_NOON = time(12, 0, 1)
"""Where anything else of a day is put whose hour nobody says; at noon it is of that day and of its
cramp-day."""
WORST = 10
"""The end of the scales of pain, disturbance and soreness."""
MOST_CRAMPS = 50
"""In one night; whoever describes more has that many counted."""
LONGEST_CRAMP_S = 24 * 3600


def is_hour_known(at: datetime) -> bool:
    """Whether somebody said at what hour it was, or it is only put somewhere on its day."""
    return at.time() not in {GUESSED_HOUR, GUESSED_NOON}


@dataclass(frozen=True, slots=True)
class Cramp:
    """One cramp.

    Attributes:
        id: a UUID.
        at: when it began, with the offset of the place.
        context: what the runner was doing.
        muscle: where.
        side: left or right; NONE when that is not known, or both.
        seconds: how long; None when not known.
        pain: 0 to 10; None when not said.
        disturbance: of the sleep, 0 to 10; None when not said.
        relief: what stopped it.
        soreness: on the next day, 0 to 10; None when not said.
        notes: free words.
        session: the id of the relief session that was done for it; empty for none.
        noted: when it was told; None for the moment itself.
    """

    id: str
    at: datetime
    context: CrampContext
    muscle: CrampMuscle
    side: Side
    seconds: int | None = None
    pain: int | None = None
    disturbance: int | None = None
    relief: tuple[Relief, ...] = ()
    soreness: int | None = None
    notes: str = ""
    session: str = ""
    noted: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("pain", "disturbance", "soreness"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= WORST:
                raise ValueError(f"{name} is {value}, not 0 to {WORST}")
        if self.seconds is not None and not 0 <= self.seconds <= LONGEST_CRAMP_S:
            raise ValueError(f"seconds is {self.seconds}")

    @property
    def day(self) -> date:
        """The cramp-day that it belongs to."""
        return cramp_day(self.at)

    @property
    def is_hour_known(self) -> bool:
        """Whether the hour was told, or is only where a cramp of the night was put."""
        return is_hour_known(self.at)

    @property
    def recalled(self) -> bool:
        """Whether it was told so late that it counts as a memory."""
        return self.noted is not None and is_recalled(self.day, self.noted)


@dataclass(frozen=True, slots=True)
class Night:
    """The answer to "how was the night?".

    Attributes:
        day: the cramp-day.
        cramps: how many; 0 is an answer too.
        answered: when it was told.
        recalled: told so late that it counts as a memory.
    """

    day: date
    cramps: int
    answered: datetime
    recalled: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.cramps <= MOST_CRAMPS:
            raise ValueError(f"{self.cramps} cramps in one night")


DayValue = bool | int | float | str


class DayContext(NamedTuple):  # made in a seventh of the time of a dataclass
    """What the user chose to note about a day.

    Attributes:
        day: the calendar day.
        answered: when the first of it was noted.
        values: by the key of the field, for example {"sleep_h": 7.5, "alcohol": 2}.
        changed: when a value was noted, or last changed, that was not noted with the first.
    """

    day: date
    answered: datetime
    values: Mapping[str, DayValue] = MappingProxyType({})
    changed: Mapping[str, datetime] = MappingProxyType({})

    def noted_at(self, key: str) -> datetime:
        """Return when the value of a field became what it is."""
        return self.changed.get(key, self.answered)

    def with_value(self, key: str, value: DayValue | None, now: datetime) -> "DayContext":
        """Return the day with another value of one field; None takes it away.

        The others keep the time at which they were noted: a word written the next morning says
        nothing about when the evening's drinks were counted.
        """
        if self.values.get(key) == value and type(self.values.get(key)) is type(value):
            return self
        values = {name: known for name, known in self.values.items() if name != key}
        changed = {name: at for name, at in self.changed.items() if name != key}
        if value is None:
            return self._replace(values=values, changed=changed)
        if self.values:
            changed[key] = now
        answered = self.answered if self.values else now
        return DayContext(self.day, answered, {**values, key: value}, changed)


class Terrain(StrEnum):
    """What the ground was like."""

    ROAD = "road"
    TRAIL = "trail"
    HILLS = "hills"
    TRACK = "track"
    TREADMILL = "treadmill"


class Run(NamedTuple):
    """One run.

    Attributes:
        id: a UUID.
        started: with the offset of the place.
        seconds: moving time.
        metres: distance; None when not known.
        effort: 0 to 10 as felt; None when not said.
        terrain: None when not said.
        temperature_c: of the air; None when not known.
        humid: felt humid; None when not said.
        fast_start: it felt, or was recorded as, too fast at the beginning; None when not known.
        electrolytes: something with salts was taken; None when not said.
        cramp: there was a cramp in it; None when not said.
        notes: free words.
        source: "manual", or the file that it was read from.
    """

    id: str
    started: datetime
    seconds: int
    metres: float | None = None
    effort: int | None = None
    terrain: Terrain | None = None
    temperature_c: float | None = None
    humid: bool | None = None
    fast_start: bool | None = None
    electrolytes: bool | None = None
    cramp: bool | None = None
    notes: str = ""
    source: str = "manual"

    @property
    def credible_m(self) -> float | None:
        """Metres that can count; None when not known, or when nobody ever ran that fast."""
        return None if is_beyond_records(self.metres, self.seconds) else self.metres
