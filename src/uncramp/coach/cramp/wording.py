"""Cramps in words."""

from uncramp.model.body import Side
from uncramp.model.diary import Cramp, CrampContext, CrampMuscle, Relief
from uncramp.model.language import tr, trn


def muscle_name(muscle: CrampMuscle) -> str:
    """Return a place of the leg map."""
    return {
        CrampMuscle.CALF: tr("Calf"),
        CrampMuscle.FOOT: tr("Foot"),
        CrampMuscle.HAMSTRING: tr("Back of the thigh"),
        CrampMuscle.QUAD: tr("Front of the thigh"),
        CrampMuscle.SHIN: tr("Shin"),
        CrampMuscle.OTHER: tr("Elsewhere"),
    }[muscle]


def place_name(muscle: CrampMuscle, side: Side) -> str:
    """Return muscle and side, for example "Left calf"."""
    if side is Side.NONE:
        return muscle_name(muscle)
    left = side is Side.LEFT
    return {
        CrampMuscle.CALF: tr("Left calf") if left else tr("Right calf"),
        CrampMuscle.FOOT: tr("Left foot") if left else tr("Right foot"),
        CrampMuscle.HAMSTRING: (
            tr("Back of the left thigh") if left else tr("Back of the right thigh")
        ),
        CrampMuscle.QUAD: tr("Front of the left thigh") if left else tr("Front of the right thigh"),
        CrampMuscle.SHIN: tr("Left shin") if left else tr("Right shin"),
        CrampMuscle.OTHER: tr("Elsewhere, left") if left else tr("Elsewhere, right"),
    }[muscle]


def context_name(context: CrampContext) -> str:
    """Return what the runner was doing."""
    return {
        CrampContext.NIGHT: tr("At night"),
        CrampContext.RUN: tr("On a run"),
        CrampContext.AFTER_RUN: tr("After a run"),
        CrampContext.REST: tr("At rest"),
    }[context]


def relief_name(relief: Relief) -> str:
    """Return what stopped a cramp."""
    return {
        Relief.STRETCH: tr("Stretching"),
        Relief.WALK: tr("Walking"),
        Relief.MASSAGE: tr("Massage"),
        Relief.HEAT: tr("Warmth"),
        Relief.COLD: tr("Cold"),
        Relief.DRINK: tr("A drink"),
        Relief.PICKLE: tr("Pickle juice"),
        Relief.BY_ITSELF: tr("It passed by itself"),
        Relief.NOTHING: tr("Nothing"),
    }[relief]


def length_text(seconds: int) -> str:
    """Return a length in words, for example "45 s", "2 min", "2 min 30 s"."""
    minutes, rest = divmod(seconds, 60)
    if minutes >= 10 or (minutes and not rest):
        return trn("{n} min", "{n} min", minutes).format(n=minutes)
    if not minutes:
        return trn("{n} s", "{n} s", rest).format(n=rest)
    return tr("{min} min {s} s").format(min=minutes, s=rest)


def cramp_line(cramp: Cramp) -> str:
    """Return a cramp in one line, for example "Left calf · 2 min 48 s · at night"."""
    parts = [place_name(cramp.muscle, cramp.side)]
    if cramp.seconds is not None:
        parts.append(length_text(cramp.seconds))
    parts.append(context_name(cramp.context).lower())
    return " · ".join(parts)
