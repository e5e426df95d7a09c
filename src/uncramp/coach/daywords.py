"""Days, times and what the plan says of them, in words."""

from collections.abc import Iterable
from datetime import date, datetime

from uncramp.coach.plan.due import DAY_BEGINS_H, NIGHT_H
from uncramp.model.language import tr, trn
from uncramp.model.plan import PlanItem, Tie
from uncramp.model.week import DAYS_A_WEEK


def weekday_short(number: int) -> str:
    """Return a day of the week in three letters; 0 is Monday."""
    return (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))[number]


def weekdays() -> tuple[str, ...]:
    """Return the days of the week, Monday first."""
    return (
        tr("Monday"),
        tr("Tuesday"),
        tr("Wednesday"),
        tr("Thursday"),
        tr("Friday"),
        tr("Saturday"),
        tr("Sunday"),
    )


def months() -> tuple[str, ...]:
    """Return the months."""
    return (
        tr("January"),
        tr("February"),
        tr("March"),
        tr("April"),
        tr("May"),
        tr("June"),
        tr("July"),
        tr("August"),
        tr("September"),
        tr("October"),
        tr("November"),
        tr("December"),
    )


def day_name(day: date) -> str:
    """Return a day with its day of the week, for example "Sunday 22 November"."""
    words = tr("{weekday} {day} {month}")
    return words.format(
        weekday=weekdays()[day.weekday()], day=day.day, month=months()[day.month - 1]
    )


def night_name(day: date) -> str:
    """Return the night that began on a day, for example "the night from Friday to Saturday"."""
    return tr("the night from {first} to {second}").format(
        first=weekdays()[day.weekday()], second=weekdays()[(day.weekday() + 1) % DAYS_A_WEEK]
    )


def greeting(now: datetime) -> str:
    """Return a greeting for the time of day."""
    if DAY_BEGINS_H <= now.hour < 12:
        return tr("Good morning")
    if 12 <= now.hour < 18:
        return tr("Good afternoon")
    return tr("Good evening")


def date_line(now: datetime, day: date) -> str:
    """Return the day whose plan is on; after midnight the evening before is not over."""
    if now.date() == day:
        return day_name(day)
    return tr("{day}, past midnight").format(day=day_name(day))


def headline(
    now: datetime, still_open: int, done: int, *, has_plan: bool, is_paused: bool = False
) -> str:
    """Return the greeting, and how much of the day's plan is still open.

    Args:
        now: with the local offset.
        still_open: how many routines are offered.
        done: how many were done today.
        has_plan: whether anything is planned at all.
        is_paused: whether a pause covers the day.
    """
    hello = greeting(now)
    if still_open:
        n = still_open
        numbers = {2: tr("two"), 3: tr("three"), 4: tr("four"), 5: tr("five"), 6: tr("six")}
        if now.hour < DAY_BEGINS_H:
            text = trn("It is late; one thing is left", "It is late; {n} things are left", n)
        elif done:
            text = trn("{hello}, one thing is left", "{hello}, {n} things are left", n)
        else:
            text = trn("{hello}, one thing today", "{hello}, {n} things today", n)
        return text.format(hello=hello, n=numbers.get(n, n))
    if is_paused:
        return tr("{hello}, the plan is paused").format(hello=hello)
    if has_plan and now.hour < DAY_BEGINS_H:
        # Whose day it is cannot be said in two words then: yesterday's plan is on, today's to come.
        return tr("It is night, and nothing is left to do")
    if has_plan and done:
        return tr("{hello}, all done for today").format(hello=hello)
    if has_plan and now.hour >= NIGHT_H:
        return tr("{hello}, nothing is left for today").format(hello=hello)
    if has_plan:
        return tr("{hello}, nothing planned today").format(hello=hello)
    return hello


def tie_name(tie: Tie) -> str:
    """Return what a routine is tied to, in words."""
    return {
        Tie.MORNING: tr("Morning"),
        Tie.BEFORE_RUN: tr("Before the run"),
        Tie.AFTER_RUN: tr("After the run"),
        Tie.BEDTIME: tr("Bedtime"),
        Tie.ANY_TIME: tr("Any time"),
    }[tie]


def rhythm_words(days: Iterable[int], times: int) -> str:
    """Return how often, for example "every day" or "Mon, Wed, Fri" or "3 times a week"."""
    days = sorted(days)
    if len(days) == DAYS_A_WEEK:
        return tr("every day")
    if days == [0, 1, 2, 3, 4]:
        return tr("Monday to Friday")
    if days:
        return ", ".join(weekday_short(day) for day in days)
    return trn("once a week", "{n} times a week", times).format(n=times)


def item_words(item: PlanItem) -> str:
    """Return when an item of the plan is due, in one line."""
    parts = [rhythm_words(item.days, item.times)]
    if item.remind and item.remind_until:
        words = tr("reminder every hour from {first} to {last}")
        parts.append(words.format(first=item.remind, last=item.remind_until))
    elif item.remind:
        parts.append(tr("reminder at {time}").format(time=item.remind))
    return " · ".join(parts)


def reminder_words(at: datetime, now: datetime) -> str:
    """Return when a reminder comes, for example "today at 22:00"."""
    ahead = (at.date() - now.date()).days
    time = f"{at:%H:%M}"
    if ahead <= 0:
        return tr("today at {time}").format(time=time)
    if ahead == 1:
        return tr("tomorrow at {time}").format(time=time)
    return tr("{weekday} at {time}").format(weekday=weekdays()[at.weekday()], time=time)
