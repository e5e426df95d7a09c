"""The settings file: what is right counts, what is wrong is told, nothing ends the program."""

import os
import stat
from pathlib import Path

import pytest

from uncramp.coach.settings import (
    FILE_NAME,
    Settings,
    ThemeChoice,
    Verbosity,
    changed_setting,
    load_settings,
    save_settings,
    table,
)
from uncramp.model.errors import EnvironmentFault


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    for chosen in (
        Settings(),
        Settings(ThemeChoice.NIGHT, Verbosity.CHIMES, 0, True, 60),
        Settings(calendar_folder=str(tmp_path / 'ein "Ordner" \\ näher')),
    ):
        save_settings(tmp_path / "new", chosen)
        assert load_settings(tmp_path / "new") == (chosen, ())


@pytest.mark.skipif(os.name != "posix", reason="links as on Unix")
def test_a_file_that_is_kept_elsewhere_stays_there(tmp_path: Path) -> None:
    dotfile = tmp_path / "dotfiles.toml"
    dotfile.write_text("volume = 5\n")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / FILE_NAME).symlink_to(dotfile)
    save_settings(tmp_path / "config", Settings(volume=7))
    assert (tmp_path / "config" / FILE_NAME).is_symlink()
    assert "volume = 7" in dotfile.read_text()
    assert [path.name for path in (tmp_path / "config").iterdir()] == [FILE_NAME]


def test_a_saved_choice_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    save_settings(tmp_path, Settings())
    assert synced


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == (Settings(), ())
    assert not list(tmp_path.iterdir())


def test_every_row_of_the_page_is_a_setting_and_every_choice_is_allowed() -> None:
    for row in table():
        default = getattr(Settings(), row.key)
        values = [value for value, _ in row.choices] or [default, row.lowest, row.highest]
        if isinstance(default, bool):
            values = [True, False]
        for value in values:
            changed = changed_setting(Settings(), row.key, value)
            assert changed is not None
            assert getattr(changed, row.key) == value


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"theme = 1", "'theme' cannot be 1;"),
        (b"volume = true", "'volume' cannot be True;"),
        (b"volume = 101", "'volume' cannot be 101;"),
        (b"volume = -1", "'volume' cannot be -1;"),
        (b"volume = 1e400", "'volume' cannot be inf;"),
        (b"muted = 1", "'muted' cannot be 1;"),
        (b'calendar_folder = "plans"', "'calendar_folder' cannot be 'plans';"),
        (b'calendar_folder = "/a\\nb"', r"'calendar_folder' cannot be '/a\nb';"),
        (b"frame_rate = 30.0", "'frame_rate' cannot be 30.0;"),
        (b"[theme]\nvolume = 3", "'theme' cannot be {'volume': 3};"),
        (b'theme = ["dark"]', "'theme' cannot be ['dark'];"),
        (b'verbosity = "FULL"', "'verbosity' cannot be 'FULL';"),
        (b'colour = "red"', "there is no setting 'colour'"),
        (b'"\\u001b[2J" = 1', r"there is no setting '\x1b[2J'"),
        (b'theme = "' + b"y" * 5000 + b'"', "y" * 59 + "…;"),
        (b"volume = " + b"9" * 5000, "contains no settings;"),
        (b"a = " + b"{a = " * 2000, "contains no settings;"),
        (b"[" + b"a." * 20_000 + b"a]", "contains no settings;"),
        (b"\xff\xfe", "is not UTF-8;"),
        (b"theme", "1:6: "),
        (b"#" * 70_000, "too large;"),
    ],
)
def test_what_is_wrong_is_told_and_keeps_its_default(
    tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    settings, problems = load_settings(tmp_path)
    assert settings == Settings()
    (problem,) = problems
    assert told in str(problem)
    assert str(tmp_path / FILE_NAME) in str(problem)


def test_what_is_right_counts_beside_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'\xef\xbb\xbftheme = "dark"\nvolume = "loud"\nmuted = true')
    settings, problems = load_settings(tmp_path)
    assert settings == Settings(theme=ThemeChoice.DARK, muted=True)
    assert len(problems) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX's")
@pytest.mark.parametrize("make", ["mkfifo", "mkdir"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, make: str) -> None:
    getattr(os, make)(tmp_path / FILE_NAME)
    settings, problems = load_settings(tmp_path)
    assert settings == Settings()
    assert "not an ordinary file" in str(problems[0])


def test_saving_where_it_cannot_be_done_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(EnvironmentFault, match="could not be saved"):
        save_settings(tmp_path, Settings())
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_settings_are_their_owners_alone(tmp_path: Path) -> None:
    save_settings(tmp_path / "new", Settings())
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / FILE_NAME).stat().st_mode) == 0o600
