"""The card of a race day: its start, what to do when, and the two files of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.runs.race_day import Moment
from uncramp.model.language import tr
from uncramp.ui.instant import Instant
from uncramp.ui.widgets import button, label

_FARTHEST_DAYS = 730


class RaceCard(QFrame):
    """Asks for the start and shows the day.

    Signals:
        start_changed: another start.
        calendar_requested: a file for a calendar is wanted.
        print_requested: a page to be printed is wanted.
    """

    start_changed = Signal()
    calendar_requested = Signal()
    print_requested = Signal()

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.setObjectName("card")
        self._rows: QWidget | None = None
        self.start = Instant(tr("Start of the race"))
        wall = now.replace(tzinfo=None, second=0, microsecond=0)
        morning = (wall + timedelta(days=1)).replace(hour=9, minute=0)
        self._latest = wall + timedelta(days=_FARTHEST_DAYS)
        self.show_start(morning)
        self.start.changed.connect(self.start_changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 18, 22, 18)
        self._column.setSpacing(8)
        self._column.addWidget(label("heading", tr("Race day"), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label("body", tr("Start")))
        row.addWidget(self.start, 1)
        self._column.addLayout(row)
        self._fault = label("alert", wrap=True)
        self._fault.hide()
        self._column.addWidget(self._fault)
        calendar = button(tr("Calendar file…"), kind="small")
        calendar.clicked.connect(self.calendar_requested)
        page = button(tr("Page to print…"), kind="small")
        page.clicked.connect(self.print_requested)
        buttons = QHBoxLayout()
        buttons.addWidget(calendar)
        buttons.addWidget(page)
        buttons.addStretch(1)
        self._column.addLayout(buttons)

    def show_start(self, wall: datetime) -> None:
        """Show a start by the clock on the wall without telling anybody."""
        self.start.show_wall(wall, self._latest)

    def fill(self, day: Sequence[Moment]) -> None:
        """Show what to do when."""
        self._fault.setText(self.start.sentence)
        self._fault.setVisible(bool(self.start.sentence))
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        self._rows.setObjectName("on_card")
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, one in enumerate(day):
            time = label("strong", f"{one.at:%H:%M}")
            grid.addWidget(time, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label("body", f"{one.title}: {one.text}", wrap=True), number, 1)
        self._column.insertWidget(3, self._rows)
