"""What the tests of the window may use."""

from datetime import date
from pathlib import Path

import pytest

from uncramp.coach.places import Places, find_places
from uncramp.coach.plan.reminders import Memory, save_memory


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Folders of a user who has seen the first questions and has no plan."""
    made = find_places(tmp_path / "data")
    save_memory(made.data, Memory(welcomed=True), date(2026, 11, 22))
    return made
