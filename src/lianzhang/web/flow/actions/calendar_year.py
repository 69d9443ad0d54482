"""Enter or correct the free days of a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.web.flow import rules
from lianzhang.web.flow.actions.tick import redate_all
from lianzhang.web.flow.models import CalendarYear
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for


def enter_year(
    actor: Actor, year: int, *, off: Iterable[date], on: Iterable[date], source: str
) -> CalendarYear:
    """Add a version of the year; running clocks are counted again. Raises LianzhangError for impossible days."""
    require_for(actor, "calendar.enter", Subject("calendar"))
    off, on = sorted(set(off)), sorted(set(on))
    with transaction.atomic():
        rules.calendar().with_year(year, off=off, on=on)
        row = CalendarYear.objects.create(
            year=year,
            off=[day.isoformat() for day in off],
            on=[day.isoformat() for day in on],
            source=source,
            entered_by_id=actor.person_id,
        )
        record(
            actor,
            "calendar.enter",
            f"calendar:{year}",
            after={"off": row.off, "on": row.on, "source": source},
        )
    redate_all()
    return row
