"""The day's page with ten years of entries, and a save, beside their floors in one run.

The page: fresh processes from their spawn to the filled window, ours and a bare window in turns.
The save: the answer for a night, beside a bare insert into a file of the same size and settings.

    python3 dev.py bench today [RUNS]
"""

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from start import BARE, OURS, sample

from uncramp.coach.coach import Coach
from uncramp.coach.places import find_places
from uncramp.coach.plan.planning import Rhythm, with_routine
from uncramp.coach.plan.today import answer
from uncramp.model.body import Side
from uncramp.model.crampday import last_night
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Night
from uncramp.model.plan import Plan, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NIGHTS = 3_650
RECORDS = 20_000
SAVES = 200
_PAGE_MOST = 1.8
_SAVE_MOST_MS = 20.0


def write_years(coach: Coach, now: datetime) -> None:
    """Write ten years: nights, sessions of two parts, cramps, up to the number of records."""
    chance = random.Random(1)
    diary, journal = coach.diary, coach.journal
    assert diary is not None
    assert journal is not None
    first = now - timedelta(days=NIGHTS)
    plan = with_routine(Plan(), "bedtime_trial", Rhythm(Tie.BEDTIME, remind="22:00"), first.date())
    plan = with_routine(plan, "prerun_quick", Rhythm(Tie.BEFORE_RUN, frozenset(), 3), first.date())
    diary.save_plan(plan, now)
    parts = tuple(
        PartRecord("trial_pair", side, 60_000, 60_000) for side in (Side.LEFT, Side.RIGHT)
    )
    sessions = (RECORDS - NIGHTS) // 3
    for number in range(NIGHTS):
        at = first + timedelta(days=number)
        diary.save_night(Night(at.date(), int(chance.random() < 0.1), at), now)
    for number in range(sessions):
        at = first + timedelta(days=number * NIGHTS / sessions)
        record = SessionRecord(
            f"s{number}", "bedtime_trial", "Bedtime", at, at, Outcome.FINISHED, parts
        )
        journal.save_session(record, now)
    for number in range(RECORDS - NIGHTS - 3 * sessions):
        at = first + timedelta(days=number)
        cramp = Cramp(f"c{number}", at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT)
        diary.save_cramp(cramp, now)


def saves_ms(coach: Coach, now: datetime) -> list[float]:
    """Return how long answers take to be written."""
    diary = coach.diary
    assert diary is not None
    taken = []
    for number in range(SAVES):
        begun = time.perf_counter()
        diary.save_night(answer(last_night(now), number % 3, now), now)
        taken.append((time.perf_counter() - begun) * 1e3)
    return taken


def bare_saves_ms(folder: Path) -> list[float]:
    """Return how long a bare insert takes with the same settings."""
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE night (day TEXT PRIMARY KEY, cramps INTEGER)")
    taken = []
    for number in range(SAVES):
        begun = time.perf_counter()
        connection.execute("INSERT OR REPLACE INTO night VALUES ('2026-01-01', ?)", (number,))
        taken.append((time.perf_counter() - begun) * 1e3)
    connection.close()
    return taken


def main() -> int:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    now = datetime.now(UTC).astimezone()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "u"
        coach = Coach(find_places(data))
        write_years(coach, now)
        notes = json.dumps({"welcomed": True, "has_plan": True})
        (data / "daily.json").write_text(notes, encoding="utf-8")
        saves, floor_saves = saves_ms(coach, now), bare_saves_ms(Path(folder))
        coach.close()
        bare, filled = [], []
        sample(OURS, str(data))
        for _ in range(runs):
            bare.append(sample(BARE)["painted"])
            filled.append(sample(OURS, str(data))["filled"])
    floor, ours = statistics.median(bare), statistics.median(filled)
    print(f"bare window, first paint  {floor:7.1f} ms  (n={runs})")
    # Of neighbours, as in `start`: what slows the machine for a while slows both.
    ratio = statistics.median(one / other for one, other in zip(filled, bare, strict=True))
    print(f"today filled, ten years   {ours:7.1f} ms  {ratio:.2f}x  (at most {_PAGE_MOST}x)")
    least, worst = statistics.median(floor_saves), max(saves)
    print(f"bare insert               {least:7.2f} ms  (n={SAVES})")
    middle = statistics.median(saves)
    print(f"a night saved             {middle:7.2f} ms  {middle / least:.1f}x")
    print(f"  at worst                {worst:7.2f} ms  (at most {_SAVE_MOST_MS:g} ms)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
