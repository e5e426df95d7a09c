"""What the tests of the window may use."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from uncramp.coach.coach import Coach
from uncramp.coach.places import Places, find_places
from uncramp.coach.plan.reminders import Memory, save_memory

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from uncramp.ui.window import MainWindow


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Folders of a user who has seen the first questions and has no plan."""
    made = find_places(tmp_path / "data")
    save_memory(made.data, Memory(welcomed=True), date(2026, 11, 22))
    return made


@pytest.fixture
def window(places: Places, qtbot: "QtBot") -> "Iterator[MainWindow]":
    """The window of a user who wants no sound, filled."""
    from PySide6.QtWidgets import QApplication  # only tests that have made sure of it come here

    from uncramp.ui.window import MainWindow

    Coach(places).change_setting("muted", True)
    made = MainWindow(places)
    made.resize(1200, 760)  # as on a usual screen; that of the tests is smaller
    with qtbot.waitSignal(made.filled, timeout=10_000):
        made.show()
    QApplication.processEvents()
    yield made
    made.close()
