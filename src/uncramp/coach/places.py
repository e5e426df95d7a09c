"""Where things are: what is shipped with the program, and the user's own folders."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr

DATA_VARIABLE = "UNCRAMP_DATA_DIR"
_PACKAGE = Path(__file__).resolve().parent.parent


class Places(NamedTuple):  # made in a seventh of the time of a dataclass
    """Folders of one user.

    Attributes:
        assets: shipped sounds, voice, icons, themes and schemas.
        routines: shipped routines and, below it, exercises.
        data: the journal and the user's own routines.
        config: settings.
        cache: what can be made again.
        chosen: the user named the data folder himself.
    """

    assets: Path
    routines: Path
    data: Path
    config: Path
    cache: Path
    chosen: bool = False


def find_places(data: Path | None, environment: Mapping[str, str] = os.environ) -> Places:
    """Return the folders, all below `data` when it (or the variable UNCRAMP_DATA_DIR) is given.

    Nothing is created.

    Raises:
        EnvironmentFault: the program's own files are missing.
    """
    shipped = _shipped()
    named = data or (Path(environment[DATA_VARIABLE]) if environment.get(DATA_VARIABLE) else None)
    if named is not None:
        with contextlib.suppress(RuntimeError):  # a ~ that stands for nobody is a name like others
            named = named.expanduser()
        root = named.absolute()
        return Places(
            shipped / "assets", shipped / "routines", root, root, root / "cache", chosen=True
        )
    from platformdirs import PlatformDirs  # only where its answer is asked for

    folders = PlatformDirs("Uncramp", appauthor=False)
    return Places(
        assets=shipped / "assets",
        routines=shipped / "routines",
        data=folders.user_data_path,
        config=folders.user_config_path,
        cache=folders.user_cache_path,
    )


def _shipped() -> Path:
    """In an installed package the files lie inside it, in a checkout at its top."""
    for candidate in (_PACKAGE / "_data", _PACKAGE.parent.parent):
        if (candidate / "assets").is_dir() and (candidate / "routines").is_dir():
            return candidate
    raise EnvironmentFault(
        tr("The installation is incomplete: the folders assets and routines are missing.")
    )
