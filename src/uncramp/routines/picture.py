"""Reading a picture that somebody else made: small, whole, and simple enough to be drawn at once.

A picture may be mailed with a routine. What draws it later trusts what it is given: so an SVG is
looked through first for what could keep a renderer busy for hours, reach out of the file, or draw
nothing at all.
"""

import struct
import xml.parsers.expat
from pathlib import Path
from typing import Final

from uncramp.model.language import tr
from uncramp.routines.folders import PICTURE_ENDINGS
from uncramp.routines.source import read_bytes, unreadable

LARGEST_BYTES = 2 * 1024 * 1024
LARGEST_SIDE_PX = 4096
"""Pixels of the longest side of a PNG; decoded it takes 64 MB at most."""
MOST_ELEMENTS = 5_000
"""Elements of an SVG with all repetitions of what it uses more than once."""
_MOST_NUMBERS = 200_000
"""Characters of path data; a drawing of ours would have a twentieth of it."""
_MOST_USES = 500
_LONGEST_STYLE = 50_000
"""Characters of all style sheets; each rule is tried on each element."""
_DEEPEST = 40
_PNG = b"\x89PNG\r\n\x1a\n"
# Each may be drawn thousands of times over, fetch another file, or run.
_REFUSED: Final = frozenset(
    {"filter", "mask", "pattern", "marker", "image", "foreignObject", "script", "iframe"}
)


class RefusedPictureError(Exception):
    """The picture is not drawn; the text says why in one sentence."""


def read_picture(path: Path, *, follow_link: bool = False) -> bytes:
    """Return the content of an SVG or PNG file that can be drawn safely.

    Args:
        path: the file; its ending tells what it must be.
        follow_link: only for a path that the user named.

    Raises:
        RefusedPictureError: it cannot be read, is too large, or is not what it says.
    """
    try:
        if not follow_link and path.is_symlink():
            raise RefusedPictureError(tr("is a link; put the file itself into the folder"))
        data = read_bytes(path, follow_link=follow_link, limit=LARGEST_BYTES)
    except OSError as fault:
        raise RefusedPictureError(unreadable(fault)) from fault
    except ValueError as fault:  # a path with a NUL character
        raise RefusedPictureError(tr("is not a valid file name")) from fault
    if isinstance(data, str):
        raise RefusedPictureError(data)
    check_picture(data, path.suffix)
    return data


def check_picture(data: bytes, ending: str) -> None:
    """Look whether `data` is a picture of the kind that `ending` says, and can be drawn safely.

    Raises:
        RefusedPictureError: it is not, or cannot.
    """
    if ending.lower() not in PICTURE_ENDINGS:
        raise RefusedPictureError(tr("is neither an SVG nor a PNG file"))
    if len(data) > LARGEST_BYTES:
        raise RefusedPictureError(
            tr("is too large: at most {n} MB").format(n=LARGEST_BYTES // 2**20)
        )
    if ending.lower() == ".png":
        _check_png(data)
    else:
        _Svg(data)


def _check_png(data: bytes) -> None:
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < 33:
        raise RefusedPictureError(tr("is not a PNG picture"))
    width, height = struct.unpack(">II", data[16:24])
    if not (1 <= width <= LARGEST_SIDE_PX and 1 <= height <= LARGEST_SIDE_PX):
        raise RefusedPictureError(
            tr("is too large: at most {n} by {n} pixels").format(n=LARGEST_SIDE_PX)
        )


class _Svg:
    """One look through an SVG."""

    def __init__(self, data: bytes) -> None:
        self._open: list[str] = []
        self._own: dict[str, int] = {"": 0}
        """Elements inside each named one, itself included; "" is the whole."""
        self._uses: list[tuple[tuple[str, ...], str]] = []
        self._totals: dict[str, int] = {}
        self._numbers = 0
        self._words = 0
        parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except xml.parsers.expat.ExpatError as fault:
            raise RefusedPictureError(tr("is not an SVG picture")) from fault
        if self._total("", 0) > MOST_ELEMENTS:
            raise RefusedPictureError(_too_many())

    def _doctype(self, *_: object) -> None:
        """A plain document type is harmless; what it declares is not."""

    def _entity(self, *_: object) -> None:
        raise RefusedPictureError(tr("declares entities, which are not read"))

    def _text(self, text: str) -> None:
        self._words += len(text.strip())
        if self._words > _LONGEST_STYLE:
            raise RefusedPictureError(_too_many())

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not self._open and name != "svg":
            raise RefusedPictureError(tr("is not an SVG picture"))
        if name in _REFUSED:
            raise RefusedPictureError(tr('uses "{name}", which is not drawn').format(name=name))
        self._open.append(attributes.get("id", ""))
        if len(self._open) > _DEEPEST:
            raise RefusedPictureError(tr("is nested too deeply"))
        around = tuple(one for one in self._open if one)
        for place in {"", *around}:
            self._own[place] = self._own.get(place, 0) + 1
        self._numbers += sum(len(attributes.get(key, "")) for key in ("d", "points"))
        if self._own[""] > MOST_ELEMENTS or self._numbers > _MOST_NUMBERS:
            raise RefusedPictureError(_too_many())
        for key, value in attributes.items():
            if key.rpartition(" ")[2] == "href":
                self._refer(name, value.strip(), around)

    def _refer(self, name: str, target: str, around: tuple[str, ...]) -> None:
        if name == "a":
            return
        if not target.startswith("#"):
            raise RefusedPictureError(tr("refers to another file, which is not read"))
        if name == "use":
            self._uses.append((around, target[1:]))
            if len(self._uses) > _MOST_USES:
                raise RefusedPictureError(_too_many())

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _total(self, name: str, depth: int) -> int:
        """Return how many elements are drawn for `name`, with what it uses."""
        if name in self._totals:
            total = self._totals[name]
            if total < 0:
                raise RefusedPictureError(tr("uses itself"))
            return total
        if depth > _DEEPEST:
            raise RefusedPictureError(tr("is nested too deeply"))
        self._totals[name] = -1  # being counted
        total = self._own.get(name, 0)
        for around, target in self._uses:
            if not name or name in around:
                total += self._total(target, depth + 1)
        self._totals[name] = total
        return total


def _too_many() -> str:
    return tr("has too many parts to be drawn")
