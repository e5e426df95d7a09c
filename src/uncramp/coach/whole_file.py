"""Writing a file: whole or not at all, and into a folder of the user only where there is one."""

import os
from pathlib import Path

from uncramp.journal.new_file import new_file
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr


def write_whole(path: Path, content: bytes) -> None:
    """Write a file where the user wants it; a symbolic link stays one.

    Raises:
        EnvironmentFault: it cannot be written, or there is no such folder, as a slip of the
            fingers must not make one; whatever was there is untouched.
    """
    try:
        with new_file(path) as new:
            new.write_bytes(content)
    except FileNotFoundError as error:
        folder = Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent
        raise _missing(folder) from error
    except OSError as error:
        raise _not_written(path, error) from error


def write_own(path: Path, content: bytes) -> None:
    """Write a file of the program into its own folder, which is made where it is missing.

    Raises:
        EnvironmentFault: it cannot be written; whatever was there is untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _not_written(path, error) from error
    write_whole(path, content)


def make_folder(folder: Path) -> None:
    """Make a folder that the user wants files in, but none around it.

    Raises:
        EnvironmentFault: there is none around it, or it cannot be made.
    """
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
    except FileNotFoundError as error:
        raise _missing(folder.parent) from error
    except OSError as error:
        sentence = tr("The folder {folder} could not be created: {reason}. Nothing was written.")
        reason = error.strerror or error
        raise EnvironmentFault(sentence.format(folder=folder, reason=reason)) from error


def _missing(folder: Path) -> EnvironmentFault:
    sentence = tr("There is no folder {folder}. Nothing was written.")
    return EnvironmentFault(sentence.format(folder=folder))


def _not_written(path: Path, error: OSError) -> EnvironmentFault:
    sentence = tr("{path} could not be written: {reason}. Nothing was changed.")
    return EnvironmentFault(sentence.format(path=path, reason=error.strerror or error))
