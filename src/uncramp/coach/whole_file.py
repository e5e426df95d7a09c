"""Writing a file of the user: whole or not at all."""

import os
import tempfile
from pathlib import Path

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the user: a new file first, then a rename over the old.

    Raises:
        EnvironmentFault: it cannot be written; whatever was there is untouched.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise EnvironmentFault(
            tr("{path} could not be written: {reason}. Nothing was changed.").format(
                path=path, reason=error.strerror or error
            )
        ) from error
