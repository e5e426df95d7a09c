"""Folders and archives: found by content, bounded, and never unpacked by name."""

import io
import os
import zipfile
from functools import partial
from pathlib import Path

import pytest
from recording_files import (
    START,
    course,
    fit_run,
    garmin_summary,
    gpx_run,
    gzipped,
    tcx_run,
    zipped,
)

from uncramp.recordings import finding
from uncramp.recordings import reading as reading_room
from uncramp.recordings.detect import Kind
from uncramp.recordings.finding import Finding, find_sources
from uncramp.recordings.reading import Reading, forget_archive, read_source

POINTS = course(600, 3.0)


def read_all(path: Path, scratch: Path) -> tuple[Finding, list[Reading]]:
    scratch.mkdir()
    found = find_sources([path], scratch)
    readings = [read_source(one) for one in found.sources]
    forget_archive()
    return found, readings


def test_a_folder_is_read_by_content_whatever_the_names(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.gpx").write_bytes(fit_run())
    (folder / "b.fit").write_bytes(gpx_run(points=POINTS).encode())
    (folder / "deep" / "c.txt").write_bytes(gzipped(tcx_run(points=POINTS).encode()))
    (folder / "._a.gpx").write_bytes(b"what macOS leaves behind")
    _, readings = read_all(folder, tmp_path / "scratch")
    assert [one.kind for one in readings] == [Kind.FIT, Kind.GPX, Kind.TCX]
    assert all(one.recordings[0].started == START for one in readings)


def test_a_zip_in_a_zip_is_read_and_no_deeper(tmp_path: Path) -> None:
    inner = zipped({"x_1.fit": fit_run()})
    deeper = zipped({"inner.zip": inner})
    path = tmp_path / "export.zip"
    path.write_bytes(
        zipped(
            {
                "DI/UploadedFiles_1.zip": inner,
                "DI/deeper.zip": deeper,
                "DI/summarizedActivities.json": garmin_summary(),
                "__MACOSX/DI/._x": b"x",
            }
        )
    )
    found, readings = read_all(path, tmp_path / "scratch")
    assert [one.kind for one in readings] == [Kind.FIT, Kind.GARMIN]
    (refused,) = found.refused
    assert refused.file.endswith("deeper.zip/inner.zip")


@pytest.mark.parametrize(
    "name", ["../../evil.fit", "/abs/evil.fit", "a/../../b.fit", "C:/b.fit", "..\\b.fit"]
)
def test_names_that_lead_out_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a" / "b" / "evil.zip"
    path.parent.mkdir(parents=True)
    path.write_bytes(zipped({name: fit_run(), "fine.fit": fit_run()}))
    before = sorted(tmp_path.rglob("*"))
    found, readings = read_all(path, tmp_path / "scratch")
    assert [one.source.name for one in readings] == ["fine.fit"]
    assert "leads out" in found.refused[0].message
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "scratch"])


def test_a_name_without_any_letter_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "nameless.zip"
    archive = zipped({"QQQQ.fit": fit_run(), "fine.fit": fit_run()})
    path.write_bytes(archive.replace(b"QQQQ.fit", b"\0QQQ.fit"))  # a name ends at its first zero
    found, readings = read_all(path, tmp_path / "scratch")
    assert [one.source.name for one in readings] == ["fine.fit"]
    assert len(found.refused) == 1


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"a.fit": b"\0" * 50_000_000, "fine.fit": fit_run()}))
    found, readings = read_all(path, tmp_path / "scratch")
    assert [one.source.name for one in readings] == ["fine.fit"]
    assert "unpacks to 47 megabytes" in found.refused[0].message


def test_archives_in_an_archive_have_one_room_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped({"a.fit": fit_run(points=POINTS)})
    monkeypatch.setattr(finding, "Finding", partial(Finding, room=len(inner) + 100))
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({"1.zip": inner, "2.zip": inner}))
    found, readings = read_all(path, tmp_path / "scratch")
    assert [one.kind for one in readings] == [Kind.FIT]
    assert "too much" in found.refused[0].message
    assert len(list((tmp_path / "scratch").iterdir())) == 1


def test_a_file_that_lies_about_its_size_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(reading_room.LARGEST, Kind.GPX, 1 << 20)
    bomb = gzipped(b"<gpx>" + b" " * 300_000_000)
    path = tmp_path / "bomb.gpx.gz"
    path.write_bytes(bomb)
    _, (reading,) = read_all(path, tmp_path / "scratch")
    assert reading.recordings == ()
    assert "larger than 1 megabytes" in reading.problems[0].message


def test_a_gzip_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    data = gzipped(gpx_run(points=course(3000, 3.0)).encode())
    path = tmp_path / "a.gpx.gz"
    path.write_bytes(data[: len(data) // 2])
    _, (reading,) = read_all(path, tmp_path / "scratch")
    (run,) = reading.recordings
    assert run.partial
    assert 600 < run.timer_s < 2400
    assert "cut off" in reading.problems[0].message
    path.write_bytes(data + gzipped(b"\n"))  # one after the other is allowed
    _, (reading,) = read_all(path, tmp_path / "again")
    assert reading.problems == ()


@pytest.mark.parametrize("cut", [4, 30, 100, -30, -1])
def test_a_zip_that_is_cut_off_is_told_in_a_sentence(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.fit": fit_run()})[:cut])
    found, readings = read_all(path, tmp_path / "scratch")
    assert readings == []
    assert "zip" in found.refused[0].message


def test_a_damaged_member_is_told_and_hides_no_other(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.fit": fit_run(points=POINTS), "b.fit": fit_run()}))
    data[200:240] = b"\xff" * 40
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    _, (damaged, fine) = read_all(path, tmp_path / "scratch")
    assert damaged.recordings == ()
    assert damaged.problems
    assert fine.recordings


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.fit", fit_run())
    data = bytearray(out.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    found, _ = read_all(path, tmp_path / "scratch")
    assert "encrypted" in found.refused[0].message


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    found, readings = read_all(tmp_path / "nothing.fit", tmp_path / "scratch")
    assert readings == []
    assert found.refused[0].message == "does not exist"


def test_of_a_file_that_grows_only_what_was_there_is_read(tmp_path: Path) -> None:
    file = tmp_path / "growing.gpx"
    file.write_bytes(b"as it was")
    (source,) = find_sources([file], tmp_path).sources
    with file.open("ab") as more:
        more.write(b" and more")
    with reading_room.opened(source) as found:
        assert found.read(1000) == b"as it was"
        assert found.read(1000) == b""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe as on Unix")
def test_a_pipe_in_a_folder_or_alone_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.fit")
    assert find_sources([tmp_path], tmp_path) == Finding()
    alone = find_sources([tmp_path / "pipe.fit"], tmp_path)
    assert [problem.message for problem in alone.refused] == [
        "is not an ordinary file; it is not read"
    ]
