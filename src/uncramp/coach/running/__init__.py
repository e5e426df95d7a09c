"""Runs: what to plan for the next one, in words."""
