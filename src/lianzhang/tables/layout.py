"""Where the header of a sheet stands and where its rows begin, whatever stands above it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lianzhang.tables.headings import (
    Heading,
    bare,
    heading,
    is_column_numbers,
    is_unit_line,
    title_period,
    unit_line,
    unit_only,
)
from lianzhang.tables.kinds import Kind
from lianzhang.tables.mapping import name_index, place_heading
from lianzhang.tables.sheet import Sheet
from lianzhang.tables.values.periods import in_year

#: Chinese tables begin with a title and a unit line, seldom with more.
HEADER_WITHIN = 20
_USUALLY_WITHIN = 10
_DATA = re.compile(r"[-+]?[\d,.]+%?|[0-9A-Z]{15,18}|\d{4}[-/.年]\d{1,2}.*")
#: A row with fewer filled cells is a title or a remark.
_WORDS = 2
#: Cells merged over two rows make these the header, though the lower one may name nothing that is known.
_MERGED_BOTH = 0.5
#: A group of columns that says nothing of any of them: 基本情况, 主要指标.
_GROUP = re.compile(
    r"(?:企业|单位|投资|主要|基本|经营|生产|经济|财务|联系|相关|有关|其他|其它|统计|年度|完成|运行|效益|信息|情况|指标|概况|数据|状况"
    r"|内容|资料|方面|汇总|分)+"
)
_YEAR_ONLY = re.compile(r"(?:19|20)\d{2}年?")


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows count from 0. `header` is the first header row, `height` 1 or 2 rows, 0 when there is none."""

    header: int
    height: int
    first: int
    headings: tuple[Heading, ...]
    unit: str = ""
    year: str = ""
    score: float = 0.0


def find_layout(sheet: Sheet, kind: Kind, remembered: Mapping[str, str] | None = None) -> Layout | None:
    """The most plausible header for `kind` in the first rows; None when no row looks like one.

    `remembered` maps further bare headers to what people took them for.
    """
    known = {bare: field for bare, field in (remembered or {}).items() if field in kind}
    index = {**name_index(kind), **known}
    best: Layout | None = None
    rows = min(HEADER_WITHIN, sheet.cells.height)
    for row in range(rows):
        if row >= _USUALLY_WITHIN and best is not None:
            break
        cells = sheet.row(row)
        if sum(1 for cell in cells if cell) < 1:
            continue
        for height in (1, 2, 3):
            found = _candidate(sheet, row, height, index, kind)
            if found is not None and (best is None or found.score > best.score):
                best = found
    return best


def assumed_layout(sheet: Sheet) -> Layout | None:
    """The first row that could be a header though nobody knows its words, for a person to say what they mean."""
    for row in range(min(HEADER_WITHIN, sheet.cells.height - 1)):
        cells = [cell for cell in sheet.row(row) if cell]
        if len(cells) >= _WORDS and not any(_DATA.fullmatch(cell) for cell in cells):
            headings = tuple(heading(text) for text in sheet.row(row))
            above = [cell for line in range(row) for cell in sheet.row(line) if cell]
            unit = next((found for text in above if (found := unit_line(text))), "")
            return Layout(row, 1, row + 1, headings, unit)
    return None


def without_header(sheet: Sheet) -> Layout:
    """The layout of a block that starts with data."""
    return Layout(-1, 0, 0, tuple(Heading("", "") for _ in range(sheet.width)))


def _candidate(sheet: Sheet, row: int, height: int, index: dict[str, str], kind: Kind) -> Layout | None:
    merged = any((block.top, block.bottom) == (row, row + height - 1) for block in sheet.merged)
    if row + height > sheet.cells.height or (height == 3 and not merged):
        return None
    if height > 1 and any(map(is_unit_line, sheet.row(row))):
        return None
    headings = _headings(sheet, row, height, dated=kind.dated)
    if headings is None:
        return None
    headings = tuple(_by_lower(item, index, dated=kind.dated) for item in headings)
    headings = _by_title(sheet, row, headings, index, kind)
    score = _score(headings, index)
    if score <= 0:
        return None
    if height > 1 and (merged or _is_grouped(sheet, row, index)):
        score += _MERGED_BOTH
    above = [cell for line in range(row) for cell in sheet.row(line) if cell]
    first = row + height
    unit = next((found for text in above if (found := unit_line(text))), "")
    if first < sheet.cells.height:
        below = [cell for cell in sheet.row(first) if cell]
        line = next((found for text in below[:2] if (found := unit_line(text))), "")
        if line and len(below) <= 2:
            unit, first = unit or line, first + 1
    if first < sheet.cells.height and (units := _row_of_units(sheet.row(first))):
        headings = tuple(
            replace(item, unit=item.unit or unit) for item, unit in zip(headings, units, strict=True)
        )
        first += 1
    while first < sheet.cells.height and is_column_numbers(sheet.row(first)):
        first += 1
    year = next((found for text in above if (found := title_period(text))), "")
    return Layout(row, height, first, headings, unit, year, score)


def _is_grouped(sheet: Sheet, row: int, index: Mapping[str, str]) -> bool:
    """Whether a row without merged cells, as in text files, goes on in the next: below its gaps and not its names."""
    upper, lower = sheet.row(row), sheet.row(row + 1)
    pairs = list(zip(upper, lower, strict=True))
    names = [
        below for above, below in pairs if above and index.get(heading(above).bare) in ("name", "supplier")
    ]
    gaps = any(below and not above for above, below in pairs)
    # Below a header that is known by itself stands a value.
    values = any(
        above and below and place_heading(heading(above), index)[1] and not _is_time(below, dated=True)
        for above, below in pairs
    )
    return not sheet.merged and gaps and not values and bool(names) and not any(names)


def _row_of_units(cells: list[str]) -> list[str]:
    """The unit of each column, where a row holds nothing but units; empty for other rows."""
    units = [unit_only(cell) for cell in cells]
    filled = sum(1 for cell in cells if cell)
    return units if filled and filled == sum(map(bool, units)) else []


def _headings(sheet: Sheet, row: int, height: int, *, dated: bool) -> tuple[Heading, ...] | None:
    """The header of each column; None when the rows hold data."""
    upper = _spread_right(sheet, row)
    if height == 1:
        return tuple(heading(text, dated=dated) for text in sheet.row(row))
    lower = sheet.row(row + height - 1)
    if height == 3:
        middle = _spread_right(sheet, row + 1)
        upper = [
            above if below in ("", above) else f"{above}{below}"
            for above, below in zip(upper, middle, strict=True)
        ]
    if not any(lower) or any(_DATA.fullmatch(text) and not _is_time(text, dated=dated) for text in lower):
        return None
    join = _joined_dated if dated else _joined
    return tuple(join(above, below) for above, below in zip(upper, lower, strict=True))


def _by_lower(item: Heading, index: Mapping[str, str], *, dated: bool) -> Heading:
    """A header under the name of a group that says nothing of it is known by itself: 基本情况 over 所在县区."""
    if not item.lower or place_heading(item, index)[1]:
        return item
    own = heading(item.lower, dated=dated)
    group = heading(item.text.removesuffix(item.lower)).bare
    return replace(item, bare=own.bare) if _GROUP.fullmatch(group) and place_heading(own, index)[1] else item


def _by_title(
    sheet: Sheet, row: int, headings: tuple[Heading, ...], index: Mapping[str, str], kind: Kind
) -> tuple[Heading, ...]:
    """Columns that are headed by a year alone are of the one yearly figure that the title names."""
    if not any(_YEAR_ONLY.fullmatch(item.text) for item in headings):
        return headings
    title = bare("".join(cell for line in range(row) for cell in sheet.row(line)))
    told = [name for name in index if len(name) > 2 and name in title and kind[index[name]].yearly]
    told = [name for name in told if not any(name != other and name in other for other in told)]
    if len({index[name] for name in told}) != 1:
        return headings
    return tuple(
        replace(item, bare=told[0], year=item.text[:4]) if _YEAR_ONLY.fullmatch(item.text) else item
        for item in headings
    )


def _is_time(text: str, *, dated: bool) -> bool:
    said = heading(text, dated=True) if dated else None
    return bool(_YEAR_ONLY.fullmatch(text) or (said and said.year and not said.bare))


def _spread_right(sheet: Sheet, row: int) -> list[str]:
    """The upper of two header rows, its group names repeated over the columns they cover."""
    cells, below = sheet.row(row), sheet.row(row + 1) if row + 1 < sheet.cells.height else []
    covered = set()
    for block in sheet.merged:
        if block.top <= row <= block.bottom:
            for column in range(block.left, min(block.right + 1, len(cells))):
                cells[column] = cells[block.left]
                covered.add(column)
    if not sheet.merged:
        for column in range(1, len(cells)):
            if not cells[column] and column < len(below) and below[column]:
                cells[column] = cells[column - 1]
    return cells


def _joined(above: str, below: str) -> Heading:
    """`联系人` over `电话` is 联系人电话; `营业收入` over `2024年` has its year from below."""
    if not below or below == above:
        return heading(above)
    upper, lower = heading(above), heading(below)
    if _YEAR_ONLY.fullmatch(below):
        return Heading(f"{above}{below}", upper.bare, upper.unit, below[:4])
    if _YEAR_ONLY.fullmatch(above):
        return Heading(f"{above}{below}", lower.bare, lower.unit, above[:4])
    unit, year = lower.unit or upper.unit, lower.year or upper.year
    return Heading(f"{above}{below}", upper.bare + lower.bare, unit, year, lower=below)


def _joined_dated(above: str, below: str) -> Heading:
    """`出口额（万元）` over `2025年1-10月`, `2025年` over `1-10月`: the time is what both say together."""
    if not below or below == above:
        return heading(above, dated=True)
    upper, lower = (heading(text, dated=True) for text in (above, below))
    year = in_year(upper.year, lower.part) if len(upper.year) == 4 and lower.part else ""
    return Heading(
        f"{above}{below}",
        upper.bare + lower.bare,
        lower.unit or upper.unit,
        year or lower.year or upper.year,
        "" if year else lower.part or upper.part,
        lower=below,
    )


def _score(headings: tuple[Heading, ...], index: dict[str, str]) -> float:
    """How many fields the header names; guesses count for less."""
    seen: set[tuple[str, str]] = set()
    score = 0.0
    for item in headings:
        field, sure = place_heading(item, index)
        if field and (field, item.year + item.part) not in seen:
            seen.add((field, item.year + item.part))
            score += 1.0 if sure else 0.4
    return score
