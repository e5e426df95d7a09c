"""Uncramp in the menu of a Linux desktop, and its files opened by double click.

The three files are those of the freedesktop standards (Desktop Entry 1.5, Shared MIME-info 2.4,
Icon Theme 0.13). Only the user's own folders are written.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from uncramp.coach.places import Places
from uncramp.coach.whole_file import write_own
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

ID: Final = "org.uncramp.Uncramp"
_RESERVED: Final = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_PATIENCE_S: Final = 20


def data_home(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the user's folder for menus, icons and file types."""
    named = environment.get("XDG_DATA_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"


def enter(places: Places, home: Path) -> tuple[Path, ...]:
    """Write entry, icon and file type, and return the files.

    Args:
        places: where the shipped files are.
        home: the folder of `data_home`.

    Raises:
        EnvironmentFault: this desktop has no such menu, or the files cannot be written.
    """
    if not sys.platform.startswith("linux"):
        raise EnvironmentFault(tr("Uncramp can add itself to the menu only on Linux desktops."))
    command = command_line()
    shipped = places.assets / "desktop"
    entry = (shipped / f"{ID}.desktop").read_text("utf-8").replace("@COMMAND@", command)
    contents = {
        "entry": entry.encode("utf-8"),
        "icon": (places.assets / "icons" / "uncramp.svg").read_bytes(),
        "type": (shipped / f"{ID}.xml").read_bytes(),
    }
    for name, path in _files(home).items():
        write_own(path, contents[name])
        path.chmod(0o644)
    _tell(home)
    return tuple(_files(home).values())


def command_line(*words: str) -> str:
    """Return the Exec line that starts this program with further words."""
    return " ".join(_quoted(part) for part in (sys.executable, "-m", "uncramp", *words))


def leave(home: Path) -> tuple[Path, ...]:
    """Take the files away again and return those that were there.

    Raises:
        EnvironmentFault: one cannot be removed.
    """
    gone = tuple(path for path in _files(home).values() if path.exists())
    try:
        for path in gone:
            path.unlink()
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} cannot be removed: {reason}.").format(
                path=error.filename, reason=error.strerror
            )
        ) from error
    _tell(home)
    return gone


def _files(home: Path) -> dict[str, Path]:
    return {
        "entry": home / "applications" / f"{ID}.desktop",
        "icon": home / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg",
        "type": home / "mime" / "packages" / f"{ID}.xml",
    }


def _tell(home: Path) -> None:
    """Let the desktop look again; where it has no such program, it looks by itself."""
    _run(("update-mime-database", str(home / "mime")))
    _run(("update-desktop-database", str(home / "applications")))


def _run(command: Sequence[str]) -> None:
    program = shutil.which(command[0])
    if program is None or not Path(command[1]).is_dir():
        return
    try:
        subprocess.run(  # a program of the system with a path of ours
            [program, *command[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=_PATIENCE_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return


def _quoted(part: str) -> str:
    """Return a word of an Exec line, quoted where the standard asks for it."""
    plain = part.replace("%", "%%")
    if not _RESERVED & set(plain):
        return plain
    for letter in '\\"`$':
        plain = plain.replace(letter, "\\" + letter)
    # The line is a string of the file as well, in which a backslash is written twice.
    return '"' + plain.replace("\\", "\\\\") + '"'
