"""A bounded part of the long run of `benchmarks/journal_kills.py`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL and fork are POSIX's")
def test_nothing_confirmed_goes_when_the_program_is_killed() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "journal_kills.py"), "30"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "30 kills" in done.stdout
    assert done.stdout.endswith(", 0 kills lost something\n")
