"""Characters are asked once and answered alike ever after."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianzhang.reading.script import simplify
from lianzhang.reading.signs import Signs


@given(st.lists(st.frozensets(st.characters()), max_size=6))
def test_those_that_pass_are_the_same_whatever_was_asked_before(asked: list[frozenset[str]]) -> None:
    signs = Signs(str.isdigit)
    for some in asked:
        assert signs.among(some) == {sign for sign in some if sign.isdigit()}


def test_a_character_is_tested_once() -> None:
    tested: list[str] = []
    signs = Signs(lambda sign: bool(tested.append(sign)) or True)
    for _ in range(3):
        signs.among(frozenset("甲乙"))
    assert sorted(tested) == ["乙", "甲"]


def test_a_text_that_needs_no_conversion_is_left_as_it_is() -> None:
    assert simplify("聊城市营业收入318.4亿元") == "聊城市营业收入318.4亿元"
    assert simplify("聊城市營業收入318.4億元") == "聊城市营业收入318.4亿元"
