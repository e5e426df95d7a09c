"""The commands that need no window."""

import argparse
import sys
from collections.abc import Callable

from uncramp.cli.doctor import doctor
from uncramp.cli.play import play
from uncramp.cli.routines import check_files, list_routines, new_routine, show_routine
from uncramp.coach.coach import Coach
from uncramp.model.errors import EnvironmentFault

DONE = 0
INPUT_AT_FAULT = 1
ENVIRONMENT_AT_FAULT = 2


def run(coach: Coach, arguments: argparse.Namespace) -> int:
    """Run one command and return its exit code: 0 done, 1 input at fault, 2 environment at fault.

    Raises:
        KeyError: the command belongs to the window.
    """
    name = arguments.command
    if name == "routines":
        name = f"routines {arguments.action}"
    command = _COMMANDS[name]
    try:
        return command(coach, arguments)
    except EnvironmentFault as fault:
        print(f"uncramp: {fault}", file=sys.stderr)
        return ENVIRONMENT_AT_FAULT
    except BrokenPipeError:
        # The reader of our output went away (| head): nothing to tell, and nobody to tell it to.
        sys.stderr.close()
        return DONE
    finally:
        coach.close()


_COMMANDS: dict[str, Callable[[Coach, argparse.Namespace], int]] = {
    "play": play,
    "doctor": doctor,
    "routines list": list_routines,
    "routines show": show_routine,
    "routines check": check_files,
    "routines new": new_routine,
}
