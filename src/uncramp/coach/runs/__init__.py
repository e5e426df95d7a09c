"""Runs: read from recordings, told apart from those that are known, taken and given back."""
