#!/usr/bin/env python3
"""Everything a developer or a curious user does with Uncramp, from a bare Python.

    python3 dev.py run [ARGS]     set up what is missing and start Uncramp
    python3 dev.py test [ARGS]    everything that guards the project: lint, types, imports, tests
    python3 dev.py lint           the quick half of that: style, types, imports
    python3 dev.py bench [NAME]   the measurements in benchmarks/
    python3 dev.py package        build the wheel into dist/
    python3 dev.py sounds         make the chimes and the spoken prompts anew

Only the standard library is used here, because nothing else is there yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "uncramp-stamp.json"
OLDEST_PYTHON = (3, 11)

# Debian and Ubuntu. Where a library was renamed for 64-bit time, both names are given.
VOICELESS_LIBRARIES = ("libpulse0", "libasound2|libasound2t64")
WINDOW_LIBRARIES = (
    "libgl1",
    "libegl1",
    "libglib2.0-0|libglib2.0-0t64",
    "libxkbcommon0",
    "libfontconfig1",
    "libdbus-1-3",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxss1",
    "fonts-inter",
)
TEST_PROGRAMS = ("xvfb", "xauth", "pulseaudio", "pulseaudio-utils")


class SetupError(Exception):
    """Something that the user has to do; the message says what."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code."""
    commands = {
        "run": run,
        "test": test,
        "lint": lint,
        "bench": bench,
        "package": package,
        "sounds": sounds,
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 1
    if sys.version_info < OLDEST_PYTHON:
        print(f"Uncramp needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start Uncramp; without a display, guide the quick warm-up in the terminal."""
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    display = has_display()
    set_up("run", (*VOICELESS_LIBRARIES, *(WINDOW_LIBRARIES if display else ())))
    if not arguments and not display:
        print("There is no display here, so the quick warm-up is guided in the terminal.")
        print("Ctrl+C ends it. (The same at any time: python3 dev.py run play quick)", flush=True)
        arguments = ["play", "quick"]
    command = [str(python_of_venv()), "-m", "uncramp", *arguments]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)


def test(arguments: list[str]) -> int:
    """Lint, types, import contracts, then the tests; with arguments, those of pytest alone."""
    set_up_for_tests()
    if arguments:
        return python("-m", "pytest", *arguments)
    started = lint_steps()
    # The core must work where Qt is not installed, so its tests run with Qt out of reach.
    core = ("--ignore=tests/ui", "--ignore=tests/e2e", "-p", "no:pytest-qt", "-p", "no:pytestqt")
    without_qt = ("-p", "without_qt", *core)
    steps = [
        ("core, without Qt", (*without_qt, "-n", "2", "-m", "not sound")),
        ("sound, at a real sound server", (*without_qt, "-m", "sound", "tests/sound")),
        ("window and whole program", ("tests/ui", "tests/e2e")),
    ]
    failed = started
    for name, options in steps:
        print(f"== tests: {name}", flush=True)
        failed += python("-m", "pytest", "-q", *options) != 0
    print("== " + ("all good" if not failed else f"{failed} of the steps failed"))
    return 1 if failed else 0


def lint(arguments: list[str]) -> int:
    """Style, types, import contracts."""
    if arguments:
        raise SetupError("lint takes no arguments")
    set_up("dev", ())
    return 1 if lint_steps() else 0


def lint_steps() -> int:
    """Run the checks that need no test; return how many failed."""
    failed = 0
    for name, command in (
        ("style", ("-m", "ruff", "check", ".")),
        ("format", ("-m", "ruff", "format", "--check", "-q", ".")),
        ("types", ("-m", "mypy",)),
        ("imports", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
    ):
        print(f"== {name}", flush=True)
        failed += python(*command) != 0
    return failed


def bench(arguments: list[str]) -> int:
    """Run the named measurement, or all of them one after the other."""
    set_up_for_tests()
    folder = ROOT / "benchmarks"
    found = sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))
    chosen = [path for path in found if not arguments or path.stem == arguments[0]]
    if not chosen:
        names = ", ".join(path.stem for path in found)
        raise SetupError(f"There is no benchmark {arguments[0]!r}. There are: {names}.")
    codes = []
    for path in chosen:
        print(f"== {path.stem}", flush=True)
        codes.append(python(str(path), *arguments[1:]))
    return max(codes)


def package(arguments: list[str]) -> int:
    """Build the wheel."""
    if arguments:
        raise SetupError("package takes no arguments")
    set_up("dev", ())
    return python("-m", "hatchling", "build", "-t", "wheel", "-d", "dist")


def sounds(arguments: list[str]) -> int:
    """Make chimes and prompts anew; needs the voice, which the program itself does not."""
    if arguments:
        raise SetupError("sounds takes no arguments")
    set_up("voice", ())
    return python("packaging/make_chimes.py") or python("packaging/render_voice.py")


def set_up_for_tests() -> None:
    """Install what the tests and measurements need."""
    set_up("dev", (*VOICELESS_LIBRARIES, *WINDOW_LIBRARIES, *TEST_PROGRAMS))


def set_up(kind: str, system: Sequence[str]) -> None:
    """Make the environment fit the locked list `kind`; quick when nothing has changed."""
    lock = ROOT / "requirements" / f"{kind}.txt"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    known = read_stamp()
    if set(system) - set(known.get("system", [])):
        install_system_packages(system)
        known["system"] = sorted({*known.get("system", []), *system})
        known["changed"] = True
    if known.get(kind) != wanted or not python_of_venv().exists():
        install_environment(lock)
        known[kind] = wanted
        for smaller in {"dev": ("run",), "voice": ("run", "dev")}.get(kind, ()):
            inner = ROOT / "requirements" / f"{smaller}.txt"
            known[smaller] = hashlib.sha256(inner.read_bytes()).hexdigest()
        known["changed"] = True
    if known.pop("changed", False):
        STAMP.write_text(json.dumps(known, indent=1), encoding="utf-8")


def read_stamp() -> dict[str, object]:
    """Return what was installed before, or nothing when it is another Python's."""
    try:
        known = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    if not isinstance(known, dict) or known.get("python") != this_python():
        return {"python": this_python()}
    return known


def this_python() -> str:
    """Name the interpreter and the place: an environment that was moved is not usable."""
    return f"{sys.version_info.major}.{sys.version_info.minor} {ROOT}"


def python_of_venv() -> Path:
    """Return the environment's interpreter."""
    if os.name == "nt":
        return VENV / "Scripts" / "python.exe"
    return VENV / "bin" / "python"


def install_environment(lock: Path) -> None:
    """Create the environment where it is missing and install the locked list into it."""
    if not usable_environment():
        if not can_make_environments():
            install_system_packages(("python3-venv",))
        print("Setting up Uncramp (once, about 120 MB to download) ...", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call([sys.executable, "-m", "venv", str(VENV)]) != 0:
            raise SetupError(f"A virtual environment could not be made in {VENV}.")
    command = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if python(*command, "--require-hashes", "-r", str(lock)) != 0:
        raise SetupError(
            "The dependencies could not be installed; see above. With a connection to the "
            "package index the same command goes on where it stopped."
        )
    folder = subprocess.check_output(
        [str(python_of_venv()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        text=True,
    ).strip()
    Path(folder, "uncramp-dev.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


def usable_environment() -> bool:
    """Tell whether the environment there is of this Python and works."""
    if not python_of_venv().exists() or read_stamp().get("python") != this_python():
        return False
    quiet = subprocess.DEVNULL
    return subprocess.call([str(python_of_venv()), "-m", "pip", "-V"], stdout=quiet) == 0


def can_make_environments() -> bool:
    """Debian ships Python without the part that `venv` needs."""
    try:
        import ensurepip  # noqa: F401  # only whether it is there
    except ImportError:
        return False
    return True


def install_system_packages(names: Sequence[str]) -> None:
    """Install the missing ones of `names` on Debian and Ubuntu; elsewhere there is nothing to do.

    Raises:
        SetupError: they are missing and may not be installed; the message has the line to run.
    """
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    missing = missing_packages(names)
    if not missing:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends"]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not as_root and not may_sudo():
        simple = [name.partition("|")[0] for name in missing]
        raise SetupError(
            "Some system libraries are missing. Please run:\n  sudo " + shlex.join([*line, *simple])
        )
    prefix = [] if as_root else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("Installing system libraries: " + ", ".join(missing), flush=True)
    quiet = subprocess.DEVNULL
    for attempt in range(2):
        if attempt or not shutil.which("apt-cache"):
            subprocess.call([*prefix, "apt-get", "update"], stdout=quiet, env=environment)
        chosen = [available_name(name) for name in missing]
        code = subprocess.call([*prefix, *line, *chosen], stdout=quiet, env=environment)
        if code == 0:
            return
    raise SetupError("They could not be installed. Please run:\n  " + shlex.join([*line, *chosen]))


def missing_packages(names: Sequence[str]) -> list[str]:
    """Return those of `names` of which no alternative is installed."""
    alternatives = [part for name in names for part in name.split("|")]
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *alternatives],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [name for name in names if not installed & set(name.split("|"))]


def available_name(name: str) -> str:
    """Return the alternative of `name` that this distribution has."""
    for part in name.split("|"):
        answer = subprocess.run(
            ["apt-cache", "policy", part], capture_output=True, text=True, check=False
        ).stdout
        if "Candidate:" in answer and "Candidate: (none)" not in answer:
            return part
    return name.partition("|")[0]


def may_sudo() -> bool:
    """Tell whether sudo works without asking for a password."""
    if not shutil.which("sudo"):
        return False
    quiet = subprocess.DEVNULL
    return subprocess.call(["sudo", "-n", "true"], stdout=quiet, stderr=quiet) == 0


def has_display() -> bool:
    """Tell whether a window can be expected to open."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def python(*arguments: str) -> int:
    """Run the environment's Python in the project's folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "plugins")}
    return subprocess.call([str(python_of_venv()), *arguments], cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
