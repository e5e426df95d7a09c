"""The list of activities of intervals.icu as CSV."""

from collections.abc import Sequence
from datetime import UTC

from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.model.recording import Clock, Recording
from uncramp.recordings.bounds import (
    HIGHEST_M,
    LONGEST_M,
    LONGEST_S,
    instant_of,
    name_of,
    number_of,
)
from uncramp.recordings.rows import Table, cell
from uncramp.recordings.sports import called


def is_intervals(head: Sequence[str]) -> bool:
    """Whether these are the headers of intervals.icu."""
    return "start_date_local" in head and bool({"moving_time", "elapsed_time"} & set(head))


def read_intervals(data: bytes, name: str) -> tuple[tuple[Recording, ...], tuple[Problem, ...]]:
    """Return the activities, which begin by the clock on the wall, and what is wrong."""
    table = Table(data, name)
    recordings: list[Recording] = []
    columns: dict[str, int] | None = None
    for line, row in table.rows():
        if columns is None:
            columns = {one.strip().casefold(): at for at, one in reversed([*enumerate(row)])}
            continue
        started = instant_of(cell(row, columns.get("start_date_local")))
        moving = number_of(cell(row, columns.get("moving_time")), 1, 100 * LONGEST_S)
        elapsed = number_of(cell(row, columns.get("elapsed_time")), 1, 100 * LONGEST_S)
        if started is None:
            shown = name_of(cell(row, columns.get("start_date_local")))
            table.tell(line, tr('"{date}" is not a date in any known form').format(date=shown))
            continue
        timer = moving or elapsed
        if timer is None:
            table.tell(line, tr("there is no duration"))
            continue
        kind = cell(row, columns.get("type"))
        meant = called(kind)
        recordings.append(
            Recording(
                started=started[0].replace(tzinfo=UTC),
                clock=Clock.WALL,
                timer_s=timer,
                elapsed_s=elapsed or timer,
                metres=number_of(cell(row, columns.get("distance")), 0, LONGEST_M),
                ascent_m=number_of(cell(row, columns.get("total_elevation_gain")), 0, HIGHEST_M),
                sport=meant.sport,
                indoor=meant.indoor,
                terrain=meant.terrain,
                source="intervals.icu",
                called=name_of(kind),
            )
        )
    return tuple(recordings), tuple(table.problems)
