"""Bytes that are fetched one or eight at a time from anywhere in a text."""

from __future__ import annotations

from typing import NoReturn

import numpy as np

#: Bytes of a word.
WIDTH = 8
#: Bytes after a place that may be fetched with it, though they count for nothing.
_BEYOND = 13 * WIDTH
#: All bits of the first 0 to 8 bytes.
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(WIDTH + 1)], np.uint64)


class NotPlain(Exception):
    """Something that plain workbooks do not hold; the text says what."""


def give_up(why: str) -> NoReturn:
    """Leave the file to the general reader."""
    raise NotPlain(why)


def need(sound: np.ndarray, why: str) -> None:
    """Leave the file to the general reader unless all are sound."""
    if not sound.all():
        give_up(why)


class Words:
    """A buffer of `size` bytes, and the eight that begin at each of them, as one number."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.text = bytearray(size + _BEYOND)
        self.bytes = np.frombuffer(self.text, np.uint8)
        self.eights = np.ndarray((len(self.text) - WIDTH + 1,), "<u8", self.text, strides=(1,))

    def larger(self) -> Words:
        """Twice the size, with the same bytes in it."""
        words = Words(2 * self.size)
        words.text[: self.size] = self.text[: self.size]
        return words

    def first(self, at: np.ndarray, count: np.ndarray | int) -> np.ndarray:
        """The first `count` (0 to 8) bytes from `at` as a number, and nothing in the places of the others."""
        if isinstance(count, np.ndarray) and len(count) and (count == count[0]).all():
            count = int(count[0])
        words: np.ndarray = self.eights[at] & _MASKS[count]
        return words


def word(text: bytes) -> np.uint64:
    """Up to eight bytes as the number that `Words` makes of them."""
    return np.uint64(int.from_bytes(text, "little"))


def whole_numbers(words: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers that the first `lengths` (1 to 8) signs of `words` write, and whether all of these are digits."""
    place = ((WIDTH - lengths) * 8).astype(np.uint64)
    signs = words << place  # the last digit stands in the highest byte
    used = ~np.uint64(0) << place
    high, zeros = np.uint64(0xF0F0F0F0F0F0F0F0), np.uint64(0x3030303030303030)
    above = signs + np.uint64(0x0606060606060606)  # signs after 9 move on to the next sixteen
    digits = (((signs ^ zeros) | (above ^ zeros)) & high & used) == 0
    value = ((signs & np.uint64(0x0F0F0F0F0F0F0F0F)) * np.uint64(2561)) >> np.uint64(8)
    value = ((value & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601)) >> np.uint64(16)
    value = ((value & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
    return value.astype(np.int64), digits
