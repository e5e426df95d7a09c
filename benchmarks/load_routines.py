"""What loading and checking all shipped files costs, beside the bare parser on the same files.

Every figure is the median of fresh processes, because what counts is the first load of each. They
take turns with the bare parser, so that a machine that slows down slows both; a ratio is the
median of the ratios of neighbours. "kept" is the usual start, with what the unchanged files gave
last time. "checked anew" is what a running program does when files have changed: all of them are
checked, and pydantic is there. "first of all" is the first start after an installation, which
imports pydantic too.

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
LIMIT = 3.0
"""Load and check take at most this many times the bare parser, kept or anew."""

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
_ANEW = """
import uncramp.routines.parse
from uncramp.routines.library import load_library
start = time.perf_counter()
load_library(folder, None, None)
print((time.perf_counter() - start) * 1000)
"""
_LOAD = """
from uncramp.routines.library import load_library
start = time.perf_counter()
load_library(folder, None, {cache})
print((time.perf_counter() - start) * 1000)
"""


def once_ms(body: str, cache: Path) -> float:
    """Run the program in a fresh process and return what it prints."""
    command = [sys.executable, "-c", _BEFORE + body, str(ROUTINES), str(cache)]
    environment = {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(done.stdout)


def main() -> int:
    """Measure and print; with --check, 1 when the limit is not kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--check", action="store_true")
    chosen = options.parse_args()
    bodies = {
        "load, kept": _LOAD.format(cache="cache"),
        "load, checked anew": _ANEW,
        "load, first of all": _LOAD.format(cache="None"),
        "import the loader": _IMPORT.format(module="uncramp.routines.library"),
        "import pydantic and the models": _IMPORT.format(module="uncramp.routines.spec"),
    }
    bare: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in bodies}
    ratios: dict[str, list[float]] = {name: [] for name in bodies}
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "checked.json"
        once_ms(bodies["load, kept"], cache)  # keeps what the files give
        for _ in range(chosen.runs):
            for name, body in bodies.items():
                bare.append(once_ms(_PARSER, cache))
                times[name].append(once_ms(body, cache))
                ratios[name].append(times[name][-1] / bare[-1])
    files = len(list(ROUTINES.rglob("*.toml")))
    print(f"{'bare parser':32} {statistics.median(bare):7.2f} ms  ({files} files)")
    for name, values in times.items():
        ratio = statistics.median(ratios[name])
        print(f"{name:32} {statistics.median(values):7.2f} ms {ratio:7.2f} x")
    held = ("load, kept", "load, checked anew")
    too_slow = any(statistics.median(ratios[name]) > LIMIT for name in held)
    return 1 if chosen.check and too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
