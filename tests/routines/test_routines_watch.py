"""Changes in the user's folder are noticed from names, sizes and times alone."""

import os
from pathlib import Path

from uncramp.routines.library import load_library
from uncramp.routines.watch import FolderWatch


def test_notices_what_happens_to_files(tmp_path: Path) -> None:
    folder = tmp_path / "routines"
    watch = FolderWatch(tmp_path)
    assert not watch.changed()
    (folder / "exercises").mkdir(parents=True)
    assert not watch.changed()
    routine = folder / "a.routine.toml"
    routine.write_text("one")
    assert watch.changed()
    assert not watch.changed()
    (folder / "exercises" / "e.toml").write_text("x")
    assert watch.changed()
    routine.write_text("other")  # another size
    assert watch.changed()
    state = routine.stat()
    os.utime(routine, ns=(state.st_atime_ns, state.st_mtime_ns + 1000))  # the same size
    assert watch.changed()
    routine.rename(folder / "b.routine.toml")
    assert watch.changed()
    (folder / "b.routine.toml").unlink()
    assert watch.changed()
    assert not watch.changed()


def test_notices_a_picture_that_stands_in_for_a_figure(tmp_path: Path) -> None:
    folder = tmp_path / "routines" / "exercises"
    folder.mkdir(parents=True)
    watch = FolderWatch(tmp_path)
    (folder / "wave.svg").write_text("<svg/>")
    assert watch.changed()
    (folder / "wave.svg").write_text("<svg></svg>")
    assert watch.changed()


def test_ignores_files_of_others(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path)
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "routine.schema.json").write_text("{}")
    (tmp_path / "routines" / "notes.txt").write_text("x")
    (tmp_path / "settings.toml").write_text("x = 1")
    assert not watch.changed()


def test_watches_what_is_loaded(built_in: Path, tmp_path: Path) -> None:
    user = tmp_path / "data"
    watch = FolderWatch(user)
    (user / "routines" / "exercises").mkdir(parents=True)
    shipped = built_in / "exercises" / "squat.toml"
    (user / "routines" / "exercises" / "mine.toml").write_text(
        shipped.read_text().replace('"squat"', '"mine"')
    )
    assert watch.changed()
    assert "mine" in load_library(built_in, user)[0].exercises
