"""`uncramp routines`: list, show, check, new."""

import argparse
import json
import sys
from pathlib import Path

from uncramp.coach.coach import Coach
from uncramp.coach.times import clock
from uncramp.coach.wording import afterwards, dose, prompt_time
from uncramp.coach.works import citations, load_works
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.model.problem import Problem, Severity
from uncramp.model.routine import Routine
from uncramp.routines.check import check_paths
from uncramp.routines.template import new_routine_text


def list_routines(coach: Coach, arguments: argparse.Namespace) -> int:
    """Print all routines."""
    rows = [_summary(coach, routine) for routine in coach.library.routines.values()]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        width = max((len(str(row["id"])) for row in rows), default=0)
        for row in rows:
            own = "" if row["built_in"] else "  " + tr("(your own)")
            print(f"{row['id']:<{width}}  {row['total']:>6}  {row['name']}{own}")
    _print_problems(coach.problems)
    return 0


def show_routine(coach: Coach, arguments: argparse.Namespace) -> int:
    """Print the steps of one routine."""
    routine = find(coach, arguments.routine)
    if routine is None:
        return 1
    if arguments.json:
        print(json.dumps(_whole(coach, routine), ensure_ascii=False, indent=2))
        return 0
    total = clock(coach.timeline(routine).total_ms)
    print(f"{routine.name}  ({routine.id}, {total})")
    print(routine.summary)
    for prompt in routine.prompts:
        print(f"{prompt_time(prompt)}: {prompt.text}")
    for number, step in enumerate(routine.steps, 1):
        exercise = step.worded(coach.library.exercises[step.exercise])
        words = dose(step, exercise, one_sided=routine.is_one_sided)
        print(f"{number:>3}. {exercise.name}: {words}")
        for extra in (step.note, exercise.gate):
            if extra is not None:
                print(f"     {extra}")
    for line in afterwards(routine):
        print(line)
    for source in citations(routine.sources, load_works(coach.places.assets)):
        line = tr("Source: {source}").format(source=source.words)
        print(f"{line} {source.link}".rstrip())
    return 0


def check_files(coach: Coach, arguments: argparse.Namespace) -> int:
    """Print everything that is wrong in the given files; 1 when something is."""
    paths = arguments.paths or [coach.places.data / "routines"]
    problems = check_paths(paths, coach.library) if arguments.paths or paths[0].exists() else ()
    if arguments.json:
        print(json.dumps([problem._asdict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            print(problem)
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        if errors:
            print(trn("{n} problem", "{n} problems", errors).format(n=errors), file=sys.stderr)
        else:
            print(tr("No problems found."))
    return 1 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def new_routine(coach: Coach, arguments: argparse.Namespace) -> int:
    """Write a commented routine to begin with; an existing file is left alone."""
    wanted: str = arguments.id
    if not _is_id(wanted):
        print(
            tr(
                'uncramp: "{id}" cannot be an id: use at most 64 lower-case letters, digits and '
                "_, starting with a letter."
            ).format(id=wanted[:80]),
            file=sys.stderr,
        )
        return 1
    folder = coach.places.data / "routines"
    path = folder / f"{wanted}.routine.toml"
    name = wanted.replace("_", " ").capitalize()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy_schema(coach, folder)
        _write_new(path, new_routine_text(wanted, name) + _exercise_list(coach))
    except FileExistsError:
        print(
            tr("uncramp: {path} already exists and was left unchanged.").format(path=path),
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    if arguments.json:
        print(json.dumps({"id": wanted, "path": str(path)}, ensure_ascii=False))
    else:
        print(tr("Saved: {path}").format(path=path))
        print(tr("Edit it, then: uncramp routines check {path}").format(path=path))
    return 0


def find(coach: Coach, name: str) -> Routine | None:
    """Return the routine, or None after saying which was probably meant."""
    routine = coach.library.find_routine(name)
    if routine is None:
        message = tr('uncramp: there is no routine "{name}"').format(name=name[:80])
        meant = coach.library.closest(name)
        if meant is not None:
            message += " " + tr("(did you mean {id}?)").format(id=meant)
        print(message, file=sys.stderr)
        print(tr("uncramp routines list shows them all."), file=sys.stderr)
    return routine


def _exercise_list(coach: Coach) -> str:
    """Return the exercises that a routine may use, as comment lines at the end of a file."""
    lines = [tr("The exercises are:")]
    lines += [f"{one.id}  ({one.name})" for one in coach.library.exercises.values()]
    return "\n" + "".join(f"# {line}\n" for line in lines)


def _is_id(text: str) -> bool:
    return (
        len(text) <= 64
        and text[:1].isalpha()
        and text.isascii()
        and all(letter.islower() or letter.isdigit() or letter == "_" for letter in text)
    )


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)  # half a file would be in the way of the next attempt
            raise


def _copy_schema(coach: Coach, folder: Path) -> None:
    """Put the schema beside the user's files, so that editors complete and check them."""
    name = "routine.schema.json"
    (folder / name).write_bytes((coach.places.assets / "schemas" / name).read_bytes())


def _summary(coach: Coach, routine: Routine) -> dict[str, object]:
    total_ms = coach.timeline(routine).total_ms
    return {
        "id": routine.id,
        "ref": routine.ref,
        "name": routine.name.default,
        "moment": routine.moment.value,
        "total": clock(total_ms),
        "total_s": total_ms / 1000,
        "steps": len(routine.steps),
        "built_in": routine.built_in,
    }


def _whole(coach: Coach, routine: Routine) -> dict[str, object]:
    steps = []
    for step in routine.steps:
        exercise = step.worded(coach.library.exercises[step.exercise])
        steps.append(
            {
                "exercise": step.exercise,
                "name": exercise.name.default,
                "seconds": step.seconds,
                "repetitions": step.repetitions,
                "sets": step.sets,
                "rest_s": step.rest_s,
                "sides": exercise.sides.value,
                "alternate": step.alternate,
                "props": [prop.value for prop in exercise.props],
            }
        )
    summary = _summary(coach, routine)
    return {
        **summary,
        "summary": routine.summary.default,
        "relieves": [site.value for site in routine.relieves],
        "for_beginners": routine.for_beginners,
        "prompts": [
            {
                "minutes": prompt.minutes,
                "anchor": prompt.anchor.value,
                "text": prompt.text.default,
                "routine": prompt.routine,
            }
            for prompt in routine.prompts
        ],
        "steps": steps,
        "afterwards": None if routine.afterwards is None else routine.afterwards.default,
        "checklist": [item.default for item in routine.checklist],
        "offers": list(routine.offers),
        "sources": list(routine.sources),
    }


def _print_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
