"""Many short texts in two arrays instead of a million Python objects."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Texts:
    """A list of texts kept end to end, in two bytes a character (one where all are ASCII); later ones behind in a list.

    >>> texts = Texts(["时风", "BOT"])
    >>> texts.append("鑫大地")
    >>> texts[1], texts[2], len(texts)
    ('BOT', '鑫大地', 3)
    """

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\0".join(texts)
        if joined.count("\0") != max(0, len(texts) - 1):
            joined = "\0".join(text.replace("\0", "") for text in texts)
        self._encoding, unit = ("ascii", np.uint8) if joined.isascii() else ("utf-16-le", np.uint16)
        self._bytes = joined.encode(self._encoding, "replace")
        units = np.frombuffer(self._bytes, unit)
        self._width = units.itemsize
        breaks = np.flatnonzero(units == 0)
        # Text i lies between ends[i - 1] + 1 and ends[i].
        self._ends: NDArray[np.uint32] = np.empty(len(texts), np.uint32)
        self._ends[: len(breaks)] = breaks
        self._ends[len(breaks) :] = len(units)
        self._added: list[str] = []

    def __len__(self) -> int:
        return len(self._ends) + len(self._added)

    def __getitem__(self, number: int) -> str:
        if number >= len(self._ends):
            return self._added[number - len(self._ends)]
        start = int(self._ends[number - 1]) + 1 if number else 0
        return self._bytes[start * self._width : int(self._ends[number]) * self._width].decode(self._encoding)

    def append(self, text: str) -> None:
        """Add one text at the end."""
        self._added.append(text)

    def all(self) -> list[str]:
        """All texts, in order."""
        kept = self._bytes.decode(self._encoding).split("\0") if len(self._ends) else []
        return kept + self._added
