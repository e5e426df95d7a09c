"""A review of one, ten and thirty years, and the journal of ten read for it.

The cost is to grow with the length of the record, and no single query may hold up the window.

    python3 dev.py bench insights
"""

import random
import sqlite3
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType

from uncramp.analysis.adherence import Doing
from uncramp.analysis.record import Record
from uncramp.analysis.review import review
from uncramp.coach.coach import Coach
from uncramp.coach.insight.factors import chosen_factors
from uncramp.coach.insight.reading import read_record
from uncramp.coach.places import find_places
from uncramp.journal.archive import Archive
from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, DayValue, Night, Run
from uncramp.model.plan import Plan, PlanItem, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

TODAY = date(2026, 11, 22)
TRACKED = (
    "sleep_h screen toes_down fluid_l urine salts alcohol caffeine meals standing_h desk_h still"
)
BED = "bedtime_trial"
_QUERY_MOST_MS = 50.0
_REVIEW_MOST_MS = 1_000.0
_GROWTH_MOST = 1.5
"""Times the length; a square would be far beyond."""


def contents(years: int) -> Contents:
    """Make years of a diary in which everything is noted."""
    chance = random.Random(1)
    days = [TODAY - timedelta(days=back) for back in range(365 * years, 0, -1)]
    parts = tuple(
        PartRecord("trial_pair", side, 60_000, 60_000) for side in (Side.LEFT, Side.RIGHT)
    )
    nights, cramps, noted, runs, sessions = [], [], [], [], []
    for number, day in enumerate(days):
        evening = datetime(day.year, day.month, day.day, 21, tzinfo=UTC)
        cramped = chance.random() < 0.3
        nights.append(Night(day, int(cramped), evening + timedelta(hours=10)))
        if cramped:
            at = evening + timedelta(hours=5)
            cramps.append(
                Cramp(f"c{number}", at, CrampContext.NIGHT, CrampMuscle.CALF, Side.LEFT, 90, 5)
            )
        values: dict[str, DayValue] = {
            key: chance.random() < 0.4 for key in ("screen", "toes_down", "salts", "still")
        }
        values |= {
            key: chance.randrange(1, 7)
            for key in (
                "sleep_h",
                "fluid_l",
                "urine",
                "alcohol",
                "caffeine",
                "standing_h",
                "desk_h",
            )
        }
        values["meals"] = chance.choice(("usual", "skipped"))
        noted.append(DayContext(day, evening, values))
        if number % 3 == 0:
            runs.append(
                Run(f"r{number}", evening, chance.randrange(1800, 9000), 10_000, temperature_c=12)
            )
        for routine, hour, share in ((BED, 1, 0.6), ("prerun_quick", -2, 0.4)):
            if chance.random() < share:
                at = evening + timedelta(hours=hour)
                made = SessionRecord(
                    f"{routine}{number}", routine, routine, at, at, Outcome.FINISHED, parts
                )
                sessions.append(made)
    every_day = frozenset(range(7))
    plan = Plan(
        (
            PlanItem("a", BED, Tie.BEDTIME, every_day, 0, days[0]),
            PlanItem("b", "prerun_quick", Tie.BEFORE_RUN, frozenset(), 3, days[0]),
        )
    )
    return Contents(tuple(sessions), tuple(nights), tuple(cramps), tuple(noted), tuple(runs), plan)


def record_of(made: Contents) -> Record:
    """Make what a review takes, without a journal."""
    return Record(
        nights=made.nights,
        cramps=made.cramps,
        days=made.days,
        runs=made.runs,
        plan=made.plan,
        doings=tuple(
            Doing(one.routine, one.started_at.date(), 120, 120, one.started_at, 60, 60)
            for one in made.sessions
        ),
        bedtime=frozenset({BED}),
        first_day=made.nights[0].day,
        factors=chosen_factors(TRACKED),
    )


def _ms(begun: float) -> float:
    return (time.perf_counter() - begun) * 1e3


class _Timed:
    """Takes the time of a look into the journal."""

    def __init__(
        self, look: AbstractContextManager[sqlite3.Connection], slowest: list[float]
    ) -> None:
        self._look = look
        self._slowest = slowest
        self._begun = 0.0

    def __enter__(self) -> sqlite3.Connection:
        self._begun = time.perf_counter()
        return self._look.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._look.__exit__(kind, error, trace)
        self._slowest[0] = max(self._slowest[0], _ms(self._begun))


def read_ms(made: Contents) -> tuple[float, float]:
    """Return how long ten years take to be read, and the slowest single look into the file."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 18, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        coach = Coach(find_places(Path(folder) / "u"), lambda: now)
        journal = coach.journal
        assert journal is not None
        Archive(journal).add(made, now)
        coach.settings = coach.settings._replace(tracked=TRACKED)
        assert coach.library.routines
        slowest = [0.0]
        look = journal.look

        def timed() -> _Timed:
            return _Timed(look(), slowest)

        journal.look = timed  # type: ignore[method-assign,assignment]  # only to take the time
        begun = time.perf_counter()
        read = read_record(coach)
        whole = _ms(begun)
        assert len(read.nights) == len(made.nights)
        assert len(read.doings) == len(made.sessions)
        coach.close()
    return whole, slowest[0]


def main() -> int:
    """Measure and print."""
    taken: dict[int, float] = {}
    for years in (1, 10, 30):
        record = record_of(contents(years))
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            made = review(record, TODAY)
            times.append(_ms(begun))
        assert len(made.nights) == 365 * years
        taken[years] = min(times)
        growth = taken[years] / taken[1] / years
        print(f"review of {years:2} years       {taken[years]:8.1f} ms  {growth:.2f}x its length")
    whole, slowest = read_ms(contents(10))
    print(f"ten years read           {whole:8.1f} ms")
    print(f"  slowest query          {slowest:8.1f} ms  (at most {_QUERY_MOST_MS:g} ms)")
    linear = taken[30] / taken[10] <= 3 * _GROWTH_MOST
    return int(slowest > _QUERY_MOST_MS or taken[10] > _REVIEW_MOST_MS or not linear)


if __name__ == "__main__":
    sys.exit(main())
