"""Starts the program for the tests that drive it from outside."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from _bus import session_bus
from _program import Program, stranger
from x_screen import Screen, missing

Start = Callable[..., Program]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of a user whose machine has never seen the program."""
    return tmp_path / "home"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def quiet(data: Path) -> Path:
    """A data folder whose user wants no sound and has seen the first questions."""
    data.mkdir(mode=0o700)
    (data / "settings.toml").write_text("muted = true\n", encoding="utf-8")
    (data / "daily.json").write_text('{"welcomed": true}', encoding="utf-8")
    return data


@pytest.fixture
def start(home: Path, tmp_path: Path) -> Iterator[Start]:
    """Start the program with arguments and variables; what still runs ends with the test."""
    with ExitStack() as stack:

        def begin(*arguments: str | Path, **variables: str) -> Program:
            environment = stranger(home, **variables)
            return stack.enter_context(Program(arguments, environment, tmp_path / "output"))

        yield begin


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """An X server of its own."""
    absent = "X servers are for Linux" if sys.platform != "linux" else missing()
    if absent:
        reason = f"no private X server: {absent}"
        if os.environ.get("CI") == "true" and sys.platform == "linux":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path / "screen"
    folder.mkdir()
    with Screen(folder) as made:
        yield made


@pytest.fixture
def bus(home: Path) -> Iterator[str]:
    """The address of a session bus that nobody else knows."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon")
    with session_bus(stranger(home)) as daemon:
        yield daemon.line()
