"""The day: its page, the plan, the first questions and the reminders, joined for the window."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from uncramp.coach.plan.planning import with_skip, without_skip
from uncramp.coach.plan.reminders import (
    Memory,
    Reminder,
    Snooze,
    is_quiet,
    load_memory,
    put_off,
    save_memory,
    told,
)
from uncramp.coach.plan.today import NightState, Today, answer, plan_day, read_today
from uncramp.coach.wording import all_of
from uncramp.journal.diary import Diary
from uncramp.model.diary import Night
from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.plan import Plan
from uncramp.ui.frame import Frame
from uncramp.ui.page import Page
from uncramp.ui.today.page import TodayPage

if TYPE_CHECKING:
    from uncramp.coach.browse.cards import RoutineCard
    from uncramp.ui.today.first_start_page import FirstStartPage
    from uncramp.ui.today.planner import Planner
    from uncramp.ui.today.reminding import Notifier, Waker

PLACES: Final = ("today", "welcome", "plan")
"""The pages that are made here; all of them belong to the first place of the rail."""
_LOOKS_FOR_TRAY: Final = 10
"""After so many looks at the clock, five minutes, the tray is looked for."""


class Daily(QObject):
    """Makes and fills the pages of the day; the window shows them."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._coach = coach = frame.coach
        frame.setting_changed.connect(self._setting_changed)
        frame.reminder_closed.connect(self._close_mark)
        frame.rooms_shown_again.connect(self._look_again)
        self._memory: Memory = load_memory(coach.places.data)
        self._page: TodayPage | None = None
        self._welcome: FirstStartPage | None = None
        self._planner: Planner | None = None
        self._today: Today | None = None
        self._before: tuple[date, Night | None] | None = None
        self._closed: frozenset[str] = frozenset()
        self._waker: Waker | None = None
        self._notifier: Notifier | None = None
        self._calendar_fault = ""
        self._looked = 0

    # -- what the window asks

    def looked_up(self) -> str:
        """Ask the journal, which is there, whether the first questions still have to be asked."""
        from uncramp.coach.plan.first_start import is_first_start

        try:
            if is_first_start(self._coach):
                return "welcome"
        except EnvironmentFault:
            return "routines"  # which tells of it, and works without a journal
        self._remember(self._memory._replace(welcomed=True))
        return "routines"

    @property
    def home(self) -> str:
        """The page that the day's place of the rail leads to: the first questions stay open."""
        return "today" if self._memory.welcomed or self._memory.has_plan else "welcome"

    @property
    def _cards(self) -> "Sequence[RoutineCard]":
        return self._frame.catalogue.cards

    def _soon(self, slot: Callable[[], None]) -> None:
        """Call one of ours when Qt has nothing else to do, unless the window is gone by then."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        timer.timeout.connect(timer.deleteLater)
        timer.start(0)

    def make_page(self, name: str) -> Page:
        """Return a page of `PLACES`, to be filled when it is shown."""
        if name == "welcome":
            return self._made_welcome()
        if name == "plan":
            return self._made_plan()
        page = self._page = TodayPage(self._frame.theme)
        page.start_requested.connect(self._frame.routine_requested)
        page.night_told.connect(self._tell_night)
        page.night_taken_back.connect(self._take_night_back)
        page.cramp_entry_requested.connect(self._frame.cramp_of_day_requested)
        page.skip_requested.connect(self._skip)
        page.later_requested.connect(self._put_off)
        page.resume_requested.connect(self._resume)
        page.plan_requested.connect(self._show_plan)
        page.begin_requested.connect(self._show_welcome)
        page.routines_requested.connect(self._show_routines)
        page.safety_requested.connect(self._frame.safety_requested)
        page.pictures_requested.connect(self._show_pictures)
        return page

    def fill(self, name: str) -> None:
        """Show in a page what is known now."""
        if name == "today":
            self.refresh()
        elif name == "plan" and self._planner is not None:
            self._planner.fill(self._cards)
        elif name == "welcome":
            # The library, which knows the routines for beginners, may have to be read for it.
            self._soon(self._show_proposal)

    def refresh(self) -> None:
        """Read the day anew, show it, and tell what is due."""
        try:
            today = self._today = self._read()
            self._note_plan(today)
        except EnvironmentFault as fault:
            if self._page is not None:
                self._page.show_fault(str(fault))
            return
        if self._page is not None:
            self._page.fill(today, self._cards)
            self._soon(self._show_lot)
        self._mark_reminders(today)
        if self._waker is not None:
            self._remind(today)
        if self._coach.settings.calendar_folder:
            self._soon(self._keep_calendar)

    def _look_again(self) -> None:
        """After a session what was reminded of may be done."""
        if self._today is not None and self._today.reminders.fired:
            self.refresh()

    def _show_lot(self) -> None:
        from uncramp.coach.insight.tonight import read_lot  # once the page stands

        lot = read_lot(self._coach)
        if self._page is not None:
            self._page.show_lot(lot.sentence)
        if not lot.left_out or self._today is None:
            return
        # A night that was drawn without it is one that is left out as planned: it is not due, it
        # is not reminded of, and it counts neither way.
        for entry in self._today.due:
            if entry.item.routine == lot.left_out:
                self._skip(entry.item.id, left_out=True)
                return

    def _note_plan(self, today: Today) -> None:
        """Let the next start open on the right page."""
        if today.has_plan != self._memory.has_plan:
            kept = load_memory(self._coach.places.data)  # nothing once everything was erased
            known = kept.welcomed or today.has_plan
            self._remember(kept._replace(has_plan=today.has_plan, welcomed=known))

    def _read(self) -> Today:
        return read_today(self._coach, self._memory)

    def _show_pictures(self, exercises: list[str], side_px: int) -> None:
        if self._page is None:
            return
        paint = self._frame.picture
        self._page.show_pictures({one: paint(one, side_px) for one in exercises})

    # -- nights

    def _tell_night(self, day: date, cramps: int) -> None:
        now = self._coach.read_date()
        try:
            diary = self._diary()
            known = diary.nights(day, day)
            diary.save_night(answer(day, cramps, now), now)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        self._before = (day, known[0] if known else None)
        self.refresh()
        mark = (
            next((one for one in self._today.nights if one.day == day), None)
            if self._today
            else None
        )
        if mark is not None and mark.state is NightState.CRAMP and not cramps:
            self._frame.tell(
                tr(
                    "A cramp is recorded for that night, so it still counts as a night "
                    "with a cramp. You can delete the entry in the journal."
                )
            )

    def _take_night_back(self, day: date) -> None:
        before, self._before = self._before, None
        try:
            diary = self._diary()
            if before is not None and before[0] == day and before[1] is not None:
                diary.save_night(before[1], self._coach.read_date())
            else:
                diary.forget_night(day)
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        self.refresh()

    # -- the plan

    def _skip(self, item_id: str, left_out: bool) -> None:
        day = plan_day(self._coach.read_date())
        plan = self._plan()
        if plan is not None:
            change = with_skip if left_out else without_skip
            self._save_plan(change(plan, item_id, day))

    def _resume(self) -> None:
        from uncramp.coach.plan.planning import resumed

        plan = self._plan()
        if plan is not None:
            self._save_plan(resumed(plan, plan_day(self._coach.read_date())))

    def _plan(self) -> Plan | None:
        try:
            return self._diary().plan()
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return None

    def _save_plan(self, plan: Plan) -> None:
        try:
            self._diary().save_plan(plan, self._coach.read_date())
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))
            return
        self.refresh()

    def _keep_calendar(self) -> None:
        """Write the calendar file anew if the plan is another one by now."""
        from uncramp.coach.plan.calendar_file import keep_calendar  # where one is kept
        from uncramp.ui.today.planner import known_of

        folder, today = self._coach.settings.calendar_folder, self._today
        if not folder or today is None or not self._cards:
            return
        known, told = known_of(self._cards), ""
        try:
            keep_calendar(Path(folder), today.plan, known, today.now)
        except EnvironmentFault as fault:
            told = str(fault)
        if told and told != self._calendar_fault:
            self._frame.tell(told)  # once, not with every look at the day
        self._calendar_fault = told

    def _diary(self) -> Diary:
        diary = self._coach.diary
        if diary is None:
            raise self._coach.journal_fault or EnvironmentFault(tr("The journal is not open."))
        return diary

    def _show_plan(self) -> None:
        self._frame.room_requested.emit("plan")

    def _show_welcome(self) -> None:
        self._frame.room_requested.emit("welcome")

    def _show_routines(self) -> None:
        self._frame.room_requested.emit("routines")

    def _made_plan(self) -> Page:
        from uncramp.ui.today.planner import Planner  # with the first look at the plan

        made = self._planner = Planner(self._coach, self)
        made.plan_changed.connect(self._save_plan)
        made.told.connect(self._frame.tell)
        made.done.connect(self._show_today)
        return made.page

    def _show_today(self) -> None:
        self._frame.room_requested.emit("today")

    # -- the first questions

    def _made_welcome(self) -> Page:
        from uncramp.ui.today.first_start_page import FirstStartPage  # once in a life

        page = self._welcome = FirstStartPage()
        page.skipped.connect(self._put_welcome_away)
        page.accepted.connect(self._begin_plan)
        page.answered.connect(self._show_proposal)
        page.safety_requested.connect(self._frame.safety_requested)
        return page

    def _show_proposal(self) -> None:
        from uncramp.coach.plan.first_start import proposal, proposed

        if self._welcome is not None:
            answers, day = self._welcome.answers, plan_day(self._coach.read_date())
            plan = proposed(proposal(self._coach, answers), answers, day)
            self._welcome.show_proposal(plan, {card.id: card for card in self._cards})

    def _put_welcome_away(self) -> None:
        self._remember(self._memory._replace(welcomed=True))
        self._frame.room_requested.emit("routines")

    def _begin_plan(self, answers: object) -> None:
        from uncramp.coach.plan.first_start import Answers, proposal, proposed

        assert isinstance(answers, Answers)
        plan, day = self._plan(), plan_day(self._coach.read_date())
        if plan is None:
            return
        new = proposed(proposal(self._coach, answers), answers, day)
        before = {item.routine for item in plan.items if item.is_planned(day)}
        items = tuple(item for item in new.items if item.routine not in before)
        self._remember(
            self._memory._replace(
                welcomed=True,
                muscles=tuple(sorted(answers.muscles)),
                times=tuple(sorted(answers.times)),
            )
        )
        self._save_plan(plan._replace(items=plan.items + items))
        self._frame.room_requested.emit("today")

    # -- reminders

    def remind(self) -> None:
        """Look at the clock from now on; begins when the window has nothing else to do."""
        self._soon(self._begin_reminding)

    def enter_tray(self) -> bool:
        """Show the icon in the tray if the user wants it and there is one; tell whether it is."""
        notifier = self._made_notifier()
        if self._coach.settings.keep_in_tray:
            notifier.enter_tray()
        return notifier.has_tray

    def _made_notifier(self) -> "Notifier":
        if self._notifier is None:
            from uncramp.ui.today.reminding import Notifier  # when the window stands

            self._notifier = Notifier(self._coach.places.assets / "icons", self)
            self._notifier.opened.connect(self._open)
            self._notifier.cramp_requested.connect(self._wish_cramp)
            self._notifier.quit_requested.connect(self._frame.end_requested)
        return self._notifier

    def _begin_reminding(self) -> None:
        from uncramp.ui.today.reminding import Waker  # when the window stands

        self._waker = Waker(self)
        self._waker.timer.timeout.connect(self._look)
        self._waker.woke.connect(self.refresh)
        self.enter_tray()
        if self._today is None:
            self.refresh()
        else:
            self._remind(self._today)

    @property
    def keeps_running(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        wanted = self._coach.settings.keep_in_tray
        return wanted and self._notifier is not None and self._notifier.has_tray

    def _setting_changed(self, key: str) -> None:
        """Do what a setting of the reminders asks for."""
        settings = self._coach.settings
        if key == "keep_in_tray" and self._notifier is not None:
            if settings.keep_in_tray:
                self._notifier.enter_tray()
            else:
                self._notifier.leave_tray()
        elif key == "autostart":
            from uncramp.coach.desktop.autostart import autostart_file, set_autostart

            try:
                set_autostart(self._coach.places, autostart_file(), wanted=settings.autostart)
            except EnvironmentFault as fault:
                self._frame.tell(str(fault))

    def _look(self) -> None:
        self._look_for_tray()
        if self._waker is not None:
            self._waker.look(self._coach.read_date())

    def _look_for_tray(self) -> None:
        """Take a tray that came after us; where it has gone, lead back to a hidden window."""
        # To ask for a tray is a conversation with the desktop: not at each look.
        self._looked = (self._looked + 1) % _LOOKS_FOR_TRAY
        if self._looked or not self._coach.settings.keep_in_tray:
            return
        if not self.enter_tray() and self._frame.window.isHidden():
            self._frame.window.showMinimized()

    def _remind(self, today: Today) -> None:
        assert self._waker is not None
        view = today.reminders
        if self._frame.is_taken and view.due:
            # In the middle of a session nothing is told; the next look tries again.
            self._waker.wait_until(today.now.replace(tzinfo=None), today.now)
            return
        if view.due:
            self._notify(view.due, today)
            self._remember(told(self._memory, view.due))
        self._waker.wait_until(view.coming.at if view.coming else None, today.now)

    def _mark_reminders(self, today: Today) -> None:
        """Show beside every page that a reminder has come, until it is closed or done."""
        fired = [entry for entry in today.reminders.fired if entry.key not in self._closed]
        first = fired[0] if fired else None
        words = self._time_for(tuple(fired)) if fired else ""
        self._frame.reminder_changed.emit(f"{first.at:%H:%M}" if first else "", words)

    def _close_mark(self) -> None:
        if self._today is not None:
            self._closed |= {entry.key for entry in self._today.reminders.fired}
            self._mark_reminders(self._today)

    def _time_for(self, reminders: tuple[Reminder, ...]) -> str:
        names = all_of([self._name(entry) for entry in reminders])
        return tr("Time for {names}.").format(names=names)

    def _notify(self, due: tuple[Reminder, ...], today: Today) -> None:
        """Let the desktop show a reminder where the window is not before the user."""
        settings = self._coach.settings
        quiet = is_quiet(today.now, settings.quiet_from, settings.quiet_until)
        if self._notifier is not None and not quiet and not self._frame.is_seen:
            self._notifier.show(self._time_for(due), tr("Uncramp reminds you of your plan."))

    def _open(self) -> None:
        """Come to the front with the day, where what is due stands first."""
        self._frame.front_requested.emit()
        self._withdraw()
        if not self._frame.is_taken:
            self._show_today()

    def _put_off(self, item_id: str, by: str) -> None:
        """Let the reminder of an item come again later."""
        for entry in self._today.reminders.fired if self._today is not None else ():
            if entry.item.id == item_id:
                now = self._coach.read_date()
                self._remember(put_off(self._memory, entry, Snooze[by], now))
        self._withdraw()
        self.refresh()

    def _withdraw(self) -> None:
        if self._notifier is not None:
            self._notifier.withdraw()

    def _wish_cramp(self) -> None:
        self._frame.front_requested.emit()
        self._frame.cramp_requested.emit()

    def _remember(self, memory: Memory) -> None:
        self._memory = memory
        try:
            save_memory(self._coach.places.data, memory, self._coach.read_date().date())
        except EnvironmentFault as fault:
            self._frame.tell(str(fault))

    def _name(self, reminder: Reminder) -> str:
        routine = reminder.item.routine
        return next((card.name for card in self._cards if card.id == routine), routine)
