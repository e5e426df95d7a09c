"""What joins the pages of the experiment and of the monthly look back with the journal."""

from PySide6.QtCore import QObject, Signal

from uncramp.analysis.record import Record
from uncramp.analysis.review import Review
from uncramp.coach.insight.check_ins import (
    bring_back_check_in,
    forget_check_in,
    is_due,
    look_backs,
    month_of,
    read_check_ins,
    save_check_in,
)
from uncramp.coach.insight.trials import begin_trial, running, stop_trial, tonight
from uncramp.coach.plan.today import plan_day
from uncramp.model.check_in import CheckIn
from uncramp.model.errors import EnvironmentFault
from uncramp.model.experiment import Design, Ending
from uncramp.model.language import tr
from uncramp.model.moment import Moment
from uncramp.ui.charts.check_in_page import CheckInPage
from uncramp.ui.charts.experiment_page import ExperimentPage
from uncramp.ui.charts.study_page import StudyPage
from uncramp.ui.frame import Frame
from uncramp.ui.widgets import button


class Studies(QObject):
    """Makes the two pages and writes what they ask for.

    Signals:
        page_made: a StudyPage that is to be shown.
        written: the journal holds something else now.
        left: the page that is shown has done its work.
    """

    page_made = Signal(object)
    written = Signal()
    left = Signal()

    def __init__(self, frame: Frame, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._record = Record()
        self._review: Review | None = None
        self._page: StudyPage | None = None
        self._taken_out: CheckIn | None = None

    def know(self, record: Record, review: Review) -> None:
        """Take what the journal holds now; an open page shows it."""
        self._record, self._review = record, review
        if isinstance(self._page, ExperimentPage):
            self.open_experiment()
        elif isinstance(self._page, CheckInPage):
            self._show_backs(self._page)

    def is_check_in_due(self) -> bool:
        """Whether a month has gone by since the last look back."""
        today = plan_day(self._frame.coach.read_date())
        return is_due(read_check_ins(self._frame.coach), self._record.first_day, today)

    # -- the experiment

    def open_experiment(self) -> None:
        """Show the page of the experiment."""
        assert self._review is not None
        coach = self._frame.coach
        now = running(self._record.trials, plan_day(coach.read_date()))
        page = ExperimentPage(
            self._bedtime_names(),
            self._usual(),
            self._a_week(),
            None if now is None else tonight(coach, now),
        )
        page.fill(self._review.findings)
        page.begin_requested.connect(self._begin)
        page.stop_requested.connect(self._stop)
        self._open(page)

    def _a_week(self) -> float | None:
        """Return cramp-nights a week without the routine, or in all where that is not known."""
        assert self._review is not None
        rate = self._review.rate
        return self._review.question.a_week or (None if rate is None else rate.a_week)

    def _bedtime_names(self) -> dict[str, str]:
        known = self._frame.coach.library.routines
        fits = [one for one in known.values() if one.id in self._record.bedtime]
        fits.extend(
            one
            for one in known.values()
            if one.moment is Moment.BEDTIME and one.id not in self._record.bedtime
        )
        tried = {one.experiment.routine for one in self._record.trials}
        fits.extend(known[one] for one in tried if one in known and known[one] not in fits)
        return {one.id: str(one.name) for one in fits}

    def _usual(self) -> str:
        planned = [item.routine for item in self._record.plan.items if item.end is None]
        names = self._bedtime_names()
        return next((one for one in planned if one in names), next(iter(names), ""))

    def _begin(self, routine: str, design: Design, weeks: int, washout: bool) -> None:
        try:
            begin_trial(self._frame.coach, routine, design, weeks, washout=washout)
        except EnvironmentFault as fault:
            self._tell(str(fault))
            return
        self.written.emit()

    def _stop(self, ending: Ending) -> None:
        coach = self._frame.coach
        now = running(self._record.trials, plan_day(coach.read_date()))
        if now is None:
            return
        try:
            stop_trial(coach, now, ending)
        except EnvironmentFault as fault:
            self._tell(str(fault))
            return
        self.written.emit()
        if ending is Ending.PAIN:
            self._frame.safety_requested.emit()

    # -- the look back

    def open_check_in(self) -> None:
        """Show the page of the month."""
        coach = self._frame.coach
        today = plan_day(coach.read_date())
        try:
            known = read_check_ins(coach)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        saved = next((one for one in known if one.day == today), None)
        page = CheckInPage(month_of(self._record, today), saved)
        page.save_requested.connect(self._save)
        page.delete_requested.connect(self._delete)
        self._show_backs(page)
        self._open(page)

    def _show_backs(self, page: CheckInPage) -> None:
        try:
            page.show_backs(look_backs(self._record, read_check_ins(self._frame.coach)))
        except EnvironmentFault as fault:
            page.tell(str(fault))

    def _save(self, changed: str, tried: str, to_try: str, rating: int | None) -> None:
        try:
            save_check_in(self._frame.coach, changed, tried, to_try, rating)
        except EnvironmentFault as fault:
            self._tell(str(fault))
            return
        self._frame.tell(tr("Saved. The next check-in is in four weeks."))
        self.leave()
        self.written.emit()

    def _delete(self, check_in: CheckIn) -> None:
        try:
            forget_check_in(self._frame.coach, check_in)
        except EnvironmentFault as fault:
            self._tell(str(fault))
            return
        self._taken_out = check_in
        undo = button(tr("Undo"), kind="primary")
        undo.clicked.connect(self._bring_back)
        self._frame.tell(tr("The check-in was deleted."), undo)
        self.written.emit()

    def _bring_back(self) -> None:
        if self._taken_out is None:
            return
        try:
            bring_back_check_in(self._frame.coach, self._taken_out)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        self._taken_out = None
        self._frame.clear_notice()
        if self._page is not None:
            self._page.take_focus()
        self.written.emit()

    # -- the page

    def _open(self, page: StudyPage) -> None:
        page.back_requested.connect(self.leave)
        self._page = page
        self.page_made.emit(page)

    def leave(self) -> None:
        """Go back to the charts."""
        self._page = None
        self.left.emit()

    def _tell(self, sentence: str) -> None:
        if self._page is not None:
            self._page.tell(sentence)
