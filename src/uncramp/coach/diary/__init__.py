"""The diary as lists, tables, files and backups."""
