"""How statistics offices, banks and project news put their figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzhang.kernel import Claim, ClaimKind
from lianzhang.reading import read


def _claims(text: str, published: str = "2025-08-15") -> tuple[Claim, ...]:
    return read(text, published=published).claims


def _named(text: str) -> list[tuple[str, str, Decimal | None]]:
    return [
        (claim.subject, claim.indicator, claim.quantity.value if claim.quantity else None)
        for claim in _claims(text)
    ]


def test_levels_in_brackets_are_what_the_gap_is_measured_from() -> None:
    claims = _claims(
        "1-2月份，明川市工业增加值同比增长8.1%，较去年同期（-1.1%）提高9.2个百分点，"
        "分别高出全国（5.9%）、全省（6.4%）平均水平2.2个和1.7个百分点。"
    )
    assert [(claim.indicator, claim.quantity and claim.quantity.value) for claim in claims] == [
        ("工业增加值", None),
        ("工业增加值提高", Decimal("9.2")),
        ("工业增加值增速高于全国", Decimal("2.2")),
        ("工业增加值增速高于全省", Decimal("1.7")),
    ]


def test_a_growth_measured_against_several_periods_is_told_for_each() -> None:
    claims = _claims(
        "2024年，明川市工业增加值增长6.6%，较一季度、上半年和前三季度分别提高7.9个、3.4个和1.7个百分点。"
    )
    assert [claim.indicator for claim in claims[1:]] == [
        "工业增加值较一季度提高",
        "工业增加值较上半年提高",
        "工业增加值较前三季度提高",
    ]
    assert {str(claim.period) for claim in claims} == {"2024"}


def test_and_inside_a_name_does_not_divide_a_list_that_pauses_divide() -> None:
    named = _named(
        "1-7月，明川市采矿业、制造业、电力热力燃气及水生产和供应业增加值比上年同期分别增长7.1%、 1.9%、 7.0%。"
    )
    assert [subject for subject, *_ in named] == ["明川市"] * 3
    assert [indicator for _, indicator, _ in named][:2] == ["采矿业增加值", "制造业增加值"]


def test_firms_by_ownership_are_named_whole() -> None:
    claims = _claims(
        "1-7月，明川市国有控股企业增加值增长3.6%；外商及港澳台商投资企业增加值下降13.6%；私营企业增加值增长7.5%。"
    )
    assert [claim.indicator for claim in claims] == [
        "国有控股企业增加值",
        "外商及港澳台商投资企业增加值",
        "私营企业增加值",
    ]


def test_counted_firms_are_not_the_value_measured_of_them() -> None:
    count, growth = _claims("1-2月份，明川市484家规上工业企业增加值同比增长8.1%。")
    assert (count.kind, count.indicator) == (ClaimKind.TITLE_COUNT, "规上工业企业数")
    assert growth.indicator == "规上工业企业增加值"


def test_what_stands_among_others_is_counted_without_the_word_among() -> None:
    named = _named("明川市32个大类行业中有25个行业实现增长。")
    assert [(indicator, value) for _, indicator, value in named] == [("大类行业数", 32), ("行业数", 25)]


@pytest.mark.parametrize("target", ["市政府下达全年目标", "年度计划"])
def test_a_fulfilled_share_of_a_target_is_a_result(target: str) -> None:
    claims = _claims(f"上半年，明川市工业投资216.5亿元，居全省第5位，完成{target}的59.2%。")
    assert claims[-1].indicator == f"工业投资完成{target}比例"
    assert not claims[-1].planned


def test_the_investment_of_a_place_is_a_statistic_and_that_of_a_project_a_plan() -> None:
    (place,) = _claims("2024年，明川市固定资产投资29亿元。")
    assert (place.kind, place.planned) == (ClaimKind.METRIC, False)
    total, fixed = _claims("甲海重工轴承项目总投资1.8亿元，其中固定资产投资1.45亿元。")
    assert {total.kind, fixed.kind} == {ClaimKind.PROJECT} and fixed.planned


def test_an_increase_is_an_increase_of_the_thing_before_it() -> None:
    claims = _claims("3月末，明川市民营经济贷款余额714亿元，比年初新增65亿元，同比多增16亿元；增速18.05%。")
    assert [claim.indicator for claim in claims] == [
        "民营经济贷款余额",
        "民营经济贷款余额新增",
        "民营经济贷款余额同比多增",
        "民营经济贷款余额",
    ]


def test_an_interest_rate_is_a_rate_and_no_loan() -> None:
    claims = _claims("3月末，小微企业贷款利率、普惠企业贷款利率分别为4.29%、4.36%。")
    assert [claim.indicator for claim in claims] == ["小微企业贷款利率", "普惠企业贷款利率"]


def test_a_formula_in_the_name_of_industries_announces_no_measures() -> None:
    named = _named("各银行通过线上、线下等多种形式走访“3+2”市域主导产业企业202家。")
    assert [(indicator, value) for _, indicator, value in named] == [("“3+2”市域主导产业企业数", 202)]


@pytest.mark.parametrize("size", ["100亿元项目3个", "10亿元企业5家"])
def test_a_size_in_front_of_what_is_counted_is_a_bound(size: str) -> None:
    (claim,) = _claims(f"2024年，明川市拥有{size}。")
    assert claim.quantity is not None and claim.quantity.value in (3, 5)


def test_a_dash_in_front_of_a_line_is_no_part_of_a_name() -> None:
    first, *_ = _claims("——甲海铝业科技有限公司年产100万平方米铝单板项目，总投资9500万元。")
    assert first.subject == "甲海铝业科技有限公司"


def test_works_inside_a_firms_name_are_no_project() -> None:
    claims = _claims("甲海生态工程有限公司年产10万吨有机肥项目，拟投资6000万元。")
    assert all("限公司年产" not in claim.subject[:5] for claim in claims)
    assert {claim.subject[:10] for claim in claims} == {"甲海生态工程有限公司"}


def test_a_firm_may_be_spoken_of_by_the_short_name_it_was_given() -> None:
    claims = _claims(
        "甲海（苏州）股份有限公司（以下简称“天海风能”）签约落户。近年来市场向好。天海风能计划投资5亿元建设储能项目。"
    )
    assert claims[-1].subject == "天海风能"


def test_the_project_is_what_was_called_one_and_no_line_of_it() -> None:
    claims = _claims(
        "甲海铝业年产铝板项目开工，总投资9500万元，建成涂装生产线两条。项目全部达产后，预计年销售收入1.6亿元。"
    )
    assert claims[-1].subject.endswith("项目")


def test_the_office_that_approves_a_figure_is_not_whom_it_is_about() -> None:
    claims = _claims("经国家统计局审定，1-7月我区规模以上工业增加值同比增长4.5%。工业企业产品销售率为98.7%。")
    assert {claim.subject for claim in claims} == {"我区"}


def test_a_pause_inside_the_name_of_an_industry_does_not_end_it() -> None:
    claims = _claims("1-10月，食品制造业增加值同比增长19.7%，纺织服装、服饰业增加值同比增长16.1%。")
    assert "食品制造业" not in {claims[1].subject + claims[1].indicator}


def test_a_gloss_in_latin_letters_does_not_hide_what_is_measured() -> None:
    (claim,) = _claims("2024年云溪县地区生产总值（GDP）201.20亿元，按不变价格计算，比上年增长6.5%。")
    assert (claim.subject, claim.indicator) == ("云溪县", "地区生产总值")
    assert claim.change is not None and claim.change.pct == Decimal("6.5")


def test_a_round_sum_in_words_is_no_name() -> None:
    (claim,) = _claims("2024年，云溪县地区生产总值突破千亿，增长10%左右。")
    assert claim.indicator == "地区生产总值"


def test_what_rises_from_one_year_to_another_is_named_once_for_both() -> None:
    first, last = _claims("明川市工业总产值从1977年的54.2亿元跃升到2012年的3382亿元。")
    assert {first.indicator, last.indicator} == {"工业总产值"}
    assert [str(claim.period) for claim in (first, last)] == ["1977", "2012"]


def test_an_industry_of_the_whole_country_is_not_the_place_of_the_text() -> None:
    claims = _claims("明川市农机产业向好，明川市领导出席。2012年全国农机工业总产值已达到3382亿元。")
    assert claims[-1].subject == "全国农机工业"


def test_an_estimate_inside_a_clause_reaches_no_further() -> None:
    estimate, count = _claims("2024年，云溪县农产品加工产值预计增长8%，新增小巨人企业42户。")
    assert (estimate.planned, count.planned) == (True, False)


def test_a_list_of_quoted_projects_is_counted_and_none_of_them_is_the_subject() -> None:
    claims = _claims("1-6月，云溪县工业向好。“甲海智能制造基地建设项目”等8个重点项目完成投资5.6亿元。")
    assert all(not claim.subject.startswith("“") for claim in claims)
    assert claims[-1].quantity is not None and claims[-1].quantity.value == Decimal("5.6")


def test_what_is_counted_by_a_quoted_name_ends_with_the_quotation_mark() -> None:
    (claim,) = _claims("明川市五大“科创平台”全面起势。")
    assert claim.indicator == "科创平台数"
