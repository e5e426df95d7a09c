"""Problems of many rows, one for each cause."""

import re
from collections.abc import Iterable
from typing import Final

from uncramp.model.language import tr, trn
from uncramp.model.problem import Problem, Severity

_NAMED: Final = 3
"""So many further lines are named; the others are counted."""
_QUOTED: Final = re.compile(
    r"""'(?:[^'\\]|\\.)*'?…?|"(?:[^"\\]|\\.)*"?…?|(?<=: )-?[0-9][0-9.e+]*(?= )"""
)


def one_for_each_cause(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first problem of each cause, with the lines of the others.

    Two problems of a file have the same cause when they differ only in what they quote.
    """
    groups: dict[tuple[str, Severity, str], list[Problem]] = {}
    for problem in problems:
        cause = problem.file, problem.severity, _QUOTED.sub("", problem.message)
        groups.setdefault(cause, []).append(problem)
    return tuple(_joined(group) for group in groups.values())


def _joined(group: list[Problem]) -> Problem:
    first = group[0]
    lines = list(dict.fromkeys(problem.line for problem in group[1:] if problem.line))
    if not lines:
        return first
    shown = ", ".join(str(line) for line in lines[:_NAMED])
    more = len(lines) - _NAMED
    if more > 0:
        words = trn(
            "{message} (also in lines {lines} and {n} more)",
            "{message} (also in lines {lines} and {n} more)",
            more,
        )
    elif len(lines) == 1:
        words = tr("{message} (also in line {lines})")
    else:
        words = tr("{message} (also in lines {lines})")
    return first._replace(message=words.format(message=first.message, lines=shown, n=more))
