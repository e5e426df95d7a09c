"""The cards of the last nights, of how the plan is kept to, and of the next reminder."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from uncramp.coach.daywords import reminder_words
from uncramp.coach.plan.kept_words import week_words
from uncramp.coach.plan.reminders import Reminder
from uncramp.coach.plan.today import NightMark, NightState, Today
from uncramp.coach.times import spent
from uncramp.model.language import tr
from uncramp.ui.theme import Theme
from uncramp.ui.today.nights import NightButton, ShareBar
from uncramp.ui.widgets import card, label


def week_card(nights: Sequence[NightMark], theme: Theme) -> tuple[QFrame, tuple[NightButton, ...]]:
    """Return the card of the last nights, and its nights to be pressed."""
    inside, column = _titled(tr("The last seven nights"))
    row = QHBoxLayout()
    row.setSpacing(2)
    made = tuple(NightButton(mark, theme) for mark in nights)
    for one in made:
        row.addWidget(one)
    column.addLayout(row)
    column.addWidget(label("soft", _counted(nights), wrap=True))
    return inside, made


def _counted(nights: Sequence[NightMark]) -> str:
    counts = {state: sum(1 for mark in nights if mark.state is state) for state in NightState}
    parts = [
        tr("{n} clear").format(n=counts[NightState.CLEAR]),
        tr("{n} with a cramp").format(n=counts[NightState.CRAMP]),
    ]
    missing = counts[NightState.OPEN]
    if missing:
        parts.append(tr("{n} not logged").format(n=missing))
    told = tr("Nights: {parts}.").format(parts=", ".join(parts))
    return f"{told} {tr('Press one to fill it in.')}" if missing else told


def kept_card(today: Today, theme: Theme) -> QFrame:
    """Return the card of this week's sessions."""
    inside, column = _titled(tr("The plan this week"))
    kept = today.kept
    if kept.share is None:
        text = tr("Nothing is planned this week.")
        if not today.has_plan:
            text = tr("With a plan, your progress appears here.")
        column.addWidget(label("soft", text, wrap=True))
    else:
        counted = tr("{done} of {planned}").format(done=kept.done, planned=kept.planned)
        words = week_words(kept, today.skipped_in_week)
        column.addWidget(label("number", counted))
        column.addWidget(label("soft", words, wrap=True))
        bar = ShareBar(kept.share, theme)
        bar.setAccessibleName(f"{counted} {words}")
        column.addWidget(bar)
    if today.left_ms or today.right_ms:
        told = tr("Stretching: left {left}, right {right}")
        words = told.format(left=spent(today.left_ms), right=spent(today.right_ms))
        column.addWidget(label("soft", words, wrap=True))
    return inside


def next_card(coming: Reminder, name: str, now: datetime) -> QFrame:
    """Return the card of the next reminder."""
    inside, column = _titled(tr("Next reminder"))
    words = f"{name}, {reminder_words(coming.at, now)}"
    column.addWidget(label("soft", words, wrap=True))
    return inside


def _titled(title: str) -> tuple[QFrame, QVBoxLayout]:
    inside = card()
    column = QVBoxLayout(inside)
    column.setContentsMargins(22, 20, 22, 20)
    column.setSpacing(10)
    column.addWidget(label("heading", title, wrap=True))
    return inside, column
