"""Changing the `[figure]` of an exercise's text: only the lines of what changed.

A key frame says only what differs from the one before, so to change one may mean to say more in
the next, which is to stay as it is.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

import tomli
from pydantic import ValidationError

from uncramp.model.figure import ArmPose, Figure, KeyFrame, LegPose, Pin, Placement, Pose, Root
from uncramp.routines.blocks import ended, key_text, line_end, literal, rearranged
from uncramp.routines.edit import with_value
from uncramp.routines.edit_lists import INDENT, with_list
from uncramp.routines.figure_spec import FigureSpec
from uncramp.routines.positions import Positions

FIGURE: Final = "figure"
KEYS: Final = "keys"
_LIMBS: Final = ("working_leg", "other_leg", "working_arm", "other_arm")
_SCALARS: Final = tuple(one.name for one in fields(Pose) if one.name not in _LIMBS)
_LISTS: Final = frozenset({"pins", "scenery", "glow", KEYS})
_DIGITS: Final = 6
"""Behind the point: a thousandth of a millimetre of a runner's height."""
_USUAL: Final[Mapping[str, Any]] = {
    key: field.default for key, field in FigureSpec.model_fields.items() if not field.is_required()
}
_Table = dict[str, Any]
_Value = TypeVar(
    "_Value", bound=Figure | KeyFrame | Pose | LegPose | ArmPose | Pin | Placement | Root
)


def read_figure(text: str) -> Figure | None:
    """Return the figure of an exercise's text, or None when there is none or it is wrong."""
    data = tomli.loads(text).get(FIGURE)
    try:
        return None if data is None else FigureSpec.model_validate(data).to_model()
    except (ValidationError, RecursionError):
        return None


def with_figure(text: str, figure: Figure) -> str:
    """Return `text` with another figure; comments stay where what they speak of does.

    Args:
        text: TOML that the parser accepts.
        figure: what is to be drawn; numbers are written with six digits behind the point.
    """
    wanted = _rounded(figure)
    before = read_figure(text)
    if before == wanted:
        return text
    if before is not None:
        # A text may be written in ways that are read but not looked for here.
        with contextlib.suppress(RuntimeError, LookupError, ValueError, StopIteration):
            changed = _changed(text, before, wanted)
            if read_figure(changed) == wanted:
                return changed
    return _anew(text, wanted)


def without_figure(text: str) -> str:
    """Return `text` without its figure."""
    return with_value(text, (FIGURE,), None) if FIGURE in tomli.loads(text) else text


# -- line by line


def _changed(text: str, before: Figure, figure: Figure) -> str:
    stated = tomli.loads(text)[FIGURE]
    for key, value in _plain_values(figure).items():
        if value == _USUAL.get(key) and key not in stated:
            continue
        if key in stated and _same(stated[key], value):
            continue
        text = with_value(text, (FIGURE, key), value)
    lists: dict[str, list[Any]] = {
        "glow": [str(muscle) for muscle in figure.glow],
        "pins": [_pin_table(pin) for pin in figure.pins],
        "scenery": [_placement_table(item) for item in figure.scenery],
    }
    for name, values in lists.items():
        old = stated.get(name, [])
        kept = [_as_stated(value, old) for value in values]
        text = with_list(text, (FIGURE, name), kept)
    text = _with_as_many_keys(text, before.keys, figure.keys)
    pose = Pose()
    for number, frame in enumerate(figure.keys):
        text = _with_key_frame(text, number, frame, pose)
        pose = frame.pose
    return text


def _plain_values(figure: Figure) -> _Table:
    """Return what the table says by one value each, in the order of the file's description."""
    values: _Table = {}
    for key in FigureSpec.model_fields:
        if key not in _LISTS:
            value = getattr(figure, key)
            values[key] = _root_table(value) if isinstance(value, Root) else _written(value)
    return values


def _root_table(root: Root) -> _Table:
    return {"support": str(root.support), "x": _number(root.x), "y": _number(root.y)}


def _written(value: object) -> object:
    """Return a value as a file holds it."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    return value


def _as_stated(value: object, old: Sequence[object]) -> object:
    """Return an item as the file writes it, if it has it already."""
    if not isinstance(value, dict):
        return value
    usual = {"x": 0.0, "y": 0.0, "height": 0.0, "width": 0.0}
    full = usual | value
    return next((item for item in old if isinstance(item, dict) and usual | item == full), value)


def _with_as_many_keys(text: str, old: Sequence[KeyFrame], new: Sequence[KeyFrame]) -> str:
    """Add or take away key frames where the rows begin to differ."""
    more = len(new) - len(old)
    if not more:
        return text
    most = min(len(old), len(new))
    first = next((i for i in range(most) if _moves(old[i]) != _moves(new[i])), most)
    end = line_end(text)
    if more > 0:
        new_block = f"{end}[[{FIGURE}.{KEYS}]]{end}at_s = 0.0{end}"

        def changed(blocks: list[str]) -> list[str]:
            return [*blocks[:first], *[new_block] * more, *blocks[first:]]
    else:

        def changed(blocks: list[str]) -> list[str]:
            return [*blocks[:first], *blocks[first - more :]]

    return rearranged(text, (FIGURE, KEYS), changed)


def _moves(key: KeyFrame) -> tuple[Pose, str]:
    return key.pose, key.easing


def _with_key_frame(text: str, number: int, key: KeyFrame, before: Pose) -> str:
    stated = tomli.loads(text)[FIGURE][KEYS][number]
    path = (FIGURE, KEYS, number)
    values = {"at_s": _number(key.at_s), "easing": str(key.easing)}
    usual: _Table = {"at_s": None, "easing": "ease"}
    for name in _SCALARS:
        values[name] = _number(getattr(key.pose, name))
        usual[name] = getattr(before, name)
    for name, value in values.items():
        if (name in stated or not _same(usual[name], value)) and not _same(stated.get(name), value):
            text = with_value(text, (*path, name), value)
    for limb in _LIMBS:
        table = _limb_table(getattr(key.pose, limb), getattr(before, limb), stated.get(limb, {}))
        if table and table != stated.get(limb):
            text = with_value(text, (*path, limb), table)
    return text


def _limb_table(limb: LegPose | ArmPose, before: LegPose | ArmPose, stated: _Table) -> _Table:
    """Return what a key frame says of a limb: what it said already, and what differs."""
    names = [one.name for one in fields(limb)]
    order = [*(name for name in stated if name in names)]
    order += [
        name
        for name in names
        if name not in stated and not _same(getattr(limb, name), getattr(before, name))
    ]
    return {
        name: stated[name]
        if name in stated and _same(stated[name], getattr(limb, name))
        else _number(getattr(limb, name))
        for name in order
    }


def _same(a: object, b: object) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) < 10.0**-_DIGITS
    return a == b


# -- anew


def _anew(text: str, figure: Figure) -> str:
    """Write the whole figure at the end of the text."""
    end = line_end(text)
    text = ended(_without_all(text), end).rstrip("\r\n") + end
    lines = ["", f"[{FIGURE}]"]
    for key, value in _plain_values(figure).items():
        if key not in _USUAL or value != _USUAL[key]:
            lines.append(f"{key} = {literal(value)}")
    if figure.glow:
        lines.append(f"glow = {literal([str(muscle) for muscle in figure.glow])}")
    for name, tables in (
        ("pins", [_pin_table(pin) for pin in figure.pins]),
        ("scenery", [_placement_table(item) for item in figure.scenery]),
    ):
        if tables:
            lines += [f"{name} = [", *(f"{INDENT}{literal(one)}," for one in tables), "]"]
    pose = Pose()
    for frame in figure.keys:
        lines += _key_lines(frame, pose)
        pose = frame.pose
    return text + end.join([*lines, ""])


def _without_all(text: str) -> str:
    if FIGURE not in tomli.loads(text):
        return text
    heads = [path for path, _ in Positions(text).headers if path[0] == FIGURE]
    inside = [pair.path for pair in Positions(text).pairs if pair.path[0] == FIGURE]
    assert heads or inside
    return with_value(text, (FIGURE,), None)


def _key_lines(key: KeyFrame, before: Pose) -> list[str]:
    lines = ["", f"[[{FIGURE}.{KEYS}]]", f"at_s = {literal(_number(key.at_s))}"]
    if key.easing != "ease":
        lines.append(f"easing = {literal(str(key.easing))}")
    for name in _SCALARS:
        value = getattr(key.pose, name)
        if not _same(value, getattr(before, name)):
            lines.append(f"{name} = {literal(_number(value))}")
    for limb in _LIMBS:
        table = _limb_table(getattr(key.pose, limb), getattr(before, limb), {})
        if table:
            lines.append(f"{key_text(limb)} = {literal(table)}")
    return lines


# -- values


def _pin_table(pin: Pin) -> _Table:
    return _table(pin, Pin(pin.limb, pin.touch, pin.contact), ("limb", "touch", "contact"))


def _placement_table(item: Placement) -> _Table:
    return _table(item, Placement(item.kind), ("kind", "x"))


def _table(value: Pin | Placement, usual: Pin | Placement, always: tuple[str, ...]) -> _Table:
    """Return what a pin or a thing says beyond the usual."""
    return {
        one.name: _written(getattr(value, one.name))
        for one in fields(value)
        if one.name in always or getattr(value, one.name) != getattr(usual, one.name)
    }


def _number(value: float) -> float | int:
    value = round(value, _DIGITS)
    return int(value) if float(value).is_integer() else value


def _rounded(value: _Value) -> _Value:
    """Return the value with every number as it is written."""
    changes: dict[str, Any] = {}
    for one in fields(value):
        inner = getattr(value, one.name)
        if isinstance(inner, float) or type(inner) is int:
            changes[one.name] = float(round(inner, _DIGITS))
        elif isinstance(inner, Pose | LegPose | ArmPose | Root):
            changes[one.name] = _rounded(inner)
        elif isinstance(inner, tuple) and one.name in {"keys", "pins", "scenery"}:
            changes[one.name] = tuple(_rounded(item) for item in inner)
    return replace(value, **changes)
