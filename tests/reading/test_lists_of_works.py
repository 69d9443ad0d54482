"""Reports of works begun together: who has how many, which work costs what, and what sort of work it is."""

from __future__ import annotations

from decimal import Decimal

from lianzhang.kernel import Claim
from lianzhang.reading import read


def _claims(text: str) -> tuple[Claim, ...]:
    return read(text, published="2025-08-15").claims


def _told(text: str) -> list[tuple[str, str, Decimal | None]]:
    return [
        (claim.subject, claim.indicator, claim.quantity and claim.quantity.value) for claim in _claims(text)
    ]


def test_short_forms_of_one_province_that_a_list_tallies_are_its_cities() -> None:
    told = _told("福建省集中开工项目488个。其中，福州115个、总投资802亿元，厦门17个、总投资88亿元。")
    assert [subject for subject, _, _ in told[1:]] == ["福州市", "福州市", "厦门市", "厦门市"]


def test_an_ordinary_word_before_a_number_is_no_city() -> None:
    assert {subject for subject, _, _ in _told("明川市推进项目建设，新建3个，合作5个。")} == {"明川市"}


def test_each_work_of_a_list_has_its_own_investment() -> None:
    told = _told("2025年，明川市兴川铁路明川段总投资153亿元、南山文化生态园总投资80亿元。")
    assert [(subject, value) for subject, _, value in told] == [
        ("兴川铁路明川段", Decimal(153)),
        ("南山文化生态园", Decimal(80)),
    ]


def test_what_sort_of_project_a_project_is_does_not_rename_it() -> None:
    claims = _claims(
        "甲海智造总部项目是高新区重点打造的产业体系中的支撑性战略项目，计划总投资30亿元，占地124亩。"
    )
    assert [claim.subject for claim in claims] == ["甲海智造总部项目"] * 2


def test_a_production_line_and_what_belongs_to_it_are_one_project() -> None:
    claims = _claims("甲海锌业有限公司合金生产线及配套技术升级改造项目预计亩均产值6220万元。")
    assert claims[0].subject == "甲海锌业有限公司合金生产线及配套技术升级改造项目"


def test_projects_above_a_sum_are_counted_and_speak_for_nobody() -> None:
    told = _told("明川市开工项目111个，亿元以上项目有81个，占全部项目个数的73%。")
    assert [subject for subject, _, _ in told] == ["明川市"] * 3


def test_numbers_before_their_nouns_are_not_shifted_by_one() -> None:
    told = _told(
        "2017年，明川市拥有2个中国驰名商标、1家国家企业技术中心、11家高新技术企业和300多项国家专利。"
    )
    assert [indicator for _, indicator, _ in told] == [
        "中国驰名商标数",
        "国家企业技术中心数",
        "高新技术企业数",
        "国家专利数",
    ]


def test_half_a_noun_is_no_classifier() -> None:
    (count,) = _claims("明川10项目入选省重大工业项目库")
    assert count.quantity is not None and (count.quantity.value, count.quantity.unit) == (Decimal(10), "个")
    (loan,) = _claims("甲海锻造有限公司获得0.6亿项目建设贷款。")
    assert loan.quantity is not None and (loan.quantity.value, loan.quantity.unit) == (Decimal("0.6"), "亿")


def test_a_quarter_of_the_firms_is_not_a_tenth() -> None:
    assert _claims("明川市近年投产的项目四分之一成为专精特新企业。") == ()


def test_a_formula_of_three_parts_is_no_count_of_measures() -> None:
    assert _claims("明川市33个项目属于“1+2+N”主导产业。")[0].indicator == "项目数"
    assert len(_claims("明川市33个项目属于“1+2+N”主导产业。")) == 1


def test_the_place_in_the_name_of_a_firm_is_not_what_a_report_is_about() -> None:
    text = (
        "高大的厂房立在临清潘庄镇。公司由贵阳李咏轴承有限公司与贵州泰华金科有限公司合资组建。这是原贵阳轴承厂的整体搬迁。"
        "原贵阳李咏轴承有限公司是一家企业。早在1958年，临清就建立了第一家轴承厂。全市现有轴承企业2200多家。"
    )
    assert _claims(text)[-1].subject == "临清市"


def test_the_city_of_a_dateline_is_not_what_a_report_is_about() -> None:
    text = "红网时刻娄底5月3日讯 近日，湖南娄底双峰县获授称号。双峰县发展农机产业。截至2017年底，全县拥有企业25家。"
    assert _claims(text)[-1].subject == "双峰县"


def test_whose_project_a_yearly_output_is_stands_before_it() -> None:
    claims = _claims(
        "明川市推动项目投产，包括玖海纸业（明川）有限公司的年产65万吨牛卡纸扩建工程、"
        "鸿海轻工有限公司的年产320万双运动鞋技改项目等。"
    )
    assert [claim.subject for claim in claims] == ["玖海纸业(明川)有限公司", "鸿海轻工有限公司"]


def test_a_number_in_brackets_is_of_the_city_before_them() -> None:
    claims = _claims("2024年，苏州（595家）、杭州（476家）等城市小巨人企业最多。")
    assert [claim.subject for claim in claims] == ["苏州市", "杭州市"]


def test_a_province_that_a_text_speaks_of_again_opens_a_clause_by_its_short_form() -> None:
    claims = _claims("此次公布小巨人企业3671家。江苏前四批入围企业共710家。江苏第五批入围795家。")
    assert [claim.subject for claim in claims[1:]] == ["江苏省", "江苏省"]


def test_ranks_told_of_several_at_once_are_given_to_none() -> None:
    claims = _claims("2024年，苏州、杭州分别以182家、170家排名第三、第四。")
    assert [(claim.subject, claim.quantity and claim.quantity.value) for claim in claims] == [
        ("苏州", Decimal(182)),
        ("杭州", Decimal(170)),
    ]


def test_how_long_ago_something_began_is_no_length() -> None:
    (claim,) = _claims("近3年，明川市企业技改共投资近2500亿元。")
    assert claim.quantity is not None and claim.quantity.value == Decimal(2500) and not claim.planned


def test_where_a_reporter_came_is_no_part_of_the_name_of_a_firm() -> None:
    claims = _claims("记者日前走进甲海科技有限公司看到，该企业产线升级，2024年产值同比增长近50%。")
    assert claims[0].subject == "甲海科技有限公司"
