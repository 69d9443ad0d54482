"""The bad rows as the user's own file: same order and styling, red cells, a last column that says why."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import polars as pl
import xlsxwriter

from lianzhang.tables.check import Checked, Fault
from lianzhang.tables.package import Package
from lianzhang.tables.sheet import TableRefused, column_name

REASON_COLUMN = "错误原因"
_LAST = "reason"
_RED = "FFC7CE"
_ROW = re.compile(rb'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_REFERENCE = re.compile(rb'(<c r="[A-Z]{1,3})\d+(")')
_ROW_NUMBER = re.compile(rb'(<row r=")\d+(")')
_FORMULA = re.compile(rb"<f[^>]*?/>|<f[^>]*>[^<]*</f>")
_SHARED_TYPE = re.compile(rb'(<c r="[^"]+"[^>]*) t="str"')
_MERGES = re.compile(rb"<mergeCells.*?</mergeCells>", re.DOTALL)
_RULES = re.compile(
    rb"<conditionalFormatting.*?</conditionalFormatting>|<autoFilter[^>]*?(?:/>|>.*?</autoFilter>)", re.DOTALL
)


def rejects_workbook(checked: Checked, original: bytes = b"", *, language: str = "zh") -> bytes:
    """An .xlsx with the header and the bad rows.

    `original` is the user's own .xlsx, whose styling is kept; without it, as for CSV, a plain one is made.
    """
    by_row = _faults_by_row(checked)
    if original.startswith(b"PK"):
        try:
            return _own_file(checked, original, by_row, language)
        except (TableRefused, KeyError, ValueError, IndexError):
            pass  # what openpyxl cannot take is handed back without its styling
    return _plain_workbook(checked, by_row, language)


def rejects_csv(checked: Checked, *, encoding: str = "", separator: str = ",", language: str = "zh") -> bytes:
    """The bad rows as CSV, every cell as it was, in the encoding of the file (with a BOM for UTF-8)."""
    reasons = checked.reasons(language)
    numbers = checked.rows.numbers[checked.bad].tolist()
    told = pl.Series(_LAST, [reasons[number] for number in numbers], dtype=pl.String)
    above = checked.sheet.cells.head(checked.layout.first)
    titles = [REASON_COLUMN if row == _header_row(checked) else None for row in range(above.height)]
    head = above.with_columns(pl.Series(_LAST, titles, dtype=pl.String))
    bad = checked.rows.cells.filter(checked.bad).with_columns(told)
    # An empty text would be written as a pair of quotation marks.
    lines = pl.concat([head, bad]).with_columns(pl.all().replace("", None))
    as_gb, out = encoding.upper().startswith("GB"), io.BytesIO()
    lines.write_csv(
        out, include_header=False, include_bom=not as_gb, separator=separator, line_terminator="\r\n"
    )
    return out.getvalue().decode().encode("gb18030") if as_gb else out.getvalue()


def _faults_by_row(checked: Checked) -> dict[int, list[Fault]]:
    by_row: dict[int, list[Fault]] = {}
    for fault in checked.faults():
        by_row.setdefault(fault.row, []).append(fault)
    return by_row


def _header_row(checked: Checked) -> int:
    """The lower row of the header, counted from 0."""
    return max(0, checked.layout.header + checked.layout.height - 1)


def _own_file(checked: Checked, original: bytes, by_row: dict[int, list[Fault]], language: str) -> bytes:
    """The user's workbook with only the header and the bad rows left, opened and marked."""
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    numbers, reasons = checked.rows.numbers[checked.bad].tolist(), checked.reasons(language)
    book = openpyxl.load_workbook(io.BytesIO(_cut(checked, original, numbers)))
    sheet = book[checked.sheet.name]
    red = PatternFill("solid", start_color=_RED, end_color=_RED)
    last = (
        max((i for i, item in enumerate(checked.layout.headings) if item.text), default=sheet.max_column - 1)
        + 2
    )
    top = checked.layout.first
    for block in list(sheet.merged_cells.ranges):
        if block.max_row > checked.layout.header and block.min_row <= top:
            last = max(last, block.max_col + 1)  # a group of columns may reach further than its names
        if block.max_row > top:
            sheet.unmerge_cells(
                str(block)
            )  # merged cells of the header that reach into the rows take no value
    head = sheet.cell(_header_row(checked) + 1, last)
    _put(head, REASON_COLUMN)
    head.font = Font(bold=True, color="C00000")
    sheet.column_dimensions[column_name(last - 1)].width = 60
    for index, text in enumerate(checked.sheet.cells.row(_header_row(checked))):
        if (
            text
            and sheet.cell(_header_row(checked) + 1, index + 1).value is None
            and index >= sheet.max_column
        ):
            _put(sheet.cell(_header_row(checked) + 1, index + 1), text)  # what only the title line said
    filled = checked.rows.cells.filter(checked.bad)
    for place, number in enumerate(numbers):
        line = top + 1 + place
        for index, text in enumerate(filled.row(place)):
            if text is not None and sheet.cell(line, index + 1).value is None:
                _put(sheet.cell(line, index + 1), text)  # a merged cell's value, filled down
        for fault in by_row[number]:
            if fault.index >= 0:
                cell = sheet.cell(line, fault.index + 1)
                cell.fill = red
                cell.comment = Comment(fault.reason.say(language), "链长")
        _put(sheet.cell(line, last), reasons[number])
        sheet.cell(line, last).alignment = Alignment(wrap_text=True, vertical="top")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"  # text that begins with = stays text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, text: str) -> None:
    """Write text as text, whatever it begins with."""
    cell.value = _printable(text)
    if cell.data_type == "f":
        cell.data_type = "s"


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\t\n\r" or ord(sign) >= 32)


def _cut(checked: Checked, original: bytes, numbers: list[int]) -> bytes:
    """The package with all rows but the header and the bad ones removed, so that opening it stays cheap."""
    package = Package(original)
    path = package.path_of(checked.sheet.name)
    keep = {row + 1: row + 1 for row in range(checked.layout.first)}
    keep |= {number: checked.layout.first + 1 + place for place, number in enumerate(numbers)}
    source = zipfile.ZipFile(io.BytesIO(original))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename == "xl/calcChain.xml":
                continue
            content = package.content(entry.filename)
            if entry.filename == path:
                content = _rows_kept(content, keep, checked.layout.first)
            target.writestr(entry.filename, content)
    return out.getvalue()


def _rows_kept(xml: bytes, keep: dict[int, int], first: int) -> bytes:
    start = xml.find(b"<sheetData")
    start = xml.find(b">", start) + 1
    end = xml.rfind(b"</sheetData>")
    kept = []
    for match in _ROW.finditer(xml, start, end):
        line = keep.get(int(match[1]))
        if line is None:
            continue
        number = str(line).encode()
        row = _ROW_NUMBER.sub(rb"\g<1>%b\g<2>" % number, match[0], count=1)
        row = _REFERENCE.sub(rb"\g<1>%b\g<2>" % number, row)
        kept.append(_FORMULA.sub(b"", row))
    rest = _RULES.sub(b"", xml[end:])
    return xml[:start] + b"".join(kept) + _MERGES.sub(lambda match: _header_merges(match[0], first), rest)


def _header_merges(block: bytes, first: int) -> bytes:
    """Of the merged blocks those inside the header; rows have moved below it."""
    found = [
        match[0]
        for match in re.finditer(rb'<mergeCell ref="[A-Z]+\d+:[A-Z]+(\d+)"\s*/>', block)
        if int(match[1]) <= first
    ]
    return b'<mergeCells count="%d">%b</mergeCells>' % (len(found), b"".join(found)) if found else b""


def _plain_workbook(checked: Checked, by_row: dict[int, list[Fault]], language: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet((checked.sheet.name or "Sheet1")[:31])
    head = book.add_format({"bold": True, "bg_color": "#E6EEF5", "border": 1})
    text = book.add_format({"num_format": "@"})
    red = book.add_format({"bg_color": f"#{_RED}", "num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#C00000"})
    width, reasons = checked.sheet.width, checked.reasons(language)
    for row in range(checked.layout.first):
        for column, cell in enumerate(checked.sheet.cells.row(row)):
            if cell is not None:
                sheet.write_string(row, column, _printable(cell), head)
    sheet.write_string(_header_row(checked), width, REASON_COLUMN, head)
    line = checked.layout.first
    bad = checked.rows.cells.filter(checked.bad)
    for number, values in zip(checked.rows.numbers[checked.bad].tolist(), bad.iter_rows(), strict=True):
        marked = {fault.index: fault.reason.say(language) for fault in by_row[number]}
        for column, cell in enumerate(values):
            sheet.write_string(line, column, _printable(cell or ""), red if column in marked else text)
            if column in marked:
                sheet.write_comment(line, column, marked[column])
        sheet.write_string(line, width, reasons[number], wrap)
        line += 1
    sheet.set_column(0, width - 1, 18)
    sheet.set_column(width, width, 60)
    sheet.freeze_panes(checked.layout.first, 0)
    book.close()
    return out.getvalue()
