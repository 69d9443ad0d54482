"""The ladder fires each rung once, on the right working day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import chinese_calendar

from lianzhang.casework.clocks import Clock, Limit, Pause
from lianzhang.casework.escalation import reached
from lianzhang.kernel.clock import CHINA
from tests.casework.ground import calendar, china, counted_otherwise, presets, random_clock


def test_twenty_four_simulated_months_tell_each_step_once_on_its_working_day() -> None:
    """A tick twice a day, knowing only what had happened by then; who was told is remembered, as the
    installation remembers it."""
    chance = random.Random(7)
    ladder = presets()["request"].ladder("handle")
    clocks = [random_clock(chance) for _ in range(24)]
    told: dict[tuple[int, str], datetime] = {}
    for number, clock in enumerate(clocks):
        day = clock.started.astimezone(CHINA).date()
        for _ in range(170):
            for hour in (8, 18):
                now = china(day.year, day.month, day.day, hour, 45)
                if now >= clock.started and day < date(2026, 1, 1):
                    for rung, _ in reached(ladder, as_known(clock, now), calendar(), now):
                        told.setdefault((number, rung.name), now)
            day += timedelta(days=1)
    for number, clock in enumerate(clocks):
        for rung in ladder:
            wanted = expected(clock, rung.day)
            if wanted is None:
                assert (number, rung.name) not in told
            elif wanted < china(2025, 12, 31, 9):
                seen = told[number, rung.name]
                assert seen.date() == wanted.date() and seen >= wanted, (clock, rung)
                assert chinese_calendar.is_workday(seen.date())


def as_known(clock: Clock, now: datetime) -> Clock:
    pauses = [
        Pause(p.start, p.end if p.end and p.end <= now else None) for p in clock.pauses if p.start <= now
    ]
    return replace(clock, pauses=tuple(pauses))


def expected(clock: Clock, offset: int) -> datetime | None:
    """When the step should come, worked out without the code under test; None = before the clock began."""
    for index in range(len(clock.pauses) + 1):
        known = replace(clock, pauses=clock.pauses[:index])
        day = moved(counted_otherwise(known).date(), offset)
        instant = china(day.year, day.month, day.day, 8, 30)
        if index:
            went_on = clock.pauses[index - 1].end
            assert went_on is not None
            instant = max(instant, office_opens(went_on))
        nothing_stands_in_between = index == len(clock.pauses) or instant < clock.pauses[index].start
        if nothing_stands_in_between and instant > clock.started:
            return instant
    return None


def office_opens(at: datetime) -> datetime:
    at = at.astimezone(CHINA)
    day = at.date()
    if at > china(day.year, day.month, day.day, 17, 30):
        day += timedelta(days=1)
    while not chinese_calendar.is_workday(day):
        day += timedelta(days=1)
    return max(at, china(day.year, day.month, day.day, 8, 30))


def moved(day: date, working_days: int) -> date:
    step = 1 if working_days > 0 else -1
    while working_days:
        day += timedelta(days=step)
        if chinese_calendar.is_workday(day):
            working_days -= step
    return day


def test_a_paused_or_finished_clock_tells_nobody() -> None:
    ladder = presets()["request"].ladder("handle")
    clock = Clock(started=china(2026, 11, 2), limit=Limit(days=5))
    assert reached(ladder, clock.paused(china(2026, 11, 3)), calendar(), china(2026, 12, 1)) == ()
    finished = clock.stopped_at(china(2026, 11, 5))
    assert reached(ladder, finished, calendar(), china(2026, 12, 1)) == ()


def test_what_lies_beyond_the_calendar_waits_until_the_year_is_known() -> None:
    ladder = presets()["request"].ladder("handle")
    clock = Clock(started=china(2026, 12, 23), limit=Limit(days=5))
    now = china(2027, 1, 8)
    names = [rung.name for rung, _ in reached(ladder, clock, calendar(), now)]
    assert names == ["near", "late"]
    later = calendar().with_year(2027, off=[date(2027, 1, 1)], on=[])
    assert [rung.name for rung, _ in reached(ladder, clock, later, now)] == [
        "near",
        "late",
        "office",
        "chief",
    ]


def test_helpers_share_one_ladder() -> None:
    assert presets()["request"].ladder("help.some-unit") == presets()["request"].ladder("help") != ()
