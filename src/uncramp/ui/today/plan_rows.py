"""One routine of the plan, with what can be changed of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.analysis.adherence import Adherence
from uncramp.coach.daywords import tie_name, weekday_short, weekdays
from uncramp.coach.plan.kept_words import planned_words
from uncramp.coach.plan.planning import EVERY_DAY, Rhythm
from uncramp.model.language import tr, trn
from uncramp.model.plan import PlanItem, Tie, read_time
from uncramp.model.week import DAYS_A_WEEK, week_order
from uncramp.ui.flow import FlowLayout
from uncramp.ui.painted import ChoiceBox
from uncramp.ui.widgets import Button, button, label

_STEP_MIN = 30
_NARROW = 30
"""In heights of a line: less is too narrow for three choices side by side."""


class PlanRow(QFrame):
    """A routine of the plan.

    Signals:
        rhythm_changed: the item's id and its new `Rhythm`.
        removed: the item's id.
    """

    rhythm_changed = Signal(str, object)
    removed = Signal(str)

    def __init__(self, item: PlanItem, name: str) -> None:
        super().__init__()
        self.setObjectName("card_done")
        self._item = item
        self._name = name
        self._days: dict[int, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 14, 14)
        column.setSpacing(10)
        column.addLayout(self._built_head())
        column.addLayout(self._built_choices())
        self._day_line = self._built_days()
        column.addWidget(self._day_line)

    @property
    def item(self) -> PlanItem:
        """The item of the plan that is shown."""
        return self._item

    def fill(self, item: PlanItem, kept: Adherence | None) -> None:
        """Show an item of the same routine in the widgets that are there.

        A choice in one of them may be what changed the plan, and its list may still be open.

        Args:
            item: of the plan.
            kept: how it was kept to this week; None when it asks for nothing this week.
        """
        self._item = item
        self._line.setText(planned_words(item, kept))
        self._tie.setCurrentIndex(self._tie.findData(item.tie.value))
        self._often.setCurrentIndex(max(0, self._often.findData(item.times)))
        if self._remind.findData(item.remind) < 0:
            self._remind.addItem(item.remind, item.remind)
        self._remind.setCurrentIndex(self._remind.findData(item.remind))
        self._fill_until(item)
        for number, day in self._days.items():
            day.setChecked(number in item.days)
        self._day_line.setVisible(bool(item.days))

    def _fill_until(self, item: PlanItem) -> None:
        """Offer an hourly reminder for what can be done at any time and has a first one."""
        begin = read_time(item.remind)
        self._until.setVisible(item.tie is Tie.ANY_TIME and begin is not None)
        hours = range(begin.hour + 1 if begin else 24, 24)
        ends = [f"{hour:02d}:{begin.minute:02d}" for hour in hours if begin]
        offered = ["", *ends, *({item.remind_until} - {"", *ends})]
        if offered != [self._until.itemData(number) for number in range(self._until.count())]:
            self._until.clear()
            for end in offered:
                words = tr("every hour until {time}").format(time=end) if end else tr("once a day")
                self._until.addItem(words, end)
        self._until.setCurrentIndex(offered.index(item.remind_until))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the choices stand below each other."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        self._choices.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _built_head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("heading", self._name, wrap=True))
        self._line = label("soft", wrap=True)
        words.addWidget(self._line)
        remove = button(tr("Remove"), kind="tight")
        remove.setAccessibleName(tr("Remove {name} from the plan").format(name=self._name))
        remove.clicked.connect(self._remove)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(remove)
        return row

    def _built_choices(self) -> QBoxLayout:
        self._tie = self._box("tie", tr("When"))
        for tie in Tie:
            self._tie.addItem(tie_name(tie), tie.value)
        self._often = self._box("often", tr("How often"))
        self._often.addItem(tr("On days"), 0)
        for times in range(1, DAYS_A_WEEK):
            text = trn("Once a week", "{n} times a week", times).format(n=times)
            self._often.addItem(text, times)
        self._remind = self._box("remind", tr("Reminder"))
        self._remind.addItem(tr("No reminder"), "")
        for minutes in range(0, 24 * 60, _STEP_MIN):
            time = f"{minutes // 60:02d}:{minutes % 60:02d}"
            self._remind.addItem(time, time)
        self._until = self._box("until", tr("How often a day"))
        row = self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(8)
        for box in (self._tie, self._often, self._remind, self._until):
            box.activated.connect(self._changed)
            row.addWidget(box, 1)
        return row

    def _box(self, name: str, title: str) -> ChoiceBox:
        made = ChoiceBox()
        made.setObjectName(f"{name} {self._item.routine}")
        made.setAccessibleName(f"{self._name}: {title}")
        made.setMinimumContentsLength(6)
        return made

    def _built_days(self) -> QWidget:
        room = QWidget()
        row = FlowLayout(6, room)
        for number in week_order():
            day = button(weekday_short(number), kind="small")
            day.setObjectName(f"day {number} {self._item.routine}")
            day.setAccessibleName(f"{self._name}: {weekdays()[number]}")
            day.setCheckable(True)
            day.clicked.connect(self._changed)
            self._days[number] = day
            row.addWidget(day)
        return room

    @property
    def rhythm(self) -> Rhythm:
        """What is chosen now."""
        times = int(self._often.currentData())
        days = frozenset(number for number, day in self._days.items() if day.isChecked())
        tie, remind = Tie(self._tie.currentData()), str(self._remind.currentData())
        until = str(self._until.currentData() or "")
        if tie is not Tie.ANY_TIME or not remind < until:
            until = ""
        rhythm = Rhythm(tie, days, times, remind, until)
        if times:
            return rhythm._replace(days=frozenset())
        # Without any day it would not be planned: that is what taking it out is for.
        return rhythm._replace(days=days or self._item.days or EVERY_DAY)

    def _changed(self) -> None:
        self.rhythm_changed.emit(self._item.id, self.rhythm)

    def _remove(self) -> None:
        self.removed.emit(self._item.id)
