"""GPX files: points with times. The way is measured and forgotten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.model.recording import Clock, Recording, Sport
from uncramp.recordings.bounds import (
    HIGHEST_M,
    instant_of,
    name_of,
    number_of,
    temperature,
)
from uncramp.recordings.sports import called
from uncramp.recordings.way import Stretch, Way, left_out
from uncramp.recordings.xml_stream import Handler, RefusedError, chunks, parse

MOST_TRACKS = 20_000
BREAK_S = 1_800.0
"""After a longer gap a new track is another recording."""
FEW_SHARE = 0.05
ROUTES_OF_APPLE = "apple health export"


@dataclass(slots=True)
class _Track:
    kind: str = ""
    placed: bool = False
    zone: tzinfo = UTC
    warmth_sum: float = 0.0
    warmths: int = 0
    way: Way = field(default_factory=Way)
    whole: bool = False


class _Reader(Handler):
    def __init__(self) -> None:
        self.tracks: list[_Track] = []
        self.creator = ""
        self.is_route = False
        self._track: _Track | None = None
        self._in_point = False
        self._place: tuple[float, float] | None = None
        self._height: float | None = None
        self._time: tuple[datetime, bool] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "trkpt":
            self._in_point = True
            lat = number_of(attributes.get("lat"), -90, 90)
            lon = number_of(attributes.get("lon"), -180, 180)
            self._place = None if lat is None or lon is None else (lat, lon)
            self._time = self._height = None
        elif name == "trk":
            if len(self.tracks) >= MOST_TRACKS:
                raise RefusedError(tr("holds too many tracks; the rest was left out"))
            self._track = _Track()
            self.tracks.append(self._track)
        elif name == "trkseg" and self._track is not None:
            self._track.way.begin_segment()
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
            track.kind = value
        elif name == "trk":
            track.whole = True
            self._track = None

    def _of_point(self, track: _Track, name: str, value: str) -> None:
        if name == "time":
            self._time = instant_of(value)
        elif name == "ele":
            self._height = number_of(value, -1000, HIGHEST_M)
        elif name in {"atemp", "temp"}:
            warmth = temperature(number_of(value, -100, 100))
            if warmth is not None:
                track.warmth_sum += warmth
                track.warmths += 1

    def _point(self, track: _Track) -> None:
        if self._time is None:
            track.way.add(None, self._place, self._height)
            return
        at, placed = self._time
        if not len(track.way):
            track.zone, track.placed = at.tzinfo or UTC, placed
        track.way.add(at.timestamp(), self._place, self._height)


def read_gpx(data: bytes, name: str) -> tuple[tuple[Recording, ...], tuple[Problem, ...]]:
    """Return the recordings of a GPX file, and what is wrong with it.

    What comes before a damage is used and marked as partial. A plan with invented times, a
    route or waypoints are no recordings, and are told as a warning.
    """
    reader = _Reader()
    broken = parse(chunks(data), reader, name)
    if reader.creator.casefold() == ROUTES_OF_APPLE:
        told = tr("is only the route of a workout; import export.xml or the whole export instead")
        return (), (*broken, Problem(name, 0, 0, told, severity=Severity.WARNING))
    recordings: list[Recording] = []
    reasons: list[str] = []
    for track in _joined(reader.tracks):
        of_track, reason = _recordings(track, reader.creator)
        recordings.extend(of_track)
        if reason:
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
    if not len(before.way) or not len(track.way) or before.kind != track.kind:
        return False
    return 0 <= track.way.first_s - before.way.last_s <= BREAK_S


def _join(before: _Track, track: _Track) -> None:
    before.way.join(track.way)
    before.warmth_sum += track.warmth_sum
    before.warmths += track.warmths
    before.whole = track.whole


def _recordings(track: _Track, creator: str) -> tuple[tuple[Recording, ...], str]:
    """Return what a track holds, or why it holds nothing."""
    if not track.way.points:
        return (), tr("holds no point of a track")
    if not len(track.way) or track.way.untimed > track.way.points / 2:
        return (), tr("has no times, so it cannot be recorded as a run")
    stretches = track.way.stretches()
    lasting = [stretch for stretch in stretches if stretch.elapsed_s]
    if not lasting:
        return (), tr("has no times, so it cannot be recorded as a run")
    # A few points with a time of another day are a mistake and no recording of their own.
    most = max(stretch.points for stretch in lasting)
    many = [stretch for stretch in lasting if stretch.points >= most * FEW_SHARE]
    many[0].jumps += _points(stretches) - _points(many)
    recordings = [_recording(track, stretch, creator) for stretch in many]
    kept = tuple(recording for recording in recordings if recording is not None)
    return kept, "" if kept else tr("is a planned route with invented times")


def _points(stretches: Iterable[Stretch]) -> int:
    return sum(stretch.points for stretch in stretches)


def _recording(track: _Track, stretch: Stretch, creator: str) -> Recording | None:
    started = datetime.fromtimestamp(stretch.started_s, track.zone)
    invented, new_year = stretch.course.is_invented(), _is_new_year(started)
    if invented and new_year:
        return None
    name = called(track.kind)
    doubt = stretch.doubt
    if not doubt and name.sport is Sport.UNKNOWN and (invented or new_year):
        doubt = tr("may be a planned route with invented times")
    return Recording(
        started=started,
        clock=Clock.PLACE if track.placed else Clock.UTC,
        timer_s=stretch.moving_s,
        elapsed_s=stretch.elapsed_s,
        metres=stretch.metres,
        ascent_m=stretch.climb.metres,
        sport=name.sport,
        indoor=name.indoor,
        terrain=name.terrain,
        device_temperature_c=_mean(track),
        early_pace=stretch.course.early_pace() if track.whole else None,
        partial=not track.whole,
        source=creator,
        called=name_of(track.kind),
        left_out=left_out(stretch),
        doubt=doubt,
    )


def _mean(track: _Track) -> float | None:
    return temperature(track.warmth_sum / track.warmths) if track.warmths else None


def _is_new_year(started: datetime) -> bool:
    """Planners count from the first second of a year."""
    return (started.month, started.day, started.hour, started.minute, started.second) == (
        (1, 1, 0, 0, 0)
    )
