"""A mention that names a former name is resolved by it: the firm that bore it before the change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.naming import Listed, NameIndex, Outcome, Resolution, places_of_pack, resolve, resolve_all
from lianzhang.naming.former import former_said
from tests.naming.names import anything

INDEX = NameIndex.of(
    [
        Listed(
            "E1", "山东鑫亚工业股份有限公司", former=("聊城油泵油嘴厂",), short=("鑫亚",), county="聊城高新区"
        ),
        Listed("E2", "聊城信发铝材有限公司", former=("聊城信发铝电有限公司",)),
        Listed("E3", "聊城市东昌建工集团有限公司", former=("聊城市第二建筑公司",)),
        Listed("E4", "鲁西化工", county="聊城高新区"),
        Listed("E5", "聊城原野农机有限公司"),
        Listed("E6", "山东时风(集团)有限责任公司", former=("山东时风(集团)总公司",)),
        Listed("E7", "聊城油泵有限公司"),
        Listed("E8", "临清市第二建筑公司"),
    ]
)


def levels(found: Resolution) -> set[str]:
    return {reason.level for reason in found.reasons if reason.about == "said"}


@pytest.mark.parametrize(
    ("mention", "enterprise"),
    [
        ("原聊城市第二建筑公司", "E3"),
        ("聊城原第二建筑公司", "E3"),
        ("原 聊城信发铝电", "E2"),
        ("原油泵油嘴厂", "E1"),
        ("前身为聊城油泵油嘴厂", "E1"),
        ("曾用名：聊城油泵油嘴厂", "E1"),
        ("聊城油泵油嘴厂（原）", "E1"),
        ("（原聊城油泵油嘴厂）", "E1"),
        ("原山东时风（集团）总公司", "E6"),
    ],
)
def test_a_former_name_said_to_be_one_leads_to_the_firm_that_bore_it(mention: str, enterprise: str) -> None:
    found = resolve(mention, INDEX)
    assert found.enterprise == enterprise
    assert levels(found) == {"former"}


@pytest.mark.parametrize(
    "mention",
    [
        "鑫亚（原聊城油泵油嘴厂）",
        "鑫亚（前身为聊城油泵油嘴厂）",
        "山东鑫亚工业股份有限公司(曾用名：聊城油泵油嘴厂)",
        "聊城油泵油嘴厂（现更名为山东鑫亚工业股份有限公司）",
        "聊城油泵油嘴厂（现鑫亚工业）",
        "聊城油泵油嘴厂，现更名为鑫亚工业",
        "前身是聊城油泵油嘴厂的鑫亚工业",
        "鑫亚工业，前身为聊城油泵油嘴厂",
        "原聊城油泵油嘴厂现名鑫亚工业",
        "由聊城油泵油嘴厂改制而来的鑫亚工业",
    ],
)
def test_a_name_and_a_former_name_of_one_firm_lead_to_it_together(mention: str) -> None:
    found = resolve(mention, INDEX)
    assert found.enterprise == "E1"
    assert levels(found) == {"both"}


@pytest.mark.parametrize(
    ("mention", "candidates"),
    [
        ("聊城信发铝材有限公司（原聊城油泵油嘴厂）", {"E1", "E2"}),
        ("鑫亚（原聊城市第二建筑公司）", {"E1", "E3"}),
        ("聊城信发铝材有限公司（原聊城某某厂）", {"E2"}),
        ("某某股份有限公司（原聊城油泵油嘴厂）", {"E1"}),
    ],
)
def test_where_the_two_names_do_not_agree_a_person_decides(mention: str, candidates: set[str]) -> None:
    found = resolve(mention, INDEX)
    assert found.outcome is Outcome.AMBIGUOUS
    assert candidates <= {candidate.enterprise for candidate in found.candidates}
    assert levels(found) == {"one"}


def test_a_former_name_that_is_still_in_use_is_put_to_a_person() -> None:
    found = resolve("原鲁西化工", INDEX)
    assert found.outcome is Outcome.AMBIGUOUS
    assert [candidate.enterprise for candidate in found.candidates] == ["E4"]
    assert levels(found) == {"current"}


def test_a_name_in_use_does_not_stand_in_the_way_of_the_firm_that_bore_it_formerly() -> None:
    assert resolve("第二建筑公司", INDEX).outcome is Outcome.AMBIGUOUS
    assert resolve("原第二建筑公司", INDEX).enterprise == "E3"


@pytest.mark.parametrize("mention", ["原野农机", "聊城原野农机有限公司", "聊城原野农机有限公司（原野）"])
def test_a_trade_name_that_begins_with_the_mark_is_a_trade_name(mention: str) -> None:
    found = resolve(mention, INDEX)
    assert found.enterprise == "E5"
    assert not levels(found)


@pytest.mark.parametrize(
    "mention",
    [
        "",
        "原",
        "（原）",
        "原子",
        "前身为",
        "鲁西化工（原址）",
        "聊城现代农业有限公司",
        "太原重工",
        "平原县轴承厂",
        "）原（",
        "（（原甲）",
    ],
)
def test_other_mentions_name_no_former_name(mention: str) -> None:
    assert former_said(mention, places_of_pack()) is None


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "原", "聊城原", "鑫亚（原", "前身为"]), anything),
        min_size=1,
        max_size=8,
    )
)
def test_one_alone_is_answered_as_among_many(asked: list[tuple[str, str]]) -> None:
    mentions = ["".join(pair) for pair in asked] + [f"{name}（{mark}{name}）" for mark, name in asked]
    together = resolve_all(mentions, INDEX)
    for number, mention in enumerate(mentions):
        assert resolve(mention, INDEX) == together[number]
