"""What works on this machine, what does not, and what to do about it."""

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version

from uncramp import __version__
from uncramp.coach.coach import Coach
from uncramp.coach.display import missing_display
from uncramp.coach.session.announce import every_spoken_text
from uncramp.coach.session.sounding import load_sounds
from uncramp.model.language import tr, trn
from uncramp.model.problem import Severity
from uncramp.sound.probe import advice, probe


class Health(StrEnum):
    """How something is."""

    WORKS = "works"
    LESS = "less"
    """It works, with something missing."""
    FILES = "files"
    """The user's own files have problems."""
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: what was looked at.
        health: how it is.
        told: one sentence on how it is.
        remedy: what to do; empty when there is nothing to do.
    """

    subject: str
    health: Health
    told: str
    remedy: str = ""


def examine(coach: Coach) -> Iterator[Finding]:
    """Look at everything, one finding after the other."""
    yield _program()
    yield _display()
    yield _sound()
    yield _voice(coach)
    yield _journal(coach)
    yield _routines(coach)
    yield from _settings(coach)


def _program() -> Finding:
    try:
        qt = version("PySide6-Essentials")
    except PackageNotFoundError:
        qt = ""
    words = tr("Uncramp {own} on Python {python}, Qt {qt}").format(
        own=__version__, python=sys.version.split()[0], qt=qt or tr("not installed")
    )
    leaking = sys.version_info < (3, 12) and qt and _number(qt) >= (6, 12)
    if leaking:
        return Finding(
            tr("program"),
            Health.FAILS,
            words,
            tr("This Qt does not work with this Python: install PySide6-Essentials below 6.12."),
        )
    return Finding(tr("program"), Health.WORKS, words)


def _number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdigit())


def _display() -> Finding:
    if importlib.util.find_spec("PySide6") is None:
        return Finding(
            tr("window"),
            Health.LESS,
            tr("Qt is not installed, so there is no window."),
            tr("Sessions run in the terminal: uncramp play prerun_quick"),
        )
    missing = missing_display()
    if missing is None:
        return Finding(tr("window"), Health.WORKS, tr("A window can open."))
    return Finding(
        tr("window"),
        Health.LESS,
        missing,
        tr("Sessions run in the terminal: uncramp play prerun_quick"),
    )


def _sound() -> Finding:
    ways = probe()
    working = [way.name for way in ways if way.works]
    if working:
        words = tr("Sound plays through {way}.").format(way=working[0])
        return Finding(tr("sound"), Health.WORKS, words)
    words = " ".join(f"{way.name}: {way.sentence}" for way in ways)
    return Finding(tr("sound"), Health.LESS, words, advice(ways, sys.platform))


def _voice(coach: Coach) -> Finding:
    _, voice, problems = load_sounds(coach.places.assets, coach.places.cache)
    shipped = [e for e in coach.library.exercises.values() if e.ref]
    routines = [r for r in coach.library.routines.values() if r.built_in]
    texts = every_spoken_text(shipped, routines)
    spoken = sum(voice.has(text) for text in texts)
    voice.close()
    words = trn(
        "{spoken} of {n} prompt can be spoken.",
        "{spoken} of {n} prompts can be spoken.",
        len(texts),
    ).format(spoken=spoken, n=len(texts))
    if problems:
        return Finding(tr("voice"), Health.LESS, str(problems[0]), tr("Install Uncramp again."))
    if spoken < len(texts):
        return Finding(tr("voice"), Health.LESS, words, tr("The rest is announced by chimes."))
    return Finding(tr("voice"), Health.WORKS, words)


def _journal(coach: Coach) -> Finding:
    journal = coach.journal
    if journal is None:
        return Finding(
            tr("journal"),
            Health.FAILS,
            str(coach.journal_fault),
            tr("Sessions run but are not recorded. --data DIR uses another folder."),
        )
    count = len(journal.sessions())
    if journal.refusal:
        return Finding(
            tr("journal"),
            Health.LESS,
            journal.refusal,
            tr("It can be read and exported. --data DIR uses another folder."),
        )
    words = trn("{n} session in {path}", "{n} sessions in {path}", count)
    return Finding(tr("journal"), Health.WORKS, words.format(n=count, path=journal.path))


def _routines(coach: Coach) -> Finding:
    library = coach.library
    words = tr("{routines} routines, {exercises} exercises").format(
        routines=len(library.routines), exercises=len(library.exercises)
    )
    errors = [p for p in coach.problems if p.severity is Severity.ERROR]
    if errors:
        problems = trn("{n} problem in your files", "{n} problems in your files", len(errors))
        return Finding(
            tr("routines"),
            Health.FILES,
            f"{words}; {problems.format(n=len(errors))}",
            tr("uncramp routines check {folder}").format(folder=coach.places.data / "routines"),
        )
    return Finding(tr("routines"), Health.WORKS, words)


def _settings(coach: Coach) -> Iterator[Finding]:
    for problem in coach.setting_problems:
        yield Finding(tr("settings"), Health.FILES, str(problem), tr("Correct or delete the file."))
