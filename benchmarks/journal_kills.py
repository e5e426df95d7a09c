"""Kill -9 at random instants while sessions and entries are written; nothing confirmed may go.

A child process writes and says so after each write; it is killed at a random instant, in the
middle of a write as well as between two. Then the journal has to open, hold together and hold
everything that was confirmed. Exit code 1 when it does not.

    python3 dev.py bench journal_kills [KILLS]
"""

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from uncramp.journal.archive import Archive
from uncramp.journal.diary import Diary
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Run
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LONGEST_S = 0.06
ROUNDS_A_FILE = 25
"""A file grows over so many kills; then a new one shows the first writes again."""


def write(folder: Path, first: int, told: int) -> None:
    """Write for ever, telling each number once what belongs to it is confirmed."""
    journal = Journal(folder)
    diary = Diary(journal)
    number = first
    while True:
        at = NOW + timedelta(minutes=number)
        day = at.date() + timedelta(days=number)
        parts = tuple(PartRecord("easy_jog", Side.NONE, 60_000, n) for n in range(number % 5 + 1))
        session = SessionRecord(str(number), "r", "R", at, None, Outcome.ENDED_EARLY, parts)
        cramp = Cramp(str(number), at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT)
        journal.save_session(replace(session, parts=parts[:1]), NOW)
        journal.save_session(session, NOW)
        diary.save_cramp(cramp, NOW)
        diary.save_night(Night(day, 1, NOW), NOW)
        diary.save_day(DayContext(day, NOW, {"sleep_h": 7}), NOW)
        diary.save_run(Run(str(number), at, 60, notes="x" * 500), NOW)
        os.write(told, f"{number} {len(parts)} {day}\n".encode())
        number += 1


def killed_while_writing(folder: Path, first: int, delay_s: float) -> list[str]:
    """Let a child write for a while, kill it, and return the lines that it confirmed."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            write(folder, first, write_end)
        finally:
            os._exit(1)
    os.close(write_end)
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read_end) as lines:
        confirmed = [line for line in lines.read().split("\n") if line]
    if not os.WIFSIGNALED(status):
        raise SystemExit("the child ended by itself: it could not write")
    return confirmed


def lost(folder: Path, confirmed: list[str]) -> list[str]:
    """Return what is wrong with the journal after a kill."""
    with Journal(folder) as journal:
        contents, unreadable = Archive(journal).read()
    wrong = [f"{unreadable} unreadable"] if unreadable else []
    check = sqlite3.connect(folder / FILE_NAME)
    found = [row[0] for row in check.execute("PRAGMA integrity_check")]
    wrong.extend(check.execute("PRAGMA foreign_key_check").fetchall())
    check.close()
    if found != ["ok"]:
        wrong.extend(found)
    sessions = {one.id: len(one.parts) for one in contents.sessions}
    cramps, runs = {one.id for one in contents.cramps}, {one.id for one in contents.runs}
    nights = {str(one.day) for one in contents.nights}
    days = {str(one.day) for one in contents.days}
    for line in confirmed:
        number, parts, day = line.split()
        whole = sessions.get(number) == int(parts) and number in cramps and number in runs
        if not (whole and day in nights and day in days):
            wrong.append(f"{line} is not whole")
    return wrong


def main(kills: int) -> int:
    """Kill so often, and tell what was lost."""
    chance = random.Random(20261122)
    confirmed: list[str] = []
    total = wrong_rounds = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for kill in range(kills):
            if kill % ROUNDS_A_FILE == 0:
                folder, confirmed = Path(place) / str(kill), []
            first = 1_000 * (kill % ROUNDS_A_FILE)
            new = killed_while_writing(folder, first, chance.uniform(0.0, LONGEST_S))
            confirmed += new
            total += len(new)
            if not (folder / FILE_NAME).exists() and not new:
                continue  # killed before the file was made
            wrong = lost(folder, confirmed)
            if wrong:
                wrong_rounds += 1
                print(f"kill {kill}: {wrong[:5]}")
    print(f"{kills} kills, {total} times six writes confirmed, {wrong_rounds} kills lost something")
    return 1 if wrong_rounds or not total else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
