"""JSON Schemas of the files, for editors; generated from the models that the loader uses.

`python -m uncramp.routines.schema FOLDER` writes them, after a change of the models.
"""

import json
import sys
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, JsonValue

from uncramp.routines.spec import ExerciseSpec, RoutineSpec

SchemaKind = Literal["routine", "exercise"]

_SPECS: Final[dict[SchemaKind, type[BaseModel]]] = {
    "routine": RoutineSpec,
    "exercise": ExerciseSpec,
}
_DIALECT: Final = "http://json-schema.org/draft-07/schema#"  # what editors for TOML understand
_TITLES: Final = "Uncramp"


def schema_text(kind: SchemaKind) -> str:
    """Return the schema file's text; `routine` or `exercise`."""
    schema = _tidied(_SPECS[kind].model_json_schema())
    if not isinstance(schema, dict):
        raise TypeError(kind)
    return json.dumps({"$schema": _DIALECT} | schema, indent=2, ensure_ascii=False) + "\n"


def _tidied(node: JsonValue) -> JsonValue:
    """Drop titles that only repeat the key, and null, which TOML does not have."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept: dict[str, JsonValue] = {}
    # A step is told from a group by its keys, so both words mean the same, and editors know this.
    node = {"anyOf" if key == "oneOf" else key: value for key, value in node.items()}
    for key, value in node.items():
        if key in ("properties", "$defs") and isinstance(value, dict):
            kept[key] = {name: _tidied(inner) for name, inner in value.items()}
        elif not (key == "title" and not str(value).startswith(_TITLES)) and not (
            key == "default" and value is None
        ):
            kept[key] = _tidied(value)
    options = kept.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        del kept["anyOf"]
        others = [option for option in options if option != {"type": "null"}]
        only = others[0] if len(others) == 1 else {"anyOf": others}
        kept |= only if isinstance(only, dict) else {}
    return kept


def write_schemas(folder: Path) -> None:
    """Write `routine.schema.json` and `exercise.schema.json`."""
    for kind in _SPECS:
        path = folder / f"{kind}.schema.json"
        path.write_text(schema_text(kind), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
