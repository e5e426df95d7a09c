"""The journal: nights, cramps, days and runs."""
