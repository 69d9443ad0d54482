"""How planes lie in memory: [block, wire, word], 64 enterprises a word, a few thousand a block."""

from __future__ import annotations

from typing import Any as Anything

import numpy as np

#: 64 × this many enterprises make a block, whose planes fit the cache near the processor. Not a power of two:
#: planes a power of two apart would push each other out of the cache.
WORDS_IN_BLOCK = 264
Planes = np.ndarray[Anything, np.dtype[np.uint64]]


def blocks_for(rows: int) -> int:
    """How many blocks hold so many rows; at least one."""
    return max(1, -(-rows // (64 * WORDS_IN_BLOCK)))


def address(row: int) -> tuple[int, int, int]:
    """Block, word and bit of a row."""
    block, inside = divmod(row, 64 * WORDS_IN_BLOCK)
    word, bit = divmod(inside, 64)
    return block, word, bit


def pack(bits: np.ndarray[Anything, Anything], blocks: int) -> Planes:
    """One plane [block, word] from one byte or bool per row."""
    packed = np.packbits(bits.astype(np.uint8, copy=False), bitorder="little")
    plane = np.zeros(blocks * WORDS_IN_BLOCK * 8, np.uint8)
    plane[: len(packed)] = packed
    return plane.view(np.uint64).reshape(blocks, WORDS_IN_BLOCK)


def unpack(plane: Planes, rows: int) -> np.ndarray[Anything, np.dtype[np.uint8]]:
    """One byte per row from one plane [block, word]."""
    flat = np.ascontiguousarray(plane).view(np.uint8).reshape(-1)
    return np.unpackbits(flat, count=rows, bitorder="little")
