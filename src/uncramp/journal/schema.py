"""The journal's database as data. Steps that were released are frozen: never edit, only add.

Each step is plain SQL without any code of the program, because that code will change and the
step must not.
"""

APPLICATION_ID = 0x554E4352  # "UNCR"

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE session (
            id TEXT PRIMARY KEY,
            routine TEXT NOT NULL,
            routine_name TEXT NOT NULL,
            started_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            ended_utc TEXT,
            outcome TEXT NOT NULL
                CHECK (outcome IN ('running', 'finished', 'ended_early', 'too_sharp')),
            progress TEXT NOT NULL DEFAULT '',
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX session_started ON session (started_utc)",
        """
        CREATE TABLE session_part (
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            exercise TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('left', 'right', 'none')),
            planned_ms INTEGER NOT NULL CHECK (planned_ms >= 0),
            done_ms INTEGER NOT NULL CHECK (done_ms >= 0),
            PRIMARY KEY (session_id, number)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    (
        """
        CREATE TABLE night (
            day TEXT PRIMARY KEY,
            cramps INTEGER NOT NULL CHECK (cramps >= 0),
            answered_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            recalled INTEGER NOT NULL CHECK (recalled IN (0, 1)),
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE cramp (
            id TEXT PRIMARY KEY,
            at_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            context TEXT NOT NULL,
            muscle TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('left', 'right', 'none')),
            seconds INTEGER,
            pain INTEGER CHECK (pain BETWEEN 0 AND 10),
            disturbance INTEGER CHECK (disturbance BETWEEN 0 AND 10),
            relief TEXT NOT NULL DEFAULT '',
            soreness INTEGER CHECK (soreness BETWEEN 0 AND 10),
            notes TEXT NOT NULL DEFAULT '',
            session TEXT NOT NULL DEFAULT '',
            noted_utc TEXT,
            deleted_utc TEXT,
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX cramp_at ON cramp (at_utc)",
        """
        CREATE TABLE day_context (
            day TEXT PRIMARY KEY,
            answered_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            content TEXT NOT NULL,
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE run (
            id TEXT PRIMARY KEY,
            started_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            seconds INTEGER NOT NULL CHECK (seconds >= 0),
            metres REAL,
            effort INTEGER CHECK (effort BETWEEN 0 AND 10),
            terrain TEXT,
            temperature_c REAL,
            humid INTEGER,
            fast_start INTEGER,
            electrolytes INTEGER,
            cramp INTEGER,
            notes TEXT NOT NULL DEFAULT '',
            source TEXT NOT NULL,
            deleted_utc TEXT,
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX run_started ON run (started_utc)",
        """
        CREATE TABLE plan_item (
            id TEXT PRIMARY KEY,
            routine TEXT NOT NULL,
            tie TEXT NOT NULL,
            days TEXT NOT NULL,
            times INTEGER NOT NULL,
            start_day TEXT NOT NULL,
            end_day TEXT,
            remind TEXT NOT NULL DEFAULT '',
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE plan_pause (
            id TEXT PRIMARY KEY,
            start_day TEXT NOT NULL,
            end_day TEXT,
            reason TEXT NOT NULL DEFAULT '',
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE plan_skip (
            item TEXT NOT NULL,
            day TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            PRIMARY KEY (item, day)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    (
        """
        CREATE TABLE experiment (
            id TEXT PRIMARY KEY,
            routine TEXT NOT NULL,
            design TEXT NOT NULL,
            start_day TEXT NOT NULL,
            weeks INTEGER NOT NULL,
            washout_days INTEGER NOT NULL,
            seed INTEGER NOT NULL,
            agreed_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            stopped_day TEXT,
            ending TEXT,
            notes TEXT NOT NULL DEFAULT '',
            deleted_utc TEXT,
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE check_in (
            day TEXT PRIMARY KEY,
            answered_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            changed TEXT NOT NULL DEFAULT '',
            tried TEXT NOT NULL DEFAULT '',
            to_try TEXT NOT NULL DEFAULT '',
            rating INTEGER CHECK (rating BETWEEN 0 AND 10),
            updated_at TEXT NOT NULL
        ) STRICT
        """,
    ),
    (
        """
        CREATE TABLE run_import (
            id TEXT PRIMARY KEY,
            at_utc TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            name TEXT NOT NULL,
            undone_utc TEXT,
            updated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE run_import_part (
            import_id TEXT NOT NULL REFERENCES run_import (id) ON DELETE CASCADE,
            run_id TEXT NOT NULL,
            PRIMARY KEY (import_id, run_id)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    ("ALTER TABLE plan_item ADD COLUMN remind_until TEXT NOT NULL DEFAULT ''",),
    (
        "ALTER TABLE run_import ADD COLUMN kind TEXT NOT NULL DEFAULT 'runs'",
        """
        CREATE TABLE entry_import_part (
            import_id TEXT NOT NULL REFERENCES run_import (id) ON DELETE CASCADE,
            part_of TEXT NOT NULL,
            row_key TEXT NOT NULL,
            row_before TEXT,
            PRIMARY KEY (import_id, part_of, row_key)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    ("ALTER TABLE day_context ADD COLUMN changed TEXT NOT NULL DEFAULT '{}'",),
)
"""Step n brings a file from version n to version n + 1."""

VERSION = len(MIGRATIONS)
