"""Strava's bulk export: `activities.csv`, whose rows speak of the files beside it."""

from collections.abc import Sequence

from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.model.recording import Clock, Recording
from uncramp.recordings.bounds import (
    HIGHEST_M,
    LONGEST_M,
    LONGEST_S,
    name_of,
    number_of,
    temperature,
)
from uncramp.recordings.rows import Table, cell
from uncramp.recordings.service_dates import UnsureDateError, instant_in_words
from uncramp.recordings.sports import called

# Headers are in the language of the account, but their order is the same, and so is what repeats.
PLACES = {
    "date": 1,
    "type": 3,
    "shown elapsed": 5,
    "elapsed": 15,
    "moving": 16,
    "metres": 17,
    "file": 12,
}
REPEATED = ((5, 15), (6, 17))
NAMES = {
    "date": "activity date",
    "type": "activity type",
    "elapsed": "elapsed time",
    "moving": "moving time",
    "metres": "distance",
    "file": "filename",
    "ascent": "elevation gain",
    "air": "weather temperature",
    "effort": "perceived exertion",
}
Row = tuple[Recording, str]


def is_strava(head: Sequence[str]) -> bool:
    """Whether these are the headers of activities.csv, in any language."""
    lowered = [one.strip().casefold() for one in head]
    if lowered[:1] == ["activity id"]:
        return True
    return len(lowered) > PLACES["metres"] and all(
        lowered[one] and lowered[one] == lowered[other] for one, other in REPEATED
    )


def read_strava(data: bytes, name: str) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Return each row with the name of its file (empty for none), and what is wrong.

    A row without a moving time counts by its elapsed time.
    """
    table = Table(data, name)
    rows: list[Row] = []
    columns: dict[str, int] | None = None
    for line, row in table.rows():
        if columns is None:
            columns = _columns(row)
            missing = [NAMES[key] for key in ("date", "type", "elapsed") if key not in columns]
            if missing:
                told = tr("there is no column {names}").format(names=", ".join(missing))
                table.tell(line, told)
                break
            continue
        _take(table, rows, columns, line, row)
    return tuple(rows), tuple(table.problems)


def _columns(head: Sequence[str]) -> dict[str, int]:
    lowered = [one.strip().casefold() for one in head]
    if lowered[:1] != ["activity id"]:
        return dict(PLACES)
    found = {}
    for key, name in NAMES.items():
        at = [index for index, one in enumerate(lowered) if one == name]
        # Of those that are there twice the second one is in seconds and metres. The first distance
        # is in a unit that is not stated.
        if at and (key != "metres" or len(at) > 1):
            found[key] = at[-1]
        elif at:
            found["shown"] = at[0]
        if key == "elapsed" and at:
            found["shown elapsed"] = at[0]
    return found


def _take(
    table: Table, rows: list[Row], columns: dict[str, int], line: int, row: Sequence[str]
) -> None:
    date = name_of(cell(row, columns["date"]))
    try:
        started = instant_in_words(cell(row, columns["date"]))
    except UnsureDateError:
        told = tr('"{date}" can be two days: a spreadsheet program has rewritten the dates')
        table.tell(line, told.format(date=date))
        return
    if started is None:
        table.tell(line, tr('"{date}" is not a date in any known form').format(date=date))
        return
    # Some rows have only the first of the two.
    spent = cell(row, columns["elapsed"]) or cell(row, columns.get("shown elapsed"))
    elapsed = number_of(spent, 1, 100 * LONGEST_S)
    if elapsed is None:
        shown = name_of(spent)
        table.tell(line, tr('"{seconds}" is not a duration').format(seconds=shown))
        return
    way = cell(row, columns.get("metres", columns.get("shown")))
    if way and number_of(way, 0, LONGEST_M) is None:
        table.tell(line, tr('"{metres}" is not a distance').format(metres=name_of(way)))
        return
    kind = cell(row, columns["type"])
    name = called(kind)
    moving = number_of(cell(row, columns.get("moving")), 1, 100 * LONGEST_S)
    rows.append(
        (
            Recording(
                started=started,
                clock=Clock.UTC,
                timer_s=moving or elapsed,
                elapsed_s=elapsed,
                metres=number_of(way, 0, LONGEST_M) if "metres" in columns else None,
                ascent_m=number_of(cell(row, columns.get("ascent")), 0, HIGHEST_M),
                sport=name.sport,
                indoor=name.indoor,
                terrain=name.terrain,
                air_temperature_c=temperature(number_of(cell(row, columns.get("air")), -100, 100)),
                effort=_effort(cell(row, columns.get("effort"))),
                source="Strava",
                called=name_of(kind),
            ),
            cell(row, columns.get("file")),
        )
    )


def _effort(text: str) -> int | None:
    found = number_of(text, 1, 10)
    return None if found is None else round(found)
