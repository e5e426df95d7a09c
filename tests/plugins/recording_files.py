"""Small recordings as devices and services write them, made here: nobody's real runs."""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

START = datetime(2026, 5, 3, 6, 30, tzinfo=UTC)
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
TYPES = {"enum": (0x00, "B"), "uint8": (0x02, "B"), "sint8": (0x01, "b"),
         "uint16": (0x84, "H"), "uint32": (0x86, "I")}  # fmt: skip
RUNNING, CYCLING = 1, 2

# Message numbers and fields of the FIT profile: name, number, base type.
FILE_ID = (0, (("type", 0, "enum"), ("manufacturer", 1, "uint16")))
SESSION = (
    18,
    (
        ("timestamp", 253, "uint32"),
        ("start_time", 2, "uint32"),
        ("elapsed", 7, "uint32"),
        ("timer", 8, "uint32"),
        ("distance", 9, "uint32"),
        ("sport", 5, "enum"),
        ("sub_sport", 6, "enum"),
    ),
)
RECORD = (20, (("timestamp", 253, "uint32"), ("distance", 5, "uint32"), ("warm", 13, "sint8")))
ACTIVITY = (34, (("timestamp", 253, "uint32"), ("local", 5, "uint32")))

Fields = Sequence[tuple[str, int, str]]


def fit_seconds(instant: datetime) -> int:
    """Return an instant as FIT counts it."""
    return int((instant - FIT_EPOCH).total_seconds())


def crc(data: bytes) -> int:
    """Return the checksum of FIT: CRC-16 with the reflected polynomial 0x8005."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def definition(local: int, message: tuple[int, Fields]) -> bytes:
    """Return a definition message."""
    number, fields = message
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(fields))
    return head + b"".join(
        struct.pack("<BBB", field, struct.calcsize(TYPES[kind][1]), TYPES[kind][0])
        for _, field, kind in fields
    )


def message(local: int, kind: tuple[int, Fields], *values: int) -> bytes:
    """Return a data message."""
    letters = "".join(TYPES[field][1] for _, _, field in kind[1])
    return struct.pack(f"<B{letters}", local, *values)


def fit_file(body: bytes, *, right: bool = True) -> bytes:
    """Return a whole file around its messages."""
    head = struct.pack("<BBHI4s", 14, 0x10, 2100, len(body), b".FIT")
    head += struct.pack("<H", crc(head))
    return head + body + struct.pack("<H", crc(head + body) ^ (0 if right else 1))


def course(seconds: int, speed: float, early: float = 1.0) -> list[tuple[int, float]]:
    """Return a point a second; over the first tenth of the way it is `early` times as fast."""
    # With speed v over nine tenths and v * early over one, the way is as long as asked for.
    way = seconds * speed
    points = []
    tenth_s = way / 10 / (speed * early)
    for at in range(seconds + 1):
        metres = min(at, tenth_s) * speed * early + max(0.0, at - tenth_s) * speed
        points.append((at, metres))
    return points


def fit_run(
    start: datetime = START,
    *,
    points: Iterable[tuple[int, float]] = (),
    timer_s: float = 1800.0,
    elapsed_s: float | None = None,
    metres: float = 5000.0,
    sport: int = RUNNING,
    sub_sport: int = 0,
    offset_min: int | None = 120,
    device_start: int | None = None,
    file_type: int = 4,
    sessions: int = 1,
    right: bool = True,
) -> bytes:
    """Return a run as a watch writes it."""
    elapsed = timer_s if elapsed_s is None else elapsed_s
    first = fit_seconds(start) if device_start is None else device_start
    body = definition(0, FILE_ID) + message(0, FILE_ID, file_type, 1)
    body += definition(1, RECORD)
    for at, way in points:
        body += message(1, RECORD, first + at, round(way * 100), 31)
    body += definition(2, SESSION)
    for number in range(sessions):
        begins = first + number * round(elapsed + 60)
        body += message(
            2,
            SESSION,
            begins + round(elapsed),
            begins,
            round(elapsed * 1000),
            round(timer_s * 1000),
            round(metres * 100),
            sport,
            sub_sport,
        )
    if offset_min is not None:
        local = fit_seconds(start) + offset_min * 60
        body += definition(3, ACTIVITY) + message(3, ACTIVITY, first, local)
    return fit_file(body, right=right)


def stamp(start: datetime, seconds: float) -> str:
    """Return an instant as XML has it."""
    return f"{start + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def tcx_run(
    start: datetime = START,
    *,
    points: Iterable[tuple[int, float]] = (),
    timer_s: float = 1800.0,
    metres: float = 5000.0,
    sport: str = "Running",
    indoor: bool = False,
    activities: int = 1,
) -> str:
    """Return activities as TCX."""
    track = "".join(
        f"<Trackpoint><Time>{stamp(start, at)}</Time>"
        + ("" if indoor else "<Position><LatitudeDegrees>1</LatitudeDegrees></Position>")
        + f"<DistanceMeters>{way:.1f}</DistanceMeters></Trackpoint>\n"
        for at, way in points
    )
    whole = "".join(
        f'<Activity Sport="{sport}"><Id>{stamp(start, number * 86_400)}</Id>'
        f'<Lap StartTime="{stamp(start, number * 86_400)}">'
        f"<TotalTimeSeconds>{timer_s}</TotalTimeSeconds>"
        f"<DistanceMeters>{metres}</DistanceMeters><Track>{track}</Track></Lap></Activity>"
        for number in range(activities)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase><Activities>'
        f"{whole}</Activities></TrainingCenterDatabase>"
    )


DEGREE_M = 6_371_008.8 * 3.141592653589793 / 180
"""Metres of a degree of latitude on a sphere."""


def gpx_run(
    start: datetime = START,
    *,
    points: Iterable[tuple[int, float]] = (),
    kind: str = "running",
    creator: str = "A watch",
    zone: str = "Z",
    more: str = "",
) -> str:
    """Return a track that leads north as GPX."""
    track = "".join(
        f'<trkpt lat="{way / DEGREE_M:.9f}" lon="0">'
        f"<time>{stamp(start, at).removesuffix('Z')}{zone}</time>{more}</trkpt>\n"
        for at, way in points
    )
    named = f"<type>{kind}</type>" if kind else ""
    return (
        f'<?xml version="1.0"?>\n<gpx creator="{creator}"><trk>{named}'
        f"<trkseg>{track}</trkseg></trk></gpx>"
    )


def apple_export(*workouts: str, records: int = 0) -> str:
    """Return an export.xml around its workouts."""
    record = (
        '<Record type="HKQuantityTypeIdentifierStepCount" sourceName="A phone" unit="count" '
        'creationDate="2026-05-03 08:00:00 +0200" startDate="2026-05-03 07:59:00 +0200" '
        'endDate="2026-05-03 08:00:00 +0200" value="84"/>\n'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT Me EMPTY>\n]>\n'
        f'<HealthData locale="en">\n{record * records}{"".join(workouts)}</HealthData>\n'
    )


def apple_workout(*, running: bool = True, more: str = "", minutes: float = 30) -> str:
    """Return one workout that began at START at UTC+2."""
    kind = "Running" if running else "Walking"
    return (
        f'<Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="{minutes}" '
        'durationUnit="min" sourceName="A watch" startDate="2026-05-03 08:30:00 +0200" '
        f'endDate="2026-05-03 09:05:00 +0200">{more}'
        '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="5" '
        'unit="km"/></Workout>\n'
    )


def strava_list(*rows: tuple[str, str, int, str]) -> str:
    """Return activities.csv; a row is date, type, seconds, file."""
    head = (
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
        "Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,"
        "Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,"
        "Weather Temperature,Perceived Exertion"
    )
    lines = [
        f'{number},"{date}","a, ""name""\nof two lines",{kind},,{seconds},5.00,,,,,,{file},,,'
        f"{seconds}.0,{seconds - 60}.0,5000.0,18.5,6"
        for number, (date, kind, seconds, file) in enumerate(rows)
    ]
    return "\r\n".join([head, *lines])


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def garmin_summary(start: datetime = START, kind: str = "running") -> bytes:
    """Return summarizedActivities.json with one activity at UTC+2."""
    at = int(start.timestamp() * 1000)
    one = {
        "activityType": kind,
        "startTimeGmt": float(at),
        "startTimeLocal": float(at + 7_200_000),
        "duration": 1_800_000.0,
        "elapsedDuration": 1_900_000.0,
        "distance": 500_000.0,
    }
    return json.dumps([{"summarizedActivitiesExport": [one]}]).encode()


def gzipped(data: bytes) -> bytes:
    """Return gzip, the same for the same data."""
    return gzip.compress(data, mtime=0)
