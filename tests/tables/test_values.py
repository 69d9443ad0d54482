"""Cells in every shape that offices use, and the reasons given for those that cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import credit_code
from lianzhang.tables.values import amounts, codes, dates, periods, places, words
from lianzhang.tables.values.column import ReadColumn
from tests.tables.books import REFERENCE, code, digits_code

TODAY = date(2026, 11, 28)


def column(*values: str | None) -> pl.Series:
    return pl.Series("x", list(values), dtype=pl.String)


def rules(read: ReadColumn) -> dict[int, str]:
    return {
        int(row): part.reasons[int(which)].rule
        for part in read.refusals
        for row, which in zip(part.rows, part.which, strict=True)
    }


@pytest.mark.parametrize(
    "text",
    [
        "2025-08-15",
        "2025/8/15",
        "2025年8月15日",
        "20250815",
        "45884",
        "２０２５－０８－１５",
        "2025.8.15",
        "2025-08-15 00:00:00",
        "　2025-8-15 ",
    ],
)
def test_a_day_is_read_in_every_usual_shape(text: str) -> None:
    assert dates.read_dates(column(text)).values.to_list() == [date(2025, 8, 15)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("2023-02-30", "date_form"), ("20231301", "date_form"), ("去年", "date_form"), ("2031-01-01", "date_future"),
     ("1025-01-01", "date_range"), ("2012年5月", "date_form"), ("0000-00-00", "date_form")],
)  # fmt: skip
def test_what_is_no_day_is_refused_by_name(text: str, rule: str) -> None:
    read = dates.read_dates(column("2020-01-01", text), latest=TODAY)
    assert read.values.to_list() == [date(2020, 1, 1), None]
    assert rules(read) == {1: rule}


@given(st.dates(date(1900, 3, 1), TODAY), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_every_day_comes_back_from_every_shape(day: date, shape: str) -> None:
    serial = str((day - date(1899, 12, 30)).days)
    read = dates.read_dates(column(day.strftime(shape), serial), latest=TODAY)
    # Serials of four digits are days before 1927 and look like years.
    assert read.values[0] == day
    assert len(serial) < 5 or read.values[1] == day


@pytest.mark.parametrize("text", ["", "-", "—", "/", "无", "暂无", "　", " - ", None])
def test_blank_words_are_blank_in_every_type(text: str | None) -> None:
    cells = column(text)
    for read in (
        dates.read_dates(cells),
        amounts.read_amounts(cells, unit="万元"),
        codes.read_codes(cells),
        words.read_text(cells),
        places.read_industries(cells),
        places.read_counties(cells, regions=REFERENCE.regions, divisions={}),
        periods.read_periods(cells),
    ):
        assert read.values.null_count() == 1
        assert read.refusals == []


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("1200", "1200", None),
        ("1,200.5", "1200.5", None),
        ("１，２００", "1200", None),
        ("1.2亿元", "12000", None),
        ("3000多万元", "3000", "over"),
        ("超60", "60", "over"),
        ("近1.5亿元", "15000", "near"),
        ("约300万元", "300", "about"),
        ("500万元以上", "500", "at_least"),
        ("≥500", "500", "at_least"),
        ("12元", "0.0012", None),
        ("0.1", "0.1", None),
        ("123456789.123456", "123456789.123456", None),
        ("1e3", "1000", None),
    ],
)
def test_an_amount_keeps_its_value_unit_and_the_words_around_it(
    text: str, value: str, qualifier: str | None
) -> None:
    read = amounts.read_amounts(column(text), unit="万元")
    assert read.values[0] == Decimal(value)
    assert (read.qualifiers[0] if read.qualifiers is not None else None) == qualifier


@pytest.mark.parametrize(
    ("text", "rule"),
    [("-5", "amount_negative"), ("一百万", "amount_form"), ("1,2,3", "amount_form"), ("NaN", "amount_form"),
     ("1e400", "amount_size"), ("inf", "amount_form"), ("8月", "amount_form"), ("上半年", "amount_form"),
     ("3-5亿元", "amount_form"), ("200人", "unit"), ("1e30", "amount_size"), (".", "amount_form")],
)  # fmt: skip
def test_what_is_no_amount_is_refused_by_name(text: str, rule: str) -> None:
    assert rules(amounts.read_amounts(column("1", text), unit="万元")) == {1: rule}


def test_reading_text_leaves_the_cells_of_the_file_as_they_were() -> None:
    cells = column(" 甲 ", "乙", "'=丙", None, "  ")
    assert words.read_text(cells).values.to_list() == ["甲", "乙", "=丙", None, None]
    assert cells.to_list() == [" 甲 ", "乙", "'=丙", None, "  "]


def test_counts_are_whole_numbers() -> None:
    read = amounts.read_amounts(column("12", "12.0", "12.5", "1,234人", "约300"), unit="人", whole=True)
    assert read.values.to_list() == [Decimal(12), Decimal(12), None, Decimal(1234), Decimal(300)]
    assert rules(read) == {2: "amount_fraction"}


@given(st.decimals(0, 10**9, places=4), st.sampled_from(["元", "万元", "亿元"]))
def test_the_unit_of_the_column_scales_exactly(value: Decimal, unit: str) -> None:
    factor = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}[unit]
    read = amounts.read_amounts(column(format(value, "f"), f"{value:,}{unit}"), unit="万元", column_unit=unit)
    wanted = (value * factor).quantize(Decimal("0.000001"))
    if abs(wanted) < 10**12:
        assert [abs(item - wanted) <= Decimal("0.000001") for item in read.values] == [True, True]


@given(st.lists(st.text(max_size=24), min_size=1, max_size=8))
def test_no_text_makes_a_reader_stumble_and_nothing_is_both_value_and_refused(texts: list[str]) -> None:
    cells = column(*texts)
    for read in (
        dates.read_dates(cells, latest=TODAY),
        amounts.read_amounts(cells, unit="万元"),
        amounts.read_amounts(cells, unit="人", column_unit="万人", whole=True),
        words.read_text(cells, longest=10),
        words.read_list(cells),
        words.read_phones(cells),
        places.read_industries(cells),
        places.read_counties(cells, regions=REFERENCE.regions, divisions={}),
        periods.read_periods(cells),
    ):
        assert len(read.values) == len(cells)
    read = codes.read_codes(cells)
    for row, rule in rules(read).items():
        assert read.values[row] is None or rule == "code_check"


def test_codes_are_normalised_and_told_apart_by_what_is_wrong() -> None:
    good = code(7)
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    cells = column(
        good, f" {good.lower()}　", "".join(chr(ord(sign) + 0xFEE0) for sign in good),
        good[:16], good[:5] + "I" + good[6:], wrong, "9.137E+17", "91371500", f"{wrong.lower()} ", None,
    )  # fmt: skip
    read = codes.read_codes(cells)
    assert read.values.to_list()[:3] == [good] * 3
    assert rules(read) == {
        3: "code_form", 4: "code_form", 5: "code_check", 6: "code_as_number", 7: "code_form", 8: "code_check",
    }  # fmt: skip
    kept = codes.read_codes(cells, keep_unverified=True)
    assert 5 not in rules(kept) and kept.values[5] == wrong


@given(st.integers(0, 10**6), st.integers(0, 17), st.sampled_from(credit_code.ALPHABET))
def test_every_single_slip_in_a_code_is_found(number: int, place: int, sign: str) -> None:
    good = code(number)
    slipped = good[:place] + sign + good[place + 1 :]
    if slipped != good:
        assert rules(codes.read_codes(column(good, slipped))).keys() == {1}


def test_the_vector_of_codes_agrees_with_the_standard_one_by_one() -> None:
    found = [code(number) for number in range(300)] + [digits_code(number) for number in range(300)]
    assert codes.read_codes(column(*found)).refusals == []


def test_counties_and_industries_are_known_by_code_name_and_former_name() -> None:
    read = places.read_counties(
        column(
            "高唐县",
            "371526",
            "茌平县",
            "371523",
            "山东省聊城市高唐县",
            "高新区",
            "聊城",
            "379999",
            "371599",
            "370802",
        ),
        regions=REFERENCE.regions,
        divisions={"济宁市": "370800", "任城区": "370811"},
    )
    assert read.values.to_list() == [
        "371526", "371526", "371503", "371503", "371526", "high-tech-zone", None, None, None, "370802",
    ]  # fmt: skip
    industry = places.read_industries(
        column("3571", "C3571", "拖拉机制造", "0000", "机械", "6510", "3571;3572", "３５７１")
    )
    assert industry.values.to_list() == ["3571", "3571", "3571", None, None, "6510", "3571 3572", "3571"]


def test_periods_are_kept_in_their_text_form() -> None:
    read = periods.read_periods(
        column(
            "2024",
            "2024年",
            "2025年上半年",
            "2025年一季度",
            "2025年1-6月",
            "2025-06",
            "2025年1—11月",
            "明年",
            "2025-08-15",
            "2025年8月15日",
        )
    )
    assert read.values.to_list() == [
        "2024", "2024", "2025H1", "2025Q1", "2025H1", "2025-06", "2025-01/2025-11", None, "2025-08-15", "2025-08-15",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-15", date(2026, 12, 15)),
        ("2026年12月", date(2026, 12, 31)),
        ("2024.2", date(2024, 2, 29)),
        ("2026年12月底前", date(2026, 12, 31)),
        ("2026年底", date(2026, 12, 31)),
        ("2025年上半年", date(2025, 6, 30)),
        ("2026年一季度", date(2026, 3, 31)),
        ("45884", date(2025, 8, 15)),
        ("—", None),
    ],
)
def test_something_due_in_a_month_or_year_is_due_by_its_last_day(text: str, day: date | None) -> None:
    read = periods.read_last_days(column(text))
    assert read.values.to_list() == [day] and not read.refusals
    assert rules(periods.read_last_days(column("尽快"))) == {0: "period"}


def test_money_in_another_currency_is_refused_with_both_units_named() -> None:
    read = amounts.read_amounts(column("1,200"), unit="万元", column_unit="万美元")
    [refusal] = read.refusals
    assert "万美元" in refusal.reasons[0].text.zh and "汇率" in refusal.reasons[0].text.zh
    assert "万美元" in refusal.reasons[0].text.en
