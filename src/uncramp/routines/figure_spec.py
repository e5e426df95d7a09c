"""The `[figure]` table of an exercise file, and its way into the model.

A key frame says only what changes: what it leaves out stays as in the key frame before.
"""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from uncramp.model.figure import (
    ArmPose,
    Contact,
    Easing,
    Figure,
    KeyFrame,
    LegPose,
    Limb,
    Muscle,
    Pin,
    Placement,
    Play,
    Pose,
    Root,
    Scenery,
    Support,
    Touch,
    View,
)

STRAIGHT_KNEE = 20.0
"""Degrees of knee flexion below which the calf limits the ankle."""
DORSIFLEXION_STRAIGHT = 30.0
"""Largest dorsiflexion with a straight knee (exercise catalogue, sanity limits)."""

_FOOT_CONTACTS = frozenset({Contact.SOLE, Contact.BALL, Contact.HEEL, Contact.ANKLE})
FOOTHOLDS = {
    Touch.FLOOR: frozenset({Contact.SOLE, Contact.BALL, Contact.HEEL}),
    Touch.SEAT: frozenset({Contact.SOLE, Contact.BALL, Contact.HEEL}),
    Touch.STEP: frozenset({Contact.BALL}),
    Touch.BALL: frozenset({Contact.SOLE}),
    Touch.KNEE: frozenset({Contact.ANKLE}),
}
"""On what a foot can stand or lie, and with which part."""

Place = Annotated[float, Field(ge=-3, le=3, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0, le=60, allow_inf_nan=False)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LegSpec(_Table):
    """Angles of one leg at a key frame, in degrees."""

    hip: float | None = Field(None, ge=-20, le=125, description="Hip flexion +, extension -.")
    knee: float | None = Field(None, ge=0, le=140, description="Knee flexion, 0 is straight.")
    ankle: float | None = Field(
        None,
        ge=-60,
        le=40,
        description="Dorsiflexion +, plantarflexion -; at most 30 while the knee is straight.",
    )
    abduction: float | None = Field(
        None, ge=-30, le=60, description="Away from the middle +, for the front and back view."
    )
    shift: float | None = Field(
        None, ge=-2, le=2, description="How far a pinned foot stands ahead of its pin."
    )
    lift: float | None = Field(
        None, ge=0, le=1, description="How far a pinned foot is raised above its pin."
    )
    toes: float | None = Field(None, ge=-40, le=70, description="Bent up against the sole +.")
    effort: float | None = Field(
        None, ge=0, le=1, description="How much of their glow this leg's muscles show."
    )

    @model_validator(mode="after")
    def _ankle_within_reach(self) -> Self:
        straight = self.knee is not None and self.knee < STRAIGHT_KNEE
        if straight and self.ankle is not None and self.ankle > DORSIFLEXION_STRAIGHT:
            raise ValueError(
                f"an ankle bends up by at most {DORSIFLEXION_STRAIGHT:g} degrees "
                "while the knee is straight"
            )
        return self

    def onto(self, before: LegPose) -> LegPose:
        """Return the leg of the key frame before, changed by what this one gives."""
        if not self.model_fields_set:
            return before
        return LegPose(
            hip=_given(self.hip, before.hip),
            knee=_given(self.knee, before.knee),
            ankle=_given(self.ankle, before.ankle),
            abduction=_given(self.abduction, before.abduction),
            shift=_given(self.shift, before.shift),
            lift=_given(self.lift, before.lift),
            toes=_given(self.toes, before.toes),
            effort=_given(self.effort, before.effort),
        )


class ArmSpec(_Table):
    """Angles of one arm at a key frame, in degrees."""

    shoulder: float | None = Field(
        None, ge=-50, le=180, description="Against the trunk: 0 along it, 90 ahead, 180 overhead."
    )
    elbow: float | None = Field(None, ge=0, le=150, description="Elbow flexion, 0 is straight.")
    abduction: float | None = Field(None, ge=-30, le=180, description="Away from the body +.")
    touch: float | None = Field(
        None,
        ge=0,
        le=1,
        description="1: a pinned hand is at what it touches; 0: it follows the angles.",
    )
    shift: float | None = Field(
        None, ge=-1, le=1, description="How far a pinned hand is ahead of its pin."
    )
    lift: float | None = Field(
        None, ge=-1, le=1, description="How far a pinned hand is above its pin."
    )

    def onto(self, before: ArmPose) -> ArmPose:
        """Return the arm of the key frame before, changed by what this one gives."""
        if not self.model_fields_set:
            return before
        return ArmPose(
            shoulder=_given(self.shoulder, before.shoulder),
            elbow=_given(self.elbow, before.elbow),
            abduction=_given(self.abduction, before.abduction),
            touch=_given(self.touch, before.touch),
            shift=_given(self.shift, before.shift),
            lift=_given(self.lift, before.lift),
        )


class KeySpec(_Table):
    """One `[[figure.keys]]`: a pose at a time; what is left out stays as before."""

    at_s: Seconds = Field(description="When in the cycle, in seconds.")
    easing: Easing = Field(Easing.EASE, description="How the body moves on from here.")
    trunk: float | None = Field(None, ge=-130, le=180, description="Lean from the vertical.")
    head: float | None = Field(None, ge=-120, le=180, description="Nod of the face, down +.")
    twist: float | None = Field(
        None, ge=-90, le=90, description="Turn of the shoulders toward the working side."
    )
    lift: float | None = Field(
        None, ge=0, le=1, description="Lowest sole above the floor while no foot is pinned."
    )
    breath: float | None = Field(
        None, ge=0, le=1, description="How far the chest is filled; by itself when never given."
    )
    bend: float | None = Field(
        None, ge=-60, le=60, description="Lean of the chest ahead of the pelvis, arched -."
    )
    neck: float | None = Field(None, ge=-40, le=40, description="Head pushed forward +, back -.")
    x: float | None = Field(
        None, ge=-2, le=2, description="How far a body with a root is ahead of it."
    )
    y: float | None = Field(
        None, ge=-1, le=1, description="How far a body with a root is above it."
    )
    focus: float | None = Field(
        None, ge=-1, le=1, description="Which muscle glows: -1 the first, 0 all, 1 the last."
    )
    effort: float | None = Field(
        None, ge=0, le=1, description="How much of their glow all muscles show."
    )
    working_leg: LegSpec = Field(LegSpec(), description="The leg nearer to the viewer.")
    other_leg: LegSpec = Field(LegSpec(), description="The leg behind.")
    working_arm: ArmSpec = Field(ArmSpec(), description="The arm nearer to the viewer.")
    other_arm: ArmSpec = Field(ArmSpec(), description="The arm behind.")

    def onto(self, before: Pose) -> Pose:
        """Return the pose of the key frame before, changed by what this one gives."""
        return Pose(
            trunk=_given(self.trunk, before.trunk),
            head=_given(self.head, before.head),
            twist=_given(self.twist, before.twist),
            lift=_given(self.lift, before.lift),
            breath=_given(self.breath, before.breath),
            bend=_given(self.bend, before.bend),
            neck=_given(self.neck, before.neck),
            x=_given(self.x, before.x),
            y=_given(self.y, before.y),
            focus=_given(self.focus, before.focus),
            effort=_given(self.effort, before.effort),
            working_leg=self.working_leg.onto(before.working_leg),
            other_leg=self.other_leg.onto(before.other_leg),
            working_arm=self.working_arm.onto(before.working_arm),
            other_arm=self.other_arm.onto(before.other_arm),
        )


class PinSpec(_Table):
    """One of `pins`: a hand or foot that touches something."""

    limb: Limb = Field(description="What touches.")
    touch: Touch = Field(description="What is touched.")
    contact: Contact = Field(description="With which part of the hand or foot.")
    x: Place = Field(0.0, description="Where on the floor or seat, in body heights.")
    y: Place = Field(
        0.0, description="Height on the wall or seat; or how far down a part of the body, 0 to 1."
    )
    of: Limb | None = Field(
        None, description="Whose ankle, shin, knee or thigh; the limb's own side when left out."
    )

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if (self.contact in _FOOT_CONTACTS) != self.limb.is_foot:
            part = "foot" if self.limb.is_foot else "hand"
            raise ValueError(f'a {part} cannot touch by "{self.contact}"')
        if self.limb.is_foot and self.contact not in FOOTHOLDS.get(self.touch, ()):
            raise ValueError(f'a foot cannot stand by "{self.contact}" on "{self.touch}"')
        if self.touch.is_body and not 0 <= self.y <= 1:
            raise ValueError("y on a part of the body lies between 0 and 1")
        return self

    def to_model(self) -> Pin:
        """Return the value of the model."""
        return Pin(self.limb, self.touch, self.contact, self.x, self.y, self.of)


class RootSpec(_Table):
    """The `root`: what carries a body that is not on its feet."""

    support: Support = Field(description="What carries it.")
    x: Place = Field(0.0, description="Where, in body heights.")
    y: Place = Field(0.0, description="How high above the ground, in body heights.")

    def to_model(self) -> Root:
        """Return the value of the model."""
        return Root(self.support, self.x, self.y)


class PlacementSpec(_Table):
    """One of `scenery`: a thing drawn with the runner."""

    kind: Scenery = Field(description="What it is.")
    x: Place = Field(
        0.0, description="Face of the wall, front edge of the seat, middle of the mat."
    )
    height: float = Field(
        0.0, ge=0, le=2, allow_inf_nan=False, description="Of the seat or step, in body heights."
    )
    width: float = Field(
        0.0, ge=0, le=3, allow_inf_nan=False, description="Of the seat, mat or step."
    )
    limb: Limb | None = Field(None, description="The leg a roller, towel or pack is at.")

    def to_model(self) -> Placement:
        """Return the value of the model."""
        return Placement(self.kind, self.x, self.height, self.width, self.limb)


class FigureSpec(_Table):
    """The `[figure]` table: how the exercise is drawn."""

    view: View = Field(description="From where the runner is seen.")
    play: Play = Field(Play.LOOP, description="Repeat, or move into the pose and hold it.")
    cycle_s: float = Field(
        gt=0, le=60, allow_inf_nan=False, description="Seconds of one repetition of the drawing."
    )
    glow: list[Muscle] = Field([], max_length=4, description="Muscles that glow.")
    glow_both: bool = Field(False, description="Glow in both legs, not only the working one.")
    alternate: bool = Field(
        False, description="The other side does the same half a cycle later (gaits)."
    )
    stride: float = Field(
        0.0, ge=0, le=5, allow_inf_nan=False, description="How far the floor passes in a cycle."
    )
    telling_s: Seconds | None = Field(
        None, description="When it tells most, for pictures that stand still."
    )
    pins: list[PinSpec] = Field([], max_length=4, description="Hands and feet that touch.")
    scenery: list[PlacementSpec] = Field([], max_length=16, description="Things around the runner.")
    root: RootSpec | None = Field(None, description="What carries a body not on its feet.")
    barefoot: bool = Field(False, description="Without shoes and socks, as in bed.")
    across: bool = Field(False, description="The near limbs are those of the resting side.")
    keys: list[KeySpec] = Field(min_length=1, max_length=32, description="The key frames.")

    @model_validator(mode="after")
    def _times_in_order(self) -> Self:
        times = [key.at_s for key in self.keys]
        if times[0] != 0:
            raise ValueError("the first key frame is at 0 seconds")
        if any(b <= a for a, b in pairwise(times)):
            raise ValueError("key frames follow each other in time")
        if times[-1] > self.cycle_s or (self.play is Play.LOOP and times[-1] == self.cycle_s):
            raise ValueError("the last key frame lies before the end of the cycle")
        return self

    @model_validator(mode="after")
    def _pins_have_their_place(self) -> Self:
        limbs = [pin.limb for pin in self.pins]
        if len(set(limbs)) < len(limbs):
            raise ValueError("each hand or foot has at most one pin")
        kinds = {placement.kind for placement in self.scenery}
        needed = {
            Touch.WALL: (Scenery.WALL, Scenery.WALL_BESIDE),
            Touch.SEAT: (Scenery.CHAIR, Scenery.OWN_CHAIR),
            Touch.STEP: (Scenery.STEP,),
            Touch.RAIL: (Scenery.RAIL,),
            Touch.BALL: (Scenery.BALL,),
            Touch.TOWEL: (Scenery.TOWEL,),
        }
        for touch, choice in needed.items():
            if kinds.isdisjoint(choice) and any(pin.touch is touch for pin in self.pins):
                raise ValueError(f'a pin touches the {touch}, so scenery needs a "{choice[0]}"')
        return self

    def to_model(self) -> Figure:
        """Return the value of the model; every key frame complete."""
        keys: list[KeyFrame] = []
        pose = Pose()
        for key in self.keys:
            pose = key.onto(pose)
            keys.append(KeyFrame(key.at_s, pose, key.easing))
        return Figure(
            view=self.view,
            play=self.play,
            cycle_s=self.cycle_s,
            keys=tuple(keys),
            pins=tuple(pin.to_model() for pin in self.pins),
            scenery=tuple(placement.to_model() for placement in self.scenery),
            glow=tuple(self.glow),
            glow_both=self.glow_both,
            alternate=self.alternate,
            stride=self.stride,
            telling_s=self.telling_s,
            root=self.root.to_model() if self.root else None,
            barefoot=self.barefoot,
            across=self.across,
        )


def _given(value: float | None, before: float) -> float:
    return before if value is None else value
