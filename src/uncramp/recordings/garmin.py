"""Garmin's account export: summaries as JSON beside zip files of FIT files."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.model.recording import Clock, Recording
from uncramp.recordings.bounds import (
    FIRST_YEAR,
    HIGHEST_M,
    LAST_YEAR,
    LONGEST_M,
    LONGEST_S,
    name_of,
    number,
)
from uncramp.recordings.sports import called

KEY = "summarizedActivitiesExport"
MOST_PROBLEMS = 200


def read_garmin(data: bytes, name: str) -> tuple[tuple[Recording, ...], tuple[Problem, ...]]:
    """Return the activities of `summarizedActivities.json`, and what is wrong.

    There distances are centimetres and durations milliseconds.
    """
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return (), (Problem(name, error.lineno, error.colno, error.msg),)
    except (UnicodeDecodeError, RecursionError, ValueError):
        return (), (Problem(name, 0, 0, tr("is not readable JSON")),)
    recordings = []
    problems: list[Problem] = []
    for place, activity in _activities(whole):
        recording = _recording(activity)
        if recording is not None:
            recordings.append(recording)
        elif len(problems) < MOST_PROBLEMS:
            told = tr("{place} has no readable start or duration").format(place=place)
            problems.append(Problem(name, 0, 0, told))
    return tuple(recordings), tuple(problems)


def _activities(whole: object) -> Iterator[tuple[str, dict[str, Any]]]:
    parts = whole if isinstance(whole, list) else [whole]
    for part in parts:
        found = part.get(KEY) if isinstance(part, dict) else None
        for index, one in enumerate(found if isinstance(found, list) else []):
            yield f"{KEY}[{index}]", one if isinstance(one, dict) else {}


def _recording(activity: dict[str, Any]) -> Recording | None:
    start = number(activity.get("startTimeGmt", activity.get("beginTimestamp")), 0, 1e14)
    timer = number(activity.get("duration"), 1, LONGEST_S * 1000)
    if start is None or timer is None:
        return None
    started = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=min(start, 1e14))
    if not FIRST_YEAR <= started.year <= LAST_YEAR:
        return None
    local = number(activity.get("startTimeLocal"), 0, 1e14)
    clock = Clock.UTC
    if local is not None and abs(local - start) <= 14 * 3600e3:
        clock = Clock.PLACE
        started = started.astimezone(timezone(timedelta(minutes=round((local - start) / 60e3))))
    elapsed = number(activity.get("elapsedDuration"), 1, 100 * LONGEST_S * 1000)
    metres = number(activity.get("distance"), 0, LONGEST_M * 100)
    ascent = number(activity.get("elevationGain"), 0, HIGHEST_M * 100)
    kind = name_of(activity.get("activityType"))
    name = called(kind)
    return Recording(
        started=started,
        clock=clock,
        timer_s=timer / 1000,
        elapsed_s=(elapsed or timer) / 1000,
        metres=None if metres is None else metres / 100,
        ascent_m=None if ascent is None else ascent / 100,
        sport=name.sport,
        indoor=name.indoor,
        terrain=name.terrain,
        source="Garmin Connect",
        called=kind.replace("_", " "),
    )
