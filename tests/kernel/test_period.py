"""A period keeps its grain, prints as it was written, and says what is wrong with anything else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lianzhang.kernel import Period, PeriodError, PeriodKind

years = st.integers(1900, 2100)
halves = st.builds(Period.half, years, st.integers(1, 2))
quarters = st.builds(Period.quarter, years, st.integers(1, 4))
months = st.builds(Period.month, years, st.integers(1, 12))
days = st.builds(Period.day, st.dates(date(1900, 1, 1), date(2100, 12, 31)))
single = st.one_of(st.builds(Period.year, years), halves, quarters, months, days)


@st.composite
def ranges(draw: st.DrawFn) -> Period:
    grain = draw(st.sampled_from([st.builds(Period.year, years), halves, quarters, months, days]))
    first, last = sorted((draw(grain), draw(grain)))
    assume(first.start < last.start)
    return Period.parse(f"{first}/{last}")


periods = single | ranges()


@given(periods)
def test_every_period_reads_back_from_what_it_prints(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert Period.parse(f"  {str(period).lower()}\n") == period


@given(periods)
def test_a_period_begins_before_it_ends_and_contains_itself(period: Period) -> None:
    assert period.start <= period.end
    assert period.contains(period)


@given(periods, periods)
def test_one_period_contains_another_exactly_when_it_contains_both_its_ends(a: Period, b: Period) -> None:
    first, last = Period.day(b.start), Period.day(b.end)
    assert a.contains(b) == (a.contains(first) and a.contains(last))


@given(st.lists(periods, max_size=8))
def test_periods_sort_by_their_end_and_of_two_that_end_together_the_longer_comes_first(
    found: list[Period],
) -> None:
    ordered = sorted(found)
    assert [(p.end, p.start) for p in ordered] == sorted((p.end, p.start) for p in found)
    found.reverse()
    assert sorted(found) == ordered


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 12))
def test_a_run_of_months_has_the_ends_of_its_months_whatever_it_is_called(
    year: int, first: int, last: int
) -> None:
    if first > last:
        with pytest.raises(PeriodError):
            Period.months(year, first, last)
        return
    run = Period.months(year, first, last)
    assert run.start == Period.month(year, first).start
    assert run.end == Period.month(year, last).end


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (1, 12, "2024"),
        (1, 6, "2024H1"),
        (7, 12, "2024H2"),
        (1, 3, "2024Q1"),
        (10, 12, "2024Q4"),
        (5, 5, "2024-05"),
        (1, 9, "2024-01/2024-09"),
        (1, 11, "2024-01/2024-11"),
        (2, 4, "2024-02/2024-04"),
    ],
)
def test_months_take_the_name_officials_give_them(first: int, last: int, text: str) -> None:
    assert str(Period.months(2024, first, last)) == text


@pytest.mark.parametrize(
    ("text", "kind", "start", "end", "zh", "en"),
    [
        ("2024", PeriodKind.YEAR, "2024-01-01", "2024-12-31", "2024年", "2024"),
        ("2025H1", PeriodKind.HALF, "2025-01-01", "2025-06-30", "2025年上半年", "H1 2025"),
        ("2025H2", PeriodKind.HALF, "2025-07-01", "2025-12-31", "2025年下半年", "H2 2025"),
        ("2025Q1", PeriodKind.QUARTER, "2025-01-01", "2025-03-31", "2025年一季度", "Q1 2025"),
        ("2025Q4", PeriodKind.QUARTER, "2025-10-01", "2025-12-31", "2025年四季度", "Q4 2025"),
        ("2024-02", PeriodKind.MONTH, "2024-02-01", "2024-02-29", "2024年2月", "2024-02"),
        ("2025-02", PeriodKind.MONTH, "2025-02-01", "2025-02-28", "2025年2月", "2025-02"),
        ("2025-08-15", PeriodKind.DAY, "2025-08-15", "2025-08-15", "2025年8月15日", "2025-08-15"),
        (
            "2024-01/2024-11",
            PeriodKind.RANGE,
            "2024-01-01",
            "2024-11-30",
            "2024年1—11月",
            "2024-01 – 2024-11",
        ),
        ("2026/2031", PeriodKind.RANGE, "2026-01-01", "2031-12-31", "2026年—2031年", "2026 – 2031"),
        ("2024Q3/2025Q2", PeriodKind.RANGE, "2024-07-01", "2025-06-30", "2024年三季度—2025年二季度", None),
        ("2024-11/2025-02", PeriodKind.RANGE, "2024-11-01", "2025-02-28", "2024年11月—2025年2月", None),
    ],
)
def test_each_kind_of_period_has_its_days_and_its_words(
    text: str, kind: PeriodKind, start: str, end: str, zh: str, en: str | None
) -> None:
    period = Period.parse(text)
    assert period.kind is kind
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert period.label() == period.label("zh") == zh
    if en is not None:
        assert period.label("en") == en


def test_a_half_year_and_its_last_day_end_together_and_differ() -> None:
    half, day = Period.parse("2025H1"), Period.parse("2025-06-30")
    assert half.end == day.end
    assert half != day
    assert half.contains(day) and not day.contains(half)
    assert sorted([day, half]) == [half, day]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2025", "2024"),
        ("2025H1", "2024H1"),
        ("2025Q3", "2024Q3"),
        ("2025-07", "2024-07"),
        ("2025-08-15", "2024-08-15"),
        ("2024-02-29", "2023-02-28"),
        ("2025-02-28", "2024-02-28"),
        ("2024-02", "2023-02"),
        ("2025-01/2025-07", "2024-01/2024-07"),
        ("2024-02-29/2024-03-31", "2023-02-28/2023-03-31"),
    ],
)
def test_the_year_before_is_the_same_stretch_of_the_year_before(text: str, before: str) -> None:
    assert str(Period.parse(text).year_before()) == before


@given(single)
def test_the_year_before_keeps_the_grain(period: Period) -> None:
    before = period.year_before()
    assert before.kind is period.kind
    assert before.start.year == period.start.year - 1
    assert before < period


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "24",
        "2024年",
        "上半年",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2025-02-29",
        "2024-1",
        "2025H3",
        "2025Q0",
        "2025Q5",
        "0000",
        "2024/",
        "/2024",
        "2024/2024",
        "2025/2024",
        "2024/2025H1",
        "2024-01/2024-11/2024-12",
        "2024-01-01T00:00",
        "20250815",
    ],
)
def test_what_is_no_period_is_named_and_the_right_form_shown_in_both_languages(text: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(text)
    assert f"“{text}”不是可识别的时期" in caught.value.say("zh")
    assert f"“{text}” is not a period" in caught.value.say("en")
    for language in ("zh", "en"):
        assert "2024-01/2024-11" in caught.value.say(language)


@given(st.text(max_size=24))
def test_any_text_is_a_period_or_a_period_error(text: str) -> None:
    told = ""
    try:
        assert Period.parse(text).kind in PeriodKind
    except PeriodError as error:
        told = error.say("zh")
    assert not told or f"“{text}”" in told


@pytest.mark.parametrize("text", ["２０２４", "2024 / 2025", "2024/ 2025", "٢٠٢٤"])
def test_a_period_is_kept_in_the_one_text_form_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except PeriodError:
        return
    assert str(period) in ("2024", "2024/2025")
    assert period == Period.parse(str(period))


def test_the_year_before_two_days_around_a_leap_day_is_a_period() -> None:
    assert str(Period.parse("2024-02-28/2024-02-29").year_before()) == "2023-02-28"
