"""What the catalogue asks of a routine beyond its form, and a routine's exercises filled in."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uncramp.model.exercise import Exercise, Kind, Sides
from uncramp.model.language import tr
from uncramp.model.moment import Moment
from uncramp.model.problem import Severity
from uncramp.model.routine import Anchor, Prompt, Routine, Step
from uncramp.routines.draft import KeyPath, RoutineDraft, StepDraft

LONGEST_HOLD_BEFORE_RUN_S = 30.0
"""Longest hold in a routine for before a run, and all that a muscle is to be held there (routine
catalogue, rules; long static holds cost strength and power, least up to 45 s: Simic 2013)."""
TRIAL_AUTHOR = "hallegraeff"
"""Who cites this trial at bedtime promises its dose."""
TRIAL_HOLD_S = 10.0
"""Seconds of one hold, and of the rest after it (Hallegraeff 2012, J Physiother 58:17-22)."""
TRIAL_SETS = 3
"""Holds of each muscle and side (Hallegraeff 2012, J Physiother 58:17-22)."""
TRIAL_EXERCISES = 2
"""Calf and hamstring (Hallegraeff 2012, J Physiother 58:17-22)."""
LONGEST_BLOCK_S = 3600.0
LONGEST_ROUTINE_S = 12 * 3600.0
"""Nobody exercises for half a day; files that say so only cost time and memory."""
MOST_STEPS = 500
"""Steps with all their rounds; what has more costs time and memory to lay out."""

_TEMPO_TOLERANCE = 0.1
"""Seconds given with repetitions and their own tempo may differ by rounding only."""
_TEMPO_FACTOR = 2.0
"""Against the exercise's usual tempo twice as fast or slow is still meant so."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a routine does not keep; the caret belongs at the value of `path`."""

    path: KeyPath
    message: str
    severity: Severity = Severity.ERROR


def breaches(draft: RoutineDraft, exercises: Mapping[str, Exercise]) -> Iterator[Breach]:
    """Check every rule on the steps whose exercise is known."""
    for step in draft.steps:
        exercise = exercises.get(step.exercise)
        if exercise is None:
            continue
        yield from _time(step, exercise)
        if exercise.sides is Sides.BOTH and step.alternate:
            message = tr('"{exercise}" has no sides to alternate').format(exercise=step.exercise)
            yield _at(step, "alternate", message, Severity.WARNING)
        if draft.moment is Moment.BEFORE_RUN:
            yield from _no_long_hold(step, exercise)
        if draft.for_beginners and exercise.gate is not None:
            message = tr('"{exercise}" is not for beginners: {gate}').format(
                exercise=step.exercise, gate=exercise.gate
            )
            yield _at(step, "exercise", message)
    yield from _endless(draft, exercises)
    yield from _too_many(draft)
    yield from _relief(draft)
    if draft.moment is Moment.BEDTIME:
        yield from _dose_of_the_trial(draft, exercises)


def filled_in(draft: RoutineDraft, exercises: Mapping[str, Exercise], built_in: bool) -> Routine:
    """Return the routine; every exercise is known and every rule is kept."""
    return Routine(
        id=draft.id,
        ref=draft.ref,
        name=draft.name,
        summary=draft.summary,
        moment=draft.moment or Moment.DESK,
        steps=tuple(_all_steps(draft, exercises)),
        sources=draft.sources,
        built_in=built_in,
        relieves=draft.relieves,
        for_beginners=draft.for_beginners,
        prompts=tuple(sorted(draft.prompts, key=_when)),
        afterwards=draft.afterwards,
        checklist=draft.checklist,
        offers=draft.offers,
    )


def _all_steps(draft: RoutineDraft, exercises: Mapping[str, Exercise]) -> Iterator[Step]:
    """Yield the steps as they are done, those of a group once for each of its rounds."""
    for _, group in itertools.groupby(draft.steps, key=_place_in_routine):
        steps = tuple(group)
        for number in range(steps[0].rounds):
            for step in steps:
                yield _step(step, exercises[step.exercise], number + 1)


def _place_in_routine(step: StepDraft) -> KeyPath:
    return step.path[:2]


def _when(prompt: Prompt) -> tuple[int, float]:
    return list(Anchor).index(prompt.anchor), prompt.minutes


def _step(step: StepDraft, exercise: Exercise, round_number: int) -> Step:
    return Step(
        exercise=step.exercise,
        seconds=_seconds(step, exercise) or 0.0,
        repetitions=step.repetitions,
        sets=step.sets,
        rest_s=step.rest_s,
        alternate=step.alternate,
        set_up_s=step.set_up_s,
        switch_s=step.switch_s,
        half_way=step.half_way,
        note=step.note,
        name=step.name,
        cues=step.cues,
        instead=step.instead,
        round_number=round_number,
        rounds=step.rounds,
    )


def _seconds(step: StepDraft, exercise: Exercise) -> float | None:
    """Return the length of one set; None when the repetitions have no tempo."""
    if step.seconds is not None:
        return step.seconds
    tempo = step.repetition_s or exercise.cycle_s
    return None if tempo is None or step.repetitions is None else step.repetitions * tempo


def _time(step: StepDraft, exercise: Exercise) -> Iterator[Breach]:
    seconds = _seconds(step, exercise)
    tempo = step.repetition_s or exercise.cycle_s
    if step.repetitions is None:
        return
    if seconds is None or tempo is None:
        if seconds is None:
            message = tr(
                'needs "seconds" or "repetition_s", because "{exercise}" has no tempo of its own'
            ).format(exercise=step.exercise)
            yield _at(step, "repetitions", message)
        return
    if step.seconds is None:
        if not 1.0 <= seconds <= LONGEST_BLOCK_S:
            message = tr(
                "{n} repetitions of {tempo:g} s take {seconds:g} s; the limits are 1 and 3600 s"
            )
            yield _at(
                step,
                "repetitions",
                message.format(n=step.repetitions, tempo=tempo, seconds=seconds),
            )
        return
    expected = step.repetitions * tempo
    message = tr(
        "{n} repetitions of {tempo:g} s take {expected:g} s, but {seconds:g} s are given"
    ).format(n=step.repetitions, tempo=tempo, expected=expected, seconds=seconds)
    if step.repetition_s is not None and abs(seconds - expected) > _TEMPO_TOLERANCE * expected:
        yield _at(step, "seconds", message)
    elif not expected / _TEMPO_FACTOR <= seconds <= expected * _TEMPO_FACTOR:
        yield _at(step, "seconds", message, Severity.WARNING)


def _endless(draft: RoutineDraft, exercises: Mapping[str, Exercise]) -> Iterator[Breach]:
    total_s = 0.0
    for step in draft.steps:
        exercise = exercises.get(step.exercise)
        if exercise is None:
            continue
        blocks = step.sets * (2 if exercise.sides is Sides.EACH else 1)
        gap_s = max(step.rest_s, step.switch_s)
        once_s = step.set_up_s + blocks * ((_seconds(step, exercise) or 0.0) + gap_s)
        total_s += step.rounds * once_s
        if total_s > LONGEST_ROUTINE_S:
            message = tr("the routine becomes longer than {limit:g} hours here").format(
                limit=LONGEST_ROUTINE_S / 3600
            )
            yield _at(step, "seconds" if step.seconds is not None else "repetitions", message)
            return


def _too_many(draft: RoutineDraft) -> Iterator[Breach]:
    count = 0
    for step in draft.steps:
        count += step.rounds
        if count > MOST_STEPS:
            message = tr("with all rounds this makes more than {n} steps").format(n=MOST_STEPS)
            yield Breach((*step.path[:2], "rounds"), step.label + message)
            return


def _relief(draft: RoutineDraft) -> Iterator[Breach]:
    """One leg alone is stretched for a cramp only; everything else is the same for both."""
    if draft.relieves and draft.moment is not None and not draft.moment.is_urgent:
        message = tr(
            '"relieves" stretches one leg only, so it needs moment = "cramp" or "during_run"'
        )
        yield Breach(("relieves",), message)
    for step in draft.steps:
        for other in step.instead:
            if other.site not in draft.relieves:
                message = tr('"{site}" is not in "relieves", so this is never used').format(
                    site=other.site
                )
                yield _at(step, "instead", message, Severity.WARNING, other.site.value)


def _no_long_hold(step: StepDraft, exercise: Exercise) -> Iterator[Breach]:
    seconds = _seconds(step, exercise)
    if exercise.kind is not Kind.HOLD or seconds is None:
        return
    if seconds > LONGEST_HOLD_BEFORE_RUN_S:
        message = tr(
            "a hold of {seconds:g} s is too long before a run: at most {limit:g} s, "
            "or keep it for afterwards"
        ).format(seconds=seconds, limit=LONGEST_HOLD_BEFORE_RUN_S)
        yield _at(step, "seconds" if step.seconds is not None else "repetitions", message)
    elif seconds * step.sets > LONGEST_HOLD_BEFORE_RUN_S:
        message = tr(
            "{sets} holds of {seconds:g} s are a lot before a run: {limit:g} s in all for a "
            "muscle is enough, or keep them for afterwards"
        ).format(sets=step.sets, seconds=seconds, limit=LONGEST_HOLD_BEFORE_RUN_S)
        yield _at(step, "sets", message, Severity.WARNING)


def _dose_of_the_trial(draft: RoutineDraft, exercises: Mapping[str, Exercise]) -> Iterator[Breach]:
    cited = [n for n, source in enumerate(draft.sources) if TRIAL_AUTHOR in source.casefold()]
    if not cited:
        return
    holds = [
        step
        for step in draft.steps
        if step.exercise in exercises
        and exercises[step.exercise].kind is Kind.HOLD
        and (step.seconds is not None or step.repetitions is not None)
    ]
    right = {step.exercise for step in holds if _has_trial_dose(step)}
    if len(right) >= TRIAL_EXERCISES:
        return  # more stretches than the trial's own may follow in any dose
    wrong = [step for step in holds if not _has_trial_dose(step)]
    for step in wrong:
        message = tr(
            "the cited trial held for {seconds:g} s, {sets} times a side, with {seconds:g} s of "
            "rest (seconds = {seconds:g}, sets = {sets}, alternate = true, switch_s = 0); "
            "keep that dose or leave out the citation"
        ).format(seconds=TRIAL_HOLD_S, sets=TRIAL_SETS)
        yield _at(step, "sets" if step.seconds == TRIAL_HOLD_S else "seconds", message)
    # In a file with other mistakes the holds may be there, only not readable yet.
    if not wrong and draft.id and all(step.exercise in exercises for step in draft.steps):
        message = tr(
            "cites a trial of calf and hamstring holds, but has no two such holds in its steps"
        )
        yield Breach(("sources", cited[0]), message)


def _has_trial_dose(step: StepDraft) -> bool:
    rests = (step.alternate and step.switch_s == 0) or step.rest_s == TRIAL_HOLD_S
    return step.seconds == TRIAL_HOLD_S and step.sets == TRIAL_SETS and rests


def _at(
    step: StepDraft, key: str, message: str, severity: Severity = Severity.ERROR, *inner: str
) -> Breach:
    return Breach((*step.path, key, *inner), step.label + message, severity)
