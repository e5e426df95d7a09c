"""A few days of a journal, the journal's page with them, and what a reader sees of it."""

from datetime import datetime, timedelta

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from uncramp.coach.coach import Coach
from uncramp.journal.archive import Archive
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Run
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.ui.diary.room import DiaryRoom
from uncramp.ui.theme import Theme, style_sheet

NOW = datetime(2026, 11, 22, 8, 0).astimezone()
TODAY = NOW.date()
CLEAR, BAD, OPEN = TODAY - timedelta(1), TODAY - timedelta(2), TODAY - timedelta(3)
CRAMP = Cramp(
    "c", NOW.replace(day=21, hour=3), CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, 90, 7
)
SESSION = SessionRecord(
    "s",
    "bedtime_trial",
    "Bedtime calf",
    NOW,
    NOW,
    Outcome.FINISHED,
    (PartRecord("wall_calf_static", Side.LEFT, 10_000, 10_000),),
)
SOME = Contents(
    sessions=(SESSION,),
    nights=(Night(BAD, 1, NOW, recalled=True), Night(CLEAR, 0, NOW)),
    cramps=(CRAMP,),
    days=(DayContext(CLEAR, NOW, {"sleep_h": 7.5, "notes": "wedding of Ann"}),),
    runs=(Run("r", NOW.replace(hour=7), 1800, 5000.0, notes="hot"),),
)


def shown(coach: Coach, theme: Theme, qtbot: QtBot) -> DiaryRoom:
    made = DiaryRoom(coach, theme)
    qtbot.addWidget(made)
    made.setStyleSheet(style_sheet(theme, QApplication.font()))
    made.resize(1100, 760)
    made.refresh()
    made.show()
    QApplication.processEvents()
    return made


def kept(coach: Coach) -> Contents:
    assert coach.journal is not None
    return Archive(coach.journal).read()[0]


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def press_button(widget: QWidget, words: str) -> None:
    (found,) = (
        one for one in widget.findChildren(QPushButton) if one.text() == words and one.isVisible()
    )
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def listed(room: DiaryRoom) -> list[str]:
    model = room.page.list.model()
    return [str(model.index(row, 0).data()).split(".")[0] for row in range(model.rowCount())]
