"""Enterprise ids and their numbers in the index, without a dictionary of a million texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lianzhang.naming.clean import BEYOND
from lianzhang.naming.keys import ROW_MASK, Key, Numbers, Stretches, keys_of, values
from lianzhang.naming.texts import Texts

_BLOCK = 16_384


class Ids:
    """Ids in the order of their numbers; each is found by its hash and then compared to the letter."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._texts = Texts(ids)
        entries = np.empty(len(ids), np.uint64)
        for first in range(0, len(ids), _BLOCK):
            block = ids[first : first + _BLOCK]
            entries[first : first + len(block)] = _keys(block) | np.arange(
                first, first + len(block), dtype=np.uint64
            )
        entries.sort()
        self._entries = entries
        self._added: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, number: int) -> str:
        return self._texts[number]

    def number(self, id: str) -> int | None:
        """The number of an id; None where it is not listed."""
        if id in self._added:
            return self._added[id]
        key = int(_keys([id])[0])
        at = int(self._entries.searchsorted(np.uint64(key)))
        while at < len(self._entries) and int(self._entries[at]) & ~ROW_MASK == key:
            number = int(self._entries[at]) & ROW_MASK
            if self._texts[number] == id:
                return number
            at += 1
        return None

    def add(self, id: str) -> int:
        """Number a new id."""
        self._added[id] = len(self._texts)
        self._texts.append(id)
        return self._added[id]

    def double(self) -> str | None:
        """An id that is listed twice."""
        same = np.flatnonzero(self._entries[1:] >> np.uint64(24) == self._entries[:-1] >> np.uint64(24))
        for at in same.tolist():
            one = self._texts[int(self._entries[at]) & ROW_MASK]
            if one == self._texts[int(self._entries[at + 1]) & ROW_MASK]:
                return one
        return None


def _keys(ids: Sequence[str]) -> Numbers:
    codes = np.frombuffer("".join(ids).encode("utf-32-le", "replace"), np.uint32) % BEYOND
    starts = np.zeros(len(ids) + 1, np.int64)
    np.cumsum([len(id) for id in ids], out=starts[1:])
    return keys_of(Key.FULL, Stretches(values()[codes]).between(starts[:-1], starts[1:]))
