"""The look back once a month: what changed, what was tried, what to try."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from uncramp.coach.diary.tracking import LONGEST_TEXT
from uncramp.coach.insight.check_ins import (
    LookBack,
    Month,
    compared_sentence,
    month_sentence,
    prompts,
)
from uncramp.coach.insight.numbers import plain_day
from uncramp.model.check_in import CheckIn
from uncramp.model.language import tr
from uncramp.ui.charts.study_page import StudyPage
from uncramp.ui.cramp.chips import Scale, scale_ends
from uncramp.ui.widgets import button, card, discard, label

_LINES = 3.6


class CheckInPage(StudyPage):
    """Asks for the month, and shows the ones before.

    Signals:
        save_requested: what changed, what was tried, what to try, and a rating or None.
        delete_requested: a CheckIn that is to be taken out.
    """

    save_requested = Signal(str, str, str, object)
    delete_requested = Signal(object)

    def __init__(self, month: Month, today: CheckIn | None) -> None:
        """Build the page.

        Args:
            month: the four weeks up to now.
            today: what was told today already; None for nothing.
        """
        super().__init__(tr("Monthly check-in"))
        self._changed = _field(tr("What changed"))
        self._tried = _field(tr("What you tried, and how it went"))
        self._to_try = _field(tr("What you will try until next time"))
        self._rating = Scale(tr("How much cramps got in your way, 0 to 10"))
        self._backs: list[QFrame] = []
        self.column.addWidget(self._built_questions(month))
        self.column.addStretch(1)
        if today is not None:
            self._changed.setPlainText(today.changed)
            self._tried.setPlainText(today.tried)
            self._to_try.setPlainText(today.to_try)
            self._rating.set_level(today.rating)

    def _built_questions(self, month: Month) -> QFrame:
        made = card()
        column = QVBoxLayout(made)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(label("title", month_sentence(month), wrap=True))
        for prompt in prompts():
            column.addWidget(label("soft", f"•  {prompt}", wrap=True))
        for field in (self._changed, self._tried, self._to_try):
            column.addWidget(label("heading", field.accessibleName(), wrap=True))
            column.addWidget(field)
        column.addWidget(label("heading", tr("How much cramps got in your way"), wrap=True))
        column.addWidget(self._rating)
        column.addWidget(label("soft", scale_ends()))
        save = button(tr("Save"), kind="primary")
        save.clicked.connect(self._save)
        column.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def show_backs(self, backs: Sequence[LookBack]) -> None:
        """Show what was told before, newest first."""
        for old in self._backs:
            self.column.removeWidget(old)
            discard(old)
        self._backs = [self._built_back(one) for one in backs]
        for number, made in enumerate(self._backs):
            self.column.insertWidget(1 + number, made)

    def _built_back(self, back: LookBack) -> QFrame:
        made = card()
        column = QVBoxLayout(made)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(6)
        check_in = back.check_in
        column.addWidget(label("heading", plain_day(check_in.day)))
        for title, text in (
            (tr("Changed"), check_in.changed),
            (tr("Tried"), check_in.tried),
            (tr("To try"), check_in.to_try),
        ):
            if text:
                column.addWidget(label("body", f"{title}: {text}", wrap=True))
        if check_in.rating is not None:
            words = tr("Cramps got in the way: {rating} of 10").format(rating=check_in.rating)
            column.addWidget(label("body", words, wrap=True))
        compared = compared_sentence(back) or month_sentence(back.month)
        column.addWidget(label("soft", compared, wrap=True))
        delete = _Delete(check_in)
        delete.wanted.connect(self.delete_requested)
        column.addWidget(delete, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def take_focus(self) -> None:
        """Let the keys go to the first question."""
        self._changed.setFocus()

    def _save(self) -> None:
        texts = [
            field.toPlainText().strip()[:LONGEST_TEXT]
            for field in (self._changed, self._tried, self._to_try)
        ]
        if not any(texts) and self._rating.level is None:
            self.tell(tr("Please answer at least one question."))
            return
        self.save_requested.emit(*texts, self._rating.level)


class _Delete(QFrame):
    """The button that takes one check-in out."""

    wanted = Signal(object)

    def __init__(self, check_in: CheckIn) -> None:
        super().__init__()
        self._check_in = check_in
        delete = button(tr("Delete"), kind="small")
        delete.clicked.connect(self._want)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(delete)

    def _want(self) -> None:
        self.wanted.emit(self._check_in)


def _field(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setTabChangesFocus(True)
    made.setFixedHeight(round(QFontMetricsF(made.font()).lineSpacing() * _LINES) + 12)
    return made
