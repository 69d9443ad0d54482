"""Files as strangers send them: sound ones built small, and ones made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def paragraph(text: str) -> str:
    """One Word paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document_xml(body: str, prologue: str = "") -> bytes:
    """The text part of a Word file."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}{prologue}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def docx(body: str = "", *, parts: dict[str, bytes] | None = None, prologue: str = "") -> bytes:
    """A Word package of `body`, with further `parts` or other ones in place of its own."""
    contents = {
        "[Content_Types].xml": _TYPES.encode(),
        "word/document.xml": document_xml(body, prologue),
        **(parts or {}),
    }
    return package(contents.items())


def package(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A compressed package of `entries`."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return kept.getvalue()


def understated(data: bytes, name: str, declared: int) -> bytes:
    """The package with `declared` as the unpacked size of `name`, whatever it really is."""
    spoiled = bytearray(data)
    local, directory = data.index(name.encode()) - 30, data.rindex(name.encode()) - 46
    struct.pack_into("<I", spoiled, local + 22, declared)
    struct.pack_into("<I", spoiled, directory + 24, declared)
    return bytes(spoiled)


def encrypted_flag(data: bytes) -> bytes:
    """The package with its first entry marked as encrypted."""
    spoiled = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        spoiled[spoiled.index(mark) + offset] |= 1
    return bytes(spoiled)


def ole(stream: str) -> bytes:
    """The beginning of an old Office container with a stream of that name in its directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def pdf(pages: list[list[str]], *, encrypted: bool = False, title: str = "") -> bytes:
    """A PDF with a line of text for each string, in a font that every reader brings along."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>"
        % (b" ".join(b"%d 0 R" % (6 + 2 * index) for index in range(len(pages))), len(pages)),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
    ]
    for index, lines in enumerate(pages):
        drawn = b"".join(
            b"BT /F1 12 Tf 50 %d Td <%s> Tj ET\n" % (780 - 20 * row, line.encode("utf-16-be").hex().encode())
            for row, line in enumerate(lines)
        )
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (7 + 2 * index)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    trailer = b"/Root 1 0 R"
    if title:
        objects.append(b"<</Title<feff%s>>>" % title.encode("utf-16-be").hex().encode())
        trailer += b"/Info %d 0 R" % len(objects)
    if encrypted:
        keys = b"<%s>" % (b"5a" * 32)
        objects.append(b"<</Filter/Standard/V 1/R 2/O %s/U %s/P -44>>" % (keys, keys))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    return _numbered(objects, trailer)


def _numbered(objects: list[bytes], trailer: bytes) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(written)
