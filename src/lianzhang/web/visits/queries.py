"""Reads of visits. The first argument is always who asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Max, Q, QuerySet, When
from django.db.models.functions import Coalesce

from lianzhang.casework import Actor
from lianzhang.web.cases.firms import Firm
from lianzhang.web.flow import rules
from lianzhang.web.flow.queries import reach
from lianzhang.web.visits.models import Visit


def visible_to(actor: Actor) -> QuerySet[Visit]:
    """Visits the actor may see."""
    return Visit.objects.filter(reach(actor, "visit")).select_related("firm", "enterprise", "lead", "chain")


def one(actor: Actor, subject: UUID) -> Visit | None:
    """One visible visit."""
    return visible_to(actor).filter(pk=subject).first()


def listed(actor: Actor) -> QuerySet[Visit]:
    """Planned ones first by day, then the recorded, newest first."""
    ahead = Case(When(state__in=("planned", "made"), then=0), default=1)
    days = Case(When(state__in=("planned", "made"), then="planned"), default=None)
    return visible_to(actor).order_by(ahead, days, "-planned", "-created")


def last_visits(records: Iterable[str]) -> dict[str, date]:
    """The day on which anybody last visited each of these records of the registry; those without one are absent."""
    rows = Visit.objects.filter(state="recorded").order_by()
    rows = rows.annotate(record=Coalesce("enterprise_id", "firm__enterprise__id"))
    return dict(rows.filter(record__in=list(records)).values_list("record").annotate(day=Max("planned")))


def near(firm: Firm, day: date, *, besides: Any = None) -> list[tuple[str, date]]:
    """Who else visits or visited the firm about that day: unit and day only, whoever asks.

    Two units at the same door within thirty days is what the warning is for, so units may know of each other.
    """
    days = timedelta(days=rules.presets("visit").numbers["repeat_days"])
    rows = visits_of(firm).filter(planned__range=(day - days, day + days))
    rows = rows.exclude(state="cancelled").exclude(pk=besides).select_related("lead").order_by("planned")
    return [(str(row.lead), row.planned) for row in rows if row.planned]


def visits_of(firm: Firm) -> QuerySet[Visit]:
    """Visits to a firm, under its record or its organisation."""
    theirs = Q(firm=firm.organisation) if firm.organisation is not None else Q(pk__in=[])
    if firm.enterprise is not None:
        theirs |= Q(enterprise=firm.enterprise)
    return Visit.objects.filter(theirs)
