"""Tables with a column for each year, month or kind of money: each filled cell is a statement of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lianzhang.tables import Checked, TableRefused
from lianzhang.tables.headings import heading, title_period
from lianzhang.tables.money import settle_currencies
from lianzhang.tables.unfolding import each_statement
from tests.tables.books import read_fast, xlsx

ONE, TWO, THREE = "聊城甲机械有限公司", "聊城乙机械有限公司", "聊城丙机械有限公司"


def exports(*rows: list[Any], merged: tuple[str, ...] = (), kind: str = "exports") -> Checked:
    checked = read_fast(xlsx(rows, merged=merged), kind)
    settle_currencies(checked)
    each_statement(checked)
    return checked


def told(checked: Checked, *fields: str) -> list[tuple[Any, ...]]:
    """Of each statement the row of the sheet, and these values."""
    have = [name for name in fields if name in checked.good.columns]
    rows = checked.good.select("row", *have).iter_rows()
    return [(checked.parts.get(row, row), *map(plain, cells)) for row, *cells in rows]


def plain(cell: Any) -> Any:
    return f"{cell:f}".rstrip("0").rstrip(".") if isinstance(cell, Decimal) else cell


def test_each_filled_cell_of_columns_with_years_is_a_record_with_its_period_and_unit() -> None:
    checked = exports(
        ["企业名称", "2023年出口额", "2024年出口额（亿元）", "2025年1-10月出口额（万美元）"],
        [ONE, 100, 0.02, 30],
        [TWO, "", 0.5, "-"],
    )
    assert told(checked, "period", "amount", "currency") == [
        (2, "2023", "100", None),
        (2, "2024", "200", None),
        (2, "2025-01/2025-10", "30", "美元"),
        (3, "2024", "5000", None),
    ]
    assert checked.good["row"].is_unique().all()


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("2024", "2024"), ("2024年度", "2024"), ("2025年上半年", "2025H1"), ("2025年1—10月", "2025-01/2025-10"),
        ("2025年前三季度累计", "2025-01/2025-09"), ("2025.1-10月", "2025-01/2025-10"), ("2025年３月份", "2025-03"),
        ("2025年第一季度", "2025Q1"), ("2025年十月份", "2025-10"), ("2024年1-12月", "2024"),
    ],
)  # fmt: skip
def test_a_header_that_names_a_period_alone_is_what_the_table_is_of(head: str, period: str) -> None:
    checked = exports(["企业名称", head], [ONE, 7])
    assert told(checked, "period", "amount") == [(2, period, "7")]
    assert [column.is_guess for column in checked.columns] == [False, True]


def test_months_have_their_year_from_the_title_or_from_the_header_above_them() -> None:
    months = [["2025年出口情况表（万元）"], ["企业名称", "1月", "2月", "合计"], [ONE, 1, 2, 3]]
    assert told(exports(*months), "period", "amount") == [(3, "2025-01", "1"), (3, "2025-02", "2")]
    above = [
        ["企业名称", "2024年", None, "2025年"],
        [None, "出口额", "1-10月出口额", "1-10月出口额"],
        [ONE, 5, 4, 6],
    ]
    assert told(exports(*above, merged=("A1:A2", "B1:C1")), "period", "amount") == [
        (3, "2024", "5"), (3, "2024-01/2024-10", "4"), (3, "2025-01/2025-10", "6"),
    ]  # fmt: skip


def test_a_group_header_over_years_says_what_they_are_of_and_in_which_unit() -> None:
    checked = exports(
        ["企业名称", "出口额（万美元）", None, "出口数量（台）", None],
        [None, "2023年", "2025年1-10月", "2023年", "2025年1-10月"],
        [ONE, 5, 6, 50, None],
        merged=("A1:A2", "B1:C1", "D1:E1"),
    )
    assert told(checked, "period", "amount", "currency", "quantity", "quantity_unit") == [
        (3, "2023", "5", "美元", "50", "台"), (3, "2025-01/2025-10", "6", "美元", None, "台"),
    ]  # fmt: skip


def test_the_title_dates_a_table_without_periods() -> None:
    rows = [["聊城市2025年1-10月出口企业情况"], ["企业名称", "出口额（万元）"], [ONE, 9]]
    assert told(exports(*rows), "period", "amount") == [(3, "2025-01/2025-10", "9")]
    with pytest.raises(TableRefused, match="时期"):
        exports(["出口企业（2025年10月15日）"], ["企业名称", "出口额（万元）"], [ONE, 9])


def test_amounts_in_dollars_and_in_yuan_are_two_statements_and_what_was_counted_is_told_once() -> None:
    checked = exports(
        ["企业名称", "年份", "出口额（万美元）", "出口额（万元）", "出口数量（台）"],
        [ONE, "2024", 10, 71, 5],
        [TWO, "2024", "", 8, 6],
        [THREE, "2024", "", "", 7],
    )
    assert told(checked, "amount", "currency", "quantity") == [
        (2, "10", "美元", "5"), (2, "71", None, None), (3, "8", None, "6"), (4, None, None, "7"),
    ]  # fmt: skip


def test_the_same_amount_twice_in_one_money_is_read_once() -> None:
    checked = exports(["企业名称", "年份", "出口额（万元）", "出口总额（万元）"], [ONE, "2024", 1, 2])
    assert [column.why for column in checked.columns] == ["", "", "", "double"]


@pytest.mark.parametrize(
    "head", ["2025年出口计划额", "上年同期出口额", "2025年出口额增速", "2024年出口额占比", "预计2025年出口额"]
)
def test_plans_rates_and_other_times_are_no_exports(head: str) -> None:
    checked = exports(["企业名称", "2024年出口额", head], [ONE, 1, 2])
    assert told(checked, "period", "amount") == [(2, "2024", "1")]


def test_a_bad_cell_sends_back_its_row_with_the_header_as_it_stands() -> None:
    checked = exports(["企业名称", "2023年出口额", "2024年出口额"], [ONE, 1, "约莫"], [TWO, 3, 4])
    (fault,) = checked.faults()
    assert (fault.row, fault.column) == (2, "2024年出口额") and len(told(checked, "period")) == 2


def test_a_row_that_states_nothing_in_any_period_is_told() -> None:
    checked = exports(["企业名称", "2023年出口额", "2024年出口额"], [ONE, 1, 2], [TWO, "", "-"])
    assert [(fault.row, fault.rule) for fault in checked.faults()] == [(3, "nothing")]
    assert told(checked, "period") == [(2, "2023"), (2, "2024")]


def test_purchases_may_have_a_column_for_each_year_but_not_for_a_part_of_one() -> None:
    rows = [
        ["供应企业", "采购企业", "2023年采购额", "2024年采购额", "2025年1-6月采购额"],
        [ONE, TWO, 1, 2, 3],
    ]
    assert told(exports(*rows, kind="links"), "year", "amount") == [(2, "2023", "1"), (2, "2024", "2")]


def test_a_title_of_some_months_gives_figures_no_year() -> None:
    with pytest.raises(TableRefused, match="年份"):
        read_fast(xlsx([["2025年1-10月主要指标"], ["企业名称", "营业收入"], [ONE, 5]]), "figures")
    rows = [["企业名称", "2024年营业收入", "2025年计划营业收入"], [ONE, 5, 9]]
    assert read_fast(xlsx(rows), "figures").columns[2].why == "plan"


def test_headers_and_titles_name_one_period_or_none() -> None:
    assert heading("2024年11月-2025年3月出口额", dated=True).year == ""
    assert [title_period(text) for text in ("2024-2025年", "2025年10月15日", "截至2025年10月底", "2024年度")] == [
        "", "", "2025-10", "2024",
    ]  # fmt: skip
