"""Dragging a joint of the drawn runner to a point: other angles, within the limits.

What a handle turns is a short list of freedoms, each of one angle or of angles that turn
together. They are fitted by least squares on the solved body, so that what is dragged is what is
drawn: pinned hands and feet stay where they are, and a drag ends where one of them, a joint, the
floor or the wall does not let it go on.

Points are places in the picture of the right side, in shares of body height.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from uncramp.figure.fitting import fitted
from uncramp.figure.joints import (
    LENGTHS,
    Handle,
    angle,
    handle_spot,
    limits,
    pin_of,
    tidied,
    with_angle,
    within_limits,
)
from uncramp.figure.kinematics import Body, carrier, settle
from uncramp.figure.outline import Spot
from uncramp.figure.roller import roller_of
from uncramp.figure.skeleton import foot_pitch
from uncramp.figure.strains import Strain, StrainKind, leg_angles, miss, strains
from uncramp.model.figure import (
    Contact,
    Figure,
    KeyFrame,
    Limb,
    Pin,
    Pose,
    Scenery,
    Support,
    Touch,
)

REACHED = 0.002
"""Share of height from which on a handle counts as stopped before it came where it should."""
PIN_HOLDS = 0.009
"""How far a pinned hand may leave its place while something is dragged."""
PENALTY = 12.0
"""How much worse it is to break a rule than to stay as far from where one drags to."""
PER_DEGREE = 0.02
"""What a degree beyond a joint's limit weighs against a share of height."""
HALVINGS = 14
SAME_DEG = 0.5
"""A straight leg is solved a little bent, so that it has a knee."""
AT_LIMIT = 0.6
"""Degrees: a limb all but straight cannot be told from a straight one by where it ends."""
ROUGH_ROUNDS = 4
HIGHEST_PIN = 1.4
RAIL_SLOPE = 0.58

Turn = tuple[tuple[str, float], ...]
"""Names of angles that turn together, each with how far for one unit of the freedom."""


@dataclass(frozen=True, slots=True)
class Dragged:
    """What came of a drag.

    Attributes:
        pose: with the new angles.
        limited: what did not let the handle come where it was dragged to; empty when it did.
    """

    pose: Pose
    limited: tuple[Strain, ...]


def drag(
    figure: Figure, pose: Pose, handle: Handle, to: Spot, *, this_frame_only: bool = False
) -> Dragged:
    """Return the pose in which a handle is at a point, or as near to it as it can come.

    Args:
        figure: pins, scenery and view; its key frames do not matter but on a roller.
        pose: with its angles within their limits.
        handle: what is dragged.
        to: where it shall be.
        this_frame_only: take a pinned hand or foot along, off the place that it is pinned to; else
            it stays there.
    """
    turns = _turns(figure, pose, handle, this_frame_only)
    if not turns:
        held = handle.limb.value if handle.limb is not None else handle.value
        return Dragged(pose, (Strain(StrainKind.PIN, held, 0.0),))

    def posed(by: Sequence[float]) -> Pose:
        return _turned(pose, turns, by)

    goal = _Goal(figure, handle, to, posed)
    ranges = [_range(pose, turn) for turn in turns]
    still = [0.0] * len(turns)
    free = _freely(goal, turns, ranges)
    allowed = max(0.0, goal.strain(still))
    by = free
    if goal.strain(free) > allowed + 1e-9:
        kept = [fitted(goal.penalised, seed, ranges) for seed in (still, free)]
        held_back = [_held_back(goal.strain, still, one, allowed) for one in (*kept, free)]
        by = min(held_back, key=goal.cost)
    result = tidied(pose, consistent(figure, posed(by)))
    if _distance(figure, result, handle, to) >= _distance(figure, pose, handle, to) - 1e-6:
        result = pose  # what comes no nearer stays: toes do not curl on the floor, nothing slips
    return Dragged(result, goal.limited(turns, ranges, by, free))


def _distance(figure: Figure, pose: Pose, handle: Handle, to: Spot) -> float:
    return math.dist(handle_spot(figure, settle(figure, pose), handle), to)


def _freely(
    goal: "_Goal", turns: Sequence[Turn], ranges: Sequence[tuple[float, float]]
) -> list[float]:
    """Return how far to turn when joints alone limit it."""
    best = fitted(goal.away, [0.0] * len(turns), ranges)
    for seed in _seeds(turns, ranges):
        if goal.cost(best) < REACHED / 2.0:
            return best
        roughly = fitted(goal.away, seed, ranges, ROUGH_ROUNDS)
        if goal.cost(roughly) < goal.cost(best) - REACHED / 20.0:
            best = fitted(goal.away, roughly, ranges)
    return best


def moved_pin(figure: Figure, pose: Pose, limb: Limb, to: Spot) -> Figure:
    """Return the figure with a hand or foot pinned nearest to a point, in all key frames.

    The body stays where it is as far as the limbs reach; pins on the body slide along it.
    """
    number = next(i for i, pin in enumerate(figure.pins) if pin.limb is limb)
    pin = figure.pins[number]
    keys = _pin_keys(figure, pin)
    handle = Handle(limb.value)

    def placed(by: Sequence[float]) -> Figure:
        values = {key: round(getattr(pin, key) + by[i], 9) for i, (key, _) in enumerate(keys)}
        new = _on_its_rail(figure, replace(pin, **values))
        return replace(figure, pins=(*figure.pins[:number], new, *figure.pins[number + 1 :]))

    def away(by: Sequence[float]) -> list[float]:
        moved = placed(by)
        return _apart(handle_spot(moved, settle(moved, pose), handle), to)

    if not keys:
        return figure
    ranges = [(low - getattr(pin, key), high - getattr(pin, key)) for key, (low, high) in keys]
    by = fitted(away, [0.0] * len(keys), ranges)
    tidy = [
        round(getattr(pin, key) + by[i], 3) - getattr(pin, key) for i, (key, _) in enumerate(keys)
    ]
    moved = placed(tidy)
    return _carried_back(figure, moved)


def leaned(pose: Pose, trunk: float) -> Pose:
    """Return the pose with another lean of the trunk, the legs in the directions they had."""
    by = trunk - pose.trunk
    for name in ("working_leg.hip", "other_leg.hip"):
        pose = with_angle(pose, name, angle(pose, name) + by)
    return within_limits(replace(pose, trunk=trunk))


# -- what turns


def _turns(figure: Figure, pose: Pose, handle: Handle, loose: bool) -> tuple[Turn, ...]:
    if handle.limb is None:
        return _of_trunk(figure, pose, handle)
    side = "working" if handle.is_working else "other"
    if handle.part in {"elbow", "hand"}:
        return _of_arm(figure, pose, handle, f"{side}_arm", loose)
    return _of_leg(figure, pose, handle, f"{side}_leg", loose)


def _of_trunk(figure: Figure, pose: Pose, handle: Handle) -> tuple[Turn, ...]:
    # The legs keep their directions while the trunk leans: their hips bend by as much.
    lean: Turn = (("trunk", 1.0), ("working_leg.hip", 1.0), ("other_leg.hip", 1.0))
    support = None if figure.root is None else figure.root.support
    if handle is Handle.HEAD:
        return ((("head", 1.0), ("neck", 0.5)),)
    if handle is Handle.BACK:
        return ((("bend", 1.0),),)
    if handle is Handle.SHOULDERS:
        if support is Support.SHOULDERS:
            return ((("x", 1.0),), (("y", 1.0),))
        if support is Support.ELBOWS:
            return ((("working_arm.shoulder", 1.0), ("other_arm.shoulder", 1.0)),)
        return (lean,)
    if support is Support.HIP:
        return ((("x", 1.0),), (("y", 1.0),))
    return (lean,) if support is not None else _of_standing(figure, pose)


def _of_standing(figure: Figure, pose: Pose) -> tuple[Turn, ...]:
    """Return what moves the hips above the foot that carries them."""
    pin = carrier((pin for pin in figure.pins if pin.limb.is_foot), pose)
    if pin is None:
        return ((("lift", 1.0),),)
    leg = "working_leg" if pin.limb.is_working else "other_leg"
    if figure.view.in_profile:
        # The ankle gives way, so that the sole keeps its pitch.
        hip: Turn = ((f"{leg}.hip", 1.0), (f"{leg}.ankle", -1.0))
        knee: Turn = ((f"{leg}.knee", 1.0), (f"{leg}.ankle", 1.0))
        return (hip, knee)
    crouch: Turn = ((f"{leg}.hip", 1.0), (f"{leg}.knee", 2.0), (f"{leg}.ankle", 1.0))
    return (((f"{leg}.abduction", 1.0),), crouch)


def _of_arm(figure: Figure, pose: Pose, handle: Handle, arm: str, loose: bool) -> tuple[Turn, ...]:
    touches = pin_of(figure, handle) is not None and angle(pose, f"{arm}.touch") >= 1.0
    if touches:
        moves = loose and handle.part == "hand"
        return (((f"{arm}.shift", 1.0),), ((f"{arm}.lift", 1.0),)) if moves else ()
    swing = "shoulder" if figure.view.in_profile else "abduction"
    if handle.part == "elbow":
        return (((f"{arm}.{swing}", 1.0),),)
    return (((f"{arm}.{swing}", 1.0),), ((f"{arm}.elbow", 1.0),))


def _of_leg(figure: Figure, pose: Pose, handle: Handle, leg: str, loose: bool) -> tuple[Turn, ...]:
    pin = pin_of(figure, handle)
    if handle.part == "toes":
        return ((((f"{leg}.{_of_toes(pin)}"), 1.0),),)
    if pin is not None:
        if handle.part == "knee":
            # Between a foot that stays and hips that stay no knee moves: the hips go along.
            return () if figure.root is not None else _of_standing(figure, pose)
        moves = loose and pin.contact is not Contact.ANKLE
        return (((f"{leg}.shift", 1.0),), ((f"{leg}.lift", 1.0),)) if moves else ()
    if figure.view.in_profile:
        hip: Turn = ((f"{leg}.hip", 1.0),)
        knee: Turn = ((f"{leg}.knee", 1.0),)
        if _on_roller(figure, handle):
            return () if handle.part == "knee" else (knee,)  # the roller bends the hip
        return (hip,) if handle.part == "knee" else (hip, knee)
    raised: Turn = ((f"{leg}.hip", 1.0), (f"{leg}.knee", 2.0))
    return (((f"{leg}.abduction", 1.0),), raised)


def _on_roller(figure: Figure, handle: Handle) -> bool:
    roller = roller_of(figure)
    return roller is not None and (roller.limb is None or roller.limb is handle.limb)


def _of_toes(pin: Pin | None) -> str:
    return "toes" if pin is not None and pin.contact is Contact.SOLE else "ankle"


def _turned(pose: Pose, turns: Sequence[Turn], by: Sequence[float]) -> Pose:
    for turn, amount in zip(turns, by, strict=True):
        for name, share in turn:
            pose = with_angle(pose, name, angle(pose, name) + share * amount)
    return pose


def _range(pose: Pose, turn: Turn) -> tuple[float, float]:
    """Return how far a freedom goes either way until one of its angles is at its limit."""
    low, high = -math.inf, math.inf
    for name, share in turn:
        if name.endswith("ankle") and len(turn) > 1:
            continue  # it follows; whether it can is judged on the solved body
        least, most = limits(name)
        ends = sorted(((least - angle(pose, name)) / share, (most - angle(pose, name)) / share))
        low, high = max(low, ends[0]), min(high, ends[1])
    return min(low, 0.0), max(high, 0.0)


def _seeds(turns: Sequence[Turn], ranges: Sequence[tuple[float, float]]) -> Iterator[list[float]]:
    """Yield other places to begin at.

    A straight limb does not tell which way it bends, and one of two bones may have to fold the
    other way.
    """
    bends = len(turns) == 2 and turns[1][0][0].endswith(("knee", "elbow", "hip"))
    if bends:
        yield [10.0, 20.0]
        yield [-10.0, 20.0]
    (low, high), firsts = ranges[0], 7 if len(turns) == 1 else 5
    if turns[0][0][0].endswith(("x", "shift")):
        return  # shifting has no other ways
    for first in range(firsts):
        begun = low + (high - low) * first / (firsts - 1)
        if not bends:
            yield [begun, *(0.0 for _ in turns[1:])]
        else:
            least, most = ranges[1]
            yield from ([begun, least + (most - least) * share] for share in (0.25, 0.75))


# -- how near it comes


class _Goal:
    """How far a turned body is from where it shall be, and from what it can be."""

    def __init__(
        self, figure: Figure, handle: Handle, to: Spot, posed: Callable[[Sequence[float]], Pose]
    ) -> None:
        self._figure: Final = figure
        self._handle: Final = handle
        self._to: Final = to
        self._posed: Final = posed

    def away(self, by: Sequence[float]) -> list[float]:
        """Return how far the handle is from its point, along x and y."""
        return _apart(handle_spot(self._figure, self._body(by), self._handle), self._to)

    def cost(self, by: Sequence[float]) -> float:
        """Return the same as one number; of equally near ones the one that turned less wins."""
        return math.hypot(*self.away(by)) + 1e-7 * sum(abs(one) for one in by)

    def penalised(self, by: Sequence[float]) -> list[float]:
        """Return the way to the point, and beside it what is broken on that way."""
        body = self._body(by)
        apart = _apart(handle_spot(self._figure, body, self._handle), self._to)
        return [*apart, PENALTY * self._strain_of(body)]

    def strain(self, by: Sequence[float]) -> float:
        """Return how much a body breaks the rules; 0 for one that breaks none."""
        return self._strain_of(self._body(by))

    def limited(
        self,
        turns: Sequence[Turn],
        ranges: Sequence[tuple[float, float]],
        by: Sequence[float],
        free: Sequence[float],
    ) -> tuple[Strain, ...]:
        """Return what kept the handle from its point."""
        apart = math.hypot(*self.away(by))
        if apart <= REACHED:
            return ()
        found = list(_broken(self._figure, self._body(free))) if by != free else []
        pose = self._posed(by)
        for turn, (low, high), one in zip(turns, ranges, by, strict=True):
            if min(one - low, high - one) < AT_LIMIT:
                stopped = (name for name, _ in turn if _is_at_limit(pose, name))
                found += [Strain(StrainKind.JOINT, name, 0.0) for name in stopped]
        if not found and by != free:
            found.append(Strain(StrainKind.PIN, self._handle.value, apart))
        return tuple(dict.fromkeys(found))  # beside the arc that a joint swings on is no limit

    def _body(self, by: Sequence[float]) -> Body:
        return settle(self._figure, self._posed(by))

    def _strain_of(self, body: Body) -> float:
        return sum(
            one.amount * (PER_DEGREE if one.kind is StrainKind.JOINT else 1.0)
            for one in _broken(self._figure, body)
        )


def _broken(figure: Figure, body: Body) -> Iterator[Strain]:
    for strain in strains(figure, body):
        if strain.kind is not StrainKind.PIN:
            yield strain
    for pin in figure.pins:
        gap = miss(figure, body, pin) - (0.0 if pin.limb.is_foot else PIN_HOLDS)
        if gap > 1e-4:
            yield Strain(StrainKind.PIN, pin.limb.value, gap)


def _is_at_limit(pose: Pose, name: str) -> bool:
    low, high = limits(name)
    margin = 0.002 if name.rpartition(".")[2] in LENGTHS else AT_LIMIT
    return min(angle(pose, name) - low, high - angle(pose, name)) < margin


def _held_back(
    strain: Callable[[Sequence[float]], float],
    start: Sequence[float],
    end: Sequence[float],
    allowed: float,
) -> list[float]:
    """Return the farthest place on the way to `end` at which nothing more is broken."""

    def at(share: float) -> list[float]:
        return [a + (b - a) * share for a, b in zip(start, end, strict=True)]

    low, high = 0.0, 1.0
    if strain(end) <= allowed + 1e-9:
        return list(end)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if strain(at(middle)) <= allowed + 1e-9:
            low = middle
        else:
            high = middle
    return at(low)


def _apart(a: Spot, b: Spot) -> list[float]:
    return [a[0] - b[0], a[1] - b[1]]


# -- afterwards


def consistent(figure: Figure, pose: Pose) -> Pose:
    """Return the pose with the angles of pinned legs as they are, and all within their limits.

    Else the body would jump when another foot begins to carry it.
    """
    if figure.view.in_profile:
        body = settle(figure, pose)
        for pin in figure.pins:
            if pin.limb.is_foot and pin.contact is not Contact.ANKLE:
                pose = _as_solved(pose, body, pin)
    return within_limits(pose)


def _as_solved(pose: Pose, body: Body, pin: Pin) -> Pose:
    owner = "working_leg" if pin.limb.is_working else "other_leg"
    written = pose.working_leg if pin.limb.is_working else pose.other_leg
    hip, knee, _ = leg_angles(body.leg(pin.limb), pose.trunk)
    flat = pin.contact is Contact.SOLE and written.lift == 0.0
    pitch = 0.0 if flat else foot_pitch(written, pose.trunk)
    solved = {"hip": hip, "knee": knee, "ankle": pitch + pose.trunk + knee - hip}
    if any(abs(value - getattr(written, key)) > SAME_DEG for key, value in solved.items()):
        for key, value in solved.items():
            pose = with_angle(pose, f"{owner}.{key}", value)
    return pose


def _pin_keys(figure: Figure, pin: Pin) -> list[tuple[str, tuple[float, float]]]:
    """Return which numbers of a pin can be dragged, and their ranges."""
    along, up = ("x", (-3.0, 3.0)), ("y", (0.0, HIGHEST_PIN))
    if pin.limb.is_foot:
        return [] if pin.touch.is_body or pin.touch is Touch.BALL else [along]
    if pin.touch is Touch.WALL:
        beside = any(item.kind is Scenery.WALL_BESIDE for item in figure.scenery)
        return [along, up] if beside else [up]
    if pin.touch in {Touch.SHIN, Touch.THIGH, Touch.CALF, Touch.LEG, Touch.HAMSTRING}:
        return [("y", (0.0, 1.0))]
    if pin.touch is Touch.RAIL or (pin.touch is Touch.FLOOR and pin.contact is Contact.PALM):
        return [along]
    return [] if pin.touch.is_body or pin.touch is Touch.TOWEL else [along, up]


def _on_its_rail(figure: Figure, pin: Pin) -> Pin:
    rail = next((item for item in figure.scenery if item.kind is Scenery.RAIL), None)
    if rail is None or pin.touch is not Touch.RAIL:
        return pin
    return replace(pin, y=rail.height + RAIL_SLOPE * (pin.x - rail.x))


def _carried_back(before: Figure, moved: Figure) -> Figure:
    """Return the moved figure with its hips, in every key frame, where they were."""
    keys: list[KeyFrame] = []
    for key in before.keys:
        spot = handle_spot(before, settle(before, key.pose), Handle.HIPS)
        keys.append(replace(key, pose=drag(moved, key.pose, Handle.HIPS, spot).pose))
    return replace(moved, keys=tuple(keys))
