"""What stands below the weeks: the question, what else was noted, and what was counted."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from uncramp.analysis.review import Review
from uncramp.analysis.tally import Bin, NightCell
from uncramp.analysis.weeks import Load
from uncramp.coach.cramp.wording import length_text, place_name
from uncramp.coach.diary.entries import KM_M, MILE_M, distance_words
from uncramp.coach.insight.tally_words import (
    length_words,
    pain_words,
    year_words,
)
from uncramp.coach.insight.trial_words import finding_sentences
from uncramp.coach.insight.week_words import short_day
from uncramp.model.language import tr, trn
from uncramp.model.week import DAYS_A_WEEK
from uncramp.ui.charts.count_bars import CountBars
from uncramp.ui.charts.leg_tally import LegTally
from uncramp.ui.charts.question_card import FactorsCard, LevelCard, QuestionCard
from uncramp.ui.charts.year_grid import WEEKS, YearGrid
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label

_NARROW = 42
"""In heights of a line: less is too narrow for two things side by side."""
_NIGHT_HOURS = (*range(20, 24), *range(10))
"""From evening to morning; other hours are shown only when something was then."""
_MANY_RUN_WEEKS = 26


class Details(QWidget):
    """All cards but that of the weeks.

    Signals:
        day_requested: a night of the calendar.
        tracking_requested: what is noted about a day is to be chosen.
        experiment_requested: the page of the experiment is wanted.
        check_in_requested: the page of the month is wanted.
    """

    day_requested = Signal(object)
    tracking_requested = Signal()
    experiment_requested = Signal()
    check_in_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self._review: Review | None = None
        self._nights: Sequence[NightCell] = ()
        self._pairs: list[QBoxLayout] = []
        self._year_end = date(2000, 1, 1)
        self.question = QuestionCard()
        self.level = LevelCard()
        self.factors = FactorsCard(theme)
        self.factors.tracking_requested.connect(self.tracking_requested)
        self.year = YearGrid(theme)
        self.year.opened.connect(self.day_requested)
        self.legs = LegTally(theme)
        self.hours = CountBars(theme, tr("Night cramps by the hour in which they began"))
        self.lengths = CountBars(theme, tr("How long the cramps were"))
        self.pains = CountBars(theme, tr("How painful the cramps were, 0 to 10"))
        self.runs = CountBars(theme, tr("Runs by week"))
        said = QVBoxLayout()
        said.setSpacing(16)
        said.addWidget(self.question, 1)
        said.addWidget(self.level)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._pair(said, self.factors))
        column.addLayout(self._pair(self._built_experiment(), self._built_month()))
        column.addWidget(self._built_year())
        column.addLayout(self._pair(self._built_places(), self._built_hours()))
        column.addLayout(self._pair(self._built_lengths(), self._built_pains()))
        column.addWidget(self._built_runs())

    def _pair(self, left: QVBoxLayout | QWidget, right: QWidget) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        if isinstance(left, QWidget):
            row.addWidget(left, 1)
        else:
            row.addLayout(left, 1)
        row.addWidget(right, 1)
        self._pairs.append(row)
        return row

    def _built_experiment(self) -> QFrame:
        made, column = _titled(tr("Your own experiment"))
        self._experiment_words = label("soft", wrap=True)
        column.addWidget(self._experiment_words, 1)
        self._experiment_button = button(tr("Set one up…"))
        self._experiment_button.clicked.connect(self.experiment_requested)
        column.addWidget(self._experiment_button, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _built_month(self) -> QFrame:
        made, column = _titled(tr("Monthly check-in"))
        self._month_words = label("soft", wrap=True)
        column.addWidget(self._month_words, 1)
        look_back = button(tr("Check in…"))
        look_back.clicked.connect(self.check_in_requested)
        column.addWidget(look_back, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _built_year(self) -> QFrame:
        made, column = _titled(tr("The year, night by night"))
        self._year_words = label("soft", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self._year_words, 1)
        self._earlier = button(tr("Earlier"), kind="small")
        self._earlier.clicked.connect(self._go_earlier)
        self._later = button(tr("Later"), kind="small")
        self._later.clicked.connect(self._go_later)
        row.addWidget(self._earlier)
        row.addWidget(self._later)
        column.addLayout(row)
        column.addWidget(self.year)
        return made

    def _built_places(self) -> QFrame:
        made, column = _titled(tr("Where"))
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.legs, 3)
        self._places = label("body", wrap=True)
        self._places.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._places, 3)
        column.addLayout(row, 1)
        self._sides = label("soft", wrap=True)
        column.addWidget(self._sides)
        return made

    def _built_hours(self) -> QFrame:
        soft = tr("Night cramps by the hour in which they began.")
        made, column = _titled(tr("When in the night"), soft=soft)
        column.addWidget(self.hours, 1)
        return made

    def _built_lengths(self) -> QFrame:
        made, column = _titled(tr("How long"))
        self._length_words = label("soft", wrap=True)
        column.addWidget(self.lengths, 1)
        column.addWidget(self._length_words)
        return made

    def _built_pains(self) -> QFrame:
        made, column = _titled(tr("How painful, 0 to 10"))
        self._pain_words = label("soft", wrap=True)
        column.addWidget(self.pains, 1)
        column.addWidget(self._pain_words)
        return made

    def _built_runs(self) -> QFrame:
        made, column = _titled(tr("Runs, week by week"))
        self._runs_card = made
        self._runs_words = label("soft", wrap=True)
        column.addWidget(self.runs, 1)
        column.addWidget(self._runs_words)
        return made

    # -- filling

    def fill(self, shown: Review, *, miles: bool, is_check_in_due: bool) -> None:
        """Show a record.

        Args:
            shown: of the weeks that were chosen.
            miles: whether distances are told in miles.
            is_check_in_due: whether a month has gone by since the last look back.
        """
        self._fill_studies(shown, is_check_in_due=is_check_in_due)
        self._review = shown
        self.question.fill(shown, miles=miles)
        self.level.fill(shown)
        self.factors.fill(shown)
        self._year_end = shown.today - timedelta(days=1)
        self._nights = shown.nights
        self._fill_year()
        self._fill_cramps(shown)
        self._fill_runs(shown.runs_weekly, miles=miles)

    def _fill_studies(self, shown: Review, *, is_check_in_due: bool) -> None:
        if shown.findings:
            words = " ".join(one for one in finding_sentences(shown.findings[-1]) if one)
        else:
            words = tr(
                "Chance decides which evenings have the routine. A difference then means more "
                "than if you had chosen the evenings yourself."
            )
        self._experiment_words.setText(words)
        self._experiment_button.setText(tr("Open…") if shown.findings else tr("Set one up…"))
        self._month_words.setText(
            tr("It is time for a check-in: what changed, what you tried, what to try next.")
            if is_check_in_due
            else tr(
                "What changed, what you tried, what to try next: saved, so that you can compare "
                "later."
            )
        )

    def _fill_year(self) -> None:
        self.year.fill(self._nights, self._year_end)
        first = self.year.first
        self._year_words.setText(year_words(self._nights, first, self._year_end))
        assert self._review is not None
        self._earlier.setEnabled(bool(self._nights) and self._nights[0].day < first)
        self._later.setEnabled(self._year_end < self._review.today - timedelta(days=1))

    def _go_earlier(self) -> None:
        self._year_end -= timedelta(days=DAYS_A_WEEK * (WEEKS - 1))
        self._fill_year()

    def _go_later(self) -> None:
        assert self._review is not None
        last = self._review.today - timedelta(days=1)
        self._year_end = min(last, self._year_end + timedelta(days=DAYS_A_WEEK * (WEEKS - 1)))
        self._fill_year()

    def _fill_cramps(self, shown: Review) -> None:
        self.legs.fill(shown.places)
        lines = [f"{place_name(one.muscle, one.side)}: {one.cramps}" for one in shown.places]
        self._places.setText("\n".join(lines) if lines else tr("No cramps in these weeks."))
        self._sides.setText(
            tr("Stretched in these weeks: left {left} min, right {right} min.").format(
                left=round(shown.stretched.left_s / 60), right=round(shown.stretched.right_s / 60)
            )
        )
        hours = [hour for hour in (*_NIGHT_HOURS, *range(10, 20)) if _is_shown(hour, shown.hours)]
        hours.sort(key=_from_noon)
        self.hours.fill([(f"{hour}", shown.hours[hour]) for hour in hours], token="cramp")
        self.lengths.fill([(_length_name(one), one.count) for one in shown.durations.bins])
        self._length_words.setText(length_words(shown.durations))
        self.pains.fill([(str(one.low), one.count) for one in shown.pains.bins])
        self._pain_words.setText(pain_words(shown.pains))

    def _fill_runs(self, loads: Sequence[Load], *, miles: bool) -> None:
        self._runs_card.setVisible(bool(loads))
        if not loads:
            return
        per = MILE_M if miles else KM_M
        begun = loads[-1].monday - timedelta(days=DAYS_A_WEEK * (_MANY_RUN_WEEKS - 1))
        seen = [one for one in loads if one.monday >= begun]
        known = {one.monday: one for one in seen}
        count = (seen[-1].monday - seen[0].monday).days // DAYS_A_WEEK + 1
        mondays = [seen[0].monday + timedelta(days=DAYS_A_WEEK * week) for week in range(count)]
        self.runs.fill(
            [
                (short_day(day), round(known[day].metres / per) if day in known else 0)
                for day in mondays
            ],
            marks=[known[day].cramps if day in known else 0 for day in mondays],
        )
        longest = max(one.longest_metres for one in seen)
        cramps = sum(one.cramps for one in seen)
        runs = sum(one.runs for one in seen)
        unit = tr("miles") if miles else tr("kilometres")
        self._runs_words.setText(
            tr(
                "Distance of each week in {unit}. {runs}, the longest {longest}; {cramps} of them "
                "with a cramp during the run or within six hours after it (red numbers)."
            ).format(
                unit=unit,
                runs=trn("{n} run", "{n} runs", runs).format(n=runs),
                longest=distance_words(longest, miles=miles),
                cramps=cramps,
            )
        )

    # -- looks

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        parts = (
            self.factors,
            self.year,
            self.legs,
            self.hours,
            self.lengths,
            self.pains,
            self.runs,
        )
        for part in parts:
            part.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the cards stand below each other."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for pair in self._pairs:
            pair.setDirection(way)


def _is_shown(hour: int, counts: Sequence[int]) -> bool:
    return hour in _NIGHT_HOURS or counts[hour] > 0


def _from_noon(hour: int) -> int:
    return (hour - 12) % 24


def _length_name(one: Bin) -> str:
    if one.high is None:
        return f"≥ {length_text(one.low)}"
    return f"< {length_text(one.high)}"


def _titled(title: str, *, soft: str = "") -> tuple[QFrame, QVBoxLayout]:
    made = card()
    column = QVBoxLayout(made)
    column.setContentsMargins(22, 18, 22, 18)
    column.setSpacing(8)
    column.addWidget(label("heading", title, wrap=True))
    if soft:
        column.addWidget(label("soft", soft, wrap=True))
    return made, column
