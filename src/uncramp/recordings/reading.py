"""One file, or one file within an archive, to its recordings. Works in any process."""

import signal
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile, ZipFile

from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.model.recording import Recording
from uncramp.recordings.apple import read_apple
from uncramp.recordings.bounds import name_of
from uncramp.recordings.detect import HEAD_BYTES, Kind, kind_of
from uncramp.recordings.fit import read_fit
from uncramp.recordings.garmin import read_garmin
from uncramp.recordings.gpx import read_gpx
from uncramp.recordings.intervals import read_intervals
from uncramp.recordings.strava import read_strava
from uncramp.recordings.tcx import read_tcx

MEGABYTE = 1 << 20
LARGEST = {
    Kind.FIT: 64 * MEGABYTE,
    Kind.TCX: 128 * MEGABYTE,
    Kind.GPX: 128 * MEGABYTE,
    Kind.STRAVA: 64 * MEGABYTE,
    Kind.INTERVALS: 64 * MEGABYTE,
    Kind.GARMIN: 64 * MEGABYTE,
}
"""Larger ones, also after unpacking, are none that a device writes."""
LARGEST_EXPORT = 16 << 30
CHUNK = 1 << 16
ZIP_FAULTS = (BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error, ValueError)

Found = tuple[tuple[Recording, ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes of one file are.

    Attributes:
        shown: its name for the user, with that of its archive.
        path: a file on the disk.
        member: its place in that file's list when that is a zip file; None for the file itself.
        name: as the archive or the folder calls it, with slashes.
        size: bytes as they are stored.
        archive: what it came with: an archive or a folder.
    """

    shown: str
    path: Path
    member: int | None = None
    name: str = ""
    size: int = 0
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a source.

    Attributes:
        source: which one.
        kind: by its content.
        recordings: all that it holds, runs or not.
        problems: an error for what could not be read, a warning for what is no recording.
        files: for each recording of a list the name of the file it speaks of; empty for none.
    """

    source: Source
    kind: Kind
    recordings: tuple[Recording, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()


class Readable(Protocol):
    """Bytes, one after the other."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""


def read_source(source: Source) -> Reading:
    """Read one file; whatever is wrong with it becomes a problem."""
    name = source.shown
    try:
        with opened(source) as file:
            return _read(source, file)
    except ZIP_FAULTS as error:
        told = tr("cannot be unpacked: {reason}").format(
            reason=name_of(error) or type(error).__name__
        )
        return Reading(source, Kind.UNKNOWN, (), (Problem(name, 0, 0, told),))
    except OSError as error:
        told = tr("cannot be read: {reason}").format(reason=error.strerror or error)
        return Reading(source, Kind.UNKNOWN, (), (Problem(name, 0, 0, told),))


def leave_interrupts() -> None:
    """Leave Ctrl+C to the process that asked for the files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_sources(sources: tuple[Source, ...]) -> tuple[Reading, ...]:
    """Read several, one after the other."""
    return tuple(read_source(one) for one in sources)


@contextmanager
def opened(source: Source) -> Iterator[Readable]:
    """Open the bytes of a source: those that were there when it was found.

    A file that grows meanwhile has no end, and one without a size may be waited for.

    Raises:
        OSError, or one of ZIP_FAULTS: it cannot be.
    """
    if source.member is None:
        with source.path.open("rb") as file:
            yield _Again(b"", file, source.size)
        return
    archive = _archive(source.path)
    with archive.open(archive.infolist()[source.member]) as member:
        yield member


@lru_cache(maxsize=1)
def _archive(path: Path) -> ZipFile:
    """The list of an archive is read once for all of its files."""
    return ZipFile(path)


def forget_archive() -> None:
    """Let go of the archive that was read last, so that it can be deleted."""
    _archive.cache_clear()


def _read(source: Source, file: Readable) -> Reading:
    head = file.read(HEAD_BYTES)
    kind = kind_of(head)
    unpacked: _Unpacked | None = None
    if kind is Kind.GZIP:
        unpacked = _Unpacked(_Again(head, file))
        file = unpacked
        head = file.read(HEAD_BYTES)
        kind = kind_of(head)
    name = source.shown
    recordings: tuple[Recording, ...] = ()
    files: tuple[str, ...] = ()
    largest = LARGEST.get(kind)
    if kind is Kind.APPLE:
        recordings, problems = read_apple(_Again(head, file, LARGEST_EXPORT), name)
    elif largest is None:
        problems = (_no_recording(kind, name),)
    else:
        data = head + _whole(file, largest - len(head) + 1)
        if len(data) > largest:
            told = tr("is larger than {n} megabytes; it is not read")
            told = told.format(n=largest // MEGABYTE)
            return Reading(source, kind, (), (Problem(name, 0, 0, told),))
        recordings, problems, files = _by_kind(kind, data, name)
    if unpacked is not None and unpacked.fault:
        problems = (Problem(name, 0, 0, unpacked.fault), *problems)
    return Reading(source, kind, recordings, problems, files)


def _by_kind(
    kind: Kind, data: bytes, name: str
) -> tuple[tuple[Recording, ...], tuple[Problem, ...], tuple[str, ...]]:
    if kind is Kind.STRAVA:
        rows, problems = read_strava(data, name)
        return tuple(row for row, _ in rows), problems, tuple(file for _, file in rows)
    readers = {
        Kind.FIT: read_fit,
        Kind.TCX: read_tcx,
        Kind.GPX: read_gpx,
        Kind.INTERVALS: read_intervals,
        Kind.GARMIN: read_garmin,
    }
    return *readers[kind](data, name), ()


def _no_recording(kind: Kind, name: str) -> Problem:
    told = {
        Kind.EMPTY: tr("is empty"),
        Kind.WEB_PAGE: tr("is a web page, not a recording: the download may have failed"),
        Kind.GARMIN_LIST: tr(
            "is a Garmin Connect list, which names neither its units nor the time zone; "
            "import the recordings themselves or the whole account export"
        ),
    }.get(kind, tr("is not a recording in a known form (FIT, TCX, GPX, or an export)"))
    return Problem(name, 0, 0, told)


def _whole(file: Readable, most: int) -> bytes:
    pieces = []
    while most > 0 and (piece := file.read(min(most, MEGABYTE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


class _Again:
    """A file from which `head` was read already, with a bound."""

    def __init__(self, head: bytes, file: Readable, most: int = LARGEST_EXPORT) -> None:
        self._head = head
        self._file = file
        self._left = most

    def read(self, size: int, /) -> bytes:
        size = min(size, self._left)
        if self._head:
            found, self._head = self._head[:size], self._head[size:]
        else:
            found = self._file.read(size)
        self._left -= len(found)
        return found


class _Unpacked:
    """What a gzip file holds, as far as it can be unpacked.

    Attributes:
        fault: why not all of it can be; empty when it can.
    """

    def __init__(self, file: _Again) -> None:
        self.fault = ""
        self._file = file
        self._inflate = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._over = False

    def read(self, size: int, /) -> bytes:
        pieces = b""
        while len(pieces) < size and not self._over:
            pieces += self._some(size - len(pieces))
        return pieces

    def _some(self, size: int) -> bytes:
        packed = self._waiting or self._file.read(CHUNK)
        try:
            if self._inflate.eof and packed.strip(b"\0"):
                self._inflate = zlib.decompressobj(wbits=31)  # one after the other is allowed
            if not packed:
                self._over = True
                if not self._inflate.eof:
                    self.fault = tr("is cut off: not all of it can be unpacked")
                return self._inflate.flush()
            found = self._inflate.decompress(packed, size)
        except zlib.error as error:
            self._over = True
            self.fault = tr("is damaged: it cannot be unpacked ({reason})").format(reason=error)
            return b""
        self._waiting = self._inflate.unconsumed_tail or self._inflate.unused_data
        self._over = self._over or (self._inflate.eof and not self._waiting.strip(b"\0"))
        return found
