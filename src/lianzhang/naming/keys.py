"""Keys: numbers under which a name is filed, one per way in which it may be written.

A piece of text is hashed as Σ value(character) · BASE^position modulo 2^64, so that the hash of any stretch of a
name, and of a stretch with one character left out, follows from running sums – for one name or for a million.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.clean import BEYOND

Numbers = NDArray[np.uint64]

MASK = (1 << 64) - 1
BASE = 0x9E3779B97F4A7C15 | 1
UNBASE = pow(BASE, -1, 1 << 64)
_SPREAD = 0xD6E8FEB86659FD93
#: A key is the upper 40 bits of a hash; the lower 24 number the row.
ROW_BITS = 24
ROW_MASK = (1 << ROW_BITS) - 1


class Key(IntEnum):
    """What a key files a name under."""

    FULL = 1  # the whole name as written
    CORE = 2  # trade name and industry
    SHORT = 3  # trade name and the first word of the industry
    BRAND = 4  # trade name alone
    LACKING = 5  # the core with one character left out
    SOUND = 6  # the core as it sounds
    SHAPE = 7  # the core as it looks
    BRAND_SOUND = 8  # the trade name as it sounds
    HALF = 9  # the place, and the core with one of two characters of the trade name left out


SALT = {kind: (kind * 0xBF58476D1CE4E5B9) & MASK for kind in Key}


@cache
def values() -> Numbers:
    """A fixed random number for each character."""
    return spread(np.arange(1, BEYOND + 1, dtype=np.uint64))


def spread(numbers: Numbers) -> Numbers:
    """Scatter numbers over 64 bits (a finaliser in the manner of splitmix64)."""
    mixed = numbers * np.uint64(_SPREAD)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_SPREAD)
    mixed ^= mixed >> np.uint64(29)
    return mixed


_powers = np.ones(1, np.uint64), np.ones(1, np.uint64)


def powers(count: int) -> tuple[Numbers, Numbers]:
    """BASE^0, BASE^1, … and BASE^-0, BASE^-1, …, at least `count` of each."""
    global _powers
    if len(_powers[0]) < count:
        size = 1 << (count - 1).bit_length()
        made = []
        for base in (BASE, UNBASE):
            steps = np.full(size, base, np.uint64)
            steps[0] = 1
            made.append(np.cumprod(steps, dtype=np.uint64))
        _powers = made[0], made[1]
    return _powers


class _Values(dict[str, int]):
    """The number of a character as a plain integer."""

    def __missing__(self, character: str) -> int:
        number = self[character] = int(values()[ord(character)])
        return number


VALUE = _Values()
_POWERS = [pow(BASE, position, 1 << 64) for position in range(256)]


def hash_of(text: str, *, by: Mapping[str, int] = VALUE) -> int:
    """The hash of one text: equal to what running sums give for the same stretch of a longer one.

    `by` gives the number of each character; other numbers hash a text as it sounds or looks.
    """
    total = 0
    if len(text) <= len(_POWERS):
        for character, power in zip(text, _POWERS, strict=False):
            total += by[character] * power
    else:
        power = 1
        for character in text:
            total += by[character] * power
            power = power * BASE & MASK
    return total & MASK


def lacking(text: str) -> list[int]:
    """The hashes of the text with its first, second, … character left out."""
    terms = [VALUE[character] * pow_ for character, pow_ in zip(text, _POWERS, strict=False)]
    before, after = 0, sum(terms)
    found = []
    for term in terms:
        after -= term
        found.append((before + after * UNBASE) & MASK)
        before += term
    return found


def key_of(kind: Key, hashed: int) -> int:
    """The key of a hash, row bits zero."""
    mixed = ((hashed ^ SALT[kind]) * _SPREAD) & MASK
    mixed ^= mixed >> 32
    return ((mixed * _SPREAD) & MASK) & ~ROW_MASK


def town_number(hashed: int) -> int:
    """The number of a township in sixteen bits, from the hash of its name; never 0, which stands for none."""
    return hashed >> 48 or 1


def town_numbers(hashed: Numbers) -> NDArray[np.uint16]:
    """`town_number` for many hashes."""
    numbers: NDArray[np.uint16] = np.maximum(hashed >> np.uint64(48), np.uint64(1)).astype(np.uint16)
    return numbers


def keys_of(kind: Key, hashed: Numbers) -> Numbers:
    """`key_of` for many hashes."""
    mixed = (hashed ^ np.uint64(SALT[kind])) * np.uint64(_SPREAD)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_SPREAD)
    mixed &= np.uint64(MASK & ~ROW_MASK)
    return mixed


class Stretches:
    """Hashes of stretches of many texts laid end to end."""

    def __init__(self, terms: Numbers) -> None:
        """`terms` are the numbers of the characters, one per position."""
        self._power, self._inverse = powers(len(terms) + 1)
        self._sums = np.zeros(len(terms) + 1, np.uint64)
        np.cumsum(terms * self._power[: len(terms)], out=self._sums[1:])

    def between(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> Numbers:
        """The hash of each stretch [start, end)."""
        hashed: Numbers = (self._sums[end] - self._sums[start]) * self._inverse[start]
        return hashed

    def without(self, start: NDArray[np.int64], end: NDArray[np.int64], left: NDArray[np.int64]) -> Numbers:
        """The hash of each stretch without the character at `left`."""
        tail = (self._sums[end] - self._sums[left + 1]) * np.uint64(UNBASE)
        hashed: Numbers = (self._sums[left] - self._sums[start] + tail) * self._inverse[start]
        return hashed


class WordTable:
    """Finds by hash which word, of a fixed list, a stretch of text is."""

    def __init__(self, words: dict[str, int]) -> None:
        hashes = np.array([hash_of(word) for word in words], np.uint64)
        order = np.argsort(hashes)
        self._hashes = hashes[order]
        self._numbers = np.array(list(words.values()), np.int64)[order]
        # A sieve small enough for the cache turns most stretches away.
        self._shift = np.uint64(46 if len(words) > 1000 else 48)
        self._sieve = np.zeros(1 << (64 - int(self._shift)), np.bool_)
        self._sieve[self._hashes >> self._shift] = True

    def find(self, hashes: Numbers) -> NDArray[np.int64]:
        """The number of the word, or -1."""
        found = np.full(len(hashes), -1, np.int64)
        likely = np.flatnonzero(self._sieve[hashes >> self._shift])
        if len(likely):
            wanted = hashes[likely]
            at = np.searchsorted(self._hashes, wanted)
            at[at == len(self._hashes)] = 0
            same = self._hashes[at] == wanted
            found[likely[same]] = self._numbers[at[same]]
        return found
