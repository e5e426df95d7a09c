"""Runs on the screen: what to plan for the next one."""
