"""How a folder of routines is laid out, and a fingerprint of what lies in it."""

import os
from pathlib import Path

ROUTINES_FOLDER = "routines"
EXERCISES_FOLDER = "exercises"
ROUTINE_ENDING = ".routine.toml"
ENDING = ".toml"
MAX_FILES = 2_000
"""Files of one folder that are read; somebody who coaches many has a thousand of his own."""
PICTURE_ENDINGS = (".svg", ".png")
"""Pictures that stand in for the figure of an exercise; they lie beside its file."""

_WATCHED = (ENDING, *PICTURE_ENDINGS)

Fingerprint = tuple[tuple[str, int, int], ...]
"""Path, size in bytes and time of change in nanoseconds of every file."""


def fingerprint(folder: Path) -> Fingerprint:
    """Return what changes when a file or picture in `folder` or its exercises does; reads none."""
    found: list[tuple[str, int, int]] = []
    for place in (folder, folder / EXERCISES_FOLDER):
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.name.endswith(_WATCHED) and len(found) < 3 * MAX_FILES:
                        state = entry.stat(follow_symlinks=False)
                        found.append((entry.path, state.st_size, state.st_mtime_ns))
        except OSError:  # the folder is not there, or goes while we look
            continue
    return tuple(sorted(found))
