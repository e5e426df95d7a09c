"""A randomised experiment in words: what it can see, what is drawn, what it found."""

from collections.abc import Sequence

from uncramp.analysis.experiment import Finding
from uncramp.analysis.verdict import Wording
from uncramp.coach.insight.numbers import number, plain_day, range_words
from uncramp.coach.insight.trials import Prospect
from uncramp.model.experiment import Design, Ending
from uncramp.model.language import tr, trn

_WORTH_IT = 0.8


def design_name(design: Design) -> str:
    """Return what is drawn by lot, in short."""
    return {
        Design.NIGHT_PAIRS: tr("Pairs of nights"),
        Design.RANDOM_WEEKS: tr("Whole weeks"),
    }[design]


def design_sentence(design: Design) -> str:
    """Return what a design asks for."""
    if design is Design.NIGHT_PAIRS:
        return tr(
            "In every two nights, one is drawn for the routine and the other for none. This "
            "detects more in the same time, provided that the routine has no effect on the next "
            "night."
        )
    return tr(
        "Half of the weeks are drawn for the routine and half for none. This detects less in the "
        "same time, but allows for an effect that lasts a day or two."
    )


def rules() -> tuple[str, ...]:
    """Return what is agreed to before an experiment begins."""
    return (
        tr("Each evening you see what was drawn for it, and nothing further ahead."),
        tr("Each night counts for what was drawn, whether or not you kept to it."),
        tr("Nothing is judged before the last night, and how it will be judged is fixed now."),
        tr("Stop at any time if it hurts. The experiment is then not judged, and nothing is lost."),
        tr("Ask a doctor before you change anything about your medicine."),
    )


def prospect_sentence(prospect: Prospect) -> str:
    """Return how likely an experiment is to find a difference, told before it begins."""
    words = tr(
        "If the routine left {left} of every 10 cramp-nights, {power} of 10 experiments like "
        "this, of {weeks} weeks each, would detect it."
    )
    return words.format(
        left=number(prospect.ratio * 10).rstrip("0").rstrip("."),
        power=f"{prospect.power * 10:.0f}",
        weeks=prospect.weeks,
    )


def advice_sentence(prospects: Sequence[Prospect]) -> str:
    """Return whether an experiment is worth its evenings; empty when it is."""
    halved = [one for one in prospects if one.ratio == 0.5]
    if not halved or max(one.power for one in halved) >= _WORTH_IT:
        return ""
    return tr(
        "At your rate of cramps, even a routine that halves cramp-nights would often go "
        "undetected, so a result of no clear difference would say little."
    )


def tonight_sentence(drawn: bool | None, routine: str) -> str:  # what is told
    """Return what was drawn for this evening; empty for none of the experiment's."""
    if drawn is None:
        return ""
    if drawn:
        return tr("Your experiment drew {routine} for tonight.").format(routine=routine)
    return tr("Your experiment drew no {routine} for tonight.").format(routine=routine)


def finding_sentences(finding: Finding) -> tuple[str, ...]:
    """Return what an experiment found, or how far it is."""
    kept = tr("What was drawn was also done on {kept} of {n} nights with an answer.").format(
        kept=finding.kept, n=finding.told
    )
    if not finding.is_over:
        return _so_far(finding, kept)
    counts = _counts(finding)
    experiment = finding.trial.experiment
    if experiment.ending is not None:
        ended = (
            tr("It was stopped early because of pain, so it is not judged.")
            if experiment.ending is Ending.PAIN
            else tr("It was stopped early, so it is not judged.")
        )
        return (ended, counts, kept)
    found = [finding_headline(finding), counts]
    if finding.ratio is not None and finding.interval is not None:
        words = tr("Among the pairs that differ: {ratio} to 1 ({range}, 95 % interval).")
        found.append(words.format(ratio=number(finding.ratio), range=range_words(finding.interval)))
    found.append(_test_sentence(finding))
    found.append(kept)
    return tuple(found)


def finding_headline(finding: Finding) -> str:
    """Return the step of the ladder as one sentence."""
    if finding.wording is Wording.HELD_IN_A_TEST:
        if finding.is_fewer:
            return tr(
                "Fewer cramp-nights when the routine was drawn: the pattern held in your test."
            )
        return tr("More cramp-nights when the routine was drawn: the pattern held in your test.")
    if finding.wording is Wording.NO_CLEAR_DIFFERENCE:
        return tr("No clear difference between drawing the routine and drawing none.")
    return tr("Not judged.")


def _so_far(finding: Finding, kept: str) -> tuple[str, ...]:
    experiment = finding.trial.experiment
    words = trn(
        "It lasts until {day}; {n} night is logged so far.",
        "It lasts until {day}; {n} nights are logged so far.",
        finding.logged,
    )
    lasts = words.format(day=plain_day(experiment.end), n=finding.logged)
    return (lasts, kept) if finding.told else (lasts,)


def _counts(finding: Finding) -> str:
    nights = finding.nights
    if nights is None:
        return ""
    words = tr(
        "Cramps in {x1} of {n1} logged nights with the routine, and in {x0} of {n0} without."
    )
    return words.format(x1=nights.x1, n1=nights.n1, x0=nights.x0, n0=nights.n0)


def _test_sentence(finding: Finding) -> str:
    if finding.p is None:
        return ""
    if finding.trial.experiment.design is Design.NIGHT_PAIRS:
        words = trn(
            "By chance alone, a difference this large or larger would come up with a probability "
            "of {p} ({n} pair of nights).",
            "By chance alone, a difference this large or larger would come up with a probability "
            "of {p} ({n} pairs of nights).",
            finding.pairs,
        )
    else:
        words = trn(
            "By chance alone, a difference this large or larger would come up with a probability "
            "of {p} ({n} week).",
            "By chance alone, a difference this large or larger would come up with a probability "
            "of {p} ({n} weeks).",
            finding.pairs,
        )
    return words.format(p=f"{finding.p:.3f}", n=finding.pairs)
