"""Undo and redo of something that is written: its states, one behind the other."""

from typing import Generic, TypeVar

MOST = 500
"""Steps back that are kept; a text has a few thousand letters."""

State = TypeVar("State")


class History(Generic[State]):
    """The states before the present one, and those that were undone."""

    def __init__(self) -> None:
        self._past: list[State] = []
        self._future: list[State] = []
        self._last_kind: object = None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return bool(self._future)

    def leave(self, state: State, kind: object) -> None:
        """Note that `state` is left by a change of a kind.

        Changes of one kind right after each other are undone together; None is a kind of its own
        every time.
        """
        if kind is None or kind != self._last_kind:
            self._past.append(state)
            del self._past[:-MOST]
        self._last_kind = kind
        self._future.clear()

    def undo(self, state: State) -> State:
        """Return the state before `state`, or `state` where there is none."""
        return self._step(state, self._past, self._future)

    def redo(self, state: State) -> State:
        """Return the state that was undone last, or `state` where there is none."""
        return self._step(state, self._future, self._past)

    def _step(self, state: State, source: list[State], target: list[State]) -> State:
        if not source:
            return state
        target.append(state)
        self._last_kind = None
        return source.pop()
