"""The text of a new routine file, with everything explained where it is used."""

import re

from uncramp.model.language import tr
from uncramp.model.moment import Moment

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")

_TEMPLATE = """\
#:schema ./routine.schema.json
# {title}
# {check}
format = 1

# {id_help}
id = "{id}"
name = {name}
summary = {summary}

# {moments}
moment = "after_run"

# {sources_help}
sources = []

# {step_help}
[[steps]]
exercise = "cool_down_walk"
seconds = 60

# {side_help}
[[steps]]
exercise = "wall_calf_static"
seconds = 30

# {more_help}
# sets = 2          # {sets_help}
# rest_s = 10       # {rest_help}
# repetitions = 15  # {repetitions_help}
# alternate = true  # {alternate_help}
# set_up_s = 6      # {set_up_help}
# switch_s = 5      # {switch_help}
# note = "…"        # {note_help}
# name = "…"        # {name_help}
"""


def is_possible_id(routine_id: str) -> bool:
    """Return whether a routine can have that id: small letters, digits and underscores."""
    return _ID.fullmatch(routine_id) is not None


def new_routine_text(routine_id: str, name: str) -> str:
    """Return a routine file that passes the check and explains itself.

    The file names `routine.schema.json` beside it, so that editors complete and check; write
    `schema.schema_text("routine")` there.

    Args:
        routine_id: see `is_possible_id`.
        name: shown and spoken; control characters are dropped, and 60 characters are kept.

    Raises:
        ValueError: the id is not possible.
    """
    if not is_possible_id(routine_id):
        raise ValueError(routine_id)
    shown = "".join(ch for ch in name if ch.isprintable()).strip()[:60].strip()
    return _TEMPLATE.format(
        id=routine_id,
        name=_quoted(shown or routine_id),
        summary=_quoted(tr("What it is for, and when, in one sentence.")),
        title=tr("A routine for Uncramp. Lines with # are for you alone."),
        check=tr("Check it with: uncramp routines check FILE"),
        id_help=tr("The id of a shipped routine replaces that routine."),
        sources_help=tr('Where the facts come from: ["A book, page 12"].'),
        step_help=tr("What to do, in this order; each step begins with [[steps]]."),
        side_help=tr("With sides, the time is for each side."),
        more_help=tr("Other things a step can say (remove the # to use them):"),
        sets_help=tr("how many blocks"),
        rest_help=tr("seconds between the sets"),
        repetitions_help=tr("instead of seconds, or beside them"),
        alternate_help=tr("change sides after every set"),
        set_up_help=tr("seconds to get into place"),
        switch_help=tr("seconds to change sides"),
        note_help=tr("one sentence shown with the step"),
        name_help=tr("shown and said in place of the exercise's name"),
        moments=", ".join(moment.value for moment in Moment),
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
