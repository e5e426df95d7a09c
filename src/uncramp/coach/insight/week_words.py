"""The weeks of the main chart in words and as a table."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from uncramp.analysis.columns import Column
from uncramp.analysis.level import Season
from uncramp.analysis.weeks import Mark, MarkKind
from uncramp.coach.daywords import months
from uncramp.coach.plan.kept_words import percent, share_words
from uncramp.model.language import tr, trn

CSV_HEAD = (
    "first_day",
    "weeks",
    "planned",
    "done",
    "partly",
    "to_come",
    "kept_percent",
    "logged_nights",
    "cramp_nights",
    "recalled_nights",
    "cramps",
    "marks",
)


def short_day(day: date, *, year: bool = False) -> str:
    """Return a day as "3 Nov", or "3 Nov 2026"."""
    name = months()[day.month - 1][:3]
    if year:
        return tr("{day} {month} {year}").format(day=day.day, month=name, year=day.year)
    return tr("{day} {month}").format(day=day.day, month=name)


def column_name(column: Column) -> str:
    """Return the days of a column, for example "3 to 9 Nov 2026"."""
    first, last = column.first, column.last
    if (first.year, first.month) == (last.year, last.month):
        begun = str(first.day)
    else:
        begun = short_day(first, year=first.year != last.year)
    return tr("{first} to {last}").format(first=begun, last=short_day(last, year=True))


def nights_words(column: Column) -> str:
    """Return the nights with a cramp among those that were logged."""
    if not column.logged:
        return tr("no night logged")
    words = trn(
        "a cramp in {x} of {n} logged night", "a cramp in {x} of {n} logged nights", column.logged
    ).format(x=column.cramp_nights, n=column.logged)
    if column.recalled:
        n = column.recalled
        later = trn("{n} from memory", "{n} from memory", n).format(n=n)
        words = f"{words} ({later})"
    return words


def mark_words(mark: Mark, names: Mapping[str, str]) -> str:
    """Return what happened, for example "Planned: Bedtime stretch".

    Args:
        mark: of a day.
        names: of routines by their ids.
    """
    what = {
        MarkKind.PLANNED: tr("Planned"),
        MarkKind.CHANGED: tr("Plan changed"),
        MarkKind.ENDED: tr("No longer planned"),
        MarkKind.PAUSED: tr("Pause began"),
        MarkKind.RESUMED: tr("Pause ended"),
        MarkKind.NOTE: tr("Note"),
    }[mark.kind]
    about = names.get(mark.routine, mark.routine) or mark.text
    day = short_day(mark.day)
    return f"{day}: {what}, {about}" if about else f"{day}: {what}"


def warmer_half(half: Season) -> str:
    """Return what the shade behind the weeks stands for."""
    if half.warm is None:
        # Without temperatures nobody knows on which half of the earth the runner is.
        return tr("April to September")
    return tr("warmer half of the year")


def column_words(column: Column, names: Mapping[str, str]) -> str:
    """Return everything about a column in one line."""
    parts = [
        tr("kept to the plan: {kept}").format(kept=share_words(column.kept)),
        nights_words(column),
        *(mark_words(mark, names) for mark in column.marks),
    ]
    return f"{column_name(column)}.  " + "  ·  ".join(parts)


def column_row(column: Column, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells of a column in the table beside the chart; see `table_head`."""
    return (
        column_name(column),
        share_words(column.kept),
        str(column.logged) if column.logged else "–",
        str(column.cramp_nights) if column.logged else "–",
        str(column.cramps) if column.logged else "–",
        "; ".join(mark_words(mark, names) for mark in column.marks),
    )


def table_head() -> tuple[str, ...]:
    """Return the names of the table's cells."""
    return (
        tr("Week"),
        tr("Kept to the plan"),
        tr("Logged nights"),
        tr("Nights with a cramp"),
        tr("Cramps"),
        tr("What happened"),
    )


def columns_csv(columns: Sequence[Column], names: Mapping[str, str]) -> str:
    """Return the columns as CSV; numbers that are not known are empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_HEAD)
    for one in columns:
        kept, share = one.kept, percent(one.kept)
        writer.writerow(
            (
                one.first.isoformat(),
                one.weeks,
                kept.planned,
                kept.done,
                kept.partly,
                kept.to_come,
                "" if share is None else share,
                one.logged,
                one.cramp_nights if one.logged else "",
                one.recalled,
                one.cramps if one.logged else "",
                _plain("; ".join(mark_words(mark, names) for mark in one.marks)),
            )
        )
    return out.getvalue()


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
