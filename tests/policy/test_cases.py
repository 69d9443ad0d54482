"""The worked cases of the pack: at and around each threshold, with values missing, across the change of rules."""

from __future__ import annotations

import pytest

from lianzhang.policy import RuleKind, Standing
from lianzhang.policy.cases import Case, cases, faults
from tests.policy.making import BOOK, PACK

CASES = tuple(cases(PACK))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{case.place.line}" for case in CASES])
def test_a_worked_case_has_the_verdict_its_author_expects(case: Case) -> None:
    assert [fault.zh for fault in faults(case, BOOK)] == []


def test_every_file_of_rules_has_a_worked_case() -> None:
    tried = {BOOK[case.rule].place.file for case in CASES}
    assert {rule.place.file for rule in BOOK} - tried == set()


def test_the_pack_keeps_the_numbers_it_promises() -> None:
    kinds = {kind: len(BOOK.of(kind)) for kind in RuleKind}
    assert kinds[RuleKind.TITLE] == 15
    assert kinds[RuleKind.POLICY] >= 60
    assert len([rule for rule in BOOK if rule.group == "main-list"]) == 13
    assert {chain for rule in BOOK if rule.group == "chain-list" for chain in rule.chains} == {
        *("agricultural-machinery", "bearings", "construction-machinery", "electric-motors"),
        *("granite-precision", "laser-equipment", "wire-and-cable"),
    }


def test_what_was_drafted_here_says_so() -> None:
    for rule in BOOK.of(RuleKind.SERVICE, RuleKind.GUIDANCE):
        assert rule.standing is Standing.DRAFT, rule.id
        assert "草拟" in rule.document.title.zh, rule.id


def test_every_title_has_a_worked_case() -> None:
    titles = {rule.id for rule in BOOK if rule.kind == "title"}
    assert titles - {case.rule for case in CASES} == set()
