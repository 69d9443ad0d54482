"""Many short texts in two arrays instead of a million Python objects."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Texts:
    """A list of texts kept as UTF-8 end to end; texts added later wait in a list behind.

    >>> texts = Texts(["时风", "BOT"])
    >>> texts.append("鑫大地")
    >>> texts[1], texts[2], len(texts)
    ('BOT', '鑫大地', 3)
    """

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\0".join(texts)
        if joined.count("\0") != max(0, len(texts) - 1):
            joined = "\0".join(text.replace("\0", "") for text in texts)
        self._bytes = joined.encode("utf-8", "replace")
        breaks = np.flatnonzero(np.frombuffer(self._bytes, np.uint8) == 0).astype(np.int64)
        ends = [len(self._bytes)] if texts else []
        # Text i lies between ends[i - 1] + 1 and ends[i].
        whole = np.concatenate([breaks, np.array(ends, np.int64)])
        self._ends: NDArray[np.uint32] = whole.astype(np.uint32)
        self._added: list[str] = []

    def __len__(self) -> int:
        return len(self._ends) + len(self._added)

    def __getitem__(self, number: int) -> str:
        if number >= len(self._ends):
            return self._added[number - len(self._ends)]
        start = int(self._ends[number - 1]) + 1 if number else 0
        return self._bytes[start : int(self._ends[number])].decode()

    def append(self, text: str) -> None:
        """Add one text at the end."""
        self._added.append(text)

    def all(self) -> list[str]:
        """All texts, in order."""
        kept = self._bytes.decode().split("\0") if len(self._ends) else []
        return kept + self._added
