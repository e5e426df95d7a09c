"""`uncramp import` of recordings: what each file brought, and how to undo it."""

import argparse
import json
import sys
import uuid
from pathlib import Path

from uncramp.coach.coach import Coach
from uncramp.coach.diary.entries import distance_words
from uncramp.coach.diary.taking import last_entry_import, undo_last_entries
from uncramp.coach.runs.importing import (
    TAKEN,
    FileResult,
    ImportReport,
    Status,
    last_import,
    plan_import,
    take_import,
    undo_last_import,
)
from uncramp.coach.runs.known_runs import known_runs
from uncramp.coach.runs.reading import read_recordings
from uncramp.coach.times import spent
from uncramp.model.diary import Run
from uncramp.model.language import tr, trn
from uncramp.model.recording import RunImport


def import_runs(coach: Coach, arguments: argparse.Namespace) -> int:
    """Take all new runs of files, folders and exports; 1 when something could not be read."""
    present = known_runs(coach)  # before anything is read: it may be the journal that fails
    is_watched = sys.stderr.isatty() and not arguments.json
    read = read_recordings(arguments.path, progress=_show_progress if is_watched else None)
    if is_watched:
        print("\r\x1b[K", end="", file=sys.stderr)
    report = plan_import(read, present, coach.read_date(), _new_id)
    chosen = report.runs
    if arguments.as_runs:
        chosen = report.chosen({offer.run.id for offer in report.offers})
    made = take_import(coach, chosen, _name(arguments.path), _new_id())
    if arguments.json:
        print(json.dumps(_as_data(report, made, len(chosen)), ensure_ascii=False, indent=2))
    else:
        for result in report.results:
            print(_line(result))
        print(_summary(report, len(chosen)))
        if len(chosen) < len(report.chosen({offer.run.id for offer in report.offers})):
            print(
                tr("--as-runs also imports doubtful files and other sports: name the file with it.")
            )
        if made is not None:
            print(tr("uncramp import --undo undoes all of it."))
    return 1 if report.count(Status.UNREADABLE) else 0


def undo_import(coach: Coach, arguments: argparse.Namespace) -> int:
    """Take back what the last import brought; 1 when there is none."""
    entries, runs = last_entry_import(coach), last_import(coach)
    if entries is not None and (runs is None or runs.at < entries.at):
        return _undo_entries(coach, arguments)
    undone = undo_last_import(coach)
    if arguments.json:
        data = None if undone is None else {"id": undone.id, "runs": undone.runs}
        print(json.dumps({"undone": data}, ensure_ascii=False, indent=2))
    elif undone is None:
        print(tr("uncramp: there is no import to undo."), file=sys.stderr)
    else:
        words = trn(
            "Undone: {n} run of the import of {name}, {at}.",
            "Undone: {n} runs of the import of {name}, {at}.",
            undone.runs,
        )
        print(words.format(n=undone.runs, name=undone.name, at=f"{undone.at:%Y-%m-%d %H:%M}"))
    return 1 if undone is None else 0


def _undo_entries(coach: Coach, arguments: argparse.Namespace) -> int:
    undone = undo_last_entries(coach)
    assert undone is not None
    entry_import = undone.entry_import
    if arguments.json:
        data = {"id": entry_import.id, "entries": undone.gone, "kept": undone.kept}
        print(json.dumps({"undone": data}, ensure_ascii=False, indent=2))
        return 0
    words = trn(
        "Undone: {n} entry of the import of {name}, {at}.",
        "Undone: {n} entries of the import of {name}, {at}.",
        undone.gone,
    )
    print(
        words.format(n=undone.gone, name=entry_import.name, at=f"{entry_import.at:%Y-%m-%d %H:%M}")
    )
    if undone.kept:
        words = trn(
            "{n} entry has been changed since, and stays.",
            "{n} entries have been changed since, and stay.",
            undone.kept,
        )
        print(words.format(n=undone.kept))
    return 0


def _new_id() -> str:
    return str(uuid.uuid4())


def _name(paths: list[Path]) -> str:
    if len(paths) == 1:
        return paths[0].name or str(paths[0])
    return trn("{n} file", "{n} files", len(paths)).format(n=len(paths))


def _show_progress(done: int, many: int) -> None:
    words = tr("{done} of {many} files read").format(done=done, many=many)
    print(f"\r{words}", end="", file=sys.stderr, flush=True)


def status_name(status: Status) -> str:
    """Return what came of a file, in words."""
    return {
        Status.IMPORTED: tr("imported"),
        Status.DUPLICATE: tr("already known"),
        Status.DOUBTFUL: tr("doubtful"),
        Status.NOT_A_RUN: tr("not a run"),
        Status.PARTIAL: tr("imported in part"),
        Status.UNREADABLE: tr("not read"),
    }[status]


def _line(result: FileResult) -> str:
    words = [status_name(result.status)]
    if len(result.offers) == 1:
        run = result.offers[0].run
        words.append(f"{run.started:%Y-%m-%d %H:%M}")
        if run.metres is not None:
            words.append(distance_words(run.metres, miles=False))
        words.append(spent(run.seconds * 1000))
    elif result.runs:
        words.append(trn("{n} run", "{n} runs", len(result.runs)).format(n=len(result.runs)))
    line = f"{_shown(result.file)}: {', '.join(words)}"
    return f"{line} ({_shown(result.reason)})" if result.reason else line


def _shown(text: str) -> str:
    """Return a name without what a terminal would obey instead of show."""
    return "".join(one if one.isprintable() else "�" for one in text)


def _summary(report: ImportReport, runs: int) -> str:
    parts = [trn("{n} new run", "{n} new runs", runs).format(n=runs)]
    for status in Status:
        if status is Status.IMPORTED:
            continue
        many = report.count(status)
        if many:
            words = trn("{n} file {what}", "{n} files {what}", many)
            parts.append(words.format(n=many, what=status_name(status)))
    if report.others:
        words = trn("{n} other file skipped", "{n} other files skipped", report.others)
        parts.append(words.format(n=report.others))
    return "; ".join(parts) + "."


def _as_data(report: ImportReport, made: RunImport | None, runs: int) -> dict[str, object]:
    return {
        "import": None if made is None else made.id,
        "runs": runs,
        "others": report.others,
        "files": [
            {
                "file": result.file,
                "status": result.status.value,
                "reason": result.reason,
                "problems": [str(problem) for problem in result.problems],
                "runs": [_run_data(run) for run in result.runs],
                "not_taken": [
                    {
                        "status": offer.status.value,
                        "reason": offer.reason,
                        "sport": offer.called,
                        **_run_data(offer.run),
                    }
                    for offer in result.offers
                    if offer.status not in TAKEN
                ],
            }
            for result in report.results
        ],
    }


def _run_data(run: Run) -> dict[str, object]:
    return {
        "id": run.id,
        "started": run.started.isoformat(),
        "seconds": run.seconds,
        "metres": run.metres,
        "terrain": None if run.terrain is None else run.terrain.value,
        "temperature_c": run.temperature_c,
        "effort": run.effort,
        "fast_start": run.fast_start,
    }
