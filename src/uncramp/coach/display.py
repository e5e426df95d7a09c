"""Whether a window could open, asked before Qt is: Qt itself ends the program when it cannot."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from uncramp.model.language import tr

_LOCAL_HOSTS = {"", "unix", "localhost", "127.0.0.1"}
_NEEDED = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
_PATIENCE_S = 1.0


def missing_display(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return one sentence on why no window can open, or None when one can."""
    if not sys.platform.startswith("linux"):
        return None
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform and platform not in {"xcb", "wayland"}:
        return None
    if platform != "xcb" and _wayland_answers(environment):
        return None
    display = environment.get("DISPLAY", "")
    if not display:
        return tr("There is no display here.")
    if not _x11_answers(display):
        return tr("The display {display} does not respond.").format(display=display)
    return _missing_library()


def _missing_library() -> str | None:
    import ctypes  # with a display only

    for library, package in _NEEDED:
        try:
            ctypes.CDLL(library)
        except OSError:
            return tr("The system library {library} is missing (on Debian: {package}).").format(
                library=library, package=package
            )
    return None


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environment.get("XDG_RUNTIME_DIR", "/nonexistent")) / name
    return _connects(str(path))


def _x11_answers(display: str) -> bool:
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdigit():
        return False
    if host not in _LOCAL_HOSTS:
        # A display of another machine: only Qt can tell, and it may take its time.
        return True
    socket_path = f"/tmp/.X11-unix/X{number}"
    port = 6000 + int(number)
    return (
        _connects(socket_path)
        or _connects("\0" + socket_path)
        or (port < 65_536 and _connects(("127.0.0.1", port)))
    )


def _connects(address: "str | tuple[str, int]") -> bool:
    import socket  # with a display only

    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(_PATIENCE_S)
            probe.connect(address)
    except (OSError, ValueError):
        return False
    return True
