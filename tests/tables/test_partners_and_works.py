"""Partners and works as tables write them: what is several, or begins a section, is told and not taken for one."""

from __future__ import annotations

import pytest

from lianzhang.tables import TableRefused
from tests.tables.test_offices import A, B, C, book


def test_several_suppliers_in_one_cell_are_no_supplier() -> None:
    checked = book(
        ["供应企业", "采购企业", "产品"], [f"{A}、{B}", C, "轴承"], [A, f"{B}；{C}", "轴承"], [A, C, "轴承"],
        kind="links",
    )  # fmt: skip
    assert [(fault.row, fault.field, fault.rule) for fault in checked.faults()] == [
        (2, "supplier", "several_names"),
        (3, "buyer", "several_names"),
    ]
    assert checked.good.height == 1


def test_a_firm_between_its_supplier_and_its_buyer_makes_two_links_and_is_refused() -> None:
    with pytest.raises(TableRefused, match="三家"):
        book(["企业名称", "上游供应商", "采购产品", "下游客户"], [B, A, "轴承", C], kind="links")


def test_lines_that_begin_a_section_of_works_are_no_works() -> None:
    checked = book(
        ["项目名称", "建设单位", "总投资（万元）"],
        ["续建项目（2个）", "", "300"],
        ["弹簧技改项目", A, "100"],
        ["2号车间项目", B, "200"],
        ["二、新建项目共1个", "", "50"],
        ["年产3个品种轴承项目", C, "50"],
        kind="projects",
    )
    assert checked.good["project"].to_list() == ["弹簧技改项目", "2号车间项目", "年产3个品种轴承项目"]
    assert checked.rows.totals == (2, 5)


def test_the_whole_investment_under_a_group_is_not_the_plan_of_a_year() -> None:
    checked = book(
        ["项目名称", "建设单位", "投资情况（亿元）", "", ""],
        ["", "", "总投资", "2024年计划投资", "累计完成投资"],
        ["弹簧技改项目", A, "20.5", "6", "10.2"],
        kind="projects",
        merged=("A1:A2", "B1:B2", "C1:E1"),
    )
    assert checked.good.select("investment", "invested").rows() == [(205_000, 102_000)]
