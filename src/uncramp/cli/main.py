"""The commands that need no window."""

import argparse
import contextlib
import errno
import os
import sys
from collections.abc import Callable

from uncramp.cli.cramp import guide, relieve
from uncramp.cli.doctor import doctor
from uncramp.cli.export import export_journal, import_entries, write_import_templates
from uncramp.cli.handoff import add_file, export_routine
from uncramp.cli.log import log
from uncramp.cli.menu import put_into_menu
from uncramp.cli.routines import check_files, list_routines, new_routine, show_routine
from uncramp.coach.coach import Coach
from uncramp.coach.diary.backups import sweep_leftovers
from uncramp.coach.diary.history import holds_entries
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.week import begin_weeks_on, usual_first_weekday

_BY_WEEKS = frozenset({"insights", "report"})
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
    if name in _BY_WEEKS:
        begin_weeks_on(_first_weekday(coach))
    sweep_leftovers(coach.places)
    try:
        code = command(coach, arguments)
        print(end="", flush=True)
    except EnvironmentFault as fault:
        print(f"uncramp: {fault}", file=sys.stderr)
        return ENVIRONMENT_AT_FAULT
    except OSError as error:
        if error.filename is not None:
            raise  # files are looked after where they are used
        return _output_is_gone(error)
    finally:
        coach.close()
    return code


def _first_weekday(coach: Coach) -> int:
    """Return the day on which weeks begin, as chosen or as the terminal's country has it."""
    if coach.settings.week_begins:
        return int(coach.settings.week_begins)
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LANG"))
    return usual_first_weekday(next(filter(None, names), ""))


def _output_is_gone(error: OSError) -> int:
    """Tell that what we print cannot be written; the rest of it goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError) or error.errno == errno.EIO:
        # Its reader went away (| head), or the terminal: nothing to tell, and nobody to tell it to.
        return DONE
    message = tr("uncramp: the output cannot be written: {reason}.")
    with contextlib.suppress(OSError):
        print(message.format(reason=error.strerror), file=sys.stderr)
    return ENVIRONMENT_AT_FAULT


def _insights(coach: Coach, arguments: argparse.Namespace) -> int:
    from uncramp.cli.insights import insights  # the other commands need no statistics

    return insights(coach, arguments)


def _report(coach: Coach, arguments: argparse.Namespace) -> int:
    from uncramp.cli.report import write_report  # the other commands need no statistics

    return write_report(coach, arguments)


def _import(coach: Coach, arguments: argparse.Namespace) -> int:
    if arguments.template is not None:
        return write_import_templates(arguments.template)
    if not arguments.path and not arguments.undo:
        print(tr("uncramp: import what? Name a file, a folder or an export."), file=sys.stderr)
        return INPUT_AT_FAULT
    from uncramp.cli.runs import import_runs, undo_import  # the other commands read no recordings

    if arguments.undo:
        return undo_import(coach, arguments)
    if holds_entries(arguments.path):
        return import_entries(coach, arguments)
    return import_runs(coach, arguments)


_COMMANDS: dict[str, Callable[[Coach, argparse.Namespace], int]] = {
    "play": guide,
    "cramp": relieve,
    "doctor": doctor,
    "menu": put_into_menu,
    "log": log,
    "insights": _insights,
    "report": _report,
    "export": export_journal,
    "import": _import,
    "routines list": list_routines,
    "routines show": show_routine,
    "routines check": check_files,
    "routines new": new_routine,
    "routines add": add_file,
    "routines export": export_routine,
}
