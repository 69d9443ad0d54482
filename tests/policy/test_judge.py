"""Yes, no, not known: missing data never becomes a no, and memory never decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Verdict
from lianzhang.policy import Rule, evaluate, flip, judge
from tests.policy.making import BOOK, DAY, FACTS, known, rule

Y, N, U = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


def verdict(requires: str, **values: Any) -> Verdict:
    return judge(rule(requires).on(DAY), known(**values))


@pytest.mark.parametrize(
    ("requires", "value", "expected"),
    [
        ("{fact: employees, at_least: 20, unit: 人}", 20, Y),
        ("{fact: employees, at_least: 20, unit: 人}", 19, N),
        ("{fact: employees, more_than: 20, unit: 人}", 20, N),
        ("{fact: employees, at_most: 20, unit: 人}", 20, Y),
        ("{fact: employees, less_than: 20, unit: 人}", 20, N),
        ("{fact: employees, equals: 20, unit: 人}", 20, Y),
        ("{fact: employees, between: {from: 10, to: 20}, unit: 人}", 20, Y),
        ("{fact: employees, between: {from: 10, below: 20}, unit: 人}", 20, N),
        ("{fact: employees, between: {from: 10, below: 20}, unit: 人}", 10, Y),
        ("{fact: employees, at_least: unread, unit: 人}", 10_000, U),
        ("{fact: employees, known: true}", 1, Y),
        ("{fact: employees, known: true}", None, N),
        ("{not: {fact: employees, at_least: 20, unit: 人}}", None, U),
    ],
)
def test_a_bound_includes_or_excludes_its_number_as_its_word_says(
    requires: str, value: int | None, expected: Verdict
) -> None:
    assert verdict(requires, employees=value) is expected


def test_codes_choices_lists_and_dates_are_judged() -> None:
    assert verdict("{fact: industry_code, under: ['34', '35']}", industry_code="3451") is Y
    assert verdict("{fact: industry_code, under: ['34', '35']}", industry_code="3834") is N
    assert verdict("{fact: county, one_of: ['371521']}", county="371502") is N
    assert verdict("{fact: holds, has_any: [srdi_sme]}", holds=[]) is N
    assert verdict("{fact: holds, has_any: [srdi_sme]}", holds=["srdi_sme", "tech_sme"]) is Y
    assert verdict("{fact: holds, has_any: [srdi_sme]}") is U
    assert verdict("{fact: holds, has_any: [srdi_sme]}", holds=["?srdi_sme", "tech_sme"]) is U
    assert verdict("{fact: holds, has_any: [tech_sme, srdi_sme]}", holds=["?srdi_sme", "tech_sme"]) is Y
    assert verdict("{fact: holds, has_any: [little_giant]}", holds=["?srdi_sme", "tech_sme"]) is N
    assert verdict("{not: {fact: holds, has_any: [srdi_sme]}}", holds=["?srdi_sme"]) is U
    within = "{fact: loan_granted_on, within_months: 6}"
    assert verdict(within, loan_granted_on="2025-11-01") is Y
    assert verdict(within, loan_granted_on="2025-10-31") is N
    assert verdict(within, loan_granted_on="2026-05-02") is N


def test_a_missing_fact_stays_open_until_another_condition_settles_it() -> None:
    both = "{all: [{fact: has_own_brand, equals: true}, {fact: exports, equals: true}]}"
    either = both.replace("all", "any")
    assert verdict(both, has_own_brand=True) is U
    assert verdict(both, has_own_brand=False) is N
    assert verdict(either, has_own_brand=True) is Y
    assert verdict(either, has_own_brand=False) is U


def test_a_condition_from_memory_decides_neither_way() -> None:
    remembered = "{fact: has_own_brand, equals: true, confidence: M}"
    assert verdict(remembered, has_own_brand=True) is U
    assert verdict(remembered, has_own_brand=False) is U
    assert verdict(f"{{not: {remembered}}}", has_own_brand=False) is U
    assert verdict(f"{{all: [{remembered}, {{fact: exports, equals: true}}]}}", exports=False) is N
    assert verdict(f"{{any: [{remembered}, {{fact: exports, equals: true}}]}}", exports=True) is Y


def test_memory_is_named_beside_the_verdict_and_what_it_would_say() -> None:
    found = evaluate(
        rule("{fact: has_own_brand, equals: true, confidence: M}"), known(has_own_brand=True), on=DAY
    )
    assert found.verdict is U
    assert found.if_remembered is Y
    assert found.missing == ()
    assert "凭记忆" in found.warnings[0].zh


def test_a_stepped_threshold_is_settled_without_its_leading_fact_where_every_step_agrees() -> None:
    stepped = (
        "{fact: rd_intensity_ly, unit: '%', by: revenue_ly, at_least: [{value: 5}, {from: 100, value: 3}]}"
    )
    assert verdict(stepped, rd_intensity_ly=5) is Y
    assert verdict(stepped, rd_intensity_ly=2) is N
    assert verdict(stepped, rd_intensity_ly=4) is U
    assert verdict(stepped, rd_intensity_ly=4, revenue_ly=100) is Y
    assert verdict(stepped, rd_intensity_ly=4, revenue_ly=99) is N
    assert verdict(stepped, revenue_ly=99) is U


SCORED = """score:
  total: 10
  items:
    - id: a
      label: {zh: 甲, en: a}
      most: 5
      bands: {fact: employees, unit: 人, at_least: [[50, 5], [20, 3]], otherwise: 0}
    - {id: b, label: {zh: 乙, en: b}, most: 5, bands: {fact: has_own_brand, equals: [[true, 5]], otherwise: 1}}
"""


@pytest.mark.parametrize(
    ("employees", "brand", "low", "high", "expected"),
    [
        (50, True, 10, 10, Y),
        (20, None, 4, 8, U),
        (50, None, 6, 10, Y),
        (None, False, 1, 6, U),
        (0, None, 1, 5, N),
        (None, None, 1, 10, U),
    ],
)
def test_a_score_is_an_interval_and_open_exactly_when_it_straddles_the_floor(
    employees: int | None, brand: bool | None, low: int, high: int, expected: Verdict
) -> None:
    scored = rule("{score: total, at_least: 6}", more=SCORED)
    found = evaluate(scored, known(employees=employees, has_own_brand=brand), on=DAY)
    assert found.score is not None
    assert (found.score.total.low, found.score.total.high) == (low, high)
    assert found.verdict is expected


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "revenue_ly": st.integers(0, 20_000).map(Decimal),
    "niche_years": st.integers(0, 12).map(Decimal),
    "rd_intensity_ly": st.integers(0, 12).map(Decimal),
    "rd_expense_ly": st.integers(0, 600).map(Decimal),
    "equity_raised_2y": st.integers(0, 9000).map(Decimal),
    "debt_ratio_ly": st.integers(0, 120).map(Decimal),
    "main_revenue_share_ly": st.integers(0, 100).map(Decimal),
    "size_class": st.sampled_from(["large", "medium", "small", "micro"]),
    "holds": st.sets(st.sampled_from(["srdi_sme", "little_giant"])).map(frozenset),
    "on_abnormal_list": st.booleans(),
    "ip_class1_high": st.integers(0, 3),
    "growth_2y_cagr_best": st.integers(0, 40).map(Decimal),
}
FULL = st.fixed_dictionaries(VALUES)
RULES = [found for found in BOOK if found.kind == "title"]


@given(facts=FULL, hidden=st.sets(st.sampled_from(sorted(VALUES))), chosen=st.sampled_from(RULES))
def test_learning_a_missing_fact_never_overturns_a_verdict(
    facts: dict[str, Any], hidden: set[str], chosen: Rule
) -> None:
    partial = {name: value for name, value in facts.items() if name not in hidden}
    before = judge(chosen.on(DAY), partial)
    if before is not U:
        assert judge(chosen.on(DAY), facts) is before


@given(facts=FULL, chosen=st.sampled_from(RULES))
def test_the_explanation_has_the_verdict_of_the_judge_and_its_gaps_flip_their_conditions(
    facts: dict[str, Any], chosen: Rule
) -> None:
    found = evaluate(chosen, facts, on=DAY)
    assert found.verdict is judge(chosen.on(DAY), facts)
    for reason in found.reasons:
        if reason.gap is not None and reason.fact is not None and flip(reason):
            assert reason.gap >= 0
            assert judge_condition(reason, {**facts, **flip(reason)}) is Y


def judge_condition(reason: Any, facts: dict[str, Any]) -> Verdict:
    from lianzhang.policy.judge import status

    return status(reason.condition, facts)


def test_the_dictionary_holds_every_fact_the_examples_use() -> None:
    assert set(VALUES) <= set(FACTS)
