"""分别: two lists are paired in order when they are of one length, and only then."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Certainty, Claim, ClaimKind
from lianzhang.reading import read

COUNTIES = ("云溪县", "白石县", "河水县", "青河县", "恒岳县", "安平县")
NOT_PAIRED = "“分别”前后的项数不一致，未能配对。"


def _claims(text: str) -> tuple[Claim, ...]:
    return read(text, published="2025-08-15").claims


def _pairs(text: str) -> list[tuple[str, str, Decimal | None]]:
    return [(c.subject.strip(), c.indicator, c.quantity.value if c.quantity else None) for c in _claims(text)]


values = st.lists(st.decimals(Decimal("0.1"), Decimal(999), places=2), min_size=2, max_size=6, unique=True)


@given(values)
def test_as_many_values_as_counties_are_paired_in_order(numbers: list[Decimal]) -> None:
    named = COUNTIES[: len(numbers)]
    listed = "、".join(f"{number}亿元" for number in numbers)
    found = _pairs(f"{'、'.join(named)}营业收入分别为{listed}。")
    assert found == [(place, "营业收入", number) for place, number in zip(named, numbers, strict=True)]


@given(st.lists(st.decimals(-50, 50, places=1).filter(bool), min_size=2, max_size=4))
def test_rises_and_falls_behind_the_values_join_the_claims_of_their_places(changes: list[Decimal]) -> None:
    named = COUNTIES[: len(changes)]
    listed = "、".join(f"{index + 1}亿元" for index in range(len(changes)))
    moved = "、".join(f"{'下降' if change < 0 else '增长'}{abs(change)}%" for change in changes)
    claims = _claims(f"{'、'.join(named)}营业收入分别为{listed}，同比分别{moved}。")
    assert [claim.subject for claim in claims] == list(named)
    assert [claim.change.pct if claim.change else None for claim in claims] == changes


@pytest.mark.parametrize(
    "text",
    [
        "甲海重工、乙山机械、丙川轴承营业收入分别为5.2亿元、3.86亿元。",
        "甲海重工、乙山机械、丙川轴承等企业营业收入分别为5.2亿元、3.86亿元。",
        "云溪县、白石县营业收入分别为5.2亿元、3.86亿元、2.14亿元。",
        "营业收入、税收、利润总额分别为5.2亿元、3.86亿元。",
    ],
)
def test_lists_of_unlike_length_are_not_paired_and_every_value_says_so(text: str) -> None:
    claims = _claims(f"2024年，{text}")
    assert claims
    for claim in claims:
        assert claim.certainty is Certainty.UNSURE
        assert NOT_PAIRED in [doubt.zh for doubt in claim.doubts]


def test_two_things_of_one_body_are_told_apart() -> None:
    found = _claims("2024年，营业收入、利润总额、税收分别增长5.2%、3.8%和2.1%。")
    assert [(claim.indicator, claim.change.pct if claim.change else None) for claim in found] == [
        ("营业收入", Decimal("5.2")),
        ("利润总额", Decimal("3.8")),
        ("税收", Decimal("2.1")),
    ]


def test_three_firms_of_a_list_are_not_counted_as_a_figure() -> None:
    text = "上半年，甲海重工、乙山机械、丙川轴承三家企业营业收入分别为5.2亿元、3.86亿元、2.14亿元。"
    assert _pairs(text) == [
        ("甲海重工", "营业收入", Decimal("5.2")),
        ("乙山机械", "营业收入", Decimal("3.86")),
        ("丙川轴承", "营业收入", Decimal("2.14")),
    ]


def test_a_unit_said_once_holds_for_the_whole_list() -> None:
    claims = _claims("营业收入和利润总额分别增长6.6和4.6个百分点。")
    assert [(claim.quantity.value, claim.quantity.unit) for claim in claims if claim.quantity] == [
        (Decimal("6.6"), "个百分点"),
        (Decimal("4.6"), "个百分点"),
    ]


def test_each_value_of_a_list_is_quoted_with_the_whole_list() -> None:
    text = "云溪县、白石县营业收入分别为5亿元、4亿元。"
    for claim in _claims(text):
        assert claim.evidence.quote == text.removesuffix("。")


def test_counties_and_their_sub_fields_are_paired() -> None:
    claims = _claims("云溪县、白石县、河水县等县市区分别选定工程机械、电机装备、电线电缆等细分领域。")
    assert {claim.kind for claim in claims} == {ClaimKind.ASSIGNMENT}
    assert [(claim.subject, claim.sub_field) for claim in claims] == [
        ("云溪县", "工程机械"),
        ("白石县", "电机装备"),
        ("河水县", "电线电缆"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "云溪县、白石县、河水县等县市区分别选定工程机械、电机装备等细分领域。",
        "云溪县、白石县等县市区分别选定工程机械、电机装备、电线电缆等细分领域。",
    ],
)
def test_counties_and_sub_fields_of_unlike_number_are_never_paired(text: str) -> None:
    assert [claim for claim in _claims(text) if claim.certainty is Certainty.SURE] == []


def test_a_period_in_front_leaves_no_blanks_in_the_first_name() -> None:
    claims = _claims("2024年，甲海重工、乙山机械营业收入分别为5.2亿元、3.86亿元。")
    assert [claim.subject for claim in claims] == ["甲海重工", "乙山机械"]


def test_three_counties_behind_their_list_are_no_part_of_the_last_name() -> None:
    claims = _claims("云溪县、白石县、河水县三县营业收入分别为5.2亿元、3.86亿元、2.14亿元。")
    assert [claim.subject for claim in claims] == ["云溪县", "白石县", "河水县"]


def test_fewer_changes_than_values_are_given_to_nobody_for_certain() -> None:
    claims = _claims(
        "甲海重工、乙山机械、丙川轴承营业收入分别为5.2亿元、3.86亿元、2.14亿元，同比分别增长12.4%、7.5%。"
    )
    assert [c for c in claims if c.change is not None and c.certainty is Certainty.SURE] == []


def test_the_body_in_front_is_no_part_of_the_first_thing() -> None:
    claims = _claims("2024年，明川市营业收入、利润总额分别为5.2亿元、3.86亿元。")
    assert [(claim.subject, claim.indicator) for claim in claims] == [
        ("明川市", "营业收入"),
        ("明川市", "利润总额"),
    ]


def test_values_that_could_not_be_paired_do_not_contradict_each_other() -> None:
    reading = read("2024年，云溪县、白石县营业收入分别为5.2亿元、3.86亿元、2.14亿元。")
    assert reading.contradictions == ()
    assert {claim.subject for claim in reading.claims} == {""}


def test_chosen_as_sub_fields_is_as_good_as_chosen() -> None:
    claims = _claims("云溪县、白石县、河水县分别选定工程机械、电线电缆、轴承为细分领域。")
    assert [(claim.subject, claim.sub_field) for claim in claims] == [
        ("云溪县", "工程机械"),
        ("白石县", "电线电缆"),
        ("河水县", "轴承"),
    ]


def test_sub_fields_that_cannot_be_paired_are_told_with_a_doubt_and_not_dropped() -> None:
    claims = _claims("云溪县、白石县、河水县等县市区分别选定工程机械、电机装备等细分领域。")
    assert claims
    assert all(claim.certainty is Certainty.UNSURE for claim in claims)


def test_a_list_of_changes_right_behind_a_list_of_values_needs_no_second_word() -> None:
    claims = _claims(
        "2024年，金属制品业、纺织业和食品业分别实现增加值63.46亿元、17.77亿元和67.07亿元，增长36.9%、24.5%和12.3%。"
    )
    assert [(c.quantity.value, c.change.pct) for c in claims if c.quantity and c.change] == [
        (Decimal("63.46"), Decimal("36.9")),
        (Decimal("17.77"), Decimal("24.5")),
        (Decimal("67.07"), Decimal("12.3")),
    ]


def test_growth_told_as_a_multiple_and_as_a_percentage_stands_in_one_list() -> None:
    claims = _claims("2024年，整车、电池产量分别增长1.1倍和27.3%。")
    assert [c.change.pct for c in claims if c.change] == [Decimal(110), Decimal("27.3")]


def test_changes_go_to_the_firms_that_the_sentence_listed_and_summed_up() -> None:
    text = "2024年，甲海股份有限公司、乙山科技有限公司、丙川设备有限公司三大龙头企业产值占全市的54.56%，"
    text += "分别同比增长19.8%、42.4%和34.5%。"
    changes = {c.subject: c.change.pct for c in _claims(text) if c.change}
    assert changes == {
        "甲海股份有限公司": Decimal("19.8"),
        "乙山科技有限公司": Decimal("42.4"),
        "丙川设备有限公司": Decimal("34.5"),
    }


def test_sorts_of_one_product_are_no_firms() -> None:
    text = "甲海股份2024年年报显示，铲运机械、压实机械、路面机械收入分别为46.7亿元、12.3亿元、15.9亿元。"
    text += "甲海股份股价上涨。"
    assert {c.subject for c in _claims(text)} == {"甲海股份"}
