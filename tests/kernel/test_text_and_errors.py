"""The core speaks both languages, and an error says what is wrong and what to do next."""

from __future__ import annotations

import pytest

from lianzhang.kernel import (
    Certainty,
    Claim,
    ClaimKind,
    Conflict,
    CreditCodeError,
    Evidence,
    LianzhangError,
    NotAllowed,
    PackError,
    PeriodError,
    Quantity,
    QuantityError,
    SettingsError,
    Text,
    UnreadableDocument,
)

HELLO = Text("轴承", "bearings")


@pytest.mark.parametrize("language", ["zh", "zh-hans", "", "fr", "zh-CN"])
def test_chinese_is_the_answer_for_every_language_but_english(language: str) -> None:
    assert HELLO.say(language) == "轴承"


@pytest.mark.parametrize("language", ["en", "EN", "en-gb", "en_US"])
def test_english_is_said_to_those_who_ask_for_it(language: str) -> None:
    assert HELLO.say(language) == "bearings"


def test_a_text_prints_in_chinese_and_equals_its_like() -> None:
    assert str(HELLO) == HELLO.say() == "轴承"
    assert Text("轴承", "bearings") == HELLO
    assert len({HELLO, Text("轴承", "bearings")}) == 1


@pytest.mark.parametrize(
    "kind",
    [
        UnreadableDocument,
        PackError,
        Conflict,
        NotAllowed,
        SettingsError,
        PeriodError,
        QuantityError,
        CreditCodeError,
    ],
)
def test_every_error_is_told_with_its_remedy(kind: type[LianzhangError]) -> None:
    error = kind(Text("文件是空的。", "The file is empty."), Text("请换一个文件。", "Choose another file."))
    assert isinstance(error, LianzhangError)
    assert error.say("zh") == str(error) == "文件是空的。请换一个文件。"
    assert error.say("en") == "The file is empty. Choose another file."


def test_an_error_without_a_remedy_ends_with_what_is_wrong() -> None:
    error = Conflict(Text("已被他人接受。", "Somebody else accepted it."))
    assert error.say("zh") == "已被他人接受。"
    assert error.say("en") == "Somebody else accepted it."


def test_a_damaged_claim_cannot_be_made_to_carry_a_quantity() -> None:
    place = Evidence(3, 9, "338.8万")
    with pytest.raises(ValueError, match="damaged"):
        Claim("", "出口额", ClaimKind.METRIC, place, Quantity.of("338.8", "万元"), damaged=True)
    claim = Claim("", "出口额", ClaimKind.METRIC, place, damaged=True, certainty=Certainty.DAMAGED)
    assert claim.quantity is None
