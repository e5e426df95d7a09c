"""The recordings of an import as rows, each of which can be taken or left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from uncramp.coach.diary.entries import distance_words
from uncramp.coach.runs.importing import TAKEN, FileResult, ImportReport, Offer, Status
from uncramp.coach.times import spent
from uncramp.coach.when import when_text
from uncramp.model.language import tr
from uncramp.ui.word_table import WordTable

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A recording, or a file without one.

    Attributes:
        result: what came of its file.
        offer: the recording; None for a file without one.
    """

    result: FileResult
    offer: Offer | None = None

    @property
    def status(self) -> Status:
        """What came of it."""
        return self.result.status if self.offer is None else self.offer.status

    @property
    def reason(self) -> str:
        """Why, where it is not simply a run."""
        if self.offer is None or len(self.result.offers) == 1:
            return self.result.reason
        return self.offer.reason


def import_rows(report: ImportReport) -> tuple[ImportRow, ...]:
    """Return a row for each recording, and for each file without one."""
    return tuple(
        ImportRow(result, offer)
        for result in report.results
        for offer in (result.offers or (None,))
    )


class ImportTable(WordTable):
    """Rows with a box to tick where the user may say that it was a run.

    Signals:
        chosen_changed: other runs are ticked now.

    Attributes:
        chosen: the ids of the runs that are ticked.
    """

    chosen_changed = Signal()

    def __init__(self, *, miles: bool) -> None:
        super().__init__(
            (tr("File"), tr("Day"), tr("Distance"), tr("Time"), tr("Sport"), tr("It is"), tr("Why"))
        )
        self.chosen: set[str] = set()
        self._miles = miles
        self._shown: tuple[ImportRow, ...] = ()
        self._is_open = False

    def begin(self, report: ImportReport) -> None:
        """Tick what is certain enough in a new report."""
        self.chosen = {offer.run.id for offer in report.offers if offer.status in TAKEN}
        self._is_open = True

    def end(self) -> None:
        """Take no more ticks: the chosen runs are in the journal."""
        self._is_open = False
        self.fill(self._rows, self._whole)

    def show_rows(self, rows: Sequence[ImportRow]) -> None:
        """Show some of the rows of the report."""
        self._shown = tuple(rows)
        shared = _shared([row.result.file for row in rows])
        self.fill([self._words(row, shared) for row in rows], [self._words(row, 0) for row in rows])

    def mark(self, numbers: Iterable[int], *, taken: bool) -> None:
        """Tick rows, or take their ticks away; those without a box stay as they are."""
        for number in numbers:
            offer = self._tickable(number)
            if offer is not None and taken:
                self.chosen.add(offer.run.id)
            elif offer is not None:
                self.chosen.discard(offer.run.id)
        if self._shown:
            last = self.index(len(self._shown) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.chosen_changed.emit()

    def has_boxes(self, numbers: Iterable[int]) -> bool:
        """Whether one of the rows can be ticked."""
        return any(self._tickable(number) is not None for number in numbers)

    def reason(self, numbers: Sequence[int]) -> str:
        """Return the whole reason of the row that is chosen; empty for none, and for several."""
        if len(numbers) != 1:
            return ""
        row = self._shown[numbers[0]]
        name = row.result.file.replace("\\", "/").rpartition("/")[2]
        return f"{name}: {row.reason}" if row.reason else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, and in the first whether it is ticked."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            offer = self._tickable(index.row())
            if offer is None:
                return None
            is_chosen = offer.run.id in self.chosen
            return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row by its box, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or self._tickable(index.row()) is None:
            return False
        self.mark([index.row()], taken=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the boxes be ticked."""
        shown = super().flags(index)
        if index.isValid() and index.column() == 0 and self._tickable(index.row()) is not None:
            return shown | Qt.ItemFlag.ItemIsUserCheckable
        return shown

    def _tickable(self, number: int) -> Offer | None:
        offer = self._shown[number].offer
        return offer if self._is_open and offer is not None and offer.can_be_taken else None

    def _words(self, row: ImportRow, shared: int) -> tuple[str, ...]:
        offer = row.offer
        if offer is None:
            about = ("", "", "", "")
        else:
            run = offer.run
            far = "" if run.metres is None else distance_words(run.metres, miles=self._miles)
            about = (when_text(run.started), far, spent(run.seconds * 1000), offer.called)
        return (row.result.file[shared:], *about, status_name(row.status), row.reason)


def _shared(files: Sequence[str]) -> int:
    """Return how many letters of folders all names begin with: nobody needs them in each row."""
    folders = [file.replace("\\", "/").rpartition("/")[0] for file in files]
    if not folders or not all(folders):
        return 0
    parts = [folder.split("/") for folder in folders]
    same = 0
    while all(len(part) > same and part[same] == parts[0][same] for part in parts):
        same += 1
    return len("/".join(parts[0][:same])) + 1 if same else 0


def status_name(status: Status) -> str:
    """Return what came of a recording, in a word or two."""
    return {
        Status.IMPORTED: tr("A run"),
        Status.DUPLICATE: tr("A copy"),
        Status.DOUBTFUL: tr("Doubtful"),
        Status.NOT_A_RUN: tr("Not a run"),
        Status.PARTIAL: tr("Part of a run"),
        Status.UNREADABLE: tr("Unreadable"),
    }[status]
