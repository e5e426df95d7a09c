"""What is wrong with a value, in words for the person who wrote the file."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto
from types import MappingProxyType
from typing import Any, Final, get_args

from pydantic import BaseModel

from uncramp.model.language import tr, trn
from uncramp.routines.draft import KeyPath
from uncramp.routines.source import printable
from uncramp.routines.spec import GROUP_TAG, STEP_TAG, TABLE_TAG, TEXT_TAG

LONGEST_QUOTE = 40
"""Characters of the author's own words that a message repeats."""

_OFTEN_MEANT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "duration": "seconds",
        "duration_s": "seconds",
        "time": "seconds",
        "hold": "seconds",
        "hold_s": "seconds",
        "reps": "repetitions",
        "count": "repetitions",
        "rest": "rest_s",
        "pause": "rest_s",
        "title": "name",
        "description": "summary",
        "when": "moment",
        "tips": "cues",
        "warning": "caution",
    }
)
"""Keys that people try and that are not near enough by letters."""


class Place(Enum):
    """What of a path the caret points at."""

    KEY = auto()
    VALUE = auto()


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing to mend, still without its line and column."""

    path: KeyPath
    place: Place
    message: str


def suggestion(word: str, known: Collection[str]) -> str:
    """Return ` (did you mean "..."?)` for the nearest known word, or nothing."""
    near = closest(word, known)
    return "" if near is None else tr(' (did you mean "{word}"?)').format(word=near)


def closest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that was probably meant."""
    if _OFTEN_MEANT.get(word) in known:
        return _OFTEN_MEANT[word]
    # A word of thousands of letters is no typing mistake, and comparing it takes long.
    found = get_close_matches(word.lower(), known, n=1) if len(word) <= LONGEST_QUOTE * 2 else []
    return found[0] if found else None


def label(path: KeyPath) -> tuple[str, str]:
    """Return what stands before the message ("step 2: ") and the subject ('"seconds"')."""
    before: list[str] = []
    keys: list[str] = []
    for part in path:
        if isinstance(part, str):
            keys.append(part)
            continue
        if keys == ["steps"]:
            before.append(tr("step {number}: ").format(number=part + 1))
        elif keys == ["prompts"]:
            before.append(tr("prompt {number}: ").format(number=part + 1))
        elif keys == ["figure", "keys"]:
            before.append(tr("figure, key frame {number}: ").format(number=part + 1))
        elif keys:
            before.append(
                tr('"{key}", item {number}: ').format(key=".".join(keys), number=part + 1)
            )
        else:
            before.append(tr("item {number}: ").format(number=part + 1))
        keys = []
    subject = tr('"{key}"').format(key=clip(".".join(keys))) if keys else ""
    return "".join(before), subject


def clip(text: str) -> str:
    """Return the text short enough and harmless enough to stand in a message."""
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return printable(short)


def describe(value: object) -> str:
    """Return the kind of a value of the file, and the value where it is short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return tr("the number {value}").format(value=_number(value))
    if isinstance(value, str):
        return tr('the text "{value}"').format(value=clip(value))
    if isinstance(value, list):
        return tr("a list")
    if isinstance(value, dict):
        return tr("a table")
    return tr("a date or time")


_NO_KEYS = (TEXT_TAG, TABLE_TAG, STEP_TAG, GROUP_TAG, "[key]")
"""Parts of pydantic's places that stand in no file."""


def complaint(error: Mapping[str, Any], data: object, spec: type[BaseModel]) -> Complaint:
    """Say one of pydantic's errors in words.

    Args:
        error: one item of `ValidationError.errors()`.
        data: the parsed file, where the real value is looked up.
        spec: the model of the whole file, for "did you mean".
    """
    path = tuple(p for p in error["loc"] if p not in _NO_KEYS)
    kind, context = error["type"], error.get("ctx") or {}
    before, subject = label(path)
    subject = subject or tr("this")
    if kind == "missing":
        before, _ = label(path[:-1])
        where = _table_name(path[:-1])
        return Complaint(
            path[:-1],
            Place.VALUE,
            before + tr('missing key "{key}"{where}').format(key=path[-1], where=where),
        )
    if kind == "extra_forbidden":
        name = str(path[-1])
        known = _fields(spec, path[:-1])
        where = _table_name(path[:-1])
        return Complaint(
            path,
            Place.KEY,
            before
            + tr('unknown key "{key}"{where}').format(key=clip(name), where=where)
            + suggestion(name, known),
        )
    value = _look_up(data, path)
    say = _SENTENCES.get(kind, _not_possible)
    return Complaint(path, Place.VALUE, before + say(Wrong(subject, value, context)))


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that is not possible, and what the check says about it."""

    subject: str
    value: object
    context: Mapping[str, Any]

    @property
    def said(self) -> str:
        """The value's kind, and the value where it is short."""
        return describe(self.value)

    @property
    def number(self) -> str:
        """The value as a bare number where it is one."""
        return _number(self.value) if isinstance(self.value, int | float) else self.said


Sentence = Callable[[Wrong], str]


def _must_be(what: str) -> Sentence:
    def say(wrong: Wrong) -> str:
        return tr("{subject} must be {what}, not {value}").format(
            subject=wrong.subject, what=tr(what), value=wrong.said
        )

    return say


def _bound(message: str, key: str) -> Sentence:
    def say(wrong: Wrong) -> str:
        return tr(message).format(
            subject=wrong.subject,
            bound=_number(wrong.context[key]),
            value=_number(wrong.value) if isinstance(wrong.value, int | float) else wrong.said,
        )

    return say


def _one_of(wrong: Wrong) -> str:
    choices = re.findall(r"'([^']*)'", str(wrong.context.get("expected", "")))
    if not choices:
        return tr("{subject} must be {what}, not {value}").format(
            subject=wrong.subject,
            what=wrong.context.get("expected", ""),
            value=wrong.said,
        )
    listed = ", ".join(f'"{choice}"' for choice in choices[:-1])
    listed = (
        tr('{others} or "{last}"').format(others=listed, last=choices[-1])
        if listed
        else f'"{choices[-1]}"'
    )
    said = tr("{subject} must be {what}, not {value}").format(
        subject=wrong.subject, what=listed, value=wrong.said
    )
    return said + (suggestion(wrong.value, choices) if isinstance(wrong.value, str) else "")


def _too_many(wrong: Wrong) -> str:
    n = wrong.context["max_length"]
    return trn(
        "{subject} may have at most {n} item", "{subject} may have at most {n} items", n
    ).format(subject=wrong.subject, n=n)


def _too_few(wrong: Wrong) -> str:
    n = wrong.context["min_length"]
    return trn("{subject} needs at least {n} item", "{subject} needs at least {n} items", n).format(
        subject=wrong.subject, n=n
    )


def _too_long(wrong: Wrong) -> str:
    length = len(wrong.value) if isinstance(wrong.value, str) else 0
    return tr("{subject} is too long: {length} characters, at most {n}").format(
        subject=wrong.subject, length=length, n=wrong.context["max_length"]
    )


def _pattern(wrong: Wrong) -> str:
    said = wrong.said
    if "svg" in str(wrong.context.get("pattern")):
        return tr(
            "{subject} must be the name of an SVG or PNG file in the same folder, in small "
            'letters, digits and underscores: "my_picture.svg"; not {value}'
        ).format(subject=wrong.subject, value=said)
    if "_" in str(wrong.context.get("pattern")):
        return tr(
            "{subject} must be small letters a-z, digits and underscores, beginning with a "
            "letter, at most 64; not {value}"
        ).format(subject=wrong.subject, value=said)
    return tr("{subject} must be letters and digits, at most 12; not {value}").format(
        subject=wrong.subject, value=said
    )


def _control(wrong: Wrong) -> str:
    if wrong.context["code"] in ("U+000A", "U+000D"):
        return tr("{subject} must stay on one line").format(subject=wrong.subject)
    return tr("{subject} contains the invisible control character {code}").format(
        subject=wrong.subject, code=wrong.context["code"]
    )


def _blank(wrong: Wrong) -> str:
    return tr("{subject} is empty").format(subject=wrong.subject)


def _language(wrong: Wrong) -> str:
    return tr('{subject}: "{code}" is not a language code like "de" or "pt-BR"').format(
        subject=wrong.subject, code=clip(wrong.context["code"])
    )


def _no_default(wrong: Wrong) -> str:
    return tr('{subject} needs a text named "default" beside its translations').format(
        subject=wrong.subject
    )


def _own_words(wrong: Wrong) -> str:
    # Raised by our own validators; the sentence is in the exception.
    return tr("{subject}: {reason}").format(
        subject=wrong.subject, reason=wrong.context.get("error", "")
    )


def _not_finite(wrong: Wrong) -> str:
    return tr("{subject} must be an ordinary number, not {value}").format(
        subject=wrong.subject,
        value=wrong.number,
    )


def _not_possible(wrong: Wrong) -> str:
    return tr("{subject} cannot be {value}").format(subject=wrong.subject, value=wrong.said)


_SENTENCES: Final[Mapping[str, Sentence]] = MappingProxyType(
    {
        "string_type": _must_be("text in quotes"),
        "float_type": _must_be("a number"),
        "int_type": _must_be("a whole number"),
        "int_from_float": _must_be("a whole number"),
        "int_parsing_size": _must_be("a smaller number"),
        "bool_type": _must_be("true or false"),
        "list_type": _must_be("a list in [ ]"),
        "dict_type": _must_be("a table"),
        "model_type": _must_be("a table"),
        "enum": _one_of,
        "literal_error": _one_of,
        "greater_than": _bound("{subject} must be more than {bound}, not {value}", "gt"),
        "greater_than_equal": _bound("{subject} must be at least {bound}, not {value}", "ge"),
        "less_than": _bound("{subject} must be less than {bound}, not {value}", "lt"),
        "less_than_equal": _bound("{subject} must be at most {bound}, not {value}", "le"),
        "finite_number": _not_finite,
        "too_long": _too_many,
        "too_short": _too_few,
        "string_too_long": _too_long,
        "string_pattern_mismatch": _pattern,
        "value_error": _own_words,
        "control": _control,
        "blank": _blank,
        "language": _language,
        "default": _no_default,
    }
)
"""Every kind of error that the models can give (a test compares them)."""


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value) if not isinstance(value, int) or abs(value) < 10**20 else "…"
    return clip(text)


def _table_name(path: KeyPath) -> str:
    keys = [part for part in path if isinstance(part, str)]
    if not keys or isinstance(path[-1], int):
        return ""
    return tr(' in "{table}"').format(table=keys[-1])


def _look_up(data: object, path: KeyPath) -> object:
    for part in path:
        if isinstance(part, str) and isinstance(data, dict):
            data = data.get(part)
        elif isinstance(part, int) and isinstance(data, list) and part < len(data):
            data = data[part]
        else:
            break
    return data


def _fields(spec: type[BaseModel], path: KeyPath) -> list[str]:
    """Return the keys that the table at `path` may hold."""
    model: type[BaseModel] | None = spec
    for part in path:
        if isinstance(part, int) or model is None:
            continue
        field = model.model_fields.get(part)
        model = None if field is None else _model_in(field.annotation)
    return [] if model is None else list(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)
