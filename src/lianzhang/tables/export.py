"""Lists as files: what is on screen, cells that stay what they are, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from lianzhang.tables.guards import guarded

Cell = str | int | Decimal | date | None
#: A spreadsheet keeps fifteen digits; longer numbers are written as text.
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to be written: its title, the lines above the table (what, when, who), headers and rows."""

    title: str
    about: tuple[tuple[str, str], ...]
    headers: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


def export_xlsx(listing: Listing) -> bytes:
    """An .xlsx whose text cells are text and whose numbers are numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            # Row by row to a file of its own: a registry of a hundred thousand rows would fill the memory.
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(_sheet_name(listing.title))
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#E6EEF5", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, listing.title, title)
    for line, (label, said) in enumerate(listing.about, 1):
        sheet.write_string(line, 0, f"{label}：{said}")
    top = len(listing.about) + 1
    for column, name in enumerate(listing.headers):
        sheet.write_string(top, column, name, head)
    for line, row in enumerate(listing.rows, top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, day)
            elif isinstance(cell, int) or (
                isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _DIGITS
            ):
                sheet.write_number(line, column, cell)
            elif cell is not None and cell != "":
                sheet.write_string(line, column, _printable(str(cell)), text)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_column(0, max(len(listing.headers) - 1, 0), 20)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def export_csv(listing: Listing) -> bytes:
    """UTF-8 with a BOM, for the spreadsheet programs of Chinese offices; texts that would run get a `'`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in listing.headers])
    for row in listing.rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return str(cell) if isinstance(cell, int | date) else guarded(cell)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign in "\t\n\r" or ord(sign) >= 32)


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "Sheet1"
