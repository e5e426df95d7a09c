#!/usr/bin/env python3
"""Uncramp's two commands, `python3 dev.py run` and `python3 dev.py test`, and a few more.

What they do is in packaging/development.py. Here is only the commonest start, in the fewest
steps: when the environment is as the last start left it, it is started at once.
"""

import os
import sys
import zlib

ROOT = os.path.dirname(os.path.realpath(__file__))


def start_at_once(arguments: list[str]) -> None:
    """Become the program when nothing has to be set up; return when something has."""
    if os.name != "posix":
        return  # there a program cannot become another one
    folder = os.path.join(ROOT, ".venv")
    try:
        with open(os.path.join(folder, "uncramp-stamp.txt"), encoding="utf-8") as stamp:
            known = set(stamp.read().splitlines())
        wanted = b""
        for name in ("packaging/development.py", "requirements/run.txt"):
            with open(os.path.join(ROOT, name), "rb") as file:
                wanted += file.read()
    except (OSError, ValueError):
        return
    display = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
    made = f"made: {sys.version_info[0]}.{sys.version_info[1]} {ROOT}"
    needed = {made, f"start: {zlib.crc32(wanted):08x}"}
    if not needed <= known or (display and "display: 1" not in known):
        return
    python = os.path.join(folder, "bin", "python")
    if os.path.exists(python):
        words = arguments[1:] if arguments[:1] == ["--"] else arguments
        os.environ["UNCRAMP_WITHOUT_DISPLAY"] = "prerun_quick"
        os.execv(python, [python, "-m", "uncramp", *words])


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        start_at_once(sys.argv[2:])
    sys.path.insert(0, os.path.join(ROOT, "packaging"))
    from development import main

    sys.exit(main(sys.argv[1:]))
