"""Reads of consultations. The first argument is always who asks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianzhang.casework import Actor, Role
from lianzhang.kernel import LianzhangError, clock
from lianzhang.web.flow import rules
from lianzhang.web.flow.queries import reach
from lianzhang.web.meetings.models import AgendaItem, Meeting, Resolution

#: States in which nothing has been decided yet.
AHEAD = ("planning", "called", "papers", "agreed")
OPEN = ("agreed", "working", "done", "carried_over")


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """Consultations that the actor may see: of their chains, or in which their unit is asked or owes something."""
    if actor.role in (Role.chief, Role.chain_officer):
        return Meeting.objects.filter(reach(actor, "meeting"))
    part = Q(items__asked_id=actor.organisation_id, items__dropped=False)
    part |= Q(items__resolutions__lead_id=actor.organisation_id)
    return Meeting.objects.filter(part).exclude(state="planning").distinct()


def listed(actor: Actor) -> QuerySet[Meeting]:
    """The list, latest day first, with the number of items and of open resolutions."""
    rows = meetings(actor).select_related("chain").order_by("-planned", "-created")
    return rows.annotate(
        agenda=Count("items", filter=Q(items__dropped=False), distinct=True),
        open_resolutions=Count(
            "items__resolutions", filter=Q(items__resolutions__state__in=OPEN), distinct=True
        ),
    )


def one(actor: Actor, subject: UUID) -> Meeting | None:
    """One visible consultation."""
    return meetings(actor).select_related("chain").filter(pk=subject).first()


def agenda(actor: Actor, meeting: Meeting) -> list[AgendaItem]:
    """The items in order, dropped ones last; units see only what is asked of them or owed by them."""
    rows = meeting.items.select_related("asked", "answered_by").prefetch_related("resolutions__lead")
    if actor.role not in (Role.chief, Role.chain_officer):
        mine = Q(asked_id=actor.organisation_id) | Q(resolutions__lead_id=actor.organisation_id)
        rows = rows.filter(mine, dropped=False).distinct()
    return list(rows)


def item(actor: Actor, meeting: Meeting, item_id: int) -> AgendaItem | None:
    """One item of a consultation that the actor sees."""
    return next((one for one in agenda(actor, meeting) if one.pk == item_id), None)


def undecided(meeting: Meeting) -> int:
    """Items on the table without a resolution or a reason for none."""
    kept = meeting.items.filter(dropped=False, no_decision="")
    return kept.annotate(n=Count("resolutions")).filter(n=0).count()


def resolutions(actor: Actor) -> QuerySet[Resolution]:
    """Resolutions that the actor may see."""
    rows = Resolution.objects.filter(reach(actor, "resolution"))
    return rows.select_related("lead", "item__meeting", "handler", "chain")


def ledger(actor: Actor, *, late: bool = False) -> QuerySet[Resolution]:
    """The ledger of tasks: open ones, the most overdue first."""
    rows = resolutions(actor).filter(state__in=OPEN)
    return (rows.filter(planned__lt=clock.today()) if late else rows).order_by("planned", "created")


def resolution(actor: Actor, subject: UUID) -> Resolution | None:
    """One visible resolution."""
    return resolutions(actor).filter(pk=subject).first()


def last_list(actor: Actor, chain_id: Any) -> QuerySet[Resolution]:
    """What earlier consultations of the chain decided and is still open: the next one begins with it."""
    rows = resolutions(actor).filter(state__in=OPEN, item__meeting__chain_id=chain_id)
    return rows.exclude(state="agreed").order_by("planned")


def timeline(meeting: Meeting) -> dict[str, date | None]:
    """The days by which things are due before and after the day: topics, papers, answers, minutes."""
    numbers, calendar = rules.presets("meeting").numbers, rules.calendar()
    day = meeting.planned
    if day is None or not calendar.knows(day):
        return {}
    found = {name: calendar.add(day, -numbers[name]) for name in ("topics", "papers", "answers")}
    try:
        return {**found, "minutes": calendar.add(day, 7)}
    except LianzhangError:
        return {**found, "minutes": None}
