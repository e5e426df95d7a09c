"""The whole program in places that have no display, no room to write, or no patience."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from _program import PROGRAM, Program, sessions, stranger

from uncramp.model.record import Outcome

Start = Callable[..., Program]
FAST = ("play", "prerun_quick", "--speed", "400", "--mute")
SLOW = ("play", "prerun_quick", "--mute")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and paths as on Unix")
linux = pytest.mark.skipif(sys.platform != "linux", reason="displays and mounts as on Linux")


@linux
@pytest.mark.parametrize("words", [(), ("start", "prerun_quick")])
def test_without_a_display_it_says_so_in_one_sentence(
    start: Start, data: Path, words: tuple[str, ...]
) -> None:
    program = start("--data", data, *words)
    assert program.ended() == 2
    assert program.err.startswith("uncramp: There is no display here.")
    assert "uncramp play" in program.err
    assert program.err.count("\n") == 1
    assert program.out == ""


@linux
def test_a_display_that_is_gone_ends_in_a_sentence_too(start: Start, data: Path) -> None:
    program = start("--data", data, DISPLAY=":4713")
    assert program.ended() == 2
    assert program.err.count("\n") == 1
    assert "does not respond" in program.err


@linux
@pytest.mark.parametrize(
    ("variables", "told"),
    [({}, "There is no display here."), ({"DISPLAY": ":4713"}, "does not respond")],
)
def test_without_a_display_the_named_routine_is_guided_in_the_terminal(
    start: Start, data: Path, variables: dict[str, str], told: str
) -> None:
    program = start("--data", data, UNCRAMP_WITHOUT_DISPLAY="prerun_quick", **variables)
    program.wait_until(lambda: "Get ready" in program.out)
    program.process.send_signal(signal.SIGINT)
    assert program.ended() == 0
    assert told in program.out.splitlines()[0]
    (record,) = sessions(data)
    assert (record.routine, record.outcome) == ("prerun_quick", Outcome.ENDED_EARLY)


def test_a_whole_routine_without_a_terminal_or_a_display(
    start: Start, data: Path, tmp_path: Path
) -> None:
    log = tmp_path / "cues.jsonl"
    program = start("--data", data, *FAST, "--log", log)
    assert program.ended() == 0
    assert program.err == ""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert (rows[0]["cue"], rows[-1]["cue"]) == ("get_ready", "finish")
    assert "nothing was recorded" in program.out
    assert sessions(data) == ()


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_session_with_sound_that_is_asked_to_end_notes_what_was_done(
    start: Start, data: Path, number: signal.Signals
) -> None:
    program = start("--data", data, "play", "prerun_quick")
    program.wait_until(lambda: "Get ready" in program.out)
    program.process.send_signal(number)
    assert program.ended() == 0
    assert "Ended early" in program.out
    assert "Traceback" not in program.err
    (record,) = sessions(data)
    assert record.outcome is Outcome.ENDED_EARLY


def test_a_file_in_the_way_of_the_data_folder_is_kept_and_told(
    start: Start, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "precious"
    in_the_way.write_text("dear to somebody", encoding="utf-8")
    for data in (in_the_way, in_the_way / "below"):
        program = begun_and_ended(start("--data", data, *SLOW))
        assert told_once(program.out)
        assert program.err == ""
    assert in_the_way.read_text(encoding="utf-8") == "dear to somebody"


def told_once(text: str) -> bool:
    """Tell whether exactly one line speaks of the journal that cannot be written."""
    lines = [line for line in text.splitlines() if "could not be saved in the journal" in line]
    return len(lines) == 1 and "data folder" in lines[0]


@linux
@pytest.mark.parametrize("data", ["/proc/uncramp", "/dev/null/uncramp"])
def test_a_folder_that_nobody_can_make_does_not_stop_a_session(start: Start, data: str) -> None:
    assert told_once(begun_and_ended(start("--data", data, *SLOW)).out)


@linux
def test_a_user_without_a_home_can_still_warm_up(start: Start) -> None:
    program = begun_and_ended(start(*SLOW, HOME="/proc/nobody"))
    assert told_once(program.out)
    assert program.err == ""


@linux
def test_the_window_tells_it_too_and_closes_in_order(start: Start, tmp_path: Path) -> None:
    in_the_way = tmp_path / "precious"
    in_the_way.write_text("dear to somebody", encoding="utf-8")
    program = start("--data", in_the_way, QT_QPA_PLATFORM="offscreen")
    program.wait_until(program._catches_signals)
    assert program.terminate() == 0
    assert program.err == ""
    assert in_the_way.read_text(encoding="utf-8") == "dear to somebody"


@linux
def test_a_journal_on_a_read_only_disk_keeps_what_it_has(
    start: Start, data: Path, home: Path, tmp_path: Path
) -> None:
    begun_and_ended(start("--data", data, *SLOW))
    before = sessions(data)
    assert len(before) == 1
    command = [*read_only(data), *PROGRAM, "--data", str(data)]
    with Program(SLOW, stranger(home), tmp_path / "read-only", command) as program:
        begun_and_ended(program)
        assert "could not be saved in the journal" in program.out
        assert program.err == ""
    assert sessions(data) == before


def begun_and_ended(program: Program) -> Program:
    """Let a session begin, end it as Ctrl+C does, and return it when it is over."""
    program.wait_until(lambda: "Get ready" in program.out)
    program.process.send_signal(signal.SIGINT)
    assert program.ended() == 0
    assert "Ended early" in program.out
    return program


def read_only(folder: Path) -> list[str]:
    """Return what to put before a command for which `folder` lies on a disk that is read-only."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no unshare to mount a folder read-only")
    inside = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    namespace = [unshare, "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*namespace, inside, str(folder), "true"], check=False).returncode != 0:
        namespace = [unshare, "--mount", "sh", "-c"]
        if subprocess.run([*namespace, inside, str(folder), "true"], check=False).returncode != 0:
            pytest.skip("no right to mount a folder read-only")
    return [*namespace, inside, str(folder)]
