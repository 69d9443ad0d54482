"""What a reading brings back: the document as found, its claims, and where it contradicts itself."""

from __future__ import annotations

from dataclasses import dataclass

from lianzhang.kernel import Claim, Period, Text
from lianzhang.reading.clean_text import CleanText, Damage


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """The document: original decoded text, reading copy, damage, and the date everything resolves against."""

    text: str
    name: str
    title: str
    format: str
    encoding: str
    published: Period | None
    script: str
    damaged: tuple[Damage, ...]
    clean: CleanText


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements of one document that cannot all hold, or a count that its own list does not bear out.

    `claims` are places in the reading's claims.
    """

    what: Text
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document."""

    document: DocumentReading
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
