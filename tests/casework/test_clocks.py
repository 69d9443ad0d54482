"""Clocks: the end follows from the acts alone and cannot be gamed."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework.clocks import Clock, Limit, Pause, Standing, add_months
from tests.casework.ground import calendar, china, counted_otherwise, random_clock


@pytest.mark.parametrize("seed", range(2))
def test_clocks_end_where_a_second_way_of_counting_says(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        clock = random_clock(chance)
        assert clock.due(calendar()) == counted_otherwise(clock), clock


def test_the_day_of_the_start_is_not_counted() -> None:
    clock = Clock(started=china(2026, 11, 26, 8, 30), limit=Limit(days=1))
    assert clock.due(calendar()) == china(2026, 11, 27, 17, 30)
    assert Clock(started=china(2026, 11, 27, 23), limit=Limit(days=1)).due(calendar()) == china(
        2026, 11, 30, 17, 30
    )


def test_the_same_day_means_the_next_working_day_once_offices_have_closed() -> None:
    assert Clock(started=china(2026, 11, 26, 17), limit=Limit(days=0)).due(calendar()) == china(
        2026, 11, 26, 17, 30
    )
    assert Clock(started=china(2026, 11, 26, 18), limit=Limit(days=0)).due(calendar()) == china(
        2026, 11, 27, 17, 30
    )


def test_pausing_every_evening_and_going_on_every_morning_wins_nothing() -> None:
    plain = Clock(started=china(2026, 11, 2), limit=Limit(days=5))
    gamed = plain
    for day in range(3, 20):
        gamed = gamed.paused(china(2026, 11, day, 17, 29)).resumed(china(2026, 11, day + 1, 8, 31))
    assert gamed.due(calendar()) == plain.due(calendar())


def test_a_pause_over_whole_working_days_moves_the_end_by_as_many() -> None:
    clock = Clock(
        started=china(2026, 11, 2),
        limit=Limit(days=5),
        pauses=(Pause(china(2026, 11, 3, 18), china(2026, 11, 6, 8)),),
    )
    assert clock.due(calendar()) == china(2026, 11, 11, 17, 30)


@given(st.integers(0, 10_000))
def test_a_pause_never_brings_the_end_nearer_and_never_gives_more_than_its_working_days(seed: int) -> None:
    clock = random_clock(random.Random(seed))
    bare = Clock(started=clock.started, limit=clock.limit, extended=clock.extended)
    with_pauses, without = clock.due(calendar()), bare.due(calendar())
    assert with_pauses is not None and without is not None and with_pauses >= without
    excused = sum(
        calendar().is_working_day(p.start.date() + timedelta(days=n))
        for p in clock.pauses
        if p.end
        for n in range((p.end.date() - p.start.date()).days + 2)
    )
    assert calendar().between(without.date(), with_pauses.date()) <= excused


def test_a_paused_clock_has_no_end_and_the_first_stop_counts() -> None:
    clock = Clock(started=china(2026, 11, 2), limit=Limit(days=5)).paused(china(2026, 11, 3))
    assert clock.due(calendar()) is None
    assert clock.standing(calendar(), china(2026, 12, 1)) is Standing.paused
    stopped = clock.stopped_at(china(2026, 11, 4)).stopped_at(china(2026, 11, 20))
    assert stopped.stopped == china(2026, 11, 4)
    assert stopped.standing(calendar(), china(2026, 12, 1)) is Standing.met


def test_a_clock_set_back_neither_shortens_nor_breaks_the_count() -> None:
    clock = Clock(started=china(2026, 11, 5), limit=Limit(days=2))
    assert clock.standing(calendar(), china(2026, 11, 3)) is Standing.running
    assert clock.stopped_at(china(2026, 11, 4)).standing(calendar(), china(2026, 11, 3)) is Standing.met


def test_what_ends_in_an_unknown_year_says_so_instead_of_guessing() -> None:
    clock = Clock(started=china(2026, 12, 20), limit=Limit(months=3))
    assert clock.standing(calendar(), china(2026, 12, 21)) is Standing.unknown


def test_three_months_end_on_a_working_day() -> None:
    assert Clock(started=china(2026, 7, 3), limit=Limit(months=3)).due(calendar()) == china(
        2026, 10, 8, 17, 30
    )
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)


@pytest.mark.parametrize("wrong", [{}, {"days": 1, "months": 1}, {"days": -1}])
def test_a_limit_has_exactly_one_measure(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        Limit(**wrong)  # type: ignore[arg-type]
