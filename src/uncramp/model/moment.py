"""The moments of a runner's day."""

from enum import StrEnum


class Moment(StrEnum):
    """When a routine is meant for."""

    BEFORE_RUN = "before_run"
    DURING_RUN = "during_run"
    AFTER_RUN = "after_run"
    MORNING = "morning"
    BEDTIME = "bedtime"
    CRAMP = "cramp"
    STRENGTH = "strength"
    FLEXIBILITY = "flexibility"
    DESK = "desk"
    RACE_DAY = "race_day"

    @property
    def is_urgent(self) -> bool:
        """Whether the runner has a cramp now, and the first words must not wait."""
        return self in (Moment.CRAMP, Moment.DURING_RUN)
