"""Reading a file that somebody else wrote: whole, small, regular and in UTF-8, or not at all."""

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity
from uncramp.routines.draft import KeyPath

if TYPE_CHECKING:
    from uncramp.routines.positions import Positions

SIZE_LIMIT = 256 * 1024
"""Bytes of the largest file that is read; the shipped ones have one to six thousand."""
SHOWN_COLUMNS = 160
"""Characters of a source line that a problem repeats."""

_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe without a writer would wait for ever
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True)
class Source:
    """The text of one file.

    Attributes:
        file: the path as the user would write it.
        text: the content without a byte order mark.
        digest: SHA-256 of the bytes, in hexadecimal.
    """

    file: str
    text: str
    digest: str

    @cached_property
    def positions(self) -> "Positions":
        """Where keys and values stand; only built (and imported) for a problem to report."""
        from uncramp.routines.positions import Positions

        return Positions(self.text)

    def problem(self, offset: int, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """Return a problem at the character with that index."""
        offset = max(0, min(offset, len(self.text)))
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        line = self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")
        return Problem(
            self.file,
            self.text.count("\n", 0, offset) + 1,
            offset - start + 1,
            message,
            _shown(line, offset - start),
            severity,
        )

    def problem_at_key(
        self, path: KeyPath, message: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return a problem at the key of `path`, or at the nearest table around it."""
        return self.problem(self.positions.of_key(path), message, severity)

    def problem_at_value(
        self, path: KeyPath, message: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return a problem at the value of `path`, or at the nearest table around it."""
        return self.problem(self.positions.of_value(path), message, severity)


def read_source(path: Path, *, follow_link: bool = False) -> tuple[Source | None, Problem | None]:
    """Read a text, without waiting for anything and without reading more than `SIZE_LIMIT`.

    Args:
        path: the file.
        follow_link: only for a path that the user named; links found in a folder may lead out
            of it and are refused.

    Returns:
        The text, or what is wrong with the file.
    """
    try:
        if not follow_link and path.is_symlink():
            return None, Problem(
                shown(path), 0, 0, tr("is a link; put the file itself into the folder")
            )
        data = read_bytes(path, follow_link=follow_link)
    except OSError as fault:
        return None, Problem(shown(path), 0, 0, unreadable(fault))
    except ValueError:  # a path with a NUL character
        return None, Problem(shown(path), 0, 0, tr("is not a valid file name"))
    if isinstance(data, str):
        return None, Problem(shown(path), 0, 0, data)
    return _decode(shown(path), data)


def shown(path: Path) -> str:
    """Return the path as it can be printed anywhere."""
    return printable(str(path))


def printable(text: str) -> str:
    """Return the text without what a terminal would obey instead of show."""
    if text.isprintable():
        return text
    return "".join(ch if ch.isprintable() else "�" for ch in text)


def unreadable(fault: OSError) -> str:
    """Say why a file or folder cannot be read."""
    reason = (fault.strerror or type(fault).__name__).lower()
    return tr("cannot be read: {reason}").format(reason=reason)


def read_bytes(path: Path, *, follow_link: bool, limit: int = SIZE_LIMIT) -> bytes | str:
    """Return the content, or in words why it is not read.

    Args:
        path: the file.
        follow_link: see `read_source`.
        limit: bytes of the largest file that is read.

    Raises:
        OSError: the system does not give it.
        ValueError: the path is not possible.
    """
    # Asked before opening too: to open a device or a pipe can already do something.
    if not stat.S_ISREG(path.stat().st_mode):
        return _not_a_file(path.stat().st_mode)
    descriptor = os.open(path, _OPEN_FLAGS | (0 if follow_link else _NO_LINKS))
    with os.fdopen(descriptor, "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            return _not_a_file(state.st_mode)
        # The size that the folder reports may be old or, for special files, zero.
        data = b"" if state.st_size > limit else file.read(limit + 1)
    size = max(state.st_size, len(data))
    if size > limit:
        return tr("is too large: {size} kB, at most {limit} kB are read").format(
            size=-(-size // 1024), limit=limit // 1024
        )
    return data


def _not_a_file(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return tr("is a folder, not a file")
    return tr("is not an ordinary file")


def _decode(file: str, data: bytes) -> tuple[Source | None, Problem | None]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, Problem(file, 1, 1, tr("is in UTF-16; please save it as UTF-8"))
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        start = data.rfind(b"\n", 0, fault.start) + 1
        end = data.find(b"\n", fault.start)
        line = data[start : end if end >= 0 else len(data)].rstrip(b"\r")
        column = len(data[start : fault.start].decode("utf-8"))
        return None, Problem(
            file,
            data.count(b"\n", 0, fault.start) + 1,
            column + 1,
            tr("is not UTF-8 here (byte 0x{byte:02x}); please save it as UTF-8").format(
                byte=data[fault.start]
            ),
            _shown(line.decode("utf-8", "replace"), column),
        )
    return Source(file, text, hashlib.sha256(data).hexdigest()), None


def _shown(line: str, column: int) -> str:
    """Return the line as far as it helps; empty when the place lies too far to the right."""
    if column > SHOWN_COLUMNS:
        return ""
    clipped = line if len(line) <= SHOWN_COLUMNS + 40 else line[: SHOWN_COLUMNS + 40] + "…"
    # A control character in the terminal could move the cursor or worse.
    return "\t".join(printable(part) for part in clipped.split("\t"))
