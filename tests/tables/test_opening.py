"""Every file becomes sheets or a sentence; nothing a stranger sends takes the machine with it."""

from __future__ import annotations

import io
import zipfile

import pytest

from lianzhang.tables import TableRefused, open_pasted, open_workbook
from lianzhang.tables.package import numeric_cells
from lianzhang.tables.sheet import column_index, column_name
from tests.tables.books import code, csv, read, replaced, xlsx

HEAD = ["统一社会信用代码", "企业名称", "成立日期"]
ROW = [code(1), "聊城样例机械有限公司", "2012-05-18"]


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8（带BOM）"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
def test_csv_is_read_in_the_encodings_of_offices(encoding: str, shown: str) -> None:
    book = open_workbook(csv([HEAD, ROW], encoding))
    assert book.encoding == shown
    assert book.sheets[0].row(1) == ROW


def test_characters_beyond_the_basic_plane_survive_csv_and_xlsx() -> None:
    name = "聊城𠮷𡔷机械有限公司"
    for data in (
        csv([HEAD, [code(1), name, "2012-05-18"]], "gb18030"),
        xlsx([HEAD, [code(1), name, "2012-05-18"]]),
    ):
        assert read(data).good["name"].to_list() == [name]


def test_blank_lines_of_a_csv_keep_the_row_numbers_of_the_spreadsheet() -> None:
    checked = read(csv([HEAD, [""], ["", "", ""], ROW]))
    assert checked.good["row"].to_list() == [4]
    assert checked.rows.empty == 2


def test_a_quoted_line_break_is_one_row_as_in_a_spreadsheet() -> None:
    data = csv([HEAD, [code(1), '"聊城样例\n机械有限公司"', ""], [code(2), "聊城样例电机有限公司", "去年"]])
    checked = read(data)
    assert [fault.row for fault in checked.faults()] == [3]


def test_quotation_marks_that_do_not_pair_are_read_the_careful_way() -> None:
    data = csv([HEAD, [code(1), '聊城"样例"机械有限公司', ""], [code(2), '"甲"乙有限公司', ""]])
    assert read(data).total == 2


def test_rows_with_more_cells_than_the_header_are_named() -> None:
    checked = read(csv([HEAD, ROW, [code(2), "甲,乙有限公司", "2012-05-18"]]))
    assert [(fault.row, fault.rule) for fault in checked.faults()][-1] == (3, "extra_cells")


def test_a_pasted_block_without_header_is_recognised_by_its_content() -> None:
    checked = read(open_pasted("\t".join([code(1), "聊城样例机械有限公司"]) + "\n"))
    assert checked.good["name"].to_list() == ["聊城样例机械有限公司"]
    assert {column.field for column in checked.columns if column.is_guess} == {"credit_code", "name"}


def test_a_sheet_that_begins_further_down_keeps_its_row_numbers() -> None:
    checked = read(xlsx([[], [], [None, None, *HEAD], [None, None, *ROW], [None, None, code(2), "", ""]]))
    assert checked.good["row"].to_list() == [4]
    assert [(fault.row, fault.column) for fault in checked.faults()] == [(5, "企业名称")]


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_name(i) for i in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_index(column_name(i)) == i for i in range(0, 16384, 97))


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _bomb() -> bytes:
    return replaced(xlsx([HEAD, ROW]), "xl/worksheets/sheet1.xml", b"<row/>" * 20_000_000)


def _laughs() -> bytes:
    shared = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    return replaced(xlsx([HEAD, ROW]), "xl/sharedStrings.xml", shared)


def _far_cell() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "企业名称", "远"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
REFUSED = {
    "empty": (lambda: b"", "0字节"),
    "zip bomb": (_bomb, "压缩炸弹"),
    "entities": (_laughs, "声明了实体"),
    "macros": (lambda: replaced(xlsx([HEAD, ROW]), "xl/vbaProject.bin", b"x"), "带宏"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "cell at the far corner": (_far_cell, "XFD1048576"),
    "word document": (lambda: _zip(**{"word/document.xml": b"<w/>"}), "Word"),
    "plain zip": (lambda: _zip(**{"a.txt": b"x"}), "压缩包"),
    "broken zip": (lambda: xlsx([HEAD, ROW])[:900], "损坏"),
    "pdf": (lambda: b"%PDF-1.7\n", "PDF"),
    "web page called xls": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    "other old office file": (lambda: OLE, "旧版"),
    "binary rubbish": (lambda: bytes(range(256)) * 20, "空字节"),
    "a million columns": (lambda: b"," * 250_000 + b"\n", "列"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_or_wrong_file_is_refused_with_its_reason_and_a_way_out(case: str) -> None:
    make, word = REFUSED[case]
    with pytest.raises(TableRefused) as refused:
        open_workbook(make())
    assert word in refused.value.what.zh
    assert refused.value.remedy is not None


def test_nine_hundred_thousand_blank_rows_cost_nothing() -> None:
    good = xlsx([HEAD, ROW])
    xml = zipfile.ZipFile(io.BytesIO(good)).read("xl/worksheets/sheet1.xml")
    blank = b"".join(b'<row r="%d" ht="14"/>' % row for row in range(3, 900_003))
    checked = read(
        replaced(good, "xl/worksheets/sheet1.xml", xml.replace(b"</sheetData>", blank + b"</sheetData>"))
    )
    assert (checked.total, checked.bad_rows, checked.rows.empty) == (1, 0, 0)


def test_a_number_is_told_from_text_whatever_the_order_of_cells_and_attributes() -> None:
    xml = (
        b'<row r="2"><c r="A2" t="s"><v>1</v></c><c s="3" r="AB2"><v>9.1E17</v></c></row>'
        b'<row r="1"><c t="str" r="A1"><f>B1</f><v>2</v></c><c r="B1" t="n"><v>3</v></c></row>'
    )
    places = [(0, 0), (0, 1), (1, 0), (1, 27)]
    assert numeric_cells(xml, places) == {(0, 1), (1, 27)}
    assert numeric_cells(b"<row><c><v>9.1E17</v></c></row>", places) == frozenset()
