"""What the course of a recording tells: pauses, climbs, the pace at its beginning."""

import math
from array import array
from itertools import pairwise

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""
SHORTEST_M, SHORTEST_S, FEWEST_POINTS = 1_000.0, 300.0, 30
PAUSE_S, PAUSE_SPEED = 10.0, 0.5
CLIMB_M = 5.0
"""Smaller climbs are the noise of barometers and of satellites."""
FEWEST_INVENTED, SHORTEST_INVENTED_S, INVENTED_WITHIN_S = 6, 60.0, 1.0


class Course:
    """Seconds and metres since the start, point by point; nothing of where it led."""

    def __init__(self) -> None:
        self.seconds = array("d")
        self.metres = array("d")

    def add(self, seconds: float, metres: float) -> None:
        """Take one point; what goes back in time or distance is left out."""
        if not (math.isfinite(seconds) and math.isfinite(metres)):
            return
        if self.seconds and (seconds < self.seconds[-1] or metres < self.metres[-1]):
            return
        self.seconds.append(seconds)
        self.metres.append(metres)

    @property
    def moving_s(self) -> float:
        """Seconds without those in which no way was made."""
        took = (later - earlier for earlier, later in pairwise(self.seconds))
        stood = self._stood()
        return sum(seconds for seconds, still in zip(took, stood, strict=True) if not still)

    def _stood(self) -> bytearray:
        """Return for each step whether somebody stood: slow, within ten slow seconds."""
        seconds, metres = self.seconds, self.metres
        stood = bytearray(max(0, len(seconds) - 1))
        end = marked = 0
        for start in range(len(stood)):
            while end < len(stood) and seconds[end] - seconds[start] < PAUSE_S:
                end += 1
            if _is_pause(seconds[end] - seconds[start], metres[end] - metres[start]):
                for step in range(max(start, marked), end):
                    took = seconds[step + 1] - seconds[step]
                    stood[step] = metres[step + 1] - metres[step] < took * PAUSE_SPEED
                marked = max(marked, end)
        return stood

    def early_pace(self) -> float | None:
        """Return the speed over the first tenth of the way, divided by that over the rest.

        Pauses do not count. None where there is too little to tell it from.
        """
        if len(self.seconds) < FEWEST_POINTS:
            return None
        way = self.metres[-1] - self.metres[0]
        tenth = self.metres[0] + way / 10
        before = total = 0.0
        points_before = 0
        for index, still in enumerate(self._stood(), 1):
            took = self.seconds[index] - self.seconds[index - 1]
            start, end = self.metres[index - 1], self.metres[index]
            if still:
                continue
            total += took
            if end <= tenth:
                before += took
                points_before += 1
            elif start < tenth:
                before += took * (tenth - start) / (end - start)
                points_before += 1
        rest = total - before
        if way < SHORTEST_M or total < SHORTEST_S or points_before < 3 or min(before, rest) <= 0:
            return None
        return (1 / before) / (9 / rest)

    def is_invented(self) -> bool:
        """Whether the times are those of a plan: the same speed to the second all along."""
        if len(self.seconds) < FEWEST_INVENTED:
            return False
        took = self.seconds[-1] - self.seconds[0]
        way = self.metres[-1] - self.metres[0]
        if took < SHORTEST_INVENTED_S or way <= 0:
            return False
        speed = way / took
        steps = {round(later - earlier, 3) for earlier, later in pairwise(self.seconds)}
        if len(steps) == 1:
            return False  # as a watch writes it on a treadmill, once a second
        return all(
            abs(seconds - self.seconds[0] - (metres - self.metres[0]) / speed) <= INVENTED_WITHIN_S
            for seconds, metres in zip(self.seconds, self.metres, strict=True)
        )


class Climb:
    """Adds up ascent, without the noise."""

    def __init__(self) -> None:
        self._lowest: float | None = None
        self._metres = 0.0

    def add(self, altitude: float) -> None:
        """Take the altitude of the next point, in metres."""
        if not math.isfinite(altitude):
            return
        if self._lowest is None or altitude < self._lowest:
            self._lowest = altitude
        elif altitude - self._lowest >= CLIMB_M:
            self._metres += altitude - self._lowest
            self._lowest = altitude

    def begin_again(self) -> None:
        """Begin at the next altitude: nobody climbed from the last one to it."""
        self._lowest = None

    @property
    def metres(self) -> float | None:
        """Metres climbed; None without any altitude."""
        return None if self._lowest is None else round(self._metres, 1)


def great_circle_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the metres between two places in degrees on a sphere (haversine formula)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat = (phi2 - phi1) / 2
    half_lon = math.radians(lon2 - lon1) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def _is_pause(seconds: float, metres: float) -> bool:
    return seconds >= PAUSE_S and metres < seconds * PAUSE_SPEED
