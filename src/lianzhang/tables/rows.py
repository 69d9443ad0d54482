"""The data rows of a sheet: merged cells filled down, empty rows and totals left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from lianzhang.kernel import Text
from lianzhang.tables.layout import Layout
from lianzhang.tables.mapping import Column
from lianzhang.tables.sheet import Sheet, TableRefused
from lianzhang.tables.titled import ADDED
from lianzhang.tables.values.column import BLANKS

#: Rows that add up or explain, by how they begin.
_TOTAL = (
    r"^[\s\u3000\u200b-\u200f\ufeff]*(?:合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|总\s*数|备\s*注|注\s*\d*\s*[:：]|说\s*明"
    r"|填\s*表|填\s*报|审\s*核|制\s*表|联系人\s*[:：]|负责人\s*[:：]|单位负责人|统计负责人|报送日期"
    r"|[^\s]{1,8}(?:合计|小计|总计)\s*$)"
)
#: The same and further words where the name of an enterprise is expected.
_NO_NAME = (
    _TOTAL[:-1]
    + r"|其\s*中\s*[:：]|平均(?:值|数)?\s*$|(?:数据|资料)来源|以上(?:合计|企业)|本表|[(（]?\d{1,2}[)）、.．]?\s*本表"
    r"|[^\s]{1,8}(?:合计|小计|总计)\s*[(（]?\d+\s*[家户个]?[)）]?\s*$)"
)
#: A line by itself that begins a part of the table: 一、高唐县, 临清市（3家）, 附：停产企业.
_SECTION = (
    r"^\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|附\s*[:：件表])"
    r"|[(（]\s*共?\s*\d+\s*[家户个]\s*[)）]\s*$"
    r"|^\s*\S{1,6}(?:县|市|区|镇|乡|街道|行业|产业|产业链|领域)\s*$"
)
#: In the columns of products and markets such a word makes a row a sum of those beside it.
_SUM = r"^\s*(?:合\s*计|小\s*计|总\s*计|共\s*计)\s*$"
_SUMMED = frozenset(("product", "market"))
_FIRM = r"(?:公司|厂|合作社|集团|中心|店|社|院|所|场|站)\s*(?:[(（].*)?$"
_SERIAL = frozenset(("序号", "编号", "行号", "no"))
#: A line that begins a section of a list of works and may add it up: 续建项目（2个）.
_WORKS_BELOW = (
    r"^[\s\u3000]*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]\s*)?[\u4e00-\u9fff]{0,10}项目\s*[(（:：]?\s*"
    r"(?:共|合计|计)?\s*\d+\s*[个项]\s*[)）]?\s*$"
)
_CODE_BYTES = 18
#: A row with fewer cells in common with the header may be chance.
_LEAST_WORDS = 2


@dataclass(slots=True)
class Rows:
    """The rows to read: all columns of the sheet as text, and the number of each row in the spreadsheet."""

    cells: pl.DataFrame
    numbers: np.ndarray
    empty: int
    totals: tuple[int, ...]


def data_rows(sheet: Sheet, layout: Layout, columns: tuple[Column, ...]) -> Rows:
    """The rows below the header. Totals are counted by their row numbers, empty rows as a number."""
    cells = _filled_down(sheet, layout).slice(layout.first)
    numbers = np.arange(cells.height, dtype=np.uint32) + np.uint32(layout.first + 1)
    suspects = _suspects(cells, columns)
    names = next((column.index for column in columns if column.field == "name"), None)
    serial = next((column.index for column in columns if column.heading.bare in _SERIAL), None)
    # What stands alone in a column that is not imported, or under the counties, is a line between or below.
    free = names != 0 and any(one.index == 0 and one.field in ("", "county") for one in columns)
    said = [cells.columns[one.index] for one in columns if one.heading.text.endswith(ADDED)]
    empty, totals = _left_out(cells.drop(said), suspects, names, serial, free=free)
    for column in (one for one in columns if one.field in _SUMMED):
        sums = cells[:, column.index].str.contains(_SUM).fill_null(False).arg_true()
        totals = np.union1d(totals, sums.to_numpy())
    for column in (one for one in columns if one.field == "project"):
        sections = cells[:, column.index].str.contains(_WORKS_BELOW).fill_null(False).arg_true()
        totals = np.union1d(totals, sections.to_numpy())
    totals = np.union1d(totals, _headers_again(sheet, layout, cells, np.setdiff1d(suspects, totals)))
    drop = np.concatenate((empty, totals))
    if len(drop):
        keep = np.ones(cells.height, bool)
        keep[drop] = False
        cells, kept = cells.filter(pl.Series(keep)), numbers[keep]
    else:
        kept = numbers
    # Empty rows at the end are how spreadsheets end; only those in between are worth a word.
    last = int(kept[-1]) if len(kept) else 0
    between = int((numbers[empty] < last).sum()) if len(empty) else 0
    return Rows(cells, kept, between, tuple(int(number) for number in numbers[totals]))


def _filled_down(sheet: Sheet, layout: Layout) -> pl.DataFrame:
    """Merged cells hold their value in each row they cover."""
    cells = sheet.cells
    filled: dict[int, dict[int, str]] = {}
    room = cells.height * cells.width
    for block in sheet.merged:
        if block.bottom < layout.first or block.left >= cells.width or block.top >= cells.height:
            continue
        value = cells[block.top, block.left]
        # A line across the sheet is a remark or a subtitle, not the value of every column.
        if value is None or (block.top == block.bottom and block.right > block.left):
            continue
        rows = range(max(block.top, layout.first), min(block.bottom, cells.height - 1) + 1)
        filled.setdefault(block.left, {}).update(dict.fromkeys(rows, value))
        room -= len(rows)
        if room < 0:
            raise TableRefused(
                Text("合并的单元格互相重叠。", "Merged blocks overlap."),
                Text("请取消合并后另存再上传。", "Unmerge the cells and save it again."),
            )
    return cells.with_columns(
        cells[:, column].scatter(list(values), pl.Series(values=list(values.values()), dtype=pl.String))
        for column, values in filled.items()
    )


def _suspects(cells: pl.DataFrame, columns: tuple[Column, ...]) -> np.ndarray:
    """Rows that may be empty or a total: a row with an eighteen-sign code is neither."""
    for column in columns:
        if column.field == "credit_code":
            wide = (cells[:, column.index].str.len_bytes() == _CODE_BYTES).fill_null(False)
            return np.flatnonzero(~wide.to_numpy())
    return np.arange(cells.height)


def _left_out(
    cells: pl.DataFrame, suspects: np.ndarray, names: int | None, serial: int | None, *, free: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Of the suspects: the empty rows, and the totals. `names` is the column of enterprises, `serial` of numbers."""
    none = np.zeros(0, np.int64)
    if not len(suspects):
        return none, none
    part = cells[suspects.tolist()] if len(suspects) < cells.height else cells
    stripped = part.select(pl.all().str.strip_chars())
    filled = stripped.select(
        pl.sum_horizontal(pl.all().is_not_null() & (pl.all().str.len_bytes() > 0)).alias("filled"),
        pl.coalesce(pl.when(pl.all().str.len_bytes() > 0).then(pl.all())).alias("first"),
    )
    empty = (filled["filled"] == 0).to_numpy().copy()
    total = filled["first"].str.contains(_TOTAL).fill_null(False).to_numpy().copy()
    if names is not None:
        # A merged cell before it may hide a subtotal, which stands where a name is expected.
        total = total | stripped[:, names].str.contains(_NO_NAME).fill_null(False).to_numpy()
    lone = np.flatnonzero(filled["filled"].to_numpy() == 1)
    if len(lone):
        rows = stripped[lone.tolist()]
        total[lone] |= _lines(rows, filled["first"].gather(lone), free=free)
        if serial is not None:
            # Templates come with their rows numbered; a number alone is no row yet.
            empty[lone] |= rows[:, serial].str.contains(r"^\d{1,6}$").fill_null(False).to_numpy()
    # A row whose other cells are blank words only ("-", "/") is as empty as one without.
    hollow = _hollow(stripped, filled["filled"].to_numpy()) if not empty.all() else np.zeros(len(part), bool)
    return suspects[empty | hollow], suspects[total & ~empty]


def _lines(rows: pl.DataFrame, said: pl.Series, *, free: bool) -> np.ndarray:
    """Of rows with one filled cell those that begin a part of the table, or with `free` stand in the first column."""
    no_firm = ~said.str.contains(_FIRM).fill_null(False)
    lines = said.str.contains(_SECTION).fill_null(False)
    if free:
        lines = lines | (rows[:, 0].is_not_null() & ~said.str.contains(r"^[\d.,A-Z]+$").fill_null(False))
    return (lines & no_firm).to_numpy()


def _headers_again(sheet: Sheet, layout: Layout, cells: pl.DataFrame, suspects: np.ndarray) -> np.ndarray:
    """Of the suspects the rows that repeat the header, as tables printed page by page do."""
    headers = [sheet.row(layout.header + place) for place in range(layout.height)]
    words = {text: place for header in headers for place, text in reversed(list(enumerate(header))) if text}
    if not words or not len(suspects):
        return np.zeros(0, np.int64)
    part = cells[suspects.tolist()] if len(suspects) < cells.height else cells
    stripped = part.select(pl.all().str.strip_chars())
    # One cell in common is soon seen; only such rows are read as a whole.
    likely = stripped.select(pl.any_horizontal(pl.all().is_in(list(words)))).to_series()
    found = []
    for place in likely.fill_null(False).arg_true().to_list():
        said = ["" if cell is None else cell for cell in stripped.row(place)]
        same = any(
            all(not cell or cell == text for cell, text in zip(said, header, strict=False))
            for header in headers
        )
        if same and sum(map(bool, said)) >= _LEAST_WORDS:
            found.append(place)
    return suspects[found]


def _hollow(stripped: pl.DataFrame, filled: np.ndarray) -> np.ndarray:
    """Rows all of whose cells say that there is nothing."""
    few = np.flatnonzero(filled > 0)
    marks = np.zeros(len(filled), bool)
    part = stripped[few.tolist()] if len(few) < len(filled) else stripped
    first = part[:, 0].fill_null("").is_in(sorted(BLANKS)).to_numpy()
    for place in np.flatnonzero(first).tolist():
        marks[few[place]] = all(cell is None or cell in BLANKS for cell in part.row(place))
    return marks
