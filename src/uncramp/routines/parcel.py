"""A routine with the exercises it needs as one file, to be mailed and opened elsewhere.

The file is a zip archive with the texts as they are: `routine.toml`, `exercises/ID.toml`, and
pictures beside the exercises that have one. Packing is exact: the same texts give the same bytes
on every machine, so nothing is compressed and no date is noted. Whoever opens one has not to
trust it: names, sizes and numbers are bounded, and nothing is written here.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.routines.folders import ENDING, EXERCISES_FOLDER
from uncramp.routines.source import SIZE_LIMIT, printable

PARCEL_ENDING: Final = ".uncramp"
PICTURE_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of the largest picture that stands in for a figure."""
PARCEL_LIMIT: Final = 32 * 1024 * 1024
"""Bytes of the largest file that is opened."""
MAX_ENTRIES: Final = 200
ROUTINE_NAME: Final = "routine.toml"
_EXERCISE_NAME: Final = re.compile(
    rf"{EXERCISES_FOLDER}/([a-z][a-z0-9_]{{0,63}}){re.escape(ENDING)}"
)
_PICTURE_NAME: Final = re.compile(rf"{EXERCISES_FOLDER}/([a-z][a-z0-9_]{{0,63}}\.(?:svg|png))")
_NO_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed over.

    Attributes:
        routine: the routine's text; empty for exercises alone.
        exercises: the texts of exercises, by the id that names their file.
        pictures: pictures that stand in for figures, by file name, for example "wave.png".
    """

    routine: bytes
    exercises: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def pack(parcel: Parcel) -> bytes:
    """Return the parcel as one file; equal parcels give equal bytes."""
    entries = {
        f"{EXERCISES_FOLDER}/{name}{ENDING}": text for name, text in parcel.exercises.items()
    }
    entries |= {f"{EXERCISES_FOLDER}/{name}": data for name, data in parcel.pictures.items()}
    if parcel.routine:
        entries[ROUTINE_NAME] = parcel.routine
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.create_system = 3  # else it would tell Windows from the rest
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, entries[name])
    return stream.getvalue()


def unpack(data: bytes, file: str) -> tuple[Parcel | None, tuple[Problem, ...]]:
    """Open a parcel in memory.

    Args:
        data: the file's content, at most `PARCEL_LIMIT` bytes.
        file: what problems call it.

    Returns:
        The parcel, or None when the file as a whole is none; and everything wrong with it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _opened(archive, file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        # Also: encrypted, an unknown way of packing, an offset outside of the file.
        return None, (Problem(file, 0, 0, tr("is damaged, or is not an Uncramp file")),)
    except (ValueError, UnicodeDecodeError):
        return None, (Problem(file, 0, 0, tr("is damaged, or is not an Uncramp file")),)


def _opened(archive: zipfile.ZipFile, file: str) -> tuple[Parcel | None, tuple[Problem, ...]]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        message = tr("has {n} files in it; at most {limit} are opened")
        return None, (Problem(file, 0, 0, message.format(n=len(entries), limit=MAX_ENTRIES)),)
    problems: list[Problem] = []
    routine = b""
    exercises: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        exercise, picture = _EXERCISE_NAME.fullmatch(name), _PICTURE_NAME.fullmatch(name)
        if not (exercise or picture or name == ROUTINE_NAME) or name in seen:
            message = tr('"{name}" does not belong in it and was left out')
            problems.append(Problem(file, 0, 0, message.format(name=printable(name[:80]))))
            continue
        seen.add(name)
        limit = PICTURE_LIMIT if picture else SIZE_LIMIT
        content = _content(archive, entry, limit)
        if content is None:
            message = tr('"{name}" is too large: at most {limit} kB are read')
            problems.append(Problem(file, 0, 0, message.format(name=name, limit=limit // 1024)))
        elif exercise:
            exercises[exercise[1]] = content
        elif picture:
            pictures[picture[1]] = content
        else:
            routine = content
    if not (routine or exercises):
        return None, (*problems, Problem(file, 0, 0, tr("has no routine and no exercise in it")))
    return Parcel(routine, exercises, pictures), tuple(problems)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes | None:
    """Return what an entry holds, or None when it is more than it should be, whatever it says."""
    if entry.file_size > limit:
        return None
    with archive.open(entry) as stream:
        content = stream.read(limit + 1)
    return None if len(content) > limit else content
