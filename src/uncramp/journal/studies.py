"""Experiments and monthly check-ins in the journal's file."""

from datetime import date, datetime

from uncramp.journal.instants import utc
from uncramp.journal.rows import marks
from uncramp.journal.store import Journal
from uncramp.journal.study_rows import (
    CHECK_IN,
    EXPERIMENT,
    check_in_row,
    experiment_row,
    read_check_in,
    read_experiment,
)
from uncramp.model.check_in import CheckIn
from uncramp.model.experiment import Experiment


class Studies:
    """What the user tries out and looks back on, in the file of a journal.

    Every method raises EnvironmentFault when the file cannot be read or written; a write either
    happens whole or not at all. What is deleted can be brought back.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def save_experiment(self, experiment: Experiment, now: datetime) -> None:
        """Write an experiment, replacing what was known of the same one."""
        row = experiment_row(experiment, now)
        with self._journal.changes() as connection:
            connection.execute(f"INSERT OR REPLACE INTO experiment VALUES ({marks(row)})", row)

    def delete_experiment(self, experiment_id: str, now: datetime) -> None:
        """Take an experiment out; `bring_back_experiment` undoes it."""
        self._mark(experiment_id, utc(now))

    def bring_back_experiment(self, experiment_id: str) -> None:
        """Undo a deletion."""
        self._mark(experiment_id, None)

    def experiments(self) -> tuple[Experiment, ...]:
        """Return all experiments, in the order of their first nights."""
        with self._journal.look() as connection:
            rows = connection.execute(
                f"SELECT {EXPERIMENT} FROM experiment WHERE deleted_utc IS NULL "
                "ORDER BY start_day, id"
            ).fetchall()
            return tuple(read_experiment(row) for row in rows)

    def save_check_in(self, check_in: CheckIn, now: datetime) -> None:
        """Write a check-in, replacing that of the same day."""
        row = check_in_row(check_in, now)
        with self._journal.changes() as connection:
            connection.execute(f"INSERT OR REPLACE INTO check_in VALUES ({marks(row)})", row)

    def forget_check_in(self, day: date) -> None:
        """Take a check-in back; saving it again brings it back."""
        with self._journal.changes() as connection:
            connection.execute("DELETE FROM check_in WHERE day = ?", (day.isoformat(),))

    def check_ins(self) -> tuple[CheckIn, ...]:
        """Return all check-ins, in order."""
        with self._journal.look() as connection:
            rows = connection.execute(f"SELECT {CHECK_IN} FROM check_in ORDER BY day").fetchall()
            return tuple(read_check_in(row) for row in rows)

    def _mark(self, experiment_id: str, deleted: str | None) -> None:
        with self._journal.changes() as connection:
            connection.execute(
                "UPDATE experiment SET deleted_utc = ? WHERE id = ?", (deleted, experiment_id)
            )
