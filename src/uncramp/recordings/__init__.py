"""Recordings of runs: files of watches, phones and services to values. No GPS track is kept."""
