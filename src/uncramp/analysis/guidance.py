"""When answers that the user gave are a reason to speak to a doctor.

No score is computed: these are plain counts of what was answered (red flags page, "book").
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum

from uncramp.model.diary import Cramp, Night

NIGHTS_A_WEEK = 3
WEEKS = 2
DISTURBED = 5
"""On the scale of 0 to 10."""
DISTURBED_NIGHTS = 3


class Reason(StrEnum):
    """Why to book an appointment."""

    MANY_NIGHTS = "many_nights"
    DISTURBED_SLEEP = "disturbed_sleep"


def reasons(nights: Iterable[Night], cramps: Collection[Cramp], today: date) -> tuple[Reason, ...]:
    """Return why the last two weeks are a reason to speak to a doctor.

    Args:
        nights: answers.
        cramps: entries.
        today: the two weeks end with the night before.
    """
    with_cramp = {night.day for night in nights if night.cramps}
    weeks = [
        {today - timedelta(days=1 + number + 7 * week) for number in range(7)}
        for week in range(WEEKS)
    ]
    found: list[Reason] = []
    if all(len(with_cramp & week) >= NIGHTS_A_WEEK for week in weeks):
        found.append(Reason.MANY_NIGHTS)
    disturbed = {
        cramp.day
        for cramp in cramps
        if cramp.disturbance is not None and cramp.disturbance >= DISTURBED
    }
    if len(disturbed & set().union(*weeks)) >= DISTURBED_NIGHTS:
        found.append(Reason.DISTURBED_SLEEP)
    return tuple(found)
