"""Whether a file is what an export of the journal wrote."""

import zipfile
from pathlib import Path

from uncramp.coach.diary.files import ZIP_FAULTS
from uncramp.coach.diary.tables import TABLES

ENOUGH_BYTES = 4096


def is_journal(path: Path) -> bool:
    """Whether this is what an export wrote; else it may be recordings, or is not there."""
    names = {f"{table}.csv" for table in TABLES}
    try:
        if path.is_dir():
            return any((path / name).is_file() for name in names)
        if not path.is_file() or not path.stat().st_size:
            return False  # a device has no end, and a pipe is waited for
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return not names.isdisjoint(archive.namelist())
        if path.suffix.casefold() == ".json":
            with path.open("rb") as file:
                return b"summarizedActivitiesExport" not in file.read(ENOUGH_BYTES)
        return path.name.casefold() in names
    except (OSError, *ZIP_FAULTS):
        return False
