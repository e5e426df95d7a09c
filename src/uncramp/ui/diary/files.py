"""Files and backups of the journal: what their page asks for, done."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from uncramp.coach.coach import Coach
from uncramp.coach.diary import backups
from uncramp.coach.diary.files import (
    Changes,
    changes,
    export,
    kind_of,
    read_files,
    take,
)
from uncramp.coach.diary.losses import losses_sentences
from uncramp.journal.archive import Archive
from uncramp.journal.backup import Backup
from uncramp.model.contents import Contents
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.diary.files_page import DiaryFilesPage
from uncramp.ui.file_places import documents


class DiaryFiles(QObject):
    """Writes the journal out, reads files, brings backups back and erases.

    Signals:
        journal_changed: the journal holds something else now.
    """

    journal_changed = Signal()

    def __init__(self, coach: Coach, parent: QWidget) -> None:
        super().__init__(parent)
        self._coach = coach
        self._window = parent
        self._offer: Changes | None = None
        self._aside: Path | None = None
        self.page = DiaryFilesPage()
        self.page.export_requested.connect(self._choose_export)
        self.page.import_requested.connect(self._choose_import)
        self.page.take_requested.connect(self.take)
        self.page.restore_requested.connect(self.restore)
        self.page.undo_requested.connect(self.undo_restore)
        self.page.erase_requested.connect(self._choose_erase)
        # It is of no use without its page.
        self.page.destroyed.connect(self.deleteLater)
        self._show_backups()

    def export_to(self, path: Path, kind: str) -> None:
        """Write everything into a file."""
        try:
            contents, losses = self._archive().rescue()
            export(contents, path, kind)
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
            return
        written = tr("Written: {path}").format(path=path)
        self.page.tell(" ".join([written, *losses_sentences(losses)]))

    def look_at(self, path: Path) -> None:
        """Show what a file would change."""
        try:
            read, problems = read_files(path)
            self._offer = found = changes(self._archive().read()[0], read)
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
            return
        self.page.tell("")
        new = found.new != Contents()
        different = found.different != Contents()
        told = tr("{new} new, {same} the same, {different} otherwise than here.").format(
            new=found.new.count, same=found.same, different=found.different.count
        )
        if not new and not different:
            told = tr("There is nothing new in it.")
        self.page.show_offer(f"{path.name}: {told}", problems, new=new, different=different)

    def take(self, with_different: bool) -> None:
        """Take what a file offers."""
        offer, self._offer = self._offer, None
        if offer is None:
            return
        try:
            take(self._coach, offer, with_different=with_different)
        except EnvironmentFault as fault:
            self._offer = offer
            self.page.tell(str(fault))
            return
        self.page.show_offer("", (), new=False, different=False)
        self.page.tell(tr("Taken. The journal from before is the backup of today."))
        self._show_backups()
        self.journal_changed.emit()

    def restore(self, chosen: Backup) -> None:
        """Put a backup in the journal's place."""
        try:
            aside = backups.restore(self._coach, chosen)
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
            return
        told = tr("The journal is as it was then.")
        if aside is not None:
            kept = tr("The one of now is kept as {path}.").format(path=aside)
            told = f"{told} {kept}"
        self.page.tell(told)
        self._aside = aside
        if aside is not None:
            self.page.offer_undo()
        self._show_backups()
        self.journal_changed.emit()

    def undo_restore(self) -> None:
        """Put the journal back that a backup has taken the place of."""
        aside, self._aside = self._aside, None
        if aside is not None:
            self.restore(Backup(aside, self._coach.read_date().date(), 0))

    def erase(self, keep_in: Path | None) -> None:
        """Erase everything, after a last copy where one is wanted."""
        try:
            backups.erase(self._coach, keep_in)
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
            return
        told = tr("Everything was erased.")
        if keep_in is not None:
            told = tr("Everything was erased. The last copy is {path}.").format(path=keep_in)
        self.page.tell(told)
        self._show_backups()
        self.journal_changed.emit()

    # -- the dialogs

    def _choose_export(self, kind: str) -> None:
        ending, kinds = (".json", "JSON (*.json)") if kind == "json" else (".zip", "Zip (*.zip)")
        path = self._new_file(
            tr("Write the journal into a file"), f"uncramp-journal{ending}", kinds
        )
        if path is not None:
            self.export_to(path, kind_of(path))

    def _choose_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Read a file into the journal"),
            documents(),
            tr("Journals ({patterns})").format(patterns="*.json *.zip *.csv"),
        )
        if name:
            self.look_at(Path(name))

    def _choose_erase(self, keeps: bool) -> None:
        path = None
        if keeps:
            title = tr("Where the last copy goes")
            path = self._new_file(title, "uncramp-journal.sqlite", "SQLite (*.sqlite)")
            if path is None:
                self.page.tell(tr("Nothing was erased."))
                return
        self.erase(path)

    def _new_file(self, title: str, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, documents(name), kinds)
        path = Path(chosen) if chosen else None
        return path.with_suffix(Path(name).suffix) if path and not path.suffix else path

    def _archive(self) -> Archive:
        if self._coach.journal is None:
            raise self._coach.journal_fault or EnvironmentFault(tr("There is no journal."))
        return Archive(self._coach.journal)

    def _show_backups(self) -> None:
        self.page.show_backups(backups.backups(self._coach))
