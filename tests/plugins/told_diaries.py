"""Diaries for reports: as somebody keeps them, and as somebody hostile would."""

import random
from datetime import UTC, date, datetime, timedelta

from uncramp.model.body import Side
from uncramp.model.contents import Contents
from uncramp.model.diary import (
    Cramp,
    CrampContext,
    CrampMuscle,
    DayContext,
    DayValue,
    Night,
    Relief,
    Run,
)
from uncramp.model.plan import Pause, Plan, PlanItem, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
TODAY = NOW.date()
BED, RUN = "bedtime_trial", "prerun_quick"
LONE_HALF = "half a pair \ud83d of letters"
"""No file can hold it, and a terminal may hand it over."""
HOSTILE = (
    "<script>alert('x')</script>",
    "\"quotes\" & 'apostrophes' </style></svg>]]>",
    "כאב בלילה אחרי ריצה",
    "\u202eturned round\u202c \u2067and isolated\u2069",
    "🏃‍♂️ cramp 🦵🏽 again",
    "nul \x00 and \x1b[31m bell \x07",
    "x" * 10_000,
    "many words " * 1_000,
    "{name} %s {0} %(x)s",
    "&amp;lt; already escaped",
)


def at(day: date, hour: int) -> datetime:
    """Return an hour of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)


def diary(days: int, seed: int = 1, words: tuple[str, ...] = ("", "", "Stood all day")) -> Contents:
    """Return so many days up to yesterday, one week in eleven not logged."""
    chance = random.Random(seed)
    every = [TODAY - timedelta(days=back) for back in range(days, 0, -1)]
    nights, noted, runs, sessions = [], [], [], []
    cramps: list[Cramp] = []
    for number, day in enumerate(every):
        if chance.random() < 0.6:
            sessions.append(_session(BED, f"b{number}", at(day, 21), chance.random() < 0.05))
        if day.weekday() in {1, 5}:
            sessions.append(_session(RUN, f"w{number}", at(day, 7), sharp=False))
            metres = chance.randrange(4_000, 20_000)
            runs.append(Run(f"r{number}", at(day, 8), metres // 3, metres, chance.randrange(1, 9)))
        if number // 7 % 11 == 6:
            continue
        count = chance.choice((0, 0, 0, 1, 2))
        recalled = chance.random() < 0.05
        nights.append(Night(day, count, at(day, 80 if recalled else 31), recalled))
        cramps.extend(_cramp(chance, f"c{number}-{n}", day, words) for n in range(count))
        noted.append(DayContext(day, at(day, 20), _values(chance, words)))
    first = every[0] if every else TODAY
    half = TODAY - timedelta(days=days // 2)
    items = (
        PlanItem("a", BED, Tie.BEDTIME, frozenset(range(7)), 0, first, half),
        PlanItem("b", BED, Tie.BEDTIME, frozenset(range(5)), 0, half),
        PlanItem("c", RUN, Tie.BEFORE_RUN, frozenset(), 3, first),
    )
    pauses = (Pause("p", half, half + timedelta(days=3), "flu"),) if days > 20 else ()
    return Contents(
        tuple(sessions),
        tuple(nights),
        tuple(cramps),
        tuple(noted),
        tuple(runs),
        Plan(items, pauses),
    )


def _session(routine: str, id_: str, started: datetime, sharp: bool) -> SessionRecord:
    outcome = Outcome.TOO_SHARP if sharp else Outcome.FINISHED
    done_ms = 20_000 if sharp else 60_000
    parts = (
        PartRecord("trial_pair", Side.LEFT, 60_000, 60_000),
        PartRecord("trial_pair", Side.RIGHT, 60_000, done_ms),
    )
    return SessionRecord(id_, routine, routine, started, started, outcome, parts)


def _cramp(chance: random.Random, id_: str, day: date, words: tuple[str, ...]) -> Cramp:
    return Cramp(
        id_,
        at(day, 20 + chance.randrange(9)),
        chance.choice((CrampContext.NIGHT, CrampContext.NIGHT, CrampContext.AFTER_RUN)),
        chance.choice(list(CrampMuscle)),
        chance.choice(list(Side)),
        chance.choice((None, 20, 90, 200, 700)),
        chance.choice((None, 3, 6, 9)),
        chance.choice((None, 2, 5, 8)),
        tuple(chance.sample(list(Relief), chance.randrange(3))),
        chance.choice((None, 0, 4)),
        chance.choice(words),
    )


def _values(chance: random.Random, words: tuple[str, ...]) -> dict[str, DayValue]:
    found: dict[str, DayValue] = {
        "sleep_h": chance.choice((6, 7.5, 8)),
        "screen": chance.random() < 0.4,
        "medicine": "new" if chance.random() < 0.02 else "usual",
        "notes": chance.choice(words),
    }
    return found


def hostile() -> Contents:
    """Return a diary in which every free text is a trap."""
    made = diary(60, words=HOSTILE)
    days = tuple(
        DayContext(one.day, one.answered, {**one.values, HOSTILE[0]: text, "position": text})
        for one, text in zip(made.days, HOSTILE * 10, strict=False)
    )
    runs = tuple(
        Run(run.id, run.started, run.seconds, notes=text)
        for run, text in zip(made.runs, HOSTILE * 10, strict=False)
    )
    items = (*made.plan.items, PlanItem("d", "<b>gone</b>", Tie.MORNING, frozenset({1}), 0, TODAY))
    plan = Plan(
        (
            *items[:-1],
            PlanItem(
                "d", "<b>gone</b>", Tie.MORNING, frozenset(range(7)), 0, TODAY - timedelta(days=30)
            ),
        )
    )
    return Contents(made.sessions, made.nights, made.cramps, days, runs, plan)
