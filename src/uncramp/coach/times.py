"""How times are written in the terminal and the window."""


def clock(ms: int) -> str:
    """Return minutes and seconds, rounded up: the last second shows 0:01 and the end 0:00."""
    seconds = -(-ms // 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def spent(ms: int) -> str:
    """Return a time that is over, in minutes and seconds, rounded to the nearest second."""
    seconds = (ms + 500) // 1000
    return f"{seconds // 60}:{seconds % 60:02d}"
