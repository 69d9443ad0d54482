"""What the reader of cells does not tell about an old .xls: merged blocks, error cells, how numbers are shown.

The stream `Workbook` of the compound file is a row of records (MS-XLS 2.1.4): a type, a length, that many
bytes. Only for use inside the confined process.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from lianzhang.tables.plain import Shown, shown_by
from lianzhang.tables.sheet import Merge, Trouble

#: Record types of BIFF8 (MS-XLS 2.3).
_BOUND_SHEET, _EOF, _MERGED, _ERROR = 0x0085, 0x000A, 0x00E5, 0x0205
_NUMBER, _FORMULA, _RK, _SEVERAL_RK = 0x0203, 0x0006, 0x027E, 0x00BD
_FORMAT, _CELL_FORMAT = 0x041E, 0x00E0
_ROW, _FILTERED = 0x0208, 0x009B
#: Of a row: it is hidden.
_NO_HEIGHT = 0x20
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HH")
_BLOCK = struct.Struct("<HHHH")
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
#: More than anybody wants listed.
_MOST = 10_000
_SIXTEEN_DIGITS = 1e15


@dataclass(slots=True)
class Anatomy:
    """What a sheet declares beside its cells."""

    merged: list[Merge] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    numbers: set[tuple[int, int]] = field(default_factory=set)
    percents: list[tuple[int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    filtered: bool = False


def anatomy_of(data: bytes) -> dict[str, Anatomy]:
    """By the name of each sheet. Empty for books older than Excel 97, which have no merged blocks."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as book:
            stream = book.openstream("Workbook").read() if book.exists("Workbook") else b""
    except (OSError, ValueError, IndexError, struct.error):
        return {}  # the reader of cells says what is wrong with the file
    percent = _percent_formats(stream)
    return {name: _sheet(stream, start, percent) for name, start in _sheets(stream)}


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    place = start
    while place + _HEAD.size <= len(stream):
        kind, length = _HEAD.unpack_from(stream, place)
        place += _HEAD.size
        yield kind, stream[place : place + length]
        place += length
        if kind == _EOF:
            return


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(stream, 0):
        if kind == _BOUND_SHEET and len(body) >= 8:
            (start,) = struct.unpack_from("<I", body)
            wide, name = body[7] & 1, body[8:]
            length = body[6] * (2 if wide else 1)
            yield _text(name[:length], wide), start


def _text(body: bytes, wide: int) -> str:
    return body.decode("utf-16-le" if wide & 1 else "latin-1", "replace")


def _percent_formats(stream: bytes) -> frozenset[int]:
    """The places of cell formats that show a number in percent."""
    own, formats = {}, []
    for kind, body in _records(stream, 0):
        if kind == _FORMAT and len(body) > 5:
            own[int.from_bytes(body[:2], "little")] = _text(body[5:], body[4])
        elif kind == _CELL_FORMAT and len(body) >= 4:
            formats.append(int.from_bytes(body[2:4], "little"))
    return frozenset(place for place, number in enumerate(formats) if shown_by(number, own) is Shown.PERCENT)


def _formatted(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and format of the cells of a record that hold numbers."""
    if kind in (_NUMBER, _RK, _FORMULA) and len(body) >= 6:
        yield struct.unpack_from("<HHH", body)
    elif kind == _SEVERAL_RK and len(body) >= 6:
        row, first = _PLACE.unpack_from(body)
        for place, at in enumerate(range(4, len(body) - 7, 6)):
            yield row, first + place, int.from_bytes(body[at : at + 2], "little")


def _sheet(stream: bytes, start: int, percent: frozenset[int]) -> Anatomy:
    found = Anatomy()
    for kind, body in _records(stream, start):
        if percent:
            found.percents += [
                (row, column) for row, column, form in _formatted(kind, body) if form in percent
            ]
        if kind == _MERGED and len(body) >= 2:
            (count,) = struct.unpack_from("<H", body)
            for at in range(2, min(2 + 8 * count, len(body) - 7), 8):
                top, bottom, left, right = _BLOCK.unpack_from(body, at)
                found.merged.append(Merge(top, left, bottom, right))
        elif kind == _ROW and len(body) >= 14 and body[12] & _NO_HEIGHT:
            found.hidden.append(int.from_bytes(body[:2], "little") + 1)
        elif kind == _FILTERED:
            found.filtered = True
        elif kind == _ERROR and len(body) >= 8 and body[7] == 1:
            _note(found, body, body[6])
        elif kind == _FORMULA and len(body) >= 14:
            if body[6] == 2 and body[12:14] == b"\xff\xff":
                _note(found, body, body[8])
        elif kind == _NUMBER and len(body) >= 14 and struct.unpack_from("<d", body, 6)[0] >= _SIXTEEN_DIGITS:
            found.numbers.add(_PLACE.unpack_from(body))
    return found


def _note(found: Anatomy, body: bytes, code: int) -> None:
    if len(found.troubles) < _MOST:
        row, column = _PLACE.unpack_from(body)
        found.troubles.append(Trouble(row, column, "error", _ERRORS.get(code, "")))
