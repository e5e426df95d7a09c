"""What the planner knows of the runner, kept as one line of the settings."""

from uncramp.planner.runner import Flag, Runner

USUAL_KG = 70.0
USUAL = Runner(USUAL_KG)


def runner_of(kept: str) -> Runner:
    """Return the runner of a line like "72.5 1.1 kidney,heart"; of a line that is none, the usual.

    Args:
        kept: mass in kilograms, sweat rate in litres an hour or "-", and flags or nothing.
    """
    parts = kept.split()
    if len(parts) < 2:  # mass and sweat rate
        return USUAL
    try:
        sweat = None if parts[1] == "-" else float(parts[1])
        names = parts[2].split(",") if len(parts) > 2 else []  # flags
        return Runner(float(parts[0]), sweat, frozenset(Flag(name) for name in names))
    except ValueError:
        return USUAL


def line_of(runner: Runner) -> str:
    """Return the line that `runner_of` reads."""
    sweat = "-" if runner.sweat_l_h is None else f"{runner.sweat_l_h:g}"
    flags = ",".join(sorted(flag.value for flag in runner.flags))
    return f"{runner.mass_kg:g} {sweat} {flags}".strip()
