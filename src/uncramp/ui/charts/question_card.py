"""The cards of what the record can say: the one question, and everything else that was noted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from uncramp.analysis.question import FactorResult
from uncramp.analysis.review import Review
from uncramp.analysis.verdict import Wording
from uncramp.coach.insight.factors import factor_name, window_words
from uncramp.coach.insight.words import (
    break_sentence,
    factor_headline,
    factors_sentence,
    question_sentences,
    question_title,
    rate_sentences,
)
from uncramp.model.language import tr
from uncramp.ui.charts.forest import Forest, ForestRow
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, discard, label


class SayingCard(QFrame):
    """A heading, one sentence in large letters, and what belongs to it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 18, 22, 18)
        self._column.setSpacing(10)
        self._column.addWidget(label("heading", title, wrap=True))
        self._main = label("title", wrap=True)
        self._column.addWidget(self._main)
        self._rest: list[QLabel] = []
        self._column.addStretch(1)

    def say(self, sentences: tuple[str, ...]) -> None:
        """Show sentences, the first one large."""
        for old in self._rest:
            self._column.removeWidget(old)
            discard(old)
        self._main.setText(sentences[0] if sentences else "")
        self._rest = [label("soft", one, wrap=True) for one in sentences[1:]]
        for number, made in enumerate(self._rest):
            self._column.insertWidget(2 + number, made)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it says."""
        return (self._main.text(), *(one.text() for one in self._rest))


class QuestionCard(SayingCard):
    """Nights with and without the bedtime routine."""

    def __init__(self) -> None:
        super().__init__(question_title())

    def fill(self, review: Review, *, miles: bool) -> None:
        """Show what can be said."""
        self.say(question_sentences(review.question, miles=miles))


class LevelCard(SayingCard):
    """How often it cramps."""

    def __init__(self) -> None:
        super().__init__(tr("How often"))

    def fill(self, review: Review) -> None:
        """Show rate and breaks."""
        sentences = (*rate_sentences(review), break_sentence(review.break_))
        self.say(tuple(filter(None, sentences)))


class FactorsCard(QFrame):
    """Everything else that was noted, none of it hidden.

    Signals:
        tracking_requested: what is noted about a day is to be chosen.
    """

    tracking_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._forest = Forest(theme)
        self._told = label("soft", wrap=True)
        choose = button(tr("Choose what to record…"), kind="quiet")
        choose.clicked.connect(self.tracking_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 14)
        column.setSpacing(8)
        column.addWidget(label("heading", tr("What else was recorded"), wrap=True))
        column.addWidget(self._told)
        column.addWidget(self._forest)
        column.addStretch(1)
        column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)

    def fill(self, review: Review) -> None:
        """Show all factors."""
        self._told.setText(factors_sentence(review.factors))
        self._forest.fill([factor_row(one) for one in review.factors])

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._forest.set_theme(theme)


def factor_row(result: FactorResult) -> ForestRow:
    """Return how one factor is shown."""
    verdict = result.verdict
    compared = verdict.wording is not Wording.NOT_ENOUGH
    nights = verdict.nights if compared else result.nights
    counts = ""
    if nights.n1 or nights.n0:
        counts = tr("Cramps in {x1} of {n1} nights, otherwise in {x0} of {n0}").format(
            x1=nights.x1, n1=nights.n1, x0=nights.x0, n0=nights.n0
        )
    name = tr("{factor} ({window})").format(
        factor=factor_name(result.factor, result.usual), window=window_words(result.factor)
    )
    ratio = verdict.ratio if compared else None
    value, interval = ratio if ratio is not None else (None, None)
    return ForestRow(name, counts, factor_headline(result), value, interval)
