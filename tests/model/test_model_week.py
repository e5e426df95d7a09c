"""On which day a week begins, and what goes by it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from babel import Locale, localedata

from uncramp.model.week import (
    MONDAY,
    begin_weeks_on,
    monday,
    place_in_week,
    usual_first_weekday,
    week_order,
    week_start,
)

SUNDAY, SATURDAY = 6, 5
THURSDAY_19TH = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    begin_weeks_on(MONDAY)


@pytest.mark.parametrize(
    ("first", "start", "place", "order"),
    [
        (MONDAY, date(2026, 11, 16), 3, (0, 1, 2, 3, 4, 5, 6)),
        (SUNDAY, date(2026, 11, 15), 4, (6, 0, 1, 2, 3, 4, 5)),
        (SATURDAY, date(2026, 11, 14), 5, (5, 6, 0, 1, 2, 3, 4)),
    ],
)
def test_weeks_begin_where_they_do(
    first: int, start: date, place: int, order: tuple[int, ...]
) -> None:
    begin_weeks_on(first)
    assert week_start(THURSDAY_19TH) == start
    assert place_in_week(THURSDAY_19TH) == place
    assert week_order() == order
    assert {week_start(start + timedelta(days=number)) for number in range(7)} == {start}
    assert monday(THURSDAY_19TH) == date(2026, 11, 16)  # statistics know no country


def test_there_are_seven_days() -> None:
    with pytest.raises(ValueError, match="day 7"):
        begin_weeks_on(7)


@pytest.mark.parametrize(
    ("locale", "first"),
    [
        *(("en_US.UTF-8", SUNDAY), ("de_DE", MONDAY), ("ar-EG", SATURDAY), ("dv_MV", 4)),
        *(("C", MONDAY), ("C.UTF-8", MONDAY), ("", MONDAY), ("en", MONDAY), ("pt_BR@x", SUNDAY)),
    ],
)
def test_the_country_says_where_its_weeks_begin(locale: str, first: int) -> None:
    assert usual_first_weekday(locale) == first


def test_the_table_is_that_of_the_cldr() -> None:
    """Held against Babel's data, but for what its languages inherit from another country."""
    different = {
        name
        for name in localedata.locale_identifiers()
        if (known := Locale.parse(name)).territory
        and known.language not in {"pt", "ff"}
        and known.first_week_day != usual_first_weekday(f"{known.language}_{known.territory}")
    }
    assert different == set()
