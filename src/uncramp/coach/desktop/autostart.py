"""Uncramp at the start of the desktop, as a choice of the user (XDG Autostart 0.5)."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from uncramp.coach.desktop.menu import ID, command_line
from uncramp.coach.places import Places
from uncramp.coach.whole_file import write_own
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

_DELAY_S: Final = 10


def autostart_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the desktop looks for it."""
    named = environment.get("XDG_CONFIG_HOME", "")
    home = Path(named) if Path(named).is_absolute() else Path.home() / ".config"
    return home / "autostart" / f"{ID}.desktop"


def set_autostart(places: Places, file: Path, *, wanted: bool) -> None:
    """Write or remove the file.

    Raises:
        EnvironmentFault: this desktop has no such folder, or it cannot be written.
    """
    if not sys.platform.startswith("linux"):
        raise EnvironmentFault(tr("Starting at login works only on a Linux desktop."))
    if wanted:
        data = ("--data", str(places.data)) if places.chosen else ()
        command = command_line(*data, "--hidden")
        write_own(file, _ENTRY.format(command=command, delay=_DELAY_S).encode())
        return
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} cannot be removed: {reason}.").format(path=file, reason=error.strerror)
        ) from error


_ENTRY: Final = """[Desktop Entry]
Type=Application
Name=Uncramp
Comment=Reminders for the routines of your plan
Exec={command}
Icon=org.uncramp.Uncramp
Terminal=false
X-GNOME-Autostart-enabled=true
X-GNOME-Autostart-Delay={delay}
"""
