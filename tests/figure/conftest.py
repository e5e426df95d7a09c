"""The figures of all shipped exercises, for every test that asks for `figure`."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from uncramp.model.figure import Figure
from uncramp.routines.figure_spec import FigureSpec

EXERCISES = Path(__file__).parents[2] / "routines" / "exercises"


def _shipped() -> dict[str, Figure]:
    figures = {}
    for path in sorted(EXERCISES.glob("*.toml")):
        table = tomli.loads(path.read_text(encoding="utf-8"))
        figures[path.stem] = FigureSpec.model_validate(table["figure"]).to_model()
    return figures


SHIPPED = _shipped()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "figure" in metafunc.fixturenames:
        metafunc.parametrize("figure", SHIPPED.values(), ids=SHIPPED.keys())


@pytest.fixture
def shipped() -> Callable[[str], Figure]:
    """Give one shipped figure by its exercise's id."""
    return SHIPPED.__getitem__
