"""A pytest plugin that puts Qt out of reach, as on a machine where it is not installed."""

import sys

import pytest

OUT_OF_REACH = ("PySide6", "shiboken6", "pyqtgraph")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the options of pytest-qt, which is left out of this run, so that none is unknown."""
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "an option of pytest-qt, without effect here")


if set(OUT_OF_REACH) & set(sys.modules):
    raise RuntimeError("Qt was imported before it could be put out of reach")
# With None in the place of a module, an import fails and a search finds nothing.
sys.modules.update(dict.fromkeys(OUT_OF_REACH))  # type: ignore[arg-type]  # None is meant
