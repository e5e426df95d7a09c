"""What is noted when the program ends because of its own fault, kept until the user has heard.

Python writes it into a file whose first line says which program runs. A program that is killed,
or whose machine loses its power, writes nothing there, so there is nothing to speak of.
"""

import contextlib
import os
from pathlib import Path
from typing import TextIO

LOG = "fatal.log"
_NEW = "crash.log"
_SHOWN = "crash-shown.log"
# As Python has them; Windows also notes what does no harm, and a power cut may leave anything.
_SIGNS = (
    "Fatal Python error",
    "fatal exception: access violation",
    "fatal exception: stack overflow",
)
_LONGEST = 100_000


def begin_log(folder: Path, head: str) -> TextIO:
    """Put aside what an earlier run noted, and return a new file for this run.

    Args:
        folder: of what can be made again; made where it is missing.
        head: names the program and its version.

    Raises:
        OSError: there cannot be such a file.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    log = folder / LOG
    if any(sign in _text(log) for sign in _SIGNS):
        log.replace(folder / _NEW)
    file = os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w")
    file.write(f"Uncramp {head}\n")
    file.flush()  # what comes below is written past Python
    return file


def noted_crash(folder: Path) -> str:
    """Return what was noted in a crash that nobody has heard of yet; empty for none."""
    return _text(folder / _NEW)


def without_home(text: str, home: Path) -> str:
    """Return `text` without the user's name: a report must not carry more than the fault."""
    return text.replace(str(home), "~")


def mark_shown(folder: Path) -> None:
    """Speak of it no more; the file stays for who looks for it, until the next crash."""
    with contextlib.suppress(OSError):
        (folder / _NEW).replace(folder / _SHOWN)


def _text(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as text:
            return text.read(_LONGEST)
    except OSError:
        return ""
