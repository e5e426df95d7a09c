"""A private sound server for the tests that listen."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "packaging")]

from _cue_server import SoundServer, missing  # noqa: E402  # found through the line above


@pytest.fixture
def sound_server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    """A server that is not started yet; whatever runs of it ends with the test."""
    absent = "PulseAudio needs Linux" if sys.platform != "linux" else missing()
    if absent:
        reason = f"no private sound server: {absent}"
        if os.environ.get("CI") == "true" and sys.platform == "linux":
            pytest.fail(reason)
        pytest.skip(reason)
    server = SoundServer(tmp_path_factory.mktemp("pulse"))
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    server.thaw()
    server.kill()


@pytest.fixture
def wait_for() -> Callable[..., bool]:
    """Wait until a condition holds; tell whether it did in time."""

    def wait(condition: Callable[[], bool], patience_s: float = 5.0) -> bool:
        pause = threading.Event()
        end = time.monotonic() + patience_s
        while not condition():
            if time.monotonic() > end:
                return False
            pause.wait(0.005)
        return True

    return wait
