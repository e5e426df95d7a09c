"""The program's entry: the command line, and the window for what needs one."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from uncramp.cli.parser import parse
from uncramp.coach.places import find_places
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

ENVIRONMENT_AT_FAULT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one, open the window. Returns the exit code."""
    asked = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        if asked.command in {None, "start"}:
            return _window(asked)
        if asked.command == "figures":
            return _figures(asked)
        from uncramp.cli.main import run  # the window does without it
        from uncramp.coach.coach import Coach

        return run(Coach(find_places(asked.data)), asked)
    except EnvironmentFault as fault:
        print(f"uncramp: {fault}", file=sys.stderr)
        return ENVIRONMENT_AT_FAULT


def _window(asked: Namespace) -> int:
    from uncramp.coach.display import missing_display

    missing = missing_display()
    if missing is not None:
        hint = tr("uncramp play ROUTINE guides a session in the terminal.")
        raise EnvironmentFault(f"{missing} {hint}")
    from uncramp.coach.coach import Coach

    coach = Coach(find_places(asked.data))
    routine = ""
    if asked.command == "start":
        from uncramp.cli.routines import find

        coach.load()
        found = find(coach, asked.routine)
        if found is None:
            return 1
        routine = found.id
    from uncramp.ui.main import run

    return run(coach, routine)


def _figures(asked: Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a picture needs no display, wherever it is made
    from uncramp.coach.coach import Coach
    from uncramp.ui.figure_sheet import render_one, render_sheet
    from uncramp.ui.theme import load_theme

    coach = Coach(find_places(asked.data))
    coach.load()
    exercises = coach.library.exercises
    theme = load_theme(coach.places.assets / "themes", asked.theme)
    if asked.action == "sheet":
        render_sheet(tuple(exercises.values()), asked.out, theme)
        return 0
    exercise = exercises.get(asked.exercise) or next(
        (one for one in exercises.values() if one.ref.casefold() == asked.exercise.casefold()),
        None,
    )
    if exercise is None:
        names = ", ".join(exercises)
        message = tr('uncramp: there is no exercise "{name}". There are: {names}.')
        print(message.format(name=asked.exercise[:80], names=names), file=sys.stderr)
        return 1
    render_one(exercise, asked.out, theme)
    return 0


if __name__ == "__main__":
    sys.exit(main())
