"""Every sentence that a review is told in: what was counted, what it can say, and what not.

The ladder is never climbed by words: "not enough data", "no clear difference", "possible pattern,
may be chance", "held in your randomised test" (docs/evidence.md#gates). Nothing is said to be the
cause of anything, and no ratio stands without its interval.
"""

import math
from collections.abc import Iterable

from uncramp.analysis.confounding import Confounder, Confounding
from uncramp.analysis.level import LevelBreak, Rate
from uncramp.analysis.looks import Look
from uncramp.analysis.proportions import Nights
from uncramp.analysis.question import OUTLOOK_WEEKS, FactorResult, Needed, Question
from uncramp.analysis.rates import Estimate
from uncramp.analysis.review import Review
from uncramp.analysis.verdict import LOGGED_SHARE, Missing, Verdict, Wording
from uncramp.coach.diary.entries import KM_M, MILE_M
from uncramp.coach.insight.factors import factor_name, window_words
from uncramp.coach.insight.future_words import future_sentence, nothing_sentence
from uncramp.coach.insight.numbers import number, plain_day, range_words, rate_number, rate_range
from uncramp.coach.wording import all_of
from uncramp.model.language import tr, trn

_PER_CENT = 100


# -- the question


def question_title() -> str:
    """Return the one question."""
    return tr("Are there fewer cramp-nights after the bedtime routine?")


def question_sentences(question: Question, *, miles: bool = False) -> tuple[str, ...]:
    """Return all that is said about the question, the most important first.

    Args:
        question: with its verdict.
        miles: distances in miles instead of kilometres.
    """
    if question.looks is None:
        return (
            tr("This is answered from nights with a bedtime routine and nights without one."),
            tr(
                "So far no bedtime routine has been done or planned, or no night has been logged "
                "since."
            ),
        )
    found = [question_headline(question), question_counts(question.nights)]
    if question.verdict.is_compared:
        found.extend(comparison_sentences(question.verdict, question.look))
        found.extend(confounder_sentence(one, miles=miles) for one in question.confounders)
        found.extend(_stratified(question.stratified))
    else:
        found.extend(missing_sentences(question))
    found.extend(outlook_sentences(question))
    found.append(look_sentence(question))
    return tuple(one for one in found if one)


def question_headline(question: Question) -> str:
    """Return the step of the ladder as one sentence."""
    verdict = question.verdict
    if verdict.wording is Wording.NOT_ENOUGH:
        return tr("Not enough data yet to compare nights with and without the routine.")
    if verdict.wording is Wording.NO_CLEAR_DIFFERENCE:
        return tr("No clear difference between nights with and without the routine.")
    if verdict.wording is Wording.HELD_IN_A_TEST:
        return _held(verdict)
    return _possible(verdict)


def _possible(verdict: Verdict) -> str:
    if _is_fewer(verdict):
        return tr("A possible pattern: fewer cramp-nights with the routine. It may be chance.")
    return tr("A possible pattern: more cramp-nights with the routine. It may be chance.")


def _held(verdict: Verdict) -> str:
    if _is_fewer(verdict):
        return tr("Fewer cramp-nights with the routine: the pattern held in your randomised test.")
    return tr("More cramp-nights with the routine: the pattern held in your randomised test.")


def _is_fewer(verdict: Verdict) -> bool:
    nights = verdict.nights
    return nights.x1 * nights.n0 < nights.x0 * nights.n1


def question_counts(nights: Nights) -> str:
    """Return the counts, which are always told."""
    with_it = trn(
        "With the routine, cramps in {x} of {n} logged night",
        "With the routine, cramps in {x} of {n} logged nights",
        nights.n1,
    ).format(x=nights.x1, n=nights.n1)
    return tr("{with_it}; without it, in {x} of {n}.").format(
        with_it=with_it, x=nights.x0, n=nights.n0
    )


def comparison_sentences(verdict: Verdict, look: Look | None) -> tuple[str, ...]:
    """Return the ratio with its interval, and as a sceptic sees it; none while not compared.

    Args:
        verdict: of one look.
        look: which one.
    """
    if verdict.ratio is None or verdict.shrunk is None or look is None:
        return ()
    nights = verdict.nights
    value, interval = verdict.ratio
    counts = tr(
        "At the comparison on {day}: cramps in {x1} of {n1} nights with the routine, in {x0} of "
        "{n0} without."
    ).format(day=plain_day(look.day), x1=nights.x1, n1=nights.n1, x0=nights.x0, n0=nights.n0)
    if math.isinf(value):
        words = tr(
            "All the cramp-nights were in one of the two groups; the ratio may be {range} (95 % "
            "interval)."
        )
        seen = words.format(range=range_words(interval))
    else:
        words = tr(
            "That is {ratio} times the share of cramp-nights; anything from {range} would fit "
            "these nights (95 % interval)."
        )
        seen = words.format(ratio=number(value), range=range_words(interval))
    shrunk = verdict.shrunk
    words = tr(
        "A sceptic, who expects no difference to begin with, would say {ratio} times ({range})."
    )
    sceptic = words.format(ratio=number(shrunk.value), range=range_words(shrunk.interval))
    return counts, seen, sceptic


def missing_sentences(question: Question) -> tuple[str, ...]:
    """Return what is still missing before the nights are compared."""
    parts: list[str] = []
    if question.more_cramp_nights:
        n = question.more_cramp_nights
        parts.append(trn("{n} more cramp-night", "{n} more cramp-nights", n).format(n=n))
    if question.more_with:
        n = question.more_with
        parts.append(
            trn(
                "{n} more logged night with the routine",
                "{n} more logged nights with the routine",
                n,
            ).format(n=n)
        )
    if question.more_without:
        n = question.more_without
        parts.append(
            trn("{n} more logged night without it", "{n} more logged nights without it", n).format(
                n=n
            )
        )
    found: list[str] = []
    if parts:
        words = tr("A comparison needs at least: {parts}.")
        found.append(words.format(parts=all_of(parts)))
    found.extend(logging_sentences(question.missing))
    if not question.missing:
        found.append(
            tr("There are enough nights for a comparison; it will be made on the next fixed day.")
        )
    return tuple(found)


def logging_sentences(missing: Iterable[Missing]) -> tuple[str, ...]:
    """Return what gaps in the diary keep from being compared."""
    known = set(missing)
    found: list[str] = []
    if Missing.LOGGED in known:
        words = tr(
            "Fewer than {share:.0f} of every 100 nights are logged; the missing nights may have "
            "been different."
        )
        found.append(words.format(share=LOGGED_SHARE * _PER_CENT))
    if Missing.LOGGED_UNEVENLY in known:
        found.append(
            tr(
                "Nights with and without the routine are not logged equally often, so a "
                "comparison would mislead."
            )
        )
    return tuple(found)


def outlook_sentences(question: Question) -> tuple[str, ...]:
    """Return what this record can be expected to show, and how many nights it would take."""
    if question.a_week is None:
        return ()
    if not question.a_week:
        return (tr("Without cramp-nights there is nothing to compare."),)
    found = [visible_sentence(question.a_week, question.visible)]
    if question.verdict.wording in (Wording.NOT_ENOUGH, Wording.NO_CLEAR_DIFFERENCE):
        half = next((one for one in question.needed if one.ratio == 0.5), None)
        found.append(needed_sentence(half) if half else "")
    return tuple(one for one in found if one)


def visible_sentence(a_week: float, visible: float | None) -> str:
    """Return what can be seen at that rate, said before anything is compared.

    Args:
        a_week: cramp-nights a week without the routine.
        visible: the largest ratio that would be seen; None for none.
    """
    if visible is None:
        words = tr(
            "At about {rate} cramp-nights a week, even an end to all cramps would not show "
            "reliably within {weeks} weeks."
        )
        return words.format(rate=rate_number(a_week), weeks=OUTLOOK_WEEKS)
    words = tr(
        "At about {rate} cramp-nights a week, only a large drop would show reliably within "
        "{weeks} weeks, half of them with the routine: from 10 cramp-nights to {left} or fewer."
    )
    left = f"{visible * 10:.0f}"
    return words.format(rate=rate_number(a_week), weeks=OUTLOOK_WEEKS, left=left)


def needed_sentence(needed: Needed) -> str:
    """Return how many more nights it takes to see a halving in four of five such diaries."""
    if needed.each_side is None or needed.more_with is None or needed.more_without is None:
        return tr(
            "If the routine halved cramp-nights, it would take more than ten years to see it."
        )
    if not needed.more_with and not needed.more_without:
        return tr(
            "If the routine halved cramp-nights, four of five diaries like this would have shown "
            "it by now."
        )
    sentence = tr(
        "If the routine halved cramp-nights, four of five diaries like this would show it after "
        "{parts}."
    )
    parts: list[str] = []
    if needed.more_with:
        n = needed.more_with
        words = trn(
            "about {n} more logged night with it", "about {n} more logged nights with it", n
        )
        parts.append(words.format(n=n))
    if needed.more_without:
        n = needed.more_without
        words = trn(
            "about {n} more logged night without it", "about {n} more logged nights without it", n
        )
        parts.append(words.format(n=n))
    return sentence.format(parts=all_of(parts))


def look_sentence(question: Question) -> str:
    """Return when was looked and when it will be; the days are fixed, whatever the counts say."""
    looks = question.looks
    if looks is None:
        return ""
    coming = plain_day(looks.next.day)
    if looks.last is None:
        return tr("The first comparison is on {day}, after {n} weeks.").format(
            day=coming, n=looks.next.week
        )
    words = tr(
        "Compared on {day}, after {n} weeks; the next comparison is on {next}. The days are "
        "fixed, because whoever keeps looking until something shows will find something by chance."
    )
    return words.format(day=plain_day(looks.last.day), n=looks.last.week, next=coming)


def _stratified(ratio: Estimate | None) -> tuple[str, ...]:
    if ratio is None:
        return ()
    words = tr("Compared within the same season and the same kind of run days: {ratio} ({range}).")
    return (words.format(ratio=number(ratio.value), range=range_words(ratio.interval)),)


def confounder_sentence(one: Confounder, *, miles: bool) -> str:
    """Return what else differed between the two sides.

    Args:
        one: what.
        miles: distances in miles instead of kilometres.
    """
    kind = one.kind
    if kind is Confounding.SEASON:
        words = tr(
            "The season differed too: {x1} of 10 nights with it were between April and September, "
            "{x0} of 10 without."
        )
        return words.format(x1=_of_ten(one.with_it), x0=_of_ten(one.without))
    if kind is Confounding.LONG_RUNS:
        words = tr(
            "Long runs differed too: they came before {x1} of 10 nights with it, and {x0} of 10 "
            "without."
        )
        return words.format(x1=_of_ten(one.with_it), x0=_of_ten(one.without))
    if kind is Confounding.TEMPERATURE:
        words = tr("The weather differed too: {x1} °C on average with it, {x0} °C without.")
        return words.format(x1=f"{one.with_it:.0f}", x0=f"{one.without:.0f}")
    unit = MILE_M if miles else KM_M
    words = (
        tr("The running differed too: {x1} miles a week with it, {x0} miles without.")
        if miles
        else tr("The running differed too: {x1} km a week with it, {x0} km without.")
    )
    return words.format(x1=f"{one.with_it / unit:.0f}", x0=f"{one.without / unit:.0f}")


def _of_ten(share: float) -> str:
    return f"{share * 10:.0f}"


# -- factors


def factor_headline(result: FactorResult) -> str:
    """Return the step of the ladder of one factor, in a few words."""
    verdict = result.verdict
    if verdict.wording is Wording.NOT_ENOUGH:
        return tr("Not enough data")
    if verdict.wording is Wording.NO_CLEAR_DIFFERENCE:
        return tr("No clear difference")
    if _is_fewer(verdict):
        return tr("Possible pattern: fewer; it may be chance")
    return tr("Possible pattern: more; it may be chance")


def factor_sentences(result: FactorResult, *, miles: bool = False) -> tuple[str, ...]:
    """Return all that is said about one factor."""
    nights = result.nights
    counts = tr(
        "{name}, {window}: cramps in {x1} of {n1} logged nights, otherwise in {x0} of {n0}."
    )
    found = [
        counts.format(
            name=factor_name(result.factor, result.usual),
            window=window_words(result.factor),
            x1=nights.x1,
            n1=nights.n1,
            x0=nights.x0,
            n0=nights.n0,
        ),
        factor_headline(result) + ".",
    ]
    if result.verdict.is_compared:
        found.extend(comparison_sentences(result.verdict, result.look))
    else:
        found.extend(logging_sentences(result.missing))
    found.extend(confounder_sentence(one, miles=miles) for one in result.confounders)
    return tuple(found)


def factor_line(result: FactorResult) -> str:
    """Return counts, ratio with its interval and step of the ladder of one factor in a line."""
    verdict = result.verdict
    if not verdict.is_compared or verdict.ratio is None:
        nights = result.nights
        if not nights.n1 and not nights.n0:
            return tr("It has not been recorded before any night yet.")
        counts = tr("cramps in {x1} of {n1} nights, otherwise in {x0} of {n0}. {headline}.")
        return counts.format(
            x1=nights.x1,
            n1=nights.n1,
            x0=nights.x0,
            n0=nights.n0,
            headline=factor_headline(result),
        )
    nights = verdict.nights
    value, interval = verdict.ratio
    words = tr(
        "cramps in {x1} of {n1} nights, otherwise in {x0} of {n0}: {ratio} times ({range}). "
        "{headline}."
    )
    return words.format(
        x1=nights.x1,
        n1=nights.n1,
        x0=nights.x0,
        n0=nights.n0,
        ratio=number(value),
        range=range_words(interval),
        headline=factor_headline(result),
    )


def factors_sentence(results: tuple[FactorResult, ...]) -> str:
    """Return how many factors were tested together, and what that means."""
    compared = sum(one.verdict.is_compared for one in results)
    if not compared:
        return tr("Nothing you record about your days can be compared with your nights yet.")
    words = trn(
        "{n} thing was compared with your nights, and nothing is left out below.",
        "{n} things were compared with your nights, and none is left out below. The more there "
        "are, the stricter the test for a pattern.",
        compared,
    )
    return words.format(n=compared)


# -- the level


def rate_sentences(review: Review) -> tuple[str, ...]:
    """Return how often it cramps, or what is missing for that, and which nights it leaves out."""
    return tuple(filter(None, (_rate_sentence(review.rate, review.logged), _left_out(review))))


def _left_out(review: Review) -> str:
    """Return why the nights of the rate are fewer than those of the weeks; empty when not."""
    n = sum(cell.recalled for cell in review.nights if cell.day >= review.first)
    if not n:
        return ""
    words = trn(
        "{n} logged night is left out here: it was filled in later from memory, or is "
        "from before you used Uncramp.",
        "{n} logged nights are left out here: they were filled in later from memory, or "
        "are from before you used Uncramp.",
        n,
    )
    return words.format(n=n)


def _rate_sentence(rate: Rate | None, logged: int) -> str:
    """Return how often it cramps, with its interval, or what is missing for that."""
    if rate is None:
        words = trn(
            "{n} night of this period was logged in time; a rate is given from 28 nights on.",
            "{n} nights of this period were logged in time; a rate is given from 28 nights on.",
            logged,
        )
        return words.format(n=logged)
    counts = trn(
        "Cramps in {x} of {n} logged night",
        "Cramps in {x} of {n} logged nights",
        rate.nights,
    ).format(x=rate.cramp_nights, n=rate.nights)
    words = tr("{counts}: {rate} cramp-nights a week ({range}, 95 % interval).")
    return words.format(
        counts=counts, rate=rate_number(rate.a_week), range=rate_range(rate.interval)
    )


def break_sentence(found: LevelBreak | None) -> str:
    """Return where the level changed, without a cause; empty for nowhere."""
    if found is None:
        return ""
    words = tr(
        "The level changed around the week of {day}: {before} cramp-nights a week before "
        "({before_range}), {after} since ({after_range}). Nothing here shows why."
    )
    return words.format(
        day=plain_day(found.monday),
        before=rate_number(found.before.a_week),
        before_range=rate_range(found.before.interval),
        after=rate_number(found.after.a_week),
        after_range=rate_range(found.after.interval),
    )


def summary(review: Review) -> tuple[str, ...]:
    """Return the sentences at the head of the page: the level first, then the question."""
    future = future_sentence(review.future)
    if review.begun is None:
        ask = tr(
            "Each morning, say how the night was; a night without a cramp counts just as much."
        )
        return nothing_sentence(review.future), future or ask
    found = [
        *rate_sentences(review),
        question_headline(review.question) if review.question.looks else "",
        break_sentence(review.break_),
        future,
    ]
    return tuple(one for one in found if one)
