"""Which files of a watched folder were read before: new and changed ones are read, no others."""

import json
from collections.abc import Mapping
from pathlib import Path

from uncramp.coach.whole_file import write_own

FILE_NAME = "runs_seen.json"
_LARGEST = 8_000_000
MOST_FILES = 50_000

Stamp = tuple[int, int]
"""Size in bytes and the time of the last change in nanoseconds."""


def listing(folder: Path) -> dict[str, Stamp]:
    """Return the files in a folder, not below it, with their stamps; what cannot be seen is left.

    Raises:
        OSError: the folder cannot be read.
    """
    found: dict[str, Stamp] = {}
    for path in sorted(folder.iterdir())[:MOST_FILES]:
        try:
            if path.is_file():
                about = path.stat()
                found[path.name] = (about.st_size, about.st_mtime_ns)
        except OSError:
            continue
    return found


def unseen(files: Mapping[str, Stamp], known: Mapping[str, Stamp]) -> tuple[str, ...]:
    """Return the names of files that are new or have changed."""
    return tuple(name for name, stamp in files.items() if known.get(name) != stamp)


def read_seen(cache: Path, folder: Path) -> dict[str, Stamp]:
    """Return what was read of a folder before; nothing where that is not known."""
    path = cache / FILE_NAME
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["folder"] != str(folder):
            return {}
        return {str(name): (int(size), int(at)) for name, (size, at) in kept["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_seen(cache: Path, folder: Path, files: Mapping[str, Stamp]) -> None:
    """Keep what was read.

    Raises:
        EnvironmentFault: it cannot be written.
    """
    content = json.dumps({"folder": str(folder), "files": dict(files)})
    write_own(cache / FILE_NAME, content.encode())
