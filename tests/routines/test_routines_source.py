"""Files that are no files, too large, unreadable or not text: refused, and never waited for."""

import os
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from uncramp.routines.library import load_library
from uncramp.routines.source import SIZE_LIMIT, read_source

GOOD = """\
format = 1
id = "good"
name = "Good"
summary = "Still there."
moment = "morning"
[[steps]]
exercise = "calf_hold"
seconds = 20
"""


@pytest.fixture
def routines(user: Path) -> Path:
    """The user's folder with one good routine in it, which must survive everything."""
    folder = user / "routines"
    (folder / "good.routine.toml").write_text(GOOD, encoding="utf-8")
    return folder


def refused(built_in: Path, user: Path) -> list[str]:
    start = time.process_time()
    library, problems = load_library(built_in, user)
    assert time.process_time() - start < 1.0
    assert "good" in library.routines
    return [str(problem).removeprefix(str(user / "routines") + os.sep) for problem in problems]


def test_a_byte_order_mark_is_no_problem(built_in: Path, user: Path, routines: Path) -> None:
    (routines / "good.routine.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert refused(built_in, user) == []


def test_line_ends_of_windows_are_no_problem(built_in: Path, user: Path, routines: Path) -> None:
    (routines / "good.routine.toml").write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert refused(built_in, user) == []


def test_not_utf_8_is_told_with_its_place(built_in: Path, user: Path, routines: Path) -> None:
    (routines / "bad.routine.toml").write_bytes(
        "a = 1\r\nname = 'ü'\r\nname = '\xe9'".encode("latin-1")
    )
    assert refused(built_in, user) == [
        (
            "bad.routine.toml:2:9: is not UTF-8 here (byte 0xfc); please save it as UTF-8\n"
            "    name = '�'\n"
            "            ^"
        )
    ]


def test_the_column_counts_characters_not_bytes(built_in: Path, user: Path, routines: Path) -> None:
    (routines / "bad.routine.toml").write_bytes("# äöü🦵".encode() + b"\xff")
    assert refused(built_in, user)[0].startswith("bad.routine.toml:1:7: is not UTF-8 here")


def test_utf_16_is_told(built_in: Path, user: Path, routines: Path) -> None:
    (routines / "bad.routine.toml").write_bytes(GOOD.encode("utf-16"))
    assert refused(built_in, user) == [
        "bad.routine.toml:1:1: is in UTF-16; please save it as UTF-8"
    ]


def test_an_empty_file_is_told(built_in: Path, user: Path, routines: Path) -> None:
    (routines / "bad.routine.toml").write_bytes(b"")
    said = refused(built_in, user)
    assert said[0].startswith('bad.routine.toml:1:1: missing key "format"')


def test_fifty_megabytes_are_not_read(built_in: Path, user: Path, routines: Path) -> None:
    with (routines / "huge.routine.toml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    try:
        read_source(routines / "huge.routine.toml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * SIZE_LIMIT
    assert refused(built_in, user) == [
        "huge.routine.toml: is too large: 51200 kB, at most 256 kB are read"
    ]


@pytest.mark.skipif(not Path("/proc/kallsyms").exists(), reason="only Linux has such files")
def test_a_file_that_claims_to_be_empty_and_is_not_is_cut_off() -> None:
    path = Path("/proc/kallsyms")  # its size is given as 0, and it has megabytes
    source, problem = read_source(path)
    assert source is None
    assert problem is not None
    assert problem.message.startswith("is too large")


def test_the_limit_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"#" * SIZE_LIMIT)
    source, problem = read_source(path)
    assert source is not None
    assert len(source.text) == SIZE_LIMIT
    assert problem is None
    path.write_bytes(b"#" * (SIZE_LIMIT + 1))
    source, problem = read_source(path)
    assert source is None
    assert problem is not None
    assert problem.message == "is too large: 257 kB, at most 256 kB are read"


def test_a_folder_named_like_a_file_is_told(built_in: Path, user: Path, routines: Path) -> None:
    (routines / "bad.routine.toml").mkdir()
    assert refused(built_in, user) == ["bad.routine.toml: is a folder, not a file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_and_not_waited_for(built_in: Path, user: Path, routines: Path) -> None:
    os.mkfifo(routines / "bad.routine.toml")
    os.mkfifo(routines / "exercises" / "bad.toml")
    assert refused(built_in, user) == [
        "bad.routine.toml: is not an ordinary file",
        os.path.join("exercises", "bad.toml") + ": is not an ordinary file",  # noqa: PTH118
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_refused(built_in: Path, user: Path, routines: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.routine.toml").write_text(GOOD.replace('"good"', '"secret"'))
    (routines / "link.routine.toml").symlink_to(outside / "secret.routine.toml")
    (routines / "dangling.routine.toml").symlink_to(tmp_path / "nowhere")
    (routines / "device.routine.toml").symlink_to("/dev/zero")
    (routines / "exercises").rmdir()
    (routines / "exercises").symlink_to(outside)
    library, _ = load_library(built_in, user)
    assert "secret" not in library.routines
    assert refused(built_in, user) == [
        "dangling.routine.toml: is a link; put the file itself into the folder",
        "device.routine.toml: is a link; put the file itself into the folder",
        "exercises: is a link; put the folder itself here",
        "link.routine.toml: is a link; put the file itself into the folder",
    ]


def test_a_file_without_permission_is_told(
    built_in: Path, user: Path, routines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = routines / "bad.routine.toml"
    path.write_text(GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything: let the system refuse in its place
        real = os.open

        def refusing(file: Path, flags: int) -> int:
            if Path(file) == path:
                raise PermissionError(13, "Permission denied", str(file))
            return real(file, flags)

        monkeypatch.setattr(os, "open", refusing)
    assert refused(built_in, user) == ["bad.routine.toml: cannot be read: permission denied"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_cannot_be_printed_can_be_printed(
    built_in: Path, user: Path, routines: Path
) -> None:
    name = os.fsdecode(b"a\xff\x1b[2Jb.routine.toml")
    (routines / name).write_text("x = 1 1")
    (routines / os.fsdecode(b"\xfe.routine.toml")).mkdir()
    said = refused(built_in, user)
    assert said[0].splitlines()[0] == (
        "a��[2Jb.routine.toml:1:7: something stands here after the value"
    )
    assert said[1] == "�.routine.toml: is a folder, not a file"
    assert "".join(said).encode()


def test_a_file_in_place_of_the_folder_is_told(built_in: Path, tmp_path: Path) -> None:
    (tmp_path / "routines").write_text("")
    library, problems = load_library(built_in, tmp_path)
    assert library.exercises
    assert [p.message for p in problems] == ["cannot be read: not a directory"] * 2


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    source, problem = read_source(tmp_path / "none.toml")
    assert source is None
    assert problem is not None
    assert problem.message == "cannot be read: no such file or directory"


DEEP = "tables and lists are nested too deeply"
BOMBS = {
    "lists": ("a = 1\nx = " + "[" * 100_000, 2, 21, DEEP),
    "closed lists": (
        "x = " + "[" * 900 + "]" * 900,
        1,
        21,
        "tables and lists are nested too deeply",
    ),
    "tables": ("x = " + "{a=" * 20_000, 1, 53, DEEP),
    "a key": ("ok = 1\n" + "a." * 60_000 + "b = 1", 2, 1, DEEP),
    "a number": ("ok = 1\nx = " + "1" * 200_000, 2, 5, "this number is too large"),
    "a NUL": ('x = "a\0"', 1, 7, "this character must not stand here"),
    "quotes": ("x = '''" + "'" * 200_000, 1, 13, "something stands here after the value"),
}


@pytest.mark.parametrize("case", BOMBS)
def test_bombs_are_refused_at_once_with_their_place(
    case: str, built_in: Path, user: Path, routines: Path
) -> None:
    text, line, column, message = BOMBS[case]
    (routines / "bad.routine.toml").write_text(text)
    said = refused(built_in, user)
    assert len(said) == 1
    assert said[0].splitlines()[0] == f"bad.routine.toml:{line}:{column}: {message}"
    assert len(said[0]) < 1000


def test_five_thousand_steps_do_not_hang(built_in: Path, user: Path, routines: Path) -> None:
    step = '[[steps]]\nexercise = "nobody"\nsecnds = 20\n'
    (routines / "bad.routine.toml").write_text(GOOD.replace('"good"', '"bad"') + step * 5000)
    assert refused(built_in, user)[0].splitlines()[0] == (
        'bad.routine.toml:6:1: "steps" may have at most 200 items'
    )


def test_a_deep_value_that_the_parser_takes_is_only_unknown(
    built_in: Path, user: Path, routines: Path
) -> None:
    text = "x = " + "[" * 300 + "1" + "]" * 300 + "\n" + GOOD.replace('"good"', '"bad"')
    (routines / "bad.routine.toml").write_text(text)
    assert [said.splitlines()[0] for said in refused(built_in, user)] == [
        'bad.routine.toml:1:1: unknown key "x"'
    ]
