"""What the tests of casework share: the city's calendar and presets, actors, random instants, a second way
of counting that knows nothing of the first."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import chinese_calendar

from lianzhang.casework import Actor, Role
from lianzhang.casework.calendar import Calendar
from lianzhang.casework.clocks import Clock, Limit, Pause
from lianzhang.casework.presets import load_calendar, load_presets
from lianzhang.kernel.clock import CHINA
from lianzhang.kernel.pack import open_pack


@cache
def calendar() -> Calendar:
    return load_calendar(open_pack("liaocheng"))


@cache
def presets():  # type: ignore[no-untyped-def]
    return load_presets(open_pack("liaocheng"), date(2025, 6, 1))


def china(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


def actor_in(
    role: Role, organisation: str, person: str = "", chains: tuple[str, ...] = ("equipment",)
) -> Actor:
    return Actor(
        person_id=person or f"{organisation}-1",
        name=person or organisation,
        role=role,
        organisation_id=organisation,
        chains=frozenset(chains),
    )


def random_clock(chance: random.Random) -> Clock:
    """A clock with a random start, limit, pauses and extensions, as a lively office makes them."""
    started = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(700 * 24 * 60))
    limit = chance.choice(
        (
            Limit(days=chance.randrange(25)),
            Limit(days=5),
            Limit(months=chance.randrange(1, 4)),
            Limit(days=20),
        )
    )
    pauses, at = [], started
    for _ in range(chance.randrange(4)):
        start = at + timedelta(minutes=chance.randrange(1, 6 * 24 * 60))
        at = start + timedelta(minutes=chance.choice((5, 60, 600, 1440, 9000, 20000)) + chance.randrange(400))
        pauses.append(Pause(start, at))
    return Clock(started=started, limit=limit, pauses=tuple(pauses), extended=chance.choice((0, 0, 0, 3, 10)))


def counted_otherwise(clock: Clock) -> datetime:
    """The end of a clock, counted by looking at single minutes and asking the calendar package day by day."""
    start = clock.started.astimezone(CHINA)
    if clock.limit.months is not None:
        month = start.month + clock.limit.months
        last = None
        for day in range(start.day, 0, -1):
            try:
                last = date(start.year + (month - 1) // 12, (month - 1) % 12 + 1, day)
                break
            except ValueError:
                continue
        assert last is not None
        while not chinese_calendar.is_workday(last):
            last += timedelta(days=1)
        wanted, day = 0, start.date()
        while day < last:
            day += timedelta(days=1)
            wanted += chinese_calendar.is_workday(day)
    else:
        wanted = clock.limit.days or 0
    wanted += clock.extended
    day = start.date()
    if wanted == 0:
        while not (chinese_calendar.is_workday(day) and _at(day, 17, 30) > start):
            day += timedelta(days=1)
        return _at(day, 17, 30)
    while wanted:
        day += timedelta(days=1)
        if chinese_calendar.is_workday(day) and _ran_for_a_minute(clock, day):
            wanted -= 1
    return _at(day, 17, 30)


def _ran_for_a_minute(clock: Clock, day: date) -> bool:
    if not any(p.start < _at(day, 18, 0) and (p.end is None or p.end > _at(day, 8, 0)) for p in clock.pauses):
        return True
    minutes = [_at(day, 8, 30) + timedelta(minutes=n) for n in range(210)]
    minutes += [_at(day, 13, 30) + timedelta(minutes=n) for n in range(240)]
    return any(
        all(
            not (pause.start <= minute and (pause.end is None or minute < pause.end))
            for pause in clock.pauses
        )
        for minute in minutes
    )


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)
