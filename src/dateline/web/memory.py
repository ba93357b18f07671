"""What the allocator of the C library keeps of memory that is free again.

A server reads a hundred thousand incidents in parts and in several threads. As the GNU C library
is set, each thread gets a heap of its own and large blocks stay in it: a tenth more in all.
"""

import ctypes

# The numbers of <malloc.h>
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE = 500_000  # bytes; blocks from this size on, as columns are, go back at once
_KEPT = 2_000_000  # bytes of free memory at the end of the heap
_HEAPS = 1


def hold_little() -> bool:
    """Let free memory go back to the system; tell whether this C library can be told so."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    asked = ((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _KEPT), (_ARENA_MAX, _HEAPS))
    return all(mallopt(name, value) for name, value in asked)
