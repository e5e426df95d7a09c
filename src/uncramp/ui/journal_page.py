"""The journal: the sessions that were done, newest first."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeView, QVBoxLayout, QWidget

from uncramp.coach.wording import outcome_name, spent
from uncramp.model.exercise import Side
from uncramp.model.language import tr, trn
from uncramp.model.record import SessionRecord
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import card, label

_Index = QModelIndex | QPersistentModelIndex
_LEFT, _RIGHT = 3, 4
_NARROW_PX = 720


class SessionModel(QAbstractTableModel):
    """One session a row."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[SessionRecord, ...] = ()

    def set_rows(self, rows: Sequence[SessionRecord]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the number of sessions."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # as above
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._titles()[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        return self._cells(self._rows[index.row()])[index.column()]

    def _titles(self) -> tuple[str, ...]:
        return (tr("When"), tr("Routine"), tr("Work done"), tr("Left"), tr("Right"), tr("How"))

    def _cells(self, record: SessionRecord) -> tuple[str, ...]:
        sides = [record.done_on(side) for side in (Side.LEFT, Side.RIGHT)]
        return (
            record.started_at.strftime("%Y-%m-%d %H:%M"),
            record.routine_name,
            f"{spent(record.done_ms)} / {spent(record.planned_ms)}",
            *(spent(side) if side else "–" for side in sides),
            outcome_name(record.outcome),
        )


class JournalPage(QWidget):
    """The list of sessions, or what will be here when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._model = SessionModel()
        self._table = QTreeView()
        self._table.setModel(self._model)
        self._table.setRootIsDecorated(False)
        self._table.setUniformRowHeights(True)
        self._table.setFrameShape(QFrame.Shape.NoFrame)
        self._table.setAccessibleName(tr("Sessions"))
        self._table.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        header = self._table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        self._told = label("soft", wrap=True)
        self._card = card()
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.addWidget(self._table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 34, 28)
        whole.setSpacing(16)
        whole.addWidget(label("display", tr("Journal")))
        whole.addWidget(self._told)
        whole.addWidget(self._card, 1)
        whole.addStretch(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the name of the routine matters more than the sides."""
        super().resizeEvent(event)
        for column in (_LEFT, _RIGHT):
            self._table.setColumnHidden(column, self.width() < _NARROW_PX)

    def fill(self, sessions: Sequence[SessionRecord], fault: str) -> None:
        """Show the sessions, or why they cannot be shown."""
        # What was ended before any work was done is no session that anybody wants to find.
        sessions = [session for session in sessions if session.done_ms]
        self._model.set_rows(sessions)
        count = trn("{n} session", "{n} sessions", len(sessions)).format(n=len(sessions))
        nothing = tr(
            "Every session that you do is noted here by itself: what, when, how long, "
            "left and right. Start one from the routines."
        )
        self._told.setText(fault or (count if sessions else nothing))
        self._card.setVisible(bool(sessions))

    def take_focus(self) -> None:
        """Let the arrow keys go through the list."""
        self._table.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """The style sheet dresses it."""
