"""Names come and go without a rebuild, and the answers are those of an index built anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.naming import (
    DoubleEnterprise,
    Listed,
    NameIndex,
    NameKind,
    UnknownEnterprise,
    duplicates,
    resolve,
    resolve_all,
)
from tests.naming.names import names


def listed(of: list[str], *, first: int = 0) -> list[Listed]:
    return [Listed(f"E{number:03}", name) for number, name in enumerate(of, start=first)]


@settings(max_examples=20)
@given(
    st.lists(names, min_size=1, max_size=8, unique=True),
    st.lists(names, max_size=6, unique=True),
    st.lists(names, min_size=1, max_size=6),
)
def test_added_names_are_found_as_if_they_had_been_there_and_withdrawn_ones_as_if_never(
    at_first: list[str], later: list[str], asked: list[str]
) -> None:
    small, large = listed(at_first), listed(later, first=len(at_first))
    index = NameIndex.of(small)
    for enterprise in large:
        index.add(enterprise)
    asked = [*asked, *later]
    assert list(resolve_all(asked, index)) == list(resolve_all(asked, NameIndex.of([*small, *large])))
    assert [resolve(name, index) for name in asked] == list(resolve_all(asked, index))
    for enterprise in large:
        index.withdraw(enterprise.id)
    assert list(resolve_all(asked, index)) == list(resolve_all(asked, NameIndex.of(small)))


def test_a_single_name_is_added_and_withdrawn() -> None:
    index = NameIndex.of([Listed("E1", "山东时风(集团)有限责任公司", county="高唐县")])
    index.add_name("E1", "聊城拖拉机厂", NameKind.FORMER)
    assert resolve("聊城拖拉机厂", index).enterprise == "E1"
    assert index.withdraw("E1", "聊城拖拉机厂") == 1
    assert resolve("聊城拖拉机厂", index).enterprise == ""
    assert index.withdraw("E1", "聊城拖拉机厂") == 0
    assert resolve("时风集团", index).enterprise == "E1"
    assert len(index) == 1


def test_an_alias_inherits_the_place_of_its_enterprise() -> None:
    index = NameIndex.of(
        [
            Listed("E1", "高唐县时风有限公司", short=("时风农装",)),
            Listed("E2", "冠县时风农装有限公司"),
        ]
    )
    assert resolve("高唐时风农装", index).enterprise == "E1"
    index.add_name("E1", "时风动力", NameKind.SHORT)
    assert resolve("高唐时风动力", index).enterprise == "E1"


def test_an_id_twice_and_an_unknown_id_are_refused_by_name() -> None:
    with pytest.raises(DoubleEnterprise, match="E1"):
        NameIndex.of([Listed("E1", "甲"), Listed("E1", "乙")])
    index = NameIndex.of([Listed("E1", "甲")])
    with pytest.raises(DoubleEnterprise):
        index.add(Listed("E1", "丙"))
    with pytest.raises(UnknownEnterprise, match="E9"):
        index.withdraw("E9")
    with pytest.raises(UnknownEnterprise):
        index.add_name("E9", "丁", NameKind.SHORT)


def test_an_index_outgrows_the_room_it_was_built_with() -> None:
    index = NameIndex.of([Listed("first", "聊城鑫亚轴承有限公司")])
    for number in range(1500):
        index.add(Listed(f"N{number}", f"冠县第{number}机械厂"))
    assert resolve("冠县第1499机械厂", index).enterprise == "N1499"
    assert resolve("聊城鑫亚轴承有限公司", index).enterprise == "first"


def test_records_that_look_double_are_proposed_with_reasons_and_not_again_once_judged() -> None:
    index = NameIndex.of(
        [
            Listed("E1", "聊城市鑫亚轴承有限公司"),
            Listed("E2", "聊城鑫亚轴承有限责任公司"),
            Listed("E3", "冠县鑫亚轴承有限公司"),
            Listed("E4", "肯石重工"),
            Listed("E5", "冠县肯石重工机械有限公司", short=("肯石重工",)),
        ]
    )
    found = duplicates(index)
    assert [(pair.left, pair.right) for pair in found] == [("E4", "E5"), ("E1", "E2")]
    assert all(pair.reasons and pair.score >= 0.88 for pair in found)
    assert [(pair.left, pair.right) for pair in duplicates(index, judged=[("E4", "E5")])] == [("E1", "E2")]
