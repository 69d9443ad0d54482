"""What goes out: the user's own file with its bad rows, templates, lists, and the comparison before writing."""

from __future__ import annotations

import csv as csv_module
import io
from datetime import date
from decimal import Decimal

import openpyxl
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from lianzhang.tables import FieldType, kinds, open_workbook
from lianzhang.tables.difference import canonical, compare
from lianzhang.tables.export import Listing, export_csv, export_xlsx
from lianzhang.tables.guards import guarded, unguarded
from lianzhang.tables.rejects import REASON_COLUMN, rejects_csv, rejects_workbook
from lianzhang.tables.templates import template
from tests.tables.books import FACTS, REFERENCE, code, csv, read, read_fast, xlsx

TITLE = ["聊城市企业名录", None, None]
HEAD = ["统一社会信用代码", "企业名称", "成立日期"]


def _styled() -> bytes:
    rows = [TITLE, HEAD]
    rows += [
        [code(i), f"样例{i}有限公司", "去年" if i % 10 == 0 else date(2012, 5, 18)] for i in range(1, 41)
    ]
    book = openpyxl.load_workbook(io.BytesIO(xlsx(rows, merged=["A1:C1"], title="名录")))
    sheet = book["名录"]
    for cell in sheet["B"]:
        cell.font = Font(name="仿宋", color="FF1F497D")
    sheet.column_dimensions["B"].width = 44
    sheet["B12"] = "=cmd|样例公司"
    sheet["B12"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_bad_rows_come_back_in_the_users_own_file() -> None:
    original = _styled()
    checked = read(original)
    back = openpyxl.load_workbook(io.BytesIO(rejects_workbook(checked, original)))["名录"]
    assert [cell.value for cell in back[2]] == [*HEAD, REASON_COLUMN]
    assert back.max_row == 2 + 4
    assert [back.cell(row, 1).value for row in range(3, 7)] == [code(i) for i in (10, 20, 30, 40)]
    bad = back.cell(3, 3)
    assert (bad.value, bad.fill.start_color.rgb[-6:]) == ("去年", "FFC7CE")
    assert bad.comment is not None and "不是日期" in bad.comment.text
    assert "不是日期" in str(back.cell(3, 4).value)
    assert (back.cell(4, 2).font.name, back.column_dimensions["B"].width) == ("仿宋", 44)
    assert str(back.merged_cells) == "A1:C1"
    text = back.cell(3, 2)
    assert (text.value, text.data_type) == ("=cmd|样例公司", "s")


def test_bad_rows_below_merged_headers_come_back_too() -> None:
    rows = [
        ["企业名称", "县区", "联系方式", ""],
        ["", "", "姓名", "电话"],
        ["样例甲机械有限公司", "火星", "李明", "1"],
    ]
    original = xlsx(rows, merged=("A1:A2", "B1:B2", "C1:D1"))
    checked = read(original)
    assert checked.bad_rows
    back = openpyxl.load_workbook(io.BytesIO(rejects_workbook(checked, original))).active
    assert back is not None
    lines = list(back.iter_rows(values_only=True))
    assert lines[0][4] == REASON_COLUMN and "火星" in str(lines[-1][4])


def test_a_corrected_file_can_be_sent_again_as_it_is() -> None:
    original = _styled()
    back = openpyxl.load_workbook(io.BytesIO(rejects_workbook(read(original), original)))
    for row in range(3, 7):
        back["名录"].cell(row, 3).value = "2012-05-18"
    out = io.BytesIO()
    back.save(out)
    again = read(out.getvalue())
    assert (again.total, again.bad_rows) == (4, 0)


def test_bad_rows_of_a_csv_come_back_cell_for_cell_in_its_encoding() -> None:
    rows = [
        HEAD,
        [code(1), "甲样例有限公司", "2012-05-18"],
        [code(2), '"乙,样例""有限公司"', " 去年"],
        ["91", "=丙𠮷", ""],
    ]
    for encoding, shown in (("utf-8", ""), ("gb18030", "GB18030")):
        back = rejects_csv(read(csv(rows, encoding)), encoding=shown)
        text = back.decode(encoding if shown else "utf-8-sig")
        found = list(csv_module.reader(io.StringIO(text)))
        assert found[0] == [*HEAD, REASON_COLUMN]
        assert [row[:3] for row in found[1:]] == [[code(2), '乙,样例"有限公司', " 去年"], ["91", "=丙𠮷", ""]]
        assert "成立日期：" in found[1][3]


@given(st.lists(st.text(",;|\t\"\r\n' 甲=", max_size=5), min_size=1, max_size=4), st.sampled_from(",;|\t"))
@settings(max_examples=40, deadline=None)
def test_bad_rows_are_quoted_as_any_csv_reader_expects(cells: list[str], separator: str) -> None:
    rows = [HEAD, *([f"坏码{i}", text, "去年"] for i, text in enumerate(cells))]
    source = io.StringIO(newline="")
    csv_module.writer(source).writerows(rows)
    checked = read(source.getvalue().encode())
    assert checked.bad_rows == len(cells)
    text = rejects_csv(checked, separator=separator).decode("utf-8-sig")
    back = list(csv_module.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert [row[:3] for row in back] == rows


def test_bad_rows_of_a_csv_can_be_had_as_a_workbook() -> None:
    checked = read(csv([HEAD, [code(2), "=1+1", "去年"]]))
    sheet = openpyxl.load_workbook(io.BytesIO(rejects_workbook(checked))).active
    assert sheet is not None
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["D1"].value) == ("=1+1", "s", REASON_COLUMN)


def test_each_template_opens_fills_and_imports() -> None:
    for kind in kinds(FACTS).values():
        book = openpyxl.load_workbook(io.BytesIO(template(kind, regions=REFERENCE.regions)))
        assert book.sheetnames == ["填写", "填表说明", "字典"]
        form = book["填写"]
        assert form.freeze_panes == "A2" and form.auto_filter.ref
        heads = [str(cell.value).lstrip("*") for cell in form[1]]
        offered = [field for field in kind.fields if field.type is not FieldType.TICK]
        assert len(heads) == len(offered)
        for column, field in enumerate(offered, 1):
            form.cell(2, column).value = {"credit_code": code(1), "county": "高唐县"}.get(
                field.id, field.example
            )
            if field.id in ("supplier", "buyer", "project", "revenue_ly", "amount"):
                form.cell(2, column).value = "5" if field.id in ("revenue_ly", "amount") else "甲样例有限公司"
        out = io.BytesIO()
        book.save(out)
        checked = read(open_workbook(out.getvalue(), confined=False), kind.id)
        assert (checked.total, list(checked.faults())) == (1, [])
        assert {column.field for column in checked.columns} == {field.id for field in offered}


def test_templates_keep_codes_as_text_and_offer_the_counties() -> None:
    kind = kinds()["enterprises"]
    form = openpyxl.load_workbook(io.BytesIO(template(kind, regions=REFERENCE.regions)))
    assert (
        form["填写"].column_dimensions["A"].number_format == "@" or form["填写"].column_dimensions["A"].style
    )
    rules = form["填写"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {"字典!$A$2:$A$6", "字典!$B$2:$B$12"}
    assert "高唐县" in [cell.value for cell in form["字典"]["B"]]


NASTY = ["=1+1", "+1", "-1", "@sum", "＝1", "\t=1", " =cmd|' /C calc'!A0", "'=1", "普通", "1,2\n3", '引"号']


def test_an_exported_csv_runs_nothing_and_opens_in_chinese() -> None:
    data = export_csv(Listing("名录", (), ("名称", "金额"), [(text, Decimal("-1.50")) for text in NASTY]))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv_module.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert all(not row[0].lstrip(" 　").startswith(("=", "+", "-", "@", "＝")) for row in rows[1:])
    assert {row[1] for row in rows[1:]} == {"-1.50"}


@given(st.text(max_size=20))
def test_the_guard_can_be_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text or text.startswith("'")


def test_an_exported_workbook_has_no_live_formula_and_numbers_stay_numbers() -> None:
    about = (("数据截至", "2025-08-15"), ("导出人", "张三"))
    rows = [(text, Decimal("1234.5"), 7, date(2025, 8, 15), Decimal("1" * 18)) for text in NASTY]
    data = export_xlsx(Listing("名录[1]", about, ("名称", "金额", "数", "日", "长数"), rows))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]] == ["名称", "金额", "数", "日", "长数"]
    for row in sheet.iter_rows(min_row=5):
        assert [cell.data_type for cell in row] == ["s", "n", "n", "d", "s"]


_NAMES = st.text("聊城样例机械电缆轴承𠮷甲乙丙", min_size=3, max_size=12).map(lambda text: f"{text}有限公司")


@given(
    st.lists(
        st.tuples(_NAMES, st.dates(date(1950, 1, 1), date(2026, 1, 1)), st.decimals(0, 10**8, places=2)),
        min_size=1, max_size=12, unique_by=lambda row: row[0],
    )
)  # fmt: skip
@settings(max_examples=20, deadline=None)
def test_import_export_import_is_identity(rows: list[tuple[str, date, Decimal]]) -> None:
    head = ("统一社会信用代码", "企业名称", "成立日期", "注册资本（万元）")
    listing = Listing("名录", (), head, [(code(place), *row) for place, row in enumerate(rows)])
    first = read_fast(export_xlsx(listing)).good.drop("row")
    assert first.height == len(rows)
    for back in (export_csv, export_xlsx):
        again = Listing("名录", (), head, first.rows())
        assert read_fast(back(again)).good.drop("row").equals(first)


class KnownFirms:
    """Two firms: one with code(1), one known by name alone."""

    rows = pl.DataFrame(
        {
            "known": ["E1", "E2"], "credit_code": [code(1), None], "name": ["甲样例有限公司", "乙样例有限公司"],
            "capital": ["100", "200"], "founded": ["2012-05-18", None],
        }
    )  # fmt: skip

    def match(self, rows: pl.DataFrame) -> pl.DataFrame:
        by_code = rows.join(self.rows.select("known", "credit_code"), on="credit_code", how="left")
        by_name = by_code.join(self.rows.select(pl.col("known").alias("like"), "name"), on="name", how="left")
        return by_name.select("row", "known", pl.when(pl.col("known").is_null()).then("like").alias("like"))

    def values(self, ids: pl.Series, keys: list[str]) -> pl.DataFrame:
        return self.rows.filter(pl.col("known").is_in(ids.implode()))


def test_the_preview_counts_and_shows_old_and_new_and_blank_cells_change_nothing() -> None:
    rows = [
        ["信用代码", "企业名称", "注册资本", "成立日期"],
        [code(1), "甲样例有限公司", "超150", "2012/5/18"],
        [code(2), "丙样例有限公司", "1", ""],
        ["", "乙样例有限公司", "200", ""],
        ["x", "丁样例有限公司", "", ""],
    ]
    found = compare(read(csv(rows)), KnownFirms())
    assert found.counts == {"new": 1, "changed": 1, "unchanged": 0, "duplicate": 1, "errors": 1}
    assert found.changes.rows() == [(2, "capital", "100", "over 150")]
    same = compare(read(csv([rows[0], [code(1), "甲样例有限公司", "100.0", "—"]])), KnownFirms())
    assert same.counts["unchanged"] == 1 and same.changes.height == 0


def test_canonical_text_has_no_padding() -> None:
    good = pl.DataFrame(
        {"row": [1, 2], "a": pl.Series([Decimal("100"), Decimal("0.5")], dtype=pl.Decimal(18, 6))}
    )
    assert canonical(good)["a"].to_list() == ["100", "0.5"]


def test_figures_of_a_year_stand_under_their_year() -> None:
    from lianzhang.tables.difference import by_year

    rows = [
        ["企业名称", "年份", "营业收入"],
        ["甲样例有限公司", "2023", "1"],
        ["甲样例有限公司", "2024", "近2"],
    ]
    checked = read(csv(rows), "figures")
    dated = by_year(checked.good, checked.kind)
    assert canonical(dated).drop("row", "name").rows() == [("1", None), (None, "near 2")]
    assert canonical(dated).columns[2:] == ["revenue_ly@2023", "revenue_ly@2024"]
