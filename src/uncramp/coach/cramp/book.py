"""Cramps in the diary, with the nights that they belong to kept in step."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from uncramp.journal.diary import Diary
from uncramp.model.crampday import NOON, is_recalled
from uncramp.model.diary import MOST_CRAMPS, Cramp, CrampContext, Night

_FARTHEST = timedelta(hours=14)
"""The largest offset from UTC that a place has."""
_LOOK_BACK = timedelta(days=180)


class CrampBook:
    """Writes cramps, so that a cramp at night makes a cramp-night of its cramp-day.

    A night that was answered with more cramps than were described keeps its number. Every
    method raises EnvironmentFault when the journal cannot be read or written.
    """

    def __init__(self, diary: Diary, read_date: Callable[[], datetime]) -> None:
        self._diary = diary
        self._read_date = read_date

    def latest(self) -> Cramp | None:
        """Return the latest cramp of the last half year."""
        now = self._read_date()
        found = self._diary.cramps(now - _LOOK_BACK, now + timedelta(days=1))
        return found[-1] if found else None

    def night(self, day: date) -> Night | None:
        """Return the answer for a night; None when it is not logged."""
        found = self._diary.nights(day, day)
        return found[0] if found else None

    def save(self, cramp: Cramp, before: Cramp | None = None) -> None:
        """Write a cramp; `before` is what was known of the same one when it is changed."""
        gone = self._described_on(before)
        self._diary.save_cramp(cramp, self._read_date())
        if cramp.context is CrampContext.NIGHT:
            self._raise_night(cramp.day)
        if before is not None and before.context is CrampContext.NIGHT:
            moved = cramp.context is not CrampContext.NIGHT or cramp.day != before.day
            if moved:
                self._lower_night(before.day, gone)

    def delete(self, cramp: Cramp, night: Night | None = None) -> None:
        """Take a cramp out; `bring_back` undoes it.

        Args:
            cramp: what is taken out.
            night: the answer for its night before it was written; the night goes back to that.
                Without one it goes down by this cramp, and is not logged when none is left:
                nobody said then that the night was clear.
        """
        gone = self._described_on(cramp)
        self._diary.delete_cramp(cramp.id, self._read_date())
        if cramp.context is not CrampContext.NIGHT:
            return
        if night is not None and night.day == cramp.day:
            self._diary.save_night(night, self._read_date())
        else:
            self._lower_night(cramp.day, gone)

    def bring_back(self, cramp: Cramp) -> None:
        """Undo a deletion."""
        self._diary.bring_back_cramp(cramp.id)
        if cramp.context is CrampContext.NIGHT:
            self._raise_night(cramp.day)

    def _described_on(self, cramp: Cramp | None) -> int:
        if cramp is None or cramp.context is not CrampContext.NIGHT:
            return 0
        return self._described(cramp.day)

    def _described(self, day: date) -> int:
        """Return how many cramps at night of a cramp-day are in the diary."""
        noon = datetime.combine(day, NOON)
        zone = self._read_date().tzinfo
        first = noon.replace(tzinfo=zone) - 2 * _FARTHEST
        last = datetime.combine(day + timedelta(days=1), time(12), zone) + 2 * _FARTHEST
        described = sum(
            cramp.day == day and cramp.context is CrampContext.NIGHT
            for cramp in self._diary.cramps(first, last)
        )
        return min(MOST_CRAMPS, described)

    def _raise_night(self, day: date) -> None:
        now, night, described = self._read_date(), self.night(day), self._described(day)
        if night is None or night.cramps < described:
            recalled = is_recalled(day, now) if night is None else night.recalled
            self._diary.save_night(Night(day, described, now, recalled), now)

    def _lower_night(self, day: date, described_before: int) -> None:
        """Take one cramp off a night whose number came from the cramps that were described."""
        now, night = self._read_date(), self.night(day)
        if night is None or night.cramps > described_before:
            return
        left = self._described(day)
        if left:
            self._diary.save_night(Night(day, left, now, night.recalled), now)
        else:
            self._diary.forget_night(day)
