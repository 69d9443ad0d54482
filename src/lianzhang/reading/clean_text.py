"""The cleaned reading copy of a document, and the way back to the characters it came from.

Grammar works on the copy; evidence always points into the original. The copy differs from the
original almost everywhere by a constant shift, so the map holds one break point per removed
stretch instead of one number per character.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from dataclasses import dataclass

from lianzhang.kernel.text import Text

_END = sys.maxsize
#: Every sign that may open a bracketed reading behind a character.
OPENING_BRACKETS = "(（[［〔"


@dataclass(frozen=True, slots=True)
class Damage:
    """Characters that are not what the author wrote, by their place in the original text.

    `suggestion` is a likely reading for a person to judge, or empty; it is never a value.
    `swallows_digit` says that the damage took the byte before a number with it, so the number's
    first digit may be missing even where the digits that remain look sound.
    """

    start: int
    end: int
    text: str
    reason: Text
    suggestion: str = ""
    swallows_digit: bool = False


@dataclass(frozen=True, slots=True)
class CleanText:
    """A reading copy: half-width signs, simplified characters, no bracketed readings.

    `pieces` are pairs (place in the copy, place in the original), ascending in both: from each
    pair to the next the two texts run side by side, character for character.
    """

    text: str
    source: str
    pieces: tuple[tuple[int, int], ...] = ((0, 0),)
    script: str = "simplified"

    @property
    def length(self) -> int:
        """Characters in the copy."""
        return len(self.text)

    @property
    def removed(self) -> int:
        """Characters of the original that are not in the copy."""
        return len(self.source) - len(self.text)

    def original_position(self, position: int) -> int:
        """Where the character at `position` of the copy stands in the original."""
        place, origin = self.pieces[bisect_right(self.pieces, (position, _END)) - 1]
        return origin + position - place

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original behind `start:end` of the copy.

        It ends right after the last character, or after that character's own bracketed reading.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"no stretch {start}:{end} in a text of {len(self.text)} characters")
        if start == end:
            place = self.original_position(start) if start < len(self.text) else len(self.source)
            return place, place
        first, stop = self.original_position(start), self.original_position(end - 1) + 1
        behind = self.original_position(end) if end < len(self.text) else len(self.source)
        if behind > stop and self.source[stop] in OPENING_BRACKETS:
            stop = behind
        return first, stop

    def quote(self, start: int, end: int) -> str:
        """The original characters behind `start:end` of the copy."""
        first, stop = self.original(start, end)
        return self.source[first:stop]

    def cleaned(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the copy that stands for `start:end` of the original."""
        return self._cleaned_position(start), self._cleaned_position(end)

    def _cleaned_position(self, position: int) -> int:
        index = bisect_right(self.pieces, position, key=lambda piece: piece[1]) - 1
        if index < 0:
            return 0
        place, origin = self.pieces[index]
        after = self.pieces[index + 1][0] if index + 1 < len(self.pieces) else len(self.text)
        return min(place + position - origin, after)
