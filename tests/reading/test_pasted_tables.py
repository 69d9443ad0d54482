"""Tables that came into a text as lines, read under their own headers or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Certainty, Claim, ClaimKind
from lianzhang.reading import read

Figure = tuple[str, str, str, str]


def _claims(text: str) -> tuple[Claim, ...]:
    return read(text, published="2025-11-20").claims


def _figures(text: str) -> list[Figure]:
    """Subject, indicator, value with unit, and change of every claim."""
    return [
        (
            claim.subject,
            claim.indicator,
            f"{claim.quantity.value}{claim.quantity.unit}" if claim.quantity else "",
            str(claim.change.pct) if claim.change else "",
        )
        for claim in _claims(text)
    ]


def test_each_cell_is_read_under_its_header_for_the_county_of_its_row() -> None:
    assert _figures(
        "2025年1—9月各县区主要指标\n"
        "县区\t规上工业增加值增速（%）\t一般公共预算收入（亿元）\t同比增长（%）\n"
        "冠县\t6.5\t11.02\t-2.1\n"
        "莘县\t7.9\t13.4\t5\n"
    ) == [
        ("冠县", "规模以上工业增加值", "", "6.5"),
        ("冠县", "一般公共预算收入", "11.02亿元", "-2.1"),
        ("莘县", "规模以上工业增加值", "", "7.9"),
        ("莘县", "一般公共预算收入", "13.4亿元", "5"),
    ]


@pytest.mark.parametrize("sign", ["\t", "  ", "   ", " | "])
def test_cells_stand_apart_by_tabs_blanks_or_bars(sign: str) -> None:
    rows = [
        ("企业名称", "产值（万元）", "用电量（万千瓦时）"),
        ("甲山机床有限公司", "38620", "1265"),
        ("乙水电机有限公司", "5230", "98"),
    ]
    text = "\n".join(["2025年1—10月重点企业情况", *(sign.join(row) for row in rows)])
    assert _figures(text) == [
        ("甲山机床有限公司", "产值", "38620万元", ""),
        ("甲山机床有限公司", "用电量", "1265万千瓦时", ""),
        ("乙水电机有限公司", "产值", "5230万元", ""),
        ("乙水电机有限公司", "用电量", "98万千瓦时", ""),
    ]


def test_one_blank_between_cells_is_enough_and_a_running_number_is_no_figure() -> None:
    assert _figures(
        "2025年上半年各镇工业指标完成情况\n单位：万元\n序号 镇街 规上工业产值 增速（%） 税收\n"
        "1 清水镇 126350 8.4 3120\n2 柳林镇 98210 -2.6 2410\n"
    ) == [
        ("清水镇", "规上工业产值", "126350万元", "8.4"),
        ("清水镇", "税收", "3120万元", ""),
        ("柳林镇", "规上工业产值", "98210万元", "-2.6"),
        ("柳林镇", "税收", "2410万元", ""),
    ]


def test_a_table_with_an_indicator_to_each_row_is_of_the_place_of_the_text() -> None:
    claims = _claims(
        "高唐县2025年1-10月主要经济指标\n指标\t单位\t1-10月累计\t同比增长(%)\n"
        "规模以上工业增加值\t亿元\t—\t7.9\n规模以上工业营业收入\t亿元\t268.4\t6.3\n利润总额\t亿元\t12.7\t-4.1\n"
    )
    assert [(claim.subject, claim.indicator, claim.change and claim.change.pct) for claim in claims] == [
        ("高唐县", "规模以上工业增加值", Decimal("7.9")),
        ("高唐县", "规模以上工业营业收入", Decimal("6.3")),
        ("高唐县", "利润总额", Decimal("-4.1")),
    ]
    assert {str(claim.period) for claim in claims} == {"2025-01/2025-10"}
    assert claims[0].quantity is None


def test_a_column_without_a_unit_is_left_out_and_never_guessed() -> None:
    assert _figures(
        "2025年1—10月各镇街税收\n镇街\t税收\t企业数（家）\n清水镇\t3120\t18\n柳林镇\t2410\t11\n"
    ) == [
        ("清水镇", "企业数", "18家", ""),
        ("柳林镇", "企业数", "11家", ""),
    ]


def test_a_table_without_a_header_of_its_own_gives_nothing() -> None:
    assert _figures("以下为有关情况。\n冠县\t6.5\t11.02\n莘县\t7.9\t13.4\n") == []


def test_a_header_in_two_rows_gives_nothing_rather_than_the_wrong_column() -> None:
    text = (
        "县区\t产值\t\t利润\t\n\t总量\t增速\t总量\t增速\n冠县\t31.2\t6.5\t2.1\t3\n莘县\t29.8\t7.9\t1.8\t-4\n"
    )
    assert _figures(text) == []


def test_an_empty_cell_shifts_no_number_under_another_header() -> None:
    assert _figures(
        "2025年上半年情况\n企业\t产值（万元）\t利润（万元）\t税收（万元）\n"
        "甲山机床有限公司\t3862\t\t126\n乙水电机有限公司\t5230\t—\t98\n"
    ) == [
        ("甲山机床有限公司", "产值", "3862万元", ""),
        ("甲山机床有限公司", "税收", "126万元", ""),
        ("乙水电机有限公司", "产值", "5230万元", ""),
        ("乙水电机有限公司", "税收", "98万元", ""),
    ]


def test_the_month_and_the_months_so_far_are_told_apart() -> None:
    claims = _claims(
        "2025年9月工业运行表\n企业名称\t当月产值（万元）\t累计产值（万元）\t增长（%）\t2024年产值（万元）\t全年目标产值（万元）\n"
        "甲山机床有限公司\t1250\t9860\t12.1\t12400\t14000\n"
    )
    assert [str(claim.period) for claim in claims] == ["2025-09", "2025-01/2025-09", "2024", "2025"]
    assert [claim.planned for claim in claims] == [False, False, False, True]


def test_the_sum_of_the_rows_is_of_none_of_them() -> None:
    claims = _claims(
        "2025年1—9月情况\n县市区\t产值（亿元）\t增长（%）\n临清市\t89.1\t3.5\n冠县\t61.4\t5.2\n全市\t912.6\t4.4\n"
    )
    total = claims[-1]
    assert (total.subject, total.certainty) == ("全市", Certainty.UNSURE)


def test_a_rank_that_does_not_say_by_what_is_not_sure() -> None:
    claims = _claims(
        "2025年1—9月情况\n县区\t产值（亿元）\t增速（%）\t位次\n冠县\t61.4\t5.2\t3\n莘县\t42.7\t1.2\t5\n"
    )
    ranks = [claim for claim in claims if claim.kind is ClaimKind.RANK]
    assert [(rank.indicator, rank.certainty) for rank in ranks] == [("产值增速位次", Certainty.UNSURE)] * 2


def test_lines_under_a_table_are_prose_again() -> None:
    claims = _claims(
        "2025年1—9月情况\n县区\t产值（亿元）\n冠县\t61.4\n莘县\t42.7\n全市装备制造业实现营业收入328.6亿元。\n"
    )
    assert [claim.indicator for claim in claims] == ["产值", "产值", "营业收入"]


_NUMBERS = st.integers(-9_999_999, 9_999_999).map(lambda number: Decimal(number) / 100)
_FIRMS = st.lists(
    st.sampled_from(["甲山机床有限公司", "乙水电机有限公司", "丙林轴承有限公司", "丁原电缆有限公司"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(firms=_FIRMS, data=st.data(), sign=st.sampled_from(["\t", "   ", " | "]))
def test_every_number_of_a_table_comes_back_as_it_stands_and_where_it_stands(
    firms: list[str], data: st.DataObject, sign: str
) -> None:
    rows = [(firm, data.draw(_NUMBERS), data.draw(_NUMBERS)) for firm in firms]
    lines = [sign.join((firm, str(profit), str(change))) for firm, profit, change in rows]
    text = "\n".join(
        ["2025年上半年情况", sign.join(("企业名称", "利润总额（万元）", "同比增长（%）")), *lines]
    )
    claims = _claims(text)
    found = {
        (claim.subject, claim.quantity.value, claim.change.pct)
        for claim in claims
        if claim.quantity is not None and claim.change is not None
    }
    assert found == set(rows)
    for claim in claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
