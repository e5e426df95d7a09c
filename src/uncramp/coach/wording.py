"""How times and doses are written in the terminal and the window."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from uncramp.coach.times import clock
from uncramp.model.body import CrampSite
from uncramp.model.exercise import Exercise, Prop, Sides
from uncramp.model.language import tr, trn
from uncramp.model.moment import Moment
from uncramp.model.record import Outcome
from uncramp.model.routine import Anchor, Prompt, Routine, Step


def dose(step: Step, exercise: Exercise, *, one_sided: bool = False) -> str:
    """Return a step's dose in words, for example "2 × 15 s" or "20 s each side".

    `one_sided` says that only one leg works, as in the relief of a cramp.
    """
    each_side = exercise.sides is Sides.EACH and not one_sided
    return dose_words(step.seconds, step.repetitions, step.sets, each_side)


def dose_words(seconds: float, repetitions: int | None, sets: int, each_side: bool) -> str:
    """Return a dose in words: of one set, how many sets, and whether each side does them."""
    words = f"{seconds:g} s" if seconds < 60 else clock(round(seconds * 1000))
    if repetitions is not None:
        times = trn("{n} time, {time}", "{n} times, {time}", repetitions)
        words = times.format(n=repetitions, time=words)
    if sets > 1:
        words = f"{sets} × {words}"
    return tr("{time} each side").format(time=words) if each_side else words


def worded_steps(routine: Routine, exercises: Mapping[str, Exercise]) -> tuple[Exercise, ...]:
    """Return the exercise of each step in the words of that step."""
    return tuple(step.worded(exercises[step.exercise]) for step in routine.steps)


def advice(step: Step, exercise: Exercise) -> str:
    """Return what to mind in a step: its own note, the exercise's gate and its caution."""
    parts = (step.note, exercise.gate, exercise.caution)
    return " ".join(part.default for part in parts if part is not None)


def moment_name(moment: Moment) -> str:
    """Return when a routine is meant for, in words."""
    return {
        Moment.BEFORE_RUN: tr("Before the run"),
        Moment.DURING_RUN: tr("During the run"),
        Moment.AFTER_RUN: tr("After the run"),
        Moment.MORNING: tr("Morning"),
        Moment.BEDTIME: tr("Bedtime"),
        Moment.CRAMP: tr("Cramp"),
        Moment.STRENGTH: tr("Strength"),
        Moment.FLEXIBILITY: tr("Flexibility"),
        Moment.DESK: tr("At the desk"),
        Moment.RACE_DAY: tr("Race day"),
    }[moment]


def afterwards(routine: Routine) -> tuple[str, ...]:
    """Return what is said and what is to be seen to when a routine is finished."""
    said = () if routine.afterwards is None else (routine.afterwards.default,)
    return said + tuple(f"• {item}" for item in routine.checklist)


def site_name(site: CrampSite) -> str:
    """Return where a leg cramps, in words."""
    return {
        CrampSite.CALF: tr("the calf"),
        CrampSite.HAMSTRING: tr("the back of the thigh"),
        CrampSite.QUAD: tr("the front of the thigh"),
        CrampSite.FOOT: tr("the foot"),
    }[site]


def relief_words(routine: Routine) -> str:
    """Say which cramp a routine is for; empty when it is for none."""
    if not routine.relieves:
        return ""
    sites = [site_name(site) for site in routine.relieves]
    return tr("For a cramp in {where}, on the leg that has it.").format(where=any_of(sites))


def all_of(parts: Sequence[str]) -> str:
    """Return words as a list of things that all hold: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def any_of(parts: Sequence[str]) -> str:
    """Return words as a list of things of which any may hold: "a, b or c"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{first} or {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def prompt_time(prompt: Prompt) -> str:
    """Return when a prompt of a day is due, for example "25 min before the start"."""
    hours, minutes = divmod(abs(prompt.minutes), 60)
    parts = (tr("{n} h").format(n=f"{hours:g}"), tr("{n} min").format(n=f"{minutes:g}"))
    length = " ".join(part for part, n in zip(parts, (hours, minutes), strict=True) if n)
    if prompt.anchor is Anchor.START:
        at = (tr("{time} before the start"), tr("At the start"), tr("{time} after the start"))
    else:
        at = (tr("{time} before the finish"), tr("At the finish"), tr("{time} after the finish"))
    sign = (prompt.minutes > 0) - (prompt.minutes < 0)
    return at[sign + 1].format(time=length)


def prop_name(prop: Prop) -> str:
    """Return a prop with its article."""
    return {
        Prop.WALL: tr("a wall"),
        Prop.CHAIR: tr("a chair"),
        Prop.STEP: tr("a step"),
        Prop.MAT: tr("a mat"),
        Prop.BED: tr("a bed"),
        Prop.ROLLER: tr("a roller"),
        Prop.BALL: tr("a ball"),
        Prop.TOWEL: tr("a towel"),
        Prop.RAIL: tr("a rail"),
        Prop.WARM_PACK: tr("a warm pack"),
        Prop.COLD_PACK: tr("a cold pack"),
    }[prop]


def needs(exercises: Iterable[Exercise]) -> str:
    """Return what `exercises` need, for example "a wall, a chair"; "nothing needed"."""
    props = dict.fromkeys(prop for exercise in exercises for prop in exercise.props)
    return ", ".join(prop_name(prop) for prop in props) or tr("nothing needed")


def ago(then: datetime, now: datetime) -> str:
    """Return a day in words: today, yesterday, 3 days ago, else the date."""
    days = (now.date() - then.date()).days
    if days <= 0:
        return tr("today")
    if days == 1:
        return tr("yesterday")
    if days < 14:
        return trn("{n} day ago", "{n} days ago", days).format(n=days)
    return then.date().isoformat()


def last_done(
    done: Mapping[str, datetime], now: datetime, times: Mapping[str, int] = MappingProxyType({})
) -> dict[str, str]:
    """Return, by routine id, when it was last done, and how many times, in words."""
    words = {}
    for name, then in done.items():
        words[name] = tr("last done {when}").format(when=ago(then, now))
        if times.get(name, 0) > 1:
            words[name] += " · " + tr("{n} times").format(n=times[name])
    return words


def outcome_name(outcome: Outcome) -> str:
    """Return how a session ended, in words."""
    return {
        Outcome.RUNNING: tr("interrupted"),
        Outcome.FINISHED: tr("finished"),
        Outcome.ENDED_EARLY: tr("ended early"),
        Outcome.TOO_SHARP: tr("stopped: too sharp"),
    }[outcome]
