"""Everything is erased while the window is open: it writes nothing of it again."""

from datetime import date, datetime
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.coach.diary.backups import erase
from uncramp.coach.places import Places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.reminders import Memory, load_memory, save_memory
from uncramp.model.plan import Plan, Tie
from uncramp.ui.window import MainWindow

DAY = date(2026, 11, 16)
SECRET = "word-of-the-user"


def holding(folder: Path, secret: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and secret in path.read_bytes()]


def test_the_window_forgets_what_it_keeps_beside_the_journal(places: Places, qtbot: QtBot) -> None:
    coach = Coach(places)
    coach.change_setting("muted", True)
    plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME), DAY)
    assert coach.diary is not None
    coach.diary.save_plan(plan, datetime(2026, 11, 16, 8).astimezone())
    coach.close()
    memory = Memory(welcomed=True, has_plan=True, muscles=(SECRET,))
    save_memory(places.data, memory, DAY)
    window = MainWindow(places)
    with qtbot.waitSignal(window.filled, timeout=10_000):
        window.show()
    QApplication.processEvents()
    assert holding(places.data, SECRET.encode()) != []
    erase(window.coach, None)
    window.parts.daily.refresh()
    window.close()
    assert holding(places.data, SECRET.encode()) == []
    assert load_memory(places.data) == Memory()
