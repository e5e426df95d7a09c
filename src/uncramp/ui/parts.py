"""The parts of the window, made when they are first needed, and joined with each other."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.ui.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uncramp.model.diary import Cramp
    from uncramp.model.record import SessionRecord
    from uncramp.model.routine import Routine
    from uncramp.ui.browse.browsing import Browsing
    from uncramp.ui.cramp.relief import Relief
    from uncramp.ui.diary.backup import BackupKeeper
    from uncramp.ui.last_crash import LastCrash
    from uncramp.ui.runs.importing import Importing
    from uncramp.ui.session.interrupted import Interrupted
    from uncramp.ui.session.stage import Stage
    from uncramp.ui.today.daily import Daily
    from uncramp.ui.workshop.workshop import Workshop


class Parts(QObject):
    """Does what is asked of the frame with the part that can do it.

    Attributes:
        frame: what the parts ask the window by.
        last_crash: the crash that this start has mentioned.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.frame = frame
        self._stage: Stage | None = None
        self._browsing: Browsing | None = None
        self._daily: Daily | None = None
        self._workshop: Workshop | None = None
        self._relief: Relief | None = None
        self._importing: Importing | None = None
        self._interrupted: Interrupted | None = None
        self._keeper: BackupKeeper | None = None
        self.last_crash: LastCrash | None = None
        frame.routine_requested.connect(self.start_routine)
        frame.trial_requested.connect(self._try_routine)
        frame.safety_requested.connect(self._show_safety)
        frame.routine_edit_requested.connect(self.edit_routine)
        frame.exercise_edit_requested.connect(self.edit_exercise)
        frame.cramp_requested.connect(self.help_cramp)
        frame.cramp_entry_requested.connect(self._enter_cramp)
        frame.cramp_of_day_requested.connect(self._enter_cramp_of)
        frame.import_requested.connect(self.import_runs)

    @property
    def stage(self) -> "Stage":
        """Where sessions are shown."""
        if self._stage is None:
            from uncramp.ui.session.stage import Stage  # with the first session

            self._stage = Stage(self.frame)
        return self._stage

    @property
    def browsing(self) -> "Browsing":
        """What joins the pages of routines and exercises with the library."""
        if self._browsing is None:
            from uncramp.ui.browse.browsing import Browsing  # after the first picture

            self._browsing = Browsing(self.frame)
        return self._browsing

    @property
    def daily(self) -> "Daily":
        """The day's pages and the reminders."""
        if self._daily is None:
            from uncramp.ui.today.daily import Daily  # when a plan or a clock asks for it

            self._daily = Daily(self.frame)
        return self._daily

    @property
    def workshop(self) -> "Workshop":
        """Where routines are written, given away and taken."""
        if self._workshop is None:
            from uncramp.ui.workshop.workshop import Workshop  # when it is first asked for

            self._workshop = Workshop(self.frame)
        return self._workshop

    @property
    def relief(self) -> "Relief":
        """Help with a cramp that is there now, and the page for one that is over."""
        if self._relief is None:
            from uncramp.ui.cramp.relief import Relief  # with the first cramp

            self._relief = Relief(self.frame)
            self._relief.begun.connect(self._make_way)
        return self._relief

    @property
    def importing(self) -> "Importing":
        """Runs from files."""
        if self._importing is None:
            from uncramp.ui.runs.importing import Importing  # with the first file

            self._importing = Importing(self.frame)
        return self._importing

    @property
    def interrupted(self) -> "Interrupted | None":
        """The session that the program's end cut short, if it was offered."""
        return self._interrupted

    @property
    def keeps_running(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        return self._daily is not None and self._daily.keeps_running

    # -- beginning and end

    def begin(self) -> None:
        """Do what can wait until the window stands."""
        from uncramp.ui.diary.backup import BackupKeeper  # long after the first picture

        self.browsing.fill()
        self.browsing.show_previews()
        self.browsing.tell_of_files()
        self.daily.remind()
        self._keeper = BackupKeeper(self.frame.coach, self)
        self._keeper.told.connect(self.frame.tell)
        if self.frame.coach.settings.runs_folder:
            self.importing.begin()

    def tell_of_before(self) -> None:
        """Offer to go on with a session that was cut short, or tell what is wrong."""
        record, coach = self._cut_short(), self.frame.coach
        crash = self.last_crash = self._noted_crash()
        if record is not None:
            from uncramp.ui.session.interrupted import Interrupted  # after a crash

            self._interrupted = Interrupted(record, self.frame, self.stage)
            if crash is None:
                self._interrupted.offer()
            else:
                self._interrupted.offer(crash.sentence(), crash.button())
        elif crash is not None:
            crash.offer()
        elif coach.journal_fault is not None:
            self.frame.tell(str(coach.journal_fault))
        elif coach.journal is not None and coach.journal.refusal:
            sentence = tr("{reason} You can read and export it, but nothing new can be saved.")
            self.frame.tell(sentence.format(reason=coach.journal.refusal))
        elif coach.setting_problems:
            self.frame.tell(str(coach.setting_problems[0]).splitlines()[0])

    def _noted_crash(self) -> "LastCrash | None":
        from uncramp.coach.crashes import noted_crash  # after the first picture

        noted = noted_crash(self.frame.places.cache)
        if not noted:
            return None
        from uncramp.ui.last_crash import LastCrash  # after a crash

        return LastCrash(noted, self.frame)

    def _cut_short(self) -> "SessionRecord | None":
        journal = self.frame.coach.journal
        try:
            if journal is None or not journal.unfinished_sessions():
                return None
        except EnvironmentFault as fault:
            self.frame.coach.journal_fault = fault
            return None
        return self.stage.sessions.interrupted()

    def close(self) -> None:
        """End what runs; a session is kept, and offered again at the next start."""
        if self._stage is not None:
            self._stage.leave()
        if self._relief is not None:
            self._relief.leave()
        if self._importing is not None:
            self._importing.close()
        if self._keeper is not None:
            self._keeper.close()

    # -- what is asked for

    def obey(self, wish: str) -> None:
        """Do what a start asks for: "start ROUTINE", "open FILE", "cramp ...", or nothing."""
        word, _, rest = wish.partition(" ")
        if word == "start":
            self.start_routine(rest)
        elif word == "open":
            self.open_file(Path(rest))
        elif word == "cramp":
            self.relief.obey(rest)

    def start_routine(self, name: str) -> None:
        """Begin a routine, unless something else fills the window."""
        if self.frame.page is not None:
            return
        routine = self.frame.coach.library.find_routine(name)
        if routine is None:
            self.frame.tell(tr('There is no routine "{name}".').format(name=name[:80]))
        elif routine.is_one_sided:
            self.relief.begin(wanted=routine)  # a cramp is there: the question comes first
        else:
            self.stage.begin(routine)

    def _try_routine(self, routine: "Routine") -> None:
        """Go through a routine that is being written, and come back to the editor."""
        self.frame.keep_page()
        self.stage.begin(routine, is_trial=True)

    def _show_safety(self) -> None:
        self.stage.show_safety("")

    def show_problems(self) -> None:
        """Show what is wrong in the user's files."""
        self.stage.show_problems()

    def edit_routine(self, routine_id: str) -> None:
        """Open a routine in the editor; "" for a new one."""
        self.workshop.edit(routine_id)

    def edit_exercise(self, exercise_id: str) -> None:
        """Open an exercise in the editor; "" for a new one."""
        self.workshop.edit_exercise(exercise_id)

    def open_file(self, path: Path) -> None:
        """Show what a file offers, unless something else fills the window."""
        from uncramp.coach.opening import may_hold_runs  # with the first file

        if may_hold_runs(path):
            self.import_runs((path,))
        elif self.frame.page is None:
            self.workshop.open_file(path)

    def choose_runs(self) -> None:
        """Show the page on which files of runs are chosen."""
        self.import_runs(())

    def import_runs(self, paths: "Sequence[Path]") -> None:
        """Show what files of runs would bring; on their own page they are read at once.

        Tables of a spreadsheet, or a journal that was written out, are offered to the journal.
        """
        from uncramp.coach.diary.history import holds_entries  # with the first file

        if paths and self.frame.page is None and holds_entries(paths):
            self.frame.room_requested.emit("journal")
            self.frame.entries_offered.emit(paths)
        elif self.is_importing:
            self.importing.read(paths)
        elif self.frame.page is None:
            self.importing.show(paths)

    @property
    def is_importing(self) -> bool:
        """Whether the page of imports is shown."""
        made = self._importing
        return made is not None and made.page is not None and self.frame.page is made.page

    def choose_file(self) -> None:
        """Let the user choose a file that somebody gave him."""
        self.workshop.choose_file()

    def export_routine(self, routine_id: str) -> None:
        """Let the user give a routine away."""
        self.workshop.export(routine_id)

    def help_cramp(self) -> None:
        """Help with a cramp, whatever else is going on."""
        self.relief.begin()

    def _make_way(self) -> None:
        """A session ends; any other page is kept, and comes back after the cramp."""
        if self._stage is not None and self._stage.view is not None:
            self._stage.break_off()
        else:
            self.frame.keep_page()

    def _enter_cramp(self, cramp: "Cramp | None", at: "datetime | None") -> None:
        self.relief.tell_cramp(cramp, at)

    def _enter_cramp_of(self, day: date) -> None:
        self.relief.tell_cramp_of(day)
