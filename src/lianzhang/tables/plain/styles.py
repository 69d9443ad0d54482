"""How cell formats show numbers: a spreadsheet keeps days and percentages as numbers, and only the format tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum

from lxml import etree

from lianzhang.tables.plain.words import give_up


class Shown(IntEnum):
    """How a format shows a number."""

    NUMBER = 0
    DAY = 1
    PERCENT = 2
    #: Times of day, spans of time, and formats that nobody here knows.
    OTHERWISE = 3


#: Formats without a text of their own (ECMA-376 part 1, 18.8.30).
_BUILT_IN = {
    **dict.fromkeys((*range(14), *range(37, 41), 48, 49), Shown.NUMBER),
    **dict.fromkeys((9, 10), Shown.PERCENT),
    **dict.fromkeys(range(14, 18), Shown.DAY),
}
#: Bytes; real ones have a few thousand.
_LARGEST = 4 * 1024 * 1024
#: Words, signs that stand for themselves or for blanks, places and colours.
_ASIDE = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[(?:\$[^\]]*|Red|Blue|Black|White|Green|Yellow|Cyan|Magenta)\]', re.IGNORECASE
)
_OF_NUMBERS = re.compile(r"(?:General|[0#?.,%\-+()/ ;$¥￥€@]|E[+-])*")
_OF_DAYS = re.compile(r"(?=.*y)(?=.*m)[ymd年月日./\- ,;@]*")


def cell_styles(xml: bytes) -> list[Shown]:
    """For each cell format of `xl/styles.xml`, by its place, how it shows a number. Raises `NotPlain`."""
    if not xml or len(xml) > _LARGEST:
        give_up("no cell formats")
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        give_up("cell formats")
    own = {_number(item): item.get("formatCode", "") for item in root.iterfind("{*}numFmts/{*}numFmt")}
    return [shown_by(_number(item), own) for item in root.iterfind("{*}cellXfs/{*}xf")]


def _number(item: etree._Element) -> int:
    said = item.get("numFmtId", "0")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def shown_by(number: int, own: Mapping[int, str]) -> Shown:
    """How the format of this number shows a number; `own` are the texts of the formats of the workbook itself."""
    code = own.get(number)
    if code is None:
        return _BUILT_IN.get(number, Shown.OTHERWISE)
    plain = _ASIDE.sub("", code)
    if _OF_NUMBERS.fullmatch(plain):
        return Shown.PERCENT if "%" in plain else Shown.NUMBER
    return Shown.DAY if _OF_DAYS.fullmatch(plain.lower()) else Shown.OTHERWISE
