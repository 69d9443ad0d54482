"""Days that a journey fills in, counted from today: one written down would fail once it has passed.

A year whose holiday notice is not known yet gets a made-up one in the city of the journeys, with its first
weekday free, so that journeys go on after the last notice in the calendar's package.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

from lianzhang.casework import Calendar, statutory
from lianzhang.kernel import clock


def _first_weekday(year: int) -> date:
    first = date(year, 1, 1)
    return first if first.weekday() < 5 else first + timedelta(days=7 - first.weekday())


def _reaching_next_year(calendar: Calendar) -> Calendar:
    while calendar.last_year <= clock.today().year:
        year = calendar.last_year + 1
        calendar = calendar.with_year(year, off=[_first_weekday(year)], on=[])
    return calendar


CALENDAR = _reaching_next_year(statutory())

#: The made-up notices, for the city to enter: a JSON list of days, one a year.
MADE_UP = json.dumps(
    [_first_weekday(year).isoformat() for year in range(statutory().last_year + 1, CALENDAR.last_year + 1)]
)


def working_day(ahead: int) -> str:
    """The first working day so many days from today or later, as a date field takes it."""
    return CALENDAR.first_working_day_from(clock.today() + timedelta(days=ahead)).isoformat()
