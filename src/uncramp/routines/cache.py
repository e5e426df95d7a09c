"""Files that were found right before need no second look.

Validation costs the import of pydantic (about as long as an empty window takes to open), and
the files that come with the program hardly ever change. So what a file gave is kept as plain
JSON under the digest of its bytes. Only values of the model can be stored and are made again
by their own constructors; whatever does not fit is ignored and the file is read as new. A digest
of the whole stands before it: a cache that was spoilt is not believed.
"""

import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Final

import uncramp
from uncramp.model import body, exercise, figure, moment, routine, text
from uncramp.routines import draft

_LARGEST = 48 * 1024 * 1024
"""Bytes of the largest cache that is read; a thousand routines and exercises fill eight million."""
_TYPES: Final[Mapping[str, type]] = MappingProxyType(
    {
        name: kind
        for module in (body, exercise, figure, moment, routine, text, draft)
        for name, kind in vars(module).items()
        if isinstance(kind, type)
        and kind.__module__ == module.__name__
        and (dataclasses.is_dataclass(kind) or issubclass(kind, Enum))
    }
)

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Checked:
    """What unchanged files gave when they were last read.

    Args:
        path: where it is kept; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path: Final = path
        self._edition: Final = "" if path is None else _edition()
        self._found: dict[str, Json] = {}
        self._used: dict[str, Json] = {}
        if path is not None:
            self._found = self._load(path)

    def get(self, digest: str) -> object | None:
        """Return the value of the file with that digest, or None when it is not known."""
        if digest not in self._found:
            return None
        try:
            value = _decoded(self._found[digest])
        except (KeyError, TypeError, ValueError):
            return None
        self._used[digest] = self._found[digest]
        return value

    def put(self, digest: str, value: object) -> None:
        """Keep the value of a file in which nothing was wrong."""
        if self._path is not None:
            self._used[digest] = _encoded(value)

    def save(self) -> None:
        """Write down what this reading used; without a place to write, the next one is slower."""
        if self._path is None or self._used == self._found:
            return
        content = json.dumps({"edition": self._edition, "files": self._used}).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
            fresh.write_bytes(_digest(content) + b"\n" + content)
            fresh.replace(self._path)
        except OSError:
            return

    def _load(self, path: Path) -> dict[str, Json]:
        try:
            if path.stat().st_size > _LARGEST:
                return {}
            digest, _, text = path.read_bytes().partition(b"\n")
            if digest != _digest(text):
                return {}
            content = json.loads(text)
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(content, dict) or content.get("edition") != self._edition:
            return {}
        files = content.get("files")
        return files if isinstance(files, dict) else {}


def _edition() -> str:
    """Return what changes with the program: files checked by another one are checked again."""
    marks = [uncramp.__version__]
    folders = {_folder(module) for module in (draft, text)}
    for folder in sorted(folders):
        try:
            with os.scandir(folder) as entries:
                sources = sorted(entries, key=lambda entry: entry.name)
                states = [(e.name, e.stat()) for e in sources if e.name.endswith(".py")]
        except OSError:  # packed into one file: the version alone must do
            continue
        marks += [f"{name}:{state.st_size}:{state.st_mtime_ns}" for name, state in states]
    return " ".join(marks)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _folder(module: ModuleType) -> str:
    return str(Path(module.__file__ or "").parent)


def _encoded(value: object) -> Json:
    if isinstance(value, Enum):
        return {type(value).__name__: [value.value]}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return [_encoded(item) for item in value]
    if not dataclasses.is_dataclass(value) or type(value).__name__ not in _TYPES:
        raise TypeError(f"{type(value).__name__} cannot be kept")
    fields = dataclasses.fields(value)
    return {type(value).__name__: [_encoded(getattr(value, field.name)) for field in fields]}


def _decoded(value: Json) -> object:
    if isinstance(value, list):
        return tuple([_decoded(item) for item in value])
    if isinstance(value, dict):
        ((name, arguments),) = value.items()
        if not isinstance(arguments, list):
            raise TypeError(name)
        return _TYPES[name](*[_decoded(item) for item in arguments])
    return value
