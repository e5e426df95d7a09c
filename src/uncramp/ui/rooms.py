"""The rooms of the window, one line each.

A new room is a line in `table`, a function that makes it, and a `Page` of its own. The function
imports the page, so that it is loaded when it is first opened. What the room wants of others it
asks the frame for.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from uncramp.model.language import tr
from uncramp.ui.page import Page
from uncramp.ui.parts import Parts

Make = Callable[[Parts], Page]
Fill = Callable[[Parts, Page], None]


def _refresh(parts: Parts, page: Page) -> None:
    del parts
    page.refresh()


class Room(NamedTuple):  # made in a seventh of the time of a dataclass, and before the first room
    """One room of the window.

    Attributes:
        id: what others ask for it by.
        title: below its icon.
        icon: the name of a file in the folder of icons, without its ending.
        make: makes its page when it is first needed.
        fill: shows in the page what is known now; done each time before it is shown.
        within: the id of the room to whose button it belongs; "" when it has one of its own.
    """

    id: str
    title: str
    icon: str
    make: Make
    fill: Fill = _refresh
    within: str = ""


def table() -> tuple[Room, ...]:
    """Return the rooms in the order of their buttons."""
    return (
        Room("today", tr("Today"), "today", *_of_the_day("today")),
        Room("welcome", "", "", *_of_the_day("welcome"), within="today"),
        Room("plan", "", "", *_of_the_day("plan"), within="today"),
        Room("routines", tr("Routines"), "routines", _routines, _fill_routines),
        Room("exercises", tr("Exercises"), "exercises", _exercises),
        Room("journal", tr("Journal"), "journal", _journal),
        Room("charts", tr("Charts"), "charts", _charts),
        Room("planner", tr("Next run"), "planner", _planner),
        Room("guide", tr("Guide"), "guide", _guide),
        Room("settings", tr("Settings"), "settings", _settings),
    )


def _of_the_day(page: str) -> tuple[Make, Fill]:
    return partial(_day_page, page), partial(_fill_day_page, page)


def _day_page(name: str, parts: Parts) -> Page:
    return parts.daily.make_page(name)


def _fill_day_page(name: str, parts: Parts, page: Page) -> None:
    del page
    parts.daily.fill(name)


def _routines(parts: Parts) -> Page:
    page = parts.browsing.routines
    page.problems_requested.connect(parts.show_problems)
    page.export_requested.connect(parts.export_routine)
    page.file_requested.connect(parts.choose_file)
    return page


def _fill_routines(parts: Parts, page: Page) -> None:
    del page
    parts.browsing.fill()


def _exercises(parts: Parts) -> Page:
    return parts.browsing.exercises_page()


def _journal(parts: Parts) -> Page:
    from uncramp.ui.diary.room import DiaryRoom

    room = DiaryRoom(parts.frame.coach, parts.frame.theme)
    room.cramp_entry_requested.connect(parts.frame.cramp_entry_requested)
    room.import_requested.connect(parts.choose_runs)
    parts.frame.day_requested.connect(room.open_day)
    parts.frame.entries_offered.connect(room.look_at)
    parts.frame.tracking_requested.connect(room.choose_fields)
    return room


def _planner(parts: Parts) -> Page:
    from uncramp.ui.runs.room import PlannerRoom  # when a run is planned

    return PlannerRoom(parts.frame)


def _guide(parts: Parts) -> Page:
    from uncramp.ui.guide.room import GuideRoom  # when somebody wants to read

    return GuideRoom(parts.frame)


def _charts(parts: Parts) -> Page:
    from uncramp.ui.charts.room import ChartsRoom  # it brings pyqtgraph and numpy along

    return ChartsRoom(parts.frame)


def _settings(parts: Parts) -> Page:
    from uncramp.ui.settings.room import SettingsRoom

    return SettingsRoom(parts.frame, parts.stage)
