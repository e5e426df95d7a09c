"""A pytest plugin that puts Qt out of reach, as on a machine where it is not installed."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoQt(MetaPathFinder):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}:
            raise ModuleNotFoundError(f"{fullname} is out of reach in this run", name=fullname)
        return None


if "PySide6" in sys.modules:
    raise RuntimeError("Qt was imported before it could be put out of reach")
sys.meta_path.insert(0, _NoQt())
