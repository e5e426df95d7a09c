"""The weeks in words and as CSV."""

import csv
import io
from datetime import date

import pytest

from uncramp.analysis.adherence import Adherence
from uncramp.analysis.columns import Column
from uncramp.analysis.weeks import Mark, MarkKind
from uncramp.coach.insight.week_words import (
    CSV_HEAD,
    column_name,
    column_row,
    column_words,
    columns_csv,
    table_head,
)
from uncramp.coach.plan.kept_words import share_words

NAMES = {"bed": "Bedtime stretch"}
KEPT = Column(
    date(2026, 11, 9),
    1,
    Adherence(7, 5),
    6,
    2,
    1,
    3,
    (Mark(date(2026, 11, 11), MarkKind.CHANGED, "bed"),),
)
EMPTY = Column(date(2026, 12, 28), 1, Adherence(), 0, 0, 0, 0, ())


def test_days_are_named_with_the_year_that_they_are_in() -> None:
    assert column_name(KEPT) == "9 to 15 Nov 2026"
    assert column_name(EMPTY) == "28 Dec 2026 to 3 Jan 2027"


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (Adherence(), "nothing planned"),
        (Adherence(7, 5), "71 % (5 of 7)"),
        (Adherence(8, 5), "63 % (5 of 8)"),
        (Adherence(8, 7, 1), "88 % (7 of 8, 1 partly)"),
        (Adherence(7, 0), "0 % (0 of 7)"),
        (Adherence(7, 0, 0, 7), "0 of 7, 7 to come"),
        (Adherence(12, 4, 1, 6), "4 of 12, 1 partly, 6 to come"),
    ],
)
def test_a_week_gets_its_percentage_when_it_is_over(kept: Adherence, expected: str) -> None:
    assert share_words(kept) == expected


def test_everything_exact_is_in_one_line() -> None:
    told = column_words(KEPT, NAMES)
    for part in ("71 % (5 of 7)", "a cramp in 2 of 6 logged nights", "1 from memory"):
        assert part in told
    assert "11 Nov: Plan changed, Bedtime stretch" in told


def test_what_is_not_known_is_not_a_zero() -> None:
    told = column_words(EMPTY, NAMES)
    assert "nothing planned" in told
    assert "no night logged" in told
    assert column_row(EMPTY, NAMES)[1:5] == ("nothing planned", "–", "–", "–")
    assert len(column_row(EMPTY, NAMES)) == len(table_head())


def test_csv_can_be_read_again() -> None:
    rows = list(csv.DictReader(io.StringIO(columns_csv((KEPT, EMPTY), NAMES))))
    assert tuple(rows[0]) == CSV_HEAD
    assert rows[0]["first_day"] == "2026-11-09"
    assert (rows[0]["kept_percent"], rows[0]["cramp_nights"]) == ("71", "2")
    assert [rows[0][name] for name in ("planned", "done", "partly", "to_come")] == list("7500")
    assert (rows[1]["kept_percent"], rows[1]["cramp_nights"]) == ("", "")
    assert rows[1]["marks"] == ""


def test_a_note_is_no_formula_and_breaks_no_row() -> None:
    note = Mark(date(2026, 11, 9), MarkKind.NOTE, text='=1+1 "x"\nnext, line')
    column = Column(date(2026, 11, 9), 1, Adherence(), 1, 0, 0, 0, (note,))
    (row,) = csv.DictReader(io.StringIO(columns_csv((column,), NAMES)))
    assert not row["marks"].startswith("=")
    assert "next, line" in row["marks"]
