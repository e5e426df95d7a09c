"""What of a damaged journal could not be read, in words."""

from uncramp.journal.archive import Losses
from uncramp.model.language import tr, trn


def losses_sentences(losses: Losses) -> tuple[str, ...]:
    """Return what of a damaged journal is not in an export; empty when all is."""
    sentences = []
    if losses.rows:
        sentences.append(
            trn(
                "{n} damaged entry could not be read and is not included.",
                "{n} damaged entries could not be read and are not included.",
                losses.rows,
            ).format(n=losses.rows)
        )
    if losses.tables:
        names = ", ".join(dict.fromkeys(map(_table_name, losses.tables)))
        sentences.append(
            tr("The journal is damaged, and some of this could not be read: {names}.").format(
                names=names
            )
        )
    return tuple(sentences)


def _table_name(table: str) -> str:
    return {
        "session": tr("sessions"),
        "session_part": tr("the exercises of sessions"),
        "night": tr("nights"),
        "cramp": tr("cramps"),
        "day_context": tr("what was recorded about days"),
        "run": tr("runs"),
        "experiment": tr("experiments"),
        "check_in": tr("the check-ins"),
    }.get(table, tr("the plan"))
