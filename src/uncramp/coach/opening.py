"""Which page the program opens on: from a glance at its notes of the last use, or by a file.

This stands between the first paint and the filled window, so it opens no journal and imports
next to nothing; what it says is put right as soon as the journal is read.
"""

import json
from pathlib import Path

FILE_NAME = "daily.json"
JOURNAL_NAME = "journal.sqlite"
_LARGEST = 1_000_000
ROUTINE_ENDINGS = frozenset({".uncramp", ".toml"})
RUN_ENDINGS = frozenset({".fit", ".tcx", ".gpx", ".gz", ".zip", ".csv", ".xml"})


def read_notes(folder: Path) -> dict[str, object]:
    """Return what is noted in the data folder; empty when there is nothing that can be read."""
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        known = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def opening(folder: Path) -> str:
    """Return "today", "routines" or "welcome", the first questions of all.

    Args:
        folder: with the user's data.
    """
    notes = read_notes(folder)
    if notes.get("welcomed") is True:
        return "today" if notes.get("has_plan") is True else "routines"
    if not (folder / JOURNAL_NAME).exists():
        return "welcome"
    return "unknown"


def may_hold_runs(path: Path) -> bool:
    """Whether a file or folder that is opened belongs on the page of imports."""
    return path.suffix.casefold() in RUN_ENDINGS or path.is_dir()
