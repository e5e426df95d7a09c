"""Favourites survive a restart, and no file of theirs does any harm."""

import os
from pathlib import Path

import pytest

from uncramp.coach.browse.favourites import FILE_NAME, Favourites
from uncramp.model.errors import EnvironmentFault


def test_marks_survive_and_can_be_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    marked = Favourites(folder)
    marked.toggle("prerun_quick")
    marked.toggle("night_calf")
    marked.toggle("prerun_quick")
    assert marked.ids == {"night_calf"}
    assert Favourites(folder).ids == {"night_calf"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"favourites = 3",
        b"favourites = [[[",
        b"\xff\xfe\x00",
        b'favourites = [3, "../x", "NO", ["a"], "' + b"a" * 99 + b'"]',
        b"a=" + b"[" * 100_000,
        b"#" * 300_000,
    ],
)
def test_a_spoilt_file_marks_nothing_and_is_mended_by_the_next_mark(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    marked = Favourites(tmp_path)
    assert marked.ids == frozenset()
    marked.toggle("own")
    assert Favourites(tmp_path).ids == {"own"}


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE_NAME)
    assert Favourites(tmp_path).ids == frozenset()


def test_a_mark_that_cannot_be_saved_holds_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    marked = Favourites(tmp_path / "config")
    with pytest.raises(EnvironmentFault):
        marked.toggle("own")
    assert marked.ids == {"own"}
