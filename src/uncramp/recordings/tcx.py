"""TCX files: laps and points, one or several activities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.model.recording import Clock, Recording
from uncramp.recordings.bounds import (
    HIGHEST_M,
    LONGEST_M,
    LONGEST_S,
    instant_of,
    name_of,
    number_of,
)
from uncramp.recordings.pace import Climb, Course
from uncramp.recordings.sports import called
from uncramp.recordings.way import Stretch, Way, left_out
from uncramp.recordings.xml_stream import Handler, RefusedError, chunks, parse

MOST_ACTIVITIES = 20_000


@dataclass(slots=True)
class _Activity:
    sport: str
    started: tuple[datetime, bool] | None = None
    first: datetime | None = None
    earliest: datetime | None = None
    last: datetime | None = None
    laps_s: float = 0.0
    laps_m: float = 0.0
    laps: int = 0
    points: int = 0
    positions: int = 0
    course: Course = field(default_factory=Course)
    way: Way = field(default_factory=Way)
    climb: Climb = field(default_factory=Climb)
    maker: str = ""
    whole: bool = False


class _Reader(Handler):
    def __init__(self) -> None:
        self.done: list[_Activity] = []
        self.activity: _Activity | None = None
        self.path: list[str] = []
        self._time: datetime | None = None
        self._metres: float | None = None
        self._lat: float | None = None
        self._lon: float | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.path.append(name)
        if name == "Activity":
            if len(self.done) >= MOST_ACTIVITIES:
                raise RefusedError(tr("holds too many activities; the rest was left out"))
            self.activity = _Activity(attributes.get("Sport", ""))
            self.done.append(self.activity)
        elif self.activity is None:
            return
        elif name == "Lap":
            self.activity.laps += 1
            if self.activity.started is None:
                self.activity.started = instant_of(attributes.get("StartTime"))
        elif name == "Trackpoint":
            self._time = self._metres = self._lat = self._lon = None
            self.activity.points += 1

    def end(self, name: str, value: str) -> None:
        parent = self.path[-2] if len(self.path) > 1 else ""
        if self.path:
            self.path.pop()
        activity = self.activity
        if activity is None:
            return
        if parent == "Trackpoint":
            self._point(activity, name, value)
        elif parent == "Position":
            self._position(name, value)
        elif parent == "Lap":
            if name == "TotalTimeSeconds":
                activity.laps_s += number_of(value, 0, LONGEST_S) or 0
            elif name == "DistanceMeters":
                activity.laps_m += number_of(value, 0, LONGEST_M) or 0
        elif name == "Trackpoint":
            self._point_ends(activity)
        elif name == "Id" and parent == "Activity":
            activity.started = instant_of(value) or activity.started
        elif name == "Name" and parent == "Creator":
            activity.maker = name_of(value)
        elif name == "Activity":
            activity.whole = True
            self.activity = None

    def _point(self, activity: _Activity, name: str, value: str) -> None:
        if name == "Time":
            found = instant_of(value)
            self._time = None if found is None else found[0]
        elif name == "DistanceMeters":
            self._metres = number_of(value, 0, LONGEST_M)
        elif name == "AltitudeMeters":
            height = number_of(value, -1000, HIGHEST_M)
            if height is not None:
                activity.climb.add(height)
        elif name == "Position":
            activity.positions += 1

    def _position(self, name: str, value: str) -> None:
        if name == "LatitudeDegrees":
            self._lat = number_of(value, -90, 90)
        elif name == "LongitudeDegrees":
            self._lon = number_of(value, -180, 180)

    def _point_ends(self, activity: _Activity) -> None:
        if self._time is None:
            return
        activity.first = activity.first or self._time
        activity.earliest = min(activity.earliest or self._time, self._time)
        activity.last = max(activity.last or self._time, self._time)
        if self._lat is not None and self._lon is not None:
            activity.way.add(self._time.timestamp(), (self._lat, self._lon))
        if self._metres is not None:
            activity.course.add((self._time - activity.first).total_seconds(), self._metres)


def read_tcx(data: bytes, name: str) -> tuple[tuple[Recording, ...], tuple[Problem, ...]]:
    """Return the recordings of a TCX file, and what is wrong with it.

    What comes before a damage is used and marked as partial.
    """
    reader = _Reader()
    problems = list(parse(chunks(data), reader, name))
    recordings = []
    for activity in reader.done:
        recording = _recording(activity)
        if recording is None:
            problems.append(Problem(name, 0, 0, tr("does not say when it began")))
        else:
            recordings.append(recording)
    if not reader.done and not problems:
        told = tr("holds no activity; it may be a planned course")
        problems.append(Problem(name, 0, 0, told, severity=Severity.WARNING))
    return tuple(recordings), tuple(problems)


def _recording(activity: _Activity) -> Recording | None:
    if activity.started is None and activity.first is not None:
        activity.started = activity.first.astimezone(UTC), False
    if activity.started is None:
        return None
    started, placed = activity.started
    elapsed = 0.0
    if activity.earliest is not None and activity.last is not None:
        elapsed = (activity.last - activity.earliest).total_seconds()
    timer = activity.laps_s if activity.whole else activity.course.moving_s
    metres = _metres(activity)
    early = activity.course.early_pace()
    remarks = doubt = ""
    if not metres and (stretches := activity.way.stretches()):
        stretch = max(stretches, key=_points)
        metres, early, remarks = stretch.metres, stretch.course.early_pace(), left_out(stretch)
        doubt = stretch.doubt
        timer = timer or stretch.moving_s
    name = called(activity.sport)
    return Recording(
        started=started,
        clock=Clock.PLACE if placed else Clock.UTC,
        timer_s=timer or elapsed,
        elapsed_s=elapsed or timer,
        metres=metres,
        ascent_m=activity.climb.metres,
        sport=name.sport,
        indoor=name.indoor or not activity.positions if activity.points else name.indoor,
        terrain=name.terrain,
        early_pace=early if activity.whole else None,
        partial=not activity.whole,
        source=activity.maker,
        called=name_of(activity.sport),
        left_out=remarks,
        doubt=doubt,
    )


def _points(stretch: Stretch) -> int:
    return stretch.points


def _metres(activity: _Activity) -> float | None:
    if activity.whole and activity.laps_m:
        return activity.laps_m
    if activity.course.metres:
        return (activity.course.metres[-1] - activity.course.metres[0]) or None
    return activity.laps_m or None
