"""Where a document disagrees with itself it is told so; where it does not, it is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.reading import Reading, read


def _read(text: str) -> Reading:
    return read(text, published="2025-08-15")


def test_two_values_for_one_thing_and_one_period_are_told_with_both() -> None:
    reading = _read("明川市2024年营业收入12亿元。明川市2024年营业收入13亿元。")
    (told,) = reading.contradictions
    assert told.claims == (0, 1)
    for language in ("zh", "en"):
        assert "12亿元" in told.what.say(language) and "13亿元" in told.what.say(language)
    assert told.what.zh.startswith("明川市的营业收入在同一时期有不同的数")


amounts = st.decimals(Decimal("0.1"), Decimal(999), places=1)


@given(amounts, amounts)
def test_two_statements_contradict_each_other_exactly_when_their_values_differ(
    one: Decimal, other: Decimal
) -> None:
    reading = _read(f"明川市2024年营业收入{one}亿元。明川市2024年营业收入{other}亿元。")
    if one == other:
        assert reading.contradictions == ()
        assert len(reading.claims) == 1
    else:
        assert [told.claims for told in reading.contradictions] == [(0, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "明川市2024年营业收入12亿元。明川市2024年营业收入12亿元。",
        "明川市2024年营业收入12亿元，2023年营业收入13亿元。",
        "明川市2024年营业收入12亿元，云溪县2024年营业收入13亿元。",
        "明川市2024年营业收入12亿元，利润总额13亿元。",
        "明川市2024年营业收入12亿元，出口额12亿元。",
        "明川市2024年营业收入12亿元。明川市力争2024年营业收入突破15亿元。",
        "明川市营业收入12亿元。明川市营业收入13亿元。",
        "明川市2024年计划实施重点项目32个。",
    ],
)
def test_what_can_hold_together_is_no_contradiction(text: str) -> None:
    assert _read(text).contradictions == ()


def test_an_open_list_shorter_than_its_count_is_told_and_not_filled_up() -> None:
    text = "明川市推出“10+7”举措：“10”包括一县一领域、一领域一方案、一领域一图谱等。"
    (told,) = _read(text).contradictions
    assert told.what.zh == (
        "宣布10项，文中列举3项并以“等”收尾：一县一领域、一领域一方案、一领域一图谱。其余未列，未补。"
    )
    assert "10 are announced, 3 are named" in told.what.en


def test_a_closed_list_shorter_than_its_count_asks_for_a_look_at_the_source() -> None:
    (told,) = _read("明川市推出5项措施：简化审批、降低税费、支持融资。").contradictions
    assert told.what.zh.startswith("宣布5项，文中只列出3项") and "请核对原文" in told.what.zh
    assert "Please check the source" in told.what.en
    assert told.claims == (0,)


@pytest.mark.parametrize("named", [2, 3, 4, 5, 6])
def test_a_list_is_told_exactly_when_its_length_is_not_the_count(named: int) -> None:
    items = ("简化审批", "降低税费", "支持融资", "引进人才", "保障用地", "强化法治")[:named]
    reading = _read(f"明川市推出4项措施：{'、'.join(items)}。")
    assert reading.claims[0].found == named
    assert bool(reading.contradictions) == (named != 4)


def test_contradictions_point_at_claims_there_are() -> None:
    text = (
        "明川市2024年营业收入12亿元。推出5项措施：简化审批、降低税费。"
        "明川市2024年营业收入13亿元。明川市2024年营业收入14亿元。"
    )
    reading = _read(text)
    assert len(reading.contradictions) >= 2
    for told in reading.contradictions:
        assert told.claims == tuple(sorted(set(told.claims)))
        assert all(0 <= index < len(reading.claims) for index in told.claims)


def test_two_changes_for_one_thing_and_one_period_are_told() -> None:
    text = "明川市2024年营业收入12亿元，同比增长5%。明川市2024年营业收入12亿元，同比增长6%。"
    (told,) = _read(text).contradictions
    assert told.claims == (0, 1)


def test_one_amount_in_two_scales_is_one_statement() -> None:
    reading = _read("明川市2024年出口额12亿元。明川市2024年出口额120000万元。")
    assert reading.contradictions == ()
    assert len(reading.claims) == 1


def test_two_amounts_in_two_scales_that_differ_are_told() -> None:
    (told,) = _read("明川市2024年出口额12亿元。明川市2024年出口额130000万元。").contradictions
    assert told.claims == (0, 1)


def test_an_exact_value_inside_a_hedged_one_is_no_contradiction() -> None:
    reading = _read("明川市2024年出口额12.3亿元。明川市2024年出口额超12亿元。")
    assert reading.contradictions == ()
