"""What is dated after today, in words: it is left out, and not denied."""

from uncramp.analysis.record import Future
from uncramp.model.language import tr, trn


def future_sentence(future: Future) -> str:
    """Return what was left out because its date is still to come; empty for nothing."""
    if not future.count:
        return ""
    return trn(
        "{n} entry is dated after today and was left out. Was a clock wrong?",
        "{n} entries are dated after today and were left out. Was a clock wrong?",
        future.count,
    ).format(n=future.count)


def nothing_sentence(future: Future) -> str:
    """Say that there is nothing to go by, and do not deny entries that are dated ahead."""
    if future.count:
        return tr("The journal has nothing up to today.")
    return tr("Nothing is in the journal yet.")
