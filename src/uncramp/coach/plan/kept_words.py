"""How the plan was kept to, in words; every page, the report and the terminal say it so."""

from datetime import date

from uncramp.analysis.adherence import Adherence
from uncramp.coach.daywords import item_words, months
from uncramp.model.language import tr, trn
from uncramp.model.plan import PlanItem


def counts_words(kept: Adherence) -> str:
    """Return the counts, for example "5 of 7", "5 of 7, 1 partly" or "1 of 7, 6 to come"."""
    if not kept.planned:
        return tr("nothing planned")
    parts = [tr("{done} of {planned}").format(done=kept.done, planned=kept.planned)]
    if kept.partly:
        parts.append(tr("{n} partly").format(n=kept.partly))
    if kept.to_come:
        parts.append(tr("{n} to come").format(n=kept.to_come))
    return ", ".join(parts)


def percent(kept: Adherence) -> int | None:
    """Return the percentage of planned sessions that were done.

    None when nothing was planned, and as long as sessions are to come: what is not over is not
    judged.
    """
    if not kept.planned or not kept.is_over:
        return None
    return (200 * kept.done + kept.planned) // (2 * kept.planned)  # half a percent counts up


def share_words(kept: Adherence) -> str:
    """Return the percentage with its counts, for example "71 % (5 of 7)", or the counts alone."""
    share = percent(kept)
    if share is None:
        return counts_words(kept)
    return tr("{percent} % ({counts})").format(percent=share, counts=counts_words(kept))


def planned_words(item: PlanItem, kept: Adherence | None) -> str:
    """Return when an item is due and how it is kept to, as "every day · 2 of 7 this week".

    Args:
        item: of the plan.
        kept: its counts of this week; None when it asks for nothing this week.
    """
    if kept is None:
        return item_words(item)
    words = tr("{rhythm} · {done} of {planned} this week")
    return words.format(rhythm=item_words(item), done=kept.done, planned=kept.planned)


def week_words(kept: Adherence, left_out: int = 0) -> str:
    """Return how the plan is kept to this week, in a line below the number of sessions done.

    Args:
        kept: of the whole plan.
        left_out: sessions left out as planned, which count neither way.
    """
    parts = [trn("planned session done", "planned sessions done", kept.planned)]
    if kept.partly:
        parts.append(tr("{n} partly").format(n=kept.partly))
    if kept.to_come:
        parts.append(tr("{n} to come").format(n=kept.to_come))
    if left_out:
        parts.append(tr("{n} left out as planned").format(n=left_out))
    return ", ".join(parts)


def week_name(start: date) -> str:
    """Return a week by its Monday, for example "Week of 9 November"."""
    words = tr("Week of {day} {month}")
    return words.format(day=start.day, month=months()[start.month - 1])
