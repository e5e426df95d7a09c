"""A run, or something else, as a watch, a phone or a service has recorded it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from uncramp.model.diary import Terrain


class Sport(StrEnum):
    """What the recording says it is."""

    RUN = "run"
    OTHER = "other"
    UNKNOWN = "unknown"


class Clock(StrEnum):
    """What is known of the time at which a recording began.

    PLACE: the instant, and the offset of the place. UTC: the instant alone; the offset is zero.
    WALL: what the clock on the wall showed; the offset is zero and means nothing.
    """

    PLACE = "place"
    UTC = "utc"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Recording:
    """What one recording tells. Where it led is never kept.

    Attributes:
        started: with an offset, which means what `clock` says.
        clock: how far `started` is known.
        timer_s: seconds while the recording ran, without its pauses.
        elapsed_s: seconds from the first to the last moment, with pauses.
        metres: distance; None when not known.
        ascent_m: metres climbed; None when not known.
        sport: what it says it is.
        indoor: on a treadmill or otherwise without a way; None when not known.
        terrain: what the ground was like; None when not known.
        device_temperature_c: of the device on a warm wrist, which is not that of the air.
        air_temperature_c: of the weather at the place; None when not known.
        effort: 0 to 10 as the runner said; None when not said.
        early_pace: speed over the first tenth of the distance, divided by the speed over the rest;
            None where the recording does not allow it.
        partial: something of it is missing or doubtful.
        source: the device or service that made it; empty when not known.
        called: what it calls its sport, in its own word; empty for nothing.
        left_out: what was not counted, in words; empty for nothing.
        doubt: why its values may be wrong, a sentence without its subject; empty for no reason.
    """

    started: datetime
    clock: Clock
    timer_s: float
    elapsed_s: float
    metres: float | None = None
    ascent_m: float | None = None
    sport: Sport = Sport.UNKNOWN
    indoor: bool | None = None
    terrain: Terrain | None = None
    device_temperature_c: float | None = None
    air_temperature_c: float | None = None
    effort: int | None = None
    early_pace: float | None = None
    partial: bool = False
    source: str = ""
    called: str = ""
    left_out: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class RunImport:
    """One import of runs, which can be undone as a whole.

    Attributes:
        id: a UUID.
        at: when it was made.
        name: of the files, for the user.
        runs: how many runs it brought.
        undone: whether it was undone.
    """

    id: str
    at: datetime
    name: str
    runs: int
    undone: bool = False
