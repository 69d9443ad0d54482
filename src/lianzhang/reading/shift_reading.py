"""What a shifted run most likely said, told with the words of the rest of the document.

The bytes inside a run are known, so most of its characters follow. The halves lost at its ends, and
pairs that no decoder has a character for, are filled only with words that stand elsewhere in the
same document. The result is an offer to a person, never a value.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from lianzhang.reading.byte_shift import LOSS, halves, joined
from lianzhang.reading.character_odds import Tier, tier

UNKNOWN = "…"
#: The full-width question mark: a replacement sign may really be this one.
_WIDE_QUESTION = b"\xa3\xbf"
_Pair = tuple[str, str]


class Vocabulary:
    """Neighbouring characters of a document, by the bytes that damage may leave of them."""

    def __init__(self, text: str) -> None:
        self._count = Counter(pair for pair in pairwise(text) if halves(pair[0]) and halves(pair[1]))
        self._by_outer_halves: dict[tuple[int, int], list[_Pair]] = defaultdict(list)
        self._before: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._behind: dict[tuple[str, int], list[str]] = defaultdict(list)
        for first, second in self._count:
            left, right = halves(first), halves(second)
            if left and right:
                self._before[left[1], second].append(first)
                self._behind[first, right[0]].append(second)
                if joined(left[1], right[0]) is None:
                    self._by_outer_halves[left[0], right[1]].append((first, second))

    def knows(self, first: str, second: str) -> bool:
        """Whether the two characters stand side by side in the document."""
        return (first, second) in self._count

    def before(self, last_half: int, character: str) -> str:
        """The most frequent character with that last half before `character`, or nothing."""
        found = self._before.get((last_half, character), ())
        return max(found, key=lambda sign: self._count[sign, character], default="")

    def behind(self, character: str, first_half: int) -> str:
        """The most frequent character with that first half behind `character`, or nothing."""
        found = self._behind.get((character, first_half), ())
        return max(found, key=lambda sign: self._count[character, sign], default="")

    def across_gap(self, before: str, first_half: int, last_half: int, behind: str) -> str:
        """Two characters around a pair that no decoder shows, known with a neighbour."""
        for first, second in self._by_outer_halves.get((first_half, last_half), ()):
            if self.knows(before, first) or self.knows(second, behind):
                return first + second
        return ""


def likely_reading(run: str, before: str, vocabulary: Vocabulary) -> str:
    """The likely reading of a shifted `run`; `before` is the character ahead of it."""
    if run[:1] and run[0] in LOSS:
        before = run[len(run) - len(run.lstrip(LOSS)) - 1]
    letter = run[-1] if run[-1] < "\x80" and run[-1] not in LOSS else ""
    signs = [sign for sign in run.strip(LOSS) if halves(sign) or sign in LOSS]
    pairs = [halves(sign) for sign in signs]
    if not pairs or pairs[0] is None:
        return UNKNOWN
    inner = [joined(a[1], b[0]) if a and b else None for a, b in pairwise(pairs)]
    parts = [_head(pairs[0][0], before, next(iter(inner), None), vocabulary)]
    for place, character in enumerate(inner):
        left, right = pairs[place], pairs[place + 1]
        behind = inner[place + 1] if place + 1 < len(inner) else None
        known = character and (
            vocabulary.knows(parts[-1][-1:], character) or (behind and vocabulary.knows(character, behind))
        )
        repaired = ""
        if left and right and not known:
            repaired = vocabulary.across_gap(parts[-1][-1:], left[1], right[0], behind or "")
        parts.append(repaired or character or UNKNOWN)
    final = pairs[-1]
    if final is not None:
        closing = joined(final[1], ord(letter)) if letter else None
        parts.append(closing or vocabulary.behind(parts[-1][-1:], final[1]) or UNKNOWN)
    return re.sub(f"{UNKNOWN}+", UNKNOWN, "".join(parts))


def _head(half: int, before: str, behind: str | None, vocabulary: Vocabulary) -> str:
    """The character whose last half opens the run; its first half is lost or in a sign before it."""
    if before and before in LOSS:
        guess = joined(_WIDE_QUESTION[1], half)
        plain = guess is not None and tier(guess) <= Tier.LEVEL_1
        if guess and (plain or (behind and vocabulary.knows(guess, behind))):
            return guess
    return (vocabulary.before(half, behind) if behind else "") or UNKNOWN
