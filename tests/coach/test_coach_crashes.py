"""What a crash leaves: mentioned once; a kill or a power cut leaves nothing to speak of."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from uncramp.coach.crashes import begin_log, mark_shown, noted_crash, without_home

posix = pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")

RUNNING = """
import faulthandler, os, sys
from pathlib import Path
from uncramp.coach.crashes import begin_log
log = begin_log(Path(sys.argv[1]), "1.2.3, a test")
faulthandler.enable(log)
os.kill(os.getpid(), int(sys.argv[2]))
"""


def ended_by(folder: Path, number: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUNNING, str(folder), str(number)], capture_output=True, check=False
    )
    assert done.returncode == -number


@posix
def test_a_crash_is_noted_with_the_program_that_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    ended_by(folder, signal.SIGSEGV)
    begin_log(folder, "4.5.6").close()
    noted = noted_crash(folder)
    assert noted.startswith("Uncramp 1.2.3, a test\nFatal Python error: Segmentation fault\n")
    assert "<string>" in noted
    begin_log(folder, "4.5.6").close()
    assert noted_crash(folder) == noted  # until it was mentioned
    mark_shown(folder)
    assert noted_crash(folder) == ""
    begin_log(folder, "4.5.6").close()
    assert noted_crash(folder) == ""
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in folder.iterdir())


@posix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_kill_is_no_crash(tmp_path: Path, number: int) -> None:
    ended_by(tmp_path, number)
    begin_log(tmp_path, "1.2.3").close()
    assert noted_crash(tmp_path) == ""


def test_an_empty_log_or_one_that_was_cut_off_is_no_crash(tmp_path: Path) -> None:
    for content in ("", "Uncr", "Uncramp 1.2.3\n", "\0" * 4096):
        (tmp_path / "fatal.log").write_text(content)
        begin_log(tmp_path, "1.2.3").close()
        assert noted_crash(tmp_path) == "", content


def test_a_log_of_before_without_a_first_line_counts(tmp_path: Path) -> None:
    (tmp_path / "fatal.log").write_bytes(b"Fatal Python error: Aborted\n\xff" + b"x" * 200_000)
    begin_log(tmp_path, "1.2.3").close()
    assert noted_crash(tmp_path).startswith("Fatal Python error: Aborted\n")
    assert len(noted_crash(tmp_path)) == 100_000


def test_a_report_does_not_name_the_user() -> None:
    assert without_home('File "/home/ada/x.py"', Path("/home/ada")) == 'File "~/x.py"'
