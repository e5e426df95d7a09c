"""What every test may use."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places, find_places

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # weeks begin on Monday, wherever the tests run
ROOT = Path(__file__).resolve().parent.parent
LARGEST_BYTES = 6 << 30

# How long an example takes says more about a busy machine than about the program.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_configure() -> None:
    """Bound the memory: a test that never ends must not take the machine along."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        bound = LARGEST_BYTES if most == resource.RLIM_INFINITY else min(LARGEST_BYTES, most)
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Folders of a user who has just installed the program."""
    return find_places(tmp_path / "data")


@pytest.fixture
def loaded_coach(places: Places) -> Iterator[Coach]:
    """The coach with the shipped library."""
    made = Coach(places)
    yield made
    made.close()
