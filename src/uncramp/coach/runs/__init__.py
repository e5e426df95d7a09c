"""Runs: read from recordings, and the next one planned."""
