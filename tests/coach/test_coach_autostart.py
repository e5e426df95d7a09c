"""Starting with the desktop: only where it is wanted, and only for the user."""

import sys
from pathlib import Path

import pytest

from uncramp.coach.desktop.autostart import autostart_file, set_autostart
from uncramp.coach.places import Places
from uncramp.model.errors import EnvironmentFault

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the standard of Linux desktops")


def test_it_is_written_and_taken_away(places: Places, tmp_path: Path) -> None:
    file = autostart_file({"XDG_CONFIG_HOME": str(tmp_path / "config")})
    assert file == tmp_path / "config" / "autostart" / "org.uncramp.Uncramp.desktop"
    set_autostart(places, file, wanted=True)
    lines = file.read_text().splitlines()
    assert lines[0] == "[Desktop Entry]"
    command = next(line for line in lines if line.startswith("Exec="))
    assert command.endswith(f"-m uncramp --data {places.data} --hidden")
    set_autostart(places, file, wanted=False)
    assert not file.exists()
    set_autostart(places, file, wanted=False)


def test_a_folder_of_no_meaning_is_not_used() -> None:
    assert autostart_file({"XDG_CONFIG_HOME": "relative"}) == autostart_file({})


def test_what_cannot_be_written_is_told(places: Places, tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("")
    with pytest.raises(EnvironmentFault):
        set_autostart(places, tmp_path / "autostart" / "a.desktop", wanted=True)
    with pytest.raises(EnvironmentFault):
        set_autostart(places, tmp_path / "autostart" / "a.desktop", wanted=False)
