"""The journal's place in the window: its pages, and what they write."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from uncramp.coach.coach import Coach
from uncramp.coach.cramp.book import CrampBook
from uncramp.coach.diary import backups
from uncramp.coach.diary.entries import (
    Entry,
    EntryKind,
    entries,
    long_day,
    matching,
    nights_of,
    recalled_nights,
)
from uncramp.coach.diary.tracking import chosen, fields
from uncramp.coach.when import instant_like
from uncramp.journal.archive import Archive
from uncramp.journal.backup import Backup
from uncramp.journal.diary import Diary
from uncramp.journal.store import Journal
from uncramp.model.contents import Contents
from uncramp.model.crampday import is_recalled
from uncramp.model.diary import GUESSED_HOUR, Cramp, CrampContext, DayContext, Night, Run
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr, trn
from uncramp.model.record import SessionRecord
from uncramp.ui.diary.day_page import DayPage
from uncramp.ui.diary.journal_page import JournalPage
from uncramp.ui.page import Page
from uncramp.ui.theme import Theme
from uncramp.ui.widgets import button, discard, label

if TYPE_CHECKING:
    from uncramp.ui.diary.files import DiaryFiles

_SMALL_HOURS = GUESSED_HOUR
"""When a cramp of a night is first taken to have been, until the user says when."""
_DAY = timedelta(days=1)


class DiaryRoom(Page):
    """Shows the journal page, or a page of one day, of a run, of the files in its place.

    Signals:
        cramp_entry_requested: a Cramp to change, or None, and the instant of a new one or None.
        journal_changed: something was written, so that other pages may be out of date.
        import_requested: runs are to be read from files.
    """

    cramp_entry_requested = Signal(object, object)
    journal_changed = Signal()
    import_requested = Signal()

    def __init__(self, coach: Coach, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._coach, self._theme = coach, theme
        self._contents = Contents()
        self._undo_action: Callable[[], object] | None = None
        self._day_before = self._today()
        self.page = JournalPage(theme)
        self.page.day_requested.connect(self.open_day)
        self.page.edit_requested.connect(self.edit)
        self.page.delete_requested.connect(self.delete)
        self.page.run_requested.connect(self._new_run)
        self.page.cramp_requested.connect(self._new_cramp)
        self.page.import_requested.connect(self.import_requested)
        self.page.files_requested.connect(self.open_files)
        self._shown: Page = self.page
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._offered: Backup | None = None
        self._version: tuple[str, int, int, int] | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._stack, 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(34, 0, 34, 16)
        bar.addWidget(self._built_notice())
        whole.addLayout(bar)

    def _built_notice(self) -> QFrame:
        self._notice = QFrame()
        self._notice.setObjectName("notice")
        self._told = label("body", wrap=True)
        self._undo_button = button(tr("Undo"), kind="primary")
        self._undo_button.clicked.connect(self.undo)
        self._restore_button = button(tr("Restore it"), kind="primary")
        self._restore_button.clicked.connect(self._restore_offered)
        close = button(tr("Close"), kind="quiet")
        close.clicked.connect(self._notice.hide)
        row = QHBoxLayout(self._notice)
        row.setContentsMargins(20, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self._told, 1)
        for made in (self._undo_button, self._restore_button, close):
            row.addWidget(made)
        self._notice.hide()
        return self._notice

    # -- what every page has

    def take_focus(self) -> None:
        """Let the keys go to the page that is shown."""
        self._shown.take_focus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for page in {self.page, self._shown}:
            page.set_theme(theme)

    def go_home(self) -> None:
        """Show the journal's first page from its top; what is typed asks once before it goes."""
        if self._shown is not self.page:
            self._shown.leave()
        super().go_home()

    def refresh(self) -> None:
        """Read the journal again and show it."""
        fault, offered, shown_before = "", None, self._version
        self._version = None
        try:
            journal = self._journal()
            archive = Archive(journal)
            # Not the journal itself: it would be kept alive by that.
            version = (str(self._today()), id(journal), *archive.version())
            if version == shown_before:
                self._version = version
                return
            self._contents, unreadable = archive.read()
            self._version = None if unreadable else version
            if unreadable:
                fault = trn(
                    "{n} entry is damaged and could not be read; all others are here.",
                    "{n} entries are damaged and could not be read; all others are here.",
                    unreadable,
                ).format(n=unreadable)
        except EnvironmentFault as error:
            self._contents = Contents()
            fault, offered = str(error), backups.offered(self._coach, error)
        self.page.fill(self._contents, self._today(), fault)
        shown = self._shown
        if isinstance(shown, DayPage):
            self._fill_day(shown)
        self._offer_backup(offered)

    # -- pages

    def open_day(self, day: date) -> None:
        """Show a day."""
        page = DayPage(day, self._today(), chosen(self._coach.settings.tracked), self._theme)
        page.night_answered.connect(self._answer_night)
        page.value_changed.connect(self._note_value)
        page.day_requested.connect(self.open_day)
        page.cramp_requested.connect(self._new_cramp)
        page.fields_requested.connect(self.choose_fields)
        page.open_requested.connect(self.edit)
        page.delete_requested.connect(self.delete)
        page.done.connect(self.back)
        self._fill_day(page)
        self._show(page)

    def open_run(self, run: Run | None = None) -> None:
        """Ask for a run, or show one to change."""
        from uncramp.ui.diary.run_entry_page import RunEntryPage  # when it is first asked for

        miles = self._coach.settings.miles
        page = RunEntryPage(run, self._coach.read_date(), miles=miles)
        page.saved.connect(self._save_run)
        page.cancelled.connect(self.back)
        page.unit_changed.connect(self._keep_unit)
        self._show(page)

    def open_files(self) -> "DiaryFiles":
        """Show backups, export, import and erasing."""
        from uncramp.ui.diary.files import DiaryFiles  # when it is first asked for

        files = DiaryFiles(self._coach, self)
        files.journal_changed.connect(self._changed)
        files.page.done.connect(self.back)
        self._show(files.page)
        return files

    def look_at(self, paths: Sequence[Path]) -> None:
        """Show what tables, or a journal that was written out, would change."""
        self.open_files().look_at(*paths)

    def back(self) -> None:
        """Show the journal page again."""
        day = None
        shown = self._shown
        if isinstance(shown, DayPage):
            day = shown.day
        self.refresh()
        self._show(self.page)
        if day is not None:
            self.page.calendar.choose(day)

    def _show(self, page: Page) -> None:
        old, self._shown = self._shown, page
        if page is not self.page:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not self.page and old is not page:
            self._stack.removeWidget(old)
            discard(old)
        page.take_focus()

    def _fill_day(self, page: DayPage) -> None:
        contents, day = self._contents, page.day
        at_night = [
            cramp
            for cramp in contents.cramps
            if cramp.day == day and cramp.context is CrampContext.NIGHT
        ]
        page.show_night(
            nights_of(contents).get(day),
            len(at_night),
            recalled=day in recalled_nights(contents),
        )
        noted = [one for one in contents.days if one.day == day]
        page.show_values(noted[0].values if noted else {})
        of_day = replace(
            contents,
            sessions=tuple(one for one in contents.sessions if one.started_at.date() == day),
            cramps=tuple(one for one in contents.cramps if one.day == day),
            runs=tuple(one for one in contents.runs if one.started.date() == day),
            days=(),
        )
        page.show_entries(matching(entries(of_day, miles=self._coach.settings.miles), ""))

    # -- what is written

    def _answer_night(self, cramps: int | None) -> None:
        page = self._day_page()
        if page is None:
            return
        now, day = self._coach.read_date(), page.day
        if cramps is None:
            self._write(lambda diary: diary.forget_night(day))
        else:
            night = Night(day, cramps, now, is_recalled(day, now))
            self._write(lambda diary: diary.save_night(night, now))

    def _note_value(self, key: str, value: object) -> None:
        page = self._day_page()
        if page is None:
            return
        now, day = self._coach.read_date(), page.day
        noted = next((one for one in self._contents.days if one.day == day), DayContext(day, now))
        known = value if isinstance(value, bool | int | float | str) else None
        context = noted.with_value(key, known, now)
        if context.values:
            self._write(lambda diary: diary.save_day(context, now))
        else:
            self._write(lambda diary: diary.forget_day(day))

    def _save_run(self, run: Run) -> None:
        if self._write(lambda diary: diary.save_run(run, self._coach.read_date())):
            self.back()

    def edit(self, entry: Entry) -> None:
        """Open what an entry is about."""
        value = entry.value
        if isinstance(value, Cramp):
            self.cramp_entry_requested.emit(value, None)
        elif isinstance(value, Run):
            self.open_run(value)
        else:
            self.open_day(entry.day)

    def delete(self, entry: Entry) -> None:
        """Take an entry out; it can be brought back."""
        value = entry.value
        now = self._coach.read_date()
        deletions: dict[EntryKind, tuple[Callable[[Diary], None], Callable[[Diary], None]]] = {}
        if isinstance(value, Cramp):
            deletions[entry.kind] = (
                lambda diary: CrampBook(diary, self._coach.read_date).delete(value),
                lambda diary: CrampBook(diary, self._coach.read_date).bring_back(value),
            )
        elif isinstance(value, Run):
            deletions[entry.kind] = (
                lambda diary: diary.delete_run(value.id, now),
                lambda diary: diary.bring_back_run(value.id),
            )
        elif isinstance(value, DayContext):
            deletions[entry.kind] = (
                lambda diary: diary.forget_day(value.day),
                lambda diary: diary.save_day(value, now),
            )
        elif isinstance(value, SessionRecord):
            deletions[entry.kind] = (
                lambda _: Archive(self._journal()).forget_session(value.id),
                lambda _: self._journal().save_session(value, now),
            )
        delete, bring_back = deletions[entry.kind]
        if isinstance(value, SessionRecord):
            rest = tuple(one for one in self._contents.sessions if one.id != value.id)
            self._contents = replace(self._contents, sessions=rest)
        if self._write(delete):
            self._offer_undo(
                tr("{title}, {day}, was deleted.").format(
                    title=entry.title, day=long_day(entry.order.date())
                ),
                lambda: self._bring_back(bring_back),
            )

    def _bring_back(self, bring_back: Callable[[Diary], None]) -> None:
        if self._write(bring_back):
            self.refresh()

    def _write(self, write: Callable[[Diary], None]) -> bool:
        try:
            self._journal()
            diary = self._coach.diary
            assert diary is not None
            write(diary)
        except EnvironmentFault as fault:
            self.tell(str(fault))
            return False
        self._changed()
        return True

    def _changed(self) -> None:
        self._notice.hide()
        page = self._day_page()
        if page is None or not self._read_day(page.day):
            self.refresh()
        else:
            self._fill_day(page)  # the rest is read when it is seen again
        self.journal_changed.emit()

    def _read_day(self, day: date) -> bool:
        """Read one day again: all of ten years would be felt at every tap."""
        diary, old = self._coach.diary, self._contents
        if diary is None:
            return False
        noon = datetime.combine(day, time(12), self._coach.read_date().tzinfo)
        # A day's margin on both sides: the offset of the place may have been another one.
        first, last = noon - 2 * _DAY, noon + 3 * _DAY
        near: list[Cramp | Run] = [*old.cramps, *old.runs]
        known = {one.id for one in near if _is_near(one, first, last)}
        try:
            cramps, runs = diary.cramps(first, last), diary.runs(first, last)
            nights, days = diary.nights(day, day), diary.days(day, day)
        except EnvironmentFault:
            return False  # a damaged row; the whole is read past it
        self._contents = replace(
            old,
            nights=(*(one for one in old.nights if one.day != day), *nights),
            cramps=(*(one for one in old.cramps if one.id not in known), *cramps),
            days=(*(one for one in old.days if one.day != day), *days),
            runs=(*(one for one in old.runs if one.id not in known), *runs),
        )
        return True

    def _journal(self) -> Journal:
        journal = self._coach.journal
        if journal is None:
            raise self._coach.journal_fault or EnvironmentFault(tr("There is no journal."))
        return journal

    # -- small things

    def _new_cramp(self) -> None:
        page = self._day_page()
        at: datetime | None = None
        if page is not None:
            now = self._coach.read_date()
            wall = datetime.combine(page.day + _DAY, _SMALL_HOURS)
            at = min(now, instant_like(wall, now))
        self.cramp_entry_requested.emit(None, at)

    def _new_run(self) -> None:
        self.open_run()

    def choose_fields(self) -> None:
        """Let the user choose what is noted about a day."""
        from uncramp.ui.diary.fields_page import DiaryFieldsPage  # when it is first asked for

        page = self._day_page()
        self._day_before = page.day if page is not None else self._today()
        choice = DiaryFieldsPage(fields(), self._coach.settings.tracked.split())
        choice.chosen.connect(self._keep_fields)
        choice.done.connect(self._back_to_day)
        self._show(choice)

    def _back_to_day(self) -> None:
        self.open_day(self._day_before)

    def _keep_fields(self, keys: str) -> None:
        self._change_setting("tracked", keys)

    def _keep_unit(self, miles: bool) -> None:
        self._change_setting("miles", miles)

    def _change_setting(self, key: str, value: object) -> None:
        try:
            self._coach.change_setting(key, value)
        except EnvironmentFault as fault:
            self.tell(str(fault))

    def _day_page(self) -> DayPage | None:
        shown = self._shown
        return shown if isinstance(shown, DayPage) else None

    def _today(self) -> date:
        return self._coach.read_date().date()

    # -- the notice below the pages

    def tell(self, sentence: str) -> None:
        """Show a sentence below the page."""
        self._told.setText(sentence)
        self._undo_button.hide()
        self._restore_button.hide()
        self._notice.show()

    def _offer_undo(self, sentence: str, undo: Callable[[], object]) -> None:
        self.tell(sentence)
        self._undo_action = undo
        self._undo_button.show()

    def undo(self) -> None:
        """Bring back what was deleted last."""
        undo, self._undo_action = self._undo_action, None
        if undo is not None:
            undo()

    def _offer_backup(self, found: Backup | None) -> None:
        self._offered = found
        if found is not None:
            words = tr("There is an undamaged backup from {day}.")
            self.tell(words.format(day=long_day(found.day)))
            self._restore_button.show()

    def _restore_offered(self) -> None:
        if self._offered is None:
            return
        try:
            aside = backups.restore(self._coach, self._offered)
        except EnvironmentFault as fault:
            self.tell(str(fault))
            return
        self._changed()
        if aside is not None:
            self.tell(
                tr("The journal is restored. The damaged file is kept as {path}.").format(
                    path=aside
                )
            )


def _is_near(one: Cramp | Run, first: datetime, last: datetime) -> bool:
    return first <= (one.at if isinstance(one, Cramp) else one.started) < last
