"""What files of runs would bring: shown before it is taken, file by file with its reason."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.runs.importing import ImportReport, Status
from uncramp.model.language import tr, trn
from uncramp.ui.cramp.chips import Chips
from uncramp.ui.page import Page
from uncramp.ui.runs.import_table import ImportRow, ImportTable, import_rows, status_name
from uncramp.ui.widgets import button, discard, label, scroll_area
from uncramp.ui.word_table import table_view

_FILE_SHARE = 0.24
_TABLE_LINES = 8
_NARROWEST = 300


class ImportPage(Page):
    """Chooses files, shows what they would bring, and takes it.

    Signals:
        files_requested: files are to be chosen.
        folder_requested: a folder is to be chosen.
        take_requested: what is shown is to be written.
        undo_requested: the last import is to be taken back.
        cancel_requested: reading is to stop.
        watch_requested: a folder to be watched is to be chosen.
        watch_none_requested: no folder is to be watched any more.
        back_requested: the rooms are wanted again.
    """

    files_requested = Signal()
    folder_requested = Signal()
    take_requested = Signal()
    undo_requested = Signal()
    cancel_requested = Signal()
    watch_requested = Signal()
    watch_none_requested = Signal()
    back_requested = Signal()

    def __init__(self, *, miles: bool) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._report: ImportReport | None = None
        self._rows: tuple[ImportRow, ...] = ()
        back = button(tr("Back"), kind="quiet", tip=tr("Esc"))
        back.clicked.connect(self.back_requested)
        self._back = back
        top = QHBoxLayout()
        top.addWidget(label("display", tr("Runs from files"), wrap=True), 1)
        top.addWidget(back)
        words = tr(
            "FIT, TCX and GPX files, compressed or not; the exports of Strava, Garmin and "
            "Apple Health; lists from intervals.icu. Your route is never stored, and "
            "nothing leaves this computer."
        )
        self._files = button(tr("Choose files…"), kind="primary")
        self._files.clicked.connect(self.files_requested)
        folder = button(tr("Choose a folder…"))
        folder.clicked.connect(self.folder_requested)
        self._folder = folder
        choose = QHBoxLayout()
        choose.setSpacing(10)
        choose.addWidget(self._files)
        choose.addWidget(folder)
        choose.addStretch(1)
        self._watched = label("soft", wrap=True)
        watch = button(tr("Watch a folder…"), kind="small")
        watch.clicked.connect(self.watch_requested)
        self._unwatch = button(tr("Stop watching"), kind="small")
        self._unwatch.clicked.connect(self.watch_none_requested)
        watching = QHBoxLayout()
        watching.setSpacing(10)
        watching.addWidget(self._watched, 1)
        watching.addWidget(watch)
        watching.addWidget(self._unwatch)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Files read"))
        self._counted = label("soft")
        widest = tr("{done} of {many}").format(done=88_888, many=88_888)
        self._counted.setMinimumWidth(self._counted.fontMetrics().horizontalAdvance(widest))
        self._cancel = button(tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_requested)
        self._working = QWidget()
        row = QHBoxLayout(self._working)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._bar, 1)
        row.addWidget(self._counted)
        row.addWidget(self._cancel)
        self._told = label("heading", wrap=True)
        self._take = button("", kind="primary")
        self._take.clicked.connect(self.take_requested)
        self._undo = button(tr("Undo"))
        self._undo.clicked.connect(self.undo_requested)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        answers.addWidget(self._told, 1)
        answers.addWidget(self._take)
        answers.addWidget(self._undo)
        self._shown = Chips([("", tr("All"))], tr("Files shown"), needed=True)
        self._shown.changed.connect(self._filter)
        self._chips = QVBoxLayout()
        self._chips.addWidget(self._shown)
        self._model = ImportTable(miles=miles)
        self._model.chosen_changed.connect(self._show_chosen)
        self.table = table_view(self._model, tr("Recordings and what they contain"))
        self._was_run = button(tr("It was a run"), kind="small")
        self._was_run.clicked.connect(self._tick)
        self._was_none = button(tr("It was not"), kind="small")
        self._was_none.clicked.connect(self._untick)
        self.table.selectionModel().selectionChanged.connect(self._show_choices)
        choices = QHBoxLayout()
        choices.setSpacing(10)
        choices.addLayout(self._chips, 1)
        choices.addWidget(self._was_run)
        choices.addWidget(self._was_none)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        inside = QWidget()
        inside.setObjectName("scrolled")
        area = scroll_area(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(34, 28, 24, 12)
        outer.addWidget(area)
        self.table.setMinimumHeight(_TABLE_LINES * self.fontMetrics().height())
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 10, 8)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(label("soft", words, wrap=True))
        whole.addLayout(choose)
        whole.addLayout(watching)
        whole.addWidget(self._working)
        whole.addLayout(answers)
        whole.addLayout(choices)
        whole.addWidget(self.table, 1)
        self._reason = label("soft", wrap=True)
        whole.addWidget(self._reason)
        self._nothing = QWidget()
        whole.addWidget(self._nothing, 1)
        self.show_idle("")

    # -- what is shown

    def show_idle(self, sentence: str, *, can_undo: bool = False) -> None:
        """Show a sentence and nothing else."""
        self._report = None
        self._set(sentence, working=False, has_files=False, can_undo=can_undo)

    def show_watched(self, folder: str) -> None:
        """Show which folder is watched; an empty name for none."""
        self._unwatch.setVisible(bool(folder))
        self._watched.setText(
            tr("New files in {folder} are found automatically and offered to you.").format(
                folder=folder
            )
            if folder
            else tr("Uncramp can watch a folder that your watch or its software writes to.")
        )

    def show_progress(self, done: int, many: int) -> None:
        """Show how far the reading is; of none or one file only that something is done."""
        begins = self._working.isHidden()
        self._set("", working=True, has_files=False, can_undo=False)
        if begins:
            # The button that was pressed is asleep meanwhile; Enter must not reach its neighbour.
            self._cancel.setFocus()
        self._bar.setRange(0, many if many > 1 else 0)
        self._bar.setValue(done)
        counted = tr("{done} of {many}").format(done=done, many=many)
        self._counted.setText(counted if many else tr("Looking for recordings"))

    def show_report(self, report: ImportReport) -> None:
        """Show what the files would bring."""
        self._report = report
        self._set(summary(report), working=False, has_files=True, can_undo=False)
        self._model.begin(report)
        self._fill_chips(report)
        self._filter()
        self._show_chosen()
        if self._model.chosen:
            self._take.setFocus()

    def show_taken(self, sentence: str, *, can_undo: bool) -> None:
        """Show that it was written; the files stay to be read."""
        self._told.setText(sentence)
        self._take.hide()
        self._model.end()
        self._show_choices()
        self._undo.setVisible(can_undo)
        self._back.setFocus()  # a second Enter goes on, and takes nothing back

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of the runs that are ticked."""
        return frozenset(self._model.chosen)

    def tell_fault(self, sentence: str) -> None:
        """Show why it could not be done."""
        self._told.setText(sentence)

    def _set(self, sentence: str, *, working: bool, has_files: bool, can_undo: bool) -> None:
        self._told.setText(sentence)
        self._working.setVisible(working)
        self._files.setEnabled(not working)
        self._folder.setEnabled(not working)
        self._take.hide()
        self._undo.setVisible(can_undo)
        self._shown.setVisible(has_files)
        self.table.setVisible(has_files)
        self._was_run.setVisible(has_files)
        self._was_none.setVisible(has_files)
        self._reason.setVisible(has_files)
        self._nothing.setVisible(not has_files)

    def _fill_chips(self, report: ImportReport) -> None:
        old = self._shown
        self._rows = import_rows(report)
        counts = Counter(row.status for row in self._rows)
        named = [
            (status.value, f"{status_name(status)}: {counts[status]}")
            for status in Status
            if counts[status]
        ]
        self._shown = Chips(
            [("", tr("All: {n}").format(n=len(self._rows))), *named],
            tr("Files shown"),
            needed=True,
        )
        self._shown.set_values(("",))
        self._shown.changed.connect(self._filter)
        self._chips.replaceWidget(old, self._shown)
        discard(old)

    def _filter(self) -> None:
        if self._report is None:
            return
        wanted = str(self._shown.value or "")
        rows = [row for row in self._rows if not wanted or row.status.value == wanted]
        self._model.show_rows(rows)
        self._show_choices()
        self._share_room()

    def _share_room(self) -> None:
        header = self.table.horizontalHeader()
        room = max(_NARROWEST, self.table.viewport().width())
        header.resizeSection(0, round(room * _FILE_SHARE))
        for column in range(1, self._model.columnCount() - 1):
            self.table.resizeColumnToContents(column)

    # -- what is ticked

    def _selected(self) -> list[int]:
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def _tick(self) -> None:
        self._model.mark(self._selected(), taken=True)

    def _untick(self) -> None:
        self._model.mark(self._selected(), taken=False)

    def _show_choices(self) -> None:
        can_choose = self._model.has_boxes(self._selected())
        self._was_run.setEnabled(can_choose)
        self._was_none.setEnabled(can_choose)
        self._reason.setText(self._model.reason(self._selected()))

    def _show_chosen(self) -> None:
        n = len(self._model.chosen)
        self._take.setText(trn("Import {n} run", "Import {n} runs", n).format(n=n))
        self._take.setVisible(n > 0)

    # -- what every page has

    def take_focus(self) -> None:
        """Let Enter choose files."""
        self._files.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the reasons what the names of the files do not need."""
        super().resizeEvent(event)
        self._share_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)


def summary(report: ImportReport) -> str:
    """Return what was found in one sentence."""
    n = len(report.results)
    files = trn("{n} file was read", "{n} files were read", n).format(n=n)
    runs = len(report.runs)
    new = trn("{n} new run", "{n} new runs", runs).format(n=runs) if runs else tr("no new run")
    words = tr("{files}: {new}.").format(files=files, new=new)
    doubtful = sum(offer.status is Status.DOUBTFUL for offer in report.offers)
    if doubtful:
        rest = trn(
            "{n} is doubtful, and not ticked.", "{n} are doubtful, and not ticked.", doubtful
        )
        words = f"{words} {rest.format(n=doubtful)}"
    if report.others:
        rest = trn("{n} other file was skipped.", "{n} other files were skipped.", report.others)
        words = f"{words} {rest.format(n=report.others)}"
    if report.cancelled:
        words = f"{words} {tr('Reading was stopped before the end.')}"
    return words
