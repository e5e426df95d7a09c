"""The same run from several sources: told apart from another one, and joined."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from uncramp.model.recording import Clock, Recording, Sport

WITHIN_S = 120.0
WITHIN_SHARE = 0.05


class Known:
    """Runs that are known already, to be asked for another one like them.

    Each is a start with its offset, and one or two durations in seconds (with and without pauses).
    """

    def __init__(self, runs: Iterable[tuple[datetime, Sequence[float]]] = ()) -> None:
        self._instants: list[tuple[float, int]] = []
        self._walls: list[tuple[float, int]] = []
        self._durations: list[tuple[float, ...]] = []
        for started, durations in runs:
            self.add(started, durations)

    def add(self, started: datetime, durations: Sequence[float], *, wall: bool = False) -> int:
        """Take one more, and return its number.

        Args:
            started: when it began.
            durations: with and without pauses.
            wall: only the clock on the wall is known.
        """
        number = len(self._durations)
        self._durations.append(tuple(durations))
        if not wall:
            entry = (started.timestamp(), number)
            self._instants.insert(bisect_left(self._instants, entry), entry)
        entry = (_wall(started), number)
        self._walls.insert(bisect_left(self._walls, entry), entry)
        return number

    def like(self, recording: Recording) -> int | None:
        """Return the number of the one that began within two minutes and took as long, if any.

        As long: within a twentieth, with or without pauses; a recording that was cut off may be
        shorter. By the clock on the wall where no more is known.
        """
        wall = recording.clock is Clock.WALL
        at = _wall(recording.started) if wall else recording.started.timestamp()
        durations = (recording.timer_s, recording.elapsed_s)
        times = self._walls if wall else self._instants
        return self._near(times, at, durations, partial=recording.partial)

    def _near(
        self,
        times: list[tuple[float, int]],
        at: float,
        durations: Sequence[float],
        *,
        partial: bool,
    ) -> int | None:
        first = bisect_left(times, (at - WITHIN_S, -1))
        last = bisect_right(times, (at + WITHIN_S, len(self._durations)))
        for _, number in times[first:last]:
            if any(
                abs(one - other) <= WITHIN_SHARE * max(one, other) or (partial and one < other)
                for one in durations
                for other in self._durations[number]
            ):
                return number
        return None


def joined(first: Recording, second: Recording) -> Recording:
    """Return the first, with what only the second knows."""
    better_clock = first.clock is not Clock.PLACE and second.clock is Clock.PLACE
    started, clock = first.started, first.clock
    if better_clock and clock is Clock.UTC:
        started, clock = first.started.astimezone(second.started.tzinfo), Clock.PLACE
    elif clock is Clock.WALL and second.clock is not Clock.WALL:
        started, clock = second.started, second.clock
    names = (
        "metres",
        "ascent_m",
        "indoor",
        "terrain",
        "device_temperature_c",
        "air_temperature_c",
        "effort",
        "early_pace",
    )
    changes = {name: getattr(second, name) for name in names if getattr(first, name) is None}
    sport = second.sport if first.sport is Sport.UNKNOWN else first.sport
    named = first.called or second.called
    return replace(first, started=started, clock=clock, sport=sport, called=named, **changes)


def _wall(started: datetime) -> float:
    return started.replace(tzinfo=UTC).timestamp()
