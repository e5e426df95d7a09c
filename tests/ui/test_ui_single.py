"""One window for each user: in a folder of the user's own, deaf to others, never in the way."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uncramp.coach.places import Places
from uncramp.ui import single
from uncramp.ui.single import SingleInstance, is_of_this_user, socket_places

posix = pytest.mark.skipif(os.name != "posix", reason="sockets as on Unix")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the peer is asked for on Linux")

LATER = """
import socket, sys
later = socket.socket(socket.AF_UNIX)
later.connect(sys.argv[1])
later.recv(1)
"""


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    return folder


@pytest.fixture
def first(places: Places, runtime: Path, qtbot: QtBot) -> Iterator[SingleInstance]:
    assert runtime.is_dir()
    assert qtbot is not None
    instance = SingleInstance(places)
    yield instance
    instance.close()


@posix
def test_the_socket_lies_in_a_folder_that_only_the_user_may_enter(
    first: SingleInstance, places: Places, runtime: Path, tmp_path: Path
) -> None:
    first.listen()
    (name,) = (runtime / "uncramp").iterdir()
    assert name == next(socket_places(places))
    assert name.is_socket()
    assert (runtime / "uncramp").stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not places.cache.exists()


@posix
def test_a_folder_that_others_may_enter_is_not_used(
    first: SingleInstance, places: Places, runtime: Path, qtbot: QtBot
) -> None:
    (runtime / "uncramp").mkdir()
    (runtime / "uncramp").chmod(0o777)
    squatting = socket.socket(socket.AF_UNIX)
    squatting.bind(str(next(socket_places(places))))
    squatting.listen()
    assert not SingleInstance(places).hand_over("open /home/me/secret")
    first.listen()
    assert next((places.cache / "run").iterdir()).is_socket()
    with qtbot.waitSignal(first.message_received, timeout=5_000) as waited:
        assert SingleInstance(places).hand_over("for the first")
    assert waited.args == ["for the first"]
    squatting.setblocking(False)
    with pytest.raises(BlockingIOError):
        squatting.accept()
    squatting.close()


@posix
def test_a_start_without_the_variable_finds_the_window_too(
    first: SingleInstance, places: Places, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    without = SingleInstance(places)
    without.listen()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(places.data / "another"))
    with qtbot.waitSignal(without.message_received, timeout=5_000):
        assert SingleInstance(places).hand_over("")
    without.close()
    assert not first.hand_over("")


@posix
def test_a_path_that_is_too_long_for_a_socket_is_passed_over(
    places: Places,
    tmp_path: Path,
    runtime: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime / ("x" * 100)))
    deep = places._replace(cache=tmp_path / ("x" * 100))
    instance = SingleInstance(deep)
    instance.listen()
    (folder,) = (tmp_path / "tmp").iterdir()
    assert folder.name == f"uncramp-{os.getuid()}"
    with qtbot.waitSignal(instance.message_received, timeout=5_000):
        assert SingleInstance(deep).hand_over("")
    instance.close()


@linux
def test_only_a_program_of_the_same_user_is_heard(tmp_path: Path) -> None:
    near, far = socket.socketpair(socket.AF_UNIX)
    assert is_of_this_user(near.fileno())
    near.close()
    far.close()
    assert not is_of_this_user(os.open(os.devnull, os.O_RDONLY))
    if os.geteuid() != 0:
        pytest.skip("only root can begin a program of another user")
    tmp_path.chmod(0o755)
    for folder in list(tmp_path.parents)[:2]:
        folder.chmod(0o755)
    name = tmp_path / "socket"
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(name))
    name.chmod(0o777)
    listening.listen()
    other = subprocess.Popen(["/usr/bin/env", "python3", "-c", LATER, str(name)], user=65534)
    connection, _ = listening.accept()
    assert not is_of_this_user(connection.fileno())
    connection.close()
    listening.close()
    other.wait()


@posix
def test_neither_side_trusts_another_user(
    first: SingleInstance, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.listen()
    heard: list[str] = []
    first.message_received.connect(heard.append)
    later = SingleInstance(places)
    answers = iter((True, False))  # the later start trusts the first, which does not trust it
    monkeypatch.setattr(single, "is_of_this_user", lambda _: next(answers))
    assert later.hand_over("hello")
    for _ in range(50):
        QApplication.processEvents()
    assert heard == []
    monkeypatch.setattr(single, "is_of_this_user", lambda _: False)
    assert not later.hand_over("open /home/me/secret")
