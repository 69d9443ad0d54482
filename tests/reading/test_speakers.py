"""“我们” in a quotation is the firm of whoever says it."""

from __future__ import annotations

import pytest

from lianzhang.reading import read

OPENING = "样例市上半年工业产值120亿元。位于白石镇的甲海重工有限公司车间里一片繁忙。"


def _subject_of(number: str, text: str) -> str:
    (claim,) = [c for c in read(text, published="2025-08-15").claims if number in c.evidence.quote]
    return claim.subject


@pytest.mark.parametrize(
    "said",
    [
        "“我们今年签下了2600万元的订单。”甲海重工有限公司总经理李样说。",
        "“今年形势不错，俺们厂拿到了2600万元的订单。”甲海重工有限公司负责人介绍。",
        "“我们今年签下了2600万元的订单。”公司董事长李样表示。",
    ],
)
def test_what_a_manager_says_of_us_is_said_of_the_firm(said: str) -> None:
    assert _subject_of("2600", OPENING + said) == "甲海重工有限公司"


def test_what_an_official_says_of_us_is_not_said_of_a_firm() -> None:
    said = "“我们今年培育了36家链主企业。”样例市工信局局长李样说。"
    assert _subject_of("36", OPENING + said) != "甲海重工有限公司"


def test_the_text_returns_to_its_topic_behind_the_quotation() -> None:
    said = "“我们今年签下了2600万元的订单。”甲海重工有限公司总经理李样说。\n全市还有31家企业扩产。"
    assert _subject_of("31", OPENING + said) == "样例市"
