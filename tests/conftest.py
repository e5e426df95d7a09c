"""What every test may use."""

import os
from pathlib import Path

import pytest

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places, find_places

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Folders of a user who has just installed the program."""
    return find_places(tmp_path / "data")


@pytest.fixture
def loaded_coach(places: Places) -> Coach:
    """The coach with the shipped library."""
    made = Coach(places)
    return made
