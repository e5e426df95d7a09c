"""A document as PDF: real text, and drawings as vectors."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from uncramp import __version__
from uncramp.coach.report.document import Document
from uncramp.ui.offscreen import ensure_application
from uncramp.ui.report.paper import Paper

_DPI = 1200


def pdf(shown: Document) -> bytes:
    """Return the document as the content of a PDF file."""
    ensure_application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    writer.setTitle(", ".join(filter(None, (shown.title, shown.name, shown.lines[0]))))
    writer.setCreator(f"Uncramp {__version__}")
    paper = Paper(shown, writer)
    painter = QPainter(writer)
    for page in range(paper.pages):
        if page:
            writer.newPage()
        paper.paint(painter, page)
    painter.end()
    buffer.close()
    return bytes(content.data())
