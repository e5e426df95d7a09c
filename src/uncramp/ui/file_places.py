"""Where a dialog for files begins: never in whatever folder the program was started from."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def documents(name: str = "") -> str:
    """Return the user's documents, or a file in there; the home where there is no such folder."""
    return _in(QStandardPaths.StandardLocation.DocumentsLocation, name)


def downloads(name: str = "") -> str:
    """Return the user's downloads, or a file in there; the home where there is no such folder."""
    return _in(QStandardPaths.StandardLocation.DownloadLocation, name)


def pictures() -> str:
    """Return the user's pictures; the home where there is no such folder."""
    return _in(QStandardPaths.StandardLocation.PicturesLocation, "")


def _in(where: QStandardPaths.StandardLocation, name: str) -> str:
    folder = Path(QStandardPaths.writableLocation(where))
    return str((folder if folder.is_dir() else Path.home()) / name)
