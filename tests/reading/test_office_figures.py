"""What offices leave out or turn around in their figures: scores, ranks that move, stages, lists of firms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzhang.kernel import Certainty, Claim, ClaimKind
from lianzhang.reading import read


def _claims(text: str, published: str = "2025-11-20") -> tuple[Claim, ...]:
    return read(text, published=published).claims


def _values(text: str) -> list[tuple[str, str, str]]:
    return [
        (
            claim.subject,
            claim.indicator,
            f"{claim.quantity.value}{claim.quantity.unit}" if claim.quantity else "",
        )
        for claim in _claims(text)
    ]


# -- scores and ranks ---------------------------------------------------------------------


def test_a_score_is_a_figure_and_full_marks_are_none() -> None:
    assert _values("2025年，明川市质量工作考核得分94.6分（满分100分），较上年提高1.8分。") == [
        ("明川市", "质量工作考核得分", "94.6分"),
        ("明川市", "质量工作考核得分提高", "1.8分"),
    ]


def test_the_score_of_the_first_place_names_what_the_others_have() -> None:
    assert _values("2025年度评价结果：茌平区得分92.38分，排名第一；高唐县91.75分，排名第二。")[2:] == [
        ("高唐县", "得分", "91.75分"),
        ("高唐县", "得分位次", "2位"),
    ]


@pytest.mark.parametrize(
    "words", ["用时3分钟。", "9时30分开幕。", "占二分之一。", "分3个批次。", "出版2分册。", "设有3个点位。"]
)
def test_a_sign_for_marks_inside_another_word_is_no_score(words: str) -> None:
    assert [claim for claim in _claims(f"明川市轴承推进会{words}") if claim.unit_hint == "分"] == []


def test_a_rank_that_moved_is_told_as_where_it_was_and_where_it_is() -> None:
    was, now = _claims("2025年上半年，阳谷县排名由第5位降至第8位。")
    assert (was.quantity and was.quantity.value, was.period, was.certainty) == (
        Decimal(5),
        None,
        Certainty.UNSURE,
    )
    assert (now.quantity and now.quantity.value, str(now.period)) == (Decimal(8), "2025H1")


def test_places_gained_are_no_count_of_anything() -> None:
    claims = _claims("2024年，明川市列全省第7位，较上年前移2位。")
    assert [(claim.kind, claim.indicator) for claim in claims] == [
        (ClaimKind.RANK, "全省位次"),
        (ClaimKind.GAP, "全省位次前移"),
    ]


def test_what_ranks_behind_a_gap_is_the_growth_and_not_the_gap() -> None:
    claims = _claims("1—9月，明川市工业增加值同比增长8.4%，高于全省平均1.2个百分点，居全省第3位。")
    assert [claim.indicator for claim in claims] == [
        "工业增加值",
        "工业增加值增速高于全省",
        "工业增加值增速全省位次",
    ]


def test_an_index_moves_by_points() -> None:
    assert _values("10月，明川市装备制造业景气指数为51.4，较上季度上升0.7点。")[1][1:] == (
        "景气指数提高",
        "0.7点",
    )


# -- rates ------------------------------------------------------------------------------


def test_a_rate_in_ten_thousandths_is_the_rate_of_a_rule_and_never_sure() -> None:
    (claim,) = _claims("印花税按购销金额的万分之三计征。")
    assert (claim.indicator, claim.quantity and claim.quantity.unit) == ("购销金额比例", "‱")
    assert claim.certainty is Certainty.UNSURE


def test_the_rate_where_a_change_began_has_no_period_of_its_own() -> None:
    began, ended = _claims("2025年上半年，明川市产品合格率由92.3%升至97.8%。")
    assert (began.period, began.certainty) == (None, Certainty.UNSURE)
    assert (ended.quantity and ended.quantity.value, str(ended.period)) == (Decimal("97.8"), "2025H1")


def test_a_year_behind_increased_to_takes_no_verb_with_it() -> None:
    assert [
        (c.indicator, str(c.period))
        for c in _claims("明川市用电量由2020年的18.6亿千瓦时增加到2024年的27.3亿千瓦时。")
    ] == [
        ("用电量", "2020"),
        ("用电量", "2024"),
    ]


def test_a_mean_of_two_years_is_another_growth_than_that_of_the_year() -> None:
    year, mean = _claims("上半年，明川市零售总额68.32亿元，同比增长5.1%，两年平均增长4.3%。")
    assert (year.change and year.change.pct, mean.change and mean.change.pct) == (
        Decimal("5.1"),
        Decimal("4.3"),
    )
    assert mean.indicator.endswith("两年平均")


def test_a_bound_of_those_who_are_counted_is_no_rate_of_anybody() -> None:
    assert [value for *_, value in _values("明川市产能利用率在80%以上的企业占46.2%，60%以下的占20.3%。")] == [
        "46.2%",
        "20.3%",
    ]


# -- what more there is -------------------------------------------------------------------


def test_a_rate_behind_what_came_in_less_is_of_the_whole() -> None:
    whole, less = _claims("1—8月，明川市入库税金5.62亿元，同比减收0.37亿元，下降6.2%。")
    assert (whole.change and whole.change.pct, less.change) == (Decimal("-6.2"), None)
    assert less.indicator.endswith("同比减收")


def test_a_growth_behind_an_increase_is_compared_as_that_of_the_whole() -> None:
    claims = _claims(
        "9月末，明川市制造业贷款余额682.3亿元，较年初增加74.6亿元，同比增长16.8%，高于各项贷款增速5.2个百分点。"
    )
    assert claims[-1].indicator == "贷款余额增速高于各项贷款"


def test_a_sum_that_says_of_what_it_is_is_not_called_after_those_who_are_counted() -> None:
    assert ("授信金额", "24.6亿元") in [v[1:] for v in _values("明川市授信企业318户、授信金额24.6亿元。")]


def test_stages_told_a_sentence_later_are_of_the_works_counted_before() -> None:
    names = [
        claim.indicator
        for claim in _claims("明川市在库技改项目147个，总投资89.6亿元。已竣工38个，在建92个，未开工17个。")
    ]
    assert names[2:] == ["在库技改项目竣工数", "在库技改项目在建数", "在库技改项目未开工数"]


# -- lists --------------------------------------------------------------------------------


def test_an_unknown_name_in_a_list_of_firms_leaves_its_figure_to_itself() -> None:
    claims = _claims("前三季度，腾跃精工产值5.6亿元，晟泰重工3.9亿元，凯盈2.8亿元。")
    assert [(claim.subject, claim.indicator) for claim in claims] == [
        ("腾跃精工", "产值"),
        ("晟泰重工", "产值"),
        ("凯盈", "产值"),
    ]
    assert claims[-1].certainty is Certainty.UNSURE


def test_a_list_behind_a_colon_names_nobody_whom_the_next_sentence_speaks_of() -> None:
    claims = _claims(
        "明川市装备制造产业链简报\n截至10月底，营收前三位的企业分别为：北原重机48.2亿元、恒岳轴承36.7亿元。新增小巨人企业5家。"
    )
    assert [(claim.subject, claim.indicator) for claim in claims[:2]] == [
        ("北原重机", "营业收入"),
        ("恒岳轴承", "营业收入"),
    ]
    assert claims[2].subject not in ("北原重机", "恒岳轴承")


def test_what_a_list_of_counties_is_told_by_stands_before_its_colon() -> None:
    assert _values("上半年，各县区技改投资增速依次为：莘县28.6%、冠县-3.5%。") == [
        ("莘县", "技改投资增速", "28.6%"),
        ("冠县", "技改投资增速", "-3.5%"),
    ]


def test_numbers_in_brackets_behind_counties_are_theirs() -> None:
    text = "上半年，规上工业增加值增速高于平均水平的有2个县区，分别是：冠县（9.8%）、莘县（9.1%）。"
    assert _values(text)[1:] == [
        ("冠县", "规上工业增加值增速", "9.8%"),
        ("莘县", "规上工业增加值增速", "9.1%"),
    ]


def test_a_product_of_two_trades_is_no_firm_that_the_next_figure_speaks_of() -> None:
    claims = _claims("明川市装备制造产业链简报\n2024年，农机装备营收155.2亿元，工程机械营收98.6亿元。")
    assert {claim.subject for claim in claims} == {claims[0].subject}
    assert claims[0].subject.startswith("明川市")


# -- whom, and when -------------------------------------------------------------------------


def test_a_firm_that_an_office_went_to_is_named_without_the_way_there() -> None:
    claims = _claims("8月12日，县工信局到恒岳轴承有限公司调研。公司现有职工426人。")
    assert [claim.subject for claim in claims] == ["恒岳轴承有限公司"]


def test_a_sort_that_is_counted_names_nobody() -> None:
    assert _values("截至目前，明川市拥有单项冠军12家；国家级绿色工厂9家。")[1] == (
        "明川市",
        "国家级绿色工厂数",
        "9家",
    )


def test_a_year_in_front_of_a_headline_is_no_part_of_a_name() -> None:
    assert "2025年农机" not in {
        claim.subject for claim in _claims("2025年农机补贴资金1.06亿元，受益农户3816户。")
    }


def test_people_who_were_helped_are_not_all_people() -> None:
    assert [claim.indicator for claim in _claims("2024年，明川市惠及职工11.7万人。")] == ["惠及职工数"]


def test_producers_are_one_word() -> None:
    (claim,) = _claims("10月，全市工业生产者出厂价格同比下降1.8%。")
    assert (claim.subject, claim.indicator) == ("全市", "工业生产者出厂价格")


def test_a_but_is_no_part_of_what_is_counted() -> None:
    assert [i for _, i, _ in _values("明川市轴承企业1860余家，但规上企业仅96家。")][1] == "规上企业数"


def test_a_quarter_that_has_begun_is_that_of_this_year() -> None:
    (claim,) = _claims("10月16日，明川市四季度重点项目集中开工，项目58个。", "2025-10-17")
    assert str(claim.period) == "2025Q4"


def test_the_report_of_three_quarters_is_a_period() -> None:
    (claim,) = _claims("宁曜科技三季报显示，实现营收7.32亿元。", "2025-10-30")
    assert (claim.subject, str(claim.period)) == ("宁曜科技", "2025-01/2025-09")


def test_how_often_a_page_was_read_is_no_figure() -> None:
    assert _claims("发布时间：2025-10-20 浏览次数：1265次 来源：县统计局\n会议研究了有关工作。") == ()


def test_a_lost_digit_before_the_point_is_never_a_value() -> None:
    (claim,) = _claims("1-6月，全县完成产值12?.6亿元。")
    assert (claim.damaged, claim.quantity, claim.indicator) == (True, None, "产值")


def test_a_gap_from_others_is_no_increase() -> None:
    assert [c.indicator for c in _claims("2024年，明川市研发强度6%，比规上工业平均高3.4个百分点。")] == [
        "研发强度",
        "研发强度高于规上工业",
    ]


def test_what_drags_another_growth_down_is_told_as_such() -> None:
    claims = _claims("1—9月，明川市汽车制造业产值下降5.1%，拖累全市产值增速0.5个百分点。")
    assert (claims[-1].indicator, claims[-1].certainty) == ("拖累全市产值增速", Certainty.UNSURE)


def test_all_of_them_are_not_called_after_the_new_ones() -> None:
    names = [i for _, i, _ in _values("截至9月底，东阿县今年已净增规上工业企业19家，总数达168家。")]
    assert names == ["净增规上工业企业数", "规上工业企业数"]


def test_the_first_five_of_a_kind_are_no_count() -> None:
    assert "5个" not in [v for *_, v in _values("甲原精密公司前五大客户销售额占比46.3%。")]


def test_the_last_of_a_list_is_not_whom_the_next_paragraph_sums_up() -> None:
    claims = _claims(
        "其中，恒岳轴承有限公司税收4860万元，北原重机集团税收2.1亿元。\n十强企业合计税收5.6亿元。"
    )
    assert claims[-1].subject == ""


def test_the_months_so_far_are_of_what_the_month_was_told_of() -> None:
    assert _values("10月，明川市用电量1.32亿千瓦时，同比增长8.8%；1—10月累计12.41亿千瓦时。")[1] == (
        "明川市",
        "用电量",
        "12.41亿千瓦时",
    )
