"""What an exercise file and a routine file may hold, as pydantic models.

The JSON Schemas for editors are generated from these models, so everything that a schema can
say about a file is said here once: keys, types, bounds, defaults and their descriptions.

A text is either a string or a table of a `default` and its translations:
`name = "Quick 5"`, or `name.default = "Quick 5"` and `name.de = "Schnelle 5"`.
"""

import re
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    JsonValue,
    Tag,
)
from pydantic_core import PydanticCustomError, core_schema

from uncramp.model.body import CrampSite
from uncramp.model.exercise import Dose, Exercise, Kind, Prop, Sides
from uncramp.model.figure import Figure, View
from uncramp.model.moment import Moment
from uncramp.model.routine import SET_UP_S, SWITCH_S, Alternative, Anchor, Prompt
from uncramp.model.text import Text
from uncramp.routines.draft import KeyPath, RoutineDraft, StepDraft
from uncramp.routines.figure_spec import FigureSpec

FORMAT = 1
"""The version of the files that this program reads and writes."""
TEXT_TAG: Final = "<text>"
TABLE_TAG: Final = "<table>"
STEP_TAG: Final = "<step>"
GROUP_TAG: Final = "<group>"
"""Marks in the places of pydantic's errors; no key can look like them."""

MIN_S, MAX_S = 1.0, 3600.0
"""Seconds of one block of work: heat packs need 900, nothing needs an hour."""
MAX_STEPS = 200
MAX_IN_GROUP = 50

# Line ends and other control characters would break a spoken or one-line text; the marks that
# turn the direction of writing could make a text look like another one.
_CONTROL: Final = (
    "[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e"
    "\\u2066-\\u2069\\ufeff]"
)
_CONTROL_PATTERN: Final = re.compile(_CONTROL)
_LANGUAGE: Final = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_LANGUAGE_PATTERN: Final = re.compile(_LANGUAGE.removesuffix("$"))
_ID: Final = "^[a-z][a-z0-9_]{0,63}$"
_REF: Final = "^[A-Za-z0-9]{0,12}$"
_PICTURE: Final = r"^([a-z][a-z0-9_]{0,63}\.(svg|png))?$"
_NO_CONTROL: Final[dict[str, JsonValue]] = {"not": {"pattern": _CONTROL}}


def _printable(value: str) -> str:
    found = _CONTROL_PATTERN.search(value)
    if found is not None:
        raise PydanticCustomError("control", "control", {"code": f"U+{ord(found.group()):04X}"})
    if not value.strip():
        raise PydanticCustomError("blank", "blank")
    return value


def _translated(value: dict[str, str]) -> dict[str, str]:
    for code in value:
        if code != "default" and not _LANGUAGE_PATTERN.fullmatch(code):
            raise PydanticCustomError("language", "language", {"code": code})
    if "default" not in value:
        raise PydanticCustomError("default", "default")
    return value


def _whole(value: object) -> object:
    """Let 2.0 pass as 2, as JSON Schema does."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _no_bool(value: object) -> object:
    """Tell `true` from 1, which in Python are equal; and let 1.0 pass as `_whole` does."""
    return None if isinstance(value, bool) else _whole(value)


def _form(value: object) -> str:
    return TABLE_TAG if isinstance(value, dict) else TEXT_TAG


def _one_line(longest: int) -> dict[str, JsonValue]:
    return {"type": "string", "maxLength": longest, "pattern": "\\S", **_NO_CONTROL}


class _Translatable:
    """Marks a text: a string, or a table of a default and its translations."""

    def __init__(self, longest: int) -> None:
        self._longest: Final = longest

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        line = core_schema.no_info_after_validator_function(
            _printable, core_schema.str_schema(max_length=self._longest, strict=True)
        )
        table = core_schema.no_info_after_validator_function(
            _translated, core_schema.dict_schema(core_schema.str_schema(), line, strict=True)
        )
        # With a tag for each form a wrong text gives one error, not one for each form.
        return core_schema.tagged_union_schema({TEXT_TAG: line, TABLE_TAG: table}, _form)

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, JsonValue]:
        keys: dict[str, JsonValue] = {"pattern": f"^default$|{_LANGUAGE}", **_NO_CONTROL}
        table: dict[str, JsonValue] = {
            "type": "object",
            "required": ["default"],
            "propertyNames": keys,
            "additionalProperties": _one_line(self._longest),
        }
        return {"anyOf": [_one_line(self._longest), table]}


_Format = Annotated[Literal[1], BeforeValidator(_no_bool)]
_Id = Annotated[str, Field(pattern=_ID, json_schema_extra=_NO_CONTROL)]
_Ref = Annotated[str, Field(pattern=_REF, json_schema_extra=_NO_CONTROL)]
_Picture = Annotated[str, Field(pattern=_PICTURE, json_schema_extra=_NO_CONTROL)]
_Exercise = Annotated[
    str,
    Field(max_length=80, json_schema_extra={"pattern": "\\S", **_NO_CONTROL}),
    AfterValidator(_printable),
]
_Number = Annotated[float, Field(allow_inf_nan=False)]
_Repetitions = Annotated[int, Field(ge=1, le=500), BeforeValidator(_whole)]
_Sets = Annotated[int, Field(ge=1, le=20), BeforeValidator(_whole)]
_Name = Annotated[str | dict[str, str], _Translatable(60)]
_Line = Annotated[str | dict[str, str], _Translatable(120)]
_Sentence = Annotated[str | dict[str, str], _Translatable(300)]
_Source = Annotated[
    str,
    Field(max_length=400, json_schema_extra={"pattern": "\\S", **_NO_CONTROL}),
    AfterValidator(_printable),
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class DoseSpec(_Table):
    """How much of an exercise is usual."""

    seconds: _Number | None = Field(
        None, ge=MIN_S, le=MAX_S, description="Length of one set, for each side."
    )
    repetitions: _Repetitions | None = Field(
        None, description="How often, in each set and for each side."
    )
    sets: _Sets = Field(1, description="How many sets, for each side.")
    rest_s: _Number = Field(0.0, ge=0, le=600, description="Seconds of rest between the sets.")

    def to_model(self) -> Dose:
        """Return the value of the model."""
        return Dose(self.seconds, self.repetitions, self.sets, self.rest_s)


class ExerciseSpec(_Table):
    """An exercise file: what to do, how to say it, and how it is drawn."""

    model_config = ConfigDict(title="Uncramp exercise")

    format: _Format = Field(description="Version of the file format: 1.")
    id: _Id = Field(description="Name in routines: small letters, digits, underscores.")
    ref: _Ref = Field("", description="Number in the exercise catalogue; leave it out in your own.")
    name: _Name = Field(description="Short name, shown and spoken.")
    kind: Kind = Field(description="How the body moves.")
    sides: Sides = Field(description='"each": one side after the other; "both": one block.')
    side_left: _Name | None = Field(None, description='Said for the left side, if not "Left leg".')
    side_right: _Name | None = Field(None, description="The same for the right side.")
    cycle_s: _Number | None = Field(
        None, ge=0.2, le=60, description="Seconds of one repetition or one in-and-out."
    )
    dose: DoseSpec | None = Field(
        None, description="How much is usual: what a new step of a routine begins with."
    )
    start: _Sentence | None = Field(None, description="How to get into place, in one sentence.")
    muscles: list[_Line] = Field([], max_length=8, description="What works or is stretched.")
    props: list[Prop] = Field([], max_length=8, description="Things that are needed.")
    cues: list[_Line] = Field(
        max_length=8, min_length=1, description="Spoken coaching, most important first."
    )
    feel: _Sentence = Field(description="What it should feel like, in one sentence.")
    mistakes: list[_Line] = Field([], max_length=12, description="What goes wrong most often.")
    caution: _Sentence | None = Field(None, description="When to leave it out or take care.")
    gate: _Sentence | None = Field(
        None, description='What must come before it: "Only after two weeks of ...".'
    )
    easier: _Sentence | None = Field(None, description="How to make it easier.")
    harder: _Sentence | None = Field(None, description="How to make it harder.")
    sources: list[_Source] = Field([], max_length=12, description="Where the facts come from.")
    figure: FigureSpec | None = Field(
        None, description="How it is drawn; without it the runner just stands."
    )
    picture: _Picture = Field(
        "", description="An SVG or PNG file in the same folder, shown in place of the figure."
    )

    def to_model(self) -> Exercise:
        """Return the value of the model."""
        return Exercise(
            id=self.id,
            ref=self.ref,
            name=_to_text(self.name),
            kind=self.kind,
            sides=self.sides,
            muscles=_to_texts(self.muscles),
            props=tuple(self.props),
            cues=_to_texts(self.cues),
            feel=_to_text(self.feel),
            mistakes=_to_texts(self.mistakes),
            sources=tuple(self.sources),
            figure=Figure(View.SIDE) if self.figure is None else self.figure.to_model(),
            side_left=_to_text_or_none(self.side_left),
            side_right=_to_text_or_none(self.side_right),
            caution=_to_text_or_none(self.caution),
            easier=_to_text_or_none(self.easier),
            harder=_to_text_or_none(self.harder),
            cycle_s=self.cycle_s,
            start=_to_text_or_none(self.start),
            gate=_to_text_or_none(self.gate),
            dose=None if self.dose is None else self.dose.to_model(),
            picture=self.picture,
        )


class InsteadSpec(_Table):
    """Which exercise a step uses when the cramp is elsewhere."""

    calf: _Exercise | None = Field(None, description="For a cramp in the calf.")
    hamstring: _Exercise | None = Field(None, description="In the back of the thigh.")
    quad: _Exercise | None = Field(None, description="In the front of the thigh.")
    foot: _Exercise | None = Field(None, description="In the foot.")

    def to_model(self) -> tuple[Alternative, ...]:
        """Return the values of the model."""
        given = {site: getattr(self, site.value) for site in CrampSite}
        return tuple(Alternative(site, name) for site, name in given.items() if name is not None)


class PromptSpec(_Table):
    """One prompt of a day: what to do, and when."""

    minutes: _Number = Field(
        ge=-1440, le=1440, description="Minutes from the anchor; negative before it."
    )
    anchor: Anchor = Field(Anchor.START, description='"start" or "finish" of the event.')
    text: _Sentence = Field(description="What to do, in one or two sentences.")
    routine: _Exercise | None = Field(None, description="The id of a routine to start then.")

    def to_model(self) -> Prompt:
        """Return the value of the model."""
        return Prompt(self.minutes, _to_text(self.text), self.anchor, self.routine)


class StepSpec(_Table):
    """One step of a routine: an exercise and its dose."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": ["seconds"]}, {"required": ["repetitions"]}],
            "dependencies": {"repetition_s": ["repetitions"]},
        }
    )

    # Not held to the form of an id: somebody who writes a name here is told the id instead.
    exercise: _Exercise = Field(description="The id of an exercise.", examples=["easy_jog"])
    seconds: _Number | None = Field(
        None, ge=MIN_S, le=MAX_S, description="Length of one set, for each side.", examples=[30]
    )
    repetitions: _Repetitions | None = Field(
        None, description="How often, in each set and for each side.", examples=[15]
    )
    repetition_s: _Number | None = Field(
        None, ge=0.2, le=60, description="Seconds of one repetition, if not the exercise's own."
    )
    sets: _Sets = Field(1, description="How many blocks of work, for each side.")
    rest_s: _Number = Field(0.0, ge=0, le=600, description="Seconds of rest between the sets.")
    alternate: bool = Field(False, description="Change sides after every set.")
    set_up_s: _Number = Field(
        SET_UP_S, ge=0, le=120, description="Seconds to get into place; not for the first step."
    )
    switch_s: _Number = Field(SWITCH_S, ge=0, le=60, description="Seconds to change sides.")
    half_way: bool | None = Field(
        None, description="Announce the middle; when left out, long sets do."
    )
    note: _Sentence | None = Field(None, description="One sentence shown with the step.")
    name: _Name | None = Field(None, description="Shown and said in place of the exercise's name.")
    cues: list[_Line] = Field(
        [], max_length=8, description="Spoken coaching in place of the exercise's own."
    )
    instead: InsteadSpec | None = Field(
        None, description="The exercise for a cramp elsewhere, by where it is."
    )

    def to_draft(self, path: KeyPath, rounds: int = 1) -> StepDraft:
        """Return the step that stands at that place in the file."""
        return StepDraft(
            path=path,
            exercise=self.exercise,
            seconds=self.seconds,
            repetitions=self.repetitions,
            repetition_s=self.repetition_s,
            sets=self.sets,
            rest_s=self.rest_s,
            alternate=self.alternate,
            set_up_s=self.set_up_s,
            switch_s=self.switch_s,
            half_way=self.half_way,
            note=_to_text_or_none(self.note),
            name=_to_text_or_none(self.name),
            cues=_to_texts(self.cues),
            instead=() if self.instead is None else self.instead.to_model(),
            rounds=rounds,
        )


class GroupSpec(_Table):
    """Steps that are done several times around."""

    rounds: _Sets = Field(description="How many times around.", examples=[3])
    steps: list[StepSpec] = Field(
        min_length=1, max_length=MAX_IN_GROUP, description="What is done in each round."
    )

    def to_drafts(self, path: KeyPath) -> tuple[StepDraft, ...]:
        """Return the steps of one round."""
        return tuple(
            step.to_draft((*path, "steps", number), self.rounds)
            for number, step in enumerate(self.steps)
        )


def _step_form(value: object) -> str:
    is_group = isinstance(value, dict) and ("rounds" in value or "steps" in value)
    return GROUP_TAG if is_group else STEP_TAG


_StepOrGroup = Annotated[
    Annotated[StepSpec, Tag(STEP_TAG)] | Annotated[GroupSpec, Tag(GROUP_TAG)],
    Discriminator(_step_form),
]


class RoutineSpec(_Table):
    """A routine file: which exercises, how long, in which order."""

    model_config = ConfigDict(title="Uncramp routine")

    format: _Format = Field(description="Version of the file format: 1.")
    id: _Id = Field(description="Name on the command line: small letters, digits, underscores.")
    ref: _Ref = Field("", description="Number in the routine catalogue; leave it out in your own.")
    name: _Name = Field(description="Short name, shown and spoken.")
    summary: _Sentence = Field(description="One sentence: what for, and when.")
    moment: Moment = Field(description="When the routine is meant for.")
    relieves: list[CrampSite] = Field(
        [],
        max_length=4,
        description="The cramp that it is for; it is then done on the leg that cramps only.",
    )
    for_beginners: bool = Field(False, description="Whether a first-time user is given it.")
    sources: list[_Source] = Field([], max_length=12, description="Where the facts come from.")
    afterwards: _Sentence | None = Field(
        None, description="Said at the end: a question, or what to watch for."
    )
    checklist: list[_Sentence] = Field([], max_length=8, description="To see to at the end.")
    offers: list[_Exercise] = Field(
        [], max_length=4, description="The ids of routines to offer at the end."
    )
    prompts: list[PromptSpec] = Field(
        [], max_length=24, description="What to do when around an event; the steps come after it."
    )
    steps: list[_StepOrGroup] = Field(
        min_length=1, max_length=MAX_STEPS, description="What is done, in this order."
    )

    def to_draft(self) -> RoutineDraft:
        """Return the routine, still without its exercises."""
        return RoutineDraft(
            id=self.id,
            ref=self.ref,
            name=_to_text(self.name),
            summary=_to_text(self.summary),
            moment=self.moment,
            steps=tuple(
                draft
                for number, step in enumerate(self.steps)
                for draft in _drafts(step, ("steps", number))
            ),
            sources=tuple(self.sources),
            relieves=tuple(self.relieves),
            for_beginners=self.for_beginners,
            prompts=tuple(prompt.to_model() for prompt in self.prompts),
            afterwards=_to_text_or_none(self.afterwards),
            checklist=_to_texts(self.checklist),
            offers=tuple(self.offers),
        )


def _drafts(step: StepSpec | GroupSpec, path: KeyPath) -> tuple[StepDraft, ...]:
    return step.to_drafts(path) if isinstance(step, GroupSpec) else (step.to_draft(path),)


def _to_text(value: str | dict[str, str]) -> Text:
    if isinstance(value, str):
        return Text(value)
    others = tuple((code, text) for code, text in value.items() if code != "default")
    return Text(value["default"], others)


def _to_texts(values: list[str | dict[str, str]]) -> tuple[Text, ...]:
    return tuple(_to_text(value) for value in values)


def _to_text_or_none(value: str | dict[str, str] | None) -> Text | None:
    return None if value is None else _to_text(value)
