"""The SQLite store of sessions and settings of the journal."""
