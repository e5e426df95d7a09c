"""The window: the only room that knows Qt."""

import builtins

# PySide6 wraps the import statement for its optional `from __feature__ import ...`, and from
# then on reads the source of every module that is imported, to look for its own name: a third
# of a millisecond each, for something that this program does not use.
_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401  # for its side effect, between the two lines

builtins.__import__ = _plain_import
