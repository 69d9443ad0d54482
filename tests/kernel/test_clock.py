"""One clock for the whole core, which tests can hold still."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from lianzhang.kernel import clock

NOON = datetime(2025, 8, 15, 4, 0, tzinfo=UTC)


def test_a_held_clock_stands_still() -> None:
    with clock.fixed(NOON):
        assert clock.now() == clock.now() == NOON
        assert clock.today() == date(2025, 8, 15)


def test_a_clock_let_go_runs_again() -> None:
    before = datetime.now(UTC)
    with clock.fixed(NOON):
        pass
    assert before <= clock.now() <= datetime.now(UTC)


def test_a_clock_is_let_go_when_the_work_inside_fails() -> None:
    with pytest.raises(KeyError), clock.fixed(NOON):
        raise KeyError("work")
    assert clock.now() != NOON


def test_a_clock_held_inside_another_returns_to_the_outer_one() -> None:
    with clock.fixed(NOON):
        with clock.fixed(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2025, 8, 15, 15, 59, 59, tzinfo=UTC), date(2025, 8, 15)),
        (datetime(2025, 8, 15, 16, 0, tzinfo=UTC), date(2025, 8, 16)),
        (datetime(2024, 12, 31, 23, 0, tzinfo=timezone(timedelta(hours=-5))), date(2025, 1, 1)),
    ],
)
def test_today_is_the_day_in_china(instant: datetime, day: date) -> None:
    with clock.fixed(instant):
        assert clock.today() == day


def test_now_is_always_told_in_utc() -> None:
    with clock.fixed(NOON.astimezone(clock.CHINA)):
        assert clock.now().tzinfo is UTC
        assert clock.now() == NOON


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.fixed(datetime(2025, 8, 15)):
        pass
