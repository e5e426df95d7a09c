"""Damage small recordings in thousands of ways and see that nothing breaks.

Each mutant is read as the program reads a user's file. It must end within two seconds, never
raise, stay within 100 MB, and give values that can stand in the journal; what is wrong is told in
words that can be shown.

    python benchmarks/fuzz_recordings.py --count 100000 --seed 1
"""

import argparse
import random
import re
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "plugins")]

import recording_files as made  # noqa: E402

from uncramp.coach.runs.importing import plan_import  # noqa: E402
from uncramp.coach.runs.reading import read_recordings  # noqa: E402
from uncramp.model.diary import Run  # noqa: E402

SLOWEST_S = 2.0
MOST_MB = 100.0
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TOKENS = (
    b"<", b">", b"</", b"&", b"&amp;", b"&#0;", b"&#xFFFFFFFF;", b"&x;", b"<![CDATA[", b"]]>",
    b"<!--",
    b'<!DOCTYPE a [<!ENTITY x "y">]>', b"<?xml version='1.0' encoding='latin-9'?>",
    b"<?xml version='1.0' encoding='utf-7'?>", b"<trk>", b"</trkseg>", b"<trkseg>", b"</trkpt>",
    b'<trkpt lat="91" lon="nan"/>', b"<time>9999-12-31T23:59:59Z</time>", b"<Lap>", b"</Activity>",
    b"<Workout>", b"<x:y xmlns:x='z'>", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\x0b", b"nan",
    b"-inf",
    b"1e999", b"-1", b"9" * 400, b",", b'"', b'""', b"\r\n", b"\n", b"[" * 300, b"{", b"null",
    b"PK\x03\x04",
    b".FIT", b"\x1f\x8b\x08", b"+99:99", b"+23:59:59", b"T", b"Z", "٣".encode(), b"\xed\xa0\x80",
)  # fmt: skip
"""What recordings are made of, and what often breaks readers."""


@dataclass(slots=True)
class Outcome:
    """What happened to the mutants.

    Attributes:
        taken: mutants that still give a run.
        refused: those that do not.
        failures: what must not happen, with the mutant's number.
        slowest_s: the longest time for one.
        messages: how often each kind of message came.
    """

    taken: int = 0
    refused: int = 0
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    messages: Counter[str] = field(default_factory=Counter)


def seeds() -> list[bytes]:
    """Return small recordings of every kind."""
    points = made.course(60, 3.0)
    strava = made.strava_list(
        ("May 3, 2026, 6:30:00 AM", "Run", 1800, "a.fit.gz"),
        ("03.05.2026, 18:05:09", "Lauf", 1800, ""),
    ).encode()
    intervals = (
        b"id,type,start_date_local,moving_time,elapsed_time,distance\n"
        b"i1,Run,2026-05-03T08:30:00,1700,1800,5000.5\n"
    )
    fit = made.fit_run(points=points, sessions=2)
    gpx = made.gpx_run(
        points=points, more="<ele>5</ele><extensions><a:atemp>20</a:atemp></extensions>"
    )
    return [
        fit,
        fit,
        made.tcx_run(points=points[::6]).encode(),
        gpx.encode(),
        made.gpx_run(points=points[::6]).encode("utf-16"),
        made.apple_export(made.apple_workout(), records=3).encode(),
        strava,
        intervals,
        made.garmin_summary(),
        made.gzipped(fit),
        made.zipped({"a.fit.gz": made.gzipped(fit), "activities.csv": strava}),
        made.zipped(
            {"b.zip": made.zipped({"c.fit": made.fit_run()}), "d.json": made.garmin_summary()}
        ),
    ]  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, a piece, a number, or the end."""
    changed = bytearray(data or b"\0")
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        at = chance.randrange(len(changed))
        kind = chance.randrange(7)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            end = at + chance.randint(1, 40)
            changed[at:end] = bytes(chance.randrange(256) for _ in changed[at:end])
        elif kind == 3:
            changed[at : at + chance.randint(1, 60)] = b""
        elif kind == 4:
            changed[at:at] = chance.choice(TOKENS)
        elif kind == 5:
            part = bytes(changed[at : at + chance.randint(1, 200)])
            changed[at:at] = part * chance.randint(1, 200)
        else:
            del changed[at:]
        changed = changed or bytearray(b"\0")
    return bytes(changed)


def fuzz(count: int, seed: int) -> Outcome:
    """Read `count` mutants and tell what happened."""
    originals = seeds()
    outcome = Outcome()
    fast = Path("/dev/shm")  # memory, where there is such a thing
    with TemporaryDirectory(dir=fast if fast.is_dir() else None) as folder:
        path = Path(folder) / "mutant"
        for number in range(count):
            chance = random.Random(f"{seed}/{number}")
            path.write_bytes(mutated(chance.choice(originals), chance))
            _read(path, number, outcome)
            left = [one for one in Path(folder).iterdir() if one != path]
            if left:
                outcome.failures.append(f"mutant {number}: wrote {left}")
                return outcome
    return outcome


def _read(path: Path, number: int, outcome: Outcome) -> None:
    start = time.perf_counter()
    try:
        report = plan_import(read_recordings([path], workers=1), (), NOW, lambda: "id")
    except Exception:  # noqa: BLE001  # whatever is raised is what we look for
        outcome.failures.append(f"mutant {number}: {traceback.format_exc()}")
        return
    took_s = time.perf_counter() - start
    outcome.slowest_s = max(outcome.slowest_s, took_s)
    if took_s > SLOWEST_S:
        outcome.failures.append(f"mutant {number}: took {took_s:.2f} s")
    outcome.taken += bool(report.runs)
    outcome.refused += not report.runs
    for run in report.runs:
        if not _can_be(run):
            outcome.failures.append(f"mutant {number}: {run}")
    for result in report.results:
        outcome.messages[re.sub(r'"[^"]*"|\d+', "_", result.reason)[:60]] += 1
        if not result.runs and not result.reason:
            outcome.failures.append(f"mutant {number}: {result.status} without a reason")
        if any(not one.isprintable() for one in result.reason) or len(result.reason) > 400:
            outcome.failures.append(f"mutant {number}: cannot be shown: {result.reason!r}")


def _can_be(run: Run) -> bool:
    ways = run.metres is None or 0 <= run.metres <= 1e9
    warm = run.temperature_c is None or -100 <= run.temperature_c <= 100
    effort = run.effort is None or 0 <= run.effort <= 10
    return (
        1 <= run.seconds <= 7 * 86_400
        and 1989 < run.started.year < 2027
        and ways
        and warm
        and effort
    )


def main() -> int:
    """Run and print; 1 when anything failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--messages", action="store_true", help="how often each message came")
    chosen = options.parse_args()
    start = time.perf_counter()
    outcome = fuzz(chosen.count, chosen.seed)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{chosen.count} mutants in {time.perf_counter() - start:.0f} s: {outcome.taken} taken, "
        f"{outcome.refused} refused, slowest {outcome.slowest_s * 1000:.0f} ms, "
        f"{memory:.0f} MB (limit {MOST_MB:.0f}), {len(outcome.failures)} failures"
    )
    if chosen.messages:
        for message, times in outcome.messages.most_common():
            print(f"{times:7} {message}")
    for failure in outcome.failures[:20]:
        print(failure)
    return 1 if outcome.failures or memory > MOST_MB else 0


if __name__ == "__main__":
    sys.exit(main())
