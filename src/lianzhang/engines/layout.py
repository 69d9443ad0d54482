"""How planes lie in memory: [wire, word], 64 enterprises a word, each plane in one piece."""

from __future__ import annotations

from typing import Any as Anything

import numpy as np

#: So many words of every plane are worked through at a time. What a rule writes and what all rules read stays in the
#: cache near the processor; the conditions of a strip (a few megabytes) in the one behind it, read in long runs.
STRIP = 1056
#: One rule alone reads few planes: still longer runs keep the memory busy.
LONG_STRIP = 4 * STRIP
_LINE = 8  # words in a cache line
Planes = np.ndarray[Anything, np.dtype[np.uint64]]


def words_for(rows: int) -> int:
    """How many words hold so many rows.

    An odd number of cache lines: planes a power of two apart would push each other out of the cache.
    """
    return _LINE * (-(-rows // (64 * _LINE)) | 1)


def planes(wires: int, words: int) -> Planes:
    """Empty planes that begin where a cache line does, so that no read touches two lines for one."""
    room = np.zeros(wires * words + _LINE, np.uint64)
    first = -(room.ctypes.data // room.itemsize) % _LINE
    return room[first : first + wires * words].reshape(wires, words)


def address(row: int) -> tuple[int, int]:
    """Word and bit of a row."""
    return divmod(row, 64)


def unpack(plane: Planes, rows: int) -> np.ndarray[Anything, np.dtype[np.uint8]]:
    """One byte per row from one plane."""
    return np.unpackbits(plane.view(np.uint8), count=rows, bitorder="little")
