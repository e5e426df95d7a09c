"""The user's favourite routines, kept beside the settings."""

import re
import stat
from pathlib import Path

from uncramp.model.language import tr

FILE_NAME = "favourites.toml"
_LARGEST_FILE = 256_000
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")


class Favourites:
    """Ids of routines that the user marked; those that are not there any more do no harm.

    Args:
        folder: of the settings; need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self.ids = _read(self._path)

    def toggle(self, routine: str) -> None:
        """Mark a routine, or take its mark away.

        Raises:
            EnvironmentFault: it holds for this run but could not be saved.
        """
        from uncramp.coach.whole_file import write_own  # only when something is saved

        self.ids ^= {routine}
        names = "".join(f'    "{name}",\n' for name in sorted(self.ids))
        head = tr("# Routines with a star. Written by the window; edit it freely.")
        text = f"{head}\nfavourites = [\n{names}]\n"
        write_own(self._path, text.encode())


def _read(path: Path) -> frozenset[str]:
    """Return the marked ids; what cannot be understood marks nothing."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > _LARGEST_FILE:
            return frozenset()
        raw = path.read_bytes()
    except OSError:
        return frozenset()
    import tomli  # only when there is a file

    try:
        names = tomli.loads(raw.decode("utf-8-sig")).get("favourites")
    except (ValueError, RecursionError):
        return frozenset()
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in names if isinstance(name, str) and _ID.match(name))
