"""Where a statement came from: a span of the original text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the original decoded text and the characters found there.

    `start` and `end` count characters (Unicode code points) of the text as decoded, before any
    repair, so that `text[start:end] == quote` always holds.
    """

    start: int
    end: int
    quote: str
