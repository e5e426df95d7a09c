"""Whole imports of runs: written together, undone together, brought back."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from uncramp.journal.archive import Archive
from uncramp.journal.diary import Diary
from uncramp.journal.imports import RunImports
from uncramp.journal.schema import APPLICATION_ID, MIGRATIONS
from uncramp.journal.store import FILE_NAME, Journal
from uncramp.model.diary import Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.recording import RunImport

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=1)))
RUNS = tuple(Run(f"r{n}", NOW - timedelta(days=n), 1800 + n, 5000.0) for n in range(3))
MADE = RunImport("i", NOW, "export.zip", 3)


def runs_of(journal: Journal) -> list[str]:
    return sorted(run.id for run in Archive(journal).read()[0].runs)


def test_an_import_is_undone_and_brought_back_as_a_whole(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        imports = RunImports(journal)
        Diary(journal).save_run(Run("mine", NOW, 60), NOW)
        imports.add(MADE, RUNS, NOW)
        assert imports.all() == (MADE,)
        assert runs_of(journal) == ["mine", "r0", "r1", "r2"]
        assert imports.undo("i", NOW + timedelta(hours=1)) == 3
        assert runs_of(journal) == ["mine"]
        assert imports.all()[0].undone
        assert imports.redo("i", NOW) == 3
        assert runs_of(journal) == ["mine", "r0", "r1", "r2"]
        assert imports.all() == (MADE,)


def test_what_was_deleted_singly_stays_deleted(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        imports = RunImports(journal)
        imports.add(MADE, RUNS, NOW)
        Diary(journal).delete_run("r1", NOW)
        assert imports.undo("i", NOW + timedelta(hours=1)) == 2
        assert imports.redo("i", NOW) == 2
        assert runs_of(journal) == ["r0", "r2"]


def test_a_run_that_was_changed_afterwards_belongs_to_its_import(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        imports = RunImports(journal)
        imports.add(MADE, RUNS, NOW)
        Diary(journal).save_run(Run("r0", NOW, 1800, 5000.0, effort=7), NOW)
        assert imports.undo("i", NOW) == 3


def test_an_import_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        with pytest.raises(EnvironmentFault):
            RunImports(journal).add(MADE, (*RUNS, RUNS[0]), NOW)
        assert runs_of(journal) == []
        assert RunImports(journal).all() == ()


def test_the_newest_comes_first_and_erasing_takes_all(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        imports = RunImports(journal)
        imports.add(RunImport("a", NOW, "a", 1), RUNS[:1], NOW)
        imports.add(RunImport("b", NOW, "b", 1), RUNS[1:2], NOW)
        imports.add(RunImport("c", NOW - timedelta(days=1), "c", 1), RUNS[2:], NOW)
        assert [one.id for one in imports.all()] == ["b", "a", "c"]
        Archive(journal).erase()
        assert imports.all() == ()


def test_a_file_of_the_version_before_takes_imports_and_keeps_its_runs(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    old = sqlite3.connect(path)
    for step in MIGRATIONS[:3]:
        for statement in step:
            old.execute(statement)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 3")
    old.execute(
        "INSERT INTO run VALUES ('old', '2026-11-20T07:00:00.000+00:00', 60, 1800, 5000.0, 6, "
        "'road', NULL, NULL, 1, NULL, 0, '', 'manual', NULL, '2026-11-20T08:00:00.000+00:00')"
    )
    old.commit()
    old.close()
    with Journal(tmp_path) as journal:
        (run,) = Archive(journal).read()[0].runs
        assert (run.id, run.started) == ("old", datetime(2026, 11, 20, 7, tzinfo=UTC))
        assert (run.metres, run.fast_start, run.cramp) == (5000.0, True, False)
        RunImports(journal).add(MADE, RUNS, NOW)
    with Journal(tmp_path) as journal:
        assert runs_of(journal) == ["old", "r0", "r1", "r2"]
        assert RunImports(journal).undo("i", NOW) == 3
    kept = sqlite3.connect(tmp_path / "journal-before-version-4.sqlite")
    assert kept.execute("PRAGMA user_version").fetchone() == (3,)
    kept.close()
