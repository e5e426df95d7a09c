"""Key frames of a figure: added, copied, taken away, moved in time and mirrored.

Every function returns a figure that a file may hold: the first key frame at 0, the others behind
each other, the last one before the end of a loop.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from uncramp.figure.animation import pose_at
from uncramp.model.figure import Easing, Figure, KeyFrame, Play, Pose

MAX_KEYS: Final = 32
GAP_S: Final = 0.05
"""Least time between two key frames."""
STEP_S: Final = 1.0
"""How far behind another key frame a copy of it stands, if there is room."""
LONGEST_S: Final = 60.0


def with_pose(figure: Figure, number: int, pose: Pose) -> Figure:
    """Return the figure with another pose in key frame `number`."""
    return _with(figure, number, replace(figure.keys[number], pose=pose))


def with_easing(figure: Figure, number: int, easing: Easing) -> Figure:
    """Return the figure whose body goes on otherwise from key frame `number`."""
    return _with(figure, number, replace(figure.keys[number], easing=easing))


def with_key_at(figure: Figure, t_s: float) -> tuple[Figure, int]:
    """Return the figure with a key frame where the animation is at `t_s`, and its number.

    Where one stands already, or all are in use, nothing is added.
    """
    keys = figure.keys
    near = min(range(len(keys)), key=lambda i: abs(keys[i].at_s - t_s))
    if abs(keys[near].at_s - t_s) < GAP_S or len(keys) >= MAX_KEYS or not 0.0 < t_s < _end(figure):
        return figure, near
    number = sum(key.at_s < t_s for key in keys)
    added = KeyFrame(_hundredths(t_s), pose_at(figure, t_s), keys[number - 1].easing)
    return replace(figure, keys=(*keys[:number], added, *keys[number:])), number


def with_copy(figure: Figure, number: int) -> Figure:
    """Return the figure with key frame `number` once more behind itself.

    Between two others it stands in the middle; behind the last one the cycle grows if it must.
    """
    keys = figure.keys
    if len(keys) >= MAX_KEYS:
        return figure
    at_s = keys[number].at_s
    if number + 1 < len(keys):
        new_s = (at_s + keys[number + 1].at_s) / 2.0
        if new_s - at_s < GAP_S:
            return figure
    else:
        new_s = min(at_s + STEP_S, LONGEST_S - GAP_S)
        if new_s - at_s < GAP_S:
            return figure
        needed = new_s + (STEP_S if figure.play is Play.LOOP else 0.0)
        figure = replace(figure, cycle_s=min(LONGEST_S, max(figure.cycle_s, needed)))
    copy = replace(keys[number], at_s=_hundredths(new_s))
    return replace(figure, keys=(*keys[: number + 1], copy, *keys[number + 1 :]))


def without_key(figure: Figure, number: int) -> Figure:
    """Return the figure without key frame `number`; the last that is left stays."""
    if len(figure.keys) < 2:
        return figure
    keys = [*figure.keys[:number], *figure.keys[number + 1 :]]
    keys[0] = replace(keys[0], at_s=0.0)
    return replace(figure, keys=tuple(keys))


def with_time(figure: Figure, number: int, at_s: float) -> Figure:
    """Return the figure with key frame `number` at another time between its neighbours.

    The first one begins the cycle and stays there.
    """
    if number == 0:
        return figure
    keys = figure.keys
    low = keys[number - 1].at_s + GAP_S
    high = keys[number + 1].at_s - GAP_S if number + 1 < len(keys) else _last(figure)
    if low > high:
        return figure
    return _with(figure, number, replace(keys[number], at_s=_hundredths(min(high, max(low, at_s)))))


def with_key_moved(figure: Figure, number: int, to: int) -> Figure:
    """Return the figure whose pose `number` comes as the one numbered `to`; the times stay."""
    order = [key for i, key in enumerate(figure.keys) if i != number]
    order.insert(to, figure.keys[number])
    return replace(figure, keys=_at(figure.keys, order))


def with_cycle(figure: Figure, cycle_s: float) -> Figure:
    """Return the figure with a cycle of another length; key frames beyond it are drawn in."""
    figure = replace(figure, cycle_s=min(LONGEST_S, cycle_s))
    last = figure.keys[-1].at_s
    if last <= _last(figure):
        return figure
    share = max(_last(figure), GAP_S * (len(figure.keys) - 1)) / last
    keys = tuple(replace(key, at_s=round(key.at_s * share, 3)) for key in figure.keys)
    return replace(figure, keys=keys, cycle_s=max(figure.cycle_s, keys[-1].at_s + GAP_S))


def with_play(figure: Figure, play: Play) -> Figure:
    """Return the figure that repeats, or is held at its end; a loop gets room to close."""
    figure = replace(figure, play=play)
    if play is Play.ONCE or figure.keys[-1].at_s <= _last(figure):
        return figure
    return with_cycle(figure, figure.cycle_s + STEP_S)


def mirrored_pose(pose: Pose) -> Pose:
    """Return the pose with left and right exchanged."""
    return replace(
        pose,
        twist=-pose.twist,
        working_leg=pose.other_leg,
        other_leg=pose.working_leg,
        working_arm=pose.other_arm,
        other_arm=pose.working_arm,
    )


def _with(figure: Figure, number: int, key: KeyFrame) -> Figure:
    keys = figure.keys
    return replace(figure, keys=(*keys[:number], key, *keys[number + 1 :]))


def _at(times: Sequence[KeyFrame], order: Sequence[KeyFrame]) -> tuple[KeyFrame, ...]:
    pairs = zip(times, order, strict=True)
    return tuple(replace(key, at_s=time.at_s) for time, key in pairs)


def _end(figure: Figure) -> float:
    """Return where the animation ends."""
    return figure.cycle_s if figure.play is Play.LOOP else figure.keys[-1].at_s


def _last(figure: Figure) -> float:
    """Return the latest time of the last key frame."""
    return figure.cycle_s - (GAP_S if figure.play is Play.LOOP else 0.0)


def _hundredths(t_s: float) -> float:
    """Return a time as one writes it, never later than it was: it must not pass the cycle's end."""
    return math.floor(t_s * 100.0 + 1e-6) / 100.0
