"""Plain text."""

from __future__ import annotations

from lianzhang.reading.decode import decode
from lianzhang.reading.document import SourceDocument


def read_text(data: bytes, *, name: str | None = None) -> SourceDocument:
    """A text file in whatever encoding it is."""
    decoded = decode(data)
    return SourceDocument(decoded.text, decoded.encoding, "txt", name=name)
