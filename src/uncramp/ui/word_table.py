"""A table of words: rows of cells below a head, to be read and not to be changed."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

Row = Sequence[str]


class WordTable(QAbstractTableModel):
    """Rows of words; what is too long for its cell is told whole beside the mouse."""

    def __init__(self, head: Row) -> None:
        super().__init__()
        self._head = tuple(head)
        self._rows: Sequence[Row] = ()
        self._whole: Sequence[Row] = ()

    def fill(self, rows: Sequence[Row], whole: Sequence[Row] | None = None) -> None:
        """Show rows.

        Args:
            rows: as many cells each as the head has.
            whole: the same, with what was shortened for the cells; None where nothing was.
        """
        self.beginResetModel()
        self._rows = rows
        self._whole = rows if whole is None else whole
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return the number of cells of a row."""
        return 0 if parent is not None and parent.isValid() else len(self._head)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the words of a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._whole[index.row()][index.column()]
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """Return the name of a cell."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._head[section]
        return None


def table_view(model: WordTable, name: str) -> QTableView:
    """Return a view of a table whose rows are chosen whole; `name` is for screen readers."""
    made = QTableView()
    made.setModel(model)
    made.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.verticalHeader().hide()
    made.setAccessibleName(name)
    header = made.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setStretchLastSection(True)
    return made
