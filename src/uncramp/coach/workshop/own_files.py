"""Writing the user's own routines and exercises: whole or not at all, and under a free name."""

import errno
import re
import unicodedata
from collections.abc import Container
from datetime import datetime
from pathlib import Path

from uncramp.coach.places import Places
from uncramp.coach.whole_file import write_own
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.routines.folders import ENDING, EXERCISES_FOLDER, ROUTINE_ENDING, ROUTINES_FOLDER

REMOVED_FOLDER = "removed"
_LONGEST_ID = 60
_SCHEMA_ENDING = ".schema.json"


def routine_file(places: Places, routine_id: str) -> Path:
    """Return where the user's routine of that id is written."""
    return places.data / ROUTINES_FOLDER / f"{routine_id}{ROUTINE_ENDING}"


def exercise_file(places: Places, exercise_id: str) -> Path:
    """Return where the user's exercise of that id is written."""
    return places.data / ROUTINES_FOLDER / EXERCISES_FOLDER / f"{exercise_id}{ENDING}"


def free_id(name: str, taken: Container[str], otherwise: str) -> str:
    """Return an id that reads like `name` and that nothing has yet.

    Args:
        name: in any script; what has no Latin letters becomes `otherwise`.
        taken: ids that are in use.
        otherwise: an id.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST_ID].strip("_")
    wanted = words if words[:1].isalpha() else otherwise
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    return found


def put_aside(places: Places, path: Path, now: datetime) -> Path:
    """Take a file of the user away so that it can be brought back, and return where it is now.

    Raises:
        EnvironmentFault: it cannot be moved; it is where it was.
    """
    aside = places.data / REMOVED_FOLDER / f"{now:%Y-%m-%d-%H%M%S}-{path.name}"
    try:
        aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.rename(aside)
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} could not be removed: {reason}.").format(
                path=path, reason=error.strerror or error
            )
        ) from error
    return aside


def bring_back(aside: Path, path: Path) -> None:
    """Put a file back that was put aside.

    Raises:
        EnvironmentFault: it cannot be moved, or there is another one by now.
    """
    try:
        if path.exists():
            raise FileExistsError(errno.EEXIST, tr("another file has taken its place"))
        aside.rename(path)
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} could not be brought back: {reason}.").format(
                path=path, reason=error.strerror or error
            )
        ) from error


def put_schema_beside(places: Places, path: Path, kind: str) -> None:
    """Let text editors complete and check the file at `path`.

    Args:
        places: where the shipped schema is.
        path: the user's file.
        kind: "routine" or "exercise".

    Raises:
        EnvironmentFault: it cannot be written.
    """
    wanted = places.assets / "schemas" / f"{kind}{_SCHEMA_ENDING}"
    beside = path.with_name(wanted.name)
    try:
        content = wanted.read_bytes()
        if not beside.exists() or beside.read_bytes() != content:
            write_own(beside, content)
    except OSError:
        return  # only a convenience


def read_own(path: Path) -> bytes | None:
    """Return the content of a file of the user, or None when there is none to read."""
    try:
        return path.read_bytes()
    except OSError:
        return None
