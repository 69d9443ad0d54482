"""Tables as offices really write them: nothing in them may be read wrongly without a word."""

from __future__ import annotations

import io

import openpyxl
import pytest

from lianzhang.tables import find_table, need_kind, open_workbook
from lianzhang.tables.called import Called, called, take_names_apart
from tests.tables.books import read_fast, xlsx

ONE, TWO, THREE = "聊城甲机械有限公司", "聊城乙机械有限公司", "聊城丙机械有限公司"


def test_a_subtotal_behind_a_merged_county_is_no_enterprise() -> None:
    rows = [
        ["县区", "序号", "企业名称", "2024年营业收入（万元）"],
        ["高唐县", 1, ONE, 100],
        [None, 2, TWO, 200],
        [None, None, "小计", 300],
        ["临清市", 1, THREE, 50],
    ]
    checked = read_fast(xlsx(rows, merged=["A2:A4"]))
    assert checked.good["name"].to_list() == [ONE, TWO, THREE] and checked.rows.totals == (4,)


@pytest.mark.parametrize(
    "remark",
    """
    合计 高唐县小计 合计（2家） 高唐县合计2家 其中：规模以上 平均值 数据来源：市统计局 以上合计 1.本表为快报数
    注1：快报数 说明：均为规上
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
def test_sums_and_remarks_where_names_stand_are_left_out_and_told(remark: str) -> None:
    checked = read_fast(xlsx([["企业名称", "2024年营业收入（万元）"], [ONE, 100], [remark, 100]]))
    assert checked.good["name"].to_list() == [ONE] and checked.rows.totals == (3,)


@pytest.mark.parametrize(
    "name", ["聊城合计机械有限公司", "平均值科技有限公司", "聊城小计量器具厂", "本色服装厂", f"{ONE}。"]
)
def test_a_name_that_holds_such_words_stays_a_name(name: str) -> None:
    assert read_fast(xlsx([["企业名称", "县区"], [name, "高唐县"]])).good["name"].to_list() == [name]


@pytest.mark.parametrize(
    "line", ["企业主要经济指标表（亿元）", "表二 主要指标[单位：亿元]", "金额单位：亿元"]
)
def test_the_unit_of_a_title_goes_for_the_money_below_it(line: str) -> None:
    checked = read_fast(xlsx([[line], ["企业名称", "2024年营业收入"], [ONE, 1.5]]), "figures")
    assert str(checked.good["revenue_ly@2024"][0]) == "15000.000000"


def test_a_row_of_units_below_the_header_is_read_as_such() -> None:
    rows = [
        ["企业名称", "2024年", None, "2023年", None],
        [None, "营业收入", "从业人员", "营业收入", "从业人员"],
        [None, "亿元", "人", "亿元", "人"],
        [ONE, 1.5, 5, 1, 4],
    ]
    checked = read_fast(xlsx(rows, merged=["A1:A3", "B1:C1", "D1:E1"]), "figures")
    assert checked.bad_rows == 0 and checked.total == 1
    assert str(checked.good["revenue_ly@2023"][0]) == "10000.000000"


def test_a_month_that_a_spreadsheet_may_have_cut_is_asked_about() -> None:
    rows = [["企业名称", "称号", "认定时间"], [ONE, "瞪羚企业", 2023.10], [TWO, "瞪羚企业", "2023.5"]]
    checked = read_fast(xlsx(rows), "titles")
    (fault,) = checked.faults()
    assert (fault.row, fault.rule) == (2, "period") and "2023-10" in fault.reason.zh
    assert checked.good["awarded"].to_list() == ["2023-05"]


def test_further_sheets_with_such_a_table_are_told() -> None:
    book = openpyxl.Workbook()
    for name, rows in {
        "封面": [["聊城市企业名录"], ["2024年"]],
        "东昌府区": [["企业名称", "县区"], [ONE, "东昌府区"]],
        "高唐县": [["企业名称", "县区"], [TWO, "高唐县"]],
        "空表": [["企业名称", "县区"]],
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    table = find_table(open_workbook(out.getvalue(), confined=False), need_kind("enterprises"))
    assert (table.sheet.name, table.others) == ("东昌府区", ("高唐县",))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{ONE}（原聊城乙厂）", Called(ONE, "聊城乙厂")),
        (f"{ONE}(曾用名：{TWO})", Called(ONE, TWO)),
        (f"{ONE}（已注销）", Called(ONE, "", "注销")),
        (f"★{ONE}*", Called(ONE)),
        (f"12、{ONE}", Called(ONE)),
        ("山东时风（集团）有限责任公司", Called("山东时风（集团）有限责任公司")),
        ("聊城市良种场（原种）", Called("聊城市良种场（原种）")),
        ("3.14科技有限公司", Called("3.14科技有限公司")),
        ("★", Called("★")),
    ],
)
def test_a_cell_for_a_name_is_taken_apart(text: str, read: Called) -> None:
    assert called(text) == read


def test_former_names_and_states_go_to_their_columns_unless_these_say_otherwise() -> None:
    rows = [
        ["企业名称", "曾用名", "登记状态"],
        [f"{ONE}（原聊城乙厂）", "", ""],
        [f"{TWO}（已注销）", "", "存续"],
        [THREE, "聊城丁厂", ""],
    ]
    checked = read_fast(xlsx(rows))
    take_names_apart(checked)
    assert checked.good.select("name", "former_names", "status").rows() == [
        (ONE, "聊城乙厂", None), (TWO, None, "存续"), (THREE, "聊城丁厂", None),
    ]  # fmt: skip
    rows = [["企业名称", "称号"], [f"★{ONE}（原聊城乙厂）", "瞪羚企业"]]
    titles = read_fast(xlsx(rows), "titles")
    take_names_apart(titles)
    assert titles.good["name"].to_list() == [f"{ONE}（原聊城乙厂）"]


@pytest.mark.parametrize(
    "head", ["2024年1-6月营业收入（万元）", "2024年一季度营业收入", "营业收入当月", "2024年营业收入上年同期"]
)
def test_the_figure_of_a_part_of_a_year_is_not_that_of_the_year(head: str) -> None:
    checked = read_fast(
        xlsx([["2024年主要指标表"], ["企业名称", "2024年利润总额", head], [ONE, 1, 2]]), "figures"
    )
    assert [column.why for column in checked.columns if column.heading.text == head] == ["part"]
    assert [name for name in checked.good.columns if "@" in name] == ["total_profit_ly@2024"]
