"""Where things are, whatever the user's environment says."""

from pathlib import Path

import pytest

from uncramp.coach.places import find_places


@pytest.mark.parametrize(
    "name", ["~nobody_of_that_name/x", "a\nb", "x" * 300, "rel/ative", "Σ عربي"]
)
def test_any_name_is_a_place(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    named = find_places(None, {"UNCRAMP_DATA_DIR": name})
    assert named.data == tmp_path / name
    assert named == find_places(Path(name), {})


def test_the_tilde_is_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert find_places(Path("~/data"), {}).data == tmp_path / "data"


def test_an_empty_variable_names_nothing() -> None:
    assert find_places(None, {"UNCRAMP_DATA_DIR": ""}) == find_places(None, {})
