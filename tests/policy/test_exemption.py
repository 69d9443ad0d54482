"""Advice on minor violations: grounds in the order of the law, missing facts by name, never “punish”."""

from __future__ import annotations

from typing import Any

import pytest

from lianzhang.kernel import Verdict
from lianzhang.policy import Advice, ExemptionFinding, RuleError, exemption, exemption_list
from tests.policy.making import PACK, known

LISTED = exemption_list(PACK)
MINOR = {"minor_act": True, "corrected_in_time": True, "no_harm": True}
FIRST = {"first_violation": True, "slight_harm": True, "corrected_in_time": True}


def find(item: str, **facts: Any) -> ExemptionFinding:
    return exemption(LISTED, item, known(**facts))


def test_all_fifty_five_items_are_there_with_their_clause() -> None:
    assert len(LISTED.items) == 55
    assert all(item.basis and item.act.zh and item.act.en for item in LISTED.items.values())


@pytest.mark.parametrize(
    ("item", "facts", "advice"),
    [
        ("E01", {"corrected_in_time": True}, Advice.NO_FINE_IF_CORRECTED),
        ("E01", {"corrected_in_time": False}, Advice.NO_LISTED_EXEMPTION),
        ("E01", {}, Advice.NEED_FACTS),
        ("E05", {"corrected_in_time": True, "not_licensed_activity": False}, Advice.NO_LISTED_EXEMPTION),
        ("E09", MINOR, Advice.MUST_NOT_PUNISH),
        ("E09", FIRST | {"minor_act": False}, Advice.MAY_NOT_PUNISH),
        ("E09", MINOR | FIRST, Advice.MUST_NOT_PUNISH),
        ("E09", {"corrected_in_time": False}, Advice.NO_LISTED_EXEMPTION),
        ("E10", FIRST | {"minor_act": False, "untrue_information": True}, Advice.NO_LISTED_EXEMPTION),
        ("E13", MINOR | {"quoted_content_true": False}, Advice.NO_LISTED_EXEMPTION),
        ("E15", {"corrected_in_time": False}, Advice.MITIGATE_POSSIBLE),
        ("E09", {"evidence_no_fault": True}, Advice.MUST_NOT_PUNISH),
        ("F01", FIRST | {"minor_act": False}, Advice.MAY_NOT_PUNISH),
        ("M02", MINOR, Advice.MUST_NOT_PUNISH),
        ("N01", MINOR | FIRST, Advice.NO_LISTED_EXEMPTION),
        ("N06", {}, Advice.MITIGATE_POSSIBLE),
    ],
)
def test_the_grounds_are_tried_in_their_order(item: str, facts: dict[str, Any], advice: Advice) -> None:
    assert find(item, **facts).advice is advice


def test_a_first_violation_is_never_assumed_from_an_empty_record() -> None:
    found = find("F01", slight_harm=True, corrected_in_time=True, minor_act=False)
    assert found.advice is Advice.NEED_FACTS
    assert found.missing == ("first_violation",)
    assert found.verdict is Verdict.UNKNOWN


def test_an_expired_licence_is_covered_for_less_than_a_month() -> None:
    base = FIRST | {
        "minor_act": False,
        "meets_licence_conditions": True,
        "no_food_accident_in_validity": True,
    }
    assert find("F02", **base, lapse_days=29).advice is Advice.MAY_NOT_PUNISH
    assert find("F02", **base, lapse_days=30).advice is Advice.NO_LISTED_EXEMPTION


@pytest.mark.parametrize(
    ("ended", "harmed", "advice"),
    [
        ("2023-05-01", False, Advice.MUST_NOT_PUNISH),
        ("2023-05-02", False, Advice.NEED_FACTS),  # two years to the day: not yet past
        ("2023-05-01", None, Advice.NEED_FACTS),
        ("2023-05-01", True, Advice.NEED_FACTS),
        ("2020-05-01", True, Advice.MUST_NOT_PUNISH),
        ("2020-05-01", None, Advice.MUST_NOT_PUNISH),
    ],
)
def test_what_stayed_undiscovered_past_the_limit_is_not_penalised(
    ended: str, harmed: bool | None, advice: Advice
) -> None:
    found = find("E09", act_ended_on=ended, discovered_on="2025-05-02", life_or_finance_harmed=harmed)
    assert found.advice is advice


def test_a_waiver_from_memory_decides_nothing() -> None:
    found = find("E36", did_not_know=True, proves_legal_source=True, stops_selling=True)
    assert found.advice is Advice.NEED_FACTS
    assert all(reason.status is Verdict.YES for reason in found.reasons)


def test_the_words_never_say_that_punishment_follows() -> None:
    for item in LISTED.items:
        for facts in ({}, {"corrected_in_time": False}, MINOR):
            found = find(item, **facts)
            said = found.advice.label.zh + found.ground.zh + "".join(note.zh for note in found.notes)
            assert "应予处罚" not in said and "予以处罚" not in said
            assert any("由办案机关" in note.zh for note in found.notes)


def test_an_unknown_item_is_named() -> None:
    with pytest.raises(RuleError, match="没有编号为“E99”的违法事项"):
        find("E99")
