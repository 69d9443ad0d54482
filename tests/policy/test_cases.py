"""The worked cases of the pack: at and around each threshold, with values missing, across the change of rules."""

from __future__ import annotations

import pytest

from lianzhang.policy.cases import Case, cases, faults
from tests.policy.making import BOOK, PACK

CASES = tuple(cases(PACK))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{case.place.line}" for case in CASES])
def test_a_worked_case_has_the_verdict_its_author_expects(case: Case) -> None:
    assert [fault.zh for fault in faults(case, BOOK)] == []


def test_every_title_has_a_worked_case() -> None:
    titles = {rule.id for rule in BOOK if rule.kind == "title"}
    assert titles - {case.rule for case in CASES} == set()
