"""Clocks: how long something may take, what stops the count, and when it ends.

The day on which a clock starts is not counted (Civil Code art. 201). A working day is excused only when the
clock stood still during all its office hours: pausing every evening wins nothing. Every clock follows from the
acts alone, so that anybody can count it again from the log.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lianzhang.casework.calendar import Calendar, CalendarUnknown
from lianzhang.kernel.clock import CHINA


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long: exactly one of working days, minutes of office hours, months, plain days, or a date.

    `days=0` means the same working day. `months` and `until` end on a working day; `plain_days` count every
    day and end at midnight.
    """

    days: int | None = None
    minutes: int | None = None
    months: int | None = None
    plain_days: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        given = [value for value in self.as_given() if value is not None]
        if len(given) != 1:
            raise ValueError("a limit needs exactly one measure")
        if isinstance(given[0], int) and given[0] < 0:
            raise ValueError("a limit cannot be negative")

    def as_given(self) -> tuple[int | None, int | None, int | None, int | None, date | None]:
        """All five measures, absent ones as None."""
        return self.days, self.minutes, self.months, self.plain_days, self.until


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from `start` until `end`; None = it still does."""

    start: datetime
    end: datetime | None = None


class Standing(StrEnum):
    """How a clock stands at an instant."""

    running = "running"
    near = "near"
    late = "late"
    paused = "paused"
    met = "met"
    missed = "missed"
    #: It ends in a year whose holidays are not known.
    unknown = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One count: since when, how long, which pauses, how many working days were added."""

    started: datetime
    limit: Limit
    pauses: tuple[Pause, ...] = ()
    extended: int = 0
    stopped: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether it stands still now."""
        return bool(self.pauses) and self.pauses[-1].end is None

    def paused(self, at: datetime) -> Clock:
        """Standing still from `at` on; already still or stopped ones are left as they are."""
        if self.is_paused or self.stopped is not None:
            return self
        return replace(self, pauses=(*self.pauses, Pause(at)))

    def resumed(self, at: datetime) -> Clock:
        """Running again from `at` on."""
        if not self.is_paused:
            return self
        *earlier, last = self.pauses
        return replace(self, pauses=(*earlier, Pause(last.start, at)))

    def stopped_at(self, at: datetime) -> Clock:
        """Ended at `at`; the first end counts."""
        return self if self.stopped is not None else replace(self.resumed(at), stopped=at)

    def continued(self) -> Clock:
        """As if it had never been stopped: what was answered did not stand."""
        return replace(self, stopped=None)

    def extended_by(self, days: int) -> Clock:
        """With so many working days more."""
        return replace(self, extended=self.extended + days)

    def due(self, calendar: Calendar) -> datetime | None:
        """The instant until which it must be stopped; None while it is paused.

        Raises CalendarUnknown when that lies beyond the known calendar.
        """
        if self.is_paused:
            return None
        start = self.started.astimezone(CHINA)
        if self.limit.minutes is not None:
            return calendar.after_minutes(start, self.limit.minutes)
        if self.limit.plain_days is not None:
            end = start.date() + timedelta(days=self.limit.plain_days + 1)
            return datetime.combine(end, time(0), CHINA)
        return calendar.closing(self._last_day(calendar, start))

    def _last_day(self, calendar: Calendar, start: datetime) -> date:
        left = self._working_days(calendar, start) + self.extended
        if left <= 0:
            day = calendar.first_working_day_from(start.date())
            return day if calendar.closing(day) > start else next(calendar.working_days_after(day))
        for day in calendar.working_days_after(start.date()):
            left -= not self._excuses(calendar, day)
            if not left:
                return day
        raise AssertionError("working days do not end")

    def _working_days(self, calendar: Calendar, start: datetime) -> int:
        if self.limit.days is not None:
            return self.limit.days
        last = self.limit.until or add_months(start.date(), self.limit.months or 0)
        return calendar.between(start.date(), calendar.first_working_day_from(last))

    def _excuses(self, calendar: Calendar, day: date) -> bool:
        stood = sum((calendar.office_time(day, p.start, p.end) for p in self.pauses), timedelta(0))
        return bool(self.pauses) and stood == calendar.office_time(day)

    def standing(self, calendar: Calendar, now: datetime, *, near_days: int = 1) -> Standing:
        """How it stands at `now`. Near = the end is at most so many working days away."""
        if self.is_paused:
            return Standing.paused
        try:
            due = self.due(calendar)
            assert due is not None
            if self.stopped is not None:
                return Standing.met if self.stopped <= due else Standing.missed
            if now > due:
                return Standing.late
            day = now.astimezone(CHINA).date()
            days = calendar.between(day, due.astimezone(CHINA).date())
        except CalendarUnknown:
            return Standing.unknown
        return Standing.near if days <= near_days else Standing.running


def add_months(day: date, count: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
