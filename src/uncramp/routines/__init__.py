"""Routine and exercise files: text to model, with every problem and its position."""
