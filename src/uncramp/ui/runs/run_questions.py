"""What is asked of a run that is planned; where only its distance is said, the time is reckoned."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from uncramp.coach.runs.sheet import reckoned_words
from uncramp.model.language import tr
from uncramp.planner.heat import Weather
from uncramp.planner.pace import KM_M, MILE_M, UsualPace
from uncramp.planner.runner import PlannedRun
from uncramp.ui.fields import NumberField, Stepper
from uncramp.ui.painted import Switch
from uncramp.ui.widgets import button, card, label

FOOT_M = 0.3048
_USUAL_MIN = 60
_WIDEST = "10000 km/h"
"""What any of the fields may have to show."""


class RunQuestions(QFrame):
    """The card of the run.

    Whoever says the distance and no time gets the time that his usual pace gives; a time that was
    said is never changed.

    Signals:
        changed: another answer.
    """

    changed = Signal()

    def __init__(self, usual: UsualPace, *, miles: bool) -> None:
        super().__init__()
        self.setObjectName("card")
        self._usual, self._miles = usual, miles
        self._is_time_said = False
        unit = tr("miles") if miles else tr("km")
        self._minutes = Stepper(5, 2880, 5, tr("min"), hours=True)
        self._minutes.show_value(_USUAL_MIN)
        self._minutes.setToolTip(tr("In minutes, or in hours and minutes: 2:05"))
        self._distance = NumberField(tr("Distance"), unit, 300, 1, 10)
        self._reckoned = label("soft", wrap=True)
        self._reckon = button(tr("Work out the time from the distance"), kind="small")
        hot, cold = (130, -20) if miles else (54, -29)
        self._temperature = Stepper(cold, hot, 1, "°F" if miles else "°C")
        self._temperature.show_value(60 if miles else 15)
        self._humidity = Stepper(0, 100, 5, "%")
        self._humidity.show_value(60)
        self._wind = Stepper(0, 100, 5, tr("mph") if miles else tr("km/h"))
        self._wind.show_value(10)
        self._ascent = Stepper(0, 20_000, 50, tr("ft") if miles else tr("m"))
        self._sun = _switch(tr("Sun on the way"), on=True)
        self._race = _switch(tr("A race, or a fast session"))
        self._dark = _switch(tr("Dark urine two hours before, or none at all"))
        column = fill_card(self, tr("The run"))
        add_question(column, tr("How long"), self._minutes)
        add_question(column, tr("Distance, if known"), self._distance)
        column.addWidget(self._reckoned)
        column.addWidget(self._reckon, 0, Qt.AlignmentFlag.AlignLeft)
        for name, field in (
            (tr("Temperature in the shade"), self._temperature),
            (tr("Humidity"), self._humidity),
            (tr("Wind"), self._wind),
            (tr("Ascent"), self._ascent),
            (tr("Sun on the way"), self._sun),
            (tr("A race, or a fast session"), self._race),
            (tr("Dark urine two hours before, or none at all"), self._dark),
        ):
            add_question(column, name, field)
        self._show_time()
        for stepper in (self._temperature, self._humidity, self._wind, self._ascent):
            stepper.changed.connect(self.changed)
        for switch in (self._sun, self._race, self._dark):
            switch.toggled.connect(self.changed)
        self._minutes.changed.connect(self._take_time)
        self._distance.changed.connect(self._take_distance)
        self._reckon.clicked.connect(self._forget_time)

    @property
    def run(self) -> PlannedRun:
        """The run as it is asked for now."""
        degrees = self._temperature.value()
        celsius = (degrees - 32) * 5 / 9 if self._miles else degrees
        wind = self._wind.value() * (MILE_M / KM_M if self._miles else 1.0)
        return PlannedRun(
            seconds=round(self._minutes.value() * 60),
            weather=Weather(celsius, self._humidity.value(), self._sun.isChecked(), wind),
            metres=self._metres,
            ascent_m=min(20_000.0, self._ascent.value() * (FOOT_M if self._miles else 1.0)),
            is_race=self._race.isChecked(),
            is_urine_dark=self._dark.isChecked(),
        )

    @property
    def is_time_said(self) -> bool:
        """Whether the time was said, and not reckoned."""
        return self._is_time_said

    def show_run(self, run: PlannedRun, *, is_time_said: bool) -> None:
        """Show a run without telling anybody; it may have been asked for in other units."""
        units = self._miles
        self._is_time_said = is_time_said
        self._minutes.show_value(run.seconds / 60)
        far = None if run.metres is None else run.metres / (MILE_M if units else KM_M)
        self._distance.show_number(None if far is None else round(far, 2))
        celsius = run.weather.temperature_c
        self._temperature.show_value(round(celsius * 9 / 5 + 32 if units else celsius, 1))
        self._humidity.show_value(run.weather.humidity)
        self._wind.show_value(round(run.weather.wind_kmh / (MILE_M / KM_M if units else 1.0), 1))
        self._ascent.show_value(round(run.ascent_m / (FOOT_M if units else 1.0)))
        for mine, answer in (
            (self._sun, run.weather.sun),
            (self._race, run.is_race),
            (self._dark, run.is_urine_dark),
        ):
            mine.blockSignals(True)  # Qt's own name
            mine.setChecked(answer)
            mine.blockSignals(False)
        self._show_time()

    def set_usual(self, usual: UsualPace) -> None:
        """Reckon with another pace from now on."""
        self._usual = usual
        self._show_time()

    def take_focus(self) -> None:
        """Let the keys go to the time."""
        self._minutes.setFocus()

    @property
    def _metres(self) -> float | None:
        far = self._distance.number
        return far * (MILE_M if self._miles else KM_M) if far else None

    def _take_time(self) -> None:
        self._is_time_said = True
        self._show_time()
        self.changed.emit()

    def _take_distance(self) -> None:
        self._show_time()
        self.changed.emit()

    def _forget_time(self) -> None:
        self._is_time_said = False
        self._show_time()
        self._minutes.setFocus()  # the button that was pressed goes
        self.changed.emit()

    def _show_time(self) -> None:
        """Reckon the time where it was not said, and tell how."""
        metres = self._metres
        if not self._is_time_said:
            self._minutes.show_value(
                _USUAL_MIN if metres is None else round(self._usual.seconds(metres) / 60)
            )
        is_reckoned = metres is not None and not self._is_time_said
        self._reckoned.setText(reckoned_words(self._usual, miles=self._miles))
        self._reckoned.setVisible(is_reckoned)
        self._reckon.setVisible(metres is not None and self._is_time_said)


def titled(title: str) -> tuple[QFrame, QVBoxLayout]:
    """Return a card with a heading, and the column that goes on below it."""
    made = card()
    return made, fill_card(made, title)


def fill_card(made: QFrame, title: str) -> QVBoxLayout:
    """Give a card its heading, and return the column that goes on below it."""
    column = QVBoxLayout(made)
    column.setContentsMargins(22, 18, 22, 18)
    column.setSpacing(7)
    column.addWidget(label("heading", title, wrap=True))
    return column


def add_question(column: QVBoxLayout, name: str, field: QWidget) -> None:
    """Add a question and its field side by side; the name wraps where it must."""
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(10)
    words: QLabel = label("body", name, wrap=True)
    row.addWidget(words, 1)
    row.addWidget(field, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if isinstance(field, Stepper | NumberField):
        field.be_as_wide_as(_WIDEST)
    if isinstance(field, Stepper):
        field.set_name(name)
    column.addLayout(row)


def _switch(name: str, *, on: bool = False) -> Switch:
    made = Switch()
    made.setAccessibleName(name)
    made.setChecked(on)
    return made
