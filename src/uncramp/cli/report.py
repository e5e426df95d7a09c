"""`uncramp report`: the record on a page, for somebody who treats the runner."""

import argparse
import sys
from pathlib import Path

from uncramp.coach.coach import Coach
from uncramp.coach.report.files import kind_of
from uncramp.coach.report.files import write_report as write
from uncramp.coach.report.reading import read_report
from uncramp.model.language import tr


def write_report(coach: Coach, arguments: argparse.Namespace) -> int:
    """Write the page; 1 when its kind is not known or it would write over something.

    Args:
        coach: with the journal.
        arguments: `pdf` among them, which sets a page for paper, where one is wanted.
    """
    out: Path = arguments.out
    kind = kind_of(out)
    if kind is None:
        message = tr("uncramp: {path} must end in .pdf or .html.")
        print(message.format(path=out), file=sys.stderr)
        return 1
    if out.exists() and not arguments.replace:
        message = tr("uncramp: {path} already exists; --replace overwrites it.")
        print(message.format(path=out), file=sys.stderr)
        return 1
    shown = read_report(
        coach, arguments.weeks, arguments.name, with_notes=not arguments.without_notes
    )
    write(shown, out, kind, getattr(arguments, "pdf", None))
    print(tr("Saved: {path}").format(path=out))
    return 0
