"""Keys and lines at a real pseudo-terminal, and outputs that cannot be written."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from uncramp.cli.terminal import RealTerminal, fitting, width

posix = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")


class Screen(io.StringIO):
    """An output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The end of a pseudo-terminal that types; its other end is the standard input."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "r", encoding="utf-8") as reading:
        monkeypatch.setattr(sys, "stdin", reading)
        yield ours
    os.close(ours)


@posix
@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b" ", [" "]),
        (b"++s", ["+", "+", "s"]),
        (b"\x1b[C\x1bOD", ["\x1b[C", "\x1b[D"]),
        (b"\x1b", ["\x1b"]),
        (b"\x1b[3~q", ["\x1b[3~", "q"]),
        (b"sssssssssssss", ["s"] * 13),
        (b"\xff\xfes", ["s"]),
        ("ü".encode(), ["ü"]),
    ],
)
def test_every_key_arrives_however_many_are_typed_at_once(
    keyboard: int, typed: bytes, keys: list[str]
) -> None:
    with RealTerminal(Screen()) as terminal:
        os.write(keyboard, typed)
        assert [terminal.wait(0) for _ in range(len(keys) + 1)] == [*keys, ""]
        assert terminal.has_keys


@posix
def test_an_arrow_in_pieces_is_not_the_key_that_ends(
    keyboard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [b"\x1b", b"[", b"C"]

    def read(descriptor: int, most: int) -> bytes:
        del descriptor, most
        return pieces.pop(0)

    monkeypatch.setattr(os, "read", read)
    with RealTerminal(Screen()) as terminal:
        os.write(keyboard, b"xxx")  # something is there to be read
        assert terminal.wait(0) == "\x1b[C"


@posix
@pytest.mark.parametrize("gone", [b"", OSError()])
def test_a_keyboard_that_goes_away_is_not_asked_again(
    keyboard: int, monkeypatch: pytest.MonkeyPatch, gone: bytes | OSError
) -> None:
    def read(descriptor: int, most: int) -> bytes:
        if isinstance(gone, OSError):
            raise gone
        return gone

    with RealTerminal(Screen()) as terminal:
        os.write(keyboard, b"x")
        with monkeypatch.context() as patch:
            patch.setattr(os, "read", read)
            assert terminal.wait(1) == ""
        assert not terminal.has_keys
        assert terminal.wait(0) == ""


def test_a_status_leaves_nothing_behind_and_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "11")
    screen = Screen()
    terminal = RealTerminal(screen)
    terminal.status("日本語日本語日本語")
    terminal.status("ab")
    terminal.line("done")
    assert screen.getvalue() == f"日本語日本\r{' ' * 10}\rab\r  \rdone\n"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("\u202eab", 2), ("🏃", 2)],
)
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns
    assert fitting(text, columns) == text
    assert width(fitting(text, columns - 1)) <= max(0, columns - 1)


def run(
    *words: str | Path,
    code: str = "",
    stdout: "int | BinaryIO" = subprocess.PIPE,
    env: dict[str, str] | None = None,
) -> "subprocess.CompletedProcess[bytes]":
    start = f"{code}\nimport sys\nfrom uncramp.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-W", "error", "-c", start, *map(str, words)]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=env, check=False)


FAST = ("play", "R08", "--speed", "1000", "--mute")


@full
@pytest.mark.parametrize("words", [FAST, ("routines", "list")])
def test_an_output_on_a_full_disk_is_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as nowhere:
        ended = run("--data", tmp_path, *words, stdout=nowhere)
    assert ended.returncode == 2
    assert ended.stderr.decode() == (f"uncramp: the output cannot be written: {os.strerror(28)}.\n")


@full
def test_a_log_on_a_full_disk_is_told_and_the_session_goes_on(tmp_path: Path) -> None:
    ended = run("--data", tmp_path, *FAST, "--log", "/dev/full")
    assert ended.returncode == 2
    assert ended.stdout.count(b"The log can no longer be written") == 1
    assert b"Done: 2:00 of work." in ended.stdout
    assert ended.stderr == b""


def test_a_terminal_of_few_letters_gets_what_it_knows(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    ended = run("--data", tmp_path, *FAST, env=env)
    assert ended.returncode == 0
    assert b"Wall calf hold: 3 ? 10 s each side" in ended.stdout
    assert ended.stderr == b""


@posix
def test_without_any_output_a_session_runs_all_the_same(tmp_path: Path) -> None:
    closed = "import os, sys\nos.close(1)\nos.close(2)\nsys.stdout = sys.stderr = None"
    ended = run("--data", tmp_path, *FAST, code=closed)
    assert ended.returncode == 0


@posix
def test_ctrl_c_before_anything_began_is_no_traceback(tmp_path: Path) -> None:
    early = (
        "import os, signal\nimport uncramp.coach.coach as coach\n"
        f"coach.Coach.__init__ = lambda *given: os.kill(os.getpid(), {signal.SIGINT:d})"
    )
    ended = run("--data", tmp_path, *FAST, code=early)
    assert ended.returncode == 130
    assert ended.stderr == b""
