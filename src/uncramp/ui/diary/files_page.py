"""The journal as files: written out, read again, backed up, brought back, erased."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.diary.entries import long_day
from uncramp.journal.backup import Backup
from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.ui.flow import FlowLayout
from uncramp.ui.page import Page
from uncramp.ui.painted import Switch
from uncramp.ui.widgets import button, card, label, scroll_area

_SHOWN_PROBLEMS = 50


class DiaryFilesPage(Page):
    """Export, import, backups and erasing, each in a card.

    Signals:
        export_requested: "json" or "csv".
        import_requested: files shall be chosen.
        templates_requested: tables to fill in are wanted.
        import_undo_requested: the last import shall be taken back.
        take_requested: whether what is otherwise in the journal is replaced.
        restore_requested: the Backup that shall come back.
        undo_requested: the journal from before the last return shall come back.
        erase_requested: whether a last copy is kept.
        done: back to the journal.
    """

    export_requested = Signal(str)
    import_requested = Signal()
    templates_requested = Signal()
    import_undo_requested = Signal()
    take_requested = Signal(bool)
    restore_requested = Signal(object)
    undo_requested = Signal()
    erase_requested = Signal(bool)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._backups: Sequence[Backup] = ()
        done = button(tr("Done"), kind="primary", tip=tr("Esc"))
        done.clicked.connect(self.done)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 8, 0)
        head.addWidget(label("title", tr("Files and backups")), 1)
        head.addWidget(done)
        self._told = label("soft", wrap=True)
        self._told.hide()
        self._undo = button(tr("Undo"), kind="primary")
        self._undo.clicked.connect(self.undo_requested)
        self._undo.hide()
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        for made in (
            self._built_backups(),
            self._built_export(),
            self._built_import(),
            self._built_erase(),
        ):
            column.addWidget(made)
        column.addStretch(1)
        area = scroll_area(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 24, 26, 18)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._told)
        whole.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(area, 1)

    # -- building

    def _built_backups(self) -> QFrame:
        made, column = _titled(
            tr("Backups"),
            tr(
                "Uncramp automatically keeps a copy for each of the last fourteen days and twelve "
                "months. When you restore one, your present journal is kept as well."
            ),
        )
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Backups"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemSelectionChanged.connect(self._show_restore)
        column.addWidget(self._list)
        self._restore = button(tr("Restore this copy"))
        self._restore.clicked.connect(self._restore_chosen)
        column.addWidget(self._restore, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _built_export(self) -> QFrame:
        made, column = _titled(
            tr("Export"),
            tr(
                "Everything in one file: as JSON for other programs, or as tables for a "
                "spreadsheet. Uncramp can import both again exactly."
            ),
        )
        row = QHBoxLayout()
        self._exports = {"json": button(tr("JSON…")), "csv": button(tr("Tables (CSV)…"))}
        for made_button in self._exports.values():
            made_button.clicked.connect(self._export)
            row.addWidget(made_button)
        row.addStretch(1)
        column.addLayout(row)
        return made

    def _built_import(self) -> QFrame:
        made, column = _titled(
            tr("Import"),
            tr(
                "An Uncramp export, or a record that you kept in a spreadsheet: save the blank "
                "tables, fill them in, and choose them here. You see what would change first, and "
                "nothing is overwritten unless you say so."
            ),
        )
        choose = self._choose = button(tr("Choose files…"))
        choose.clicked.connect(self.import_requested)
        templates = button(tr("Save blank tables…"))
        templates.clicked.connect(self.templates_requested)
        self._undo_import = button("")
        self._undo_import.clicked.connect(self.import_undo_requested)
        room = QWidget()
        buttons = FlowLayout(parent=room)
        for part in (choose, templates, self._undo_import):
            buttons.addWidget(part)
        column.addWidget(room)
        self._summary = label("body", wrap=True)
        self._problems = label("soft", wrap=True)
        self._problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        self._take = button(tr("Import what is new"), kind="primary")
        self._take.clicked.connect(self._take_new)
        self._replace = button(tr("Also replace what differs"))
        self._replace.clicked.connect(self._take_all)
        for answer in (self._take, self._replace):
            row.addWidget(answer)
        row.addStretch(1)
        for widget in (self._summary, self._problems):
            column.addWidget(widget)
        column.addLayout(row)
        self.show_offer("", (), new=False, different=False)
        return made

    def _built_erase(self) -> QFrame:
        made, column = _titled(
            tr("Erase everything"),
            tr(
                "Sessions, nights, cramps, days, runs, the plan and all backups are erased for "
                "good. Your own routines and the settings stay."
            ),
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        self._keep = Switch()
        self._keep.setChecked(True)
        self._keep.setAccessibleName(tr("Keep a last copy in a place I choose"))
        row.addWidget(self._keep)
        row.addWidget(label("body", tr("Keep a last copy in a place I choose"), wrap=True), 1)
        column.addLayout(row)
        line = QHBoxLayout()
        line.setSpacing(12)
        self._word = QLineEdit()
        hint = tr("Type {word} to confirm").format(word=erase_word())
        self._word.setPlaceholderText(hint)
        self._word.setAccessibleName(hint)
        self._word.textChanged.connect(self._show_erase)
        self._erase = button(tr("Erase"), kind="alert")
        self._erase.clicked.connect(self._erase_all)
        line.addWidget(self._word, 1)
        line.addWidget(self._erase)
        column.addLayout(line)
        self._show_erase()
        return made

    # -- what is shown

    def show_backups(self, found: Sequence[Backup]) -> None:
        """Show the dated copies, newest first."""
        self._backups = found
        self._list.clear()
        self._list.addItems(
            [
                tr("{day}, {size} kB").format(day=long_day(one.day), size=one.size_bytes // 1000)
                for one in found
            ]
        )
        line = self.fontMetrics().height() + 14
        self._list.setFixedHeight(min(max(len(found), 1), 5) * line + 8)
        self._list.setVisible(bool(found))
        self._restore.setVisible(bool(found))
        self._show_restore()

    def show_offer(
        self, summary: str, problems: Sequence[Problem], *, new: bool, different: bool
    ) -> None:
        """Show what a file would change, and what is wrong with it."""
        self._summary.setText(summary)
        self._summary.setVisible(bool(summary))
        lines = [str(problem) for problem in problems[:_SHOWN_PROBLEMS]]
        if problems:
            lines.insert(0, tr("Not understood, and left out:"))
        self._problems.setText("\n".join(lines))
        self._problems.setVisible(bool(problems))
        self._take.setVisible(new)
        self._replace.setVisible(different)

    def show_last_import(self, name: str) -> None:
        """Offer to take the import of a file back; "" offers nothing."""
        self._undo_import.setText(tr("Undo the import of {name}").format(name=name))
        self._undo_import.setVisible(bool(name))

    def rest_focus(self) -> None:
        """Stand where a key does no harm: what was pressed is gone, and below it is erased."""
        self._choose.setFocus()

    def tell(self, sentence: str) -> None:
        """Show a sentence; an empty one hides it."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        self._undo.hide()
        if sentence:
            # What was pressed may be gone; the keys must not land on the switch of erasing.
            self._told.setFocus()

    def offer_undo(self) -> None:
        """Offer to take back what was told last."""
        self._undo.show()

    def take_focus(self) -> None:
        """Begin with the backups."""
        (self._list if self._backups else self._exports["json"]).setFocus()

    # -- what is done

    def _show_restore(self) -> None:
        self._restore.setEnabled(self._list.currentRow() >= 0)

    def _restore_chosen(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._backups):
            self.restore_requested.emit(self._backups[row])

    def _export(self) -> None:
        kind = next(name for name, made in self._exports.items() if made is self.sender())
        self.export_requested.emit(kind)

    def _take_new(self) -> None:
        self.take_requested.emit(False)

    def _take_all(self) -> None:
        self.take_requested.emit(True)

    def _show_erase(self) -> None:
        self._erase.setEnabled(self._word.text().strip() == erase_word())

    def _erase_all(self) -> None:
        if self._word.text().strip() == erase_word():
            self._word.clear()
            self.erase_requested.emit(self._keep.isChecked())

    def leave(self) -> None:
        """Go back to the journal."""
        self.done.emit()


def erase_word() -> str:
    """Return the word that confirms erasing."""
    return tr("ERASE")


def _titled(title: str, words: str) -> tuple[QFrame, QVBoxLayout]:
    made = card()
    column = QVBoxLayout(made)
    column.setContentsMargins(24, 16, 24, 18)
    column.setSpacing(8)
    column.addWidget(label("heading", title))
    column.addWidget(label("soft", words, wrap=True))
    return made, column
