"""Reads of visits. The first argument is always who asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lianzhang.casework import Actor
from lianzhang.web.flow import rules
from lianzhang.web.flow.queries import reach
from lianzhang.web.visits.models import Visit


def visible_to(actor: Actor) -> QuerySet[Visit]:
    """Visits the actor may see."""
    return Visit.objects.filter(reach(actor, "visit")).select_related("firm", "lead", "chain")


def one(actor: Actor, subject: UUID) -> Visit | None:
    """One visible visit."""
    return visible_to(actor).filter(pk=subject).first()


def listed(actor: Actor) -> QuerySet[Visit]:
    """Planned ones first by day, then the recorded, newest first."""
    return visible_to(actor).order_by("-state", "-planned")


def near(firm_id: Any, day: date, *, besides: Any = None) -> list[tuple[str, date]]:
    """Who else visits or visited the firm about that day: unit and day only, whoever asks.

    Two units at the same door within thirty days is what the warning is for, so units may know of each other.
    """
    days = timedelta(days=rules.presets("visit").numbers["repeat_days"])
    rows = Visit.objects.filter(firm_id=firm_id, planned__range=(day - days, day + days))
    rows = rows.exclude(state="cancelled").exclude(pk=besides).select_related("lead").order_by("planned")
    return [(str(row.lead), row.planned) for row in rows if row.planned]
