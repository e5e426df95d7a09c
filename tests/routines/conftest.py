"""Small routine and exercise files for the tests of the routines room."""

from collections.abc import Callable
from pathlib import Path

import pytest

from uncramp.model.problem import Problem
from uncramp.routines.library import Library, load_library

ROOT = Path(__file__).resolve().parents[2]

EXERCISE = """\
format = 1
id = "{id}"
name = "{id} name"
kind = "{kind}"
sides = "{sides}"
cues = ["Keep breathing"]
feel = "Easy."
{more}
"""

ROUTINE = """\
format = 1
id = "{id}"
name = "{id} name"
summary = "For a test."
moment = "{moment}"
"""


@pytest.fixture
def shipped() -> Path:
    return ROOT / "routines"


@pytest.fixture
def built_in(tmp_path: Path) -> Path:
    """A folder of four exercises and no routine, as the program would bring it."""
    folder = tmp_path / "shipped"
    (folder / "exercises").mkdir(parents=True)
    for name, kind, sides, more in (
        ("calf_hold", "hold", "each", ""),
        ("thigh_hold", "hold", "each", ""),
        ("leg_swing", "oscillate", "each", "cycle_s = 2"),
        ("squat", "repetitions", "both", "cycle_s = 4"),
    ):
        text = EXERCISE.format(id=name, kind=kind, sides=sides, more=more)
        (folder / "exercises" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """An empty data folder of a user."""
    folder = tmp_path / "user"
    (folder / "routines" / "exercises").mkdir(parents=True)
    return folder


Load = Callable[..., tuple[Library, tuple[Problem, ...]]]


@pytest.fixture
def load_routine(built_in: Path, user: Path) -> Load:
    """Load one routine text as the user's own file `mine.routine.toml`."""

    def load(text: str | bytes) -> tuple[Library, tuple[Problem, ...]]:
        data = text if isinstance(text, bytes) else text.encode()
        (user / "routines" / "mine.routine.toml").write_bytes(data)
        return load_library(built_in, user)

    return load


@pytest.fixture
def load_exercise(built_in: Path, user: Path) -> Load:
    """Load one exercise text as the user's own file `mine.toml`."""

    def load(text: str | bytes) -> tuple[Library, tuple[Problem, ...]]:
        data = text if isinstance(text, bytes) else text.encode()
        (user / "routines" / "exercises" / "mine.toml").write_bytes(data)
        return load_library(built_in, user)

    return load


Marked = tuple[str, list[tuple[int, int]]]


@pytest.fixture
def marked() -> Callable[[str], Marked]:
    """Take the marks « out of a text and tell their lines and columns."""

    def find(text: str) -> Marked:
        places = []
        while "«" in text:
            before, _, after = text.partition("«")
            places.append((before.count("\n") + 1, len(before) - before.rfind("\n")))
            text = before + after
        return text, places

    return find
