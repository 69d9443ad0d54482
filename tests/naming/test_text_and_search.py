"""Names in running text, and what is typed into a search box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.naming import Finder, Listed, NameIndex, SpellingSearch
from lianzhang.naming.syllables import syllables

words = st.text(alphabet="时风集团鑫", min_size=1, max_size=4)
at_first = st.lists(st.tuples(words, st.sampled_from("ab")), max_size=6)
#: (add or withdraw, name, enterprise)
changes = st.lists(st.tuples(st.booleans(), words, st.sampled_from("ab")), max_size=12)


@given(at_first, changes, st.text(alphabet="时风集团鑫与", max_size=20))
def test_every_name_is_found_where_a_plain_scan_finds_it_after_any_changes(
    first: list[tuple[str, str]], later: list[tuple[bool, str, str]], text: str
) -> None:
    finder = Finder(first)
    known = set(first)
    for add, name, enterprise in later:
        if add:
            finder.add(name, enterprise)
            known.add((name, enterprise))
        else:
            finder.withdraw(name, enterprise)
            known.discard((name, enterprise))
    found = {
        (hit.start, hit.name, enterprise) for hit in finder.every(text) for enterprise in hit.enterprises
    }
    expected = {
        (start, name, enterprise)
        for name, enterprise in known
        for start in range(len(text))
        if text.startswith(name, start)
    }
    assert found == expected


def test_the_longest_name_is_told_and_all_who_bear_it() -> None:
    finder = Finder([("时风", "E1"), ("时风集团", "E1"), ("宏达轴承", "E2"), ("宏达轴承", "E3")])
    found = [(hit.name, hit.enterprises) for hit in finder.find("时风集团与宏达轴承签约")]
    assert found == [("时风集团", ("E1",)), ("宏达轴承", ("E2", "E3"))]


def test_a_finder_of_an_index_leaves_out_withdrawn_and_very_short_names() -> None:
    index = NameIndex.of(
        [Listed("E1", "聊城鑫亚轴承厂", short=("鑫亚", "鑫亚轴承")), Listed("E2", "冠县宏达轴承厂")]
    )
    index.withdraw("E2")
    finder = Finder.of(index)
    assert [hit.name for hit in finder.find("鑫亚、鑫亚轴承与冠县宏达轴承厂")] == ["鑫亚轴承"]


SEARCH = SpellingSearch(
    NameIndex.of(
        [
            Listed("E1", "山东时风(集团)有限责任公司", short=("时风集团",)),
            Listed("E2", "聊城重工长行机械有限公司"),
            Listed("E3", "临清市盛泰轴承厂", english=("Shengtai Bearing",)),
            Listed("E4", "西安鑫亚电缆有限公司"),
        ]
    )
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sfjt", ["E1"]),
        ("SFJT", ["E1"]),
        ("时风", ["E1"]),
        ("时f", ["E1"]),
        ("shifeng", ["E1"]),
        ("shif", ["E1"]),
        ("zgcx", ["E2"]),
        ("zhonggongchang", ["E2"]),
        ("shengtai", ["E3"]),
        ("xianxinya", ["E4"]),
        ("時風", ["E1"]),
        ("qqqq", []),
        ("  ", []),
        ("(", []),
    ],
)
def test_a_search_finds_by_characters_pinyin_and_initials(typed: str, found: list[str]) -> None:
    assert SEARCH.find(typed) == found


def test_names_that_begin_with_what_was_typed_come_first() -> None:
    search = SpellingSearch(NameIndex.of([Listed("E1", "聊城时风厂"), Listed("E2", "时风集团")]))
    assert search.find("sf") == ["E2", "E1"]


def test_hostile_letters_take_no_longer_than_others() -> None:
    assert len(syllables("a" * 2000)) <= 8
    assert syllables("xian" * 500 + "q") == []
