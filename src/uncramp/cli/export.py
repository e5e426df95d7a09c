"""`uncramp export` and `uncramp import`: the whole journal as files, and back."""

import argparse
import json
import sys
from pathlib import Path

from uncramp.coach.coach import Coach
from uncramp.coach.diary.files import already_there, export, kind_of
from uncramp.coach.diary.history import write_templates
from uncramp.coach.diary.losses import losses_sentences
from uncramp.coach.diary.taking import Changes, Offer, look_at, take
from uncramp.journal.archive import Archive
from uncramp.model.contents import Contents
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.model.problem import Problem, Severity


def export_journal(coach: Coach, arguments: argparse.Namespace) -> int:
    """Write everything into files; 1 when that would write over something."""
    out: Path = arguments.out
    kind = arguments.format or kind_of(out)
    if already_there(out, kind) and not arguments.replace:
        message = tr("uncramp: {path} already exists; --replace overwrites it.")
        print(message.format(path=out), file=sys.stderr)
        return 1
    if coach.journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("There is no journal."))
    contents, losses = Archive(coach.journal).rescue()
    for path in export(contents, out, kind):
        print(tr("Saved: {path}").format(path=path))
    for sentence in losses_sentences(losses):
        print(sentence, file=sys.stderr)
    return 0


def import_entries(coach: Coach, arguments: argparse.Namespace) -> int:
    """Show what files would change and, once that is agreed to, take it."""
    offer = look_at(coach, arguments.path)
    found, problems = offer.changes, offer.problems
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not arguments.json:
        for problem in problems:
            print(problem, file=sys.stderr)
        print(summary(found, replaced=arguments.replace))
        for note in offer.notes:
            print(note)
    nothing = found.new == Contents() and not (arguments.replace and not found.is_empty)
    agreed = not nothing and _agreed(arguments, errors)
    written = take(coach, offer, with_different=arguments.replace) if agreed else 0
    if arguments.json:
        print(json.dumps(_as_data(offer, written), ensure_ascii=False, indent=2))
    elif agreed:
        print(
            tr(
                "Imported. uncramp import --undo reverses it, and a backup from before is kept as "
                "well."
            )
        )
    elif not nothing:
        print(tr("Nothing was changed. (--yes imports without asking.)"))
    return 1 if errors else 0


def write_import_templates(folder: Path) -> int:
    """Write the tables for a record that was kept in a spreadsheet; 1 when they are there."""
    try:
        for path in write_templates(folder):
            print(tr("Saved: {path}").format(path=path))
    except FileExistsError as error:
        words = tr("uncramp: {path} already exists; nothing was written.")
        print(words.format(path=error.filename), file=sys.stderr)
        return 1
    print(
        tr("Fill them in, delete what you do not need, then import the folder with uncramp import.")
    )
    return 0


def summary(found: Changes, *, replaced: bool) -> str:
    """Return what an import would change, in a line."""
    parts = [
        trn("{n} new entry", "{n} new entries", found.new.count).format(n=found.new.count),
        tr("{n} already in the journal").format(n=found.same),
    ]
    if found.different.count:
        words = tr("{n} different from the journal, to be replaced")
        if not replaced:
            words = tr("{n} different from the journal, where the entries stay as they are")
        parts.append(words.format(n=found.different.count))
    items = len(found.new.plan.items) + len(found.new.plan.pauses) + len(found.new.plan.skips)
    if items:
        parts.append(tr("{n} for the plan").format(n=items))
    return "; ".join(parts) + "."


def _agreed(arguments: argparse.Namespace, errors: list[Problem]) -> bool:
    """With problems only somebody who has seen them may agree."""
    if arguments.yes:
        if errors and not arguments.json:
            print(tr("uncramp: please correct these problems first."), file=sys.stderr)
        return not errors
    if arguments.json or not sys.stdin.isatty():
        return False
    question = tr("Import the rest?") if errors else tr("Import it?")
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:
        return False
    return answer.strip().casefold() in {"y", "yes", tr("yes").casefold()}


def _as_data(offer: Offer, written: int) -> dict[str, object]:
    return {
        "new": offer.changes.new.count,
        "different": offer.changes.different.count,
        "same": offer.changes.same,
        "written": written,
        "problems": [str(problem) for problem in offer.problems],
        "notes": list(offer.notes),
    }
