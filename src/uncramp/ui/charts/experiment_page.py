"""An experiment of one's own: what it can see, its rules, tonight's lot, and what it found."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from uncramp.analysis.experiment import Finding
from uncramp.coach.insight.numbers import plain_day
from uncramp.coach.insight.trial_words import (
    advice_sentence,
    design_name,
    design_sentence,
    finding_sentences,
    prospect_sentence,
    rules,
    tonight_sentence,
)
from uncramp.coach.insight.trials import RATIOS, WEEKS, prospects
from uncramp.model.experiment import Design, Ending
from uncramp.model.language import tr, trn
from uncramp.ui.charts.study_page import StudyPage
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.painted import ChoiceBox, Switch
from uncramp.ui.widgets import button, card, clear_layout, label

_USUAL_WEEKS = 12


class ExperimentPage(StudyPage):
    """Begins an experiment, or tells of the one that runs.

    Signals:
        begin_requested: routine, Design, weeks, and whether the first nights of each week are
            left out.
        stop_requested: an Ending; the running one is to end now.
    """

    begin_requested = Signal(str, object, int, bool)
    stop_requested = Signal(object)

    def __init__(
        self, routines: Mapping[str, str], usual: str, a_week: float | None, tonight: bool | None
    ) -> None:
        """Build the page.

        Args:
            routines: names by id, of those that can be tried.
            usual: the id of the one that is suggested.
            a_week: cramp-nights a week without it; None while that is not known.
            tonight: whether the routine is drawn for tonight; None for neither.
        """
        super().__init__(tr("Your own experiment"))
        self._routines = routines
        self._a_week = a_week
        self._tonight = tonight
        self._usual = usual
        self._lines: list[QLabel] = []

    # -- filling

    def fill(self, findings: Sequence[Finding]) -> None:
        """Show the experiments, the running one first; without one, how to begin."""
        clear_layout(self.column)
        running = [one for one in findings if not one.is_over]
        if running:
            self.column.addWidget(self._built_running(running[-1]))
        else:
            self.column.addWidget(self._built_offer())
        for one in reversed(findings):
            if one.is_over:
                self.column.addWidget(self._built_past(one))
        self.column.addStretch(1)

    def _built_running(self, finding: Finding) -> QFrame:
        experiment = finding.trial.experiment
        name = self._routines.get(experiment.routine, experiment.routine)
        made, column = _titled(tr("It is running"))
        tonight = tonight_sentence(self._tonight, name)
        if not tonight:
            tonight = tr("It begins on {day}.").format(day=plain_day(experiment.start))
        column.addWidget(label("title", tonight, wrap=True))
        for sentence in finding_sentences(finding):
            column.addWidget(label("soft", sentence, wrap=True))
        column.addWidget(label("soft", design_sentence(experiment.design), wrap=True))
        pain = button(tr("Stop: it hurts"), kind="alert")
        pain.clicked.connect(self._stop_for_pain)
        other = button(tr("Stop for another reason"), kind="quiet")
        other.clicked.connect(self._stop)
        row = QHBoxLayout()
        row.addWidget(pain)
        row.addWidget(other)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _built_past(self, finding: Finding) -> QFrame:
        experiment = finding.trial.experiment
        name = self._routines.get(experiment.routine, experiment.routine)
        weeks = trn("{n} week", "{n} weeks", experiment.weeks).format(n=experiment.weeks)
        title = tr("{routine}: {design}, {weeks} from {day}").format(
            routine=name,
            design=design_name(experiment.design).casefold(),
            weeks=weeks,
            day=plain_day(experiment.start),
        )
        made, column = _titled(title)
        first, *rest = finding_sentences(finding)
        column.addWidget(label("title", first, wrap=True))
        for sentence in rest:
            if sentence:
                column.addWidget(label("soft", sentence, wrap=True))
        return made

    def _built_offer(self) -> QFrame:
        made, column = _titled(tr("Let chance decide"))
        words = tr(
            "Nights with and without a routine differ in many ways at once. If chance decides "
            "which evenings have it, they differ only by chance, and a difference means more."
        )
        column.addWidget(label("soft", words, wrap=True))
        self._routine = ChoiceBox()
        self._routine.setAccessibleName(tr("Routine"))
        for one, name in self._routines.items():
            self._routine.addItem(name, one)
        self._routine.setCurrentIndex(max(0, self._routine.findData(self._usual)))
        self._design = Chips(
            [(design, design_name(design)) for design in Design],
            tr("What is drawn by chance"),
            needed=True,
        )
        self._design.set_values((Design.NIGHT_PAIRS,))
        self._design.changed.connect(self._show_prospects)
        self._weeks = Chips(
            [(weeks, trn("{n} week", "{n} weeks", weeks).format(n=weeks)) for weeks in WEEKS],
            tr("How long"),
            needed=True,
        )
        self._weeks.set_values((_USUAL_WEEKS,))
        self._weeks.changed.connect(self._show_prospects)
        for title, field in (
            (tr("Routine"), self._routine),
            (tr("What is drawn by chance"), self._design),
            (tr("How long"), self._weeks),
        ):
            column.addWidget(label("heading", title))
            column.addWidget(field)
        self._asked = label("soft", wrap=True)
        column.addWidget(self._asked)
        column.addLayout(self._built_washout())
        column.addWidget(label("heading", tr("What it can detect")))
        self._lines = [label("soft", wrap=True) for _ in range(len(RATIOS) + 1)]
        for line in self._lines:
            column.addWidget(line)
        column.addWidget(label("heading", tr("What you agree to")))
        for rule in rules():
            column.addWidget(label("soft", f"•  {rule}", wrap=True))
        begin = button(tr("Agree and begin tomorrow evening"), kind="primary")
        begin.clicked.connect(self._begin)
        column.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_prospects()
        return made

    def _built_washout(self) -> QHBoxLayout:
        self._washout = Switch()
        self._washout_words = label(
            "soft",
            tr("Leave out the first two nights of each week, while the week before wears off"),
        )
        self._washout.setAccessibleName(self._washout_words.text())
        self._washout_words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._washout)
        row.addWidget(self._washout_words, 1)
        return row

    def _show_prospects(self) -> None:
        design, weeks = Design(str(self._design.value)), int(str(self._weeks.value))
        self._asked.setText(design_sentence(design))
        by_weeks = design is Design.RANDOM_WEEKS
        self._washout.setVisible(by_weeks)
        self._washout_words.setVisible(by_weeks)
        if not self._a_week:
            words = [
                tr(
                    "How likely it is to detect something depends on how often you have cramps. "
                    "That is clear once 28 nights are logged; it is better to wait until then."
                )
            ]
        else:
            seen = [one for one in prospects(self._a_week, weeks) if one.design is design]
            words = [prospect_sentence(one) for one in seen]
            words.append(advice_sentence(seen))
        for number, line in enumerate(self._lines):
            text = words[number] if number < len(words) else ""
            line.setText(text)
            line.setVisible(bool(text))

    # -- asking

    def _begin(self) -> None:
        self.begin_requested.emit(
            self._routine.currentData(),
            Design(str(self._design.value)),
            int(str(self._weeks.value)),
            self._washout.isChecked(),
        )

    def _stop_for_pain(self) -> None:
        self.stop_requested.emit(Ending.PAIN)

    def _stop(self) -> None:
        self.stop_requested.emit(Ending.OTHER)


def _titled(title: str) -> tuple[QFrame, QVBoxLayout]:
    made = card()
    column = QVBoxLayout(made)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(8)
    column.addWidget(label("heading", title, wrap=True))
    return made, column
