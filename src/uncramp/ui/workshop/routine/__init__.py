"""The editor of routines."""
