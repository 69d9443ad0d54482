"""The header is found where Chinese tables put it, and each column says what it was taken for."""

from __future__ import annotations

import pytest

from lianzhang.tables import How, TableRefused, find_table, need_kind, open_workbook
from lianzhang.tables.headings import heading, is_unit_line, unit_line
from tests.tables.books import FACTS, code, csv, read, read_fast, xlsx


def test_title_unit_line_and_two_header_rows_are_seen_through() -> None:
    rows = [
        ["高唐县2024年度规上企业情况表"],
        ["单位：万元、人"],
        ["序号", "企业名称", "统一社会信用代码", "联系人", None, "营业收入", None],
        [None, None, None, "姓名", "电话", "2023年", "2024年"],
        [1, "聊城样例机械有限公司", code(1), "张三", "13800000000", "1.2亿元", 9000],
        ["合计", None, None, None, None, "1.2亿元", 9000],
    ]
    merged = ["A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3"]
    checked = read_fast(xlsx(rows, merged=merged))
    assert (checked.layout.header, checked.layout.height, checked.layout.unit) == (2, 2, "万元")
    row = checked.good.row(0, named=True)
    assert (row["contact_name"], row["contact_phone"]) == ("张三", "13800000000")
    assert (str(row["revenue_ly@2023"]), str(row["revenue_ly@2024"])) == ("12000.000000", "9000.000000")
    assert checked.rows.totals == (6,)


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    checked = read(
        csv([["企业名称", "信用代码", "地址"], ["甲", "乙", "1"], ["聊城样例机械有限公司", code(1), "高唐"]])
    )
    assert checked.good["row"].to_list() == [3]


def test_the_unit_of_a_header_wins_over_the_unit_line_and_a_cell_over_both() -> None:
    rows = [
        ["单位：万元"],
        ["企业名称", "注册资本（元）"],
        ["甲样例有限公司", "50000"],
        ["乙样例有限公司", "3亿元"],
    ]
    checked = read_fast(xlsx(rows))
    assert [str(value) for value in checked.good["capital"]] == ["5.000000", "30000.000000"]


def test_merged_cells_are_filled_down_and_across_lines_are_not() -> None:
    rows = [
        ["县区", "企业名称"],
        ["高唐县", "甲样例有限公司"],
        [None, "乙样例有限公司"],
        ["以下为临清市", None],
        ["临清市", "丙样例有限公司"],
    ]
    checked = read_fast(xlsx(rows, merged=["A2:A3", "A4:B4"]))
    assert dict(zip(checked.good["row"], checked.good["county"], strict=True)) == {
        2: "371526",
        3: "371526",
        5: "371581",
    }
    assert checked.rows.totals == (4,) and not list(checked.faults())


def test_guesses_are_marked_and_memory_and_choice_win() -> None:
    data = csv([["企业名称", "企业的注册资本", "备用"], ["甲样例有限公司", "100", "高唐县"]])
    guessed = read(data)
    assert {c.heading.text: (c.field, c.how) for c in guessed.columns}["企业的注册资本"] == (
        "capital",
        How.LIKENESS,
    )
    remembered = read(data, remembered={"备用": "county", "企业的注册资本": "-"})
    assert [c.field for c in remembered.columns] == ["name", "", "county"]
    chosen = read(data, chosen={2: "address"})
    assert [c.field for c in chosen.columns] == ["name", "capital", "address"]


def test_of_two_columns_for_one_field_the_surer_has_it_and_the_other_says_why_not() -> None:
    columns = read(csv([["企业名称", "单位名称"], ["甲样例有限公司", "乙"]])).columns
    assert [(column.field, column.why) for column in columns] == [("name", ""), ("", "double")]


@pytest.mark.parametrize(
    ("head", "kind", "word"),
    [
        (["企业名称", "称号", "认定时间"], "enterprises", "称号名单"),
        (["供应企业", "采购企业", "金额"], "enterprises", "供需关系"),
        (["企业名称", "注册资本", "成立日期"], "figures", "企业名录"),
        (["会议时间", "会议地点"], "enterprises", "没有找到"),
        (["企业名称", "注册资本"], "titles", "称号"),
    ],
)
def test_a_table_of_another_kind_is_recognised(head: list[str], kind: str, word: str) -> None:
    with pytest.raises(TableRefused) as refused:
        read(csv([head, ["甲样例有限公司", "乙", "丙"][: len(head)]]), kind)
    assert word in str(refused.value)


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(TableRefused, match="没有数据"):
        read(csv([["企业名称", "信用代码"]]))


def test_the_sheet_with_the_table_is_chosen_among_several() -> None:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["说明", "请认真填写"])
    second = book.create_sheet("名录")
    second.append(["企业名称", "信用代码"])
    second.append(["甲样例有限公司", code(1)])
    out = io.BytesIO()
    book.save(out)
    checked = read(open_workbook(out.getvalue(), confined=False))
    assert checked.sheet.name == "名录"


def test_every_yearly_number_of_the_dictionary_has_a_column() -> None:
    from lianzhang.tables import need_kind

    kind = need_kind("figures", FACTS)
    assert {"employees", "revenue_ly", "total_assets", "rd_intensity_ly"} <= {
        field.id for field in kind.fields
    }
    assert all(field.id in FACTS for field in kind.fields if field.yearly)


def test_taxes_profits_and_output_are_read_under_the_words_offices_use() -> None:
    head = [
        "企业名称",
        "所属县区",
        "2024年产值（亿元）",
        "2024年利润（万元）",
        "2024年纳税额",
        "2024年固投（万元）",
    ]
    checked = read(xlsx([head, ["聊城甲机械有限公司", "高唐县", 0.3, -20, "12万元", None]]))
    row = checked.good.row(0, named=True)
    assert row["industrial_output_ly@2024"] == 3000 and row["total_profit_ly@2024"] == -20
    assert row["taxes_paid_ly@2024"] == 12 and row["fixed_investment_ly@2024"] is None


def test_a_table_of_supply_links_brought_as_enterprises_is_called_what_it_is() -> None:
    links = [
        ["供应商", "客户", "产品", "金额（万元）", "年份"],
        ["甲乙有限公司", "丙丁有限公司", "轴承", "3", "2024"],
    ]
    with pytest.raises(TableRefused, match="像“供需关系”"):
        find_table(open_workbook(xlsx(links)), need_kind("enterprises", FACTS), facts=FACTS)


def test_a_header_repeated_on_each_printed_page_is_no_row_and_is_told() -> None:
    head = ["统一社会信用代码", "企业名称", "县区"]
    rows = [head, [code(1), "聊城甲机械有限公司", "高唐县"], head, [code(2), "聊城乙机械有限公司", "高唐县"]]
    checked = read(xlsx(rows))
    assert checked.good["row"].to_list() == [2, 4]
    assert checked.rows.totals == (3,) and checked.bad_rows == 0
    # One word in common is chance.
    odd = read(xlsx([head, [code(1), "企业名称", "高唐县"], ["", "企业名称", ""]]))
    assert odd.rows.totals == () and odd.total == 2


def test_two_lines_that_number_the_columns_are_no_rows() -> None:
    head = ["统一社会信用代码", "企业名称", "县区"]
    rows = [head, ["甲", "乙", "丙"], ["1", "2", "3"], [code(1), "聊城甲机械有限公司", "高唐县"]]
    assert read(xlsx(rows)).good["row"].to_list() == [4]


@pytest.mark.parametrize(
    "line",
    [
        "金额单位：人民币亿元",
        "单位 亿元",
        "人民币：亿元",
        "单 位：亿 元",
        "（计量单位：亿元）",
        "单位：亿元人民币",
    ],
)
def test_the_unit_is_seen_however_the_line_above_writes_it(line: str) -> None:

    assert unit_line(line) == "亿元" and is_unit_line(line)


def test_words_that_only_contain_the_word_for_unit_are_no_unit_line() -> None:

    for text in ("建设单位人员名册", "单位名称", "单位：人民币", "责任单位"):
        assert unit_line(text) == "" and not is_unit_line(text)


@pytest.mark.parametrize(
    "head", ["资产总额 亿元", "资产总额(亿)", "资产总额（2023年，亿元）", "资产总额（人民币亿元）"]
)
def test_the_unit_is_seen_however_a_header_writes_it(head: str) -> None:

    assert (heading(head).bare, heading(head).unit) == ("资产总额", "亿元")
