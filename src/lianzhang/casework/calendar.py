"""The working days of China, with make-up days, and the hours of the offices.

Holidays and make-up days (调休) come from the package `chinesecalendar`, which follows the yearly notice of the
General Office of the State Council; a city adds or corrects years as versioned data. A day of a year whose
notice is not known is neither working nor free: nothing is promised on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from chinese_calendar import constants

from lianzhang.kernel import LianzhangError, Text
from lianzhang.kernel.clock import CHINA

#: The notice for the next year comes out in the first days of November.
NOTICE_MONTH = 11
_SATURDAY = 5


class CalendarUnknown(LianzhangError):
    """A date was asked for that lies in a year whose holidays are not known."""

    def __init__(self, day: date) -> None:
        super().__init__(
            Text(
                f"{day.year}年放假安排尚未录入，{day:%Y-%m-%d}前后的期限不能承诺。",
                f"The holidays of {day.year} are not known; no date around {day:%Y-%m-%d} can be promised.",
            ),
            Text(
                f"请系统管理员在“工作日历”录入国务院办公厅{day.year}年放假通知，期限会自动补上。",
                f"Let the system administrator enter the {day.year} notice under “Working calendar”; the dates "
                "follow by themselves.",
            ),
        )
        self.day = day


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of office hours within a day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, from the first day of `first_year` to the last of `last_year`.

    `off` are weekdays that are free, `on` are days of a weekend that are worked. `hours` are the office hours
    of every working day, in order.
    """

    first_year: int
    last_year: int
    off: frozenset[date]
    on: frozenset[date]
    hours: tuple[Span, ...]

    def knows(self, day: date) -> bool:
        """Whether the holidays of the day's year are known."""
        return self.first_year <= day.year <= self.last_year

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`. Raises CalendarUnknown outside the known years."""
        if not self.knows(day):
            raise CalendarUnknown(day)
        return day in self.on if day.weekday() >= _SATURDAY else day not in self.off

    def working_days_after(self, day: date) -> Iterator[date]:
        """The working days after `day`, one by one; raises CalendarUnknown at the end of what is known."""
        while True:
            day += timedelta(days=1)
            if self.is_working_day(day):
                yield day

    def first_working_day_from(self, day: date) -> date:
        """`day` itself when it is worked, else the next working day."""
        return day if self.is_working_day(day) else next(self.working_days_after(day))

    def add(self, day: date, working_days: int) -> date:
        """The working day so many working days after `day`, or before it when the number is negative."""
        if working_days < 0:
            return self._back(day, -working_days)
        for _ in range(working_days):
            day = next(self.working_days_after(day))
        return day

    def _back(self, day: date, working_days: int) -> date:
        while working_days:
            day -= timedelta(days=1)
            working_days -= self.is_working_day(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and with `last`; 0 when `last` is not later."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def opening(self, day: date) -> datetime:
        """The instant at which offices open on `day`."""
        return datetime.combine(day, self.hours[0].opens, CHINA)

    def closing(self, day: date) -> datetime:
        """The instant at which offices close on `day`."""
        return datetime.combine(day, self.hours[-1].closes, CHINA)

    def office_instant(self, at: datetime) -> datetime:
        """`at` when offices of that day are not closed yet and open, else the next opening."""
        at = at.astimezone(CHINA)
        day = at.date()
        if self.is_working_day(day) and at <= self.closing(day):
            return max(at, self.opening(day))
        return self.opening(next(self.working_days_after(day)))

    def office_time(self, day: date, start: datetime | None = None, end: datetime | None = None) -> timedelta:
        """How long offices are open on a working `day`, all told or between two instants."""
        total = timedelta(0)
        for span in self.hours:
            opens = datetime.combine(day, span.opens, CHINA)
            closes = datetime.combine(day, span.closes, CHINA)
            inside = min(closes, end or closes) - max(opens, start or opens)
            total += max(inside, timedelta(0))
        return total

    def after_minutes(self, start: datetime, minutes: int) -> datetime:
        """The instant at which so many minutes of office hours have passed since `start`."""
        start = start.astimezone(CHINA)
        left = timedelta(minutes=minutes)
        day = self.first_working_day_from(start.date())
        while True:
            for span in self.hours:
                opens = max(start, datetime.combine(day, span.opens, CHINA))
                closes = datetime.combine(day, span.closes, CHINA)
                if closes - opens >= left and closes > opens:
                    return opens + left
                left -= max(closes - opens, timedelta(0))
            day = next(self.working_days_after(day))

    def with_year(self, year: int, *, off: Iterable[date], on: Iterable[date]) -> Calendar:
        """The calendar with the year added or corrected. Raises LianzhangError when the data cannot be right."""
        off, on = frozenset(off), frozenset(on)
        _refuse_impossible(year, off, on)
        if not self.first_year <= year <= self.last_year + 1:
            raise LianzhangError(
                Text(
                    f"日历只能逐年接续：现到{self.last_year}年，不能跳到{year}年。",
                    f"Years follow one another: known up to {self.last_year}, {year} cannot be added yet.",
                ),
                Text(f"请先录入{self.last_year + 1}年。", f"Enter {self.last_year + 1} first."),
            )
        others_off = {day for day in self.off if day.year != year}
        others_on = {day for day in self.on if day.year != year}
        return replace(
            self,
            last_year=max(self.last_year, year),
            off=frozenset(others_off | off),
            on=frozenset(others_on | on),
        )

    def warning(self, today: date) -> Text | None:
        """What must be said about the calendar today; None while all is well.

        From November on the next year is missed; a present year that is unknown is always said.
        """
        if not self.knows(today):
            return CalendarUnknown(today).what
        if today.month < NOTICE_MONTH or today.year + 1 <= self.last_year:
            return None
        year = today.year + 1
        return Text(
            f"{year}年放假安排尚未录入：{year}年的期限不能承诺。国务院办公厅通知一般在11月印发。",
            f"The holidays of {year} are not entered: no date in {year} is promised. The State Council's notice "
            "usually comes in November.",
        )


def statutory(hours: Iterable[Span] = ()) -> Calendar:
    """The calendar of the State Council's notices, as far as the installed package knows them."""
    first, last, off, on = _notices()
    return Calendar(first, last, off, on, tuple(hours) or _USUAL_HOURS)


#: Morning and afternoon; a city states its own in its pack.
_USUAL_HOURS = (Span(time(8, 30), time(12)), Span(time(13, 30), time(17, 30)))


@lru_cache(maxsize=1)
def _notices() -> tuple[int, int, frozenset[date], frozenset[date]]:
    free, worked = constants.holidays, constants.workdays
    off = frozenset(day for day in free if day.weekday() < _SATURDAY)
    on = frozenset(day for day in worked if day.weekday() >= _SATURDAY)
    return min(free).year, max(free).year, off, on


def _refuse_impossible(year: int, off: frozenset[date], on: frozenset[date]) -> None:
    wrong = [day for day in off | on if day.year != year]
    wrong += [day for day in off if day.weekday() >= _SATURDAY]
    wrong += [day for day in on if day.weekday() < _SATURDAY]
    if wrong or not off:
        days = "、".join(f"{day:%Y-%m-%d}" for day in sorted(wrong)[:5]) or "—"
        raise LianzhangError(
            Text(
                f"{year}年的放假安排有误（{days}）：放假写工作日，补班写周末，都在当年，放假不能为空。",
                f"The notice for {year} is wrong ({days}): free days are weekdays, make-up days are at weekends, "
                "all within the year, and there is at least one free day.",
            ),
            Text("请对照通知原文改正。", "Correct it against the notice."),
        )
