"""A field for a day and a time, typed as people write them or chosen in a calendar."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.when import read_when, when_text
from uncramp.model.language import tr
from uncramp.ui.widgets import button

_LONGEST = 40


class _When(QLineEdit):
    """The text; up and down go through the days, and what is typed takes its place."""

    turned = Signal(int)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if days is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(days)


class Instant(QWidget):
    """A day and a time by the clock on the wall.

    Signals:
        changed: something else is written; `sentence` tells whether it can be read.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._wall = self._latest = datetime(1970, 1, 1)  # noqa: DTZ001  # by the wall
        self.sentence = ""
        """Why what is written is no instant, for the user; "" when it is one."""
        short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        self._month_first = short.lower().startswith("m")
        self._text = _When()
        self._text.setMaxLength(_LONGEST)
        self._text.setAccessibleName(name)
        hint = tr("For example 12.11. 23:10, 2026-11-12 23:10, yesterday 23:10")
        self._text.setAccessibleDescription(hint)
        self._text.setToolTip(hint)
        room = self._text.fontMetrics().horizontalAdvance("22 Nov 2026 00:00")
        self._text.setMinimumWidth(room + 26)
        self._text.textEdited.connect(self._read)
        self._text.editingFinished.connect(self._show)
        self._text.turned.connect(self._turn)
        self._open = button(tr("Calendar"), kind="small")
        self._open.setAccessibleName(tr("{name}: calendar").format(name=name))
        self._open.clicked.connect(self._open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._text)
        row.addWidget(self._open)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._text)

    @property
    def wall(self) -> datetime:
        """The last instant that could be read, without an offset."""
        return self._wall

    def show_wall(self, at: datetime, latest: datetime) -> None:
        """Show an instant without telling anybody.

        Args:
            at: by the clock on the wall; an offset is left out.
            latest: what is later is still to come.
        """
        self._wall = at.replace(tzinfo=None, microsecond=0)
        self._latest = latest.replace(tzinfo=None)
        self.sentence = ""
        self._show()

    def _show(self) -> None:
        """Show what was read in its usual form; what could not be read stays."""
        if not self.sentence:
            self._text.setText(when_text(self._wall))

    def _read(self, text: str) -> None:
        try:
            self._wall = read_when(text, self._wall, self._latest, month_first=self._month_first)
        except ValueError as error:
            self.sentence = str(error)
        else:
            self.sentence = ""
        self.changed.emit()

    def _turn(self, days: int) -> None:
        self._choose_day(QDate(self._wall.year, self._wall.month, self._wall.day).addDays(days))

    def _choose_day(self, day: QDate) -> None:
        wall = self._wall.replace(year=day.year(), month=day.month(), day=day.day())
        if wall.date() <= self._latest.date():
            self._wall = min(wall, self._latest)
            self.sentence = ""
            self._show()
            self.changed.emit()

    def _open_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()  # red is for a cramp, not for a Sunday
        plain.setForeground(self.palette().text())
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        calendar.setMaximumDate(QDate(self._latest.year, self._latest.month, self._latest.day))
        calendar.setSelectedDate(QDate(self._wall.year, self._wall.month, self._wall.day))
        calendar.clicked.connect(self._choose_day)
        calendar.activated.connect(self._choose_day)
        calendar.clicked.connect(popup.close)
        calendar.activated.connect(popup.close)
        # It asks for the room of Qt's own style; the frame and the letters of ours need more.
        letters = calendar.fontMetrics()
        side = (
            letters.height()
            + max(letters.horizontalAdvance(name) for name in _weekday_names())
            + 10
        )
        calendar.setMinimumSize(7 * side + 24, 9 * (letters.height() + 10))
        column = QVBoxLayout(popup)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        calendar.setFocus()


def _weekday_names() -> list[str]:
    return [QLocale().dayName(day, QLocale.FormatType.ShortFormat) for day in range(1, 8)]
