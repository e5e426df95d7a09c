"""What was counted, in sentences: how long, how painful, and the nights of a year."""

from collections.abc import Sequence
from datetime import date

from uncramp.analysis.tally import NightCell, NightState, Spread
from uncramp.coach.cramp.wording import length_text
from uncramp.model.language import tr, trn


def length_words(spread: Spread) -> str:
    """Return how long the cramps were."""
    if spread.median is None or spread.largest is None:
        return tr("How long they lasted was not recorded.")
    middle, longest = length_text(round(spread.median)), length_text(spread.largest)
    if spread.known == 1:
        words = tr("One of them lasted {length}.") if spread.unknown else tr("It lasted {length}.")
        return _with_unknown(words.format(length=longest), spread.unknown)
    words = tr("Half of them took {median} or less; the longest took {longest}.")
    if middle == longest:
        words = tr("The longest took {longest}.")
    return _with_unknown(words.format(median=middle, longest=longest), spread.unknown)


def pain_words(spread: Spread) -> str:
    """Return how painful the cramps were."""
    if spread.median is None or spread.largest is None:
        return tr("How painful they were was not recorded.")
    middle, worst = f"{spread.median:g}", str(spread.largest)
    if spread.known == 1:
        words = tr("The pain of one of them was {pain}.")
        if not spread.unknown:
            words = tr("The pain was {pain}.")
        return _with_unknown(words.format(pain=worst), spread.unknown)
    words = tr("For half of them the pain was {median} or less; the worst was {worst}.")
    if middle == worst:
        words = tr("The worst pain was {worst}.")
    return _with_unknown(words.format(median=middle, worst=worst), spread.unknown)


def year_words(nights: Sequence[NightCell], first: date, last: date) -> str:
    """Return what is seen in a year of nights, with the meaning of its colours.

    Args:
        nights: in order, all that count.
        first: the first day that is shown.
        last: the last one.
    """
    states = [cell.state for cell in nights if first <= cell.day <= last]
    missing = states.count(NightState.NOT_LOGGED)
    if missing == len(states):
        return tr("No night of this year is logged yet; each night that you log fills a square.")
    counts = tr(
        "{clear} clear (green), {cramps} with a cramp (redder for more), {missing} not logged "
        "(empty). A dot inside means filled in later, from memory."
    ).format(
        clear=states.count(NightState.CLEAR),
        cramps=states.count(NightState.CRAMPS),
        missing=missing,
    )
    if nights[0].day <= first:
        return counts
    before = tr("Nights before your first entry are left blank.")
    return f"{counts} {before}"


def _with_unknown(words: str, unknown: int) -> str:
    if not unknown:
        return words
    rest = trn("For {n}, it was not recorded.", "For {n}, it was not recorded.", unknown).format(
        n=unknown
    )
    return f"{words} {rest}"
