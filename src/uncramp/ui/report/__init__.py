"""The report in the window, and on paper."""
