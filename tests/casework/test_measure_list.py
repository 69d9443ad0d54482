"""The life of a list of measures: who may move it on, and what must have happened first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework import VERBS
from lianzhang.casework.measure_list import (
    FIXED,
    OPINIONS,
    STATES,
    STEPS,
    Hand,
    StepRefused,
    Version,
    check,
    step_named,
    steps_from,
)

DRAFTER, COLLEAGUE = Hand(people=frozenset({"drafter"})), Hand(people=frozenset({"colleague"}))
BUREAU = Hand(people=frozenset({"bureau"}), competition_authority=True)
READY = Version(state="draft", drafters=frozenset({"drafter"}), items=13, has_support=True, tried=True)
SAID = {"text": "同意", "valid_from": date(2026, 12, 1)}


def refusal(version: Version, action: str, hand: Hand, **given: Any) -> str:
    with pytest.raises(StepRefused) as caught:
        check(version, step_named(version, action), hand, given)
    return caught.value.say("zh")


def walk(version: Version, *acts: tuple[str, Hand]) -> Version:
    """Take the steps one after another, keeping the opinions they leave."""
    for action, hand in acts:
        step = step_named(version, action)
        check(version, step, hand, SAID)
        agreed = version.agreed | ({step.opinion} if step.opinion and step.agrees else set())
        version = replace(version, state=step.target, agreed=agreed)
    return version


def test_a_list_goes_through_two_reviews_and_an_approval_to_its_publication() -> None:
    published = walk(
        READY,
        ("send", DRAFTER),
        ("legal_agree", COLLEAGUE),
        ("fair_agree", BUREAU),
        ("approve", COLLEAGUE),
        ("publish", DRAFTER),
    )
    assert published.state == "published"


def test_nobody_reviews_what_was_drafted_for_them_or_by_whom_they_act_for() -> None:
    sent = walk(replace(READY, drafters=frozenset({"deputy", "holder"})), ("send", DRAFTER))
    for people in ({"holder"}, {"deputy"}, {"colleague", "holder"}):
        assert "自己" in refusal(sent, "legal_agree", Hand(people=frozenset(people)), text="同意")
    assert walk(sent, ("legal_agree", COLLEAGUE)).agreed == {"legal"}


def test_a_support_measure_is_blocked_without_the_opinion_on_fair_competition() -> None:
    reviewed = walk(READY, ("send", DRAFTER), ("legal_agree", COLLEAGUE))
    assert "公平竞争审查意见" in refusal(reviewed, "no_support", COLLEAGUE, text="无")
    forced = replace(reviewed, state="approving")
    assert "公平竞争审查意见" in refusal(forced, "approve", COLLEAGUE, text="同意")
    assert "公平竞争审查意见" in refusal(replace(forced, state="approved"), "publish", DRAFTER, **SAID)


def test_a_list_without_support_needs_no_opinion_on_fair_competition() -> None:
    plain = replace(READY, has_support=False)
    approved = walk(
        plain,
        ("send", DRAFTER),
        ("legal_agree", COLLEAGUE),
        ("no_support", COLLEAGUE),
        ("approve", COLLEAGUE),
    )
    assert approved.state == "approved"


def test_only_the_market_supervision_bureau_speaks_on_fair_competition() -> None:
    reviewed = walk(READY, ("send", DRAFTER), ("legal_agree", COLLEAGUE))
    assert "市场监督管理部门" in refusal(reviewed, "fair_agree", COLLEAGUE, text="同意")


@pytest.mark.parametrize(("state", "action"), [("legal_review", "legal_agree"), ("approving", "approve")])
def test_nobody_reviews_or_approves_the_own_draft(state: str, action: str) -> None:
    version = replace(READY, state=state, agreed=frozenset({"legal", "fair_competition"}))
    assert "草拟人不能" in refusal(version, action, DRAFTER, text="同意")


def test_a_draft_is_tried_on_the_enterprises_before_it_is_sent_off() -> None:
    assert "试算" in refusal(replace(READY, tried=False), "send", DRAFTER)


def test_a_rule_that_meets_none_or_all_is_answered_for_before_it_is_sent_off() -> None:
    flagged = replace(READY, flagged=2)
    assert "2条措施" in refusal(flagged, "send", DRAFTER)
    check(replace(flagged, acknowledged=True), step_named(flagged, "send"), DRAFTER, {})


def test_an_empty_list_and_a_faulty_one_stay_drafts() -> None:
    assert "还没有一条措施" in refusal(replace(READY, items=0), "send", DRAFTER)
    assert "写得不对" in refusal(replace(READY, faults=1), "send", DRAFTER)


def test_a_new_version_takes_effect_after_the_one_in_force_did() -> None:
    approved = replace(
        READY,
        state="approved",
        agreed=frozenset({"legal", "fair_competition"}),
        in_force_from=date(2026, 1, 1),
    )
    assert "2026-01-01" in refusal(approved, "publish", DRAFTER, valid_from=date(2026, 1, 1))
    early = refusal(approved, "publish", DRAFTER, valid_from=date(2026, 5, 1), valid_to=date(2026, 4, 1))
    assert "失效日早于生效日" in early


def test_a_return_needs_its_reason() -> None:
    version = replace(READY, state="legal_review")
    assert "请写明意见或理由" in refusal(version, "legal_return", COLLEAGUE, text="")


def test_what_cannot_be_done_now_is_said_with_the_present_state() -> None:
    assert "已废止" in refusal(replace(READY, state="repealed"), "publish", DRAFTER)


def test_every_row_of_the_table_speaks_of_known_states_verbs_and_opinions() -> None:
    for step in STEPS:
        assert {*step.sources, step.target} <= set(STATES)
        assert step.verb in VERBS
        assert step.opinion in {"", *OPINIONS}


@given(st.lists(st.sampled_from([step.action for step in STEPS]), max_size=12), st.booleans())
def test_no_way_leads_to_publication_around_a_review(actions: list[str], support: bool) -> None:
    version, said = replace(READY, has_support=support), set()
    for action in actions:
        try:
            step = step_named(version, action)
        except StepRefused:
            continue
        agreed = set(version.agreed)
        if step.target == "draft":
            agreed = set()
        elif step.opinion:
            agreed.add(step.opinion)
        try:
            check(version, step, BUREAU, SAID)
        except StepRefused:
            continue
        said = agreed
        version = replace(version, state=step.target, agreed=frozenset(agreed))
    if version.state in FIXED:
        assert said >= ({"legal", "fair_competition", "approval"} if support else {"legal", "approval"})


def test_a_repealed_and_a_replaced_list_are_at_their_end() -> None:
    for state in ("repealed", "replaced"):
        assert list(steps_from(replace(READY, state=state))) == []
