"""Rows and sheets that a person does not see: rows are read and told, sheets stay out and are named."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from lianzhang.tables import Workbook, open_workbook
from lianzhang.tables.old_workbook import _sheet
from lianzhang.tables.package import Package
from lianzhang.tables.sandbox import read_sheets
from lianzhang.tables.spreadsheet import read_any_xlsx, read_plain_xlsx
from tests.tables.books import read


def book(*, hidden: tuple[int, ...] = (), filtered: bool = False, sheets: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["企业名称", "县区"], *([f"聊城{n}号机械有限公司", "高唐县"] for n in range(1, 6))):
        sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    if filtered:
        sheet.auto_filter.ref = "A1:B6"
        sheet.auto_filter.add_filter_column(0, ["聊城1号机械有限公司"])
    for name in sheets:
        more = made.create_sheet(name)
        more.append(["企业名称"])
        more.sheet_state = "veryHidden" if name == "底表" else "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def plainly(data: bytes) -> list[object]:
    sheets = read_plain_xlsx(Package(data))
    assert sheets is not None
    return list(sheets)


@pytest.mark.parametrize(
    "reader",
    [plainly, lambda data: read_any_xlsx(data, Package(data)), lambda data: read_sheets(data, "xlsx")],
    ids=["plain", "general", "confined"],
)
def test_each_reader_tells_hidden_rows_filters_and_hidden_sheets(
    reader: Callable[[bytes], list[object]],
) -> None:
    first, *others = reader(book(hidden=(3, 6), filtered=True, sheets=("往年", "底表")))
    assert (first.hidden, first.filtered, first.visible) == ((3, 6), True, True)  # type: ignore[attr-defined]
    assert [(one.name, one.visible) for one in others] == [("往年", False), ("底表", False)]  # type: ignore[attr-defined]
    (seen,) = reader(book())
    assert (seen.hidden, seen.filtered) == ((), False)  # type: ignore[attr-defined]


def test_hidden_rows_are_data_and_hidden_sheets_are_named() -> None:
    found: Workbook = open_workbook(book(hidden=(3, 6), sheets=("往年",)), confined=False)
    assert found.hidden == ("往年",) and [sheet.name for sheet in found.sheets] == ["Sheet"]
    assert read(found).good.height == 5


def test_an_old_workbook_tells_its_hidden_rows_and_that_it_is_filtered() -> None:
    row = b"\x08\x02\x10\x00" + (4).to_bytes(2, "little") + bytes(10) + b"\x20\x00\x00\x00"
    shown = b"\x08\x02\x10\x00" + (5).to_bytes(2, "little") + bytes(14)
    found = _sheet(row + shown + b"\x9b\x00\x00\x00" + b"\x0a\x00\x00\x00", 0, frozenset())
    assert (found.hidden, found.filtered) == ([5], True)
