"""A short run of the fuzzer; `benchmarks/fuzz_recordings.py --count 100000` is the long one."""

import runpy
from pathlib import Path

FUZZER = Path(__file__).resolve().parents[2] / "benchmarks" / "fuzz_recordings.py"


def test_no_damage_to_a_file_breaks_its_reader() -> None:
    fuzz = runpy.run_path(str(FUZZER))["fuzz"]
    outcome = fuzz(2500, 20260503)
    assert outcome.failures == []
    assert outcome.taken > 200
    assert outcome.refused > 200
