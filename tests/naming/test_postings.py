"""Where keys are filed: found as bisection finds them, whatever the keys are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.naming.keys import MASK, ROW_BITS, ROW_MASK
from lianzhang.naming.postings import Postings

KEYS = st.lists(st.integers(0, MASK >> ROW_BITS), max_size=60)


def filed(keys: list[int]) -> Postings:
    return Postings(np.array([key << ROW_BITS | row for row, key in enumerate(keys)], np.uint64))


@given(KEYS, KEYS, st.integers(1, 5))
def test_rows_are_found_under_their_keys_and_nowhere_else(
    keys: list[int], asked: list[int], most: int
) -> None:
    asked = [*asked, *keys[:10], 0, MASK >> ROW_BITS]
    which, rows, counts = filed(keys).find(np.array(asked, np.uint64) << np.uint64(ROW_BITS), at_most=most)
    found = [set(rows[which == number].tolist()) for number in range(len(asked))]
    for number, key in enumerate(asked):
        there = {row for row, one in enumerate(keys) if one == key}
        assert counts[number] == len(there)
        assert found[number] <= there and len(found[number]) == min(most, len(there))


@pytest.mark.parametrize("count", [1, 1000])
def test_one_key_that_everybody_has_is_found_like_any_other(count: int) -> None:
    which, rows, counts = filed([7] * count + [9]).find(
        np.array([7 << ROW_BITS, 8 << ROW_BITS], np.uint64), at_most=ROW_MASK
    )
    assert counts.tolist() == [count, 0] and rows.tolist() == list(range(count)) and not which.any()
