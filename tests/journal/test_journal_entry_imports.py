"""Whole imports of entries: written together, undone together, with what they replaced."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.journal.archive import Archive
from uncramp.journal.diary import Diary
from uncramp.journal.entry_imports import EntryImports
from uncramp.journal.imports import RunImports
from uncramp.journal.schema import APPLICATION_ID, MIGRATIONS
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.body import Side
from uncramp.model.check_in import CheckIn
from uncramp.model.contents import Contents, EntryImport
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, DayContext, Night, Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.plan import Pause, Plan, PlanItem, Skip, Tie
from uncramp.model.record import Outcome, PartRecord, SessionRecord

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=1)))
RUN = Run("r", NOW, 1800, 5000.0)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path) as journal:
        yield journal


def test_entries_of_an_import_go_and_what_they_replaced_comes_back(journal: Journal) -> None:
    part = PartRecord("stretch", Side.LEFT, 1000, 400)
    before = SessionRecord("s", "bed", "Bed", NOW, NOW, Outcome.ENDED_EARLY, (part,))
    day = date(2026, 11, 20)
    item = PlanItem("p", "bed", Tie.BEDTIME, frozenset({0}), 0, day)
    old = Contents(
        sessions=(before,),
        nights=(Night(day, 0, NOW),),
        cramps=(Cramp("c", NOW, CrampContext.REST, CrampMuscle.CALF, Side.NONE, notes="mine"),),
        days=(DayContext(day, NOW, {"sleep_h": 7.5}),),
        plan=Plan((item,)),
    )
    archive, imports = Archive(journal), EntryImports(journal)
    archive.add(old, NOW)
    new = Contents(
        sessions=(
            replace(before, outcome=Outcome.FINISHED, parts=(part._replace(done_ms=1000),)),
            replace(before, id="t", parts=(part,)),
        ),
        nights=(Night(day, 2, NOW), Night(date(2026, 11, 19), 1, NOW)),
        cramps=(replace(old.cramps[0], notes="theirs"), replace(old.cramps[0], id="d")),
        days=(DayContext(day, NOW, {"sleep_h": 4}),),
        runs=(RUN,),
        plan=Plan(
            (replace(item, times=3, days=frozenset()), replace(item, id="q")),
            (Pause("z", day),),
            frozenset({Skip("p", day)}),
        ),
        check_ins=(CheckIn(day, NOW, "a", "b", "c", 4),),
    )
    later = NOW + timedelta(minutes=1)
    imports.add(EntryImport("e", later, "all.json"), new, later)
    assert archive.read()[0].nights == (new.nights[1], new.nights[0])
    assert [(entry.name, entry.entries, entry.undone) for entry in imports.all()] == [
        ("all.json", 13, False)
    ]
    assert RunImports(journal).all() == ()
    # The plan is written anew with every change to it, which changes no item.
    Diary(journal).save_plan(Diary(journal).plan(), later + timedelta(minutes=1))
    assert imports.undo("e", later) == (13, 0)
    assert archive.read()[0] == old
    assert imports.all()[0].undone


def test_an_import_of_entries_happens_whole_or_not_at_all(journal: Journal) -> None:
    imports = EntryImports(journal)
    first, second = (Night(date(2026, 11, day), 1, NOW) for day in (1, 2))
    imports.add(EntryImport("e", NOW, "a"), Contents(nights=(first,)), NOW)
    with pytest.raises(EnvironmentFault):
        imports.add(EntryImport("e", NOW, "b"), Contents(nights=(second,)), NOW)
    assert Archive(journal).read()[0] == Contents(nights=(first,))
    assert [entry.name for entry in imports.all()] == ["a"]
    Archive(journal).erase()
    assert imports.all() == ()


def test_nothing_is_no_import(journal: Journal) -> None:
    EntryImports(journal).add(EntryImport("e", NOW, "a"), Contents(), NOW)
    assert EntryImports(journal).all() == ()


def test_a_file_of_the_version_before_keeps_its_imports_of_runs(tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / FILE_NAME)
    for statement in (statement for step in MIGRATIONS[:5] for statement in step):
        old.execute(statement)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 5")
    written = "2026-11-20T08:00:00.000+00:00"
    old.execute("INSERT INTO run_import VALUES ('i', ?, 60, 'old.zip', NULL, ?)", (written,) * 2)
    old.commit()
    old.close()
    with Journal(tmp_path) as journal:
        assert [entry.name for entry in RunImports(journal).all()] == ["old.zip"]
        assert EntryImports(journal).all() == ()
        contents = Contents(nights=(Night(date(2026, 11, 1), 1, NOW),))
        EntryImports(journal).add(EntryImport("e", NOW, "new.csv"), contents, NOW)
    with Journal(tmp_path) as journal:
        assert [entry.name for entry in RunImports(journal).all()] == ["old.zip"]
        assert EntryImports(journal).undo("e", NOW) == (1, 0)
    kept = sqlite3.connect(tmp_path / "journal-before-version-6.sqlite")
    assert kept.execute("PRAGMA user_version").fetchone() == (5,)
    kept.close()
