"""Three values after Kleene: what is not known never becomes a no."""

from __future__ import annotations

from itertools import product

import pytest

from lianzhang.kernel import Verdict

Y, N, U = Verdict.YES, Verdict.NO, Verdict.UNKNOWN

BOTH = {(Y, Y): Y, (Y, N): N, (Y, U): U, (N, Y): N, (N, N): N, (N, U): N, (U, Y): U, (U, N): N, (U, U): U}
EITHER = {(Y, Y): Y, (Y, N): Y, (Y, U): Y, (N, Y): Y, (N, N): N, (N, U): U, (U, Y): Y, (U, N): U, (U, U): U}


@pytest.mark.parametrize(("pair", "wanted"), BOTH.items())
def test_both_conditions_together(pair: tuple[Verdict, Verdict], wanted: Verdict) -> None:
    assert pair[0] & pair[1] is wanted


@pytest.mark.parametrize(("pair", "wanted"), EITHER.items())
def test_either_condition(pair: tuple[Verdict, Verdict], wanted: Verdict) -> None:
    assert pair[0] | pair[1] is wanted


@pytest.mark.parametrize(("one", "other"), [(Y, N), (N, Y), (U, U)])
def test_the_opposite(one: Verdict, other: Verdict) -> None:
    assert ~one is other


def test_the_opposite_of_both_is_either_opposite() -> None:
    for a, b in product(Verdict, repeat=2):
        assert ~(a & b) is ~a | ~b
        assert ~(a | b) is ~a & ~b


def test_more_knowledge_never_turns_a_settled_answer() -> None:
    for a, b in product(Verdict, repeat=2):
        for join in (Verdict.__and__, Verdict.__or__):
            if join(a, b) is U:
                continue
            for later in [a] if a is not U else [Y, N]:
                assert join(later, b) is join(a, b)
