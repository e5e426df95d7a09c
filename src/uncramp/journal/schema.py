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
)
"""Step n brings a file from version n to version n + 1."""

VERSION = len(MIGRATIONS)
