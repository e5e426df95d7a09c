"""Reads a calendar file by the rules of RFC 5545, and refuses what breaks them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

_FLOATING = re.compile(r"[0-9]{8}T[0-9]{6}")
_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.DOTALL)
_BARE = re.compile(r"(?<!\\)(?:\\\\)*[;,]")


@dataclass
class Component:
    """What stands between BEGIN and END: its properties by name, and what is inside."""

    name: str
    values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)

    def raw(self, name: str) -> str:
        """Return the only value of a property as it is written."""
        ((_, value),) = self.values[name]
        return value

    def text(self, name: str) -> str:
        """Return the only value of a property as a reader shows it."""
        value = self.raw(name)
        assert not _BARE.search(value), value
        return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), value)

    def times(self, name: str) -> list[date]:
        """Return days, floating times, or instants in UTC."""
        return [_time(parameters, value) for parameters, value in self.values.get(name, [])]

    @property
    def start(self) -> date:
        """When it begins."""
        (start,) = self.times("DTSTART")
        return start

    @property
    def alarms(self) -> list[timedelta]:
        """How long before its start an alarm sounds."""
        before = []
        for alarm in self.inside:
            assert (alarm.name, alarm.raw("ACTION")) == ("VALARM", "DISPLAY")
            match = re.fullmatch(r"-PT([0-9]+)M", alarm.raw("TRIGGER"))
            assert match, alarm
            before.append(timedelta(minutes=int(match[1])))
        return before


def events_of(content: bytes) -> list[Component]:
    """Return the events of a whole file."""
    calendar = _calendar(content)
    assert calendar.raw("VERSION") == "2.0"
    assert calendar.raw("PRODID")
    for event in calendar.inside:
        assert event.name == "VEVENT"
        assert int(event.raw("SEQUENCE")) >= 0
        (stamp,) = event.times("DTSTAMP")
        assert isinstance(stamp, datetime)
        assert stamp.tzinfo is UTC
        # What is left out has to be of the same kind as the start, or nothing is left out.
        kinds = {type(at) for name in ("DTSTART", "DTEND", "EXDATE") for at in event.times(name)}
        assert len(kinds) == 1
    uids = [event.raw("UID") for event in calendar.inside]
    assert len(set(uids)) == len(uids)
    return calendar.inside


def _calendar(content: bytes) -> Component:
    assert content.endswith(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    stack = [Component("")]
    for line in content.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        match = _LINE.fullmatch(line)
        assert match, line
        assert "\n" not in line
        assert "\r" not in line
        name, parameters, value = match.groups()
        if name == "BEGIN":
            stack.append(Component(value))
        elif name == "END":
            closed = stack.pop()
            assert closed.name == value
            stack[-1].inside.append(closed)
        else:
            stack[-1].values.setdefault(name, []).append((parameters, value))
    (file,) = stack
    (calendar,) = file.inside
    assert calendar.name == "VCALENDAR"
    return calendar


def _time(parameters: str, value: str) -> date:
    if parameters == ";VALUE=DATE":
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
    assert not parameters
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert _FLOATING.fullmatch(value), value
    return datetime.fromisoformat(value)
