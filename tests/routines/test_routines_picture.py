"""Pictures that stand in for a figure: what is taken, and what is refused at once."""

import os
import struct
import time
import zlib
from pathlib import Path

import pytest

from uncramp.routines.library import load_library
from uncramp.routines.picture import (
    LARGEST_BYTES,
    LARGEST_SIDE_PX,
    RefusedPictureError,
    check_picture,
    read_picture,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        mark = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + mark

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * min(height, 10))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def test_plain_pictures_are_read_as_they_are(tmp_path: Path) -> None:
    drawn = SVG.format('<g id="a"><path d="M0 0h9"/></g><use xlink:href="#a" x="9"/>')
    for name, data in (("a.svg", drawn.encode()), ("b.PNG", png(8, 4))):
        (tmp_path / name).write_bytes(data)
        assert read_picture(tmp_path / name) == data


def test_a_document_type_alone_is_harmless() -> None:
    head = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    check_picture((head + SVG.format("<rect/>")).encode(), ".svg")


DOUBLING = "".join(
    f'<g id="g{n}"><use xlink:href="#g{n + 1}"/><use xlink:href="#g{n + 1}"/></g>'
    for n in range(30)
)
HOSTILE = {
    "entities": '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("&b;"),
    "doubling": SVG.format(DOUBLING + '<g id="g30"><path d="M0 0"/></g>'),
    "itself": SVG.format('<g id="a"><use xlink:href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "in itself": SVG.format('<g id="a"><use href="#a"/></g>'),
    "many": SVG.format("<rect/>" * 6_000),
    "long path": SVG.format(f'<path d="{"M0 0 " * 100_000}"/>'),
    "long style": SVG.format(f"<style>{'a{b:c}' * 20_000}</style>"),
    "deep": SVG.format("<g>" * 500 + "</g>" * 500),
    "filter": SVG.format('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'),
    "script": SVG.format("<script>while(1);</script>"),
    "far": SVG.format('<use href="file:///etc/passwd#x"/>'),
    "image": SVG.format('<image href="x.png"/>'),
    "page": "<html></html>",
    "cut": SVG.format("<rect/>")[:-4],
    "empty": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_drawings_are_refused_at_once(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(RefusedPictureError) as refused:
        check_picture(HOSTILE[name].encode(), ".svg")
    assert time.process_time() - begun < 1.0
    assert str(refused.value)


def test_hostile_bitmaps_are_refused(tmp_path: Path) -> None:
    for data in (png(LARGEST_SIDE_PX + 1, 1), png(1, 2**31), png(0, 5), b"\x89PNG\r\n\x1a\n", b""):
        with pytest.raises(RefusedPictureError):
            check_picture(data, ".png")
    with pytest.raises(RefusedPictureError, match="neither"):
        check_picture(png(4, 4), ".gif")


def test_only_ordinary_small_files_of_the_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "real.svg").write_text(SVG.format(""))
    (tmp_path / "link.svg").symlink_to(tmp_path / "real.svg")
    (tmp_path / "large.svg").write_bytes(b" " * (LARGEST_BYTES + 1))
    (tmp_path / "folder.svg").mkdir()
    os.mkfifo(tmp_path / "pipe.svg")
    told = {}
    for name in ("link", "large", "folder", "pipe", "missing", "nul\0"):
        with pytest.raises(RefusedPictureError) as refused:
            read_picture(tmp_path / f"{name}.svg")
        told[name] = str(refused.value)
    assert "link" in told["link"]
    assert "too large" in told["large"]
    assert "folder" in told["folder"]
    assert "ordinary" in told["pipe"]
    assert read_picture(tmp_path / "link.svg", follow_link=True)


def test_the_library_knows_where_a_picture_lies(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "routines"
    own = tmp_path / "routines" / "exercises"
    own.mkdir(parents=True)
    text = (shipped / "exercises" / "squat.toml").read_text(encoding="utf-8")
    text = text.partition("[figure]")[0].replace('"squat"', '"wave"').replace('"E23"', '""')
    (own / "wave.toml").write_text(text + '\npicture = "wave.svg"\n', encoding="utf-8")
    library, problems = load_library(shipped, tmp_path)
    assert not problems
    assert library.looks("wave").picture == own / "wave.svg"
    assert library.looks("squat").picture is None
