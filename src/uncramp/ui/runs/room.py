"""The planner's room: what is known of the run and the runner, and the sheet beside it."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QVBoxLayout, QWidget

from uncramp.coach.report.files import kind_of, write_report
from uncramp.coach.report.race_page import race_page
from uncramp.coach.runs.card import Card, Tone
from uncramp.coach.runs.drinking import flag_name, weighed_words
from uncramp.coach.runs.race_day import Moment, moments, race_calendar, weather_line
from uncramp.coach.runs.remembered import line_of, runner_of
from uncramp.coach.runs.sheet import sheet
from uncramp.coach.whole_file import write_whole
from uncramp.model.diary import Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.week import DAYS_A_WEEK
from uncramp.planner.load import LONGEST_DAYS, load
from uncramp.planner.pace import USUAL_DAYS, usual_pace
from uncramp.planner.runner import (
    HEAVIEST_KG,
    LEAST_SWEAT_L_H,
    LIGHTEST_KG,
    MOST_SWEAT_L_H,
    Flag,
    PlannedRun,
    Runner,
    sweat_rate_l_h,
)
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.fields import NumberField, Stepper
from uncramp.ui.file_places import documents
from uncramp.ui.frame import Frame
from uncramp.ui.page import Page
from uncramp.ui.runs.race_card import RaceCard
from uncramp.ui.runs.run_questions import RunQuestions, add_question, titled
from uncramp.ui.widgets import button, discard, label, scroll_area

POUND_KG = 0.45359237
OUNCE_L = 0.02957
_NARROW = 46
"""In heights of a line: less is too narrow for two things side by side."""
_DAYS_BACK = max(LONGEST_DAYS, USUAL_DAYS, 6 * DAYS_A_WEEK)


class PlannerRoom(Page):
    """Asks for a run and shows its sheet, anew with every answer."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._frame = frame
        today = frame.coach.read_date().date()
        self._load, self._usual = load((), today), usual_pace((), today)
        self._build()

    def _build(self) -> None:
        """Build everything in the units of the settings."""
        frame = self._frame
        self._miles = frame.coach.settings.miles
        self._runner = runner_of(frame.coach.settings.runner)
        self._cards: list[QWidget] = []
        self._told = label("alert", wrap=True)
        self._told.hide()
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._halves.setContentsMargins(0, 0, 10, 12)
        self._halves.setSpacing(20)
        self._halves.addLayout(self._built_questions(), 2)
        self._sheet = QVBoxLayout()
        self._sheet.setSpacing(14)
        self.race = RaceCard(frame.coach.read_date())
        self.race.start_changed.connect(self._show_race)
        self.race.calendar_requested.connect(self._choose_calendar)
        self.race.print_requested.connect(self._choose_page)
        self._sheet.addWidget(self.race)
        self._sheet.addStretch(1)
        self._halves.addLayout(self._sheet, 3)
        self._area = scroll_area(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 24, 12)
        whole.setSpacing(10)
        whole.addWidget(label("display", tr("The next run"), wrap=True))
        whole.addWidget(label("soft", tr("Numbers to help you plan, never orders."), wrap=True))
        whole.addWidget(self._told)
        whole.addWidget(self._area, 1)
        self._show_runner()
        self._show()

    # -- the questions

    def _built_questions(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        self.questions = RunQuestions(self._usual, miles=self._miles)
        self.questions.changed.connect(self._show)
        column.addWidget(self.questions)
        column.addWidget(self._built_runner())
        column.addWidget(self._built_sweat())
        column.addStretch(1)
        return column

    def _built_runner(self) -> QFrame:
        made, column = titled(tr("You"))
        if self._miles:
            self._mass = Stepper(LIGHTEST_KG / POUND_KG, HEAVIEST_KG / POUND_KG, 1, "lb")
            self._sweat = NumberField(tr("Sweat rate"), tr("fl oz/h"), 118, 1, 34)
        else:
            self._mass = Stepper(LIGHTEST_KG, HEAVIEST_KG, 1, "kg")
            self._sweat = NumberField(tr("Sweat rate"), "l/h", MOST_SWEAT_L_H, 0.1, 1.0)
        add_question(column, tr("Weight"), self._mass)
        add_question(column, tr("Sweat rate, if you measured it"), self._sweat)
        column.addWidget(label("soft", tr("Tick what applies to you:"), wrap=True))
        self._flags = Chips(
            [(flag, _capital(flag_name(flag))) for flag in Flag], tr("Health"), several=True
        )
        column.addWidget(self._flags)
        self._mass.changed.connect(self._keep_runner)
        self._sweat.changed.connect(self._keep_runner)
        self._flags.changed.connect(self._keep_runner)
        return made

    def _built_sweat(self) -> QFrame:
        words = tr(
            "Weigh yourself undressed and dry before and after a run of 45 minutes or "
            "more, and measure what you drink and any urine you pass."
        )
        made, column = titled(tr("Measure how much you sweat"))
        column.addWidget(label("soft", words, wrap=True))
        mass, fluid = ("lb", tr("fl oz")) if self._miles else ("kg", "l")
        most = 440 if self._miles else 200
        self._before = NumberField(tr("Weight before"), mass, most, 0.1, 154 if self._miles else 70)
        self._after = NumberField(tr("Weight after"), mass, most, 0.1, 152 if self._miles else 69)
        self._drunk = NumberField(tr("Drank"), fluid, 340 if self._miles else 10, 0.1, 0.5)
        self._passed = NumberField(tr("Urine"), fluid, 100 if self._miles else 3, 0.1, 0.1)
        self._test_minutes = Stepper(45, 600, 5, tr("min"), hours=True)
        self._test_minutes.show_value(60)
        for name, field in (
            (tr("Weight before"), self._before),
            (tr("Weight after"), self._after),
            (tr("Drank"), self._drunk),
            (tr("Urine passed"), self._passed),
            (tr("Time"), self._test_minutes),
        ):
            add_question(column, name, field)
        reckon = button(tr("Calculate and use it"))
        reckon.clicked.connect(self.reckon_sweat)
        column.addWidget(reckon, 0, Qt.AlignmentFlag.AlignLeft)
        self._sweat_told = label("soft", wrap=True)
        self._sweat_told.hide()
        column.addWidget(self._sweat_told)
        return made

    # -- what is known

    @property
    def run(self) -> PlannedRun:
        """The run as it is asked for now."""
        return self.questions.run

    @property
    def runner(self) -> Runner:
        """The runner as he is known now."""
        return self._runner

    def _show_runner(self) -> None:
        mass = self._runner.mass_kg / (POUND_KG if self._miles else 1.0)
        self._mass.show_value(round(mass, 1))
        sweat = self._runner.sweat_l_h
        per = OUNCE_L if self._miles else 1.0
        self._sweat.show_number(None if sweat is None else round(sweat / per, 2))
        self._flags.set_values(tuple(flag for flag in Flag if flag in self._runner.flags))

    def _keep_runner(self) -> None:
        mass = self._mass.value() * (POUND_KG if self._miles else 1.0)
        mass = min(HEAVIEST_KG, max(LIGHTEST_KG, mass))
        sweat = self._sweat.number
        if sweat is not None:
            sweat *= OUNCE_L if self._miles else 1.0
            sweat = sweat if LEAST_SWEAT_L_H <= sweat <= MOST_SWEAT_L_H else None
        flags = frozenset(flag for flag in Flag if flag in self._flags.values)
        self._runner = Runner(mass, sweat, flags)
        try:
            self._frame.coach.change_setting("runner", line_of(self._runner))
            self._told.hide()
        except EnvironmentFault as fault:
            self._told.setText(str(fault))
            self._told.show()
        self._show()

    def reckon_sweat(self) -> None:
        """Reckon the sweat rate of a test, use it, and say what the scale says of drinking."""
        before, after = self._before.number, self._after.number
        if before is None or after is None:
            self._show_sweat(tr("Please enter both weights."))
            return
        mass = POUND_KG if self._miles else 1.0
        fluid = OUNCE_L if self._miles else 1.0
        rate = sweat_rate_l_h(
            before * mass,
            after * mass,
            (self._drunk.number or 0.0) * fluid,
            (self._passed.number or 0.0) * fluid,
            round(self._test_minutes.value() * 60),
        )
        if rate is None:
            self._show_sweat(
                tr(
                    "That cannot be right: people sweat 0.2 to 3.5 l an hour. Please "
                    "check the scale."
                )
            )
            return
        unit = tr("fl oz an hour") if self._miles else tr("l an hour")
        words = tr("{rate} {unit}. It is used as your ceiling from now on.")
        rate_words = words.format(rate=f"{rate / fluid:.2f}", unit=unit)
        self._sweat.show_number(round(rate / fluid, 2))
        self._keep_runner()
        drink = weighed_words(self._runner, before * mass, after * mass, miles=self._miles)
        self._show_sweat(f"{rate_words} {drink}".strip())

    def _show_sweat(self, sentence: str) -> None:
        self._sweat_told.setText(sentence)
        self._sweat_told.show()

    # -- the sheet

    def _show(self) -> None:
        cards = sheet(self._runner, self.run, self._load, miles=self._miles)
        for old in self._cards:
            self._sheet.removeWidget(old)
            discard(old)
        self._cards = [self._built_card(one) for one in cards]
        for number, made in enumerate(self._cards, 1):  # below the day of a race
            self._sheet.insertWidget(number, made)
        self._show_race()

    # -- the race

    @property
    def day(self) -> tuple[Moment, ...]:
        """What to do when on the day of the race."""
        return moments(self._runner, self.run, self._load, self.race.start.wall, miles=self._miles)

    def _show_race(self) -> None:
        self.race.setVisible(self.run.is_race)
        if self.run.is_race:
            self.race.fill(self.day)

    def _choose_calendar(self) -> None:
        self._choose(tr("Save the race day for a calendar"), ".ics", tr("Calendar (*.ics)"))

    def _choose_page(self) -> None:
        self._choose(tr("Save the race day as a page"), ".pdf", tr("Page (*.pdf *.html)"))

    def _choose(self, title: str, ending: str, kinds: str) -> None:
        name = f"race-day-{self.race.start.wall:%Y-%m-%d}{ending}"
        chosen, _ = QFileDialog.getSaveFileName(self, title, documents(name), kinds)
        if chosen:
            path = Path(chosen)
            self.save_race(path if path.suffix else path.with_suffix(ending))

    def _calendar(self) -> bytes:
        return race_calendar(
            self.day,
            self.run,
            self.race.up_at,
            self.race.zone,
            self._frame.coach.read_date(),
            miles=self._miles,
        )

    def save_race(self, path: Path) -> None:
        """Write the race day; the end of the name says as what: .ics, .pdf or .html."""
        kind = kind_of(path)
        try:
            if path.suffix.casefold() == ".ics":
                write_whole(path, self._calendar())
            elif kind is None:
                words = tr("{name} must end in .ics, .pdf or .html.").format(name=path.name)
                raise EnvironmentFault(words)
            else:
                from uncramp.ui.report.pdf import pdf  # when a page is wanted

                weather = weather_line(self.run, miles=self._miles)
                write_report(race_page(self.day, self.race.start.wall, weather), path, kind, pdf)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        self._frame.tell(tr("Saved: {path}").format(path=path))

    def _built_card(self, shown: Card) -> QFrame:
        made, column = titled(shown.title)
        for number, line in enumerate(shown.lines):
            role = "body"
            if number == 0 and shown.tone is not Tone.PLAIN:
                role = "alert" if shown.tone is Tone.ALERT else "strong"
            column.addWidget(label(role, line, wrap=True))
        known = self._frame.coach.library.routines.get(shown.routine)
        if known is not None:
            start = _Start(shown.routine, tr("Start: {routine}").format(routine=known.name))
            start.wanted.connect(self._frame.routine_requested)
            column.addWidget(start, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    # -- what every room has

    def refresh(self) -> None:
        """Read the runs of the last weeks, and the units."""
        coach = self._frame.coach
        if coach.settings.miles != self._miles:
            self._build_anew()
        now = coach.read_date()
        runs: tuple[Run, ...] = ()
        if coach.diary is not None:
            try:
                runs = coach.diary.runs(now - timedelta(days=_DAYS_BACK), now)
            except EnvironmentFault as fault:
                self._told.setText(str(fault))
                self._told.show()
        found, usual = load(runs, now.date()), usual_pace(runs, now.date())
        if (found, usual) != (self._load, self._usual):
            self._load, self._usual = found, usual
            self.questions.set_usual(usual)
            self._show()

    def _build_anew(self) -> None:
        """Build everything in other units; the run and its start stay."""
        run, is_time_said = self.run, self.questions.is_time_said
        race = self.race.answers
        old = self.layout()
        if old is not None:
            QWidget().setLayout(old)  # what it held goes with it
        self._cards = []
        self._build()
        self.questions.show_run(run, is_time_said=is_time_said)
        self.race.show_answers(race)
        self._stand()
        self._show()

    def take_focus(self) -> None:
        """Let the keys go to the time."""
        self.questions.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the sheet stands below the questions."""
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)


class _Start(QWidget):
    """A button that starts a routine.

    Signals:
        wanted: the id of the routine.
    """

    wanted = Signal(str)

    def __init__(self, routine: str, words: str) -> None:
        super().__init__()
        self._routine = routine
        start = button(words, kind="small")
        start.clicked.connect(self._want)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(start)

    def _want(self) -> None:
        self.wanted.emit(self._routine)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
