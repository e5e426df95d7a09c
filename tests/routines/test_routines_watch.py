"""Changes in the user's folder are noticed from names, sizes and times alone."""

import os
from pathlib import Path

from uncramp.routines.watch import FolderWatch


def test_notices_what_happens_to_files(tmp_path: Path) -> None:
    folder = tmp_path / "routines"
    watch = FolderWatch(folder)
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


def test_ignores_files_of_others(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path)
    (tmp_path / "routine.schema.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("x")
    assert not watch.changed()
