"""Working days: holidays, make-up days, and the end of what is known."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework.calendar import CalendarUnknown
from lianzhang.kernel import LianzhangError
from tests.casework.ground import calendar, china

days = st.dates(date(2023, 1, 2), date(2026, 11, 1))


@given(days)
def test_a_day_is_worked_exactly_when_the_notice_of_the_state_council_says_so(day: date) -> None:
    assert calendar().is_working_day(day) == chinese_calendar.is_workday(day)


def test_the_make_up_saturday_before_spring_festival_is_a_working_day() -> None:
    assert calendar().is_working_day(date(2026, 2, 14))
    assert not calendar().is_working_day(date(2026, 2, 16))


@given(days, st.integers(1, 30))
def test_going_forward_and_back_by_working_days_meets_again(day: date, count: int) -> None:
    later = calendar().add(day, count)
    assert calendar().between(day, later) == count
    start = calendar().first_working_day_from(day)
    assert calendar().add(calendar().add(start, count), -count) == start


def test_nothing_is_promised_in_a_year_without_a_notice() -> None:
    with pytest.raises(CalendarUnknown) as caught:
        calendar().add(date(2026, 12, 20), 15)
    assert "2027" in caught.value.say("zh") and "2027" in caught.value.say("en")


def test_from_november_on_the_missing_next_year_is_said() -> None:
    assert calendar().warning(date(2026, 10, 31)) is None
    assert "2027" in str(calendar().warning(date(2026, 11, 1)))
    assert calendar().warning(date(2027, 1, 4)) is not None
    assert calendar().warning(date(2025, 12, 1)) is None


def test_a_city_adds_the_next_year_and_the_dates_follow() -> None:
    longer = calendar().with_year(2027, off=[date(2027, 1, 1)], on=[date(2027, 1, 2)])
    assert longer.warning(date(2026, 12, 1)) is None
    assert longer.add(date(2026, 12, 31), 1) == date(2027, 1, 2)
    assert not calendar().knows(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("year", "off", "on"),
    [
        (2028, [date(2028, 1, 3)], []),
        (2027, [date(2027, 1, 2)], []),
        (2027, [date(2027, 1, 1)], [date(2027, 1, 4)]),
        (2027, [date(2026, 1, 1)], []),
        (2027, [], []),
    ],
)
def test_a_year_that_cannot_be_right_is_refused(year: int, off: list[date], on: list[date]) -> None:
    with pytest.raises(LianzhangError):
        calendar().with_year(year, off=off, on=on)


def test_two_hours_of_office_time_run_over_lunch_night_and_weekend() -> None:
    assert calendar().after_minutes(china(2026, 11, 25, 9), 120) == china(2026, 11, 25, 11)
    assert calendar().after_minutes(china(2026, 11, 25, 11, 30), 120) == china(2026, 11, 25, 15)
    assert calendar().after_minutes(china(2026, 11, 27, 17), 120) == china(2026, 11, 30, 10)
    assert calendar().after_minutes(china(2026, 11, 28, 3), 120) == china(2026, 11, 30, 10, 30)


def test_correcting_a_year_changes_only_that_year() -> None:
    corrected = calendar().with_year(2026, off=[date(2026, 5, 1)], on=[])
    assert corrected.last_year == 2026
    assert corrected.is_working_day(date(2026, 10, 1))
    for day in (date(2025, 1, 1) + timedelta(days=n) for n in range(365)):
        assert corrected.is_working_day(day) == calendar().is_working_day(day)
