"""Tables that came into a text as lines: a header that names indicators and units, and a row for each body.

A line is a row where its cells stand apart by tabs, bars or blanks, the first is a name and all others are
numbers or signs for nothing. What a column measures must be told by its own header, with its unit; a column
of which either is unknown is left out, for a figure missed is better than a figure under the wrong name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: One of these stands in every text that holds such a table.
_TRACE = re.compile(r"[\t|]|  |[\d%] [-\d]")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_NOTHING = re.compile(r"[-—–/.…*·]{1,6}|无|持平|\(?空\)?")
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z“][\u3400-\u9fffA-Za-z0-9()“”·、#]{1,39}")
_ORDINAL = re.compile(r"\d{1,3}[.、]?")
_NUMBERED_NAME = re.compile(r"\d{1,3}[.、]?(?=[\u3400-\u9fff]{2})")
_WIDE = re.compile(r" *\t *| *\| *| {2,}")
_NARROW = re.compile(r" *\t *| *\| *| +")
#: 临清市8.9 -2.4: the blank behind the name went with the typesetter's blanks.
_GLUED = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?$")
#: 单位:万元
_COMMON_UNIT = re.compile(r"单位:? *(?P<unit>[\u3400-\u9fff%、/]{1,8})")
_NUMBERED = re.compile("序号|排名|名次|位次")
#: What a line drawn under a header consists of.
_RULED = " \t|-—:+="
_LONGEST_LINE, _CAPTION_LINES, _CAPTION = 400, 3, 160


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, at `start:end` of the reading copy."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PastedTable:
    """A header and its rows, each with as many cells as the header; `unit` holds for columns that tell none.

    `start` is where the caption above the header begins.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str
    start: int

    @property
    def begin(self) -> int:
        """Where the header begins."""
        return self.header[0].start

    @property
    def end(self) -> int:
        """Where the last row ends."""
        return self.rows[-1][-1].end


def pasted_tables(text: str) -> list[PastedTable]:
    """The tables of a reading copy, in order."""
    if _TRACE.search(text) is None:
        return []
    lines = list(_lines(text))
    found: list[PastedTable] = []
    index = 0
    while index < len(lines):
        first = index
        rows: list[tuple[Cell, ...]] = []
        unit_told = _tells_units(lines, first)
        while index < len(lines) and (row := _row(*lines[index], unit_told=unit_told)):
            rows.append(row)
            index += 1
        table = _table(lines, first, rows) if rows else None
        if table is not None:
            found.append(table)
        index += not rows
    return found


def _lines(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip(_RULED):
            yield line, start
        start += len(line) + 1


def _tells_units(lines: Sequence[tuple[str, int]], first: int) -> bool:
    """Whether the header above has a column of units, so that a row has one cell of words more."""
    return first > 0 and any(cell.text == "单位" for cell in _cells(*lines[first - 1], _NARROW)[1:2])


def _cells(line: str, start: int, signs: re.Pattern[str]) -> list[Cell]:
    cells: list[Cell] = []
    begin = len(line) - len(line.lstrip(" |"))
    stop = len(line.rstrip(" |"))
    for match in signs.finditer(line, begin, stop):
        cells.append(Cell(line[begin : match.start()], start + begin, start + match.start()))
        begin = match.end()
    return [*cells, Cell(line[begin:stop], start + begin, start + stop)]


def _row(line: str, start: int, *, unit_told: bool) -> tuple[Cell, ...] | None:
    """The name and the numbers of a row of data; None for any other line."""
    if len(line) > _LONGEST_LINE or not (
        line.rstrip(" |")[-1:].isdigit() or line.rstrip(" |")[-1:] in "%-—–/…*平\t"
    ):
        return None
    cells = _cells(line, start, _WIDE if _WIDE.search(line.strip()) else _NARROW)
    if len(cells) > 2 and _ORDINAL.fullmatch(cells[0].text):
        cells = cells[1:]
    elif numbered := _NUMBERED_NAME.match(cells[0].text):
        cells[0] = Cell(cells[0].text[numbered.end() :], cells[0].start + numbered.end(), cells[0].end)
    glued = _GLUED.search(cells[0].text)
    if glued is not None and glued.start() >= 2:
        at = cells[0].start + glued.start()
        name = Cell(cells[0].text[: glued.start()], cells[0].start, at)
        cells = [name, Cell(glued[0], at, cells[0].end), *cells[1:]]
    if len(cells) < 2 or _NAME.fullmatch(cells[0].text) is None:
        return None
    numbers = cells[2:] if unit_told and len(cells) > 2 else cells[1:]
    plain = [_NUMBER.fullmatch(cell.text) is not None for cell in numbers]
    missing = all(
        ok or not cell.text or _NOTHING.fullmatch(cell.text) for ok, cell in zip(plain, numbers, strict=True)
    )
    return tuple(cells) if any(plain) and missing else None


def _table(
    lines: Sequence[tuple[str, int]], first: int, rows: Sequence[tuple[Cell, ...]]
) -> PastedTable | None:
    """The rows under the line above them, where that names each of their columns."""
    if first == 0:
        return None
    width = max(len(row) for row in rows)
    header: list[Cell] = []
    for signs in (_WIDE, _NARROW):
        header = _cells(*lines[first - 1], signs)
        if len(header) == width + 1 and _NUMBERED.fullmatch(header[0].text):
            header = header[1:]
        if len(header) == width:
            break
    if len(header) != width or any(_NUMBER.fullmatch(cell.text) for cell in header):
        return None
    whole = tuple(row for row in rows if len(row) == width)
    caption = [line for line, _ in lines[max(0, first - 1 - _CAPTION_LINES) : first]]
    told = None
    for told in _COMMON_UNIT.finditer("\n".join(caption)[-_CAPTION * 2 :]):  # noqa: B007 - the last is nearest
        pass
    start = lines[max(0, first - 1 - _CAPTION_LINES)][1]
    start = max(start, header[0].start - _CAPTION)
    unit = told["unit"] if told is not None and header[1].text != "单位" else ""
    return PastedTable(tuple(header), whole, unit, start) if whole else None
