"""Amounts stay decimal, keep their hedges, and read as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Change, Qualifier, Quantity, QuantityError
from lianzhang.kernel.quantity import decimal, plain, split_scale

numbers = st.decimals(Decimal("-1e12"), Decimal("1e12"), allow_nan=False, places=4)


@pytest.mark.parametrize(
    ("qualifier", "zh", "en"),
    [
        (Qualifier.EXACT, "3000万元", "3000 万元"),
        (Qualifier.OVER, "超3000万元", "over 3000 万元"),
        (Qualifier.NEAR, "近3000万元", "nearly 3000 万元"),
        (Qualifier.ABOUT, "约3000万元", "about 3000 万元"),
        (Qualifier.AT_LEAST, "不低于3000万元", "at least 3000 万元"),
        (Qualifier.AT_MOST, "不超过3000万元", "at most 3000 万元"),
    ],
)
def test_a_quantity_says_its_hedge_in_both_languages(qualifier: Qualifier, zh: str, en: str) -> None:
    quantity = Quantity.of("3000", "万元", qualifier)
    assert quantity.label() == zh
    assert quantity.label("en") == en


def test_a_range_names_both_ends_and_has_no_single_value() -> None:
    quantity = Quantity.between("7300", "8300", "万元")
    assert quantity.value is None
    assert (quantity.low, quantity.high) == (Decimal(7300), Decimal(8300))
    assert quantity.qualifier is Qualifier.RANGE
    assert quantity.label() == "7300至8300万元"
    assert quantity.label("en") == "7300 to 8300 万元"


def test_a_percent_sign_stays_close_to_its_number() -> None:
    assert Quantity.of("7.10", "%").label("zh") == Quantity.of("7.10", "%").label("en") == "7.1%"


def test_a_range_of_one_point_is_allowed() -> None:
    assert Quantity.between(3, 3, "亿元").label() == "3至3亿元"


@pytest.mark.parametrize(
    ("value", "qualifier", "low", "high"),
    [
        (None, Qualifier.EXACT, None, None),
        (Decimal(1), Qualifier.RANGE, None, None),
        (None, Qualifier.RANGE, Decimal(1), None),
        (None, Qualifier.RANGE, None, Decimal(1)),
        (Decimal(1), Qualifier.RANGE, Decimal(1), Decimal(2)),
        (Decimal(1), Qualifier.OVER, Decimal(1), Decimal(2)),
        (None, Qualifier.RANGE, Decimal(2), Decimal(1)),
    ],
)
def test_a_quantity_is_one_value_or_one_range_and_nothing_between(
    value: Decimal | None, qualifier: Qualifier, low: Decimal | None, high: Decimal | None
) -> None:
    with pytest.raises(QuantityError) as caught:
        Quantity(value, "元", qualifier, low, high)
    assert "区间" in caught.value.say("zh")
    assert "range" in caught.value.say("en")


@given(numbers)
def test_a_number_survives_its_label_without_rounding(number: Decimal) -> None:
    quantity = Quantity.of(number, "元")
    assert isinstance(quantity.value, Decimal)
    assert Decimal(quantity.label().removesuffix("元")) == number


@given(numbers)
def test_digits_are_written_without_exponent_and_without_trailing_zeros(number: Decimal) -> None:
    text = plain(number)
    assert Decimal(text) == number
    assert "E" not in text.upper()
    assert not ("." in text and text.endswith("0"))


@pytest.mark.parametrize("number", [Decimal("1E+5"), Decimal("100000"), Decimal("100000.00")])
def test_one_hundred_thousand_is_written_out_however_it_is_stored(number: Decimal) -> None:
    assert plain(number) == "100000"


def test_a_missing_number_is_written_as_nothing() -> None:
    assert plain(None) == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.5", "12.5"), (" 7,460 ", "7460"), ("1，234，567", "1234567"), ("-3.20", "-3.20"), ("0", "0")],
)
def test_a_typed_number_may_carry_thousands_separators(text: str, value: str) -> None:
    assert decimal(text) == Decimal(value)
    assert isinstance(decimal(text), Decimal)


def test_one_tenth_typed_three_times_is_exactly_three_tenths() -> None:
    total = sum((decimal("0.1") for _ in range(3)), Decimal(0))
    assert total == Decimal("0.3")


@pytest.mark.parametrize(
    "text", ["", "十二", "12.5亿", "1.2.3", "NaN", "-nan", "inf", "-Infinity", "sNaN", "?338.8"]
)
def test_what_is_no_finite_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(QuantityError) as caught:
        Quantity.of(text, "万元")
    assert f"“{text}”" in caught.value.say("zh")
    assert f"“{text}”" in caught.value.say("en")


@pytest.mark.parametrize(
    "number", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity")]
)
def test_a_decimal_that_is_no_number_is_refused_at_either_end(number: Decimal) -> None:
    with pytest.raises(QuantityError):
        Quantity.of(number, "元")
    with pytest.raises(QuantityError):
        Quantity.between(number, 1, "元")
    with pytest.raises(QuantityError):
        Quantity.between(1, number, "元")


@pytest.mark.parametrize(
    ("change", "zh", "en", "direction"),
    [
        (Change(Decimal("18.9"), base="同比"), "同比增长18.9%", "up 18.9% year on year", "up"),
        (Change(Decimal("-2.80"), base="同比"), "同比下降2.8%", "down 2.8% year on year", "down"),
        (Change(Decimal("4.3"), base="环比"), "环比增长4.3%", "up 4.3% on the period before", "up"),
        (Change(Decimal(150), Qualifier.NEAR), "增长近150%", "up nearly 150%", "up"),
        (Change(Decimal(60), Qualifier.OVER, base="同比"), "同比增长超60%", "up over 60% year on year", "up"),
        (
            Change(None, Qualifier.RANGE, Decimal(5), Decimal(8), "同比"),
            "同比增长5%至8%",
            "up 5% to 8% year on year",
            "up",
        ),
    ],
)
def test_a_change_says_direction_hedge_and_base(change: Change, zh: str, en: str, direction: str) -> None:
    assert change.direction == direction
    assert change.label() == zh
    assert change.label("en") == en


@pytest.mark.parametrize("change", [Change(Decimal(0)), Change(Decimal("0.00")), Change(None)])
def test_no_change_goes_neither_up_nor_down(change: Change) -> None:
    assert change.direction == "flat"


@pytest.mark.parametrize(
    ("unit", "factor", "base"),
    [
        ("万元", 10_000, "元"),
        ("亿元", 100_000_000, "元"),
        ("千万元", 10_000_000, "元"),
        ("亿千瓦时", 100_000_000, "千瓦时"),
        ("元", 1, "元"),
        ("万", 1, "万"),
        ("家", 1, "家"),
    ],
)
def test_a_scale_word_is_split_from_the_unit_it_stands_before(unit: str, factor: int, base: str) -> None:
    assert split_scale(unit) == (Decimal(factor), base)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), 1.5, True])
def test_a_quantity_built_directly_takes_finite_decimals_only(value: object) -> None:
    with pytest.raises(QuantityError):
        Quantity(value, "元")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1,2", "12,34", "3，5", "1_000", ",5"])
def test_a_separator_that_separates_no_thousands_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        decimal(text)


def test_a_change_names_its_base_in_english_too() -> None:
    assert "2021" in Change(Decimal("18.9"), base="较2021年").label("en")


@pytest.mark.parametrize(
    ("change", "zh"),
    [
        (Change(Decimal(0), base="同比"), "同比持平"),
        (Change(None, Qualifier.RANGE, Decimal(-8), Decimal(-5), "同比"), "同比下降5%至8%"),
    ],
)
def test_a_change_reads_as_people_say_it(change: Change, zh: str) -> None:
    assert change.label() == zh


def test_a_range_from_a_fall_to_a_rise_shows_both_signs() -> None:
    label = Change(None, Qualifier.RANGE, Decimal(-5), Decimal(5)).label()
    assert label != Change(None, Qualifier.RANGE, Decimal(-5), Decimal(-5)).label()
    assert "下降5%" in label and "增长5%" in label or "-5" in label
