"""The texts that the cells of a workbook share."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from lianzhang.tables.plain.words import give_up

PRESERVED = b'<t xml:space="preserve">'
_NO_SOUNDS = re.compile(rb"<phoneticPr [^<>]*/>")
_OPEN, _CLOSE = b"<si><t>", b"</t></si>"
_OPENING = re.compile(rb"<sst\b[^>]*[^/>]>\s*(?=<si>)")
_HEAD = 2048
_PIECE = 512 * 1024
#: Texts that are looked at by themselves; more would take seconds.
_MOST_UNUSUAL = 200_000
_TEXT = re.compile(r"<t>([^<]*)</t>|<t/>")
_FORMATTED = r"<r>(?:<rPr>(?:(?!</rPr>).)*</rPr>|<rPr/>)?(?:<t>[^<]*</t>|<t/>)</r>"
_PRONOUNCED = r"<rPh\b[^>]*>(?:(?!</rPh>).)*</rPh>|<phoneticPr\b[^>]*(?:/>|></phoneticPr>)"
#: A text, or runs of one with differing looks; how it is pronounced is no part of it.
_SOUND = re.compile(rf"<si>(?:<t>[^<]*</t>|<t/>|(?:{_FORMATTED})*)(?:{_PRONOUNCED})*", re.DOTALL)
_ASIDE = re.compile(_PRONOUNCED, re.DOTALL)
_REFERENCE = re.compile(r"&(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def shared_texts(xml: bytes) -> pl.Series:
    """All texts of `xl/sharedStrings.xml` in their order. Raises `NotPlain`."""
    opening = _OPENING.search(xml, 0, _HEAD)
    if opening is None:
        return pl.Series(values=[], dtype=pl.String)
    start, end = opening.end(), xml.rfind(b"</si>") + len(b"</si>")
    if xml[end:].strip() != b"</sst>" or xml.find(b"\r", start, end) >= 0:
        give_up("shared texts")
    # A single sign is sought far faster than two.
    written_otherwise = b"&" in xml or (b"_" in xml and b"_x" in xml)
    if not written_otherwise and xml.startswith(_OPEN, start) and xml.endswith(_CLOSE, start, end):
        pieces = _pieces(xml, start + len(_OPEN), end - len(_CLOSE))
        texts = pl.concat([_split(piece, _CLOSE + _OPEN) for piece in pieces])
        signs = np.count_nonzero(np.frombuffer(xml, np.uint8, end - start, start) == ord("<"))
        if signs == 4 * len(texts):
            return texts
    # Chinese editions note of nearly every text that nothing is known of its pronunciation.
    silent = _NO_SOUNDS.sub(b"", xml)
    if len(silent) < len(xml):
        return shared_texts(silent)
    return _with_markup((_CLOSE + _OPEN).join(_pieces(xml, start, end)))


def _pieces(xml: bytes, start: int, end: int) -> Iterator[bytes]:
    """The texts in pieces small enough for the cache of the processor, cut where one plain text follows another,
    without the signs between the pieces."""
    separator = _CLOSE + _OPEN
    while start <= end:
        cut = xml.find(separator, start + _PIECE, end)
        cut = cut if cut >= 0 else end
        piece = xml[start:cut]
        # Blanks are kept in any case.
        yield piece.replace(PRESERVED, b"<t>") if b"preserve" in piece else piece
        start = cut + len(separator)


def _split(content: bytes, separator: bytes) -> pl.Series:
    try:
        whole = pl.Series(values=[content], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        give_up("no UTF-8")
    return whole.str.split(separator.decode()).explode()


def _with_markup(content: bytes) -> pl.Series:
    """Texts of which some have looks of their own, or signs that are written otherwise."""
    pieces = _split(content, b"</si>").head(-1)
    texts = pieces.str.strip_prefix(_OPEN.decode()).str.strip_suffix("</t>")
    unusual = texts.str.contains_any(["<", "&", "_x"]).arg_true()
    if len(unusual) > _MOST_UNUSUAL:
        give_up("too many looks of their own")
    found = [_text(piece) for piece in pieces.gather(unusual)]
    return texts.scatter(unusual, pl.Series(values=found, dtype=pl.String))


def _text(piece: str) -> str:
    if not _SOUND.fullmatch(piece):
        give_up(f"text {piece[:80]}")
    return unescaped("".join(_TEXT.findall(_ASIDE.sub("", piece))))


def unescaped(text: str) -> str:
    """The text with the references of XML resolved. Raises `NotPlain` for any others."""
    if "<" in text or "\r" in text or "_x" in text or text.count("&") != len(_REFERENCE.findall(text)):
        give_up("escaped sign")
    return _REFERENCE.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    name = match[1]
    if name in _NAMED:
        return _NAMED[name]
    number = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    if not 0 < number < 0x110000 or 0xD800 <= number < 0xE000:
        give_up("reference")
    return chr(number)
