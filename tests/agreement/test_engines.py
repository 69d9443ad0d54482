"""One rule, one meaning: every engine says of every enterprise what the judge says, nulls included."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianzhang.kernel import Verdict
from tests.agreement import trees
from tests.agreement.engines import ENGINES, reference

RULES = trees.rules(200, seed=21)
ROWS = trees.enterprises(60, seed=22)


@pytest.fixture(scope="module")
def expected() -> list[list[Verdict]]:
    return reference(ROWS, RULES, Path())


# The engines' own libraries warn about each other; what they answer is judged here, not how they are built.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(900)  # Spark plans slowly
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_agrees_with_the_judge(engine: str, expected: list[list[Verdict]], tmp_path: Path) -> None:
    found = ENGINES[engine](ROWS, RULES, tmp_path)
    wrong = [
        (f"e{row:04d}", RULES[rule].id, str(found[row][rule]), str(expected[row][rule]))
        for row in range(len(ROWS))
        for rule in range(len(RULES))
        if found[row][rule] is not expected[row][rule]
    ]
    assert wrong[:5] == []


def test_the_examples_hold_all_three_answers(expected: list[list[Verdict]]) -> None:
    """An engine that loses nulls would pass where nothing is unknown."""
    flat = [verdict for row in expected for verdict in row]
    shares = {verdict: flat.count(verdict) / len(flat) for verdict in Verdict}
    assert min(shares.values()) > 0.1
