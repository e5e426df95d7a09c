"""A short run of the fuzzer; `benchmarks/fuzz_routines.py --count 20000` is the long one."""

import re
import subprocess
import sys
from pathlib import Path

FUZZER = Path(__file__).resolve().parents[2] / "benchmarks" / "fuzz_routines.py"


def test_damaged_files_neither_break_nor_stall_the_loader() -> None:
    done = subprocess.run(
        [sys.executable, FUZZER, "--count", "1500", "--seed", "7"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONUTF8": "1", "PYTHONPATH": str(FUZZER.parents[1] / "src")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    taken, refused = re.findall(r"(\d+) taken, (\d+) refused", done.stdout)[0]
    # Both must happen often, or the mutants prove nothing.
    assert int(taken) > 30
    assert int(refused) > 1000
