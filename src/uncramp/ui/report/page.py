"""What the report is to tell, and how it looks, before it is written."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uncramp.coach.report.document import Document
from uncramp.coach.report.report import LONGEST_NAME
from uncramp.model.language import tr, trn
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.page import Page
from uncramp.ui.painted import Switch
from uncramp.ui.report.sheets import Sheets
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label, scroll_area

_NARROW = 58
_FORM = 23
"""In heights of a line of text, so that large letters have room."""
_UNBOUND_PX = 16_777_215
_TYPING_MS = 300


class ReportPage(Page):
    """The period, a name, and a look at the pages.

    Signals:
        changed: the report is to be told anew.
        save_requested: "pdf" or "html".
        open_requested: what was written is to be opened.
        done: back to the charts.
    """

    changed = Signal()
    save_requested = Signal(str)
    open_requested = Signal()
    done = Signal()

    def __init__(self, span: int | None) -> None:
        super().__init__()
        self.setObjectName("ground")
        done = button(tr("Done"), tip=tr("Esc"))
        done.clicked.connect(self.done)
        head = QHBoxLayout()
        head.addWidget(label("display", tr("Report"), wrap=True), 1)
        head.addWidget(done)
        self._sheets = Sheets()
        self._form = self._built_form(span)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(20)
        self._body.addWidget(self._form, 0, Qt.AlignmentFlag.AlignTop)
        self._body.addWidget(self._sheets, 1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._body.setContentsMargins(0, 0, 10, 12)
        inside.setLayout(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 24, 12)
        whole.setSpacing(16)
        whole.addLayout(head)
        whole.addWidget(scroll_area(inside), 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.changed)

    def _built_form(self, span: int | None) -> QFrame:
        made = card()
        rows = QVBoxLayout(made)
        rows.setContentsMargins(24, 20, 24, 22)
        rows.setSpacing(8)
        words = tr("For a physiotherapist or a doctor: your record as you kept it, counted.")
        rows.addWidget(label("soft", words, wrap=True))
        rows.addSpacing(8)
        rows.addWidget(label("heading", tr("Period")))
        spans = ((4, 4), (12, 12), (26, 26), (52, 52))
        answers: list[tuple[object, str]] = [
            (weeks, trn("{n} week", "{n} weeks", n).format(n=n)) for weeks, n in spans
        ]
        self._spans = Chips([*answers, (None, tr("All"))], tr("Period"), needed=True)
        self._spans.set_values((span,))
        self._spans.changed.connect(self.changed)
        rows.addWidget(self._spans)
        rows.addSpacing(8)
        rows.addWidget(label("heading", tr("Your name")))
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setPlaceholderText(tr("optional"))
        self._name.setAccessibleName(tr("Your name"))
        self._name.textEdited.connect(self._type)
        rows.addWidget(self._name)
        rows.addWidget(
            label("soft", tr("Appears on the report only, and is not stored."), wrap=True)
        )
        rows.addSpacing(8)
        rows.addLayout(self._built_notes())
        rows.addSpacing(12)
        self._pdf = button(tr("Save as PDF…"), kind="primary", tip=tr("For paper and mail"))
        self._pdf.setObjectName("pdf")
        self._html = button(tr("Save as web page…"), tip=tr("Best for screen readers and phones"))
        self._html.setObjectName("html")
        for one in (self._pdf, self._html):
            one.clicked.connect(self._save)
            rows.addWidget(one)
        self._told = label("soft", wrap=True)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._told.hide()
        rows.addWidget(self._told)
        self._open = button(tr("Open"))
        self._open.clicked.connect(self.open_requested)
        self._open.hide()
        rows.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _built_notes(self) -> QHBoxLayout:
        self._notes = Switch()
        self._notes.setChecked(True)
        self._notes.setAccessibleName(tr("With my own words"))
        self._notes.setAccessibleDescription(tr("What you wrote about days, cramps and runs"))
        self._notes.toggled.connect(self.changed)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("heading", tr("With my own words"), wrap=True))
        words.addWidget(label("soft", tr("What you wrote about days, cramps and runs"), wrap=True))
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._notes, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    # -- what is chosen

    @property
    def span(self) -> int | None:
        """How many weeks are told; None for all."""
        chosen = self._spans.value
        return chosen if isinstance(chosen, int) else None

    @property
    def name(self) -> str:
        """What stands on it as the name."""
        return self._name.text()

    @property
    def with_notes(self) -> bool:
        """Whether the user's own words are told."""
        return self._notes.isChecked()

    def show_document(self, shown: Document) -> None:
        """Show what would be written; what was told of an earlier one is gone."""
        self._sheets.show_document(shown)
        self.tell("")

    def tell(self, sentence: str, *, is_fault: bool = False, can_open: bool = False) -> None:
        """Show a sentence below the buttons; an empty one hides it."""
        self._told.setProperty("role", "alert" if is_fault else "soft")
        self._told.style().polish(self._told)
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        self._open.setVisible(can_open)

    # -- what every page has

    def take_focus(self) -> None:
        """Begin with the period."""
        self._spans.take_focus()

    def set_theme(self, theme: Theme) -> None:
        """Paper is white, but not for eyes that were asleep."""
        self._sheets.set_lamp(theme.qcolor("text_soft") if theme.name == "night" else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the pages stand below the choices."""
        super().resizeEvent(event)
        line_px = self.fontMetrics().height()
        narrow = self.width() < _NARROW * line_px
        way = QBoxLayout.Direction
        self._body.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._form.setMinimumWidth(0 if narrow else _FORM * line_px)
        self._form.setMaximumWidth(_UNBOUND_PX if narrow else _FORM * line_px)

    def _type(self) -> None:
        self._typing.start()

    def _save(self) -> None:
        if self._typing.isActive():
            # What was just typed stands on it too.
            self._typing.stop()
            self.changed.emit()
        self.save_requested.emit(self.sender().objectName())
