"""Whom a figure is about: named, meant by a word such as 公司, or not said at all."""

from __future__ import annotations

import pytest

from lianzhang.kernel import Certainty, Claim
from lianzhang.reading import read

UNCERTAIN = "主体不明确，请核对。"


def _claims(text: str) -> tuple[Claim, ...]:
    return read(text, published="2025-08-15").claims


def _subjects(text: str) -> list[str]:
    return [claim.subject for claim in _claims(text)]


@pytest.mark.parametrize(
    "name",
    [
        "明川市",
        "云溪县",
        "白石镇",
        "明川市装备制造产业",
        "明川市装备制造产业链",
        "样例产业园",
        "甲海重工有限公司",
        "明川甲海重工股份有限公司",
        "甲海集团",
        "甲海重工",
    ],
)
def test_a_body_named_in_the_sentence_is_its_subject(name: str) -> None:
    (claim,) = _claims(f"{name}2024年出口额2亿元。")
    assert (claim.subject, claim.certainty) == (name, Certainty.SURE)


@pytest.mark.parametrize("word", ["公司", "该公司", "该企业"])
def test_the_company_is_the_firm_spoken_of(word: str) -> None:
    text = f"甲海重工有限公司成立于2012年。2024年，{word}营业收入5亿元。"
    assert _subjects(text) == ["甲海重工有限公司"]


def test_the_company_is_the_last_firm_named_not_the_first() -> None:
    text = "甲海重工有限公司2024年营业收入5亿元。乙山机械有限公司2024年营业收入3亿元，该公司出口额1亿元。"
    assert _subjects(text) == ["甲海重工有限公司", "乙山机械有限公司", "乙山机械有限公司"]


@pytest.mark.parametrize("word", ["公司", "该公司", "该企业", "全市", "该市", "全县", "该县"])
def test_a_word_that_points_at_nobody_leaves_the_subject_in_doubt(word: str) -> None:
    (claim,) = _claims(f"2024年，{word}营业收入12亿元。")
    assert claim.certainty is Certainty.UNSURE
    assert UNCERTAIN in [doubt.zh for doubt in claim.doubts]


def test_a_firm_told_of_in_between_does_not_become_the_city() -> None:
    text = "明川市工业快讯\n2024年，甲海重工有限公司营业收入5亿元，全市营业收入300亿元。"
    assert _subjects(text) == ["甲海重工有限公司", "明川市"]


def test_a_subject_carries_on_inside_its_sentence() -> None:
    text = "2024年，云溪县营业收入5亿元，利润总额1亿元；白石县营业收入3亿元，利润总额5000万元。"
    assert _subjects(text) == ["云溪县", "云溪县", "白石县", "白石县"]


def test_the_firm_in_whose_workshop_a_report_opens_is_the_company() -> None:
    text = "在甲海重工有限公司车间，记者看到新设备。公司2024年营业收入5亿元。"
    assert _subjects(text) == ["甲海重工有限公司"]


@pytest.mark.parametrize("opening", ["记者了解到，", "据介绍，", "数据显示，", "其中，"])
def test_who_tells_a_figure_is_not_whom_it_is_about(opening: str) -> None:
    assert _subjects(f"{opening}甲海重工有限公司2024年营业收入5亿元。") == ["甲海重工有限公司"]


def test_a_figure_told_by_a_firm_s_manager_is_the_firm_s() -> None:
    assert _subjects("甲海重工有限公司总经理王某说，2024年营业收入5亿元。") == ["甲海重工有限公司"]


def test_nobody_named_is_nobody_guessed() -> None:
    (claim,) = _claims("2024年，营业收入12亿元。")
    assert claim.subject == ""
    assert claim.certainty is Certainty.UNSURE
    assert UNCERTAIN in [doubt.zh for doubt in claim.doubts]


@pytest.mark.parametrize("product", ["三轮车", "拖拉机", "柴油机", "挖掘机"])
def test_a_product_is_never_taken_for_certain_as_the_body_behind_a_figure(product: str) -> None:
    (claim,) = _claims(f"2024年，{product}出口量增长60%。")
    assert claim.indicator == f"{product}出口量"
    assert claim.certainty is Certainty.UNSURE


def test_products_of_a_firm_are_told_of_the_firm() -> None:
    text = "甲海集团2024年三轮车出口量增长60%，柴油机出口量增长近1.5倍。"
    claims = _claims(text)
    assert [(claim.subject, claim.indicator) for claim in claims] == [
        ("甲海集团", "三轮车出口量"),
        ("甲海集团", "柴油机出口量"),
    ]


def test_this_project_is_the_project_named_before() -> None:
    text = "甲海重工有限公司启动“智能弹簧产线”项目。该项目总投资3亿元，占地120亩。"
    started, invested, land = _claims(text)
    assert (started.subject, started.project) == ("甲海重工有限公司", "智能弹簧产线项目")
    assert "智能弹簧产线" in invested.subject and "智能弹簧产线" in invested.project
    assert land.subject == invested.subject


def test_this_chain_is_the_chain_named_before() -> None:
    text = "明川市装备制造产业链2024年营业收入318亿元。该产业链有规上企业203家。"
    assert _subjects(text) == ["明川市装备制造产业链"] * 2


def test_a_subject_in_traditional_characters_is_stored_in_simplified_ones() -> None:
    (claim,) = _claims("2024年，時風集團出口額2億元。")
    assert claim.subject == "时风集团"
    assert claim.evidence.quote == "時風集團出口額2億元"


def test_a_product_told_of_after_another_is_not_told_of_the_first() -> None:
    _, second = _claims("2024年，三轮车产量12万辆，拖拉机产量3万台。")
    assert second.subject != "三轮车"
    assert second.certainty is Certainty.UNSURE


def test_the_builder_of_a_quoted_project_is_its_subject() -> None:
    (claim, *_) = _claims("乙山机械有限公司“绿色智能挖掘机研发及产业化”项目总投资3亿元。")
    assert claim.indicator == "总投资"
    assert "绿色智能挖掘机研发及产业化" in claim.project


def test_a_quotation_mark_is_never_left_open_in_a_name() -> None:
    for text in ("明川市“四上”企业达到203家。", "明川市“专精特新”企业达到203家。"):
        for claim in _claims(text):
            assert claim.indicator.count("“") == claim.indicator.count("”")


def test_the_builder_of_a_project_is_named_without_the_verb() -> None:
    (claim,) = _claims("鑫大地在做智能精工专用弹簧项目。")
    assert (claim.subject, claim.project) == ("鑫大地", "智能精工专用弹簧项目")


@pytest.mark.parametrize(
    "before", ["明川市装备制造增长。看项目。", "明川市装备制造业产值增长5%。", "乙山机械有限公司出口增长5%。"]
)
@pytest.mark.parametrize("after", ["。", ",把本地精密机械往高端带。"])
def test_the_builder_before_the_verb_wins_over_whom_the_text_spoke_of_before(before: str, after: str) -> None:
    claims = _claims(f"{before}鑫大地在做智能精工专用弹簧项目{after}")
    assert (claims[-1].subject, claims[-1].project) == ("鑫大地", "智能精工专用弹簧项目")


def test_a_project_without_a_builder_of_its_own_is_of_whom_the_text_spoke_of_before() -> None:
    claims = _claims("乙山机械有限公司出口增长5%。正在建设智能精工专用弹簧项目。")
    assert claims[-1].subject == "乙山机械有限公司"


@pytest.mark.parametrize(
    "text",
    [
        "样例市2024年转化科技成果43项。",
        "样例市2024年规上装备制造企业168家。",
        "样例市2024年展出机床设备1400台。",
        "样例市2024年其中股份制企业增长15.2%。",
        "样例市2024年产值5亿元，全省排名第3位。",
        "样例市市委常委、副市长李样出席会议。2024年本次集中开工项目90个。",
    ],
)
def test_what_only_ends_like_a_name_takes_no_figure_from_the_city(text: str) -> None:
    assert set(_subjects("样例市工业稳步发展。\n" + text)) == {"样例市"}


def test_a_city_in_a_breakdown_does_not_become_the_topic() -> None:
    text = "湖南省新增小巨人企业38家。从地区分布看，长沙市14家。这批企业平均研发投入强度为7.9%。"
    assert _subjects(text) == ["湖南省", "长沙市", "湖南省"]


def test_an_adverb_is_no_part_of_an_industrys_name() -> None:
    text = "白石镇轴承产业已辐射周边111个村。"
    assert _subjects(text) == ["白石镇轴承产业"]


def test_a_firm_is_named_though_two_trades_overlap_in_its_name() -> None:
    text = "奇川精机械是市级单项冠军示范企业。奇精机械是市级制造业单项冠军示范企业，2019年实现销售收入16.66亿元。"
    assert _subjects(text)[-1] == "奇精机械"


def test_a_facility_in_a_list_takes_no_figure_from_the_project() -> None:
    text = "样例市年产20万辆新能源汽车项目落户。该项目新建总装生产线，仓储配送中心，公共动力中心，规划年产能10万辆。"
    assert "仓储配送中心" not in _subjects(text)
