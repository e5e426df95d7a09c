"""The guide's room: its pages as a list to be searched, and the one that is read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from uncramp.coach.guide.pages import GuidePage, found, load_guide, support_words
from uncramp.model.language import tr
from uncramp.ui.frame import Frame
from uncramp.ui.links import link_label
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, card, label, replace_content, scroll_area

_NARROW = 29
"""In heights of a line: less is too narrow for two things side by side."""
_LIST_LINES = 6.5
_FIGURE_PX = 150
_WIDEST = 46


class _Search(QLineEdit):
    """A field from which the arrow goes down into the list.

    Signals:
        left: the list is wanted.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down, or clear on Esc."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class GuideRoom(Page):
    """Pages to be read."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._frame = frame
        self._pages = load_guide(frame.places.assets)
        self._page: GuidePage | None = None
        self._figure: QLabel | None = None
        self._search = _Search()
        self._search.setPlaceholderText(tr("Search the guide"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._find)
        self._search.left.connect(self._to_list)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Pages"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setWordWrap(True)
        self._list.currentRowChanged.connect(self._choose)
        self._none = label("soft", tr("No page contains all these words."), wrap=True)
        self._none.hide()
        self._area = scroll_area()
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._search)
        left.addWidget(self._none)
        left.addWidget(self._list, 1)
        signs = button(tr("When to get help"))
        signs.clicked.connect(frame.safety_requested)
        left.addWidget(signs, 0, Qt.AlignmentFlag.AlignLeft)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(22)
        self._halves.addLayout(left, 2)
        self._halves.addWidget(self._area, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(34, 28, 24, 16)
        whole.setSpacing(14)
        whole.addWidget(label("display", tr("Guide")))
        whole.addLayout(self._halves, 1)
        self._find("")

    # -- what every room has

    def take_focus(self) -> None:
        """Let the keys go to the search."""
        self._search.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw the figure in other colours."""
        del theme
        self._show_figure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list stands above the page."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * self.fontMetrics().height()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        # Below each other the list takes what it asks for, and the page the rest.
        self._halves.setStretch(0, 0 if narrow else 2)
        line = self.fontMetrics().height()
        self._list.setMaximumHeight(round(line * _LIST_LINES) if narrow else 16_777_215)

    # -- finding

    @property
    def page(self) -> GuidePage | None:
        """The page that is read."""
        return self._page

    def open(self, page_id: str) -> None:
        """Show a page by its id."""
        self._search.clear()
        for number, page in enumerate(self._pages):
            if page.id == page_id:
                self._list.setCurrentRow(number)

    def _find(self, words: str) -> None:
        fits = found(self._pages, words)
        kept = self._page if self._page in fits else None
        self._list.blockSignals(True)
        self._list.clear()
        for page in fits:
            entry = QListWidgetItem(page.title)
            entry.setToolTip(page.lead)
            entry.setData(Qt.ItemDataRole.UserRole, page.id)
            self._list.addItem(entry)
        self._list.blockSignals(False)
        self._none.setVisible(not fits)
        if fits:
            self._list.setCurrentRow(fits.index(kept) if kept is not None else 0)

    def _to_list(self) -> None:
        self._list.setFocus()

    def _choose(self, row: int) -> None:
        entry = self._list.item(row)
        if entry is None:
            return
        wanted = entry.data(Qt.ItemDataRole.UserRole)
        page = next(one for one in self._pages if one.id == wanted)
        if page is not self._page:
            self._page = page
            replace_content(self._area, self._built(page))
            self._area.verticalScrollBar().setValue(0)

    # -- the page

    def _built(self, page: GuidePage) -> QWidget:
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(_WIDEST * self.fontMetrics().height())
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 12)
        column.setSpacing(14)
        column.addWidget(self._built_head(page))
        for section in page.sections:
            made = card()
            part = QVBoxLayout(made)
            part.setContentsMargins(22, 18, 22, 18)
            part.setSpacing(6)
            part.addWidget(label("heading", section.heading, wrap=True))
            for item in section.items:
                part.addWidget(_readable(label("body", item.text, wrap=True)))
                support = support_words(item)
                if support:
                    part.addWidget(_readable(label("source", support, wrap=True)))
                for work in item.sources:
                    part.addWidget(link_label(work.words, work.link))
            column.addWidget(made)
        column.addStretch(1)
        return inside

    def _built_head(self, page: GuidePage) -> QWidget:
        head = QWidget()
        head.setObjectName("scrolled")
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addStretch(1)
        words.addWidget(label("title", page.title, wrap=True))
        words.addWidget(label("feel", page.lead, wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        self._figure = None
        if page.figure:
            self._figure = QLabel()
            self._figure.setObjectName("stage")
            self._figure.setFixedSize(_FIGURE_PX, _FIGURE_PX)
            self._figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(self._figure)
            self._show_figure()
        return head

    def _show_figure(self) -> None:
        if self._figure is not None and self._page is not None and self._page.figure:
            self._figure.setPixmap(self._frame.picture(self._page.figure, _FIGURE_PX - 12))


def _readable(made: QLabel) -> QLabel:
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
