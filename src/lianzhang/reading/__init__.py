"""Bytes → claims: what a bulletin states, each statement with the characters it was read from."""

from lianzhang.reading.clean_text import CleanText, Damage
from lianzhang.reading.document import SourceDocument, open_document
from lianzhang.reading.reader import read
from lianzhang.reading.reading import Contradiction, DocumentReading, Reading

__all__ = [
    "CleanText",
    "Contradiction",
    "Damage",
    "DocumentReading",
    "Reading",
    "SourceDocument",
    "open_document",
    "read",
]
