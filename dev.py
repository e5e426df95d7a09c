#!/usr/bin/env python3
"""Uncramp's two commands, `python3 dev.py run` and `python3 dev.py test`, and a few more.

What they do is in packaging/development.py. Here is only the commonest start, in the fewest
steps: when the environment is as the last start left it, the program is started at once.
"""

import os
import site
import sys
import zlib

ROOT = os.path.dirname(os.path.realpath(__file__))
ENVIRONMENT = os.path.join(ROOT, ".venv")


def start_at_once(arguments: list[str]) -> None:
    """Become the program when nothing has to be set up; return when something has."""
    if os.name != "posix" or not is_set_up():
        return  # elsewhere a program cannot become another one
    python = os.path.join(ENVIRONMENT, "bin", "python")
    if not os.path.exists(python):
        return
    words = arguments[1:] if arguments[:1] == ["--"] else arguments
    os.environ["UNCRAMP_WITHOUT_DISPLAY"] = "prerun_quick"
    if not enter_environment(python):
        os.execv(python, [python, "-m", "uncramp", *words])
    import uncramp.__main__ as program

    sys.argv[:] = [program.__file__, *words]
    sys.exit(program.main())


def is_set_up() -> bool:
    """Tell whether the environment is as the last start left it, and enough for this one."""
    try:
        with open(os.path.join(ENVIRONMENT, "uncramp-stamp.txt"), encoding="utf-8") as stamp:
            known = set(stamp.read().splitlines())
        there = set(os.listdir(packages_folder()))
        wanted = b""
        for name in ("packaging/development.py", "requirements/run.txt"):
            with open(os.path.join(ROOT, name), "rb") as file:
                wanted += file.read()
    except (OSError, ValueError):
        return False
    display = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
    made = f"made: {sys.version_info[0]}.{sys.version_info[1]} {ROOT}"
    needed = {made, f"start: {zlib.crc32(wanted):08x}"}
    packages = next((line for line in known if line.startswith("packages: ")), "")
    is_whole = bool(packages) and set(packages.split()[1:]) <= there
    return is_whole and needed <= known and (not display or "display: 1" in known)


def packages_folder() -> str:
    """Return where the packages of the environment are."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return os.path.join(ENVIRONMENT, "lib", version, "site-packages")


def enter_environment(python: str) -> bool:
    """Make this interpreter the environment's, when it is the very one that the environment has.

    A second interpreter would cost every start some milliseconds. What `activate_this.py` of
    virtualenv does is done here too, and the packages of the machine are left behind.

    Args:
        python: the environment's interpreter.

    Returns:
        Whether it could be done.
    """
    library = os.path.dirname(os.__file__)
    packages = packages_folder()
    if (
        os.path.realpath(python) != os.path.realpath(sys.executable)
        or sys.prefix != sys.base_prefix
        or not os.path.isdir(packages)
    ):
        return False
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:] = [
        entry
        for entry in sys.path
        if entry in (library, os.path.join(library, "lib-dynload"))
        or entry.endswith(".zip")
        or (entry and entry in given)
    ]
    sys.executable = python
    sys.prefix = sys.exec_prefix = ENVIRONMENT
    site.PREFIXES = [ENVIRONMENT]
    site.ENABLE_USER_SITE = False
    site.addsitedir(packages)
    return True


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        start_at_once(sys.argv[2:])
    sys.path.insert(0, os.path.join(ROOT, "packaging"))
    from development import main

    sys.exit(main(sys.argv[1:]))
