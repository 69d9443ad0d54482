"""Which characters of a text have a property, asked once per character and then answered by set algebra."""

from __future__ import annotations

from collections.abc import Callable, Set


class Signs:
    """Remembers, of every character seen so far, whether it passes `test`; safe to share between threads."""

    def __init__(self, test: Callable[[str], bool]) -> None:
        self._test = test
        self._seen: set[str] = set()
        self._passing: set[str] = set()

    def among(self, signs: Set[str]) -> Set[str]:
        """Those of `signs` that pass."""
        new = signs - self._seen
        if new:
            self._passing.update(filter(self._test, new))
            self._seen.update(new)
        return signs & self._passing
