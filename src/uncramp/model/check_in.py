"""The look back once a month: what changed, what was tried, what to try."""

from dataclasses import dataclass
from datetime import date, datetime

from uncramp.model.diary import WORST


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One look back (a look back each month).

    Attributes:
        day: on which it was made; one a day.
        answered: when it was last told.
        changed: what changed since the one before, in free words.
        tried: what was tried, and how it went.
        to_try: what to try until the next one.
        rating: how much cramps were in the way in this month, 0 to 10; None when not said.
    """

    day: date
    answered: datetime
    changed: str = ""
    tried: str = ""
    to_try: str = ""
    rating: int | None = None

    def __post_init__(self) -> None:
        if self.rating is not None and not 0 <= self.rating <= WORST:
            raise ValueError(f"rating is {self.rating}, not 0 to {WORST}")
