"""Apple Health's export.xml: gigabytes of records, among them the workouts. Streamed."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Protocol
from xml.parsers.expat import ParserCreate, XMLParserType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from uncramp.model.language import tr, trn
from uncramp.model.problem import Problem, Severity
from uncramp.model.recording import Clock, Recording, Sport
from uncramp.recordings.bounds import (
    HIGHEST_M,
    LONGEST_M,
    LONGEST_S,
    instant_of,
    name_of,
    number,
    number_of,
    temperature,
)
from uncramp.recordings.xml_stream import RefusedError, fed, refuse_entity

CHUNK = 1 << 16
WORD = b"Workout"
LONGEST_TAG = 1 << 16
SAMPLE, DEEPEST = 4096, 100
ROOT = b"<HealthData"
FARTHEST_ROOT = 1 << 22
# Some versions wrote these into their texts, where XML forbids them.
CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 13})
RUNNING = "HKWorkoutActivityTypeRunning"
_SECONDS = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0}
_METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "ft": 0.3048, "yd": 0.9144, "cm": 0.01}
_DISTANCE = "HKQuantityTypeIdentifierDistanceWalkingRunning"
MOST_WORKOUTS, MOST_WORDS = 50_000, 200

Words = dict[str, str]


class Readable(Protocol):
    """Bytes, one after the other."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""


class _Workouts:
    """Keeps the running workouts, and looks away from all else as early as it can.

    Nearly all of a file are records. To be called for each of them costs as much as to parse it,
    so the parser calls only while it reads pieces in which there is a word of workouts.
    """

    def __init__(self, parser: XMLParserType) -> None:
        self._parser = parser
        self.runs: list[tuple[Words, Words, Words]] = []
        self.others = 0
        self._open: tuple[Words, Words, Words] | None = None
        self._begun = b""

    def feed(self, piece: bytes, is_last: bool) -> None:
        """Parse the next piece.

        Raises:
            ExpatError: it is broken there.
            RefusedError: it only opens elements, and would fill the memory.
        """
        sample = piece[:SAMPLE]
        if sample.count(b"<") > DEEPEST and b"/" not in sample:
            raise RefusedError(tr("is nested more deeply than any export; the rest was not read"))
        # A tag that was cut in two is told when its end comes; it begins at the last "<" before.
        waited_for = is_last or self._open is not None or WORD in self._begun + piece[:LONGEST_TAG]
        heard = waited_for or WORD in piece
        self._parser.StartElementHandler = self.start if heard else None
        self._parser.Parse(piece, is_last)
        last = piece.rfind(b"<")
        begun = piece[last:] if last >= 0 else self._begun + piece
        self._begun = begun[:LONGEST_TAG]  # what a tag is stands at its beginning

    def start(self, name: str, attributes: list[str]) -> None:
        if name == "Workout":
            words = _words(attributes)
            if words.get("workoutActivityType") != RUNNING:
                self.others += 1
            elif len(self.runs) < MOST_WORKOUTS:
                self._open = words, {}, {}
                self._parser.EndElementHandler = self.end
        elif self._open is not None:
            words = _words(attributes)
            if name == "MetadataEntry" and len(self._open[1]) < MOST_WORDS:
                self._open[1][words.get("key", "")] = words.get("value", "")
            elif name == "WorkoutStatistics" and words.get("type") == _DISTANCE:
                self._open[2].update(words)

    def end(self, name: str) -> None:
        if name == "Workout" and self._open is not None:
            self.runs.append(self._open)
            self._open = None
            self._parser.EndElementHandler = None


def read_apple(file: Readable, name: str) -> tuple[tuple[Recording, ...], tuple[Problem, ...]]:
    """Return the runs among the workouts of an export.xml, and what is wrong with it.

    What comes before a damage is used. Takes a few megabytes of memory for any size.
    """
    parser = ParserCreate()
    parser.ordered_attributes = True
    parser.EntityDeclHandler = refuse_entity
    # Newer ones would tell of a tag later than with the piece that ends it.
    defer = getattr(parser, "SetReparseDeferralEnabled", None)
    if defer is not None:
        defer(False)
    found = _Workouts(parser)
    before, pieces = _from_root(file)
    problems = list(fed(found.feed, pieces, _line_of(parser), name, before))
    recordings = []
    for words, metadata, statistics in found.runs:
        recording = _recording(words, metadata, statistics)
        if recording is None:
            sentence = tr("a run on {date} has no readable time").format(
                date=name_of(words.get("startDate"))
            )
            problems.append(Problem(name, 0, 0, sentence))
        else:
            recordings.append(recording)
    if not found.runs and not problems:
        sentence = trn(
            "holds {n} workout, but no run", "holds {n} workouts, but no run", found.others
        )
        sentence = sentence.format(n=found.others)
        problems.append(Problem(name, 0, 0, sentence, severity=Severity.WARNING))
    return tuple(recordings), tuple(problems)


def _line_of(parser: XMLParserType) -> Callable[[], int]:
    def line() -> int:
        return parser.CurrentLineNumber

    return line


def _from_root(file: Readable) -> tuple[int, Iterable[bytes]]:
    """Leave out all before the root: some versions wrote a broken description of the document.

    Returns the number of lines left out, and the pieces from there on.
    """
    head = b""
    while ROOT not in head and len(head) < FARTHEST_ROOT:
        more = file.read(CHUNK)
        if not more:
            break
        head += more
    at = max(head.find(ROOT), 0)
    return head.count(b"\n", 0, at), _pieces(head[at:], file)


def _pieces(first: bytes, file: Readable) -> Iterator[bytes]:
    piece = first
    while piece:
        yield piece.translate(None, CONTROL_BYTES)
        piece = file.read(CHUNK)


def _words(attributes: list[str]) -> Words:
    return dict(zip(attributes[::2], attributes[1::2], strict=True))


def _recording(words: Words, metadata: Words, statistics: Words) -> Recording | None:
    started, ended = _instant(words.get("startDate")), _instant(words.get("endDate"))
    if started is None:
        return None
    elapsed = 0.0
    if ended is not None:
        elapsed = max(0.0, (ended - started).total_seconds())
    timer = _measure(
        words.get("duration"), words.get("durationUnit", "min"), _SECONDS, 100 * LONGEST_S
    )
    timer = timer or elapsed
    if not timer:
        return None
    metres = _measure(statistics.get("sum"), statistics.get("unit", ""), _METRES, LONGEST_M)
    if metres is None:
        unit = words.get("totalDistanceUnit", "")
        metres = _measure(words.get("totalDistance"), unit, _METRES, LONGEST_M)
    indoor = metadata.get("HKIndoorWorkout")
    return Recording(
        started=_at_place(started, metadata.get("HKTimeZone")),
        clock=Clock.PLACE,
        timer_s=timer,
        elapsed_s=elapsed or timer,
        metres=metres,
        ascent_m=_quantity(metadata.get("HKElevationAscended"), _METRES, HIGHEST_M),
        sport=Sport.RUN,
        indoor=None if indoor is None else indoor == "1",
        air_temperature_c=_air(metadata.get("HKWeatherTemperature")),
        source=name_of(words.get("sourceName")),
    )


def _instant(text: str | None) -> datetime | None:
    """Return the instant of "2025-09-16 16:14:50 +0100"."""
    found = instant_of((text or "").strip().replace(" +", "+").replace(" -", "-"))
    return None if found is None else found[0]


def _at_place(started: datetime, zone: str | None) -> datetime:
    """The export writes all times with the phone's present offset; the zone is the place's."""
    if not zone:
        return started
    try:
        offset = started.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return started
    if offset is None or offset % timedelta(minutes=1):
        return started
    return started.astimezone(timezone(offset))


def _measure(text: str | None, unit: str, units: dict[str, float], highest: float) -> float | None:
    value = number_of(text, 0, highest)
    if value is None or unit not in units:
        return None
    return number(value * units[unit], 0, highest)


def _quantity(text: str | None, units: dict[str, float], highest: float) -> float | None:
    value, _, unit = (text or "").partition(" ")
    return _measure(value, unit, units, highest)


def _air(text: str | None) -> float | None:
    value, _, unit = (text or "").partition(" ")
    found = number_of(value, -200, 200)
    if found is None or unit not in {"degF", "degC"}:
        return None
    return temperature((found - 32) * 5 / 9 if unit == "degF" else found)
