"""Many recordings at once: in several processes where that is worth it, with a way to stop."""

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from uncramp.model.errors import EnvironmentFault
from uncramp.model.language import tr
from uncramp.model.problem import Problem
from uncramp.recordings.finding import find_sources, never
from uncramp.recordings.reading import (
    Reading,
    Source,
    forget_archive,
    leave_interrupts,
    read_source,
    read_sources,
)

WORTH_BYTES, WORTH_ALONE_BYTES = 1 << 20, 8 << 20
"""Less is read here before another process would have begun, of several files and of one. What is
larger would hold the window up with every line, and could not be stopped."""
PORTION_BYTES, PORTION_FILES = 1 << 18, 16
ASKED_EVERY_S = 0.1
_STARTING = threading.Lock()
"""Helpers begin with the first files that they are given: whoever starts some knows them by that.
A watched folder may be read while a page reads others, and neither ends the other's."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read.

    Attributes:
        readings: one for each file, in the order of their names.
        refused: what was not even opened, with the reason.
        cancelled: stopped before the end.
    """

    readings: tuple[Reading, ...]
    refused: tuple[Problem, ...] = ()
    cancelled: bool = False


def read_recordings(
    paths: Iterable[Path],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Readings:
    """Read files, folders and exports. Takes a while: not for the thread of the window.

    Args:
        paths: of the user.
        workers: processes; without it as many as there are processors for this program.
        progress: told how many of how many files are done.
        cancelled: asked ten times a second.

    Raises:
        EnvironmentFault: there is no room for what has to be unpacked.
    """
    tell = progress or _tell_nobody
    stop = cancelled or never
    try:
        with tempfile.TemporaryDirectory(prefix="uncramp-", ignore_cleanup_errors=True) as folder:
            found = find_sources(paths, Path(folder), stop)
            if found.stopped:
                return Readings((), tuple(found.refused), cancelled=True)
            many = len(found.sources)
            tell(0, many)
            read: dict[int, Reading] = {}
            for numbers, readings in _in_turn(found.sources, workers or _processors(), stop):
                read.update(zip(numbers, readings, strict=True))
                tell(len(read), many)
            forget_archive()
    except OSError as error:
        raise EnvironmentFault(
            tr("There is no room to unpack the files: {reason}.").format(
                reason=error.strerror or error
            )
        ) from error
    ordered = tuple(read[number] for number in sorted(read))
    return Readings(ordered, tuple(found.refused), cancelled=len(read) < many)


def _tell_nobody(_done: int, _all: int) -> None:
    pass


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Portion = tuple[int, ...]
Part = tuple[Sequence[int], Sequence[Reading]]


def _in_turn(sources: Sequence[Source], workers: int, stop: Callable[[], bool]) -> Iterator[Part]:
    """Yield numbers of sources with what was read of them, as they are done."""
    left = set(range(len(sources)))
    size = sum(one.size for one in sources)
    several = workers > 1 and len(sources) > 1
    if size >= (WORTH_BYTES if several else WORTH_ALONE_BYTES):
        try:
            for numbers, readings in _in_processes(sources, workers, stop):
                left.difference_update(numbers)
                yield numbers, readings
        except (BrokenProcessPool, OSError, RuntimeError):
            pass  # where no other process can be had, this one does it
    for number in sorted(left):
        if stop():
            return
        yield (number,), (read_source(sources[number]),)


def _in_processes(
    sources: Sequence[Source], workers: int, stop: Callable[[], bool]
) -> Iterator[Part]:
    portions = _portions(sources)
    # A new process and no copy of this one: it has threads, and windows.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        min(workers, len(portions)), mp_context=context, initializer=leave_interrupts
    )
    waiting: dict[Future[tuple[Reading, ...]], Portion] = {}
    helpers: set[BaseProcess] = set()
    try:
        with _STARTING:
            others = set(multiprocessing.active_children())
            for portion in portions:
                waiting[pool.submit(read_sources, tuple(sources[one] for one in portion))] = portion
            helpers = set(multiprocessing.active_children()) - others
        while waiting and not stop():
            done, _ = wait(waiting, timeout=ASKED_EVERY_S, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if waiting:  # nobody wants what they are still reading, and the program's end waits for it
            for helper in helpers:
                helper.terminate()


def _portions(sources: Sequence[Source]) -> list[Portion]:
    """Put small files together, so that they do not cost a message each; large ones go first."""
    portions: list[Portion] = []
    portion: list[int] = []
    size = 0
    order = sorted(range(len(sources)), key=lambda number: sources[number].size, reverse=True)
    for number in order:
        portion.append(number)
        size += sources[number].size
        if size >= PORTION_BYTES or len(portion) >= PORTION_FILES:
            portions.append(tuple(portion))
            portion, size = [], 0
    if portion:
        portions.append(tuple(portion))
    return portions
