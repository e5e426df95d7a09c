"""A run, noted by hand: only distance and time are asked for, the rest is for who wants."""

import uuid
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.diary.entries import KM_M, MILE_M, terrain_name
from uncramp.coach.diary.tracking import LONGEST_TEXT
from uncramp.coach.when import instant_like
from uncramp.model.diary import Run, Terrain
from uncramp.model.language import tr
from uncramp.ui.cramp.chips import Chips, Scale
from uncramp.ui.fields import NumberField, not_saved
from uncramp.ui.instant import Instant
from uncramp.ui.page import Page
from uncramp.ui.widgets import button, card, label, scroll_area

_FARTHEST = 1_000
_NARROW_PX = 560
_LONGEST_S = 7 * 86_400


class RunEntryPage(Page):
    """Asks for a run, or shows one to change.

    Signals:
        saved: the Run as it is to be written.
        cancelled: nothing is to be written.
        unit_changed: whether distances are in miles.
    """

    saved = Signal(object)
    cancelled = Signal()
    unit_changed = Signal(bool)

    def __init__(self, run: Run | None, now: datetime, *, miles: bool = False) -> None:
        """Build the page.

        Args:
            run: the one to change; None for a new one.
            now: the wall clock.
            miles: distances are in miles.
        """
        super().__init__()
        self.setObjectName("ground")
        self._given, self._now = run, now
        self._start = run or Run(str(uuid.uuid4()), now, 0)
        self._metres = self._start.metres
        save = button(tr("Save"), kind="primary", tip=tr("Enter, or Ctrl+S"))
        save.clicked.connect(self.save)
        cancel = button(tr("Cancel"), kind="quiet", tip=tr("Esc"))
        cancel.clicked.connect(self.cancelled)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 8, 0)
        head.setSpacing(10)
        title = tr("A run") if run is None else tr("Change a run")
        head.addWidget(label("display", title), 1)
        head.addWidget(cancel)
        head.addWidget(save)
        self._told = label("soft", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 26, 20)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._told)
        whole.addWidget(self._built_questions(), 1)
        # What stands above comes after the last question.
        for before, after in ((self._notes, save), (save, cancel)):
            QWidget.setTabOrder(before, after)
        self._show(self._start, miles=miles)
        self._opened = self._answers()
        self._is_warned = False

    def _built_questions(self) -> QScrollArea:
        self._distance, self._time = QLineEdit(), QLineEdit()
        for line, name, hint in (
            (self._distance, tr("Distance"), tr("10.5")),
            (self._time, tr("Time"), tr("52:30 or 1:45:00")),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(hint)
            line.setMaxLength(12)
            line.setMaximumWidth(self.fontMetrics().horizontalAdvance("52:30 or 1:45:00") + 50)
            line.returnPressed.connect(self.save)
        self._unit = Chips(((False, tr("km")), (True, tr("miles"))), tr("Unit"), needed=True)
        self._unit.changed.connect(self._other_unit)
        self._at = Instant(tr("Start"))
        self._effort = Scale(tr("Effort"))
        terrains = ((one, terrain_name(one)) for one in Terrain)
        self._terrain = Chips(terrains, tr("Surface"))
        self._temperature = NumberField(tr("Temperature"), "°C", 55, 1, 15, lowest=-40)
        yes_no = ((True, tr("Yes")), (False, tr("No")))
        self._humid = Chips(yes_no, tr("Humid"))
        self._fast = Chips(yes_no, tr("Felt too fast at the start"))
        self._salts = Chips(yes_no, tr("Something with salts"))
        self._cramp = Chips(yes_no, tr("A cramp during the run"))
        self._notes = QLineEdit()
        self._notes.setMaxLength(LONGEST_TEXT)
        self._notes.setAccessibleName(tr("Notes"))
        inside = QWidget()
        inside.setObjectName("scrolled")
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, 8, 0)
        made = card()
        outer.addWidget(made)
        outer.addStretch(1)
        self._grid = grid = QGridLayout(made)
        grid.setContentsMargins(24, 18, 24, 18)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        self._rows: list[tuple[QWidget, QWidget]] = []
        for words, widgets in self._questions():
            holder = QWidget()
            cells = QHBoxLayout(holder)
            cells.setContentsMargins(0, 0, 0, 0)
            cells.setSpacing(12)
            for widget in widgets:
                cells.addWidget(widget, 1 if isinstance(widget, Chips) else 0)
            if not isinstance(widgets[-1], Chips) and widgets[-1] is not self._notes:
                cells.addStretch(1)
            self._rows.append((label("body", words, wrap=True), holder))
        self._lay_out(narrow=False)
        return scroll_area(inside)

    def _lay_out(self, *, narrow: bool) -> None:
        """Set the names beside the fields, or above them where there is little room."""
        for number, (name, fields) in enumerate(self._rows):
            self._grid.addWidget(name, 2 * number if narrow else number, 0)
            self._grid.addWidget(fields, 2 * number + 1 if narrow else number, 0 if narrow else 1)
        self._grid.setColumnStretch(0, 1 if narrow else 0)
        self._grid.setColumnStretch(1, 0 if narrow else 1)
        widest = self.fontMetrics().horizontalAdvance("Felt too fast at the start")
        self._grid.setColumnMinimumWidth(0, 0 if narrow else widest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        letters = max(1.0, self.fontMetrics().height() / 17)
        self._lay_out(narrow=self.width() < _NARROW_PX * letters)

    def _questions(self) -> tuple[tuple[str, tuple[QWidget, ...]], ...]:
        return (
            (tr("Distance"), (self._distance, self._unit)),
            (tr("Time"), (self._time,)),
            (tr("Start"), (self._at,)),
            (tr("Effort"), (self._effort,)),
            (tr("A cramp during the run"), (self._cramp,)),
            (tr("Surface"), (self._terrain,)),
            (tr("Temperature"), (self._temperature,)),
            (tr("Felt humid"), (self._humid,)),
            (tr("Felt too fast at the start"), (self._fast,)),
            (tr("Something with salts"), (self._salts,)),
            (tr("Notes"), (self._notes,)),
        )

    def _show(self, run: Run, *, miles: bool) -> None:
        self._unit.set_values((miles,))
        self._show_distance()
        if self._given is not None:
            self._time.setText(_clock(run.seconds))
        latest = max(one.replace(tzinfo=None) for one in (self._now, run.started))
        self._at.show_wall(run.started, latest)
        self._effort.set_level(run.effort)
        self._terrain.set_values(() if run.terrain is None else (run.terrain,))
        self._temperature.show_number(run.temperature_c)
        for chips, value in (
            (self._humid, run.humid),
            (self._fast, run.fast_start),
            (self._salts, run.electrolytes),
            (self._cramp, run.cramp),
        ):
            chips.set_values(() if value is None else (value,))
        self._notes.setText(run.notes)
        self._told.setText(tr("The time is enough; everything else is optional."))

    def _show_distance(self) -> None:
        if self._metres is not None:
            self._distance.setText(f"{self._metres / self._unit_m():.3f}".rstrip("0").rstrip("."))

    def _unit_m(self) -> float:
        return MILE_M if self._unit.value else KM_M

    def _other_unit(self) -> None:
        """The number stays: who chooses the unit after the number means that number."""
        self._metres = None
        self.unit_changed.emit(bool(self._unit.value))

    # -- the answer

    def run(self) -> Run:
        """Return the run as the page shows it.

        Raises:
            ValueError: distance, time or start cannot be read; the message is for the user.
        """
        seconds = _seconds(self._time.text())
        temperature = self._temperature.number
        terrain = self._terrain.value
        return self._start._replace(
            started=self._started(seconds),
            seconds=seconds,
            metres=self._distance_m(),
            effort=self._effort.level,
            terrain=terrain if isinstance(terrain, Terrain) else None,
            temperature_c=temperature,
            humid=_said(self._humid),
            fast_start=_said(self._fast),
            electrolytes=_said(self._salts),
            cramp=_said(self._cramp),
            notes=self._notes.text().strip(),
        )

    def _started(self, seconds: int) -> datetime:
        if self._at.sentence:
            raise ValueError(self._at.sentence)
        wall = self._at.wall
        given = self._start.started
        if wall == given.replace(tzinfo=None, microsecond=0):
            # Untouched: a new one is told when it is over.
            return given if self._given is not None else given - timedelta(seconds=seconds)
        return min(instant_like(wall, self._now), max(self._now, given))

    def _distance_m(self) -> float | None:
        text = self._distance.text().strip().replace(",", ".")
        if not text:
            return None
        if self._metres is not None:
            shown = f"{self._metres / self._unit_m():.3f}".rstrip("0").rstrip(".")
            if text == shown:
                return self._metres  # untouched: with all its digits
        try:
            distance = float(text)
        except ValueError:
            distance = -1.0
        if not 0 < distance <= _FARTHEST:
            raise ValueError(tr("The distance must be a number up to 1000, for example 10.5."))
        return distance * self._unit_m()

    def save(self) -> None:
        """Give the answer, or say what is missing."""
        try:
            run = self.run()
        except ValueError as error:
            self.tell(str(error))
            return
        self.saved.emit(run)

    def tell(self, sentence: str) -> None:
        """Say what went wrong; the page stays as it is."""
        self._told.setText(sentence)
        self._told.setProperty("role", "alert")
        self._told.style().polish(self._told)

    def _answers(self) -> tuple[object, ...]:
        """Return all that is written and chosen, whether it can be read or not."""
        lines = (self._distance, self._time, self._notes)
        chips = (self._terrain, self._humid, self._fast, self._salts, self._cramp)
        return (
            self._at.wall,
            self._effort.level,
            self._temperature.number,
            *(one.text() for one in lines),
            *(one.value for one in chips),
        )

    def leave(self) -> None:
        """Leave; what was answered is not thrown away by a single key."""
        if self._is_warned or self._answers() == self._opened:
            self.cancelled.emit()
            return
        self._is_warned = True
        self.tell(not_saved())

    def take_focus(self) -> None:
        """Begin with the distance."""
        self._distance.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Ctrl+S."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_S and control:
            self.save()
        else:
            super().keyPressEvent(event)


def _said(chips: Chips) -> bool | None:
    return None if chips.value is None else bool(chips.value)


def _seconds(text: str) -> int:
    """Return the seconds of "45" (minutes), "45:30" or "1:45:30".

    Raises:
        ValueError: it is none of these; the message is for the user.
    """
    parts = text.strip().replace(",", ".").split(":")
    units = {1: (60.0,), 2: (60.0, 1.0), 3: (3600.0, 60.0, 1.0)}.get(len(parts), ())
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = [-1.0]
    seconds = -1.0
    if len(units) == len(numbers) and min(numbers) >= 0:
        seconds = sum(number * unit for number, unit in zip(numbers, units, strict=True))
    if not 0 < seconds <= _LONGEST_S:
        raise ValueError(tr("Please write the time in minutes, like 45, or as 45:30 or 1:45:30."))
    return round(seconds)


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{minutes}" if hours else minutes.lstrip("0").rjust(4, "0")
