"""`uncramp insights`: what the record says, and what it cannot say yet."""

import argparse
import json
import math
import shutil
import textwrap
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from uncramp.analysis.binomial import Interval
from uncramp.analysis.confounding import Confounder
from uncramp.analysis.experiment import Finding
from uncramp.analysis.level import LevelBreak, Rate
from uncramp.analysis.looks import Look
from uncramp.analysis.proportions import Nights
from uncramp.analysis.question import FactorResult, Question
from uncramp.analysis.rates import Estimate
from uncramp.analysis.review import Review
from uncramp.analysis.tally import Spread
from uncramp.analysis.verdict import Verdict
from uncramp.analysis.weeks import Mark, Week
from uncramp.coach.coach import Coach
from uncramp.coach.cramp.wording import place_name
from uncramp.coach.insight.factors import factor_name, window_words
from uncramp.coach.insight.future_words import future_sentence
from uncramp.coach.insight.numbers import plain_day
from uncramp.coach.insight.reading import read_review
from uncramp.coach.insight.trial_words import design_name, finding_sentences
from uncramp.coach.insight.words import (
    break_sentence,
    confounder_sentence,
    factor_headline,
    factor_line,
    factor_sentences,
    factors_sentence,
    question_sentences,
    question_title,
    rate_sentences,
    summary,
)
from uncramp.coach.plan.kept_words import share_words
from uncramp.model.language import tr, trn

FORMAT = 2
_WIDEST = 88
_BAR = 10
_ROWS = 26
"""So many weeks fit on a screen; what is said below them is about all."""


def insights(coach: Coach, arguments: argparse.Namespace) -> int:
    """Print the review; always 0, because a record that says nothing yet is no fault."""
    found = read_review(coach, arguments.weeks)
    if arguments.json:
        print(json.dumps(as_data(found), ensure_ascii=False, indent=2, allow_nan=False))
        return 0
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    print("\n".join(told(found, width, miles=coach.settings.miles)))
    return 0


def told(review: Review, width: int, *, miles: bool = False) -> list[str]:
    """Return the lines of the review.

    Args:
        review: what the record says.
        width: of the terminal, in letters.
        miles: distances in miles instead of kilometres.
    """
    if review.begun is None:
        return _wrapped(summary(review), width)
    lines = [*_weeks(review), ""]
    lines += _wrapped(
        (
            *rate_sentences(review),
            break_sentence(review.break_),
            future_sentence(review.future),
        ),
        width,
    )
    lines += ["", *_wrapped((question_title(),), width)]
    lines += _wrapped(question_sentences(review.question, miles=miles), width, "  ")
    if review.factors:
        lines += ["", *_wrapped((factors_sentence(review.factors),), width)]
        for result in review.factors:
            name = tr("{name}, {window}").format(
                name=factor_name(result.factor, result.usual), window=window_words(result.factor)
            )
            lines += _wrapped((name,), width, "  ")
            lines += _wrapped((factor_line(result),), width, "    ")
            differing = (confounder_sentence(one, miles=miles) for one in result.confounders)
            lines += _wrapped(differing, width, "    ")
    for finding in review.findings:
        lines += ["", *_wrapped((_trial_title(finding),), width)]
        lines += _wrapped(finding_sentences(finding), width, "  ")
    if review.places:
        lines += ["", *_places(review)]
    return lines


def _weeks(review: Review) -> list[str]:
    head = (tr("week of"), tr("plan kept"), tr("cramp-nights"), tr("logged"), tr("cramps"))
    rows = [
        (
            plain_day(week.monday),
            share_words(week.total) if week.total.planned else "-",
            f"{week.cramp_nights}" if week.logged else "-",
            tr("{logged} of {days}").format(logged=week.logged, days=week.days),
            f"{week.cramps}" if week.logged else "-",
        )
        for week in review.weeks
        if week.days or week.logged or week.total.planned
    ]
    left_out = 0 if review.span is not None else max(0, len(rows) - _ROWS)
    rows = rows[left_out:]
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = [_row(row, widths) for row in (head, *rows)]
    if left_out:
        words = trn(
            "{n} earlier week; --weeks {all} shows it.",
            "{n} earlier weeks; --weeks {all} shows them.",
            left_out,
        )
        lines.append(words.format(n=left_out, all=len(review.weeks)))
    return lines


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


def _places(review: Review) -> list[str]:
    named = [(place_name(one.muscle, one.side), one.cramps) for one in review.places]
    width = max(len(name) for name, _ in named)
    lines = [f"{name.ljust(width)}  {count:4}" for name, count in named]
    left, right = (review.stretched.left_s / 60, review.stretched.right_s / 60)
    words = tr("Stretched: left {left:.0f} min, right {right:.0f} min")
    return [*lines, words.format(left=left, right=right)]


def _trial_title(finding: Finding) -> str:
    experiment = finding.trial.experiment
    words = tr("Experiment from {day}: {routine}, {design}")
    return words.format(
        day=plain_day(experiment.start),
        routine=experiment.routine,
        design=design_name(experiment.design).casefold(),
    )


def _wrapped(sentences: Iterable[str], width: int, indent: str = "") -> list[str]:
    lines: list[str] = []
    for sentence in sentences:
        lines += textwrap.wrap(
            sentence,
            max(width, 2 * _BAR),
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


# -- as JSON


def as_data(review: Review) -> dict[str, Any]:
    """Return the review for other programs; the keys are stable and in the README."""
    return {
        "program": "uncramp",
        "format": FORMAT,
        "today": review.today.isoformat(),
        "weeks_shown": review.span,
        "first_day": review.first.isoformat(),
        "begun": None if review.begun is None else review.begun.isoformat(),
        "summary": list(summary(review)),
        "weeks": [_week(week) for week in review.weeks],
        "rate": _rate(review.rate),
        "level_break": _break(review.break_),
        "question": _question(review.question),
        "factors": [_factor(one) for one in review.factors],
        "experiments": [_finding(one) for one in review.findings],
        "places": [
            {"muscle": one.muscle.value, "side": one.side.value, "cramps": one.cramps}
            for one in review.places
        ],
        "stretched_s": {"left": review.stretched.left_s, "right": review.stretched.right_s},
        "hours": list(review.hours),
        "contexts": {context.value: n for context, n in review.contexts.items()},
        "durations_s": _spread(review.durations),
        "pains": _spread(review.pains),
        "runs": [
            {
                "monday": one.monday.isoformat(),
                "runs": one.runs,
                "metres": one.metres,
                "seconds": one.seconds,
                "longest_metres": one.longest_metres,
                "longest_seconds": one.longest_seconds,
                "with_cramp": one.cramps,
            }
            for one in review.runs_weekly
        ],
        "left_out_as_future": review.future.count,
    }


def _week(week: Week) -> dict[str, Any]:
    return {
        "monday": week.monday.isoformat(),
        "days": week.days,
        "sessions": asdict(week.total),
        "routines": {name: asdict(kept) for name, kept in week.routines.items()},
        "work_s": week.work_s,
        "logged": week.logged,
        "recalled": week.recalled,
        "cramp_nights": week.cramp_nights,
        "cramps": week.cramps,
        "pain": week.pain,
        "marks": [_mark(one) for one in week.marks],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "day": mark.day.isoformat(),
        "kind": mark.kind.value,
        "routine": mark.routine,
        "text": mark.text,
    }


def _rate(rate: Rate | None) -> dict[str, Any] | None:
    if rate is None:
        return None
    return {
        "cramp_nights": rate.cramp_nights,
        "nights": rate.nights,
        "a_week": rate.a_week,
        "interval": _interval(rate.interval),
    }


def _break(found: LevelBreak | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "monday": found.monday.isoformat(),
        "factor": _number(found.factor),
        "before": _rate(found.before),
        "after": _rate(found.after),
    }


def _question(question: Question) -> dict[str, Any]:
    looks = question.looks
    return {
        "sentences": list(question_sentences(question)),
        "nights": _nights(question.nights),
        "missing": [one.value for one in question.missing],
        "more_cramp_nights": question.more_cramp_nights,
        "more_with": question.more_with,
        "more_without": question.more_without,
        "look": _look(question.look),
        "next_look": None if looks is None else _look(looks.next),
        "verdict": _verdict(question.verdict),
        "confounders": [_confounder(one) for one in question.confounders],
        "stratified": _estimate(question.stratified),
        "a_week": question.a_week,
        "needed": [
            {
                "ratio": one.ratio,
                "each_side": one.each_side,
                "more_with": one.more_with,
                "more_without": one.more_without,
            }
            for one in question.needed
        ],
        "visible_ratio": question.visible,
    }


def _factor(result: FactorResult) -> dict[str, Any]:
    return {
        "key": result.factor.key,
        "name": factor_name(result.factor, result.usual),
        "window": result.factor.window.value,
        "window_name": window_words(result.factor),
        "headline": factor_headline(result),
        "sentences": list(factor_sentences(result)),
        "nights": _nights(result.nights),
        "missing": [one.value for one in result.missing],
        "look": _look(result.look),
        "verdict": _verdict(result.verdict),
        "confounders": [_confounder(one) for one in result.confounders],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    experiment = finding.trial.experiment
    return {
        "id": experiment.id,
        "routine": experiment.routine,
        "design": experiment.design.value,
        "start": experiment.start.isoformat(),
        "weeks": experiment.weeks,
        "ended": None if experiment.stopped is None else experiment.stopped.isoformat(),
        "is_over": finding.is_over,
        "wording": finding.wording.value,
        "logged": finding.logged,
        "kept": finding.kept,
        "of_nights": finding.told,
        "nights": None if finding.nights is None else _nights(finding.nights),
        "p": finding.p,
        "ratio": None if finding.ratio is None else _number(finding.ratio),
        "interval": None if finding.interval is None else _interval(finding.interval),
        "sentences": [one for one in finding_sentences(finding) if one],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    ratio, gap = verdict.ratio, verdict.gap
    return {
        "wording": verdict.wording.value,
        "missing": [one.value for one in verdict.missing],
        "nights": _nights(verdict.nights),
        "shift_p": verdict.shift_p,
        "adjusted_p": verdict.adjusted_p,
        "overdispersion": verdict.overdispersion,
        "design_effect": verdict.design_effect,
        "ratio": None
        if ratio is None
        else {"value": _number(ratio[0]), "interval": _interval(ratio[1])},
        "difference": None
        if gap is None
        else {"value": _number(gap[0]), "interval": _interval(gap[1])},
        "shrunk": _estimate(verdict.shrunk),
    }


def _nights(nights: Nights) -> dict[str, int]:
    return {
        "cramps_with": nights.x1,
        "nights_with": nights.n1,
        "cramps_without": nights.x0,
        "nights_without": nights.n0,
    }


def _confounder(one: Confounder) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "with": one.with_it,
        "without": one.without,
        "gap_sd": one.gap,
    }


def _look(look: Look | None) -> dict[str, Any] | None:
    return None if look is None else {"week": look.week, "day": look.day.isoformat()}


def _estimate(found: Estimate | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"value": _number(found.value), "interval": _interval(found.interval)}


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "bins": [{"low": one.low, "high": one.high, "count": one.count} for one in spread.bins],
        "known": spread.known,
        "unknown": spread.unknown,
        "median": spread.median,
        "largest": spread.largest,
    }


def _interval(interval: Interval) -> list[float | None]:
    """Return both ends; None for one that is infinite, which JSON has no word for."""
    return [_number(interval.low), _number(interval.high)]


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
