"""What an official reads is made from the tree that is judged; ladders and questions follow from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lianzhang.kernel import KnownFact, Verdict
from lianzhang.policy import ask, evaluate, ladder, sentence
from tests.policy.making import BOOK, DAY, FACTS, known, rule


def test_a_rule_reads_in_both_languages() -> None:
    both = rule(
        "{all: [{fact: revenue_ly, at_least: 2000, unit: 万元}, "
        "{any: [{fact: holds, has_any: [sd_gazelle]}, {fact: rank_national, at_most: 3, unit: 名次}]}, "
        "{not: {fact: on_abnormal_list, equals: true}}]}",
        more="stated: [{zh: 近三年无重大质量事故, en: No major quality accident in three years}]\n",
    )
    assert sentence(both) == (
        "同时满足：\n"
        "  上年度营业收入不低于2000万元\n"
        "  满足其中一项：\n"
        "    持有的有效称号（可多选）至少有其一：山东省瞪羚企业\n"
        "    主导产品全国市场排名在前3名以内\n"
        "  不得：列入经营异常名录为“是”\n"
        "由人判断：\n"
        "  近三年无重大质量事故"
    )
    assert "revenue of last year: at least 2000 × 10,000 yuan" in sentence(both, "en")
    assert "national rank of the main product: among the first 3" in sentence(both, "en")


def test_every_rule_of_the_pack_reads_in_both_languages() -> None:
    for each in BOOK:
        assert sentence(each).strip()
        assert all(ord(sign) < 0x3000 or sign in "“”" for sign in sentence(each, "en")), sentence(each, "en")


def test_a_reason_says_clause_need_have_gap_and_source() -> None:
    facts = dict(known(niche_years=1)) | {"rd_expense_ly": KnownFact(Decimal(90), "2025", "2025年审计报告")}
    found = evaluate(BOOK["srdi_sme"], facts, on=date(2026, 3, 31))
    reason = next(r for r in found.reasons if r.fact is not None and r.fact.name == "rd_expense_ly")
    assert (reason.clause, reason.need.zh, reason.have.zh, reason.gap) == (
        "附件2 一（二）",
        "不低于100万元",
        "90万元",
        Decimal(10),
    )
    assert reason.known == KnownFact(Decimal(90), "2025", "2025年审计报告")
    assert reason.confidence == "A"
    assert all("凭记忆" in warning.zh for warning in found.warnings)


def test_a_figure_of_an_old_year_is_pointed_out() -> None:
    facts = {"main_business_revenue_ly": KnownFact(Decimal(3000), "2023", "统计报表")}
    found = evaluate(BOOK["above_scale_industry"], facts, on=date(2026, 9, 1))
    assert "2023年的数" in found.warnings[0].zh


def test_a_lapsed_rule_points_to_its_successor() -> None:
    found = evaluate(BOOK["srdi_sme"], {}, on=date(2026, 4, 1))
    assert found.verdict is Verdict.NO
    assert "srdi_sme_2026" in found.warnings[0].zh


LADDER = {
    "registered_in_prc": True,
    "independent_legal_person": True,
    "size_class": "small",
    "on_abnormal_list": False,
    "on_serious_dishonesty_list": False,
    "product_banned_or_restricted": False,
    "major_accident_or_tax_evasion_3y": False,
}


def test_the_next_rung_lists_what_is_missing_cheapest_first() -> None:
    facts = known(
        **LADDER,
        holds=["innovative_sme", "srdi_sme"],
        niche_years=2,
        revenue_ly=6000,
        main_revenue_share_ly=95,
        is_rereview=False,
        revenue_cagr_2y=6,
        debt_ratio_ly=60,
        rd_expense_2y_sum=1100,
        rd_intensity_ly=4,
        rd_intensity_py=4,
        ip_class1_applied=3,
        st_award_national_rank_3y=9,
        market_share_national=12,
        product_in_key_domain=True,
        key_chain_link=True,
    )
    found = ladder(BOOK, facts, name="gradient", on=DAY)
    assert [rung.rule.id for rung in found.rungs] == [
        "srdi_sme_2026",
        "little_giant_2026",
        "mfg_champion_national",
    ]
    assert found.rungs[0].held is Verdict.YES  # a title given under the earlier rule keeps its term
    assert found.next is not None and found.next.rule.id == "little_giant_2026"
    steps = [(step.effort, step.reason.fact.name) for step in found.next.steps if step.reason.fact]
    assert steps == [
        (0, "srdi_quality_score"),
        (2, "rd_expense_2y_sum"),
        (2, "ip_class1_applied"),
        (3, "niche_years"),
    ]


def test_the_next_question_is_the_one_that_settles_most() -> None:
    rules = [
        rule("{fact: exports, equals: true}"),
        rule("{all: [{fact: exports, equals: true}, {fact: has_own_brand, equals: true}]}"),
    ]
    first, second = ask(rules, {}, FACTS, on=DAY)
    assert (first.fact.name, first.settles) == ("exports", 1.5)
    assert (second.fact.name, second.settles) == ("has_own_brand", 0.5)
    assert ask(rules, known(exports=False), FACTS, on=DAY) == ()


def test_of_titles_known_in_part_only_the_rest_is_open_and_the_reason_says_so() -> None:
    facts = known(holds=["srdi_sme", "?little_giant"])
    wanting = rule("{fact: holds, has_any: [little_giant]}")
    found = evaluate(wanting, facts, on=DAY)
    assert (found.verdict, found.missing) == (Verdict.UNKNOWN, ("holds",))
    assert found.reasons[0].have.zh == "专精特新中小企业；未知：专精特新“小巨人”企业"
    assert found.reasons[0].have.en.endswith("; not known: little giant (national)")
    assert evaluate(rule("{fact: holds, has_any: [sd_gazelle]}"), facts, on=DAY).verdict is Verdict.NO
    [question] = ask([wanting], facts, FACTS, on=DAY)
    assert (question.fact.name, question.settles) == ("holds", 1.0)


def test_a_rung_of_which_nobody_knows_is_neither_held_nor_reached() -> None:
    facts = known(holds=["srdi_sme", "?little_giant"])
    found = ladder(BOOK, facts, name="gradient", on=date(2026, 1, 1))
    held = {rung.rule.id: rung.held for rung in found.rungs}
    assert held["srdi_sme"] is Verdict.YES
    assert held["little_giant"] is Verdict.UNKNOWN
    assert held["innovative_sme"] is Verdict.NO
    assert found.next is not None and found.next.rule.id == "little_giant"


def test_a_score_is_asked_for_by_the_facts_that_earn_points() -> None:
    facts = known(**LADDER, valid_honours=[], st_award_level_3y="none", equity_raised_3y=0)
    names = {
        question.fact.name for question in ask([BOOK["innovative_sme"]], facts, FACTS, on=date(2026, 1, 1))
    }
    assert {"rd_intensity_ly", "debt_ratio_ly"} <= names
