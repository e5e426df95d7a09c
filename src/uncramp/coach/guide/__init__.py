"""The guide: what is known about cramps, how well, and from where."""
