"""Chinese numerals: whatever can be said in words comes back as the same number, and nothing else does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.reading import read
from lianzhang.reading.numerals import digits_number, worded_number

_DIGITS = "零一二三四五六七八九"


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + sign
        gap = not digit
    return words


def in_words(number: int, *, two: str = "二") -> str:
    """The usual wording of 1 to 99,999,999; the first 二 before 百, 千 or 万 may be said as 两."""
    upper, lower = divmod(number, 10_000)
    words = f"{_below_ten_thousand(upper)}万" if upper else ""
    if lower:
        words += ("零" if upper and lower < 1000 else "") + _below_ten_thousand(lower)
    words = words.removeprefix("一") if words.startswith("一十") else words
    return two + words[1:] if words[0] == "二" and words[1:2] in ("百", "千", "万") else words


@given(st.integers(1, 99_999_999), st.sampled_from("二两"))
def test_a_number_said_in_words_is_read_back(number: int, two: str) -> None:
    assert worded_number(in_words(number, two=two)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (10_005, "一万零五"),
        (100_000, "十万"),
        (10_010_000, "一千零一万"),
        (20_030_000, "二千零三万"),
        (10_001_000, "一千万一千"),
        (99_999_999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_the_formatter_of_this_test_speaks_as_people_do(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("两", 2),
        ("〇", 0),
        ("二〇二五", 2025),
        ("二零二四", 2024),
        ("一九九八", 1998),
        ("一百", 100),
        ("一百十", 110),
        ("两千零二", 2002),
        ("一亿", 100_000_000),
        ("一亿五千万", 150_000_000),
        ("十二亿零三万", 1_200_030_000),
    ],
)
def test_years_by_digit_and_larger_scales_are_read(words: str, number: int) -> None:
    assert worded_number(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        "三千五",
        "一百二",
        "十十",
        "百千",
        "二十三十",
        "二三十",
        "七八百",
        "千千万",
        "一点五",
        "半",
        "廿",
        "12",
        "第三",
        "几十",
        "a",
    ],
)
def test_what_people_use_for_two_numbers_or_for_none_is_no_number(words: str) -> None:
    assert worded_number(words) is None


@given(st.text(alphabet=_DIGITS + "〇两十百千万亿", max_size=10))
def test_any_run_of_numeral_signs_is_a_number_or_none(words: str) -> None:
    found = worded_number(words)
    assert found is None or found >= 0


@given(st.decimals(0, Decimal("1e15"), places=3))
def test_digits_are_read_with_and_without_thousands_separators(number: Decimal) -> None:
    assert digits_number(f"{number:f}") == number
    assert digits_number(f"{number:,f}") == number


@given(st.integers(2, 9_999), st.sampled_from("二两"))
def test_a_worded_amount_in_a_sentence_has_the_value_of_its_words(number: int, two: str) -> None:
    words = in_words(number, two=two)
    (claim,) = read(f"2024年，明川市工业营业收入{words}万元。", published="2025-08-15").claims
    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.unit) == (Decimal(number), "万元")


@pytest.mark.parametrize(
    ("words", "number"), [("三万五", None), ("一亿五", None), ("一万亿", 10**12), ("五千万亿", 5 * 10**15)]
)
def test_large_scales_are_read_as_meant_or_not_at_all(words: str, number: int | None) -> None:
    assert worded_number(words) == number


@pytest.mark.parametrize("words", ["零百", "万万", "零万"])
def test_signs_that_form_no_number_are_none(words: str) -> None:
    assert worded_number(words) is None


@given(st.integers(10_001, 99_999_999).filter(lambda n: n % 10_000))
def test_a_worded_amount_is_never_read_from_its_tail(number: int) -> None:
    claims = read(f"2024年，明川市工业营业收入{in_words(number)}元。", published="2025-08-15").claims
    for claim in claims:
        if claim.quantity is not None and claim.quantity.value is not None:
            scale = {"元": 1, "万元": 10_000}[claim.quantity.unit]
            assert claim.quantity.value * scale == number
