"""The look back once a month: when it is due, what to look at, and what the month was like."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from uncramp.analysis.record import Record, comparable
from uncramp.coach.diary.tracking import LONGEST_TEXT
from uncramp.coach.plan.today import plan_day
from uncramp.journal.studies import Studies
from uncramp.model.check_in import CheckIn
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn

if TYPE_CHECKING:
    from uncramp.coach.coach import Coach

MONTH_DAYS = 28


@dataclass(frozen=True, slots=True)
class Month:
    """The four weeks before a check-in.

    Attributes:
        first: their first day.
        cramp_nights: logged in time.
        nights: logged in time.
        worst_pain: of the cramps in them; None when none was said.
    """

    first: date
    cramp_nights: int
    nights: int
    worst_pain: int | None


@dataclass(frozen=True, slots=True)
class LookBack:
    """A check-in beside the one before.

    Attributes:
        check_in: what was told.
        month: what the diary has of its four weeks.
        before: the check-in before; None for the first one.
        month_before: the four weeks of that one; None as above.
    """

    check_in: CheckIn
    month: Month
    before: CheckIn | None = None
    month_before: Month | None = None


def month_of(record: Record, day: date) -> Month:
    """Return the four weeks before a day."""
    first = day - timedelta(days=MONTH_DAYS)
    answered = comparable(record, day).nights
    nights = [cramp for night, cramp in answered.items() if night >= first]
    pains = [
        cramp.pain for cramp in record.cramps if first <= cramp.day < day and cramp.pain is not None
    ]
    return Month(first, sum(nights), len(nights), max(pains, default=None))


def look_backs(record: Record, check_ins: tuple[CheckIn, ...]) -> tuple[LookBack, ...]:
    """Return each check-in beside the one before, newest first."""
    months = {one.day: month_of(record, one.day) for one in check_ins}
    found: list[LookBack] = []
    for number, one in enumerate(check_ins):
        before = check_ins[number - 1] if number else None
        found.append(
            LookBack(one, months[one.day], before, None if before is None else months[before.day])
        )
    return tuple(reversed(found))


def is_due(check_ins: tuple[CheckIn, ...], first_day: date | None, today: date) -> bool:
    """Whether four weeks have gone by since the last check-in, or since the first entry."""
    since = check_ins[-1].day if check_ins else first_day
    return since is not None and (today - since).days >= MONTH_DAYS


def read_check_ins(coach: "Coach") -> tuple[CheckIn, ...]:
    """Return all check-ins, in order.

    Raises:
        EnvironmentFault: the journal cannot be read.
    """
    return _studies(coach).check_ins()


def save_check_in(
    coach: "Coach", changed: str, tried: str, to_try: str, rating: int | None
) -> CheckIn:
    """Keep a check-in of today, replacing one of today.

    Raises:
        EnvironmentFault: it could not be kept.
        ValueError: the rating is not from 0 to 10, or a text is longer than `LONGEST_TEXT`.
    """
    now = coach.read_date()
    if max(len(changed), len(tried), len(to_try)) > LONGEST_TEXT:
        raise ValueError(f"more than {LONGEST_TEXT} letters")
    made = CheckIn(plan_day(now), now, changed.strip(), tried.strip(), to_try.strip(), rating)
    _studies(coach).save_check_in(made, now)
    return made


def forget_check_in(coach: "Coach", check_in: CheckIn) -> None:
    """Take a check-in back; saving it again brings it back.

    Raises:
        EnvironmentFault: it is still there.
    """
    _studies(coach).forget_check_in(check_in.day)


def bring_back_check_in(coach: "Coach", check_in: CheckIn) -> None:
    """Keep a check-in again that was taken back.

    Raises:
        EnvironmentFault: it could not be kept.
    """
    _studies(coach).save_check_in(check_in, coach.read_date())


def prompts() -> tuple[str, ...]:
    """Return what to look at, in our own words (a look back each month)."""
    return (
        tr("Drinking and eating: how did you get on with what you changed around your runs?"),
        tr("Shoes, bed, work, medicine, training: what is different from last month?"),
        tr("What did you try against cramps, and on how many evenings did you keep to it?"),
        tr("What will you try until next time? One thing at a time is easier to judge."),
        tr(
            "If the cramps continue, a doctor or a sports nutritionist can look at your sodium, "
            "potassium and magnesium with you."
        ),
    )


def month_sentence(month: Month) -> str:
    """Return what the diary has of the four weeks before a check-in."""
    words = trn(
        "In the four weeks before: cramps in {x} of {n} logged night.",
        "In the four weeks before: cramps in {x} of {n} logged nights.",
        month.nights,
    )
    return words.format(x=month.cramp_nights, n=month.nights)


def compared_sentence(back: LookBack) -> str:
    """Return a check-in's month beside the one before, as plain counts; empty for the first one.

    Never more than that: a month differs from the next by itself
    (docs/evidence.md#before-and-after).
    """
    if back.month_before is None:
        return ""
    one, other = back.month, back.month_before
    words = tr(
        "Recorded: cramps in {x1} of {n1} logged nights; at the previous check-in, in {x0} of "
        "{n0}. Months differ anyway; this alone says nothing about what you tried."
    )
    return words.format(x1=one.cramp_nights, n1=one.nights, x0=other.cramp_nights, n0=other.nights)


def _studies(coach: "Coach") -> Studies:
    if coach.journal is None:
        raise coach.journal_fault or EnvironmentFault(tr("The journal cannot be opened."))
    return Studies(coach.journal)
