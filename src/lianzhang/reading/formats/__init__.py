"""Formats a document comes in, told apart by their first bytes."""

from __future__ import annotations

from lianzhang.reading.document import SourceDocument
from lianzhang.reading.formats.detect import Format, detect


def open_bytes(data: bytes, *, name: str | None = None) -> SourceDocument:
    """Read `data` in the format its bytes show; raises `UnreadableDocument` for the others."""
    match detect(data):
        case Format.PDF:
            from lianzhang.reading.formats.pdf import read_pdf

            return read_pdf(data, name=name)
        case Format.DOCX:
            from lianzhang.reading.formats.docx import read_docx

            return read_docx(data, name=name)
        case Format.HTML:
            from lianzhang.reading.formats.html import read_html

            return read_html(data, name=name)
        case Format.TEXT:
            from lianzhang.reading.formats.text import read_text

            return read_text(data, name=name)
