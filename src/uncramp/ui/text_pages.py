"""Pages that are read: how a session went, and the signs that are reasons to get help."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.cramp.emergency import call_text
from uncramp.coach.cramp.safety import load_safety, load_safety_works
from uncramp.coach.times import spent
from uncramp.model.body import Side
from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.model.record import Outcome, SessionRecord
from uncramp.ui.icons import pixmap
from uncramp.ui.links import link_label
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label, scroll_area

_WIDEST_TEXT_PX = 760


class FinishedPage(Page):
    """How the session went.

    Signals:
        done: the user has seen it.
        start_requested: the id of a routine that was offered.
    """

    done = Signal()
    start_requested = Signal(str)

    def __init__(
        self,
        record: SessionRecord,
        fault: str,
        icons: Path,
        theme: Theme,
        afterwards: Sequence[str] = (),
        offers: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("ground")
        finished = record.outcome is Outcome.FINISHED
        inside = card()
        inside.setMaximumWidth(560)
        column = QVBoxLayout(inside)
        column.setContentsMargins(48, 40, 48, 40)
        column.setSpacing(14)
        mark = label("display")
        colour = theme.colour["good" if finished else "text_soft"]
        mark.setPixmap(pixmap(icons, "check", colour, 64, self.devicePixelRatioF()))
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(mark, 0, centre)
        headline = tr("Well done") if finished else tr("Ended early")
        column.addWidget(label("display", headline), 0, centre)
        column.addWidget(label("soft", record.routine_name), 0, centre)
        column.addSpacing(8)
        column.addLayout(self._numbers(record))
        column.addSpacing(8)
        for text in afterwards:
            column.addWidget(label("body", text, wrap=True))
        for routine, name in offers:
            offer = button(tr("Continue with {name}").format(name=name))
            offer.setObjectName(routine)
            offer.clicked.connect(self._offer_chosen)
            column.addWidget(offer, 0, centre)
        if fault:
            column.addWidget(label("alert", fault, wrap=True))
        else:
            told = tr("It is in your journal.")
            if not record.done_ms:
                told = tr("Nothing was done yet, so there is nothing to record.")
            noted = label("soft", told, wrap=True)
            noted.setAlignment(centre)
            column.addWidget(noted)
        self._button = button(tr("Done"), kind="primary", tip=tr("Enter"))
        self._button.clicked.connect(self.done)
        column.addWidget(self._button, 0, centre)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inside, 4)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(1)

    def take_focus(self) -> None:
        """Let Enter go on."""
        self._button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and Esc lead back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _offer_chosen(self) -> None:
        self.start_requested.emit(self.sender().objectName())

    def _numbers(self, record: SessionRecord) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        rows = [(tr("Work done"), f"{spent(record.done_ms)} / {spent(record.planned_ms)}")]
        left, right = record.done_on(Side.LEFT), record.done_on(Side.RIGHT)
        if left or right:
            rows.append((tr("Left leg"), spent(left)))
            rows.append((tr("Right leg"), spent(right)))
        for number, (name, value) in enumerate(rows):
            grid.addWidget(label("soft", name), number, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label("heading", value), number, 1, Qt.AlignmentFlag.AlignLeft)
        return grid


class ReadingPage(Page):
    """A heading, a column of text as wide as reads well, and a button that leads back.

    Signals:
        done: the user has read it.
    """

    done = Signal()

    def __init__(self, title: str, back: str) -> None:
        super().__init__()
        self.setObjectName("ground")
        column_widget = QWidget()
        column_widget.setObjectName("scrolled")
        column_widget.setMaximumWidth(_WIDEST_TEXT_PX)
        self.column = QVBoxLayout(column_widget)
        self.column.setContentsMargins(0, 0, 12, 0)
        self.column.setSpacing(16)
        area = scroll_area(column_widget)
        area.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._area = area
        self._button = button(back, kind="primary", tip=tr("Esc"))
        self._button.clicked.connect(self.done)
        head = QHBoxLayout()
        head.addWidget(label("display", title), 1)
        head.addWidget(self._button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 34, 20)
        whole.setSpacing(16)
        whole.addLayout(head)
        whole.addWidget(area, 1)

    def set_back_kind(self, kind: str) -> None:
        """Dress the button that leads back; see `widgets.button`."""
        self._button.setProperty("kind", kind)

    def take_focus(self) -> None:
        """Let the arrow keys scroll."""
        self._area.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)


class SafetyPage(ReadingPage):
    """Signs that are reasons to get help."""

    def __init__(self, assets: Path, opening: str = "") -> None:
        super().__init__(tr("When to get help"), tr("Back"))
        intro, levels = load_safety(assets)
        if opening:
            self.column.addWidget(label("heading", opening, wrap=True))
        emergency = label("question", call_text(QLocale.system().name()), wrap=True)
        emergency.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(emergency)
        self.column.addWidget(label("soft", intro, wrap=True))
        for level in levels:
            inside = card()
            rows = QVBoxLayout(inside)
            rows.setContentsMargins(24, 18, 24, 18)
            rows.setSpacing(10)
            name = label("heading", level.name, wrap=True)
            if level.urgent:
                name.setProperty("role", "alert")
            rows.addWidget(name)
            for sign in level.signs:
                rows.addLayout(_bullet(sign))
            self.column.addWidget(inside)
        for work in load_safety_works(assets):
            self.column.addWidget(link_label(work.words, work.link))
        self.column.addStretch(1)


class ProblemsPage(ReadingPage):
    """What is wrong in the user's files, each with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tr("Problems in your routine files"), tr("Back"))
        told = tr(
            "Everything else works. Each problem is listed with its file, line and "
            "column. A file is read again as soon as you save it."
        )
        self.column.addWidget(label("soft", told, wrap=True))
        for problem in problems:
            self.column.addWidget(problem_card(problem))
        self.column.addStretch(1)


class CrashPage(ReadingPage):
    """What was noted in a crash: to be read, copied or saved; nothing is sent.

    Signals:
        save_requested: it is wanted as a file.
    """

    save_requested = Signal()

    def __init__(self, report: str) -> None:
        super().__init__(tr("Details of the crash"), tr("Close"))
        self.report = report
        about = tr(
            "It shows where in the program the fault is, and contains nothing from your "
            "journal. It stays on this computer. If you would like to help, read it and "
            "send it to the makers of Uncramp."
        )
        self.column.addWidget(label("soft", about, wrap=True))
        copy, save = button(tr("Copy")), button(tr("Save…"))
        copy.clicked.connect(self.copy)
        save.clicked.connect(self.save_requested)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addWidget(save)
        row.addStretch(1)
        self.column.addLayout(row)
        self._answer = label("soft", "", wrap=True)
        self.column.addWidget(self._answer)
        text = _monospaced(report)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(text)
        self.column.addStretch(1)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self.answer(tr("Copied."))

    def answer(self, sentence: str) -> None:
        """Say what became of it."""
        self._answer.setText(sentence)


def problem_card(problem: Problem) -> QFrame:
    """Return a problem with its place and its line of the file."""
    inside = card()
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(20, 14, 20, 14)
    place = problem.file if not problem.line else f"{problem.file}:{problem.line}:{problem.column}"
    rows.addWidget(label("heading", problem.message, wrap=True))
    path = label("soft", place, wrap=True)
    path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    rows.addWidget(path)
    if problem.source_line:
        rows.addWidget(_source_with_caret(problem))
    return inside


def _source_with_caret(problem: Problem) -> QLabel:
    """Return the line as it stands in the file, with a caret below the place."""
    lines = str(problem).splitlines()[1:]
    return _monospaced("\n".join(line[4:204] for line in lines))


def _monospaced(text: str) -> QLabel:
    shown = label("soft", text)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    shown.setStyleSheet(f'font-family: "{font.family()}";')
    return shown


def _bullet(text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(label("soft", "•"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label("body", text, wrap=True), 1)
    return row
