"""The report in the window: told anew with every choice, written, and opened."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from uncramp.analysis.record import Record
from uncramp.analysis.review import Review, review
from uncramp.coach.report.document import Document
from uncramp.coach.report.files import HTML, PDF, kind_of, write_report
from uncramp.coach.report.reading import report_of
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.file_places import documents
from uncramp.ui.frame import Frame
from uncramp.ui.report.page import ReportPage
from uncramp.ui.report.pdf import pdf


class Reporting(QObject):
    """Makes the page of the report and does what it asks for.

    Args:
        frame: shows the page, and knows the coach.
        record: what the journal knows.
        span: how many weeks are told at first; None for all.
        judged: a review of the same record, or None.
    """

    def __init__(
        self, frame: Frame, record: Record, span: int | None, judged: Review | None = None
    ) -> None:
        self.page = ReportPage(span)
        self.page.set_theme(frame.theme)
        # It is of no use without its page.
        super().__init__(self.page)
        self._frame = frame
        self._record = record
        self._today = frame.coach.read_date().date()
        self._judged = judged if judged is not None and judged.today == self._today else None
        self._document: Document | None = None
        self._written: Path | None = None
        self.page.changed.connect(self.tell_anew)
        self.page.save_requested.connect(self._choose_file)
        self.page.open_requested.connect(self.open_written)
        self.page.done.connect(frame.back_to_rooms)
        self.tell_anew()

    def show(self) -> None:
        """Show the page."""
        self._frame.show_page(self.page)
        self.page.take_focus()

    def tell_anew(self) -> None:
        """Tell the report as it is chosen now."""
        page, coach = self.page, self._frame.coach
        seen = review(self._record, self._today, page.span, self._judged)
        self._judged = self._judged or seen
        try:
            self._document = report_of(
                coach, self._record, seen, page.name, with_notes=page.with_notes
            )
        except EnvironmentFault as fault:
            page.tell(str(fault), is_fault=True)
            return
        page.show_document(self._document)

    def save(self, path: Path) -> None:
        """Write the report; the end of its name says as what."""
        kind = kind_of(path)
        if self._document is None:
            return
        if kind is None:
            words = tr("{name} must end in .pdf or .html.").format(name=path.name)
            self.page.tell(words, is_fault=True)
            return
        try:
            write_report(self._document, path, kind, pdf)
        except EnvironmentFault as fault:
            self.page.tell(str(fault), is_fault=True)
            return
        self._written = path
        words = tr("Saved as {name} in {folder}.").format(name=path.name, folder=path.parent)
        self.page.tell(words, can_open=True)

    def open_written(self) -> None:
        """Open what was written with the program that the desktop has for it."""
        if self._written is None:
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written))):
            words = tr("No program is set up here to open it. It is {path}.")
            self.page.tell(words.format(path=self._written), can_open=True)

    def _choose_file(self, kind: str) -> None:
        ending, kinds = {
            PDF: (".pdf", "PDF (*.pdf)"),
            HTML: (".html", tr("Web page (*.html)")),
        }[kind]
        name = tr("leg-cramps-{day}").format(day=self._today.isoformat())
        chosen, _ = QFileDialog.getSaveFileName(
            self._frame.window, tr("Save the report"), documents(name + ending), kinds
        )
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix else path.with_suffix(ending))
