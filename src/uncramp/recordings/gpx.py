"""GPX files: points with times. The way is measured and forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.model.recording import Clock, Recording, Sport
from uncramp.recordings.bounds import (
    HIGHEST_M,
    LONGEST_M,
    LONGEST_S,
    instant_of,
    name_of,
    number_of,
    temperature,
)
from uncramp.recordings.pace import Climb, Course, great_circle_m, is_run_speed
from uncramp.recordings.xml_stream import Handler, RefusedError, chunks, parse

RUNS = {
    "running", "run", "9", "jogging", "trail running", "trail_running", "trailrun", "trail run",
    "treadmill_running", "track_running", "street_running", "indoor_running", "virtual_run",
}  # fmt: skip
"""What files call a run; 9 is Strava's number for it."""
MOST_TRACKS = 20_000
BREAK = timedelta(minutes=30)
"""After a longer gap a new track is another recording."""
ROUTES_OF_APPLE = "apple health export"


@dataclass(slots=True)
class _Track:
    kind: str = ""
    started: datetime | None = None
    placed: bool = False
    last: datetime | None = None
    timer_s: float = 0.0
    metres: float = 0.0
    points: int = 0
    untimed: int = 0
    warmth_sum: float = 0.0
    warmths: int = 0
    course: Course = field(default_factory=Course)
    climb: Climb = field(default_factory=Climb)
    whole: bool = False


class _Reader(Handler):
    def __init__(self) -> None:
        self.tracks: list[_Track] = []
        self.creator = ""
        self.is_route = False
        self._track: _Track | None = None
        self._in_point = False
        self._place: tuple[float, float] | None = None
        self._before: tuple[float, float] | None = None
        self._time: tuple[datetime, bool] | None = None
        self._segment_last: datetime | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "trkpt":
            self._in_point = True
            lat = number_of(attributes.get("lat"), -90, 90)
            lon = number_of(attributes.get("lon"), -180, 180)
            self._place = None if lat is None or lon is None else (lat, lon)
            self._time = None
        elif name == "trk":
            if len(self.tracks) >= MOST_TRACKS:
                raise RefusedError(tr("holds too many tracks; the rest was left out"))
            self._track = _Track()
            self.tracks.append(self._track)
        elif name == "trkseg":
            self._before = self._segment_last = None
        elif name == "rte":
            self.is_route = True
        elif name == "gpx":
            self.creator = name_of(attributes.get("creator"))

    def end(self, name: str, value: str) -> None:
        track = self._track
        if track is None:
            return
        if self._in_point:
            if name == "trkpt":
                self._in_point = False
                self._point(track)
            else:
                self._of_point(track, name, value)
        elif name == "type":
            track.kind = value.casefold()
        elif name == "trk":
            track.whole = True
            self._track = None

    def _of_point(self, track: _Track, name: str, value: str) -> None:
        if name == "time":
            self._time = instant_of(value)
        elif name == "ele":
            height = number_of(value, -1000, HIGHEST_M)
            if height is not None:
                track.climb.add(height)
        elif name in {"atemp", "temp"}:
            warmth = temperature(number_of(value, -100, 100))
            if warmth is not None:
                track.warmth_sum += warmth
                track.warmths += 1

    def _point(self, track: _Track) -> None:
        track.points += 1
        if self._place is not None:
            if self._before is not None:
                track.metres += great_circle_m(*self._before, *self._place)
            self._before = self._place
        if self._time is None:
            track.untimed += 1
            return
        at, placed = self._time
        if track.started is None:
            track.started, track.placed = at, placed
        if self._segment_last is not None and at > self._segment_last:
            track.timer_s += (at - self._segment_last).total_seconds()
        self._segment_last = at
        track.last = at
        track.course.add((at - track.started).total_seconds(), track.metres)


def read_gpx(data: bytes, name: str) -> tuple[tuple[Recording, ...], tuple[Problem, ...]]:
    """Return the recordings of a GPX file, and what is wrong with it.

    What comes before a damage is used and marked as partial. A plan with invented times, a
    route or waypoints are no recordings, and are told as a warning.
    """
    reader = _Reader()
    broken = parse(chunks(data), reader, name)
    if reader.creator.casefold() == ROUTES_OF_APPLE:
        told = tr("is only the way of a workout; import export.xml or the whole export instead")
        return (), (*broken, Problem(name, 0, 0, told, severity=Severity.WARNING))
    recordings, reasons = [], []
    for track in _joined(reader.tracks):
        recording, reason = _recording(track, reader.creator)
        if recording is not None:
            recordings.append(recording)
        elif reason:
            reasons.append(reason)
    if not reader.tracks and not broken:
        reasons.append(
            tr("is a planned route") if reader.is_route else tr("holds no track, only places")
        )
    told_once = dict.fromkeys(reasons)
    warnings = [Problem(name, 0, 0, one, severity=Severity.WARNING) for one in told_once]
    return tuple(recordings), (*broken, *warnings)


def _joined(tracks: list[_Track]) -> list[_Track]:
    """Join tracks that follow each other closely: some devices begin a new one after a pause."""
    joined: list[_Track] = []
    for track in tracks:
        before = joined[-1] if joined else None
        if before is not None and _follows(before, track):
            _join(before, track)
        else:
            joined.append(track)
    return joined


def _follows(before: _Track, track: _Track) -> bool:
    if before.last is None or track.started is None or before.kind != track.kind:
        return False
    return timedelta() <= track.started - before.last <= BREAK


def _join(before: _Track, track: _Track) -> None:
    assert before.started is not None and track.started is not None
    after = (track.started - before.started).total_seconds()
    for seconds, metres in zip(track.course.seconds, track.course.metres, strict=True):
        before.course.add(after + seconds, before.metres + metres)
    before.timer_s += track.timer_s
    before.metres += track.metres
    before.last = track.last
    before.points += track.points
    before.untimed += track.untimed
    before.warmth_sum += track.warmth_sum
    before.warmths += track.warmths
    before.whole = track.whole
    before.climb.join(track.climb)


def _recording(track: _Track, creator: str) -> tuple[Recording | None, str]:
    if not track.points:
        return None, tr("holds no point of a track")
    if track.started is None or track.last is None or track.untimed > track.points / 2:
        return None, tr("has no times, so it tells no run")
    if _is_new_year(track.started) or track.course.is_invented():
        return None, tr("is a planned route, its times are invented")
    timer = min(track.timer_s, LONGEST_S)
    elapsed = max(0.0, (track.last - track.started).total_seconds())
    if not timer:
        return None, tr("has no times, so it tells no run")
    metres = min(track.metres, LONGEST_M)
    return Recording(
        started=track.started,
        clock=Clock.PLACE if track.placed else Clock.UTC,
        timer_s=timer,
        elapsed_s=elapsed,
        metres=metres,
        ascent_m=track.climb.metres,
        sport=_sport(track.kind, metres, track.course.moving_s),
        indoor=None,
        device_temperature_c=_mean(track),
        early_pace=track.course.early_pace() if track.whole else None,
        partial=not track.whole,
        source=creator,
    ), ""


def _mean(track: _Track) -> float | None:
    return temperature(track.warmth_sum / track.warmths) if track.warmths else None


def _is_new_year(started: datetime) -> bool:
    """Planners count from the first second of a year."""
    return (started.month, started.day, started.hour, started.minute, started.second) == (
        (1, 1, 0, 0, 0)
    )


def _sport(kind: str, metres: float, seconds: float) -> Sport:
    if kind in RUNS:
        return Sport.RUN
    if kind:
        return Sport.OTHER
    return Sport.UNKNOWN if is_run_speed(metres, seconds) else Sport.OTHER
