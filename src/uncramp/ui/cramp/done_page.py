"""After a cramp: it is in the journal; one more tap for pain and what helped, and undo."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uncramp.coach.cramp.relief import Episode
from uncramp.coach.cramp.wording import context_name, cramp_line, relief_name
from uncramp.model.diary import CrampContext, Relief
from uncramp.model.language import tr
from uncramp.ui.cramp.chips import Chips, Scale
from uncramp.ui.page import Page, plain_key
from uncramp.ui.widgets import KeyButton, button, card, label, scroll_area, set_role


class CrampDonePage(Page):
    """Shows what was noted; each tap is written at once.

    Signals:
        done: the user has seen it.
    """

    done = Signal()

    def __init__(self, episode: Episode) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._episode = episode
        self._headline = label("display")
        self._line = label("heading", wrap=True)
        self._told = label("soft", wrap=True)
        self._pain = Scale(tr("Pain"))
        reliefs = ((one, relief_name(one)) for one in Relief)
        self._relief = Chips(reliefs, tr("What helped"), several=True)
        contexts = ((one, context_name(one)) for one in CrampContext)
        self._context = Chips(contexts, tr("Situation"), needed=True)
        self._undo = button(tr("Undo"), kind="quiet", tip=tr("Remove it from the journal"))
        self._done = KeyButton(tr("Done"), tr("Enter"), kind="primary")
        self._build()
        self._pain.set_level(episode.cramp.pain)
        self._relief.set_values(episode.cramp.relief)
        self._context.set_values((episode.cramp.context,))
        for chips in (self._pain, self._relief, self._context):
            chips.changed.connect(self._write)
        self._undo.clicked.connect(self._undo_or_bring_back)
        self._done.clicked.connect(self.done)
        self._show()

    def _build(self) -> None:
        inside = card()
        column = QVBoxLayout(inside)
        column.setContentsMargins(36, 30, 36, 28)
        column.setSpacing(8)
        column.addWidget(self._headline)
        column.addWidget(self._line)
        column.addWidget(self._told)
        self._questions = QWidget()
        self._questions.setObjectName("on_card")
        rows = QVBoxLayout(self._questions)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(6)
        for words, chips in (
            (tr("How strong was the pain? (0 none, 10 the worst)"), self._pain),
            (tr("What helped?"), self._relief),
            (tr("What were you doing?"), self._context),
        ):
            rows.addWidget(label("soft", words, wrap=True))
            rows.addWidget(chips)
            rows.addSpacing(6)
        column.addWidget(self._questions)
        foot = QHBoxLayout()
        foot.addWidget(self._undo)
        foot.addStretch(1)
        foot.addWidget(self._done)
        column.addSpacing(6)
        column.addLayout(foot)
        inside.setMaximumWidth(760)
        around = QWidget()
        around.setObjectName("scrolled")
        row = QHBoxLayout(around)
        row.setContentsMargins(24, 20, 24, 20)
        row.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inside)
        middle.addStretch(1)
        row.addLayout(middle, 12)
        row.addStretch(1)
        area = scroll_area(around)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def take_focus(self) -> None:
        """Let Enter go on and the digits tell the pain."""
        self._done.setFocus()

    def _show(self) -> None:
        episode = self._episode
        night = episode.cramp.context is CrampContext.NIGHT
        undone = episode.is_undone
        headline = tr("It has eased") if episode.cramp.seconds is not None else tr("Recorded")
        self._headline.setText(tr("Removed from the journal") if undone else headline)
        self._line.setText(cramp_line(episode.cramp))
        self._questions.setVisible(not undone)
        self._undo.setText(tr("Put it back") if undone else tr("Undo"))
        if undone:
            words = tr("This cramp is no longer in your journal.")
        elif episode.fault is not None:
            words = tr("It could not be saved in the journal. {why}").format(why=episode.fault)
        elif night:
            words = tr(
                "It is in your journal. Sleep well: the rest can wait until tomorrow. The window "
                "stays dark until morning."
            )
        else:
            words = tr("It is in your journal.")
        role = "alert" if episode.fault is not None else "soft"
        set_role(self._told, role)
        self._told.setText(words)

    def _write(self) -> None:
        context = self._context.value
        assert isinstance(context, CrampContext)
        relief = tuple(one for one in self._relief.values if isinstance(one, Relief))
        cramp = replace(self._episode.cramp, pain=self._pain.level, relief=relief, context=context)
        self._episode.change(cramp)
        self._show()

    def _undo_or_bring_back(self) -> None:
        if self._episode.is_undone:
            self._episode.bring_back()
        else:
            self._episode.undo()
        self._show()
        self.take_focus()  # else Enter would take back what was just decided

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc go on; a digit tells the pain."""
        key = plain_key(event)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.done.emit()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and not self._episode.is_undone:
            self._pain.tap(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)
