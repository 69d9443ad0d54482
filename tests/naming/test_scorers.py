"""A published scorer never changes, and more agreement never scores less."""

from __future__ import annotations

import doctest
import hashlib
import importlib
import pkgutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lianzhang.naming
from lianzhang.naming import LATEST, SCORERS
from lianzhang.naming.compare.levels import GroupLevel, NameLevel, PlaceLevel, SaidLevel
from lianzhang.naming.compare.name import mistakable
from lianzhang.naming.compare.place import place_level, place_levels
from lianzhang.naming.scorers import V1, V2, V3


def test_the_first_scorer_is_frozen() -> None:
    assert SCORERS["v1"] is V1
    assert V1.lead(NameLevel.SHORT) == V1.margin
    assert not any(V1.said.values())
    borders = (V1.link, V1.ask, V1.margin)
    assert borders == (0.88, 0.55, 0.07)
    # The levels it knew; those that came later it takes for what they were to it.
    known = np.ascontiguousarray(V1.table[: NameLevel.SPOKEN, : PlaceLevel.RENAMED, : PlaceLevel.RENAMED])
    assert hashlib.sha256(known.round(4).tobytes()).hexdigest()[:16] == "683df50a033f4bb1"
    assert (V1.table[NameLevel.SPOKEN] == V1.table[NameLevel.CORE]).all()
    for later, before in (
        (PlaceLevel.RENAMED, PlaceLevel.SAME),
        (PlaceLevel.RENAMED_WITHIN, PlaceLevel.WITHIN),
    ):
        assert (V1.table[:, later] == V1.table[:, before]).all()


def test_the_second_scorer_is_the_first_but_for_former_and_stated_short_names() -> None:
    assert SCORERS["v2"] is V2
    assert (V2.table == V1.table).all()
    assert (V2.link, V2.ask, V2.margin, V2.stated_margin) == (0.88, 0.55, 0.07, 0.02)
    assert {level: taken for level, taken in V2.said.items() if taken} == {SaidLevel.CURRENT: 0.13}


def test_the_third_scorer_only_asks_more_than_the_second_save_of_groups_named_short() -> None:
    assert SCORERS["v3"] is V3 is LATEST
    assert V3.asked_about and not V1.asked_about | V2.asked_about
    more = V3.table - V2.table
    more[NameLevel.SPOKEN] = 0
    of_a_group = more[..., GroupLevel.UNSTATED, :].copy()
    more[..., GroupLevel.UNSTATED, :] = 0
    assert more.max() <= 0
    assert 0 < of_a_group.max() <= 0.01 + 1e-9


def test_scores_lie_between_nothing_and_the_letter_of_the_name() -> None:
    assert float(V1.table.min()) == 0.0
    assert float(V1.table.max()) == 1.0
    assert (V1.table[NameLevel.REJECTED] == 0).all()


def test_a_firm_elsewhere_never_scores_more_than_one_that_is_here() -> None:
    assert (V1.table[:, PlaceLevel.ELSEWHERE] <= V1.table[:, PlaceLevel.SAME]).all()


PLACE = st.sampled_from([0, 370000, 371500, 371502, 371526, 370100, 370102, 410000, 411500, 411502])


@given(st.lists(st.tuples(PLACE, PLACE, PLACE), min_size=1, max_size=40))
def test_the_places_of_many_pairs_are_judged_like_those_of_one(pairs: list[tuple[int, int, int]]) -> None:
    stated, named, county = np.array(pairs, np.int64).T
    assert place_levels(stated, named, county).tolist() == [place_level(*pair) for pair in pairs]


@pytest.mark.parametrize("two", ["祥翔", "鑫新", "昊吴", "轴抽", "盛诚", "星鑫"])
def test_characters_that_sound_or_look_alike_are_taken_for_one_another(two: str) -> None:
    assert mistakable(*two) and mistakable(*reversed(two))


@pytest.mark.parametrize(("one", "other"), [("鑫", "亚"), ("东", "西"), ("轴", "电")])
def test_others_are_not(one: str, other: str) -> None:
    assert not mistakable(one, other)


@pytest.mark.parametrize(
    "module",
    [found.name for found in pkgutil.walk_packages(lianzhang.naming.__path__, "lianzhang.naming.")]
    + ["lianzhang.naming"],
)
def test_the_examples_in_the_documentation_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
