"""One act about to happen: everything that conditions and guards may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lianzhang.casework.calendar import Calendar
from lianzhang.casework.clocks import Clock
from lianzhang.casework.flow.grammar import Case
from lianzhang.casework.presets import KindPresets
from lianzhang.casework.roles import Actor
from lianzhang.kernel.clock import CHINA

#: The clocks that count the work itself; the one started last is the one in hand.
WORK = ("handle", "redo", "plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does what to which case, when, and what they filled in."""

    case: Case
    actor: Actor
    action: str
    given: Mapping[str, Any]
    now: datetime
    calendar: Calendar
    presets: KindPresets

    @property
    def today(self) -> date:
        """The civil day of the act."""
        return self.now.astimezone(CHINA).date()

    @property
    def work_clock(self) -> str | None:
        """The name of the clock of the work in hand."""
        running = [name for name in WORK if name in self.case.clocks]
        return max(running, key=lambda name: self.case.clocks[name].started, default=None)

    @property
    def answers_itself(self) -> bool:
        """Whether the answer was given by the actor, for the actor, or by whom the actor stands in for."""
        given_by = {self.case.answered_by, self.case.answered_for} - {None}
        return not self.actor.hands.isdisjoint(given_by)

    def clock(self, name: str) -> Clock | None:
        """The clock of this name."""
        return self.case.clocks.get(name)

    def is_over(self, name: str) -> bool:
        """Whether the clock runs and its end has passed. Raises CalendarUnknown when nobody can say."""
        clock = self.case.clocks.get(name)
        if clock is None or clock.stopped is not None:
            return False
        due = clock.due(self.calendar)
        return due is not None and self.now > due

    def text(self, name: str) -> str:
        """A field that was filled in, without spaces around it."""
        return str(self.given.get(name) or "").strip()
