"""The ladder: who is told, on which working day, when something comes due and is not done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lianzhang.casework.calendar import Calendar, CalendarUnknown
from lianzhang.casework.clocks import Clock
from lianzhang.kernel import Text
from lianzhang.kernel.clock import CHINA


class Colour(StrEnum):
    """The colour of a reminder (宿迁 R13: blue = near due, yellow = behind, red = overdue)."""

    blue = "blue"
    yellow = "yellow"
    red = "red"

    @property
    def label(self) -> Text:
        """The colour in words: it is never shown alone."""
        return _COLOURS[self]


_COLOURS = {
    Colour.blue: Text("临期", "near due"),
    Colour.yellow: Text("滞后", "behind"),
    Colour.red: Text("逾期", "overdue"),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: `day` working days after the day of the end (negative: before it).

    0 is the very instant of the end; the others fall on the opening of their working day.
    """

    name: str
    day: int
    tells: str
    colour: Colour

    def comes(self, due: datetime, calendar: Calendar) -> datetime:
        """The instant of the rung. Raises CalendarUnknown when its day cannot be known."""
        if self.day == 0:
            return due
        return calendar.opening(calendar.add(due.astimezone(CHINA).date(), self.day))


def reached(
    ladder: tuple[Rung, ...], clock: Clock, calendar: Calendar, now: datetime
) -> tuple[tuple[Rung, datetime], ...]:
    """The rungs that the clock has reached by `now`, in order, each with the instant at which it came.

    A rung before the start of the clock is no rung of it; a clock that is paused reaches none, and one that
    was stopped none after its end. A rung that fell into a pause comes when the clock goes on. What lies
    beyond the known calendar waits until the calendar is known.
    """
    until = now if clock.stopped is None else min(now, clock.stopped)
    found: list[tuple[Rung, datetime]] = []
    try:
        due = clock.due(calendar)
        if due is None:
            return ()
        for rung in sorted(ladder, key=lambda rung: rung.day):
            instant = _after_pauses(clock, rung.comes(due, calendar), calendar)
            if instant > until:
                break
            if instant > clock.started:
                found.append((rung, instant))
    except CalendarUnknown:
        return tuple(found)
    return tuple(found)


def _after_pauses(clock: Clock, instant: datetime, calendar: Calendar) -> datetime:
    resumed = clock.pauses[-1].end if clock.pauses else None
    return instant if resumed is None or resumed <= instant else calendar.office_instant(resumed)
