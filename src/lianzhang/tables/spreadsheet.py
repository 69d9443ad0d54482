"""Excel files (.xlsx, .xls) to text cells: plain ones at once, all others only inside the confined process."""

from __future__ import annotations

import re
from collections.abc import Iterable

import fastexcel
import polars as pl

from lianzhang.kernel import Text
from lianzhang.tables import plain
from lianzhang.tables.package import (
    Package,
    formatted_cells,
    is_filtered,
    merged_blocks,
    numeric_cells,
    troubled_cells,
)
from lianzhang.tables.sheet import Merge, Sheet, TableRefused, Trouble, as_percent, perhaps_rounded

MAX_SHEETS = 30
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
MAX_COLUMNS = 500
#: XML of sheets that may stay in memory beside the reader of cells; more is inflated a second time when needed.
_KEPT_BYTES = 64 * 1024 * 1024


def read_plain_xlsx(package: Package) -> list[Sheet] | None:
    """The worksheets of an .xlsx that holds nothing unusual, else None. Needs no confinement: see `plain`."""
    try:
        texts = plain.shared_texts(package.part("sharedStrings"))
        styles = plain.cell_styles(package.part("styles"))
        parts = package.worksheets()
        if len(parts) > MAX_SHEETS or package.counts_from_1904():
            return None
        sheets = []
        for part in parts:
            if not part.visible:
                sheets.append(Sheet(part.name, pl.DataFrame(), visible=False))
                continue
            pieces = package.pieces(part.path)
            cells, numbers, hidden, rest = plain.read_sheet(pieces, texts, styles, most_columns=MAX_COLUMNS)
            merged, filtered = merged_blocks(rest), is_filtered(rest)  # errors are not plain
            sheets.append(Sheet(part.name, cells, merged, numbers=numbers, hidden=hidden, filtered=filtered))
    except plain.NotPlain:
        return None
    package.check_parts()
    return sheets


def read_xlsx(data: bytes) -> list[Sheet]:
    """The worksheets of an .xlsx, whatever it holds."""
    package = Package(data)
    sheets = read_plain_xlsx(package)
    return sheets if sheets is not None else read_any_xlsx(data, package)


def read_any_xlsx(data: bytes, package: Package) -> list[Sheet]:
    """The worksheets by the general reader, with what that does not tell about them."""
    package.check_parts()
    parts = dict(package.sheets())
    anatomy = {name: _told(xml) for name, xml in parts.items()}
    percents = _percents(package, parts)
    if sum(map(len, parts.values())) > _KEPT_BYTES:
        parts.clear()
    sheets = _cells(data)
    for sheet in sheets:
        if sheet.name in anatomy:
            sheet.merged, sheet.troubles, sheet.hidden, sheet.filtered = anatomy[sheet.name]
        _show_percents(sheet, percents.get(sheet.name, ()))
    doubtful = {sheet.name: places for sheet in sheets if (places := _perhaps_lost_codes(sheet.cells))}
    if doubtful:
        inflated = parts.items() if parts else Package(data).sheets()
        numbers = {name: numeric_cells(xml, doubtful[name]) for name, xml in inflated if name in doubtful}
        for sheet in sheets:
            sheet.numbers = numbers.get(sheet.name, frozenset())
    return sheets


def _told(xml: bytes) -> tuple[tuple[Merge, ...], tuple[Trouble, ...], tuple[int, ...], bool]:
    """What a sheet declares beside its cells: blocks, troubles, hidden rows, and whether a filter hides them."""
    hidden = tuple(plain.hidden_rows(xml, len(xml)))
    return merged_blocks(xml), troubled_cells(xml), hidden, is_filtered(xml)


def _percents(package: Package, parts: dict[str, bytes]) -> dict[str, list[tuple[int, int]]]:
    """By sheet the places of cells that show their number in percent, which the reader of cells does not tell."""
    try:
        styles = plain.cell_styles(package.part("styles"))
    except plain.NotPlain:
        return {}
    wanted = [place for place, shown in enumerate(styles) if shown is plain.Shown.PERCENT]
    return {name: formatted_cells(xml, wanted) for name, xml in parts.items()} if wanted else {}


def _show_percents(sheet: Sheet, places: Iterable[tuple[int, int]]) -> None:
    shown: dict[int, dict[int, str]] = {}
    for row, column in places:
        text = sheet.cells[row, column] if row < sheet.cells.height and column < sheet.width else None
        if text and _NUMBER.fullmatch(text):
            shown.setdefault(column, {})[row] = as_percent(text)
    sheet.cells = sheet.cells.with_columns(
        sheet.cells[:, column].scatter(list(rows), list(rows.values())) for column, rows in shown.items()
    )


def read_xls(data: bytes) -> list[Sheet]:
    """The worksheets of an old .xls with what the reader itself does not tell about them."""
    from lianzhang.tables.old_workbook import anatomy_of  # few books are that old

    sheets = _cells(data)
    anatomy = anatomy_of(data)
    for sheet in sheets:
        found = anatomy.get(sheet.name)
        if found is not None:
            sheet.merged, sheet.troubles = tuple(found.merged), tuple(found.troubles)
            sheet.hidden, sheet.filtered = tuple(found.hidden), found.filtered
            sheet.numbers = frozenset(found.numbers)
            _show_percents(sheet, found.percents)
        else:
            sheet.numbers = _rounded(sheet.cells)
    return sheets


def _cells(data: bytes) -> list[Sheet]:
    try:
        reader = fastexcel.read_excel(data)
        names = list(reader.sheet_names)
    except fastexcel.FastExcelError as error:
        raise _unreadable(error) from error
    found = []
    for name in names[:MAX_SHEETS]:
        try:
            sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            if sheet.visible != "visible":
                found.append(Sheet(name, pl.DataFrame(), visible=False))
                continue
            frame = sheet.to_polars()
            first = min((column.absolute_index for column in sheet.available_columns()), default=0)
        except fastexcel.FastExcelError as error:
            if len(names) == 1:
                raise _unreadable(error) from error
            continue  # a chart sheet has no cells
        found.append(Sheet(name, _placed(frame, first)))
    return found


def _placed(frame: pl.DataFrame, first: int) -> pl.DataFrame:
    """Columns named by their place in the sheet, counted from 0."""
    if frame.width + first > MAX_COLUMNS:
        frame = _without_empty_ends(frame)
    if frame.width + first > MAX_COLUMNS:
        raise TableRefused(
            Text(
                f"表里用到了第{frame.width + first}列，超过上限{MAX_COLUMNS}列。",
                f"The sheet uses {frame.width + first} columns; the limit is {MAX_COLUMNS}.",
            ),
            Text("请删去右边多余的列后另存。", "Delete the surplus columns on the right and save it."),
        )
    empty = [pl.Series(str(index), [None] * frame.height, dtype=pl.String) for index in range(first)]
    named = [frame[:, index].alias(str(index + first)) for index in range(frame.width)]
    return pl.DataFrame([*empty, *named])


def _without_empty_ends(frame: pl.DataFrame) -> pl.DataFrame:
    width = frame.width
    while width > 1 and frame[:, width - 1].null_count() == frame.height:
        width -= 1
    return frame[:, :width]


def _perhaps_lost_codes(cells: pl.DataFrame) -> list[tuple[int, int]]:
    """Rows and columns of cells that look like a code and may be what a double has left of one."""
    found = []
    for index, column in enumerate(cells.iter_columns()):
        width = column.str.len_bytes()
        like = ((width >= 16) & (width <= 20)).fill_null(False)
        rows, long = like.arg_true(), column.filter(like)
        digits = long.str.contains(r"^\d+$")
        found += [
            (row, index)
            for row, text in zip(rows.filter(digits).to_list(), long.filter(digits).to_list(), strict=True)
            if perhaps_rounded(text)
        ]
    return found


def _rounded(cells: pl.DataFrame) -> frozenset[tuple[int, int]]:
    """In books before Excel 97 nothing tells text from numbers: a code that is a double and fails its check was one."""
    from lianzhang.kernel import credit_code

    found = set()
    for index, column in enumerate(cells.iter_columns()):
        for row in column.str.contains(r"^\d{18}$").fill_null(False).arg_true():
            text = column[row]
            if perhaps_rounded(text) and credit_code.check_character(text[:17]) != text[17]:
                found.add((int(row), index))
    return frozenset(found)


def _unreadable(error: Exception) -> TableRefused:
    word = str(error).lower()
    if "password" in word or "encrypt" in word:
        from lianzhang.tables.package import password

        return password()
    return TableRefused(
        Text("表格读不出来，文件可能已损坏。", "The workbook cannot be read; the file may be broken."),
        Text(
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。",
            "Open it in Excel or WPS and save it as .xlsx.",
        ),
    )
