"""Adherence, rates, intervals and associations: functions on sequences."""
