"""Starts the program for the tests that drive it from outside."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from _program import Program, stranger

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
