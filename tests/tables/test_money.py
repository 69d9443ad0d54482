"""Exports may be in foreign money: each amount keeps its own, nothing is converted, and contradictions are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzhang.tables import Checked
from lianzhang.tables.headings import heading, unit_line
from lianzhang.tables.money import settle_currencies
from lianzhang.tables.unfolding import each_statement
from tests.tables.books import csv, read_fast, xlsx

FIRM = "聊城甲机械有限公司"


def seen(amount: str, *, head: str = "出口额", money: str | None = None, above: str = "") -> Checked:
    """One row of exports, settled."""
    names, row = ["企业名称", "年份", head], [FIRM, "2024", amount]
    if money is not None:
        names, row = [*names, "币种"], [*row, money]
    checked = read_fast(xlsx([*([[above]] if above else []), names, row]), "exports")
    settle_currencies(checked)
    each_statement(checked)
    return checked


def kept(checked: Checked) -> tuple[Decimal, str | None]:
    assert [fault.reason.zh for fault in checked.faults()] == []
    good = checked.good
    return good["amount"][0], good["currency"][0] if "currency" in good.columns else None


@pytest.mark.parametrize(
    ("head", "amount", "money", "value"),
    [
        ("出口额（万美元）", "120.5", "美元", "120.5"),
        ("出口额(美元)", "1,205,000", "美元", "120.5"),
        ("出口额（USD）", "1205000", "美元", "120.5"),
        ("出口额（百万美元）", "1.205", "美元", "120.5"),
        ("出口额万美元", "120.5", "美元", "120.5"),
        ("出口金额（万美金）", "120.5", "美元", "120.5"),
        ("出口额（万欧元）", "超100", "欧元", "100"),
        ("出口额（亿日元）", "2", "日元", "20000"),
        ("出口额（万元）", "120万美元", "美元", "120"),
        ("出口额", "$1,200,000", "美元", "120"),
        ("出口额", "US$1200000", "美元", "120"),
        ("出口额", "EUR 50万", "欧元", "50"),
        ("出口额（万美元）", "800万元", None, "800"),
        ("出口额（万美元）", "120万美元", "美元", "120"),
        ("出口额（万元）", "800", None, "800"),
        ("出口额（亿元）", "0.08", None, "800"),
        ("出口额", "800", None, "800"),
    ],
)
def test_an_amount_is_kept_in_its_own_money(head: str, amount: str, money: str | None, value: str) -> None:
    assert kept(seen(amount, head=head)) == (Decimal(value), money)


@pytest.mark.parametrize("line", ["单位：万美元", "（单位:万美元、台）"])
def test_the_line_of_units_tells_the_money(line: str) -> None:
    assert kept(seen("120", above=line)) == (Decimal(120), "美元")


@pytest.mark.parametrize(
    ("head", "amount", "said", "money"),
    [
        ("出口额（万美元）", "120", "美元", "美元"),
        ("出口额（万元）", "120", "人民币", None),
        ("出口额", "120万美元", "USD", "美元"),
        ("出口额", "120", "", None),
    ],
)
def test_a_column_of_currencies_that_agrees_is_taken(
    head: str, amount: str, said: str, money: str | None
) -> None:
    assert kept(seen(amount, head=head, money=said))[1] == money


@pytest.mark.parametrize(
    ("head", "amount", "said", "word"),
    [
        ("出口额（万元）", "120", "美元", "不是同一种钱"),
        ("出口额（万美元）", "120", "人民币", "不是同一种钱"),
        ("出口额（万美元）", "120", "欧元", "不是同一种钱"),
        ("出口额", "120", "美元", "几万元"),
    ],
)
def test_where_nobody_can_tell_the_money_the_row_goes_back(
    head: str, amount: str, said: str, word: str
) -> None:
    checked = seen(amount, head=head, money=said)
    (fault,) = checked.faults()
    assert fault.rule == "unit" and word in fault.reason.zh and checked.good.height == 0


def test_a_figure_in_a_yearly_table_stays_refused_in_foreign_money() -> None:
    rows = [["企业名称", "年份", "营业收入（万美元）"], [FIRM, "2024", "120"]]
    (fault,) = read_fast(xlsx(rows), "figures").faults()
    assert fault.rule == "unit" and "万美元" in fault.reason.zh and "万元" in fault.reason.zh


def test_the_same_exports_in_two_kinds_of_money_are_no_repetition() -> None:
    rows = [
        ["企业名称", "年份", "出口额（万元）", "币种"],
        [FIRM, "2024", "800", ""],
        [FIRM, "2024", "120万美元", "美元"],
    ]
    checked = read_fast(csv(rows), "exports")
    settle_currencies(checked)
    each_statement(checked)
    assert checked.good.select("amount", "currency").rows() == [(Decimal(800), None), (Decimal(120), "美元")]


def test_headers_name_units_with_and_without_brackets() -> None:
    assert [heading(text).unit for text in ("出口额（万美元）", "营业收入万元", "出口额:欧元", "单元")] == [
        "万美元", "万元", "欧元", "",
    ]  # fmt: skip
    assert unit_line("单位：万美元、台") == "万美元"
