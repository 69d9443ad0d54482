"""Which rows are filed under a key: one sorted array, and a small dictionary for what came later."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.keys import MASK, ROW_MASK, Numbers

Ints = NDArray[np.int64]
_ROW = np.uint64(ROW_MASK)
_KEY = np.uint64(MASK & ~ROW_MASK)
#: Four megabytes at most, for ten million entries and more.
_MOST_BITS = 20
#: Steps taken by all keys alike, enough for most; only those in crowded places go on.
_FEW_STEPS = 4


class _Filed:
    """Sorted entries with a table of where those with the same upper bits begin.

    The table says nearly where a key is, so that a few steps find it: plain bisection of ten million entries
    waits for memory at each of its twenty-four.
    """

    def __init__(self, entries: Numbers) -> None:
        self.entries = entries
        bits = min(_MOST_BITS, max(1, len(entries).bit_length() - 3))
        self._shift = np.uint64(64 - bits)
        ends = np.arange(1, 1 << bits, dtype=np.uint64) << self._shift
        self._heads = np.zeros((1 << bits) + 1, np.int32)
        self._heads[1:-1] = np.searchsorted(entries, ends)
        self._heads[-1] = len(entries)

    def first(self, keys: Numbers) -> Ints:
        """For each key where the entries that are not below it begin."""
        bucket = (keys >> self._shift).astype(np.int64)
        low, high = self._heads[bucket].astype(np.int64), self._heads[bucket + 1].astype(np.int64)
        for _ in range(_FEW_STEPS):
            middle = (low + high) >> 1
            below = self.entries.take(middle, mode="clip") < keys
            below &= low < high
            low = np.where(below, middle + 1, low)
            high = np.where(below, high, middle)
        crowded = np.flatnonzero(low < high)
        while len(crowded):
            middle = (low[crowded] + high[crowded]) >> 1
            below = self.entries[middle] < keys[crowded]
            low[crowded[below]] = middle[below] + 1
            high[crowded[~below]] = middle[~below]
            crowded = crowded[low[crowded] < high[crowded]]
        return low


class Postings:
    """Rows by key. Looking up costs the same for a million names as for ten, save the cache misses."""

    def __init__(self, entries: Numbers) -> None:
        """`entries` hold a key in the upper bits and a row in the lower; sorted in place."""
        entries.sort()
        self._entries = entries
        self._filed = _Filed(entries)
        self._added: defaultdict[int, list[int]] = defaultdict(list)
        self._late: _Filed | None = None

    def add(self, keys: list[int], row: int) -> None:
        """File one more row, without a rebuild."""
        for key in keys:
            self._added[key].append(row)
        self._late = None

    def find(self, keys: Numbers, *, at_most: int) -> tuple[Ints, Ints, Ints]:
        """For many keys: (number of the key, row) pairs, and how many rows each key has.

        A key with more rows than `at_most` gives the first of them.
        """
        which, rows, counts = _between(self._filed, keys, at_most)
        if self._added:
            late_which, late_rows, late_counts = _between(self._sorted_late(), keys, at_most)
            which, rows = np.concatenate([which, late_which]), np.concatenate([rows, late_rows])
            counts = counts + late_counts
        return which, rows, counts

    def rows_of(self, keys: list[int], *, at_most: int) -> list[list[int]] | None:
        """The rows of each of a few keys; None where one has more than `at_most`."""
        wanted = np.array(keys, np.uint64)
        first = self._entries.searchsorted(wanted).tolist()
        last = self._entries.searchsorted(wanted | _ROW, "right").tolist()
        found = []
        for key, start, end in zip(keys, first, last, strict=True):
            if end - start > at_most:
                return None
            rows = [entry & ROW_MASK for entry in self._entries[start:end].tolist()] if end > start else []
            found.append(rows + self._added.get(key, []))
        return found

    def _sorted_late(self) -> _Filed:
        if self._late is None:
            pairs = [key | row for key, rows in self._added.items() for row in rows]
            self._late = _Filed(np.sort(np.array(pairs, np.uint64)))
        return self._late


def _counted(filed: _Filed, first: Ints, keys: Numbers) -> Ints:
    """How many entries each key has, which begin at `first`: most have one or two, the others are looked up."""
    entries, total = filed.entries, np.ones(len(keys), np.int64)
    going = np.arange(len(keys))
    for _ in range(_FEW_STEPS):
        next_ = np.minimum(first[going] + total[going], len(entries) - 1)
        more = (entries[next_] & _KEY == keys[going]) & (next_ == first[going] + total[going])
        going = going[more]
        total[going] += 1
    after = (keys[going] | _ROW) + np.uint64(1)
    total[going] = np.where(after == 0, len(entries), filed.first(after)) - first[going]
    return total


def _between(filed: _Filed, keys: Numbers, at_most: int) -> tuple[Ints, Ints, Ints]:
    entries, counts = filed.entries, np.zeros(len(keys), np.int64)
    if not len(entries):
        return np.empty(0, np.int64), np.empty(0, np.int64), counts
    first = filed.first(keys)
    # Most keys are nobody's; only the others are asked where their rows end.
    met = np.flatnonzero(entries[np.minimum(first, len(entries) - 1)] & _KEY == keys)
    first = first[met]
    total = _counted(filed, first, keys[met])
    taken = np.minimum(total, at_most)
    which = np.repeat(met, taken)
    step = np.arange(len(which)) - np.repeat(np.cumsum(taken) - taken, taken)
    rows = (entries[np.repeat(first, taken) + step] & _ROW).astype(np.int64)
    counts[met] = total
    return which, rows, counts
