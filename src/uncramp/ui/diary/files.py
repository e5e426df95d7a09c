"""Files and backups of the journal: what their page asks for, done."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from uncramp.coach.coach import Coach
from uncramp.coach.diary import backups
from uncramp.coach.diary.files import export, kind_of
from uncramp.coach.diary.history import write_templates
from uncramp.coach.diary.losses import losses_sentences
from uncramp.coach.diary.taking import Offer, last_entry_import, look_at, take, undo_last_entries
from uncramp.journal.archive import Archive
from uncramp.journal.backup import Backup
from uncramp.model.contents import Contents
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
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
        self._offer: Offer | None = None
        self._aside: Path | None = None
        self.page = DiaryFilesPage()
        self.page.export_requested.connect(self._choose_export)
        self.page.import_requested.connect(self._choose_import)
        self.page.templates_requested.connect(self._choose_templates)
        self.page.take_requested.connect(self.take)
        self.page.import_undo_requested.connect(self.undo_import)
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
        written = tr("Saved: {path}").format(path=path)
        self.page.tell(" ".join([written, *losses_sentences(losses)]))

    def look_at(self, *paths: Path) -> None:
        """Show what files would change."""
        try:
            self._offer = offer = look_at(self._coach, paths)
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
            return
        self.page.tell("")
        found = offer.changes
        new = found.new != Contents()
        different = found.different != Contents()
        words = tr(
            "{new} new, {same} already in the journal, {different} that differ from it."
        ).format(new=found.new.count, same=found.same, different=found.different.count)
        if not new and not different:
            words = tr("It contains nothing new.")
        summary = " ".join([f"{offer.name}: {words}", *offer.notes])
        self.page.show_offer(summary, offer.problems, new=new, different=different)

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
        self.page.tell(tr("Imported. The journal as it was before is kept as today's backup."))
        self._show_backups()
        self.page.rest_focus()
        self.journal_changed.emit()

    def undo_import(self) -> None:
        """Take the last import back."""
        try:
            undone = undo_last_entries(self._coach)
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
            return
        if undone is None:
            return
        words = trn(
            "{n} entry from {name} was removed again.",
            "{n} entries from {name} were removed again.",
            undone.gone,
        ).format(n=undone.gone, name=undone.entry_import.name)
        if undone.kept:
            kept = trn(
                "{n} entry has been changed since, and stays.",
                "{n} entries have been changed since, and stay.",
                undone.kept,
            )
            words = f"{words} {kept.format(n=undone.kept)}"
        self.page.tell(words)
        self._show_backups()
        self.page.rest_focus()
        self.journal_changed.emit()

    def write_templates_in(self, folder: Path) -> None:
        """Write the tables for a record that was kept in a spreadsheet into a folder."""
        try:
            files = write_templates(folder)
        except FileExistsError as error:
            words = tr("{path} already exists; nothing was written.")
            self.page.tell(words.format(path=error.filename))
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
        else:
            names = ", ".join(path.name for path in files)
            self.page.tell(tr("Saved in {folder}: {names}").format(folder=folder, names=names))

    def restore(self, chosen: Backup) -> None:
        """Put a backup in the journal's place."""
        try:
            aside = backups.restore(self._coach, chosen)
        except EnvironmentFault as fault:
            self.page.tell(str(fault))
            return
        words = tr("The journal is now as it was then.")
        if aside is not None:
            kept = tr("The journal as it was until now is kept as {path}.").format(path=aside)
            words = f"{words} {kept}"
        self.page.tell(words)
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
        words = tr("Everything was erased.")
        if keep_in is not None:
            words = tr("Everything was erased. The last copy is {path}.").format(path=keep_in)
        self.page.tell(words)
        self._show_backups()
        self.journal_changed.emit()

    # -- the dialogs

    def _choose_export(self, kind: str) -> None:
        ending, kinds = (".json", "JSON (*.json)") if kind == "json" else (".zip", "Zip (*.zip)")
        path = self._new_file(tr("Save the journal as a file"), f"uncramp-journal{ending}", kinds)
        if path is not None:
            self.export_to(path, kind_of(path))

    def _choose_import(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            tr("Import files into the journal"),
            documents(),
            tr("Journals and tables ({patterns})").format(patterns="*.json *.zip *.csv *.txt"),
        )
        if names:
            self.look_at(*map(Path, names))

    def _choose_templates(self) -> None:
        title = tr("Save the tables in a folder")
        name = QFileDialog.getExistingDirectory(self._window, title, documents())
        if name:
            self.write_templates_in(Path(name))

    def _choose_erase(self, keeps: bool) -> None:
        path = None
        if keeps:
            title = tr("Where to keep the last copy")
            path = self._new_file(title, "uncramp-journal.json", "JSON (*.json)")
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
        last = None
        with contextlib.suppress(EnvironmentFault):  # which every other action here tells
            last = last_entry_import(self._coach)
        self.page.show_last_import("" if last is None else last.name)
