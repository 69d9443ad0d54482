"""Whole workbooks as offices keep them: each comes in as a person would read it, or says by row what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from lianzhang.tables import Checked, TableRefused, find_table, need_kind, open_workbook
from lianzhang.tables.called import refuse_no_names, take_names_apart
from lianzhang.tables.money import settle_currencies
from lianzhang.tables.several import each_title
from lianzhang.tables.ticks import take_ticks
from lianzhang.tables.unfolding import each_statement
from lianzhang.web.imports.title_words import title_words
from tests.tables.books import FACTS, PACK, code, read, xlsx

WORDS = title_words(PACK)
A, B, C, D = (f"聊城{sign}机械有限公司" for sign in "甲乙丙丁")


def brought(data: bytes, kind: str = "enterprises") -> Checked:
    """The whole way that an import goes without the registry."""
    checked = read(open_workbook(data, confined=False), kind, words=WORDS)
    refuse_no_names(checked)
    take_names_apart(checked)
    take_ticks(checked)
    settle_currencies(checked)
    each_statement(checked)
    if kind == "titles":
        each_title(checked, WORDS)
    return checked


def book(*rows: list[Any], merged: tuple[str, ...] = (), kind: str = "enterprises") -> Checked:
    return brought(xlsx(rows, merged=merged), kind)


def names(checked: Checked) -> list[str]:
    return list(checked.good["name"])


def faults(checked: Checked) -> list[tuple[int, str]]:
    return [(fault.row, fault.rule) for fault in checked.faults()]


def test_groups_over_two_rows_units_in_the_title_and_remarks_below() -> None:
    checked = book(
        ["聊城市装备制造业企业主要指标（单位：万元、人）"],
        ["序号", "企业名称", "基本情况", None, "2024年主要指标", None, None, "备注"],
        [None, None, "所在县区", "联系电话", "营业收入", "利润总额", "从业人员", None],
        [1, A, "高唐县", "13800000000", 100, -5, 30, None],
        [2, B, "临清市", "0635-8888888", "1,200.5", "—", 40, None],
        ["合计", None, None, None, 1300, None, None, None],
        ["注：1.营业收入为快报数；2.从业人员为年末数。"],
        ["填表人：张三", "", "审核人：李四", "填报日期：2025年1月3日"],
        merged=("A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:G2", "H2:H3", "A7:H7"),
    )
    assert names(checked) == [A, B] and faults(checked) == [] and checked.rows.totals == (6, 7, 8)
    told = checked.good.select("county", "revenue_ly@2024", "total_profit_ly@2024").rows()
    assert [tuple(map(str, row)) for row in told] == [
        ("371526", "100.000000", "-5.000000"), ("371581", "1200.500000", "None"),
    ]  # fmt: skip


def test_a_header_of_three_rows() -> None:
    checked = book(
        ["企业名称", "2024年", None, None],
        [None, "营业收入", None, "利润总额"],
        [None, "合计", "其中：主营业务收入", None],
        [A, 100, 90, 5],
        merged=("A1:A3", "B1:D1", "B2:C2", "D2:D3"),
        kind="figures",
    )
    told = checked.good.select("revenue_ly@2024", "main_business_revenue_ly@2024", "total_profit_ly@2024")
    assert [int(cell) for cell in told.row(0)] == [100, 90, 5] and checked.total == 1


def test_counties_as_lines_between_with_their_subtotals() -> None:
    checked = book(
        ["企业名称", "地址", "2024年营业收入（万元）"],
        ["高唐县（2家）"],
        [A, "某路1号", 100],
        [B, "某路2号", 100],
        ["小计", None, 200],
        ["二、临清市"],
        [C, "某路3号", 50],
        ["东昌府区"],
        [D, "某路4号", 50],
        ["总计", None, 300],
        merged=("A2:C2", "A6:C6"),
    )
    assert names(checked) == [A, B, C, D] and faults(checked) == []
    assert checked.rows.totals == (2, 5, 6, 8, 10)


def test_a_published_list_in_parts_with_a_period_of_objection_below() -> None:
    checked = book(
        ["聊城市2024年度专精特新中小企业名单"],
        ["序号", "企业名称", "县区"],
        ["一、高唐县（2家）"],
        [1, A, "高唐县"],
        [2, B, "高唐县"],
        ["二、临清市（1家）"],
        [3, C, "临清市"],
        ["公示期：2024年6月1日至6月7日"],
        merged=("A1:C1", "A3:C3", "A6:C6", "A8:C8"),
        kind="titles",
    )
    assert names(checked) == [A, B, C] and faults(checked) == []


def test_a_form_whose_rows_are_numbered_and_not_filled_yet() -> None:
    checked = book(
        ["序号", "企业名称", "县区"], [1, A, "高唐县"], *([n, None, None] for n in range(2, 9)), [9, B, ""]
    )
    assert names(checked) == [A, B] and faults(checked) == []


def test_a_row_that_lacks_its_name_alone_still_goes_back() -> None:
    checked = book(["序号", "企业名称", "县区"], [1, A, "高唐县"], [2, "", "临清市"])
    assert faults(checked) == [(3, "missing")]


def test_a_firm_that_stands_by_itself_in_its_row_stays_a_firm() -> None:
    rows = [
        ["企业名称", "地址"],
        [f"一、{A}"],
        [B],
        ["聊城市鱼种场（2家）"],
        ["聊城城区良种示范区"],
        [f"（三）{C}"],
    ]
    assert len(names(book(*rows))) == 5


def test_another_table_below_under_its_own_header_is_told_and_not_taken_for_firms() -> None:
    checked = book(
        ["企业名称", "县区", "注册资本（万元）"],
        [A, "高唐县", 100],
        [],
        ["附：停产企业"],
        ["企业名称", "停产原因", "停产时间"],
        [B, "市场", "2024-05"],
    )
    assert names(checked) == [A] and {row for row, _ in faults(checked)} == {5, 6}
    assert (5, "no_name") in faults(checked) or any(row == 5 for row, _ in faults(checked))


def test_two_tables_below_each_other_with_one_header_are_one() -> None:
    checked = book(
        ["一、高唐县"],
        ["企业名称", "县区"],
        [A, "高唐县"],
        [],
        ["二、临清市"],
        ["企业名称", "县区"],
        [B, "临清市"],
    )
    assert names(checked) == [A, B] and faults(checked) == []


def test_two_lists_side_by_side_are_refused_rather_than_halved() -> None:
    rows = [
        ["企业名称", "县区", None, "企业名称", "县区"],
        [A, "高唐县", None, B, "临清市"],
        [C, "高唐县", None, D, "莘县"],
    ]
    with pytest.raises(TableRefused, match="左右并排") as refused:
        book(*rows)
    assert refused.value.remedy is not None
    assert names(book(["企业名称", "县区", "企业名称"], [A, "高唐县", A])) == [A]


def test_a_table_laid_on_its_side_makes_no_enterprises_of_its_headers() -> None:
    checked = book(["企业名称", A, B], ["县区", "高唐县", "临清市"], ["注册资本（万元）", 100, 200])
    assert faults(checked) == [(2, "no_name"), (3, "no_name")] and checked.good.height == 0


def test_numbers_as_text_with_wide_digits_blanks_and_words_around_them() -> None:
    cells = ["１，２００．５", " 1 200 ", "人民币500万元整", "1200万元", "0.12亿", "约1 200 000元"]
    checked = book(
        ["企业名称", "注册资本（万元）"], *([f"聊城{n}号厂", cell] for n, cell in enumerate(cells))
    )
    assert faults(checked) == []
    assert [str(cell).rstrip("0").rstrip(".") for cell in checked.good["capital"]] == [
        "1200.5", "1200", "500", "1200", "1200", "120",
    ]  # fmt: skip


def test_digits_with_a_blank_elsewhere_are_no_number() -> None:
    for cell in ("1 20", "12 0000", "1200 300人"):
        checked = book(["企业名称", "注册资本（万元）"], [A, cell])
        assert [rule for _, rule in faults(checked)] in (["amount_form"], ["unit"]), cell


def test_days_in_eight_shapes() -> None:
    shapes: list[Any] = [
        "2012-05-18 00:00:00", 41047, "2012/5/18 0:00", "2012.5.18", "２０１２年５月１８日", "20120518",
        "2012年05月18日星期五", "二〇一二年五月十八日",
    ]  # fmt: skip
    checked = book(["企业名称", "成立日期"], *([f"聊城{n}号厂", day] for n, day in enumerate(shapes)))
    assert faults(checked) == [] and {str(day) for day in checked.good["founded"]} == {"2012-05-18"}
    last = book(["企业名称", "成立日期"], [A, "二○一九年十二月三十一日"], [B, "一九九八年十月二十日"])
    assert [str(day) for day in last.good["founded"]] == ["2019-12-31", "1998-10-20"]


@pytest.mark.parametrize(
    "text", ["二〇一二年十三月一日", "18/05/2012", "12-5-18", "二〇一二年五月", "2012年5月18日前后"]
)
def test_days_that_nobody_can_be_sure_of_go_back(text: str) -> None:
    assert faults(book(["企业名称", "成立日期"], [A, text])) == [(2, "date_form")]


def test_names_that_were_laid_out_broken_or_given_with_another_one() -> None:
    checked = book(
        ["企业名称", "县区"],
        ["聊城甲 机 械\n有限公司", "高唐县"],
        [f"{B}（简称：乙机）", "高唐县"],
        [f"{C}（一厂多名：聊城丙农机厂）", "高唐县"],
        ["Bosch Rexroth 聊城 有限公司", "高唐县"],
    )
    assert names(checked) == [A, B, C, "Bosch Rexroth 聊城有限公司"]
    assert checked.good["short_names"].to_list() == [None, "乙机", "聊城丙农机厂", None]


@pytest.mark.parametrize("sign", ["/", "、", "；", "\n"])
def test_two_firms_in_one_cell_go_back(sign: str) -> None:
    checked = book(
        ["企业名称", "县区"], [f"{A}{sign}{B}", "高唐县"], ["山东时风（集团）有限责任公司", "高唐县"]
    )
    assert faults(checked) == [(2, "two_names")]


def test_csv_with_semicolons_in_the_encoding_of_old_systems() -> None:
    text = f"聊城市企业名录\r\n企业名称;县区;经营范围\r\n{A};高唐县;轴承,齿轮,农机,配件\r\n{B};临清市;a,b,c,d,e\r\n"
    checked = brought(text.encode("gb18030"))
    assert names(checked) == [A, B] and checked.good["business_scope"][0] == "轴承,齿轮,农机,配件"
    text = f"企业名称,县区,主要产品\r\n{A},高唐县,轴承;齿轮;农机;配件\r\n{B},临清市,甲;乙;丙;丁\r\n"
    assert names(brought(text.encode("gb18030"))) == [A, B]


def test_a_header_far_below_a_long_explanation() -> None:
    above = [["附件"], *([f"说明第{n}条"] for n in range(11))]
    assert names(book(*above, ["企业名称", "县区"], [A, "高唐县"])) == [A]


def test_growth_between_years_stays_out_and_the_years_come_in() -> None:
    checked = book(
        ["企业名称", "营业收入（万元）", None, None, "税收（万元）", None],
        [None, "2023年", "2024年", "同比（%）", "2023年", "2024年"],
        [A, 100, 110, 10, 5, 6],
        merged=("A1:A2", "B1:D1", "E1:F1"),
        kind="figures",
    )
    assert set(checked.good.columns) == {
        "row", "name", "revenue_ly@2023", "revenue_ly@2024", "taxes_paid_ly@2023", "taxes_paid_ly@2024",
    }  # fmt: skip


def test_marks_of_a_spreadsheet_too_narrow_and_of_broken_formulas_go_back() -> None:
    checked = book(["企业名称", "县区", "注册资本"], [A, "高唐县", "########"], [B, "#N/A", "5"])
    assert {row for row, _ in faults(checked)} == {2, 3}


def test_a_group_that_says_more_than_its_columns_is_not_forgotten() -> None:
    rows = [["企业名称", "上年同期", None], [None, "营业收入", "从业人员"], [A, 1, 2]]
    table = find_table(
        open_workbook(xlsx(rows, merged=("A1:A2", "B1:C1")), confined=False),
        need_kind("enterprises"),
        facts=FACTS,
    )
    assert [column.field for column in table.columns] == ["name", "", ""]


def test_a_sum_among_the_products_of_an_enterprise_is_no_product() -> None:
    checked = book(
        ["企业名称", "产品", "2023年出口额", "2024年出口额"],
        [A, "轴承", 1, 2],
        [None, "齿轮", 3, 4],
        [None, "小 计", 4, 6],
        [B, "农机", 5, None],
        merged=("A2:A4",),
        kind="exports",
    )
    assert checked.rows.totals == (4,) and faults(checked) == []
    assert checked.good.select("name", "product", "period").rows() == [
        (A, "轴承", "2023"), (A, "轴承", "2024"), (A, "齿轮", "2023"), (A, "齿轮", "2024"), (B, "农机", "2023"),
    ]  # fmt: skip


def test_months_in_chinese_numerals_under_a_year_in_the_title() -> None:
    checked = book(
        ["2025年出口额（万美元）"], ["企业名称", "一月", "二月份", "十一月"], [A, 1, 2, 3], kind="exports"
    )
    assert checked.good["period"].to_list() == ["2025-01", "2025-02", "2025-11"]
    assert checked.good["currency"].to_list() == ["美元"] * 3


def test_a_list_with_columns_of_ticks_gets_no_title_from_the_line_above() -> None:
    checked = book(
        ["2024年度优质企业名单"], ["企业名称", "是否专精特新", "是否瞪羚"], [A, "是", "否"], kind="titles"
    )
    assert checked.good["title"].to_list() == ["专精特新"]


def test_a_line_of_units_beside_gaps_is_no_part_of_the_header() -> None:
    checked = book(
        ["出口情况表", None, None],
        [None, None, "单位：亿元"],
        ["企业名称", "2024年", "2025年1-10月"],
        [A, 5, 6],
        kind="exports",
    )
    assert [(period, int(amount)) for period, amount in checked.good.select("period", "amount").rows()] == [
        ("2024", 50000), ("2025-01/2025-10", 60000),
    ]  # fmt: skip


def test_years_under_the_figure_that_the_title_names() -> None:
    rows = [["2022—2024年营业收入情况（亿元）"], ["企业名称", "2022年", "2023年", "2024"], [A, 1, 2, 3]]
    checked = book(*rows, kind="figures")
    assert [int(checked.good[f"revenue_ly@{year}"][0]) for year in (2022, 2023, 2024)] == [
        10000,
        20000,
        30000,
    ]
    with pytest.raises(TableRefused):
        book(["营业收入与利润总额"], ["企业名称", "2022年", "2023年"], [A, 1, 2], kind="figures")


def test_a_group_header_in_a_text_file_goes_on_below_its_gaps() -> None:
    lines = ["企业名称,企业称号,,,县区", ",专精特新,小巨人,瞪羚,", f"{A},√,,√,高唐县", f"{B},,,√,临清市"]
    checked = brought("\r\n".join(lines).encode("gb18030"), "titles")
    assert checked.good.select("name", "title").rows() == [(A, "专精特新"), (A, "瞪羚"), (B, "瞪羚")]


def test_levels_under_a_title_are_ticked_each() -> None:
    checked = book(
        ["企业名称", "专精特新", None, None],
        [None, "国家级", "省级", "市级"],
        [A, "", "√", ""],
        [B, "", "√", "√"],
        merged=("A1:A2", "B1:D1"),
        kind="titles",
    )
    assert checked.good.select("name", "title", "level").rows() == [
        (A, "专精特新", "省级"), (B, "专精特新", "省级"), (B, "专精特新", "市级"),
    ]  # fmt: skip


def test_codes_with_a_sign_or_a_label_before_them() -> None:
    cells = [f"'{code(1)}", f"\u200b{code(2)}", f"统一社会信用代码：{code(3)}"]
    checked = book(["信用代码", "企业名称"], *([cell, f"聊城{n}号厂"] for n, cell in enumerate(cells)))
    assert checked.good["credit_code"].to_list() == [code(1), code(2), code(3)]
    assert faults(book(["信用代码", "企业名称"], [f"{code(4)}（已变更）", A])) == [(2, "code_form")]


def test_towns_behind_counties_codes_with_names_and_words_laid_out() -> None:
    checked = book(
        ["企业名称", "县区", "所属行业", "经营状态", "注册资本"],
        [A, "山东省聊城市莘县张鲁镇", "3571拖拉机制造", "注 销", "500 万 元"],
        [B, "东昌府区柳园街道", "C35专用设备制造业", "存续", "500（万元）"],
        [C, "市直", "3571收割机制造", "停产半停产", "伍佰万元"],
    )
    told = checked.good.select("county", "industry", "status").rows()
    assert told == [("371522", "3571", "注销"), ("371502", "35", "存续")]
    assert [int(cell) for cell in checked.good["capital"]] == [500, 500]
    assert {rule for _, rule in faults(checked)} == {"county", "industry", "choice", "amount_form"}


@pytest.mark.parametrize("kind", ["exports", "figures"])
def test_a_table_without_any_figure_is_refused_and_says_what_it_lacks(kind: str) -> None:
    with pytest.raises(TableRefused, match="出口额或出口数量" if kind == "exports" else "从业人员或营业收入"):
        book(["企业名称", "年份", "美国", "欧盟"], [A, "2024", 1, 2], kind=kind)


def test_a_project_of_which_only_the_name_is_known_stays_one() -> None:
    rows = [
        ["项目名称", "建设单位", "总投资（万元）"],
        ["轴承扩产项目", A, 5],
        ["齿轮技改项目", None, None],
        ["合计", None, 5],
    ]
    checked = book(*rows, kind="projects")
    assert checked.good["project"].to_list() == ["轴承扩产项目", "齿轮技改项目"] and checked.rows.totals == (
        4,
    )


def test_a_first_row_without_its_name_is_not_taken_for_a_header() -> None:
    checked = brought(f"企业名称,县区,\r\n,高唐县,某\r\n{A},临清市,\r\n".encode())
    assert names(checked) == [A] and faults(checked)[0] == (2, "missing")


def test_figures_up_to_the_last_day_of_a_year_are_those_of_the_year() -> None:
    checked = book(["主要指标（截至2024年12月31日）"], ["企业名称", "营业收入"], [A, 5], kind="figures")
    assert int(checked.good["revenue_ly@2024"][0]) == 5
