"""Ten years of a diary: saving, opening the journal's page, scrolling its calendar.

Each beside its floor in the same run: a save beside the bare INSERT into the same kind of file,
the page beside reading the same rows without making anything of them, and a picture of the
calendar beside an empty scroll area of the same size that only fills its ground.

    python3 dev.py bench journal
"""

import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.journal.archive import Archive
from uncramp.journal.diary import Diary
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Run
from uncramp.model.record import Outcome, PartRecord, SessionRecord
from uncramp.ui.diary.room import DiaryRoom
from uncramp.ui.theme import load_theme, style_sheet

NIGHTS = 3_650
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SAVES = 200
MOST_SAVE_MS = 20.0
FRAME_MS = 1000 / 60


def ten_years() -> Contents:
    """Return 3 650 nights and about 20 000 records."""
    chance = random.Random(7)
    nights, cramps, runs, days, sessions = [], [], [], [], []
    for back in range(1, NIGHTS + 1):
        at = NOW - timedelta(days=back, hours=5)
        count = chance.choice([0, 0, 0, 1, 2])
        nights.append(Night((NOW - timedelta(days=back)).date(), count, NOW))
        cramps += [
            Cramp(_id(chance), at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, 90, 5)
            for _ in range(count)
        ]
        days.append(DayContext(at.date(), NOW, {"sleep_h": 7.5, "alcohol": 1, "urine": 3}))
        runs += [Run(_id(chance), at, 3_000, 10_000.0, 5)] * (back % 2)
        for _ in range(3):
            parts = tuple(PartRecord("wall_calf_pump", side, 20_000, 20_000) for side in Side)
            sessions.append(
                SessionRecord(_id(chance), "r", "Quick 5", at, at, Outcome.FINISHED, parts)
            )
    return Contents(tuple(sessions), tuple(nights), tuple(cramps), tuple(days), tuple(runs))


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128)))


def timed(does: Callable[[], object]) -> float:
    """Return how long it takes, in milliseconds."""
    begun = time.perf_counter()
    does()
    return (time.perf_counter() - begun) * 1000


def bare_file(folder: Path, sync: str) -> sqlite3.Connection:
    """Return a file of the journal's kind; `sync` is FULL, as the journal has it, or NORMAL."""
    bare = sqlite3.connect(folder / f"bare-{sync}.sqlite", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute(f"PRAGMA synchronous = {sync}")
    bare.execute("CREATE TABLE night (day TEXT PRIMARY KEY, cramps INTEGER)")
    return bare


def measure_saves(folder: Path) -> bool:
    """Measure saves of nights; tell whether they are quick enough."""
    bare = {sync: bare_file(folder, sync) for sync in ("FULL", "NORMAL")}
    ours: list[float] = []
    floor: dict[str, list[float]] = {sync: [] for sync in bare}
    with Journal(folder) as journal:
        diary = Diary(journal)
        for number in range(SAVES):
            night = Night(NOW.date() - timedelta(days=number), 1, NOW)
            ours.append(timed(partial(diary.save_night, night, NOW)))
            row = (night.day.isoformat(), 1)
            insert = "INSERT OR REPLACE INTO night VALUES (?, ?)"
            for sync, connection in bare.items():  # in turns, so that both meet the same disk
                floor[sync].append(timed(partial(connection.execute, insert, row)))
    for connection in bare.values():
        connection.close()
    worst, median = sorted(ours)[int(SAVES * 0.99)], statistics.median(ours)
    full, normal = (statistics.median(floor[sync]) for sync in ("FULL", "NORMAL"))
    print(
        f"a save           {median:7.2f} ms, 99 of 100 within {worst:.2f} ms (at most "
        f"{MOST_SAVE_MS:g}); bare INSERT {full:.2f} ms, {full / normal:.1f} times that of one "
        "which a power cut may take back"
    )
    return worst <= MOST_SAVE_MS


class _Empty(QAbstractScrollArea):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's own name
        del event
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().window())
        painter.end()


def _scrolled(area: QAbstractScrollArea, value: int) -> None:
    area.verticalScrollBar().setValue(value)
    area.viewport().repaint()


def measure_scrolling(area: QAbstractScrollArea, steps: int) -> list[float]:
    """Return how long each picture of a scrolled area takes, in milliseconds."""
    bar, found = area.verticalScrollBar(), []
    for step in range(steps):
        value = bar.maximum() - round(bar.maximum() * step / steps)
        found.append(timed(partial(_scrolled, area, value)))
    return found


def measure_page(folder: Path) -> bool:
    """Measure the page and the scrolling; tell whether the pictures are quick enough."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    places = find_places(folder)
    coach = Coach(places, lambda: NOW)
    bare = sqlite3.connect(folder / FILE_NAME)
    tables = ("session", "session_part", "night", "cramp", "day_context", "run")
    floor = timed(lambda: [bare.execute(f"SELECT * FROM {table}").fetchall() for table in tables])
    bare.close()
    theme = load_theme(places.assets / "themes", "light")
    room = DiaryRoom(coach, theme)
    room.setStyleSheet(style_sheet(theme, application.font()))
    room.resize(1100, 760)
    room.show()
    filled = []
    for _ in range(5):
        room._version = None
        filled.append(timed(room.refresh))
    print(f"page filled      {statistics.median(filled):7.1f} ms; bare SELECTs {floor:.1f} ms")
    application.processEvents()
    view = room.page.calendar
    pictures = measure_scrolling(view, 600)
    empty = _Empty()
    empty.resize(view.size())
    empty.show()
    application.processEvents()
    empty.verticalScrollBar().setRange(0, view.verticalScrollBar().maximum())
    ground = statistics.median(measure_scrolling(empty, 600))
    slow = sorted(pictures)[int(len(pictures) * 0.99)]
    print(
        f"calendar picture {statistics.median(pictures):7.2f} ms, 99 of 100 within {slow:.2f} ms "
        f"(at most {FRAME_MS:.1f}); empty area {ground:.2f} ms"
    )
    typed = [timed(partial(room.page._search.setText, text)) for text in ("q", "qu", "qui", "")]
    print(f"search           {max(typed):7.1f} ms for the slowest letter")
    day = NOW.date() - timedelta(days=2)
    opened = [timed(lambda: room.open_day(day)) for _ in range(5)]
    print(f"a day opened     {statistics.median(opened):7.1f} ms")
    taps = [timed(partial(room._answer_night, number % 5)) for number in range(10)]
    print(f"a night answered {statistics.median(taps):7.1f} ms, until it is seen")
    coach.close()
    return slow <= FRAME_MS


def main() -> int:
    """Measure everything; 1 when something is too slow."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        contents = ten_years()
        with Journal(folder) as journal:
            Archive(journal).add(contents, NOW)
        size = (folder / FILE_NAME).stat().st_size / 1e6
        print(f"{len(contents.nights)} nights, {contents.count} records, {size:.1f} MB")
        good = [measure_saves(folder), measure_page(folder)]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
