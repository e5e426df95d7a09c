"""The card of a race day: its start, what to do when, and the two files of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from PySide6.QtCore import Qt, QTimeZone, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.runs.race_day import Moment, clock_words, usual_rise
from uncramp.model.language import tr
from uncramp.ui.instant import Instant
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.widgets import button, discard, label

_FARTHEST_DAYS = 730
_RISE_FROM_MIN, _RISE_TO_MIN, _RISE_STEP_MIN = 2 * 60, 10 * 60, 15


class RaceAnswers(NamedTuple):
    """What was said of the day of a race.

    Attributes:
        start: by the clock on the wall.
        zone: the name of its time zone; empty for this computer's.
        rise_min: when the runner gets up, in minutes after midnight; None for as usual.
    """

    start: datetime
    zone: str
    rise_min: int | None


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
        self._is_rise_said = False
        self.start = Instant(tr("Start of the race"))
        wall = now.replace(tzinfo=None, second=0, microsecond=0)
        morning = (wall + timedelta(days=1)).replace(hour=9, minute=0)
        self._latest = wall + timedelta(days=_FARTHEST_DAYS)
        self._rise = self._built_rise()
        self._zone = self._built_zone()
        self.show_start(morning)
        self.start.changed.connect(self._change_start)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 18, 22, 18)
        self._column.setSpacing(8)
        self._column.addWidget(label("heading", tr("Race day"), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label("body", tr("Start")))
        row.addWidget(self.start, 1)
        self._column.addLayout(row)
        for name, box in (
            (tr("You get up at"), self._rise),
            (tr("Time zone of the race"), self._zone),
        ):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(8)
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(label("body", name, wrap=True), 1)
            row.addWidget(box, 1)
            self._column.addLayout(row)
        quiet = tr("The calendar sounds no alarm from 21:00 until you get up, or during the race.")
        self._column.addWidget(label("soft", quiet, wrap=True))
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
        self._show_rise()

    @property
    def up_at(self) -> datetime:
        """When the runner gets up, by the clock on the wall."""
        usual = usual_rise(self.start.wall)
        minutes = int(self._rise.currentData())
        return usual.replace(hour=minutes // 60, minute=minutes % 60)

    @property
    def zone(self) -> tzinfo | None:
        """The time zone of the race; None for this computer's where that has no name."""
        name = str(self._zone.currentData())
        return ZoneInfo(name) if name else None

    @property
    def answers(self) -> RaceAnswers:
        """What was said of the day."""
        rise = int(self._rise.currentData()) if self._is_rise_said else None
        return RaceAnswers(self.start.wall, str(self._zone.currentData()), rise)

    def show_answers(self, answers: RaceAnswers) -> None:
        """Show what was said before, without telling anybody."""
        self.show_start(answers.start)
        self.show_zone(answers.zone)
        if answers.rise_min is not None:
            self.choose_rise(answers.rise_min)

    def show_zone(self, name: str) -> None:
        """Show another time zone."""
        self._zone.setCurrentIndex(max(0, self._zone.findData(name)))

    def choose_rise(self, minutes: int) -> None:
        """Say that the runner gets up so many minutes after midnight, whenever the start is."""
        self._is_rise_said = True
        self._select_rise(minutes)

    def _select_rise(self, minutes: int) -> None:
        if self._rise.findData(minutes) < 0:
            self._rise.addItem(f"{minutes // 60:02d}:{minutes % 60:02d}", minutes)
        self._rise.setCurrentIndex(self._rise.findData(minutes))

    def _built_rise(self) -> ChoiceBox:
        box = ChoiceBox()
        for minutes in range(_RISE_FROM_MIN, _RISE_TO_MIN + 1, _RISE_STEP_MIN):
            box.addItem(f"{minutes // 60:02d}:{minutes % 60:02d}", minutes)
        box.activated.connect(self._keep_rise)
        return box

    def _keep_rise(self) -> None:
        self._is_rise_said = True

    def _show_rise(self) -> None:
        """Let the usual time follow the start as long as no other is chosen."""
        if not self._is_rise_said:
            usual = usual_rise(self.start.wall)
            self._select_rise(usual.hour * 60 + usual.minute)

    def _change_start(self) -> None:
        self._show_rise()
        self.start_changed.emit()

    @staticmethod
    def _built_zone() -> ChoiceBox:
        """Build the list of all time zones, with this computer's chosen."""
        box = ChoiceBox()
        mine = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        try:
            ZoneInfo(mine)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            box.addItem(tr("This computer's"), "")
            mine = ""
        for name in sorted(name for name in available_timezones() if "/" in name):
            box.addItem(name.replace("_", " "), name)
        if mine and box.findData(mine) < 0:
            box.addItem(mine, mine)
        box.setCurrentIndex(box.findData(mine))
        return box

    def fill(self, day: Sequence[Moment]) -> None:
        """Show what to do when."""
        self._fault.setText(self.start.sentence)
        self._fault.setVisible(bool(self.start.sentence))
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            discard(self._rows)
        self._rows = QWidget()
        self._rows.setObjectName("on_card")
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, moment in enumerate(day):
            time = label("strong", clock_words(moment, self.start.wall))
            grid.addWidget(time, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label("body", f"{moment.title}: {moment.text}", wrap=True), number, 1)
        self._column.insertWidget(self._column.count() - 1, self._rows)
