"""The program's entry: the command line, and the window for what needs one."""

import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from uncramp.coach.places import Places, find_places
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

if TYPE_CHECKING:
    from argparse import Namespace

ENVIRONMENT_AT_FAULT = 2
WITHOUT_DISPLAY = "UNCRAMP_WITHOUT_DISPLAY"
"""Names the routine to guide in the terminal where no window can open; else there is a sentence."""
INTERRUPTED = 130
"""As shells tell it of a program that Ctrl+C ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one, open the window. Returns the exit code."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support  # else each helper would open a window

        freeze_support()
    words = sys.argv[1:] if arguments is None else list(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows few letters, or a file name that is none, must not end the program.
        sys.stdout.reconfigure(errors="replace")
    try:
        if not words:
            # The commonest start of all needs no parser.
            return _window(find_places(None), "")
        from uncramp.cli.parser import parse

        asked = parse(words)
        places = find_places(asked.data)
        if asked.command is None:
            return _window(places, "", hidden=asked.hidden)
        if asked.command == "start":
            return _window(places, asked.routine)
        if asked.command == "open":
            return _window(places, "", asked.file)
        if asked.command == "cramp":
            return _cramp(places, asked)
        if asked.command == "figures":
            return _figures(places, asked)
        if asked.command == "report":
            return _report(places, asked)
        from uncramp.cli.main import run
        from uncramp.coach.coach import Coach

        return run(Coach(places), asked)
    except EnvironmentFault as fault:
        print(f"uncramp: {fault}", file=sys.stderr)
        return ENVIRONMENT_AT_FAULT
    except KeyboardInterrupt:
        return INTERRUPTED


def _cramp(places: Places, asked: "Namespace") -> int:
    """Help with a cramp in the window, or here in the terminal where none can open."""
    from uncramp.coach.display import missing_display

    missing = missing_display()
    if missing is not None:
        from uncramp.cli.main import run
        from uncramp.coach.coach import Coach

        return run(Coach(places), asked)
    gc.disable()  # as for every window
    from uncramp.ui.main import run as run_window

    return run_window(places, " ".join(filter(None, ("cramp", asked.muscle, asked.side))))


def _window(places: Places, wanted: str, file: Path | None = None, *, hidden: bool = False) -> int:
    """Open the window.

    Args:
        places: where everything is.
        wanted: names a routine to begin at once; empty for none.
        file: shown at once, because somebody gave it to the user.
        hidden: begin in the tray, or as small as a window gets where there is none.
    """
    from uncramp.coach.display import missing_display

    missing = missing_display()
    if missing is not None:
        instead = os.environ.get(WITHOUT_DISPLAY, "")
        if instead:
            return _terminal(places, wanted or instead, missing)
        hint = tr("uncramp play ROUTINE guides a session in the terminal.")
        raise EnvironmentFault(f"{missing} {hint}")
    wish = "" if file is None else f"open {file.absolute()}"
    if wanted:
        from uncramp.cli.routines import find
        from uncramp.coach.coach import Coach

        coach = Coach(places)
        found = find(coach, wanted)
        if found is None:
            return 1
        wish = f"start {found.id}"
    gc.disable()  # until the window is filled: there is no rubbish yet, and looking takes time
    from uncramp.ui.main import run

    return run(places, wish, hidden=hidden)


def _terminal(places: Places, routine: str, missing: str) -> int:
    """Guide `routine` in the terminal, because no window can open."""
    hint = tr("The session runs here in the terminal instead; Ctrl+C ends it.")
    print(f"{missing} {hint}", flush=True)
    from uncramp.cli.main import run
    from uncramp.cli.parser import parse
    from uncramp.coach.coach import Coach

    return run(Coach(places), parse(["play", routine]))


def _figures(places: Places, asked: "Namespace") -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a picture needs no display, wherever it is made
    from uncramp.coach.coach import Coach
    from uncramp.ui.figure.sheet import render_one, render_sheet
    from uncramp.ui.theme import load_theme

    coach = Coach(places)
    exercises = coach.library.exercises
    theme = load_theme(places.assets / "themes", asked.theme)
    if asked.action == "sheet":
        render_sheet(tuple(exercises.values()), asked.out, theme)
        return 0
    exercise = exercises.get(asked.exercise) or next(
        (one for one in exercises.values() if one.ref.casefold() == asked.exercise.casefold()),
        None,
    )
    if exercise is None:
        names = ", ".join(exercises)
        message = tr('uncramp: there is no exercise "{name}". The exercises are: {names}.')
        print(message.format(name=asked.exercise[:80], names=names), file=sys.stderr)
        return 1
    render_one(exercise, asked.out, theme)
    return 0


def _report(places: Places, asked: "Namespace") -> int:
    """Write the report; only for paper is Qt needed."""
    from uncramp.cli.main import run
    from uncramp.coach.coach import Coach

    if asked.out.suffix.casefold() == ".pdf":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a page needs no display
        try:
            from uncramp.ui.report.pdf import pdf
        except ImportError as error:
            words = tr(
                "A PDF cannot be made here ({reason}). A web page can: choose a name that ends in "
                ".html."
            )
            raise EnvironmentFault(words.format(reason=error)) from error
        asked.pdf = pdf
    return run(Coach(places), asked)


if __name__ == "__main__":
    sys.exit(main())
