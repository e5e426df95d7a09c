"""A way from points with their times: put in order, measured, and without what cannot be.

Services repeat segments, write points out of order, at 0/0 where a satellite was lost, or with a
time of another month. Nothing of where the points were leaves this module.
"""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from uncramp.model.language import tr, trn
from uncramp.model.world_records import TOP_SPEED
from uncramp.recordings.bounds import LONG_S
from uncramp.recordings.pace import Climb, Course, great_circle_m

NOISE_M = 10.0
"""So far beside the way a satellite may put somebody who has not moved."""
MOST_LEFT_OUT = 0.05
"""With more jumps than one of twenty points nobody knows how far it was."""

_NOWHERE = math.nan


@dataclass(slots=True)
class Stretch:
    """One stretch of a way, between gaps of a day and more.

    Attributes:
        started_s: the time of its first point.
        elapsed_s: seconds to its last point.
        metres: how far; None without two places.
        course: the points that count, without the time between segments.
        climb: the ascent of these.
        points: how many there were.
        jumps: how many of them nobody can have reached; the steps to them do not count.
        seconds_between: between segments, where nothing was recorded.
    """

    started_s: float
    elapsed_s: float = 0.0
    metres: float | None = None
    course: Course = field(default_factory=Course)
    climb: Climb = field(default_factory=Climb)
    points: int = 0
    jumps: int = 0
    seconds_between: float = 0.0

    @property
    def moving_s(self) -> float:
        """Seconds in which way was made; all that were recorded where there is no way at all."""
        return self.course.moving_s if self.metres else self.elapsed_s - self.seconds_between

    @property
    def standing_s(self) -> float:
        """Seconds within the segments in which somebody stood."""
        return max(0.0, self.elapsed_s - self.seconds_between - self.moving_s)

    @property
    def doubt(self) -> str:
        """Why nobody knows how far it was; empty where only a few points cannot be."""
        if self.jumps <= MOST_LEFT_OUT * self.points:
            return ""
        return tr("has so many jumps in its route that the distance cannot be known")


class Way:
    """Takes points as they come in a file, and measures them when all are there.

    Attributes:
        untimed: points without a time that nothing tells.
        points: all of them.
    """

    def __init__(self) -> None:
        self.points = 0
        self.untimed = 0
        self._at = array("d")
        self._lat = array("d")
        self._lon = array("d")
        self._height = array("d")
        self._segment = array("l")
        self._segments = 0
        self._waiting: list[tuple[float, float]] = []

    def __len__(self) -> int:
        return len(self._at)

    @property
    def first_s(self) -> float:
        """The earliest time; there must be a point."""
        return min(self._at)

    @property
    def last_s(self) -> float:
        """The latest time; there must be a point."""
        return max(self._at)

    def begin_segment(self) -> None:
        """Begin another segment: what lies between it and the one before was not recorded."""
        self._segments += 1
        self._waiting.clear()

    def add(
        self, at_s: float | None, place: tuple[float, float] | None, height_m: float | None = None
    ) -> None:
        """Take the next point.

        Args:
            at_s: its time in seconds; a place without one lies evenly between those around it.
            place: latitude and longitude in degrees; None where only the time is known.
            height_m: above the sea; None when not known.
        """
        self.points += 1
        if at_s is None:
            self.untimed += 1
            if place is not None and self._goes_on():
                self._waiting.append(place)
            return
        if self._waiting:
            before = self._at[-1]
            step = (at_s - before) / (len(self._waiting) + 1)
            for number, between in enumerate(self._waiting, 1):
                self._append(before + step * number, between, None)
            self._waiting.clear()
        self._append(at_s, place, height_m)

    def join(self, later: "Way") -> None:
        """Take the points of another way as further segments of this one."""
        shift = self._segments + 1
        self._at.extend(later._at)
        self._lat.extend(later._lat)
        self._lon.extend(later._lon)
        self._height.extend(later._height)
        self._segment.extend(array("l", (number + shift for number in later._segment)))
        self._segments = shift + later._segments
        self.points += later.points
        self.untimed += later.untimed

    def stretches(self) -> tuple[Stretch, ...]:
        """Return what the points tell, in order of time; several where days lie between them."""
        order, segments = self._in_order()
        stretches: list[Stretch] = []
        start = 0
        for index in range(1, len(order) + 1):
            ends = index == len(order)
            if ends or self._at[order[index]] - self._at[order[index - 1]] > LONG_S:
                stretches.append(self._measured(order[start:index], segments))
                start = index
        return tuple(stretches)

    def _goes_on(self) -> bool:
        return bool(self._segment) and self._segment[-1] == self._segments

    def _append(self, at_s: float, place: tuple[float, float] | None, height: float | None) -> None:
        lat, lon = place or (_NOWHERE, _NOWHERE)
        self._at.append(at_s)
        self._lat.append(lat)
        self._lon.append(lon)
        self._height.append(_NOWHERE if height is None else height)
        self._segment.append(self._segments)

    def _in_order(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return the points in order of time, and the segment of each point of the file.

        Segments that overlap are one: of two points at the same time in different ones the second
        is a repetition.
        """
        if all(earlier <= later for earlier, later in pairwise(self._at)):
            return range(len(self._at)), self._segment
        order = sorted(range(len(self._at)), key=self._at.__getitem__)
        ends: dict[int, float] = {}
        for index in order:
            ends[self._segment[index]] = self._at[index]
        joined: dict[int, int] = {}
        until, number = -math.inf, -1
        for index in order:
            segment = self._segment[index]
            if segment not in joined:
                number = number if self._at[index] <= until else segment
                joined[segment] = number
                until = max(until, ends[segment])
        kept: list[int] = []
        for index in order:
            again = kept and self._at[kept[-1]] == self._at[index]
            if not (again and self._segment[kept[-1]] != self._segment[index]):
                kept.append(index)
        return kept, [joined[segment] for segment in self._segment]

    def _measured(self, order: Sequence[int], segments: Sequence[int]) -> Stretch:
        stretch = Stretch(self._at[order[0]], points=len(order))
        stretch.elapsed_s = self._at[order[-1]] - stretch.started_s
        base: int | None = None
        apart: int | None = None
        before = order[0]
        for index in order:
            if segments[index] != segments[before]:
                stretch.seconds_between += self._at[index] - self._at[before]
                stretch.jumps += apart is not None
                base = apart = None
            before = index
            if math.isnan(self._lat[index]):
                self._counts(stretch, index, 0.0)
            elif base is None:
                self._counts(stretch, index, 0.0)
                base = index
            elif (metres := self._reached(base, index)) is not None:
                # Whoever came here from there was not at the point between them.
                stretch.jumps += apart is not None
                self._counts(stretch, index, metres, has_place=True)
                base, apart = index, None
            elif apart is not None and (metres := self._reached(apart, index)) is not None:
                stretch.jumps += 1
                stretch.climb.begin_again()
                self._counts(stretch, index, metres, has_place=True)
                base, apart = index, None
            else:
                stretch.jumps += apart is not None
                apart = index
        stretch.jumps += apart is not None
        return stretch

    def _counts(
        self, stretch: Stretch, index: int, metres: float, *, has_place: bool = False
    ) -> None:
        if not math.isnan(self._height[index]):
            stretch.climb.add(self._height[index])
        if has_place:
            stretch.metres = (stretch.metres or 0.0) + metres
        seconds = self._at[index] - stretch.started_s - stretch.seconds_between
        stretch.course.add(seconds, stretch.metres or 0.0)

    def _reached(self, start: int, end: int) -> float | None:
        """Return the metres of a step; None when nobody can run so far in its time."""
        metres = great_circle_m(self._lat[start], self._lon[start], self._lat[end], self._lon[end])
        seconds = self._at[end] - self._at[start]
        return metres if metres <= NOISE_M + TOP_SPEED * seconds else None


def left_out(stretch: Stretch) -> str:
    """Return what of a stretch was not counted, in words; empty for nothing worth a word."""
    remarks = []
    minutes = round(stretch.standing_s / 60)
    if minutes:
        words = trn(
            "{n} min of standing still left out", "{n} min of standing still left out", minutes
        )
        remarks.append(words.format(n=minutes))
    if stretch.jumps:
        words = trn(
            "{n} impossible point left out",
            "{n} impossible points left out",
            stretch.jumps,
        )
        remarks.append(words.format(n=stretch.jumps))
    return "; ".join(remarks)
