"""A large export of Apple Health read for its runs, beside the bare expat pass on the same file.

The bare pass has no handler at all: it only finds that the file is well formed. Each runs in a
fresh process, and they take turns. The file is made anew each time, of records as a phone writes
them by the million, with some workouts among them.

    python3 dev.py bench import_apple [--megabytes 500] [--runs 3]
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "plugins"))

import recording_files as made  # noqa: E402

MOST_TIMES = 1.3
MOST_MB = 60.0
WORKOUT_EVERY = 3_000_000
"""Bytes; as in a real export, where records outnumber workouts by thousands."""
_BARE = """
import resource, sys, time
from xml.parsers.expat import ParserCreate
start = time.perf_counter()
with open(sys.argv[1], "rb") as file:
    ParserCreate().ParseFile(file)
"""
_OURS = """
import resource, sys, time
from uncramp.recordings.apple import read_apple
start = time.perf_counter()
with open(sys.argv[1], "rb") as file:
    runs, problems = read_apple(file, "export.xml")
assert len(runs) == int(sys.argv[2]) and not problems, (len(runs), problems)
"""
_END = """
took = time.perf_counter() - start
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def write_export(path: Path, megabytes: int) -> int:
    """Write the file, and return how many runs are in it."""
    root = '<HealthData locale="en">\n'
    head, _, tail = made.apple_export(records=1).partition(root)
    record = tail.partition("</HealthData>")[0]
    more = '<MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>'
    nested = record.replace("/>", f">\n {more}\n</Record>")
    block = (record * 4 + nested) * 500
    runs = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(head + root)
        written = next_at = 0
        while written < megabytes * 1_000_000:
            file.write(block)
            written += len(block)
            if written >= next_at:
                file.write(made.apple_workout() + made.apple_workout(running=False))
                runs += 1
                next_at += WORKOUT_EVERY
        file.write("</HealthData>\n")
    return runs


def once(body: str, *arguments: str) -> tuple[float, float]:
    """Run in a fresh process; returns seconds and megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", body + _END, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    took, memory = done.stdout.split()
    return float(took), float(memory)


def main() -> int:
    """Measure and print; 1 when a limit is passed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=int, default=500)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    ratios, memories, times = [], [], []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        runs = write_export(path, chosen.megabytes)
        once(_BARE, str(path))  # so that the file is in memory for both
        for _ in range(chosen.runs):
            bare, _ = once(_BARE, str(path))
            ours, memory = once(_OURS, str(path), str(runs))
            ratios.append(ours / bare)
            memories.append(memory)
            times.append(ours)
    ratio, memory = statistics.median(ratios), max(memories)
    print(
        f"{chosen.megabytes} MB with {runs} runs: {statistics.median(times):.2f} s, {ratio:.2f}x "
        f"the bare pass (limit {MOST_TIMES}), {memory:.0f} MB (limit {MOST_MB:.0f})"
    )
    return 1 if ratio > MOST_TIMES or memory > MOST_MB else 0


if __name__ == "__main__":
    sys.exit(main())
