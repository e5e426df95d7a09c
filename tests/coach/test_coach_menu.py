"""The entry in the desktop's menu: what is written, where, and that it goes away again."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from uncramp.coach.desktop import menu
from uncramp.coach.places import Places
from uncramp.model.errors import EnvironmentFault

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="menus as on Linux")


def entry_of(home: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as the module says
    parser.read(home / "applications" / "org.uncramp.Uncramp.desktop", "utf-8")
    return parser["Desktop Entry"]


@linux
def test_entry_icon_and_type_are_written_and_removed(places: Places, tmp_path: Path) -> None:
    home = tmp_path / "share"
    written = menu.enter(places, home)
    assert all(path.is_relative_to(home) and path.stat().st_mode & 0o444 for path in written)
    entry = entry_of(home)
    assert entry["Exec"] == f"{sys.executable} -m uncramp open %f"
    assert (home / "icons/hicolor/scalable/apps" / f"{entry['Icon']}.svg").exists()
    kind = ET.parse(home / "mime/packages/org.uncramp.Uncramp.xml").getroot()[0]
    assert entry["MimeType"] == f"{kind.attrib['type']};"
    assert menu.leave(home) == written
    assert not any(path.exists() for path in written)
    assert menu.leave(home) == ()


@linux
@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="no validator here")
def test_the_entry_keeps_to_the_standard(places: Places, tmp_path: Path) -> None:
    entry = menu.enter(places, tmp_path)[0]
    done = subprocess.run(
        ["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@linux
@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("/usr/bin/python3", "/usr/bin/python3"),
        ("/home/a b/python", '"/home/a b/python"'),
        ("/opt/100%/python", "/opt/100%%/python"),
        ('/opt/a"b$c/python', r'"/opt/a\\"b\\$c/python"'),
    ],
)
def test_paths_are_quoted_as_the_standard_asks(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, line: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    menu.enter(places, tmp_path)
    assert entry_of(tmp_path)["Exec"] == f"{line} -m uncramp open %f"


@linux
def test_a_folder_in_the_way_is_one_sentence(places: Places, tmp_path: Path) -> None:
    (tmp_path / "applications").write_text("in the way", "utf-8")
    with pytest.raises(EnvironmentFault, match="Nothing was changed"):
        menu.enter(places, tmp_path)


def test_elsewhere_it_says_so(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(EnvironmentFault, match="Linux"):
        menu.enter(places, tmp_path)


def test_the_users_folder_is_that_of_the_standard(tmp_path: Path) -> None:
    assert menu.data_home({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path
    assert menu.data_home({"XDG_DATA_HOME": "relative"}) == Path.home() / ".local/share"
    assert menu.data_home({}) == Path.home() / ".local/share"
