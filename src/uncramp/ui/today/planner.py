"""Joins the plan's page with the plan."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from uncramp.coach.browse.cards import RoutineCard
from uncramp.coach.coach import Coach
from uncramp.coach.plan.calendar_file import FILE_NAME, Known, calendar, without_days
from uncramp.coach.plan.planning import (
    Rhythm,
    resumed,
    tie_of,
    with_pause,
    with_rhythm,
    with_routine,
    without_item,
)
from uncramp.coach.plan.record import PlanRecord, read_record
from uncramp.coach.whole_file import write_whole
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import Plan
from uncramp.ui.file_places import documents
from uncramp.ui.today.plan_page import PlanPage


def known_of(cards: Sequence[RoutineCard]) -> Known:
    """Return what a calendar says of the routines."""
    return Known(
        {card.id: card.name for card in cards}, {card.id: float(card.length_s) for card in cards}
    )


class Planner(QObject):
    """Turns what is chosen on the page into another plan.

    Signals:
        plan_changed: the plan to be kept.
        told: a sentence for the user.
        done: the page is not needed any more.
    """

    plan_changed = Signal(object)
    told = Signal(str)
    done = Signal()

    def __init__(self, coach: Coach, parent: QObject) -> None:
        super().__init__(parent)
        self._coach = coach
        self._cards: Sequence[RoutineCard] = ()
        self._record: PlanRecord | None = None
        self._undone: Plan | None = None
        self._undo_words = ""
        self.page = PlanPage()
        self.page.done.connect(self.done)
        self.page.routine_added.connect(self._add)
        self.page.rhythm_changed.connect(self._change)
        self.page.removed.connect(self._remove)
        self.page.undo_requested.connect(self._undo)
        self.page.pause_requested.connect(self._pause)
        self.page.resume_requested.connect(self._resume)
        self.page.export_requested.connect(self._choose_file)
        self.page.folder_requested.connect(self._choose_folder)
        self.page.folder_left.connect(self._leave_folder)

    def fill(self, cards: Sequence[RoutineCard]) -> None:
        """Show the plan as it is now."""
        self._cards = cards
        try:
            self._record = read_record(self._coach)
        except EnvironmentFault as fault:
            self.page.show_fault(str(fault))
            return
        folder = self._coach.settings.calendar_folder
        self.page.fill(self._record, self._cards, folder, self._undo_words)

    def _add(self, routine: str) -> None:
        known = self._coach.library.routines.get(routine)
        if self._record is not None and known is not None:
            rhythm = Rhythm(tie_of(known.moment))
            self._keep(with_routine(self._record.plan, routine, rhythm, self._record.day))

    def _change(self, item_id: str, rhythm: Rhythm) -> None:
        if self._record is not None:
            self._keep(with_rhythm(self._record.plan, item_id, rhythm, self._record.day))

    def _remove(self, item_id: str) -> None:
        if self._record is None:
            return
        before = self._record.plan
        routine = next((item.routine for item in before.items if item.id == item_id), "")
        name = next((card.name for card in self._cards if card.id == routine), routine)
        words = tr("{name} is no longer planned.").format(name=name)
        self._keep(without_item(before, item_id, self._record.day), before, words)

    def _undo(self) -> None:
        if self._undone is not None:
            self._keep(self._undone)

    def _pause(self, start: date, days: int, reason: str) -> None:
        if self._record is not None:
            end = start + timedelta(days=days) if days else None
            self._keep(with_pause(self._record.plan, start, end, reason))

    def _resume(self, pause_id: str) -> None:
        if self._record is None:
            return
        plan, day = self._record.plan, self._record.day
        pause = next((one for one in plan.pauses if one.id == pause_id), None)
        # One that has not begun goes altogether.
        self._keep(resumed(plan, max(day, pause.start) if pause else day))

    def _keep(self, plan: Plan, undone: Plan | None = None, undo_words: str = "") -> None:
        """Keep a plan; where something was removed, with the plan before and what to say of it."""
        self._undone, self._undo_words = undone, undo_words
        self.plan_changed.emit(plan)
        self.fill(self._cards)

    def _choose_file(self) -> None:
        kinds = tr("Calendar ({patterns})").format(patterns="*.ics")
        name, _ = QFileDialog.getSaveFileName(
            self.page, tr("Save the plan for a calendar"), documents(FILE_NAME), kinds
        )
        if name:
            self.export_to(Path(name))

    def _choose_folder(self) -> None:
        title = tr("Keep a calendar file in a folder")
        name = QFileDialog.getExistingDirectory(self.page, title, documents())
        if name:
            self.keep_in(str(Path(name).absolute()))

    def _leave_folder(self) -> None:
        self.keep_in("")

    def keep_in(self, folder: str) -> None:
        """Keep a calendar file in a folder from now on; "" for no longer."""
        try:
            self._coach.change_setting("calendar_folder", folder)
        except ValueError:
            self.told.emit(tr("This folder's name cannot be stored. Please choose another folder."))
            return
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
        if self._record is not None:
            self._keep(self._record.plan)  # which writes the file

    def export_to(self, path: Path) -> None:
        """Write the plan as a file for the calendar of a phone."""
        if self._record is None:
            return
        known, now = known_of(self._cards), self._coach.read_date()
        try:
            write_whole(path, calendar(self._record.plan, known, now))
        except EnvironmentFault as fault:
            self.told.emit(str(fault))
        else:
            words = tr(
                "Saved: {path}. Open it on your phone; some calendars use their own reminder "
                "times for imported entries."
            ).format(path=path)
            if without_days(self._record.plan, now.date()):
                words += " " + tr("Routines without fixed days are not in it.")
            self.told.emit(words)
