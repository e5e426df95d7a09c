"""FIT files, as most watches write them."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar

from fitdecode import (
    FIT_FRAME_CRC,
    FIT_FRAME_DATA,
    CrcCheck,
    ErrorHandling,
    FitEOFError,
    FitHeaderError,
    FitReader,
)
from fitdecode.utils import compute_crc

from uncramp.model.diary import Terrain
from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.model.recording import Clock, Recording, Sport
from uncramp.recordings.bounds import (
    FIRST_YEAR,
    HIGHEST_M,
    LAST_YEAR,
    LONG_S,
    LONGEST_M,
    LONGEST_S,
    name_of,
    number,
    temperature,
)
from uncramp.recordings.fit_thinning import thinned
from uncramp.recordings.pace import Course

T = TypeVar("T")

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
"""From here a FIT file counts its seconds (FIT protocol, date_time)."""
CLOCK_SET = 0x1000_0000
"""Smaller times count from when the device was switched on (FIT protocol, date_time)."""
FILE_ID, SPORT, SESSION, RECORD, ACTIVITY = 0, 12, 18, 20, 34
TIMESTAMP, DISTANCE, TEMPERATURE = 253, 5, 13
MOST_RECORDS, MOST_SESSIONS = 500_000, 64
_SUB_SPORTS = {"trail": Terrain.TRAIL, "track": Terrain.TRACK, "street": Terrain.ROAD}
_INDOOR = {"treadmill", "indoor_running", "virtual_activity"}


@dataclass(slots=True)
class _Found:
    """What the messages of a file say, as they come."""

    kind: object = None
    maker: str = ""
    sport: object = None
    sub_sport: object = None
    sessions: list[dict[str, Any]] = field(default_factory=list)
    local_minus_device: int | None = None
    clocks: list[tuple[int, float | None]] = field(default_factory=list)
    warmth: list[tuple[int, float]] = field(default_factory=list)
    crc_fits: bool = True
    fault: str = ""


def read_fit(data: bytes, name: str) -> tuple[tuple[Recording, ...], tuple[Problem, ...]]:
    """Return the recordings of a FIT file, and what is wrong with it.

    What comes before a damage is used and marked as partial.
    """
    found = _messages(data)
    problems: list[Problem] = []
    if found.kind not in {None, "activity"}:
        words = tr("holds no activity, but {kind}").format(
            kind=name_of(found.kind).removesuffix("_b").replace("_", " ")
        )
        return (), (Problem(name, 0, 0, words, severity=Severity.WARNING),)
    if found.fault:
        problems.append(Problem(name, 0, 0, found.fault))
    if not found.crc_fits:
        words = tr("its checksum is wrong, so some of its values may be wrong too")
        problems.append(Problem(name, 0, 0, words, severity=Severity.WARNING))
    sessions = found.sessions
    if not sessions and found.clocks:
        sessions = [{}]
        if not found.fault:
            words = tr("it has no summary; the totals were worked out from its points")
            problems.append(Problem(name, 0, 0, words, severity=Severity.WARNING))
    recordings = []
    for session in sessions:
        recording, problem = _recording(session, found, name)
        if recording is not None:
            doubtful = not session or not found.crc_fits or bool(found.fault)
            recordings.append(replace(recording, partial=doubtful))
        if problem is not None:
            problems.append(problem)
    if not recordings and not problems:
        problems.append(Problem(name, 0, 0, tr("is empty: there is no recording in it")))
    return tuple(recordings), tuple(problems)


def _messages(data: bytes) -> _Found:
    found = _Found()
    needed = thinned(data)
    if needed is not None:
        found.crc_fits = compute_crc(data[:-2]) == int.from_bytes(data[-2:], "little")
    reader = FitReader(
        data if needed is None else needed,
        processor=None,
        check_crc=CrcCheck.READONLY if needed is None else CrcCheck.DISABLED,
        error_handling=ErrorHandling.IGNORE,
    )
    at = 0
    try:
        for frame in reader:
            if frame.frame_type == FIT_FRAME_DATA:
                if _take(found, frame) and found.kind not in {None, "activity"}:
                    break
            elif frame.frame_type == FIT_FRAME_CRC and needed is None:
                found.crc_fits = found.crc_fits and bool(frame.matched)
            at += 1
    except (FitEOFError, FitHeaderError) as error:
        words = tr("is cut off after {n} of its messages")
        if at and isinstance(error, FitHeaderError):
            words = tr("continues with something else after {n} of its messages")
        found.fault = words.format(n=at)
    except Exception:  # noqa: BLE001  # damage comes out of the library as anything
        found.fault = tr("is damaged after {n} of its messages").format(n=at)
    found.clocks.sort(key=_first)
    found.warmth.sort(key=_first)
    return found


def _take(found: _Found, frame: Any) -> bool:  # noqa: ANN401  # the library has no types
    """Take one message; tell whether it may end the reading."""
    kind = frame.global_mesg_num
    if kind == RECORD:
        _take_record(found, frame)
    elif kind == SESSION and len(found.sessions) < MOST_SESSIONS:
        found.sessions.append({one.name: one.value for one in frame.fields})
    elif kind == FILE_ID:
        found.kind = frame.get_value("type", fallback=None)
        maker = frame.get_value("manufacturer", fallback="")
        product = frame.get_value("product_name", fallback="")
        if product in {None, ""}:
            product = frame.get_value("garmin_product", fallback="")
        found.maker = name_of(f"{maker or ''} {product or ''}".replace("_", " "))
        return True
    elif kind == SPORT and found.sport is None:
        found.sport = frame.get_value("sport", fallback=None)
        found.sub_sport = frame.get_value("sub_sport", fallback=None)
    elif kind == ACTIVITY:
        local = frame.get_value("local_timestamp", fallback=None)
        device = frame.get_value("timestamp", fallback=None)
        if isinstance(local, int) and isinstance(device, int) and local >= CLOCK_SET:
            found.local_minus_device = local - device
    return False


def _take_record(found: _Found, frame: Any) -> None:  # noqa: ANN401  # as above
    at = metres = warmth = None
    for one in frame.fields:
        definition = one.field_def
        if definition is not None and definition.is_dev:
            continue
        number_in_profile = one.def_num
        if number_in_profile == TIMESTAMP:
            at = one.value
        elif number_in_profile == DISTANCE:
            metres = one.value
        elif number_in_profile == TEMPERATURE:
            warmth = one.value
    if isinstance(at, int) and len(found.clocks) < MOST_RECORDS:
        found.clocks.append((at, number(metres, 0, LONGEST_M)))
        if isinstance(warmth, int | float):
            found.warmth.append((at, warmth))


def _recording(
    session: dict[str, Any], found: _Found, name: str
) -> tuple[Recording | None, Problem | None]:
    start = session.get("start_time")
    if not isinstance(start, int):
        start = found.clocks[0][0] if found.clocks else None
    if start is None:
        return None, Problem(name, 0, 0, tr("does not say when it began"))
    timer = number(session.get("total_timer_time"), 0, 100 * LONGEST_S)
    elapsed = number(session.get("total_elapsed_time"), 0, 100 * LONGEST_S)
    # Until the next session begins; of one that was never stopped only what was recorded.
    end = start + (elapsed or timer or LONGEST_S) if session else float("inf")
    points = _between(found.clocks, start, end)
    course = Course()
    for at, metres in points:
        if metres is not None:
            course.add(at - start, metres)
    if timer is None:
        last = points[-1][0] if points else start
        elapsed = elapsed if session and elapsed else float(last - start)
        timer = course.moving_s or elapsed
    elapsed = timer if elapsed is None else elapsed
    metres = number(session.get("total_distance"), 0, LONGEST_M)
    if metres is None and course.metres:
        metres = course.metres[-1] - course.metres[0]
    began = _began(start, found.local_minus_device)
    if began is None:
        words = tr("the device's clock had not been set, so the day is unknown")
        return None, Problem(name, 0, 0, words)
    problem = None
    if elapsed > LONG_S:
        words = tr("it was left running for {hours:.0f} hours; only the time on its timer counts")
        problem = Problem(name, 0, 0, words.format(hours=elapsed / 3600), severity=Severity.WARNING)
    warmth = [value for _, value in _between(found.warmth, start, end)]
    warm = session.get("avg_temperature")
    sport, sub_sport = session.get("sport", found.sport), session.get("sub_sport", found.sub_sport)
    return Recording(
        started=began[0],
        clock=began[1],
        timer_s=timer,
        elapsed_s=elapsed,
        metres=metres,
        ascent_m=number(session.get("total_ascent"), 0, HIGHEST_M),
        sport=_sport(sport, sub_sport),
        indoor=sub_sport in _INDOOR if sub_sport is not None else None,
        terrain=_SUB_SPORTS.get(str(sub_sport)),
        device_temperature_c=temperature(sum(warmth) / len(warmth) if warmth else warm),
        # Without a summary nobody knows how long the rest was.
        early_pace=course.early_pace() if session else None,
        source=found.maker,
        called=name_of("" if sport is None else sport).replace("_", " "),
    ), problem


def _between(points: list[tuple[int, T]], start: int, end: float) -> list[tuple[int, T]]:
    """Return the points of a time; all of them are in order."""
    return points[bisect_left(points, start, key=_first) : bisect_right(points, end, key=_first)]


def _first(point: tuple[int, object]) -> int:
    return point[0]


def _sport(sport: object, sub_sport: object) -> Sport:
    if sport == "running":
        return Sport.RUN
    on_treadmill = sport == "fitness_equipment" and sub_sport == "treadmill"
    # A number is a sport that the profile did not have yet.
    if sport is None or sport == "generic" or isinstance(sport, int) or on_treadmill:
        return Sport.UNKNOWN
    return Sport.OTHER


def _began(start: int, local_minus_device: int | None) -> tuple[datetime, Clock] | None:
    """Return when it began: by the clock on the wall where the device does not know its own."""
    clock = Clock.UTC
    zone: timezone = UTC
    if start < CLOCK_SET:
        if local_minus_device is None:
            return None
        start += local_minus_device
        clock = Clock.WALL
    elif local_minus_device is not None:
        quarters = round(local_minus_device / 900)
        if abs(quarters) <= 14 * 4 and abs(local_minus_device - quarters * 900) <= 120:
            clock = Clock.PLACE
            zone = timezone(timedelta(seconds=quarters * 900))
    found = (EPOCH + timedelta(seconds=start)).astimezone(zone)
    return (found, clock) if FIRST_YEAR <= found.year <= LAST_YEAR else None
