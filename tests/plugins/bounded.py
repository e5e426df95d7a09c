"""A pytest plugin that bounds the memory of a test run.

A test that never ends and keeps what it sees then fails with a MemoryError, and takes neither
the machine nor the other tests along.
"""

import sys

LARGEST_BYTES = 6 << 30

if sys.platform == "linux":
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_BYTES, resource.RLIM_INFINITY))
