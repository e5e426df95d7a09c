"""The two families of errors.

The world's faults (a full disk, no sound, a file that is not there) are `EnvironmentFault`s:
they are told in one calm sentence and nothing is lost. Everything else that is raised is our
own mistake and goes to the crash dialog.
"""


class EnvironmentFault(Exception):  # noqa: N818  # a fault of the world, not an error of the program
    """Something outside the program is not as it needs it; the message is for the user."""
