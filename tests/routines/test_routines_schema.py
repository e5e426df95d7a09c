"""The editors' schemas are fresh, fit the shipped files, and agree with the loader."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import tomli
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from uncramp.routines.parse import parse_exercise, parse_routine
from uncramp.routines.schema import SchemaKind, schema_text
from uncramp.routines.source import Source

ROOT = Path(__file__).resolve().parents[2]
KINDS = get_args(SchemaKind)
VALIDATORS = {kind: jsonschema.Draft7Validator(json.loads(schema_text(kind))) for kind in KINDS}
FILES = sorted((ROOT / "routines").rglob("*.toml"))


def kind_of(path: Path) -> SchemaKind:
    return "routine" if path.name.endswith(".routine.toml") else "exercise"


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_fresh(kind: SchemaKind) -> None:
    committed = (ROOT / "assets" / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(kind), "run: python -m uncramp.routines.schema assets/schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_one(kind: SchemaKind) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(schema_text(kind)))


def keywords(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("properties", "$defs"):
                for inner in value.values():
                    assert "description" in inner or "$ref" in inner or "enum" in inner
                    yield from keywords(inner)
            elif key not in ("default", "examples", "enum", "required", "const", "dependencies"):
                yield key
                yield from keywords(value)
    elif isinstance(node, list):
        for inner in node:
            yield from keywords(inner)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_keeps_to_words_that_editors_know(kind: SchemaKind) -> None:
    # What the validators of TOML editors have known since draft 7; prefixItems, for example, not.
    assert set(keywords(json.loads(schema_text(kind)))) <= {
        "$schema", "$ref", "title", "description", "type", "additionalProperties", "anyOf", "not",
        "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems",
        "maxItems", "maxLength", "items", "propertyNames",
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_shipped_file_fits_its_schema_and_names_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    VALIDATORS[kind_of(path)].validate(tomli.loads(text))
    named = text.splitlines()[0].removeprefix("#:schema ")
    assert (path.parent / named).resolve() == (
        ROOT / "assets" / "schemas" / f"{kind_of(path)}.schema.json"
    )


STEP = {
    "exercise": "squat", "seconds": 20, "repetitions": 10, "repetition_s": 2.0, "sets": 2,
    "rest_s": 1, "alternate": True, "set_up_s": 0, "switch_s": 0, "half_way": False, "note": "Go",
    "name": "N", "cues": ["Continue"], "instead": {"hamstring": "a", "foot": "b"},
}  # fmt: skip
ROUTINE = {
    "format": 1, "id": "a", "ref": "R1", "name": {"default": "N", "de": "M"}, "summary": "S",
    "moment": "desk", "sources": ["A", "B"], "relieves": ["calf", "foot"],
    "for_beginners": True, "afterwards": "A", "checklist": ["C"], "offers": ["b"],
    "prompts": [{"minutes": -5.5, "anchor": "finish", "text": "T", "routine": "b"}],
    "steps": [STEP, {"exercise": "x", "seconds": 5}],
}  # fmt: skip
EXERCISE = {
    "format": 1, "id": "a", "ref": "E1", "name": "N", "kind": "hold", "sides": "each",
    "side_left": "L", "side_right": "R", "cycle_s": 2, "muscles": ["calf"], "props": ["wall"],
    "cues": ["Go", {"default": "Stay", "pt-BR": "Fica"}], "feel": "F", "mistakes": ["M"],
    "caution": "C", "gate": "G", "easier": "E", "harder": "H", "sources": ["S"], "start": "S",
    "dose": {"seconds": 30, "repetitions": 5, "sets": 2, "rest_s": 5},
}  # fmt: skip
ODD = st.one_of(
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([20, 21, 60, 61, 120, 121, 500, 501, 600, 3600, 3601, 10**6]),
    st.floats(-10, 5000, allow_nan=False).map(lambda x: round(x, 1)),
    st.sampled_from(["", " ", "a", "A b", "each", "hold", "wall", "desk", "a\n", "x\ty", "\u202e"]),
    st.integers(0, 500).map(lambda n: "x" * n),
    st.sampled_from([[], ["a"], [1], ["wall"], ["a", ""], {}, {"default": "d"}, {"de": "d"}]),
    st.sampled_from([{"default": "d", "de": ""}, {"default": "d", "d": "x"}, {"default": 1}]),
    st.sampled_from([[{"exercise": "a", "seconds": 1}], [{"exercise": "a"}], [{}], [[]]]),
)


@st.composite
def changed(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with up to three keys removed, added or given another value."""
    document = deepcopy(document)
    for _ in range(draw(st.integers(0, 3))):
        tables = (
            [document, *(s for s in document.get("steps", []) if isinstance(s, dict))]
            if (isinstance(document.get("steps", []), list))
            else [document]
        )
        table = draw(st.sampled_from(tables))
        key = draw(st.sampled_from([*sorted(table), "new", "sets", "seconds"]))
        if draw(st.booleans()):
            table.pop(key, None)
        else:
            table[key] = draw(ODD)
    return document


def accepted(kind: SchemaKind, document: dict[str, Any]) -> bool:
    text = tomlkit.dumps(document)
    assert tomli.loads(text) == document
    source = Source("x.toml", text, "")
    parsed = parse_routine(source) if kind == "routine" else parse_exercise(source)
    assert (parsed.value is None) == bool(parsed.problems)
    assert all(problem.line > 0 and problem.column > 0 for problem in parsed.problems)
    return parsed.value is not None


@settings(max_examples=300, deadline=None)
@given(changed(ROUTINE))
def test_schema_and_loader_agree_on_routines(document: dict[str, Any]) -> None:
    assert accepted("routine", document) == VALIDATORS["routine"].is_valid(document)


@settings(max_examples=300, deadline=None)
@given(changed(EXERCISE))
def test_schema_and_loader_agree_on_exercises(document: dict[str, Any]) -> None:
    assert accepted("exercise", document) == VALIDATORS["exercise"].is_valid(document)


@pytest.mark.parametrize(("kind", "document"), [("routine", ROUTINE), ("exercise", EXERCISE)])
def test_the_starting_points_are_right(kind: SchemaKind, document: dict[str, Any]) -> None:
    assert accepted(kind, document)
    assert VALIDATORS[kind].is_valid(document)
