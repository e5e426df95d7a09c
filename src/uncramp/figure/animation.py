"""Poses between the key frames."""

import math
from dataclasses import dataclass
from functools import lru_cache

from uncramp.model.figure import ArmPose, Easing, Figure, LegPose, Play, Pose

_HEAD = 11  # trunk, head, twist, lift, breath, bend, neck, x, y, focus, effort
_LEG = 8
_ARM = 6
_BREATH = 4
_HELD = frozenset(
    [2, 3, 9, 10]  # twist, lift, focus, effort
    + [_HEAD + leg * _LEG + k for leg in (0, 1) for k in (4, 5, 7)]  # shift, lift, effort
    + [_HEAD + 2 * _LEG + arm * _ARM + k for arm in (0, 1) for k in (3, 4, 5)]  # touch, ...
)
"""What does not give way while a pose is held."""

BREATH_S = 5.0
"""Seconds of one breath of a runner who holds a pose."""
FASTEST_BREATH_S = 3.0
"""A repetition that is shorter than this takes no breath of its own."""
QUIET_BREATH = 0.6
"""How far the chest fills by itself; a key frame may ask for a full breath of 1."""
SINKING = 0.03
"""How much of the last movement is given back while breathing in during a hold."""

Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Track:
    """The key frames as numbers: times, easings, values, and slopes per second."""

    times: tuple[float, ...]
    easings: tuple[Easing, ...]
    values: tuple[Values, ...]
    slopes: tuple[Values, ...]
    breathes: bool


def pose_at(figure: Figure, t_s: float) -> Pose:
    """Return the pose at `t_s` seconds; a loop repeats, a single play holds its last pose.

    A held body lives: it gives a little on breathing in and sinks again on breathing out.
    """
    track = _track(figure)
    values = _values_at(figure, track, t_s)
    if figure.alternate:
        half = _values_at(figure, track, t_s + figure.cycle_s / 2.0)
        values = _alternated(values, half)
    if not track.breathes:
        breath = _breath_at(figure, t_s)
        if figure.play is Play.ONCE and t_s > track.times[-1]:
            values = _eased_off(track.values, SINKING * breath / QUIET_BREATH)
        values = (*values[:_BREATH], breath, *values[_BREATH + 1 :])
    return _pose(values)


def shown_time(figure: Figure, t_s: float) -> float:
    """Return the first instant that looks as `t_s` does: loops and breaths repeat."""
    if figure.play is Play.LOOP:
        return math.fmod(t_s, figure.cycle_s)
    end = figure.keys[-1].at_s
    return t_s if t_s <= end else end + math.fmod(t_s - end, BREATH_S)


def is_moving(figure: Figure, t_s: float) -> bool:
    """Return whether the runner still moves after `t_s` seconds, other than by breathing."""
    if figure.play is Play.ONCE:
        return t_s < figure.keys[-1].at_s
    return len(figure.keys) > 1 or figure.stride > 0.0


def is_alive(figure: Figure, t_s: float) -> bool:
    """Return whether the drawing still changes after `t_s` seconds."""
    return is_moving(figure, t_s) or figure.play is Play.ONCE


def _breath_at(figure: Figure, t_s: float) -> float:
    """Return how far the chest is filled: out on the way into a pose, in on the way back."""
    end = figure.keys[-1].at_s if figure.play is Play.ONCE else figure.cycle_s
    if figure.play is Play.ONCE and t_s >= end:
        return QUIET_BREATH * (0.5 - 0.5 * math.cos(2.0 * math.pi * (t_s - end) / BREATH_S))
    if end < FASTEST_BREATH_S or not figure.keys[1:]:
        return 0.0
    breaths = max(1, round(end / BREATH_S))
    return QUIET_BREATH * (0.5 - 0.5 * math.cos(2.0 * math.pi * breaths * max(0.0, t_s) / end))


def _eased_off(keys: tuple[Values, ...], share: float) -> Values:
    """Return the last key frame, `share` of the way back to the one before.

    What touches stays where it is.
    """
    last, before = keys[-1], keys[-2] if keys[1:] else keys[-1]
    return tuple(
        b if i in _HELD else b + (a - b) * share
        for i, (a, b) in enumerate(zip(before, last, strict=True))
    )


@lru_cache(maxsize=64)
def _track(figure: Figure) -> _Track:
    times = [key.at_s for key in figure.keys]
    easings = [key.easing for key in figure.keys]
    values = [_values(key.pose) for key in figure.keys]
    if figure.play is Play.LOOP:
        times.append(figure.cycle_s)
        values.append(values[0])
        easings.append(easings[0])
    return _Track(
        tuple(times),
        tuple(easings),
        tuple(values),
        _slopes(figure.play, times, easings, values),
        any(key.pose.breath > 0.0 for key in figure.keys),
    )


def _slopes(
    play: Play, times: list[float], easings: list[Easing], values: list[Values]
) -> tuple[Values, ...]:
    """Return slopes that never overshoot (harmonic mean, Fritsch and Butland 1984)."""
    count = len(times)
    rest = tuple(0.0 for _ in values[0])
    slopes = []
    for i in range(count):
        if play is Play.LOOP and i in (0, count - 1):
            before, after = count - 2, 0
        elif 0 < i < count - 1:
            before, after = i - 1, i
        else:
            slopes.append(rest)
            continue
        if count < 3 or not (easings[before] is easings[after] is Easing.SMOOTH):
            slopes.append(rest)
            continue
        h0, h1 = times[before + 1] - times[before], times[after + 1] - times[after]
        slopes.append(
            tuple(
                _no_overshoot((b - a) / h0, (d - c) / h1, h0, h1)
                for a, b, c, d in zip(
                    values[before],
                    values[before + 1],
                    values[after],
                    values[after + 1],
                    strict=True,
                )
            )
        )
    return tuple(slopes)


def _no_overshoot(d0: float, d1: float, h0: float, h1: float) -> float:
    if d0 * d1 <= 0.0:
        return 0.0
    w0, w1 = 2.0 * h1 + h0, h1 + 2.0 * h0
    return (w0 + w1) / (w0 / d0 + w1 / d1)


def _values_at(figure: Figure, track: _Track, t_s: float) -> Values:
    if len(track.times) == 1:
        return track.values[0]
    t = math.fmod(t_s, figure.cycle_s) if figure.play is Play.LOOP else t_s
    if t < 0.0:
        t = t + figure.cycle_s if figure.play is Play.LOOP else 0.0
    if t >= track.times[-1]:
        return track.values[-1]
    i = 0
    while track.times[i + 1] <= t:
        i += 1
    span = track.times[i + 1] - track.times[i]
    u = (t - track.times[i]) / span
    a, b = track.values[i], track.values[i + 1]
    easing = track.easings[i]
    if easing is Easing.SMOOTH:
        return _hermite(a, b, track.slopes[i], track.slopes[i + 1], u, span)
    if easing is Easing.EASE:
        u = u * u * u * (10.0 + u * (6.0 * u - 15.0))  # least jerk between two rests
    return tuple(p + (q - p) * u for p, q in zip(a, b, strict=True))


def _hermite(a: Values, b: Values, da: Values, db: Values, u: float, span: float) -> Values:
    uu, uuu = u * u, u * u * u
    h1 = 3.0 * uu - 2.0 * uuu
    g0, g1 = (uuu - 2.0 * uu + u) * span, (uuu - uu) * span
    return tuple(
        p + (q - p) * h1 + s * g0 + e * g1 for p, q, s, e in zip(a, b, da, db, strict=True)
    )


def _alternated(own: Values, half: Values) -> Values:
    legs, arms = _HEAD, _HEAD + 2 * _LEG
    return (
        *own[: legs + _LEG],
        *half[legs : legs + _LEG],
        *own[arms : arms + _ARM],
        *half[arms : arms + _ARM],
    )


def _values(pose: Pose) -> Values:
    values: list[float] = [pose.trunk, pose.head, pose.twist, pose.lift, pose.breath]
    values += [pose.bend, pose.neck, pose.x, pose.y, pose.focus, pose.effort]
    for leg in (pose.working_leg, pose.other_leg):
        values += [leg.hip, leg.knee, leg.ankle, leg.abduction]
        values += [leg.shift, leg.lift, leg.toes, leg.effort]
    for arm in (pose.working_arm, pose.other_arm):
        values += [arm.shoulder, arm.elbow, arm.abduction, arm.touch, arm.shift, arm.lift]
    return tuple(values)


def _pose(v: Values) -> Pose:
    legs, arms = _HEAD + 2 * _LEG, _HEAD + 2 * _LEG + 2 * _ARM
    return Pose(
        v[0],
        v[1],
        v[2],
        v[3],
        v[4],
        v[5],
        v[6],
        v[7],
        v[8],
        v[9],
        v[10],
        LegPose(*v[_HEAD : _HEAD + _LEG]),
        LegPose(*v[_HEAD + _LEG : legs]),
        ArmPose(*v[legs : legs + _ARM]),
        ArmPose(*v[legs + _ARM : arms]),
    )
