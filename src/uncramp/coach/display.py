"""Whether a window could open, asked before Qt is: Qt itself ends the program when it cannot."""

import ctypes
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from uncramp.model.language import tr

_LOCAL = re.compile(r"^(?:unix|localhost|127\.0\.0\.1)?:(\d+)(?:\.\d+)?$")
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
        return tr("The display {display} does not answer.").format(display=display)
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
    return _connects(socket.AF_UNIX, str(path))


def _x11_answers(display: str) -> bool:
    local = _LOCAL.match(display)
    if local is None:
        # A display of another machine: only Qt can tell, and it may take its time.
        return ":" in display
    number = local.group(1)
    ways: list[tuple[socket.AddressFamily, object]] = [
        (socket.AF_UNIX, f"/tmp/.X11-unix/X{number}"),  # where X11 puts it
        (socket.AF_UNIX, f"\0/tmp/.X11-unix/X{number}"),
        (socket.AF_INET, ("127.0.0.1", 6000 + int(number))),
    ]
    return any(_connects(family, address) for family, address in ways)


def _connects(family: "socket.AddressFamily", address: object) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(_PATIENCE_S)
            probe.connect(address)  # type: ignore[arg-type]  # a path or a pair, by family
    except (OSError, OverflowError, ValueError):
        return False
    return True
