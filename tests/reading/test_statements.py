"""Statements without a measure: titles, sub-fields, projects, policies, and counts of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzhang.kernel import Certainty, Claim, ClaimKind
from lianzhang.reading import read


def _claims(text: str, kind: ClaimKind | None = None) -> list[Claim]:
    claims = read(text, published="2025-08-15").claims
    return [claim for claim in claims if kind is None or claim.kind is kind]


def _value(claim: Claim) -> Decimal | None:
    return claim.quantity.value if claim.quantity else None


def test_every_firm_of_an_open_list_holds_the_title() -> None:
    claims = _claims("甲海重工、乙山机械、丙川轴承等企业入选2024年省高端品牌培育企业。")
    assert [(c.kind, c.subject) for c in claims] == [
        (ClaimKind.TITLE, name) for name in ("甲海重工", "乙山机械", "丙川轴承")
    ]
    for claim in claims:
        assert (claim.title, claim.level, str(claim.period)) == ("高端品牌培育企业", "省级", "2024")


def test_an_open_list_names_nobody_who_is_not_named() -> None:
    claims = _claims("甲海重工、乙山机械等5家企业入选2024年省级瞪羚企业。", ClaimKind.TITLE)
    assert {claim.subject for claim in claims} <= {"甲海重工", "乙山机械"}


def test_a_title_keeps_its_level_apart_from_its_name() -> None:
    (claim,) = _claims("2024年，海天重工有限公司获评国家级专精特新“小巨人”企业。")
    assert (claim.kind, claim.subject, claim.level) == (ClaimKind.TITLE, "海天重工有限公司", "国家级")
    assert "小巨人" in claim.title


def test_counts_of_titles_in_one_sentence_each_keep_level_and_number() -> None:
    text = "明川市装备制造产业链现有省级瞪羚企业29家、省级单项冠军企业21家，专精特新企业104家。"
    claims = _claims(text)
    assert [(c.kind, c.level, _value(c)) for c in claims] == [
        (ClaimKind.TITLE_COUNT, "省级", 29),
        (ClaimKind.TITLE_COUNT, "省级", 21),
        (ClaimKind.TITLE_COUNT, "", 104),
    ]
    assert [c.title for c in claims] == ["瞪羚", "单项冠军", "专精特新"]
    assert {c.subject for c in claims} == {"明川市装备制造产业链"}


def test_a_county_chooses_its_sub_field() -> None:
    (claim,) = _claims("云溪县重点选定轴承为细分领域。")
    assert (claim.kind, claim.subject, claim.sub_field) == (ClaimKind.ASSIGNMENT, "云溪县", "轴承")
    assert claim.quantity is None


def test_a_project_is_told_with_the_firm_that_builds_it() -> None:
    (claim,) = _claims("甲海重工有限公司启动“智能弹簧产线”项目。")
    assert (claim.kind, claim.subject) == (ClaimKind.PROJECT, "甲海重工有限公司")
    assert claim.project == "智能弹簧产线项目"


def test_projects_are_counted_apart_from_what_they_cost() -> None:
    count, money = _claims("明川市集中开工项目11个，总投资38.7亿元。")
    assert (count.kind, _value(count)) == (ClaimKind.PROJECT_COUNT, 11)
    assert (money.kind, money.indicator, _value(money)) == (ClaimKind.PROJECT, "总投资", Decimal("38.7"))


@pytest.mark.parametrize("word", ["力争", "预计", "计划", "目标", "将", "争取"])
def test_what_is_hoped_for_is_a_plan(word: str) -> None:
    (claim,) = _claims(f"2026年，明川市{word}营业收入突破58亿元。")
    assert claim.planned


@pytest.mark.parametrize("word", ["实现", "完成", "达到", ""])
def test_what_was_reached_is_no_plan(word: str) -> None:
    (claim,) = _claims(f"2024年，明川市{word}营业收入58亿元。")
    assert not claim.planned


def test_ten_and_seven_measures_are_announced_with_what_the_text_names_of_them() -> None:
    text = (
        "明川市推出“10+7”举措：“10”包括一县一领域、一领域一方案、一领域一图谱等，"
        "“7”包括人才保障、政策保障、金融保障、土地保障、审批保障和法治保障。"
    )
    ten, seven = _claims(text, ClaimKind.POLICY_COUNT)
    assert (_value(ten), ten.found) == (10, 3)
    assert (_value(seven), seven.found) == (7, 6)
    assert text[ten.evidence.start : ten.evidence.end] == ten.evidence.quote


def test_measures_only_announced_are_not_counted_as_named() -> None:
    claims = _claims("明川市推出“10+7”举措。", ClaimKind.POLICY_COUNT)
    assert [(_value(claim), claim.found) for claim in claims] == [(10, None), (7, None)]


@pytest.mark.parametrize(
    "text",
    [
        "明川市推出合规指导、政策集成、服务发展、轻微免罚“四张清单”。",
        "明川市推出4张清单：合规指导、政策集成、服务发展和轻微免罚。",
    ],
)
def test_four_lists_are_four_when_four_are_named(text: str) -> None:
    reading = read(text, published="2025-08-15")
    (claim,) = reading.claims
    assert (claim.kind, claim.indicator) == (ClaimKind.POLICY_COUNT, "清单数")
    assert (_value(claim), claim.found) == (4, 4)
    assert reading.contradictions == ()


def test_one_and_n_is_no_count_and_its_thirteen_measures_are() -> None:
    (claim,) = _claims("明川市实施“1+N”模式，推出13条服务措施。")
    assert (claim.kind, _value(claim)) == (ClaimKind.POLICY_COUNT, 13)


def test_three_years_running_is_a_length_of_time() -> None:
    (claim,) = _claims("2024年明川市出口额连续三年增长。")
    assert (claim.kind, _value(claim)) == (ClaimKind.DURATION, 3)
    assert claim.quantity is not None and claim.quantity.unit == "年"


@pytest.mark.parametrize(
    "text", ["明川市推进“一链一院”“一链一行”。", "明川市坚持“双月协商”。", "产业门类杂、布局散。"]
)
def test_a_slogan_states_nothing(text: str) -> None:
    assert _claims(text) == []


def test_a_statement_without_a_measure_is_as_sure_as_one_with() -> None:
    (claim,) = _claims("甲海重工有限公司启动“智能弹簧产线”项目。")
    assert claim.certainty is Certainty.SURE


def test_a_count_of_holders_is_no_title_of_the_city() -> None:
    claims = _claims("明川市有国家级“小巨人”企业12家、省级瞪羚企业29家。")
    assert [claim.kind for claim in claims] == [ClaimKind.TITLE_COUNT] * 2


def test_newly_named_firms_are_not_all_there_are() -> None:
    (new,) = _claims("2024年明川市新增专精特新企业12家。")
    (all_,) = _claims("2024年明川市有专精特新企业12家。")
    assert new.indicator != all_.indicator


def test_the_city_in_front_does_not_make_a_title_municipal() -> None:
    for claim in _claims("2024年，明川市专精特新企业、瞪羚企业分别达到104家、29家。"):
        assert claim.level == ""


def test_a_plan_ends_with_its_sentence() -> None:
    plan, result = _claims("明川市2024年计划营业收入15亿元。明川市2024年营业收入12亿元。")
    assert (plan.planned, result.planned) == (True, False)


def test_money_invested_over_past_years_is_no_plan() -> None:
    (claim,) = _claims("2021—2024年，明川市工业累计完成投资12亿元。")
    assert not claim.planned


def test_tax_per_mu_is_a_figure_and_no_project() -> None:
    (claim,) = _claims("2024年，明川市亩均税收18.6万元/亩。")
    assert claim.kind is ClaimKind.METRIC
    assert not claim.planned


def test_tasks_listed_behind_a_comma_are_counted() -> None:
    (claim,) = _claims("明川市明确6大任务，包括简化审批、降低税费、支持融资等。")
    assert (_value(claim), claim.found) == (6, 3)


def test_a_measured_thing_on_the_line_below_the_headline_is_named() -> None:
    (claim,) = _claims("样例产业园2025年1—7月主要指标\n营业收入：31.72亿元，同比增长6.9%")
    assert claim.indicator == "营业收入"


def test_a_run_of_years_is_named_without_its_rank() -> None:
    for text in ("2024年，明川市连续三年位居全省第3位。", "2024年，明川市出口额连续三年第3位。"):
        for claim in _claims(text):
            assert "第年" not in claim.indicator and "续三年" not in claim.indicator
            assert claim.scope in ("", "全省")
