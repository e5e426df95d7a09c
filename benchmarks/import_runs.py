"""A thousand FIT files imported, beside the bare loop of the library over the same files.

The bare loop is one process that decodes everything, as the library does it by itself. Ours uses
the processors there are, decodes what is needed, and finds out which runs are the same.

    python3 dev.py bench import_runs [--files 1000] [--folder DIR]
"""

import argparse
import contextlib
import os
import random
import struct
import sys
import time
import uuid
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from fitdecode import ErrorHandling, FitError, FitReader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "plugins"))

import recording_files as made  # noqa: E402

from uncramp.coach.runs.importing import plan_import  # noqa: E402
from uncramp.coach.runs.reading import read_recordings  # noqa: E402

MOST_TIMES = 0.6
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
# What a watch writes each second: time, place, distance, altitude, heart, cadence, speed, warmth.
RECORD = (
    20,
    (
        ("timestamp", 253, "uint32"),
        ("lat", 0, "uint32"),
        ("lon", 1, "uint32"),
        ("distance", 5, "uint32"),
        ("altitude", 2, "uint16"),
        ("heart", 3, "uint8"),
        ("cadence", 4, "uint8"),
        ("speed", 6, "uint16"),
        ("warm", 13, "sint8"),
    ),
)


def write_files(folder: Path, count: int) -> None:
    """Write runs of 20 to 70 minutes with a point a second."""
    chance = random.Random(1)
    for number in range(count):
        seconds = chance.randint(1200, 4200)
        start = datetime(2020, 1, 1, 6, tzinfo=UTC) + timedelta(days=number)
        first = made.fit_seconds(start)
        body = made.definition(0, made.FILE_ID) + made.message(0, made.FILE_ID, 4, 1)
        body += made.definition(1, RECORD)
        layout = struct.Struct("<BIIIIHBBHb")
        points = [
            layout.pack(1, first + at, at, at, at * 300, 2600, 140, 85, 3000, 24)
            for at in range(seconds)
        ]
        body += b"".join(points) + made.definition(2, made.SESSION)
        spent = seconds * 1000
        body += made.message(2, made.SESSION, first, first, spent, spent, seconds * 300, 1, 0)
        (folder / f"{number:04}.fit").write_bytes(made.fit_file(body))


def bare_s(paths: list[Path]) -> float:
    """Return the seconds of the library alone."""
    start = time.perf_counter()
    for path in paths:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with (
                contextlib.suppress(FitError),
                FitReader(path, error_handling=ErrorHandling.IGNORE) as reader,
            ):
                for _ in reader:
                    pass
    return time.perf_counter() - start


def main() -> int:
    """Measure and print; 1 when the limit is passed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=1000)
    options.add_argument("--folder", type=Path, help="FIT files to take instead of made ones")
    chosen = options.parse_args()
    with TemporaryDirectory() as made_here:
        folder = chosen.folder or Path(made_here)
        if chosen.folder is None:
            write_files(folder, chosen.files)
        paths = sorted(folder.glob("*.fit"))
        start, before = time.perf_counter(), time.process_time()
        report = plan_import(read_recordings([folder]), (), NOW, lambda: str(uuid.uuid4()))
        ours = time.perf_counter() - start
        spent = time.process_time() - before
        bare = bare_s(paths)
        print(
            f"{len(paths)} files, {len(report.runs)} runs: {ours:.1f} s with {os.cpu_count()} "
            f"processors, {ours / bare:.2f}x the bare loop ({bare:.1f} s, limit {MOST_TIMES}); "
            f"of them {spent:.1f} s in this process"
        )
    if chosen.folder is None and len(report.runs) != chosen.files:
        print("not every file gave its run")
        return 1
    return 1 if ours / bare > MOST_TIMES else 0


if __name__ == "__main__":
    sys.exit(main())
