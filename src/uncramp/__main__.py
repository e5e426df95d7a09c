"""The program's entry: the command line, and the window for what needs one."""

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
    from uncramp.coach.coach import Coach
    from uncramp.ui.figure_sheet import draw

    coach = Coach(find_places(asked.data))
    coach.load()
    return draw(coach.library.exercises, asked)


if __name__ == "__main__":
    sys.exit(main())
