"""Plain workbooks are read without the general reader, and give what it would give; all others are left to it."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from unittest.mock import patch

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.tables import open_workbook, package, sandbox
from lianzhang.tables.package import Package
from lianzhang.tables.plain import stretches
from lianzhang.tables.sheet import TableRefused
from lianzhang.tables.spreadsheet import read_any_xlsx, read_plain_xlsx

Grid = list[list[Any]]
SIGNS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXT = st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: "_x" not in text)
CELL = st.one_of(
    st.none(),
    TEXT,
    st.sampled_from(
        ["聊城市", " 空白 ", "a&b<c>\"'", "𠮷野", "0012", "=1+1", "第一行\n第二行", "<v>1</v>", "]]>"]
    ),
    st.integers(-(10**9), 10**16),
    st.floats(-1e12, 1e12).map(lambda number: round(number, 4)),
    st.sampled_from([0.1, 1 / 3, 1e-7, 1e20, 0.0, 12.5, 913715260000000000.0]),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)),
)
TABLE = st.lists(st.lists(CELL, max_size=30), max_size=12)


def by_excel(rows: Grid, *, inline: bool = False, formats: tuple[str, ...] = ("yyyy-mm-dd",)) -> bytes:
    """Shared texts as Excel writes them, or texts in their cells."""
    out = io.BytesIO()
    options = {"constant_memory": inline, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    days = [book.add_format({"num_format": text}) for text in formats]
    bold = book.add_format({"bold": True, "num_format": "#,##0.00_ "})
    sheet = book.add_worksheet("企业")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(
                    row, column, datetime(cell.year, cell.month, cell.day), days[column % len(days)]
                )
            elif isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is None:
                sheet.write_blank(row, column, None, bold if column % 3 else None)
            else:
                sheet.write_number(row, column, cell, bold if column % 2 else None)
    book.close()
    return out.getvalue()


def by_openpyxl(rows: Grid) -> bytes:
    """As the library of most programs writes it."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value is not None:
                cell = book.active.cell(row, column, value)
                cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(out)
    return out.getvalue()


def plain(data: bytes) -> list[tuple[Any, ...]] | None:
    """The first sheet read as a plain one, without empty ends; None if it is none."""
    sheets = read_plain_xlsx(Package(data))
    return None if sheets is None else _trimmed(sheets[0].cells)


def general(data: bytes) -> list[tuple[Any, ...]]:
    """The first sheet as the general reader gives it."""
    return _trimmed(read_any_xlsx(data, Package(data))[0].cells)


def _trimmed(cells: pl.DataFrame) -> list[tuple[Any, ...]]:
    rows = cells.rows()
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
    return [tuple(cell or None for cell in row[:width]) for row in rows]


def same(found: list[tuple[Any, ...]] | None, wanted: list[tuple[Any, ...]]) -> bool:
    """Whether all cells are equal; of numbers the general reader cuts off what doubles cannot hold."""
    assert found is not None
    assert [len(row) for row in found] == [len(row) for row in wanted]
    return all(
        _alike(one, other)
        for row, wanted_row in zip(found, wanted, strict=True)
        for one, other in zip(row, wanted_row, strict=True)
    )


def _alike(one: str | None, other: str | None) -> bool:
    if one == other or one is None or other is None:
        return one == other
    decimals = re.compile(r"-?\d+(?:\.\d+)?")
    if not (decimals.fullmatch(one) and decimals.fullmatch(other)):
        return False
    return math.isclose(float(one), float(other), rel_tol=1e-14, abs_tol=2e-9)


def changed(data: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with one part altered."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == part else content)
    assert out.getvalue() != data
    return out.getvalue()


@settings(max_examples=60, deadline=None)
@given(TABLE, st.booleans())
def test_what_excel_writes_reads_as_with_the_general_reader(rows: Grid, inline: bool) -> None:
    data = by_excel(rows, inline=inline)
    assert same(plain(data), general(data))


@settings(max_examples=30, deadline=None)
@given(TABLE)
def test_what_openpyxl_writes_reads_as_with_the_general_reader(rows: Grid) -> None:
    data = by_openpyxl(rows)
    found = plain(data)
    assert found is None or same(found, general(data))


@settings(max_examples=60, deadline=None)
@given(TABLE, st.booleans(), st.integers(8, 3000), st.integers(1, 300))
def test_wherever_rows_are_cut_into_stretches_they_are_read_alike(
    rows: Grid, inline: bool, block: int, piece: int
) -> None:
    data = by_excel(rows, inline=inline)
    whole = plain(data)
    with patch.object(stretches, "BLOCK", block), patch.object(package, "_BLOCK", piece):
        assert plain(data) == whole


def test_rows_without_cells_and_what_follows_the_rows_are_read_in_any_stretch() -> None:
    empty = b"".join(b'<row r="%d" ht="20"/>' % row for row in range(3, 40))
    merged = b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    data = changed(
        by_excel([["聊城市", "冠县"], ["甲", 1]]),
        lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>" + merged),
    )
    for block in (16, 100, 1000, stretches.BLOCK):
        with patch.object(stretches, "BLOCK", block), patch.object(package, "_BLOCK", 50):
            sheets = read_plain_xlsx(Package(data))
        assert sheets is not None and sheets[0].cells.rows() == [("聊城市", "冠县"), ("甲", "1")]
        assert [(block.top, block.right) for block in sheets[0].merged] == [(0, 1)]


@pytest.mark.parametrize("inline", [False, True])
def test_a_usual_table_is_plain(inline: bool) -> None:
    rows = [["企业名称", "成立日期", "注册资本"], ["聊城中通轻型客车有限公司", date(2020, 7, 26), 1200.5]]
    data = by_excel(rows, inline=inline)
    assert plain(data) == [
        ("企业名称", "成立日期", "注册资本"),
        ("聊城中通轻型客车有限公司", "2020-07-26 00:00:00", "1200.5"),
    ]
    assert plain(by_openpyxl([["企业名称"], ["聊城中通"]])) == [("企业名称",), ("聊城中通",)]


def test_a_table_that_begins_far_from_the_corner_keeps_its_places() -> None:
    data = by_excel([[], [], [None] * 28 + ["甲", 1], [None] * 28 + ["乙", 2]])
    found = plain(data)
    assert found is not None
    assert found == general(data)
    assert found[2][28:] == ("甲", "1")


@pytest.mark.parametrize(
    "shown",
    [
        "yyyy-mm-dd", "yyyy/m/d;@", 'yyyy"年"m"月"d"日";@', "[$-804]yyyy年m月d日",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "m/d", "h:mm", "[h]:mm", "yyyy-mm-dd hh:mm", "General", "0", "0.00", "#,##0.00_ ", "0%", "@", '0"天"',
        '[Red]0.0;[Blue]-0.0', "0.00E+00", '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "[DBNum1]0",
        '[>=100]0;0.0', "d-mmm-yy", "mmm-yy", "yyyy", 'General"家"',
    ],
)  # fmt: skip
def test_a_number_shown_in_any_format_reads_as_with_the_general_reader_or_is_left_to_it(shown: str) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_number(0, 0, 44000, book.add_format({"num_format": shown}))
    book.close()
    found = plain(out.getvalue())
    assert found is None or found == general(out.getvalue())


def test_the_usual_formats_of_days_and_amounts_are_not_left_to_the_general_reader() -> None:
    for shown in ("yyyy-mm-dd", "yyyy/m/d;@", 'yyyy"年"m"月"d"日";@'):
        assert plain(by_excel([[date(2024, 2, 29)]], formats=(shown,))) == [("2024-02-29 00:00:00",)]


@pytest.mark.parametrize("plainly", [True, False])
def test_a_number_shown_in_percent_is_read_as_it_is_shown(plainly: bool) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    percent = [book.add_format({"num_format": text}) for text in ("0%", "0.00%", '0.0"%"')]
    sheet = book.add_worksheet()
    for column, (number, shown) in enumerate([(0.056, 0), (1 / 3, 1), (-0.5, 0), (12, 0), (0, 1), (5.6, 2)]):
        sheet.write_number(0, column, number, percent[shown])
    sheet.write_string(0, 6, "5.6", percent[0])
    book.close()
    read = plain if plainly else general
    assert read(out.getvalue()) == [("5.6%", "33.3333333%", "-50%", "1200%", "0%", "5.6", "5.6")]


def test_results_of_formulas_and_texts_with_looks_of_their_own_are_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [1, 2, 3])
    sheet.write_formula(1, 0, "=SUM(A1:C1)", None, 6)
    sheet.write_formula(1, 1, '=IF(A1<B1,"较小","较大")', None, "较小&<")
    sheet.write_rich_string(1, 2, book.add_format({"bold": True}), "粗", "细 <&")
    book.close()
    assert plain(out.getvalue()) == general(out.getvalue()) == [("1", "2", "3"), ("6", "较小&<", "粗细 <&")]


CELLS = by_excel([["甲", "乙", 3, date(2020, 1, 1)], ["丙", "丁", 4, date(2021, 1, 1)]])
UNUSUAL: dict[str, Callable[[bytes], bytes]] = {
    "a formula without its result": lambda xml: xml.replace(b"<v>3</v>", b"<f>1+2</f>"),
    "a truth value": lambda xml: xml.replace(b'<c r="C1"><v>3</v>', b'<c r="C1" t="b"><v>1</v>'),
    "an error": lambda xml: xml.replace(b'<c r="C1"><v>3</v>', b'<c r="C1" t="e"><v>#N/A</v>'),
    "a time of day": lambda xml: xml.replace(b"<v>43831</v>", b"<v>43831.5</v>"),
    "a day before the calendars agree": lambda xml: xml.replace(b"<v>43831</v>", b"<v>30</v>"),
    "cells without places": lambda xml: xml.replace(b' r="A1"', b""),
    "rows without numbers": lambda xml: xml.replace(b'<row r="2"', b"<row"),
    "a cell of another row": lambda xml: xml.replace(b'r="B2"', b'r="B3"'),
    "cells out of order": lambda xml: xml.replace(b'r="B2"', b'r="A2"'),
    "rows out of order": lambda xml: xml.replace(b'<row r="2"', b'<row r="1"').replace(b'2"', b'1"'),
    "blanks between cells": lambda xml: xml.replace(b"</c>", b"</c> "),
    "line breaks between rows": lambda xml: xml.replace(b"</row>", b"</row>\n"),
    "a remark": lambda xml: xml.replace(b"</c>", b"</c><!-- -->", 1),
    "another namespace": lambda xml: xml.replace(b"<c ", b"<x:c ").replace(b"</c>", b"</x:c>"),
    "an element nobody knows": lambda xml: xml.replace(b"<v>3</v>", b"<v>3</v><extLst></extLst>"),
    "an attribute nobody knows": lambda xml: xml.replace(b'<c r="C1">', b'<c r="C1" cm="1">'),
    "a format that is not there": lambda xml: xml.replace(b'<c r="C1">', b'<c r="C1" s="99">'),
    "a shared text that is not there": lambda xml: xml.replace(b"<v>0</v>", b"<v>77</v>"),
    "another encoding": lambda xml: xml.replace(b"UTF-8", b"GB2312"),
    "no cells at all": lambda xml: xml.replace(b"sheetData", b"otherData"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNUSUAL)
def test_whatever_is_unusual_is_left_to_the_general_reader(what: str) -> None:
    assert plain(CELLS) is not None
    assert read_plain_xlsx(Package(changed(CELLS, UNUSUAL[what]))) is None


@pytest.mark.parametrize(
    "text",
    ["<t>a</t><t>b</t>", "<t>&nbsp;</t>", "<t>_x000D_</t>", "<t>a\rb</t>", "<u>a</u>", "<t><b>a</b></t>"],
)
def test_unusual_shared_texts_are_left_to_the_general_reader(text: str) -> None:
    odd = changed(CELLS, lambda xml: xml.replace("<t>甲</t>".encode(), text.encode()), "xl/sharedStrings.xml")
    assert read_plain_xlsx(Package(odd)) is None


def test_a_shared_text_that_is_empty_does_not_shift_the_others() -> None:
    odd = changed(CELLS, lambda xml: xml.replace(b"<si>", b"<si/><si>", 1), "xl/sharedStrings.xml")
    assert read_plain_xlsx(Package(odd)) is None


def test_a_number_that_may_have_been_a_code_is_told_from_text() -> None:
    data = by_excel([["代码"], [913715260000000000.0], ["913715260000000000"], [913715260000000001]])
    sheets = read_plain_xlsx(Package(data))
    assert sheets is not None
    assert sheets[0].numbers == {(1, 0), (3, 0)}


def test_a_plain_workbook_needs_no_process_of_its_own_and_another_gets_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def read_sheets(data: bytes, kind: str) -> list[Any]:
        asked.append(kind)
        return []

    monkeypatch.setattr(sandbox, "read_sheets", read_sheets)
    assert open_workbook(CELLS).sheets[0].name == "企业"
    assert not asked
    open_workbook(changed(CELLS, UNUSUAL["a remark"]))
    assert asked == ["xlsx"]


def test_hidden_sheets_are_left_out_and_the_others_keep_their_order() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("甲", "乙", "丙"):
        book.add_worksheet(name).write_string(0, 0, name)
    book.worksheets()[1].hide()
    book.close()
    sheets = read_plain_xlsx(Package(out.getvalue()))
    assert sheets is not None
    seen = [(sheet.name, sheet.row(0)) for sheet in sheets if sheet.visible]
    assert seen == [("甲", ["甲"]), ("丙", ["丙"])]


def test_a_part_longer_than_its_directory_says_is_refused_before_it_is_inflated() -> None:
    data = bytearray(by_excel([["甲" * 30_000, index] for index in range(60)]))
    entry = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/worksheets/sheet1.xml")
    at = data.rfind(entry.filename.encode()) - 22  # the size in the directory at the end
    data[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(TableRefused, match="解不开"):
        open_workbook(bytes(data))


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(CELLS)
    entry = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/worksheets/sheet1.xml")
    at = entry.header_offset + 30 + len(entry.filename) + 60
    data[at] ^= 0xFF
    with pytest.raises(TableRefused, match="解不开"):
        open_workbook(bytes(data))


def test_the_last_cell_of_a_file_is_read_whatever_others_look_like() -> None:
    long = b'<row r="1"><c r="A1" s="00000" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c></row>'
    cut = changed(
        CELLS,
        lambda xml: (
            xml[: xml.index(b"<row")] + long + b'<row r="2"><c r="A2"/></row></sheetData></worksheet>'
        ),
    )
    assert plain(cut) == general(cut) == [(" x ",)]


def test_texts_as_chinese_editions_write_them_are_plain() -> None:
    mark = b'<phoneticPr fontId="1" type="noConversion"/></si>'
    data = changed(CELLS, lambda xml: xml.replace(b"</si>", mark), "xl/sharedStrings.xml")
    assert plain(data) == general(data) == plain(CELLS)
    endless = mark.replace(b"/></si>", b"></phoneticPr></si>")
    odd = changed(CELLS, lambda xml: xml.replace(b"</si>", endless), "xl/sharedStrings.xml")
    assert plain(odd) == plain(CELLS)
    sound = '<rPh sb="0" eb="1"><t>こう</t></rPh></si>'.encode()
    spoken = changed(CELLS, lambda xml: xml.replace(b"</si>", sound), "xl/sharedStrings.xml")
    assert plain(spoken) == general(spoken) == plain(CELLS)
