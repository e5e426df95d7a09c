"""`uncramp routines add` and `export`: a routine handed over as one file."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from uncramp.cli.routines import find
from uncramp.coach.coach import Coach
from uncramp.coach.whole_file import write_whole
from uncramp.coach.workshop.handoff import Offer, Standing, exported, look_at, take
from uncramp.model.language import tr


def add_file(coach: Coach, arguments: argparse.Namespace) -> int:
    """Show what a file offers and, once that is agreed to, take it."""
    offer = look_at(coach, arguments.file)
    taken: tuple[Path, ...] = ()
    agreed = offer.can_be_taken and (arguments.yes or (not arguments.json and _asked(offer)))
    if agreed:
        taken = take(coach, offer, keep_both=not arguments.replace)
    if arguments.json:
        print(json.dumps(_as_data(offer, taken), ensure_ascii=False, indent=2))
    elif agreed:
        for path in taken:
            print(tr("Saved: {path}").format(path=path))
        print(tr("Added.") if taken else tr("You already have all of it."))
    elif not offer.can_be_taken:
        print_offer(offer)
        print(tr("uncramp: it cannot be added as it is; nothing was changed."), file=sys.stderr)
    else:
        print(tr("Nothing was added. (--yes adds it without asking.)"))
    return 0 if offer.can_be_taken else 1


def export_routine(coach: Coach, arguments: argparse.Namespace) -> int:
    """Write a routine, with the exercises it needs, into one file."""
    routine = find(coach, arguments.routine)
    if routine is None:
        return 1
    out: Path = arguments.out or Path(f"{routine.id}.uncramp")
    if out.exists() and not arguments.replace:
        message = tr("uncramp: {path} already exists; --replace overwrites it.")
        print(message.format(path=out), file=sys.stderr)
        return 1
    write_whole(out, exported(coach, routine.id))
    print(tr("Saved: {path}").format(path=out))
    return 0


def print_offer(offer: Offer) -> None:
    """Print what a file would bring."""
    if offer.routine is not None:
        one = offer.routine
        print(f"{one.name}  ({one.id}, {one.detail}){_remark(one.standing)}")
        for number, (name, dose) in enumerate(offer.steps, 1):
            print(f"{number:>3}. {name}: {dose}")
    for one in offer.exercises:
        print(
            tr("Exercise: {name} ({id})").format(name=one.name, id=one.id) + _remark(one.standing)
        )
    for problem in offer.problems:
        print(problem, file=sys.stderr)


def _remark(standing: Standing) -> str:
    return {
        Standing.NEW: "",
        Standing.SAME: "  " + tr("[you already have it]"),
        Standing.DIFFERENT: "  " + tr("[you have a different one by this name]"),
        Standing.SHIPPED: "  " + tr("[Uncramp has a built-in one by this name]"),
    }[standing]


def _asked(offer: Offer) -> bool:
    """Show the offer and ask; where nobody can answer, nothing is taken."""
    print_offer(offer)
    if not sys.stdin.isatty():
        return False
    if offer.has_conflict:
        print(
            tr(
                "What you have stays, and the new one gets another name. (--replace puts it in its "
                "place.)"
            )
        )
    try:
        answer = input(tr("Add it? [y/N] "))
    except EOFError:
        return False
    return answer.strip().casefold() in {tr("y"), tr("yes")}


def _as_data(offer: Offer, taken: tuple[Path, ...]) -> dict[str, object]:
    return {
        "file": offer.file,
        "routine": None if offer.routine is None else asdict(offer.routine),
        "exercises": [asdict(one) for one in offer.exercises],
        "steps": [{"name": name, "dose": dose} for name, dose in offer.steps],
        "problems": [problem._asdict() for problem in offer.problems],
        "can_be_taken": offer.can_be_taken,
        "written": [str(path) for path in taken],
    }
