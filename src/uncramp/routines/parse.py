"""From the text of a file to a value, with everything that is wrong in it at once."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from uncramp.model.exercise import Exercise
from uncramp.model.language import tr
from uncramp.model.moment import Moment
from uncramp.model.problem import Problem
from uncramp.model.text import Text
from uncramp.routines.draft import KeyPath, RoutineDraft, StepDraft
from uncramp.routines.source import Source
from uncramp.routines.spec import FORMAT, MAX_STEPS, ExerciseSpec, RoutineSpec, StepSpec
from uncramp.routines.wording import Complaint, Place, closest, complaint, label

MAX_PROBLEMS = 100
"""Problems that are listed for one file; nobody mends more in one go."""
_MAX_DEPTH = 16
"""Levels of tables and lists that are looked at; ours need seven."""

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Value_co]):
    """What one file gave.

    Attributes:
        value: None when the file cannot be used.
        claimed_id: the id that the file gives, even when it cannot be used; empty if none.
        problems: in the order of the file.
        steps: of a refused routine the steps that are right in themselves, so that the rules
            can be checked on them in the same go.
    """

    value: Value_co | None
    claimed_id: str
    problems: tuple[Problem, ...]
    partial: RoutineDraft | None = None


def parse_exercise(source: Source) -> Parsed[Exercise]:
    """Read an exercise file."""
    return _parse(source, ExerciseSpec, ExerciseSpec.to_model)


def parse_routine(source: Source) -> Parsed[RoutineDraft]:
    """Read a routine file."""
    return _parse(source, RoutineSpec, RoutineSpec.to_draft, _dose_complaints)


_Spec = TypeVar("_Spec", bound=BaseModel)
_Made = TypeVar("_Made")
_Table = dict[str, Any]


def _parse(
    source: Source,
    spec: type[_Spec],
    make: Callable[[_Spec], _Made],
    more: Callable[[_Table], Iterator[Complaint]] = lambda _table: iter(()),
) -> Parsed[_Made]:
    data = _read_toml(source)
    if isinstance(data, Problem):
        return Parsed(None, "", (data,))
    claimed = data.get("id")
    claimed_id = claimed if isinstance(claimed, str) else ""
    newer = _newer_format(source, data)
    if newer is not None:
        return Parsed(None, claimed_id, (newer,))
    complaints = list(more(data))
    if not complaints:
        try:
            checked = _checked(spec, data)
        except (ValidationError, TypeError, ValueError, RecursionError):
            pass  # something is wrong: now it is worth the time to look what and where
        else:
            return Parsed(make(checked), claimed_id, ())
    complaints += _wrong_in(spec, data, complaints)
    if not complaints:
        made = make(spec.model_validate_json(json.dumps(_plain(data)), strict=True))
        return Parsed(made, claimed_id, ())
    partial = _partial(data) if spec is RoutineSpec else None
    return Parsed(None, claimed_id, _located(source, complaints), partial)


def _checked(spec: type[_Spec], data: _Table) -> _Spec:
    """Return the file's content as the models have it.

    Strictly as JSON: names of choices and whole numbers for others pass, "5" for 5 does not.

    Raises:
        ValidationError: something is not as it must be.
        TypeError: there is a date or time, which JSON does not have.
        ValueError: there is a number of thousands of digits.
        RecursionError: it is nested absurdly deep.
    """
    return spec.model_validate_json(json.dumps(data, ensure_ascii=False), strict=True)


def _wrong_in(spec: type[BaseModel], data: _Table, others: list[Complaint]) -> Iterator[Complaint]:
    """Find everything that the models refuse, and dates and times."""
    found: list[Complaint] = []
    try:
        spec.model_validate_json(json.dumps(_plain(data)), strict=True)
    except ValidationError as fault:
        errors = fault.errors(include_url=False, include_input=False)
        found = [complaint(error, data, spec) for error in errors[: MAX_PROBLEMS * 2]]
    yield from found
    yield from _not_dates(list(_dates(data)), [*others, *found])


def _located(source: Source, complaints: list[Complaint]) -> tuple[Problem, ...]:
    found = [
        source.problem_at_key(c.path, c.message)
        if c.place is Place.KEY
        else source.problem_at_value(c.path, c.message)
        for c in complaints
    ]
    return in_order(found)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return the problems of one file from top to bottom, and not more than anyone can read."""
    found = sorted(problems, key=lambda p: (p.line, p.column))
    if len(found) <= MAX_PROBLEMS:
        return tuple(found)
    rest = found[MAX_PROBLEMS]
    more = tr("and {n} more problems from here on").format(n=len(found) - MAX_PROBLEMS)
    return (*found[:MAX_PROBLEMS], Problem(rest.file, rest.line, rest.column, more))


def _newer_format(source: Source, data: _Table) -> Problem | None:
    value = data.get("format")
    if not isinstance(value, int) or value <= FORMAT:
        return None
    return source.problem_at_value(
        ("format",),
        tr(
            "made for a newer version of Uncramp (format {format}; this version reads format {own})"
        ).format(format=value if value < 1000 else "…", own=FORMAT),
    )


def _plain(value: object, depth: int = 0) -> object:
    """Return the value as JSON can hold it; what is nested absurdly deep is cut off."""
    if isinstance(value, dict):
        return {k: _plain(v, depth + 1) for k, v in value.items()} if depth < _MAX_DEPTH else None
    if isinstance(value, list):
        return [_plain(v, depth + 1) for v in value] if depth < _MAX_DEPTH else None
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return float("inf") if value > 0 else float("-inf")
    if isinstance(value, str | int | float):
        return value
    return None  # a date or time, see `_dates`


def _dates(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Find dates and times: JSON has none, and none of our keys takes one."""
    if len(path) >= _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _dates(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _dates(inner, (*path, number))
    elif not isinstance(value, str | int | float):
        yield path


def _not_dates(dates: list[KeyPath], others: list[Complaint]) -> Iterator[Complaint]:
    refused = {other.path for other in others}
    for path in dates[:MAX_PROBLEMS]:
        if any(path[:length] in refused for length in range(1, len(path) + 1)):
            continue
        before, subject = label(path)
        message = tr("{subject} cannot be a date or time").format(subject=subject or tr("this"))
        yield Complaint(path, Place.VALUE, before + message)


def _dose_complaints(data: _Table) -> Iterator[Complaint]:
    """Find steps that do not say how long; every other complaint comes from the models."""
    for path, step in _steps(data):
        if _is_group(step):
            continue
        before, _ = label(path)
        known = StepSpec.model_fields
        if "repetition_s" in step and "repetitions" not in step:
            message = tr('"repetition_s" needs "repetitions" beside it')
            yield Complaint((*path, "repetition_s"), Place.KEY, before + message)
        # A mistyped "secnds" is reported as unknown, which says it better.
        meant = {closest(key, known) for key in step if key not in known}
        if not {"seconds", "repetitions"} & (meant | step.keys()):
            message = tr('says neither "seconds" nor "repetitions"')
            yield Complaint(path, Place.VALUE, before + message)


def _steps(data: _Table, above: KeyPath = ()) -> Iterator[tuple[KeyPath, _Table]]:
    """Yield every step and every group of rounds, and the steps of groups, with their places."""
    steps = data.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else []):
        if isinstance(step, dict):
            path = (*above, "steps", number)
            yield path, step
            if not above:
                yield from _steps(step, path)


def _is_group(step: _Table) -> bool:
    return "rounds" in step or "steps" in step


def _partial(data: _Table) -> RoutineDraft:
    """Return what is right in a routine that as a whole is refused."""
    steps = [
        draft
        for path, step in itertools.islice(_steps(data), MAX_STEPS)
        if not _is_group(step) and (draft := _partial_step(path, step)) is not None
    ]
    moment = data.get("moment")
    sources = data.get("sources")
    return RoutineDraft(
        id="",
        ref="",
        name=Text(""),
        summary=Text(""),
        moment=Moment(moment) if moment in list(Moment) else None,
        steps=tuple(steps),
        sources=tuple(s for s in sources if isinstance(s, str))
        if isinstance(sources, list)
        else (),
    )


def _partial_step(path: KeyPath, step: _Table) -> StepDraft | None:
    """Return the step without the keys that are wrong."""
    try:
        return _step_spec(step).to_draft(path)
    except ValidationError as fault:
        wrong = {error["loc"][0] for error in fault.errors(include_url=False) if error["loc"]}
    try:
        rest = {key: value for key, value in step.items() if key not in wrong}
        return _step_spec(rest).to_draft(path)
    except ValidationError:
        return None


def _step_spec(step: _Table) -> StepSpec:
    return StepSpec.model_validate_json(json.dumps(_plain(step)), strict=True)


def _read_toml(source: Source) -> _Table | Problem:
    text = source.text
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as fault:
        return source.problem(_culprit(text, fault), _syntax(fault.msg))
    except RecursionError:
        return source.problem(_deepest(text), tr("tables and lists are nested too deeply"))
    except ValueError:
        # The only other one: Python refuses to read numbers of thousands of digits.
        digits = re.search(r"\d[\d_]{4000,}", text)
        return source.problem(digits.start() if digits else 0, tr("this number is too large"))


def _offset(text: str, fault: tomli.TOMLDecodeError) -> int:
    # The parser counts in a text whose line ends it has made one character long.
    start = 0
    for _ in range(fault.lineno - 1):
        start = text.find("\n", start) + 1
    return start + fault.colno - 1


def _culprit(text: str, fault: tomli.TOMLDecodeError) -> int:
    """Return where the fault is; the parser tells where it stopped."""
    offset = _offset(text, fault)
    start = text.rfind("\n", 0, offset) + 1
    if "twice" in fault.msg or "overwrite" in fault.msg or "Duplicate" in fault.msg:
        return offset - len(text[start:offset].lstrip())
    if "Unescaped" in fault.msg or "hex" in fault.msg or "Unicode" in fault.msg:
        return max(start, text.rfind("\\", start, offset))
    return offset


_SYNTAX: Final = (
    (r"Invalid statement", "this line is not TOML"),
    (r"Expected newline or end", "something stands here after the value"),
    (r"Cannot declare .* twice", "this table is given twice"),
    (r"Cannot overwrite|Duplicate inline", "the same key is given twice"),
    (r"Cannot mutate|Cannot redefine", "this adds to something that is already complete"),
    (r"Expected '=' after a key", 'a key must be followed by "="'),
    (r"Expected '\]+' at the end", "the bracket of this table heading is not closed"),
    (r"Invalid initial character", "a key must begin with a letter or digit here"),
    (r"Unclosed array", "this list is not closed with ]"),
    (r"Unclosed inline table", "this table is not closed with }"),
    (r"Unescaped|Escaped|Invalid hex", "a backslash in quotes must be written twice"),
    (r"Unterminated string|Expected .*['\"]{2,}", "the quotes are not closed"),
    (r"Illegal character|Found invalid", "this character must not stand here"),
    (r"Invalid date", "this date or time does not exist"),
    (r"Invalid value", "this is not a value; a text needs quotes"),
)


def _syntax(message: str) -> str:
    for pattern, words in _SYNTAX:
        if re.match(pattern, message):
            return tr(words)
    return tr("this is not TOML ({reason})").format(reason=message)


_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+"
    r"|(?P<open>[\[{])|(?P<close>[\]}])",
    re.DOTALL,
)


def _deepest(text: str) -> int:
    """Return where the nesting goes too deep, or where a key has too many parts."""
    depth = 0
    for match in _TOKEN.finditer(text):
        if match["open"]:
            depth += 1
            if depth > _MAX_DEPTH:
                return match.start()
        elif match["close"]:
            depth -= 1
    dots = re.search(r"(?:[^.\n]*\.){500}", text)
    return dots.start() if dots else 0
