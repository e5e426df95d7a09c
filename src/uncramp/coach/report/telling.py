"""A report as a document: its sections, in the order in which somebody with little time reads."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from uncramp import __version__
from uncramp.analysis.adherence import DONE_FROM, Adherence, total
from uncramp.analysis.columns import Column
from uncramp.analysis.level import shaded
from uncramp.analysis.tally import Spread
from uncramp.analysis.weeks import MarkKind
from uncramp.coach.cramp.wording import context_name, length_text, relief_name
from uncramp.coach.insight.future_words import future_sentence, nothing_sentence
from uncramp.coach.insight.numbers import plain_day
from uncramp.coach.insight.week_words import column_row, short_day, table_head
from uncramp.coach.insight.words import (
    break_sentence,
    question_sentences,
    question_title,
    rate_sentences,
)
from uncramp.coach.plan.kept_words import week_words
from uncramp.coach.report.count_drawings import (
    duration_drawing,
    hour_drawing,
    pain_drawing,
    place_counts,
    place_drawing,
)
from uncramp.coach.report.document import (
    GAP_PT,
    WIDTH_PT,
    Document,
    Fact,
    Facts,
    Figure,
    Lead,
    Own,
    Pairs,
    Prose,
    Section,
    Table,
    Words,
)
from uncramp.coach.report.night_drawing import MOST_WEEKS, night_drawing, shown_nights
from uncramp.coach.report.record_words import (
    RoutineWords,
    cramps_section,
    kept_section,
    noted_section,
    notes_section,
    runs_pairs,
    years_table,
)
from uncramp.coach.report.report import DISTURBED, LONGEST_NAME, Report, Runs, plain
from uncramp.coach.report.week_drawing import week_caption, week_columns, week_drawing
from uncramp.model.diary import CrampContext
from uncramp.model.language import tr, trn

_CHART_PT = 124.0
_SMALL_PT = 46.0


def document(
    found: Report, routines: Mapping[str, RoutineWords], *, miles: bool = False
) -> Document:
    """Return the document that tells a report.

    Args:
        found: what is told.
        routines: in words, by their ids; one that is not known is told by its id.
        miles: distances in miles instead of kilometres.
    """
    lines = (_period(found), _made(found.made))
    rows: list[tuple[Section, ...]] = [(_glance(found),)]
    if not found.is_empty:
        rows.append((_weeks(found, routines),))
        rows.append((_nights(found),))
        if found.cramps:
            rows.append(_cramps(found))
            rows.append(_after(found, miles=miles))
        beside = () if found.cramps or not found.runs else (_runs(found.runs, miles=miles),)
        rows.append((_question(found, miles=miles), *beside))
        if found.kept or found.pauses:
            rows.append((kept_section(found, routines),))
        noted = noted_section(found)
        if noted is not None:
            rows.append((noted,))
        in_words = tuple(filter(None, (cramps_section(found), notes_section(found))))
        if in_words:
            rows.append(in_words)
    rows.append(_how_to_read())
    return Document(
        title=tr("Leg cramps: a runner’s own record"),
        name=found.name,
        lines=lines,
        rows=tuple(rows),
        foot=tr("Information from a diary that the runner kept with Uncramp; not a diagnosis."),
    )


def _period(found: Report) -> str:
    if found.is_empty:
        return nothing_sentence(found.review.future)
    days = (found.last - found.first).days + 1
    words = trn("{first} to {last} ({n} day)", "{first} to {last} ({n} days)", days)
    return words.format(first=plain_day(found.first), last=plain_day(found.last), n=days)


def _made(day: date) -> str:
    words = tr("Made on {day} with Uncramp {version}")
    return words.format(day=plain_day(day), version=__version__)


# -- at a glance


def _glance(found: Report) -> Section:
    title = tr("At a glance")
    if found.is_empty:
        words = tr("Nights, cramps and sessions appear here once they are recorded.")
        left_out = future_sentence(found.review.future)
        return Section(title, (Lead(words), *((Prose(left_out),) if left_out else ())))
    facts = [_logged(found), _cramp_nights(found), _count(found)]
    if found.review.durations.median is not None:
        facts.append(_length(found))
    if found.review.pains.median is not None:
        facts.append(_pain(found))
    kept = total(routine.kept for routine in found.kept)
    if kept.planned:
        facts.append(_plan(kept))
    sentences = [
        _only_counted(found),
        *rate_sentences(found.review),
        break_sentence(found.review.break_),
        future_sentence(found.review.future),
    ]
    return Section(title, (Facts(tuple(facts)), Prose(" ".join(filter(None, sentences)))))


def _plan(kept: Adherence) -> Fact:
    value = tr("{x} of {n}").format(x=kept.done, n=kept.planned)
    return Fact(tr("Plan"), value, week_words(kept))


def _logged(found: Report) -> Fact:
    value = tr("{x} of {n}").format(x=found.logged, n=found.nights)
    detail = ""
    if found.recalled:
        n = found.recalled
        detail = trn("{n} from memory", "{n} from memory", n).format(n=n)
    return Fact(tr("Nights logged"), value, detail)


def _cramp_nights(found: Report) -> Fact:
    value = tr("{x} of {n}").format(x=found.cramp_nights, n=found.logged)
    return Fact(tr("Nights with a cramp"), value, tr("of the logged nights"))


def _count(found: Report) -> Fact:
    parts = [
        f"{n} {context_name(context).casefold()}"
        for context, n in found.review.contexts.items()
        if n
    ]
    return Fact(tr("Cramps recorded"), str(found.cramps), ", ".join(parts))


def _only_counted(found: Report) -> str:
    """Return why there are fewer cramps noted than nights with one may need; empty when not."""
    review = found.review
    n = sum(week.cramps for week in review.weeks) - review.contexts[CrampContext.NIGHT]
    if n <= 0:
        return ""
    words = trn(
        "{n} more night cramp was counted in the morning without details.",
        "{n} more night cramps were counted in the morning without details.",
        n,
    )
    return words.format(n=n)


def _length(found: Report) -> Fact:
    spread = found.review.durations
    detail = tr("median; longest {longest}").format(longest=length_text(spread.largest or 0))
    return Fact(tr("How long"), length_text(round(spread.median or 0)), detail)


def _pain(found: Report) -> Fact:
    spread = found.review.pains
    detail = tr("median; worst {worst}").format(worst=spread.largest)
    value = tr("{x} of {n}").format(x=f"{spread.median:g}", n=10)
    return Fact(tr("Pain"), value, detail)


# -- charts


def _weeks(found: Report, routines: Mapping[str, RoutineWords]) -> Section:
    shown = week_columns(found.review.weeks)
    warmer = shaded(found.review.seasons, len(found.review.weeks))
    drawing = week_drawing(shown, warmer, WIDTH_PT, _CHART_PT)
    names = _names(found, routines)
    table = Table(
        drawing.title,
        table_head(),
        tuple(_column_row(one, names, found) for one in shown),
        (1.4, 1.2, 0.7, 0.8, 0.6, 2),
        frozenset({2, 3, 4}),
    )
    blocks: list[Figure | Table] = [Figure(drawing, week_caption(shown, warmer), table)]
    if found.years:
        blocks.append(years_table(found.years))
    return Section(tr("Plan and cramps, week by week"), tuple(blocks))


def _names(found: Report, routines: Mapping[str, RoutineWords]) -> dict[str, str]:
    """Return the names of routines; one that is gone is told by its id."""
    marked = {mark.routine for week in found.review.weeks for mark in week.marks}
    gone = {id_: plain(id_, LONGEST_NAME) for id_ in marked}
    return gone | {id_: one.name for id_, one in routines.items()}


def _column_row(column: Column, names: Mapping[str, str], found: Report) -> tuple[Words, ...]:
    """Return a row of the table; notes are told by themselves, where they are told at all."""
    marks = (
        replace(mark, text=plain(mark.text, LONGEST_NAME) if found.with_notes else "")
        for mark in column.marks
        if mark.kind is not MarkKind.NOTE
    )
    *cells, happened = column_row(replace(column, marks=tuple(marks)), names)
    return (*cells, Own(happened))


def _nights(found: Report) -> Section:
    cells = [one for one in found.review.nights if one.day >= found.review.first]
    shown = shown_nights(cells)
    title = tr("Night by night")
    if not shown:
        return Section(title, (Prose(tr("No night in this period is over yet.")),))
    if len(shown) < len(cells):
        title = tr("Night by night, the last {n} weeks").format(n=MOST_WEEKS)
    return Section(title, (Figure(night_drawing(shown, WIDTH_PT)),))


def _cramps(found: Report) -> tuple[Section, ...]:
    review = found.review
    shares = (1.55, 1.0, 1.0)
    unit = (WIDTH_PT - 2 * GAP_PT) / sum(shares)
    small = unit * shares[1]
    where: list[Figure | Prose] = [
        Figure(place_drawing(review.places, review.stretched, unit * shares[0]))
    ]
    untold = sum(
        sides[side]
        for sides in place_counts(review.places).values()
        for side in sides
        if side.value == "none"
    )
    if untold:
        words = trn("{n} without a side, or on both.", "{n} without a side, or on both.", untold)
        where.append(Prose(words.format(n=untold), soft=True))
    night = review.contexts[CrampContext.NIGHT]
    when: list[Figure | Prose] = [Figure(hour_drawing(review.hours, small, 2 * _SMALL_PT - 16))]
    words = trn("When {n} night cramp began", "When {n} night cramps began", night)
    when.append(Prose(words.format(n=night), soft=True))
    how = (
        Figure(duration_drawing(review.durations.bins, small, _SMALL_PT)),
        Prose(_known(tr("Length in minutes"), review.durations.known, found.cramps), soft=True),
        Figure(pain_drawing(review.pains.bins, small, _SMALL_PT)),
        Prose(_known(tr("Pain, 0 to 10"), review.pains.known, found.cramps), soft=True),
    )
    return (
        Section(tr("Where"), tuple(where), shares[0]),
        Section(tr("When at night"), tuple(when), shares[1]),
        Section(tr("How long, how painful"), how, shares[2]),
    )


def _known(what: str, known: int, cramps: int) -> str:
    return tr("{what}: recorded for {x} of {n}").format(what=what, x=known, n=cramps)


def _after(found: Report, *, miles: bool) -> tuple[Section, ...]:
    counted = [(relief_name(relief), str(count)) for relief, count in found.reliefs]
    helped: list[Pairs | Prose] = [Pairs(tuple(counted))] if counted else []
    helped.append(
        Prose(
            tr("Recorded for {x} of {n} cramps; one cramp may have several.").format(
                x=found.relieved, n=found.cramps
            ),
            soft=True,
        )
    )
    sections = [
        Section(tr("What stopped them"), tuple(helped), 1.0),
        Section(tr("Sleep, next day, signs"), (Pairs(_signs(found)),), 1.45),
    ]
    if found.runs is not None:
        sections.append(_runs(found.runs, miles=miles))
    return tuple(sections)


def _runs(runs: Runs, *, miles: bool) -> Section:
    return Section(tr("Runs"), (runs_pairs(runs, miles=miles),), 1.2)


def _signs(found: Report) -> tuple[tuple[str, Words], ...]:
    pairs: list[tuple[str, Words]] = []
    if found.disturbance.median is not None:
        pairs.append((tr("Sleep disturbed, median"), _middle(found.disturbance)))
        n = found.disturbed_nights
        named = tr("Disturbed {n} of 10 or more").format(n=DISTURBED)
        pairs.append((named, trn("{n} night", "{n} nights", n).format(n=n)))
    if found.soreness.median is not None:
        pairs.append((tr("Sore next day, median"), _middle(found.soreness)))
    if found.review.durations.known:
        n = found.long_cramps
        pairs.append((tr("Longer than 10 minutes"), trn("{n} cramp", "{n} cramps", n).format(n=n)))
    n = len(found.stopped)
    words = trn("{n} session", "{n} sessions", n).format(n=n)
    if n:
        words = tr("{sessions}, last on {day}").format(
            sessions=words, day=short_day(found.stopped[-1], year=True)
        )
    pairs.append((tr("Stopped: sharp or numb"), words))
    return tuple(pairs)


def _middle(spread: Spread) -> str:
    words = tr("{median} of 10 ({n} recorded; worst {worst})")
    return words.format(median=f"{spread.median:g}", n=spread.known, worst=spread.largest)


# -- what it can say


def _question(found: Report, *, miles: bool) -> Section:
    first, *rest = question_sentences(found.review.question, miles=miles)
    # The counts come next, larger than what follows from them.
    blocks: list[Lead | Prose] = [Lead(first)]
    blocks.extend(Prose(one) for one in rest[:1])
    if found.review.span is not None and found.review.question.looks is not None:
        whole = tr("Counted since the routine came into use, not only in this period.")
        rest.insert(1, whole)
    if rest[1:]:
        blocks.append(Prose(" ".join(rest[1:]), soft=True))
    return Section(question_title(), tuple(blocks), share=2.4, framed=True)


def _how_to_read() -> tuple[Section, ...]:
    logged = tr(
        "A night counts as logged when the runner said how it was, including that it had no "
        "cramp. A night without an answer is unknown and never counted as a night without cramps. "
        "Nights run from noon to noon. What was filled in from memory is shown, and left out of "
        "every rate and comparison."
    )
    kept = tr(
        "Sessions are recorded by the program as it guides them. A session counts as done from "
        "{share} % of its time on, and as partly done below that. What is planned for the rest of "
        "this week is still to come. Pauses and days left out as planned do not count."
    ).format(share=round(100 * DONE_FROM))
    what = tr(
        "Uncramp guides stretching routines and keeps a diary of leg cramps on the runner’s own "
        "computer. This page counts what was recorded. It is information, not a diagnosis; a "
        "diary shows what went together and not why."
    )
    return (
        Section(tr("How to read this"), (Prose(f"{logged} {kept}", soft=True),), 1.6),
        Section(tr("What this is"), (Prose(what, soft=True),), 1.0),
    )
