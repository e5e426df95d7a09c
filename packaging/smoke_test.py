"""Does an installed copy do its work? Uses nothing but the command that starts it.

    python packaging/smoke_test.py -- uncramp
    python packaging/smoke_test.py -- /opt/uncramp/bin/python -m uncramp

Each check runs the command in an empty folder with an empty home. Prints a line for each and
exits with 1 when one fails. The standard library is enough, so that it runs beside any package.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LONGEST_S = 120.0
ROUTINE = "prerun_quick"
PNG = b"\x89PNG\r\n\x1a\n"


class SmokeError(Exception):
    """What an installed copy does not do."""


class Copy:
    """An installed copy, started by `command` with all that it writes below `folder`."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.command = list(command)
        self.folder = folder
        self.home = folder / "home"
        self.data = folder / "data"
        self.elsewhere = folder / "elsewhere"
        for made in (self.home, self.elsewhere):
            made.mkdir()
        self.environment = {
            **os.environ,
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        for name in ("UNCRAMP_DATA_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            self.environment.pop(name, None)

    def says(self, *arguments: str) -> str:
        """Run it to its end and return what it prints.

        Raises:
            SmokeError: it fails, hangs, or complains.
        """
        try:
            done = subprocess.run(
                [*self.command, "--data", str(self.data), *arguments],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=LONGEST_S,
                stdin=subprocess.DEVNULL,
                env=self.environment,
                cwd=self.elsewhere,
            )
        except subprocess.TimeoutExpired as error:
            raise SmokeError(f"does not end within {LONGEST_S:.0f} s") from error
        if done.returncode != 0 or done.stderr:
            raise SmokeError(f"exit code {done.returncode}; it says: {done.stdout}{done.stderr}")
        return done.stdout


def shows_its_version(copy: Copy) -> None:
    """The command is there and is Uncramp."""
    demand(copy.says("--version").startswith("Uncramp "), "no version")


def finds_its_routines(copy: Copy) -> None:
    """The shipped routines and the exercises they use were packed."""
    rows = json.loads(copy.says("routines", "list", "--json"))
    shipped = {row["id"] for row in rows if row["built_in"]}
    demand(ROUTINE in shipped, f"routines found: {sorted(shipped)}")
    for routine in sorted(shipped):
        steps = json.loads(copy.says("routines", "show", routine, "--json"))["steps"]
        demand(bool(steps), f"{routine} has no steps")


def begins_a_routine_of_the_user(copy: Copy) -> None:
    """The schemas were packed, and what the program writes it also accepts."""
    path = json.loads(copy.says("routines", "new", "smoke", "--json"))["path"]
    demand((Path(path).parent / "routine.schema.json").exists(), "no schema beside it")
    copy.says("routines", "check", path)


def can_speak(copy: Copy) -> None:
    """Voice, journal and routines are in order. Sound and display are the machine's affair."""
    findings = {row["subject"]: row for row in json.loads(copy.says("doctor", "--json"))}
    for subject in ("program", "voice", "journal", "routines"):
        demand(findings[subject]["health"] == "works", str(findings[subject]))


def guides_a_session(copy: Copy) -> None:
    """A whole session runs, its cues in order."""
    log = copy.folder / "cues.jsonl"
    copy.says("play", ROUTINE, "--speed", "400", "--mute", "--log", str(log))
    cues = [json.loads(line)["cue"] for line in log.read_text(encoding="utf-8").splitlines()]
    demand(cues[0] == "get_ready" and cues[-1] == "finish", f"cues: {cues}")


def draws_its_figures(copy: Copy) -> None:
    """Qt works, and the poses were packed."""
    picture = copy.folder / "sheet.png"
    copy.says("figures", "sheet", str(picture))
    demand(picture.read_bytes().startswith(PNG), "no picture")


def fills_its_window(copy: Copy) -> None:
    """The window opens, is filled, and closes when it is asked to."""
    mark = copy.data / "window.open"
    output = copy.folder / "window.txt"
    with output.open("wb") as said:
        window = subprocess.Popen(
            [*copy.command, "--data", str(copy.data)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=copy.environment,
            cwd=copy.elsewhere,
        )
    try:
        demand(appears(mark, window), f"not filled; it says: {output.read_text('utf-8')}")
        if os.name == "posix":
            # The second start is handed over to the window, which then is in its event loop.
            copy.says()
            window.send_signal(signal.SIGTERM)
            demand(window.wait(LONGEST_S) == 0, f"exit code {window.returncode}")
            demand(b"Traceback" not in output.read_bytes(), output.read_text("utf-8"))
    finally:
        window.kill()
        window.wait()


def keeps_to_its_folder(copy: Copy) -> None:
    """Nothing was written but where --data pointed."""
    for folder in (copy.home, copy.elsewhere):
        found = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
        demand(not found, f"left behind: {found}")


CHECKS: tuple[Callable[[Copy], None], ...] = (
    shows_its_version,
    finds_its_routines,
    begins_a_routine_of_the_user,
    can_speak,
    guides_a_session,
    draws_its_figures,
    fills_its_window,
    keeps_to_its_folder,
)


def demand(holds: bool, otherwise: str) -> None:
    """Raise SmokeError with `otherwise` unless it holds."""
    if not holds:
        raise SmokeError(otherwise)


def appears(path: Path, process: subprocess.Popen[bytes]) -> bool:
    """Wait for a file while a process lives; tell whether it came."""
    end = time.monotonic() + LONGEST_S
    while not path.exists():
        if time.monotonic() > end or process.poll() is not None:
            return False
        time.sleep(0.02)
    return True


def main(arguments: Sequence[str]) -> int:
    """Run every check; return 1 when one fails, 0 otherwise."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command or command[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if command else 1
    failed = 0
    with tempfile.TemporaryDirectory(prefix="uncramp-smoke-") as folder:
        copy = Copy(command, Path(folder))
        for check in CHECKS:
            name = check.__name__.replace("_", " ")
            try:
                check(copy)
            except (SmokeError, OSError, ValueError, KeyError, IndexError) as error:
                failed += 1
                print(f"no  {name}: {error}", flush=True)
            else:
                print(f"ok  {name}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
