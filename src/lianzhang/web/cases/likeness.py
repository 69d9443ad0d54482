"""How alike two texts are, by the pairs of characters they share; enough to notice the same request twice."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\W_]+")


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, without signs and spaces."""
    plain = _SIGNS.sub("", text.lower())
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared pairs among all pairs (Jaccard): 0 = nothing in common, 1 = the same."""
    if not first or not second:
        return 0.0
    return len(first & second) / len(first | second)
