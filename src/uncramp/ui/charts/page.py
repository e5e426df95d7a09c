"""The charts: the weeks at once, and below them what can be said and what was counted."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from uncramp.analysis.review import Outline
from uncramp.analysis.weeks import Week
from uncramp.model.language import tr, trn
from uncramp.ui.charts.week_card import WeekCard
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.flow import FlowLayout
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label

if TYPE_CHECKING:
    from uncramp.analysis.review import Review
    from uncramp.ui.charts.details import Details

_NARROW = 45
"""In heights of a line: less is too narrow for two things side by side."""


class ChartsPage(Page):
    """What the record shows.

    Signals:
        span_requested: how many weeks are to be shown; None for all.
        picture_requested: the chart of the weeks is to be saved.
        report_requested: a report is wanted.
        day_requested: a night of the calendar.
        tracking_requested: what is noted about a day is to be chosen.
        experiment_requested: the page of the experiment is wanted.
        check_in_requested: the page of the month is wanted.
    """

    span_requested = Signal(object)
    picture_requested = Signal()
    report_requested = Signal()
    day_requested = Signal(object)
    tracking_requested = Signal()
    experiment_requested = Signal()
    check_in_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._theme = theme
        self._details: Details | None = None
        self.weeks = WeekCard(theme)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 10, 12)
        self._column.setSpacing(16)
        self._column.addLayout(self._built_head())
        self._fault = label("alert", wrap=True)
        self._empty = empty_card()
        for part in (self._fault, self._empty, self.weeks):
            self._column.addWidget(part)
            part.hide()
        self._column.addStretch(1)
        self._area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 24, 12)
        whole.addWidget(self._area)

    def _built_head(self) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("display", tr("Routine and cramps"), wrap=True))
        self._counted = label("soft", wrap=True)
        words.addWidget(self._counted)
        self._spans = Chips(
            (
                (4, tr("4 w")),
                (12, tr("12 w")),
                (26, tr("26 w")),
                (52, tr("Year")),
                (None, tr("All")),
            ),
            tr("Weeks shown"),
            needed=True,
        )
        self._spans.set_values((26,))
        self._spans.changed.connect(self._choose_span)
        self._picture = button(tr("Save…"), tip=tr("The chart as a picture, or its numbers"))
        self._picture.clicked.connect(self.picture_requested)
        self._report = button(tr("Report…"), tip=tr("One page for a physiotherapist or a doctor"))
        self._report.clicked.connect(self.report_requested)
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for made in (self._picture, self._report):
            flow.addWidget(made)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(10)
        head.addLayout(words, 1)
        head.addWidget(self._spans, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head = head
        return head

    # -- filling

    def fill(self, known: Outline, span: int | None, names: Mapping[str, str]) -> None:
        """Show the weeks; what is below them waits for `tell`.

        Args:
            known: of the whole record, for the weeks that can be moved to.
            span: how many weeks are seen; None for all.
            names: of routines by their ids.
        """
        is_empty = known.begun is None
        self._fault.hide()
        self._empty.setVisible(is_empty)
        self.weeks.setVisible(not is_empty)
        self._show_details(shown=False)
        self._report.setEnabled(not is_empty)
        self._picture.setEnabled(not is_empty)
        self.weeks.fill(known.weeks, known.seasons, names)
        self.show_span(span)

    def show_span(self, span: int | None) -> None:
        """Show the last weeks; None for all."""
        self._spans.set_values((span,))
        self.weeks.show_span(span)
        self._counted.setText(_counted(self.weeks.weeks_seen))

    def tell(self, shown: "Review", *, miles: bool, is_check_in_due: bool) -> None:
        """Show what can be said and what was counted.

        Args:
            shown: of the weeks that were chosen.
            miles: whether distances are told in miles.
            is_check_in_due: whether a month has gone by since the last look back.
        """
        self.details.fill(shown, miles=miles, is_check_in_due=is_check_in_due)
        self._show_details(shown=shown.begun is not None)
        if shown.future.count:
            from uncramp.coach.insight.future_words import future_sentence  # for a wrong clock

            self._counted.setText(f"{self._counted.text()}. {future_sentence(shown.future)}")

    @property
    def details(self) -> "Details":
        """What stands below the weeks."""
        if self._details is None:
            from uncramp.ui.charts.details import Details  # the weeks are painted before it

            self._details = Details(self._theme)
            self._details.day_requested.connect(self.day_requested)
            self._details.tracking_requested.connect(self.tracking_requested)
            self._details.experiment_requested.connect(self.experiment_requested)
            self._details.check_in_requested.connect(self.check_in_requested)
            self._column.insertWidget(self._column.count() - 1, self._details)
        return self._details

    def _show_details(self, *, shown: bool) -> None:
        if self._details is not None:
            self._details.setVisible(shown)

    def tell_fault(self, sentence: str) -> None:
        """Show why nothing can be shown."""
        self._fault.setText(sentence)
        self._fault.show()
        for part in (self._empty, self.weeks):
            part.hide()
        self._show_details(shown=False)

    # -- what every page has

    def take_focus(self) -> None:
        """Let the keys go to the chart."""
        if not self.weeks.isHidden():
            self.weeks.take_focus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.weeks.set_theme(theme)
        if self._details is not None:
            self._details.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the choices stand below the title."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)

    def _choose_span(self) -> None:
        self.span_requested.emit(self._spans.values[0])


def _counted(weeks: Sequence[Week]) -> str:
    if not weeks:
        return ""
    nights = sum(week.days for week in weeks)
    logged = sum(week.logged for week in weeks)
    words = trn("{logged} of {n} night logged", "{logged} of {n} nights logged", nights)
    return words.format(logged=logged, n=nights)


def empty_card() -> QWidget:
    """Return what stands where there is nothing to draw yet."""
    made = card()
    column = QVBoxLayout(made)
    column.setContentsMargins(26, 24, 26, 24)
    column.setSpacing(10)
    column.addWidget(label("title", tr("Nothing to draw yet"), wrap=True))
    for words in (
        tr(
            "Answer the question about last night on the Today page, even when the night was clear."
        ),
        tr("Start your routines in Uncramp, and what you do is counted for you."),
        tr(
            "After a few days the weeks begin to show. Comparisons need a few more weeks, and say "
            "so until then."
        ),
    ):
        column.addWidget(label("soft", words, wrap=True))
    return made
