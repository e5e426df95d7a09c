"""All recordings that files, folders and exports hold, without unpacking them anywhere by name."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.recordings.bounds import name_of
from uncramp.recordings.detect import Kind, kind_of
from uncramp.recordings.reading import ZIP_FAULTS, Source, opened

MOST_FILES = 200_000
DEEPEST = 2
"""A zip file in a zip file, as Garmin's export has them; and no deeper."""
LARGEST_INNER = 8 << 30
MOST_PACKED = 200
"""What unpacks to more than so many times its size is no zip file of recordings."""
CHUNK = 1 << 20
ENDINGS = (".fit", ".tcx", ".gpx")
LIST_OF_STRAVA = "activities.csv"


@dataclass(slots=True)
class Finding:
    """What was found.

    Attributes:
        sources: to be read, in a steady order.
        refused: what is not even opened, with the reason.
        room: bytes that archives within archives may still take.
        stopped: before everything was looked through.
    """

    sources: list[Source] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    room: int = LARGEST_INNER
    stopped: bool = False


def never() -> bool:
    """Say no to whoever asks whether to stop."""
    return False


class _Stopped(Exception):  # noqa: N818  # nothing is wrong
    """Somebody does not want to wait any longer."""


class _Search:
    """What is found, where archives are unpacked, and whether to go on."""

    def __init__(self, scratch: Path, stop: Callable[[], bool]) -> None:
        self.found = Finding()
        self.scratch = scratch
        self._stop = stop

    def go_on(self) -> None:
        """Do nothing, or leave the search."""
        if self._stop():
            raise _Stopped


def find_sources(paths: Iterable[Path], scratch: Path, stop: Callable[[], bool] = never) -> Finding:
    """Look through files, folders and archives.

    Args:
        paths: of the user.
        scratch: an own folder for archives within archives; their files get numbers for names.
        stop: asked for each file and for each megabyte that is unpacked.
    """
    search = _Search(scratch, stop)
    try:
        for path in paths:
            for file, name in _files(path, search):
                source = Source(str(file), file, None, name, _size(file), _base(path))
                _look_into(search, source, 0)
    except _Stopped:
        search.found.stopped = True
    return search.found


def is_named_as_recording(source: Source) -> bool:
    """Whether somebody expects a recording behind this name."""
    name = (source.name or source.path.name).casefold().removesuffix(".gz")
    return name.endswith(ENDINGS)


def _base(path: Path) -> str:
    return str(path) if path.is_dir() else ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _files(path: Path, search: _Search) -> Iterator[tuple[Path, str]]:
    """Yield the file, or all files of the folder, with their names within it."""
    found = search.found
    if not path.is_dir():
        if path.is_file():
            yield path, path.name
            return
        # A device has no end, and a pipe is waited for.
        reason = tr("is not an ordinary file; it is not read")
        if not path.exists():
            reason = tr("does not exist")
        found.refused.append(Problem(str(path), 0, 0, reason))
        return
    many = 0
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            search.go_on()
            file = Path(folder, name)
            if _is_leftover(name) or not file.is_file():
                continue
            many += 1
            if many > MOST_FILES:
                words = tr("holds more than {n} files; the rest was left out").format(n=MOST_FILES)
                found.refused.append(Problem(str(path), 0, 0, words))
                return
            yield file, file.relative_to(path).as_posix()


def _is_leftover(name: str) -> bool:
    """What macOS puts beside files, under their name."""
    return name.rpartition("/")[2].startswith("._") or name.startswith("__MACOSX/")


def _look_into(search: _Search, source: Source, depth: int) -> None:
    found = search.found
    try:
        with opened(source) as file:
            is_archive = kind_of(file.read(16)) is Kind.ZIP
    except OSError as error:
        words = tr("cannot be read: {reason}").format(reason=error.strerror or error)
        found.refused.append(Problem(source.shown, 0, 0, words))
        return
    if not is_archive:
        found.sources.append(source)
        return
    try:
        with ZipFile(source.path) as archive:
            _members(search, source, archive, depth)
    except ZIP_FAULTS as error:
        words = tr("is not a zip file that can be read: {reason}").format(
            reason=name_of(error) or type(error).__name__
        )
        found.refused.append(Problem(source.shown, 0, 0, words))
    except OSError as error:
        words = tr("cannot be unpacked: {reason}").format(reason=error.strerror or error)
        found.refused.append(Problem(source.shown, 0, 0, words))


def _members(search: _Search, source: Source, archive: ZipFile, depth: int) -> None:
    found = search.found
    for index, member in enumerate(archive.infolist()):
        search.go_on()
        if len(found.sources) >= MOST_FILES:
            words = tr("holds more than {n} files; the rest was left out").format(n=MOST_FILES)
            found.refused.append(Problem(source.shown, 0, 0, words))
            return
        # Not `is_dir`, which breaks on a name without any letter.
        if member.filename.endswith("/") or _is_leftover(member.filename):
            continue
        shown = f"{source.shown}/{name_of(member.filename)}"
        refusal = _refusal(member)
        if refusal:
            found.refused.append(Problem(shown, 0, 0, refusal))
        elif _is_zip(archive, member):
            _inner(search, shown, archive, member, depth)
        else:
            found.sources.append(
                Source(
                    shown,
                    source.path,
                    index,
                    member.filename,
                    member.compress_size,
                    source.shown,
                )
            )


def _refusal(member: ZipInfo) -> str:
    """Return why a member is not even opened; empty for no reason."""
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return tr("has a name that leads out of its archive; it is not read")
    if member.flag_bits & 1:
        return tr("is encrypted; it cannot be read")
    if member.file_size > MOST_PACKED * max(member.compress_size, 5_000):
        return tr("unpacks to {n} megabytes; it is not read").format(n=member.file_size >> 20)
    return ""


def _is_zip(archive: ZipFile, member: ZipInfo) -> bool:
    try:
        with archive.open(member) as file:
            return kind_of(file.read(16)) is Kind.ZIP
    except ZIP_FAULTS:
        return False  # told when it is read


def _inner(search: _Search, shown: str, archive: ZipFile, member: ZipInfo, depth: int) -> None:
    found = search.found
    if depth + 1 >= DEEPEST:
        words = tr("is an archive in an archive in an archive; it is not read")
        found.refused.append(Problem(shown, 0, 0, words))
        return
    number, name = tempfile.mkstemp(dir=search.scratch)
    left = found.room
    with archive.open(member) as file, os.fdopen(number, "wb") as out:
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            search.go_on()
            out.write(piece)
            left -= len(piece)
    found.room = left
    if left <= 0:
        Path(name).unlink()
        words = tr("unpacks to too much: with all before it {n} megabytes; it is not read")
        words = words.format(n=LARGEST_INNER >> 20)
        found.refused.append(Problem(shown, 0, 0, words))
        return
    _look_into(search, Source(shown, Path(name), None, "", _size(Path(name))), depth + 1)
