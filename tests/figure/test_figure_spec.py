"""The `[figure]` table: what it refuses, and that whatever it accepts can be drawn."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from uncramp.figure.display import Shape
from uncramp.figure.drawing import bounds, display_list
from uncramp.model.body import Side
from uncramp.model.figure import Contact, Easing, Limb, Muscle, Play, Scenery, Support, Touch, View
from uncramp.routines.figure_spec import FOOTHOLDS, FigureSpec

LEAST: dict[str, Any] = {"view": "side", "cycle_s": 2.0, "keys": [{"at_s": 0.0}]}
FOOT = {"limb": "working_foot", "touch": "floor", "contact": "sole"}
HAND = {"limb": "working_hand", "touch": "wall", "contact": "palm", "y": 0.8}


def test_the_least_table_is_a_standing_runner() -> None:
    figure = FigureSpec.model_validate(LEAST).to_model()
    assert figure.view is View.SIDE
    assert len(figure.keys) == 1


def test_a_key_frame_keeps_what_it_does_not_mention() -> None:
    table = LEAST | {
        "keys": [
            {"at_s": 0.0, "trunk": 12, "working_leg": {"hip": 30, "knee": 40}},
            {"at_s": 1.0, "working_leg": {"knee": 60}},
        ]
    }
    second = FigureSpec.model_validate(table).to_model().keys[1].pose
    assert second.trunk == 12
    assert second.working_leg.hip == 30
    assert second.working_leg.knee == 60


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"keys": []}, "keys"),
        ({"keys": [{"at_s": 0.0}] * 33}, "keys"),
        ({"keys": [{"at_s": 0.5}]}, ""),
        ({"keys": [{"at_s": 0.0}, {"at_s": 0.0}]}, ""),
        ({"keys": [{"at_s": 0.0}, {"at_s": 2.0}]}, ""),
        ({"keys": [{"at_s": 0.0, "trunk": 500}]}, "keys.0.trunk"),
        ({"keys": [{"at_s": 0.0, "trunk": math.nan}]}, "keys.0.trunk"),
        ({"keys": [{"at_s": 0.0, "trnk": 5}]}, "keys.0.trnk"),
        ({"keys": [{"at_s": 0.0, "working_leg": {"knee": -10}}]}, "keys.0.working_leg.knee"),
        ({"keys": [{"at_s": 0.0, "working_leg": {"knee": 141}}]}, "keys.0.working_leg.knee"),
        ({"keys": [{"at_s": 0.0, "working_leg": {"hip": -21}}]}, "keys.0.working_leg.hip"),
        ({"keys": [{"at_s": 0.0, "working_leg": {"ankle": 41}}]}, "keys.0.working_leg.ankle"),
        (
            {"keys": [{"at_s": 0.0, "working_leg": {"knee": 5, "ankle": 35}}]},
            "keys.0.working_leg",
        ),
        ({"keys": [{"at_s": 0.0, "other_arm": {"shoulder": 181}}]}, "keys.0.other_arm.shoulder"),
        ({"cycle_s": 0.0}, "cycle_s"),
        ({"cycle_s": 1e9}, "cycle_s"),
        ({"cycle_s": math.inf}, "cycle_s"),
        ({"stride": -1.0}, "stride"),
        ({"view": "top"}, "view"),
        ({"glow": ["brain"]}, "glow.0"),
        ({"glow": ["soleus"] * 5}, "glow"),
        ({"pins": [FOOT, FOOT]}, ""),
        ({"pins": [FOOT | {"contact": "palm"}]}, "pins.0"),
        ({"pins": [FOOT | {"touch": "wall"}]}, "pins.0"),
        ({"pins": [FOOT | {"touch": "knee"}]}, "pins.0"),
        ({"pins": [FOOT | {"touch": "ball"}]}, ""),
        ({"pins": [FOOT | {"touch": "step", "contact": "ball"}]}, ""),
        ({"pins": [HAND | {"touch": "rail", "contact": "grip"}]}, ""),
        ({"pins": [HAND]}, ""),
        ({"pins": [HAND | {"touch": "thigh", "y": 2.0}]}, "pins.0"),
        ({"pins": [FOOT | {"x": 1e9}]}, "pins.0.x"),
        ({"scenery": [{"kind": "wall"}] * 17}, "scenery"),
        ({"root": {"support": "nose"}}, "root.support"),
        ({"root": {"support": "hip", "x": math.inf}}, "root.x"),
        ({"keys": [{"at_s": 0.0, "bend": 90}]}, "keys.0.bend"),
        ({"pins": [FOOT | {"contact": "forearm"}]}, "pins.0"),
        ({"pins": [HAND | {"touch": "towel"}]}, ""),
        ({"scenery": [{"kind": "wall", "x": math.nan}]}, "scenery.0.x"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_drawn_is_refused_where_it_stands(
    change: dict[str, Any], place: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        FigureSpec.model_validate(LEAST | change)
    assert place in {".".join(map(str, error["loc"])) for error in caught.value.errors()}


def test_all_mistakes_are_told_at_once() -> None:
    keys = [{"at_s": 0.0, "trunk": 999}, {"at_s": 1.0, "lift": -1}]
    with pytest.raises(ValidationError) as caught:
        FigureSpec.model_validate(LEAST | {"keys": keys, "view": "top"})
    assert len(caught.value.errors()) == 3


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


LEGS = st.fixed_dictionaries(
    {},
    optional={
        "hip": between(-20, 125),
        "knee": between(20, 140),
        "ankle": between(-60, 40),
        "abduction": between(-30, 60),
        "shift": between(-2, 2),
        "lift": between(0, 1),
        "toes": between(-40, 70),
    },
)
ARMS = st.fixed_dictionaries(
    {},
    optional={
        "shoulder": between(-50, 180),
        "elbow": between(0, 150),
        "abduction": between(-30, 180),
        "touch": between(0, 1),
        "shift": between(-1, 1),
        "lift": between(-1, 1),
    },
)
POSES = st.fixed_dictionaries(
    {},
    optional={
        "easing": st.sampled_from([e.value for e in Easing]),
        "trunk": between(-100, 180),
        "head": between(-90, 180),
        "twist": between(-90, 90),
        "lift": between(0, 1),
        "breath": between(0, 1),
        "bend": between(-60, 60),
        "neck": between(-40, 40),
        "x": between(-2, 2),
        "y": between(-1, 1),
        "working_leg": LEGS,
        "other_leg": LEGS,
        "working_arm": ARMS,
        "other_arm": ARMS,
    },
)
HOLDS = [
    {"touch": touch, "contact": contact}
    for touch, contacts in FOOTHOLDS.items()
    for contact in contacts
]
FEET = st.fixed_dictionaries(
    {
        "hold": st.sampled_from(HOLDS),
        "x": between(-3, 3),
        "y": between(0, 1),
    }
)
HANDS = st.fixed_dictionaries(
    {
        "touch": st.sampled_from(list(Touch)),
        "contact": st.sampled_from(
            [Contact.PALM, Contact.FINGERTIPS, Contact.GRIP, Contact.FOREARM]
        ),
        "x": between(-3, 3),
        "y": between(0, 1),
        "of": st.sampled_from([None, *Limb]),
    }
)


PROPS = frozenset(
    {
        Scenery.MAT,
        Scenery.BED,
        Scenery.PILLOW,
        Scenery.CUSHION,
        Scenery.ROLLER,
        Scenery.HEAT_PACK,
        Scenery.COLD_PACK,
    }
)
"""No pin needs them."""
ROOTS = st.none() | st.fixed_dictionaries(
    {"support": st.sampled_from(list(Support)), "x": between(-3, 3), "y": between(-3, 3)}
)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    keys = [draw(POSES) | {"at_s": float(i)} for i in range(count)]
    pins = [
        draw(FEET if limb.is_foot else HANDS) | {"limb": limb}
        for limb in Limb
        if draw(st.booleans())
    ]
    pins = [pin | pin.pop("hold", {}) for pin in pins]
    width = draw(between(0, 3))
    scenery: list[dict[str, Any]] = [
        {
            "kind": kind,
            "x": 0.4,
            "height": 0.3,
            "width": width,
            "limb": draw(st.sampled_from([None, Limb.WORKING_FOOT, Limb.OTHER_FOOT])),
        }
        for kind in Scenery
        if kind not in PROPS or draw(st.integers(0, 2)) == 0
    ]
    return {
        "view": draw(st.sampled_from(list(View))),
        "play": draw(st.sampled_from(list(Play))),
        "cycle_s": count + 0.5,
        "keys": keys,
        "pins": pins,
        "scenery": scenery,
        "root": draw(ROOTS),
        "glow": draw(st.lists(st.sampled_from(list(Muscle)), max_size=4)),
        "glow_both": draw(st.booleans()),
        "alternate": draw(st.booleans()),
        "stride": draw(between(0, 5)),
    }


@settings(max_examples=60, deadline=None)
@given(tables(), between(-100, 1e6))
def test_whatever_is_accepted_can_be_drawn(table: dict[str, Any], t_s: float) -> None:
    """Impossible poses look impossible, but nothing raises and every number is finite."""
    figure = FigureSpec.model_validate(table).to_model()
    box = bounds(figure, Side.LEFT)
    assert box.width > 0 and box.height > 0
    assert math.isfinite(box.width) and math.isfinite(box.height)
    shown = display_list(figure, t_s, Side.RIGHT)
    for item in shown.still + shown.moving:
        numbers = (
            [n for outline in item.outlines for n in outline]
            if isinstance(item, Shape)
            else [item.x, item.y, item.rx, item.ry, item.angle / 360]
        )
        assert all(math.isfinite(n) and abs(n) < 100 for n in numbers)
