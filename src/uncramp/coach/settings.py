"""The user's settings: one table that feeds defaults, checks, the file and the settings page."""

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.problem import Problem, Severity

FILE_NAME = "settings.toml"
_LARGEST_FILE = 64_000
_LONGEST_QUOTE = 60
_LONGEST_KEYS = 2_000
USUAL_FIELDS = "sleep_h fluid_l urine alcohol standing_h"
"""What is asked about a day before anybody has chosen."""


class ThemeChoice(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    NIGHT = "night"


class Verbosity(StrEnum):
    """How much is spoken."""

    FULL = "full"
    SHORT = "short"
    CHIMES = "chimes"


QUIET_FROM = tuple(f"{hour:02d}:00" for hour in (19, 20, 21, 22, 23, 0))
WEEK_DAYS = ("0", "5", "6")
"""Monday, Saturday and Sunday: the days on which weeks begin somewhere."""
QUIET_UNTIL = tuple(f"{hour:02d}:00" for hour in range(5, 12))


class Settings(NamedTuple):  # made in a seventh of the time of a dataclass
    """Everything the user can choose.

    Chosen where they are used, not in a row of `table`: what is noted about a day (`tracked`, keys
    with blanks between), the folder that a calendar file is kept in (`calendar_folder`, empty for
    none), what the planner knows of the `runner`, and the folder that is watched for new recordings
    (`runs_folder`, empty for none).
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    verbosity: Verbosity = Verbosity.FULL
    volume: int = 80
    muted: bool = False
    frame_rate: int = 30
    calm: bool = False
    quiet_from: str = ""
    quiet_until: str = "07:00"
    keep_in_tray: bool = False
    autostart: bool = False
    tracked: str = USUAL_FIELDS
    miles: bool = False
    calendar_folder: str = ""
    runner: str = ""
    runs_folder: str = ""
    week_begins: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting.

    Attributes:
        key: the field of Settings and the key in the file.
        title: its name on the settings page.
        hint: one sentence on what it does.
        choices: the allowed values with their names; empty for switches and ranges.
        lowest: smallest allowed number, when it is a range.
        highest: largest allowed number.
    """

    key: str
    title: str
    hint: str
    choices: tuple[tuple[str | int, str], ...] = ()
    lowest: int = 0
    highest: int = 0


def table() -> tuple[Row, ...]:
    """Return the settings in the order of the settings page, in the user's language."""
    return (
        Row(
            "theme",
            tr("Appearance"),
            tr("Night is near black and amber, for a dark bedroom."),
            (
                (ThemeChoice.SYSTEM, tr("Same as the system")),
                (ThemeChoice.LIGHT, tr("Light")),
                (ThemeChoice.DARK, tr("Dark")),
                (ThemeChoice.NIGHT, tr("Night")),
            ),
        ),
        Row(
            "verbosity",
            tr("Voice"),
            tr("Chimes mark every change, whatever you choose."),
            (
                (Verbosity.FULL, tr("Full: names, sides and hints")),
                (Verbosity.SHORT, tr("Short: names and sides")),
                (Verbosity.CHIMES, tr("Chimes only")),
            ),
        ),
        Row("volume", tr("Volume"), tr("For chimes and voice together."), (), 0, 100),
        Row("muted", tr("Mute"), tr("Every cue is still shown on the screen.")),
        Row(
            "frame_rate",
            tr("Smoothness of the figure"),
            tr("Sixty looks smoother, but uses more of the processor."),
            ((30, tr("30 frames a second")), (60, tr("60 frames a second"))),
        ),
        Row(
            "calm",
            tr("Calm figure"),
            tr("Held poses do not sway, which is easier on the eye and on the processor."),
        ),
        Row(
            "quiet_from",
            tr("Quiet hours from"),
            tr("During quiet hours, reminders appear only inside the window."),
            (("", tr("No quiet hours")), *((time, time) for time in QUIET_FROM)),
        ),
        Row(
            "quiet_until",
            tr("Quiet hours until"),
            tr("After that, reminders may appear on the desktop again."),
            tuple((time, time) for time in QUIET_UNTIL),
        ),
        Row(
            "week_begins",
            tr("The week begins on"),
            tr("Calendars and weekly counts follow this the next time Uncramp starts."),
            (
                ("", tr("As in my region")),
                *zip(WEEK_DAYS, (tr("Monday"), tr("Saturday"), tr("Sunday")), strict=True),
            ),
        ),
        Row(
            "miles",
            tr("American units"),
            tr("Miles, pounds, fluid ounces and degrees Fahrenheit."),
        ),
        Row(
            "keep_in_tray",
            tr("Remind me while the window is closed"),
            tr("Closing the window then leaves Uncramp in the system tray, if there is one."),
        ),
        Row(
            "autostart",
            tr("Start when I log in"),
            tr("Uncramp starts hidden, and reminders come without your having to open it."),
        ),
    )


def load_settings(folder: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings; whatever is missing or wrong keeps its default and is reported."""
    path = folder / FILE_NAME
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe would be waited for
            return Settings(), (_warning(path, tr("is not an ordinary file; it was not read")),)
        if state.st_size > _LARGEST_FILE:
            return Settings(), (_warning(path, tr("the file is too large; it was not read")),)
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        reason = error.strerror or str(error)
        return Settings(), (_warning(path, tr("cannot be read: {0}").format(reason)),)
    import tomli  # only when there is a file

    try:
        values = tomli.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Settings(), (_warning(path, tr("is not UTF-8; the defaults are used")),)
    except tomli.TOMLDecodeError as error:
        message = tr("{0}; the defaults are used").format(error.msg)
        return Settings(), (_warning(path, message, error.lineno, error.colno),)
    except (RecursionError, ValueError):  # thousands of brackets, dots or digits
        return Settings(), (_warning(path, tr("contains no settings; the defaults are used")),)
    return _checked(path, values)


def _checked(path: Path, values: Mapping[str, object]) -> tuple[Settings, tuple[Problem, ...]]:
    settings, problems = Settings(), []
    for key, value in values.items():
        changed = changed_setting(settings, key, value)
        if changed is not None:
            settings = changed
            continue
        message = tr("{key} cannot be {value}; the default is used")
        if key not in _READERS:
            message = tr("there is no setting {key}")
        problems.append(_warning(path, message.format(key=_quoted(key), value=_quoted(value))))
    return settings, tuple(problems)


def _quoted(value: object) -> str:
    """Return `value` short and without what a terminal would obey instead of show."""
    shown = repr(value)
    return shown if len(shown) <= _LONGEST_QUOTE else shown[:_LONGEST_QUOTE] + "…"


def changed_setting(settings: Settings, key: str, value: object) -> Settings | None:
    """Return `settings` with `key` set, or None when there is no such key or value."""
    reader = _READERS.get(key)
    known: Any = reader(value) if reader else None
    return None if known is None else settings._replace(**{key: known})


def save_settings(folder: Path, settings: Settings) -> None:
    """Write the settings whole or not at all.

    Raises:
        EnvironmentFault: the folder cannot be written; the old file is untouched.
    """
    lines = ["# The settings of Uncramp. Written by the settings page; edit it freely."]
    lines += [f"{name} = {_as_toml(value)}" for name, value in settings._asdict().items()]
    from uncramp.journal.new_file import new_file  # when something is saved

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with new_file(folder / FILE_NAME) as new:
            new.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise EnvironmentFault(
            tr("The settings could not be saved in {folder}: {reason}.").format(
                folder=folder, reason=error.strerror or error
            )
        ) from error


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    import json  # when something is saved

    return json.dumps(str(value), ensure_ascii=False)  # the escapes of TOML are those of JSON


def _warning(path: Path, message: str, line: int = 0, column: int = 0) -> Problem:
    return Problem(str(path), line, column, message, severity=Severity.WARNING)


def _theme(value: object) -> ThemeChoice | None:
    known = isinstance(value, str) and value in {choice.value for choice in ThemeChoice}
    return ThemeChoice(str(value)) if known else None


def _verbosity(value: object) -> Verbosity | None:
    known = isinstance(value, str) and value in {choice.value for choice in Verbosity}
    return Verbosity(str(value)) if known else None


def _percent(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= 100 else None


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _keys(value: object) -> str | None:
    """Keys with blanks between; those that no program of today knows do no harm."""
    known = isinstance(value, str) and len(value) <= _LONGEST_KEYS
    known = known and all(key.isidentifier() and key.isascii() for key in str(value).split())
    return str(value) if known else None


def _line(value: object) -> str | None:
    """One short line; who reads it bears one that means nothing."""
    known = isinstance(value, str) and len(value) <= _LONGEST_QUOTE * 2 and value.isprintable()
    return str(value) if known else None


def _folder(value: object) -> str | None:
    """Take a folder by its whole path: that of a start is another one each time."""
    if not isinstance(value, str) or len(value) > _LONGEST_KEYS or not value.isprintable():
        return None
    return value if not value or Path(value).is_absolute() else None


def _frame_rate(value: object) -> int | None:
    return value if type(value) is int and value in {30, 60} else None


def _quiet_from(value: object) -> str | None:
    return str(value) if value == "" or value in QUIET_FROM else None


def _week_begins(value: object) -> str | None:
    return str(value) if value == "" or value in WEEK_DAYS else None


def _quiet_until(value: object) -> str | None:
    return str(value) if value in QUIET_UNTIL else None


_READERS: dict[str, Callable[[object], Any]] = {
    "theme": _theme,
    "verbosity": _verbosity,
    "volume": _percent,
    "muted": _switch,
    "frame_rate": _frame_rate,
    "tracked": _keys,
    "miles": _switch,
    "calm": _switch,
    "quiet_from": _quiet_from,
    "quiet_until": _quiet_until,
    "keep_in_tray": _switch,
    "autostart": _switch,
    "calendar_folder": _folder,
    "runner": _line,
    "runs_folder": _folder,
    "week_begins": _week_begins,
}
