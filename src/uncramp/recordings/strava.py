"""Strava's bulk export: `activities.csv`, whose rows speak of the files beside it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.model.recording import Clock, Recording, Sport
from uncramp.recordings.bounds import (
    FIRST_YEAR,
    HIGHEST_M,
    LAST_YEAR,
    LONGEST_M,
    LONGEST_S,
    name_of,
    number_of,
    temperature,
)
from uncramp.recordings.rows import Table, cell

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
RUNS = {
    "run", "trail run", "virtual run", "treadmill run", "lauf", "traillauf", "virtueller lauf",
    "course à pied", "trail", "carrera", "corsa", "hardloopsessie", "hardlopen", "corrida",
    "löpning", "løb", "løpetur", "bieg", "бег", "ランニング", "跑步",
}  # fmt: skip
INDOOR = {"virtual run", "treadmill run", "virtueller lauf"}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb",
            "mar mär",
            "apr",
            "may mai",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct okt",
            "nov",
            "dec dez",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = r",? (\d{1,2}):(\d\d):(\d\d)(?: ?([AP])M)?"
_DATES = (
    (re.compile(r"(?P<b>\w{3})\w*\.? (?P<d>\d{1,2}), (?P<y>\d{4})" + _TIME, re.IGNORECASE)),
    (re.compile(r"(?P<d>\d{1,2})\.? (?P<b>\w{3})\w*\.? (?P<y>\d{4})" + _TIME, re.IGNORECASE)),
    (re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})" + _TIME, re.IGNORECASE)),
    (re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)" + _TIME, re.IGNORECASE)),
)

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
    started = _instant(cell(row, columns["date"]))
    if started is None:
        date = name_of(cell(row, columns["date"]))
        table.tell(line, tr('"{date}" is not a date that is known').format(date=date))
        return
    # Some rows have only the first of the two.
    spent = cell(row, columns["elapsed"]) or cell(row, columns.get("shown elapsed"))
    elapsed = number_of(spent, 1, 100 * LONGEST_S)
    if elapsed is None:
        shown = name_of(spent)
        table.tell(line, tr('"{seconds}" is not a duration').format(seconds=shown))
        return
    way = cell(row, columns.get("metres", columns.get("shown")))
    if way and number_of(way.replace(",", ""), 0, LONGEST_M) is None:
        table.tell(line, tr('"{metres}" is not a distance').format(metres=name_of(way)))
        return
    kind = cell(row, columns["type"]).casefold()
    moving = number_of(cell(row, columns.get("moving")), 1, LONGEST_S)
    rows.append(
        (
            Recording(
                started=started,
                clock=Clock.UTC,
                timer_s=min(moving or elapsed, LONGEST_S),
                elapsed_s=elapsed,
                metres=number_of(way, 0, LONGEST_M) if "metres" in columns else None,
                ascent_m=number_of(cell(row, columns.get("ascent")), 0, HIGHEST_M),
                sport=Sport.RUN if kind in RUNS else Sport.OTHER,
                indoor=True if kind in INDOOR else None,
                air_temperature_c=temperature(number_of(cell(row, columns.get("air")), -100, 100)),
                effort=_effort(cell(row, columns.get("effort"))),
                source="Strava",
            ),
            cell(row, columns.get("file")),
        )
    )


def _effort(text: str) -> int | None:
    found = number_of(text, 1, 10)
    return None if found is None else round(found)


def _instant(text: str) -> datetime | None:
    """Return the instant, which is always UTC there; month names are not those of the locale."""
    plain = " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())
    for form in _DATES:
        found = form.fullmatch(plain)
        if found is None:
            continue
        hour, minute, second, half = found.groups()[-4:]
        named = found.groupdict()
        month = int(named["m"]) if "m" in named else MONTHS.get(named["b"].casefold()[:3], 0)
        hours = int(hour)
        if half:
            hours = hours % 12 + (12 if half.upper() == "P" else 0)
        try:
            made = datetime(
                int(named["y"]), month, int(named["d"]), hours, int(minute), int(second),
                tzinfo=UTC,
            )  # fmt: skip
        except ValueError:
            return None
        return made if FIRST_YEAR <= made.year <= LAST_YEAR else None
    return None
