"""Everything a developer or a curious user does with Uncramp, from a bare Python.

    python3 dev.py run [ARGS]     set up what is missing and start Uncramp
    python3 dev.py test [ARGS]    everything that guards the project: lint, types, imports, tests
    python3 dev.py test --all     the same with coverage, then what takes long: the careless hand,
                                  the planner's and the editor's fuzzing, mutants of recordings
    python3 dev.py lint           the quick half of that: style, types, imports
    python3 dev.py bench [NAME]   the measurements in benchmarks/
    python3 dev.py package        build the wheel into dist/
    python3 dev.py sounds         make the chimes and the spoken prompts anew
    python3 dev.py strings [WORD] every sentence that a user can meet, with its place

Only the standard library is used here, because nothing else is there yet.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "uncramp-stamp.txt"
OLDEST_PYTHON = (3, 11)
# Tells the program which routine to guide in the terminal where no window can open.
WITHOUT_DISPLAY, QUICK_WARM_UP = "UNCRAMP_WITHOUT_DISPLAY", "prerun_quick"
# Each list in requirements/ with those that are part of it.
INCLUDED = {"run": ("run",), "dev": ("dev", "run"), "voice": ("voice", "dev", "run")}

# Debian and Ubuntu. Where a library was renamed for 64-bit time, both names are given.
# What a session is possible without, if only less well: sound, the typeface, the waking screen.
SOUND_LIBRARIES = ("libpulse0", "libasound2|libasound2t64")
NICETIES = ("fonts-inter", "libxss1")
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
    "libwayland-cursor0",
    "libwayland-egl1",
)
APT_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")
# What apt says while another program, such as the updates of a fresh Ubuntu, installs something.
HELD_BY_ANOTHER = ("Could not get lock", "is another process using it", "Unable to lock")
HELD_PATIENCE_S, HELD_LOOK_S = 300.0, 2.0
TEST_PROGRAMS = (
    *("xvfb", "xauth", "libxtst6", "openbox", "pulseaudio", "pulseaudio-utils"),
    *("dbus-daemon|dbus", "trayer"),
)


COVERAGE = ("--cov=uncramp", "--cov-append", "--cov-report=term:skip-covered")
LONG = (("monkey", "5"), ("fuzz_routines",), ("fuzz_recordings",))
"""What only `test --all` runs: names of benchmarks that fail when something is wrong."""


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
        "strings": strings,
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
    display = has_display(os.environ)
    required = WINDOW_LIBRARIES if display else ()
    helpful = (*SOUND_LIBRARIES, *(NICETIES if display else ()))
    set_up("run", required, helpful)
    known = read_stamp()
    seen = "1" if display else known.get("display", "0")
    write_stamp({**known, "start": start_sum(), "display": seen})
    environment = {**os.environ, WITHOUT_DISPLAY: QUICK_WARM_UP}
    command = [str(python_of_venv()), "-m", "uncramp", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment)


def start_sum() -> str:
    """Return what changes whenever a start has to look at the environment anew."""
    wanted = Path(__file__).read_bytes() + (ROOT / "requirements" / "run.txt").read_bytes()
    return f"{zlib.crc32(wanted):08x}"


def test(arguments: list[str]) -> int:
    """Lint, types, import contracts, then the tests; with arguments, those of pytest alone."""
    set_up_for_tests()
    everything = arguments == ["--all"]
    if arguments and not everything:
        return python("-m", "pytest", *arguments)
    failed = lint_steps()
    measured = COVERAGE if everything else ()
    # The core must work where Qt is not installed, so its tests run with Qt out of reach.
    core = ("-q", "-p", "without_qt", "-p", "no:pytest-qt")
    everywhere = ("--ignore=tests/ui", "--ignore=tests/e2e")
    failed += steps(
        (
            "core, without Qt",
            ("-m", "pytest", *core, *everywhere, "-n", "2", "-m", "not sound", *measured),
        ),
        ("sound, at a real sound server", ("-m", "pytest", *core, "-m", "sound", "tests/sound")),
        ("window and whole program", ("-m", "pytest", "-q", "tests/ui", "tests/e2e", *measured)),
    )
    if everything:
        failed += steps(*((name, (f"benchmarks/{name}.py", *words)) for name, *words in LONG))
    print("== " + ("all good" if not failed else f"failed: {', '.join(failed)}"))
    return 1 if failed else 0


def lint(arguments: list[str]) -> int:
    """Style, types, import contracts."""
    if arguments:
        raise SetupError("lint takes no arguments")
    set_up("dev")
    return 1 if lint_steps() else 0


def lint_steps() -> list[str]:
    """Run the checks that need no test; return the names of those that failed."""
    return steps(
        ("style", ("-m", "ruff", "check", ".")),
        ("format", ("-m", "ruff", "format", "--check", "-q", ".")),
        ("types", ("-m", "mypy")),
        ("imports", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
    )


def steps(*named: tuple[str, Sequence[str]]) -> list[str]:
    """Run each with the environment's Python, whatever the others say; return what failed."""
    failed = []
    for name, command in named:
        print(f"== {name}", flush=True)
        begun = time.monotonic()
        if python(*command) != 0:
            failed.append(name)
        print(f"   {name}: {time.monotonic() - begun:.0f} s", flush=True)
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
    set_up("dev")
    return python("-m", "hatchling", "build", "-t", "wheel", "-d", "dist")


def sounds(arguments: list[str]) -> int:
    """Make chimes and prompts anew; needs the voice, which the program itself does not."""
    if arguments:
        raise SetupError("sounds takes no arguments")
    set_up("voice")
    return python("packaging/make_chimes.py") or python("packaging/render_voice.py")


def strings(arguments: list[str]) -> int:
    """List the sentences that a user can meet; with a word, those that contain it."""
    set_up("dev")
    return python("packaging/strings.py", *arguments)


def set_up_for_tests() -> None:
    """Install what the tests and measurements need."""
    set_up("dev", (*WINDOW_LIBRARIES, *SOUND_LIBRARIES, *NICETIES, *TEST_PROGRAMS))


def set_up(kind: str, required: Sequence[str] = (), helpful: Sequence[str] = ()) -> None:
    """Make the environment fit the locked list `kind`; quick when nothing has changed.

    Args:
        kind: the name of a list in requirements/.
        required: system packages without which it does not work.
        helpful: system packages without which something is missing; that is told once.
    """
    known = read_stamp()
    seen = set(known.get("system", "").split())
    usable = "made" in known and python_of_venv().exists()
    if usable and not is_whole(known):
        print("A part of the environment is missing; it is made anew.", flush=True)
        usable = False
    if not usable and not can_make_environments():
        required = (*required, "python3-venv")
    if not {*required, *helpful} <= seen:
        install_system_packages(required, helpful)
        known["system"] = " ".join(sorted({*seen, *required, *helpful} - {"python3-venv"}))
        if usable:
            write_stamp(known)
    if not usable:
        make_environment()
        known = {"made": this_python(), "system": known.get("system", "")}
        write_stamp(known)
    if known.get(kind) != lock_sum(kind):
        install_dependencies(kind)
        known.update({inner: lock_sum(inner) for inner in INCLUDED[kind]})
        write_stamp({**known, "packages": installed()})
    elif "packages" not in known:
        write_stamp({**known, "packages": installed()})


def is_whole(known: Mapping[str, str]) -> bool:
    """Tell whether everything that was installed is still there, by the names at the top."""
    return set(known.get("packages", "").split()) <= set(installed().split())


def installed() -> str:
    """Return the names of all that lies in the environment's folder of packages."""
    try:
        names = {path.name for path in packages_of_venv().iterdir()}
    except OSError:
        return ""
    return " ".join(sorted(names - {"__pycache__"}))


def packages_of_venv() -> Path:
    """Return the folder of packages of the environment."""
    if os.name == "nt":
        return VENV / "Lib" / "site-packages"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return VENV / "lib" / version / "site-packages"


def lock_sum(kind: str) -> str:
    """Return what changes whenever the locked list `kind` does."""
    return f"{zlib.crc32((ROOT / 'requirements' / f'{kind}.txt').read_bytes()):08x}"


def read_stamp() -> dict[str, str]:
    """Return what was installed before, or nothing when it is another Python's."""
    try:
        lines = STAMP.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    known = {key: value for key, found, value in (line.partition(": ") for line in lines) if found}
    return known if known.get("made") == this_python() else {}


def write_stamp(known: Mapping[str, str]) -> None:
    """Note what is installed."""
    text = "".join(f"{key}: {value}\n" for key, value in known.items())
    STAMP.write_text(text, encoding="utf-8")


def this_python() -> str:
    """Name the interpreter and the place: an environment that was moved is not usable."""
    return f"{sys.version_info.major}.{sys.version_info.minor} {ROOT}"


def python_of_venv() -> Path:
    """Return the environment's interpreter."""
    if os.name == "nt":
        return VENV / "Scripts" / "python.exe"
    return VENV / "bin" / "python"


def make_environment() -> None:
    """Make an empty environment in the place of whatever is there."""
    print("Setting up Uncramp (once, about 120 MB to download) ...", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    # Not the environment's own interpreter, should that be the one that runs this.
    base = getattr(sys, "_base_executable", sys.executable)
    if subprocess.call([base, "-m", "venv", str(VENV)]) != 0:
        raise SetupError(f"A virtual environment could not be made in {VENV}.")


def install_dependencies(kind: str) -> None:
    """Install the locked list `kind` into the environment, and make src importable there."""
    lock = ROOT / "requirements" / f"{kind}.txt"
    # Errors alone: pip's warnings, such as one to root, are nothing that the user could mend.
    command = ["-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if python(*command, "--require-hashes", "-r", str(lock)) != 0:
        raise SetupError(
            "The dependencies could not be installed; see above. With a connection to the "
            "package index the same command goes on where it stopped."
        )
    (packages_of_venv() / "uncramp-dev.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


def can_make_environments() -> bool:
    """Debian ships Python without the part that `venv` needs."""
    try:
        import ensurepip  # noqa: F401  # only whether it is there
    except ImportError:
        return False
    return True


def install_system_packages(required: Sequence[str], helpful: Sequence[str]) -> None:
    """Install what is missing on Debian and Ubuntu; elsewhere there is nothing to do.

    Without the right to install, a missing helpful one is told and left.

    Raises:
        SetupError: required ones are missing; the message has the line to run.
    """
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        return
    missing = missing_packages((*required, *helpful))
    if not missing:
        return
    as_root = os.geteuid() == 0
    if as_root or may_sudo():
        prefix = [] if as_root else ["sudo", "-n"]
        print("Installing system libraries: " + " ".join(missing) + " ...", flush=True)
        trouble = apt_install(prefix, missing)
        if not trouble:
            return
    else:
        trouble = ""
    line = f"{trouble}Some system libraries are missing. Please run:\n  {by_hand(missing)}"
    if set(missing) & set(required):
        raise SetupError(line)
    print(line, "Uncramp starts without them; with them, more works.", sep="\n", flush=True)


def by_hand(missing: Sequence[str]) -> str:
    """Return the line that installs packages, for somebody who may."""
    chosen = [available_name(name) for name in missing]
    line = "sudo " + shlex.join([*APT_INSTALL, *chosen])
    known = all(is_available(name) for name in chosen)
    return line if known else f"sudo apt-get update && {line}"


def apt_install(prefix: Sequence[str], missing: Sequence[str]) -> str:
    """Install packages, after fetching the lists when they are absent or old.

    Returns:
        What went wrong, to be shown before advice; empty when all is installed.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    trouble = ""
    for attempt in range(2):
        chosen = [available_name(name) for name in missing]
        if attempt or not all(is_available(name) for name in chosen):
            once_free([*prefix, "apt-get", "update"], environment)
            chosen = [available_name(name) for name in missing]
        trouble = once_free([*prefix, *APT_INSTALL, *chosen], environment)
        if not trouble:
            break
    return trouble


def once_free(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run a command of apt, waiting some minutes for another program that holds its locks.

    Apt's own option for it does not cover the lock of the lists, which `update` takes.

    Returns:
        As of `spoken`.
    """
    end = time.monotonic() + HELD_PATIENCE_S
    is_said = False
    while True:
        trouble = spoken(command, environment)
        held = any(sign in trouble for sign in HELD_BY_ANOTHER)
        if not held or time.monotonic() > end:
            return trouble
        if not is_said:
            minutes = HELD_PATIENCE_S / 60
            print(
                "Another program is installing packages; "
                f"waiting up to {minutes:.0f} minutes for it ...",
                flush=True,
            )
            is_said = True
        time.sleep(HELD_LOOK_S)


def spoken(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run a command quietly; return the end of what it said when it failed, else nothing."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env=environment,
    )
    return "" if done.returncode == 0 else "\n".join([*done.stdout.splitlines()[-8:], ""])


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
    parts = name.split("|")
    return next((part for part in parts if is_available(part)), parts[0])


def is_available(package: str) -> bool:
    """Tell whether apt knows where to get a package."""
    answer = subprocess.run(
        ["apt-cache", "policy", package], capture_output=True, text=True, check=False
    ).stdout
    return "Candidate:" in answer and "Candidate: (none)" not in answer


def may_sudo() -> bool:
    """Tell whether sudo works without asking for a password."""
    if not shutil.which("sudo"):
        return False
    quiet = subprocess.DEVNULL
    return subprocess.call(["sudo", "-n", "true"], stdout=quiet, stderr=quiet) == 0


def has_display(environment: Mapping[str, str]) -> bool:
    """Tell whether somebody may expect a window here, so that its libraries are needed."""
    if not sys.platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def python(*arguments: str) -> int:
    """Run the environment's Python in the project's folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "plugins")}
    return subprocess.call([str(python_of_venv()), *arguments], cwd=ROOT, env=environment)
