"""The charts' room in the window: reads the journal for the page, and writes what it saves."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from uncramp.analysis.record import Record
from uncramp.analysis.review import SPANS, Review, outline, review
from uncramp.coach.insight.reading import read_record
from uncramp.journal.archive import Archive
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.charts.page import ChartsPage
from uncramp.ui.file_places import pictures
from uncramp.ui.frame import Frame
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import discard

if TYPE_CHECKING:
    from uncramp.ui.charts.studies import Studies
    from uncramp.ui.charts.study_page import StudyPage

USUAL_SPAN = 26


class ChartsRoom(Page):
    """Shows what the journal can say, read anew only when it has changed."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._frame = frame
        self._span: int | None = USUAL_SPAN
        self._known: object = None
        self._record = Record()
        self._everything: Review | None = None
        self._shown: Review | None = None
        self.page = ChartsPage(frame.theme)
        self.page.span_requested.connect(self.show_span)
        self.page.picture_requested.connect(self._choose_file)
        self.page.day_requested.connect(self._open_day)
        self.page.tracking_requested.connect(self._choose_tracking)
        self.page.report_requested.connect(self.open_report)
        self._studies: Studies | None = None
        self._study: StudyPage | None = None
        self.page.experiment_requested.connect(self._open_experiment)
        self.page.check_in_requested.connect(self._open_check_in)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    @property
    def studies(self) -> "Studies":
        """The pages of the experiment and of the monthly look back."""
        if self._studies is None:
            from uncramp.ui.charts.studies import Studies  # the weeks are painted before it

            self._studies = made = Studies(self._frame, self)
            made.page_made.connect(self._show_study)
            made.left.connect(self._leave_study)
            made.written.connect(self.refresh)
        return self._studies

    def _open_experiment(self) -> None:
        self.studies.open_experiment()

    def _open_check_in(self) -> None:
        self.studies.open_check_in()

    # -- what every room has

    def take_focus(self) -> None:
        """Let the keys go to what is shown."""
        if self._study is not None:
            self._study.take_focus()
        else:
            self.page.take_focus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.page.set_theme(theme)

    def go_home(self) -> None:
        """Show the charts from their top."""
        if self._study is not None:
            self.studies.leave()
        super().go_home()

    def refresh(self) -> None:
        """Read the journal again where it has changed, and show it."""
        coach = self._frame.coach
        today = coach.read_date().date()
        try:
            journal = coach.journal
            version = None if journal is None else Archive(journal).version()
            known = (today, id(journal), version, coach.settings.tracked, coach.settings.miles)
            if known == self._known:
                return
            self._record = read_record(coach)
        except EnvironmentFault as fault:
            self._known = None
            self.page.tell_fault(str(fault))
            return
        self._known = known
        self._everything = None
        self.page.fill(outline(self._record, today), self._span, self._names())
        # Judged once the weeks are painted: nobody waits for a sentence before he sees a line.
        QTimer.singleShot(0, self._judge)

    # -- what the page asks for

    def show_span(self, weeks: int | None) -> None:
        """Show the last weeks; None for all."""
        if weeks not in SPANS:
            raise ValueError(f"{weeks} weeks")
        self._span = weeks
        self.page.show_span(weeks)
        if self._everything is not None:
            self._tell()

    def _judge(self) -> None:
        if self._everything is None and self._known is not None:
            self._everything = review(self._record, self._frame.coach.read_date().date())
            self._tell()

    def _tell(self) -> None:
        assert self._everything is not None
        self._shown = self._everything
        if self._span is not None:
            today = self._everything.today
            self._shown = review(self._record, today, self._span, self._everything)
        self.studies.know(self._record, self._everything)
        self.page.tell(
            self._shown,
            miles=self._frame.coach.settings.miles,
            is_check_in_due=self.studies.is_check_in_due(),
        )

    def _show_study(self, page: "StudyPage") -> None:
        self._drop_study()
        self._study = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.take_focus()

    def _leave_study(self) -> None:
        self._drop_study()
        self.page.take_focus()

    def _drop_study(self) -> None:
        shown, self._study = self._study, None
        if shown is not None:
            self._stack.removeWidget(shown)
            discard(shown)

    def _names(self) -> dict[str, str]:
        from uncramp.coach.routine_names import routine_names  # with the first chart

        record = self._record
        done = {one.routine for one in record.doings}
        used = done | {item.routine for item in record.plan.items}
        try:
            return routine_names(self._frame.coach, used)
        except EnvironmentFault:
            return {}  # told already, where the record was read

    def _open_day(self, day: date) -> None:
        self._frame.room_requested.emit("journal")
        self._frame.day_requested.emit(day)

    def _choose_tracking(self) -> None:
        self._frame.room_requested.emit("journal")
        self._frame.tracking_requested.emit()

    def open_report(self) -> None:
        """Show the report of the weeks that are shown, before it is written."""
        from uncramp.ui.report.reporting import Reporting  # when it is first wanted

        reporting = Reporting(self._frame, self._record, self._span, self._everything)
        reporting.show()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._frame.window,
            tr("Save the chart"),
            str(Path(pictures()) / "uncramp-weeks.png"),
            tr("Picture (*.png);;Drawing (*.svg);;Numbers (*.csv)"),
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the chart of the weeks as picture, drawing or numbers, by the name's ending."""
        if self._shown is None:
            return
        from uncramp.coach.insight.words import summary
        from uncramp.ui.charts.saving import save_chart  # when something is saved

        try:
            save_chart(
                self.page.weeks,
                self._names(),
                path,
                title=tr("Routine and cramps, week by week"),
                description=" ".join(summary(self._shown)),
            )
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        self._frame.tell(tr("Saved: {path}").format(path=path))
