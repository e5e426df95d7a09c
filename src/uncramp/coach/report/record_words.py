"""The tables of a report: routines, years, runs, what was noted, and the user's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uncramp.coach.cramp.wording import context_name, length_text, place_name, relief_name
from uncramp.coach.daywords import rhythm_words, tie_name
from uncramp.coach.diary.entries import KM_M, MILE_M
from uncramp.coach.diary.tracking import Field, fields
from uncramp.coach.insight.week_words import short_day
from uncramp.coach.plan.kept_words import counts_words
from uncramp.coach.report.document import Own, Pairs, Prose, Quote, Quotes, Section, Table, Words
from uncramp.coach.report.report import (
    LONGEST_NAME,
    Kept,
    Note,
    Noted,
    Report,
    Runs,
    Year,
    plain,
)
from uncramp.model.diary import Cramp, CrampContext, Run
from uncramp.model.language import tr, trn
from uncramp.model.plan import Pause, PlanItem

_MINUTE_S = 60
_HOUR_S = 3600
MOST_ROUTINES = 24
_MOST_DAYS = 6
"""So many days are named one by one."""
_MOST_VALUES = 8


@dataclass(frozen=True, slots=True)
class RoutineWords:
    """A routine as somebody else understands it.

    Attributes:
        name: of the routine.
        content: its exercises with their doses, in a line.
    """

    name: str
    content: str = ""


# -- what was done


def kept_section(found: Report, routines: Mapping[str, RoutineWords]) -> Section:
    """Return what was planned and done, routine by routine."""
    shown = found.kept[:MOST_ROUTINES]
    rows = tuple(_kept_row(one, routines) for one in shown)
    blocks: list[Table | Prose] = []
    if rows:
        blocks.append(
            Table(
                tr("What was planned and done, by routine"),
                (
                    tr("Routine"),
                    tr("Its exercises"),
                    tr("Planned"),
                    tr("Done of planned"),
                    tr("Days done"),
                    tr("Minutes of work"),
                ),
                rows,
                (1.5, 3.55, 1.7, 1.4, 0.55, 0.75),
                frozenset({4, 5}),
            )
        )
    others = len(found.kept) - len(shown)
    if others:
        words = trn(
            "{n} other routine was planned or done.",
            "{n} other routines were planned or done.",
            others,
        )
        blocks.append(Prose(words.format(n=others), soft=True))
    if found.pauses:
        words = tr("Pauses, which count neither for nor against: {pauses}.")
        pauses = "; ".join(_pause_words(one) for one in found.pauses[-_MOST_DAYS:])
        blocks.append(Prose(words.format(pauses=pauses), soft=True))
    return Section(tr("Routines"), tuple(blocks))


def _kept_row(one: Kept, routines: Mapping[str, RoutineWords]) -> tuple[Words, ...]:
    known = routines.get(one.routine)
    name = Own(plain(one.routine, LONGEST_NAME) if known is None else known.name)
    done = counts_words(one.kept) if one.kept.planned else tr("–")
    return (
        name,
        Own("" if known is None else known.content),
        _planned_words(one.items),
        done,
        str(one.sessions),
        f"{one.done_s / _MINUTE_S:.0f}",
    )


def _planned_words(items: Sequence[PlanItem]) -> str:
    if not items:
        return tr("not planned")
    last = items[-1]
    sentence = tr("{tie}, {rhythm}, since {day}")
    if last.end is not None:
        sentence = tr("{tie}, {rhythm}, {day} to {end}")
    words = sentence.format(
        tie=tie_name(last.tie),
        rhythm=rhythm_words(last.days, last.times),
        day=short_day(last.start, year=True),
        end="" if last.end is None else short_day(last.end, year=True),
    )
    before = len(items) - 1
    if before:
        changed = trn("changed once", "changed {n} times", before).format(n=before)
        words = f"{words}; {changed}"
    return words


def _pause_words(one: Pause) -> str:
    if one.end is None:
        return tr("since {first}").format(first=short_day(one.start, year=True))
    return tr("{first} to {last}").format(
        first=short_day(one.start, year=True), last=short_day(one.end, year=True)
    )


def years_table(years: Sequence[Year]) -> Table:
    """Return the years of a long period."""
    rows = tuple(
        (
            str(one.year),
            tr("{x} of {n}").format(x=one.logged, n=one.nights),
            tr("{x} of {n}").format(x=one.cramp_nights, n=one.logged) if one.logged else tr("–"),
            str(one.cramps) if one.logged else tr("–"),
            counts_words(one.kept) if one.kept.planned else tr("–"),
        )
        for one in years
    )
    return Table(
        tr("Year by year"),
        (
            tr("Year"),
            tr("Nights logged"),
            tr("With a cramp"),
            tr("Cramps in them"),
            tr("Planned sessions done"),
        ),
        rows,
        (1, 1, 1, 1, 1.2),
        frozenset({1, 2, 3}),
    )


def runs_pairs(runs: Runs, *, miles: bool) -> Pairs:
    """Return the runs of the period."""
    unit, name = (MILE_M, tr("miles")) if miles else (KM_M, tr("km"))
    pairs: list[tuple[str, Words]] = [
        (
            tr("Runs"),
            trn("{n} in {weeks} week", "{n} in {weeks} weeks", runs.weeks).format(
                n=runs.count, weeks=runs.weeks
            ),
        )
    ]
    if runs.metres:
        sentence = tr("{each} {unit} a week, {all} in all")
        each, whole = runs.metres / unit / runs.weeks, runs.metres / unit
        words = sentence.format(each=f"{each:.0f}", all=f"{whole:.0f}", unit=name)
        pairs.append((tr("Distance"), words))
    longest = [_hours(runs.longest_seconds)]
    if runs.longest_metres:
        longest.insert(0, f"{runs.longest_metres / unit:.1f} {name}")
    pairs.append((tr("Longest"), "; ".join(longest)))
    if runs.effort is not None:
        pairs.append((tr("Effort"), tr("{n} of 10 (median)").format(n=f"{runs.effort:g}")))
    sentence = tr("{x} of {n}, during or within 6 h after")
    pairs.append((tr("With a cramp"), sentence.format(x=runs.cramped, n=runs.count)))
    return Pairs(tuple(pairs))


def _hours(seconds: int) -> str:
    hours, rest = divmod(seconds, _HOUR_S)
    return tr("{h} h {min} min").format(h=hours, min=rest // _MINUTE_S)


# -- what was noted


def noted_section(found: Report) -> Section | None:
    """Return what was noted about days, medicine among it; None when nothing was."""
    if not found.noted:
        return None
    order = {field.key: number for number, field in enumerate(fields())}
    known = {field.key: field for field in fields()}
    ranked = sorted(found.noted, key=lambda one: (order.get(one.key, len(order)), one.key))
    rows = tuple(
        (
            _titled(known.get(one.key), one.key),
            str(one.days),
            Own(_values(one, known.get(one.key))),
        )
        for one in ranked
    )
    table = Table(
        tr("What the runner recorded about days, in the runner's own words"),
        (tr("Recorded"), tr("Days"), tr("Answers")),
        rows,
        (1.6, 0.45, 6),
        frozenset({1}),
    )
    return Section(tr("Days, habits and medicine"), (table,))


def _titled(field: Field | None, key: str) -> Words:
    return Own(plain(key, LONGEST_NAME)) if field is None else field.title


def _values(one: Noted, field: Field | None) -> str:
    parts: list[str] = []
    if one.median is not None:
        sentence = tr("median {median}, from {low} to {high}")
        parts.append(
            sentence.format(
                median=_value(field, one.median),
                low=_value(field, one.low),
                high=_value(field, one.high),
            )
        )
    yes = one.values.get(True, 0)
    if yes or False in one.values:
        parts.append(tr("yes on {n}, no on {m}").format(n=yes, m=one.values.get(False, 0)))
    named = [(value, n) for value, n in one.values.items() if isinstance(value, str)]
    ranked = sorted(named, key=lambda pair: (-pair[1], pair[0]))
    for value, n in ranked[:_MOST_VALUES]:
        days = (one.seen or {}).get(value, ())
        words = tr("{value}: {n}").format(value=_value(field, value), n=n)
        # What is rare is sentence with its days: a new medicine has a date.
        when = _days_words(days) if len(days) <= _MOST_DAYS and value != "usual" else ""
        parts.append(f"{words} ({when})" if when else words)
    return "; ".join(parts)


def _value(field: Field | None, value: bool | float | str) -> str:
    if field is None:
        return value if isinstance(value, str) else f"{value:g}"
    if field.swatches and not isinstance(value, str):
        return field.words(int(value))
    return field.words(value)


def _days_words(days: Sequence[date]) -> str:
    return ", ".join(short_day(day, year=True) for day in days)


def cramps_section(found: Report) -> Section | None:
    """Return the latest cramps one by one; None without any."""
    if not found.latest:
        return None
    table = Table(
        tr("The latest cramps, most recent first"),
        (tr("When"), tr("Where"), tr("Lasted"), tr("Pain"), tr("Stopped by")),
        tuple(_cramp_row(one, found.made.year) for one in found.latest),
        (1.2, 1.5, 0.95, 0.4, 1.6),
        frozenset({2, 3}),
    )
    return Section(tr("The latest cramps"), (table,), 1.35)


def _cramp_row(one: Cramp, year: int) -> tuple[Words, ...]:
    day = short_day(one.at.date(), year=one.at.year != year)
    where = place_name(one.muscle, one.side)
    if one.context is not CrampContext.NIGHT:
        where = f"{where}, {context_name(one.context).casefold()}"
    unknown = tr("–")
    return (
        tr("{day}, {time}").format(day=day, time=f"{one.at:%H:%M}") if one.is_hour_known else day,
        where,
        unknown if one.seconds is None else length_text(one.seconds),
        unknown if one.pain is None else str(one.pain),
        ", ".join(relief_name(relief) for relief in one.relief) or unknown,
    )


def notes_section(found: Report) -> Section | None:
    """Return the words of the user; None without any."""
    if not found.notes:
        return None
    quotes = Quotes(tuple(_quote(one) for one in found.notes))
    if not found.more_notes:
        return Section(tr("In the runner’s own words"), (quotes,))
    n = found.more_notes
    words = trn("{n} earlier note is left out.", "{n} earlier notes are left out.", n).format(n=n)
    return Section(tr("In the runner’s own words"), (quotes, Prose(words, soft=True)))


def _quote(one: Note) -> Quote:
    about = ""
    if isinstance(one.about, Cramp):
        about = tr("cramp, {place}").format(
            place=place_name(one.about.muscle, one.about.side).casefold()
        )
    elif isinstance(one.about, Run):
        about = tr("run")
    return Quote(short_day(one.day, year=True), about, one.text)
