"""What loading all shipped routines costs, beside the bare parser on the same files.

Every figure is the median of fresh processes, because what counts is the first load after the
start. "kept" is the usual start, with what the unchanged files gave last time; "anew" is the
first start after an installation, which imports pydantic and checks everything.

    python benchmarks/load_routines.py [--runs 15] [--check]
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
ROUTINES = ROOT / "routines"
KEPT_LIMIT = 3.0
"""Reading what was kept takes at most this many times the bare parser."""

# What every part of the program imports anyway is imported before the clock starts.
_BEFORE = """
import dataclasses, enum, json, pathlib, re, sys, time, types, typing
import uncramp.model.exercise, uncramp.model.routine, uncramp.model.problem
folder = pathlib.Path(sys.argv[1])
cache = pathlib.Path(sys.argv[2])
"""
_PARSER = """
import tomli
start = time.perf_counter()
for path in sorted(folder.rglob("*.toml")):
    tomli.loads(path.read_text(encoding="utf-8"))
print((time.perf_counter() - start) * 1000)
"""
_IMPORT = """
start = time.perf_counter()
import {module}
print((time.perf_counter() - start) * 1000)
"""
_LOAD = """
from uncramp.routines.library import load_library
start = time.perf_counter()
load_library(folder, None, {cache})
print((time.perf_counter() - start) * 1000)
"""


def median_ms(body: str, cache: Path, runs: int) -> float:
    """Run the program in fresh processes and return the median of what it prints."""
    command = [sys.executable, "-c", _BEFORE + body, str(ROUTINES), str(cache)]
    environment = {"PYTHONPATH": str(ROOT / "src")}
    said = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
        for _ in range(runs)
    ]
    return statistics.median(float(line) for line in said)


def main() -> int:
    """Measure and print; with --check, 1 when the limit is not kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--check", action="store_true")
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "checked.json"
        median_ms(_LOAD.format(cache="cache"), cache, 1)
        figures = {
            "bare parser": median_ms(_PARSER, cache, chosen.runs),
            "load, kept": median_ms(_LOAD.format(cache="cache"), cache, chosen.runs),
            "load, anew": median_ms(_LOAD.format(cache="None"), cache, chosen.runs),
            "import the loader": median_ms(
                _IMPORT.format(module="uncramp.routines.library"), cache, chosen.runs
            ),
            "import pydantic and the models": median_ms(
                _IMPORT.format(module="uncramp.routines.spec"), cache, chosen.runs
            ),
        }
    for name, value in figures.items():
        print(f"{name:32} {value:7.2f} ms {value / figures['bare parser']:7.1f} x")
    too_slow = figures["load, kept"] > KEPT_LIMIT * figures["bare parser"]
    return 1 if chosen.check and too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
