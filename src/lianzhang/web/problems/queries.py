"""Reads of problems. The first argument is always who asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from lianzhang.casework import FLOWS, Actor
from lianzhang.web.flow.queries import reach
from lianzhang.web.problems.models import Problem

#: States in which somebody still has to do something.
OPEN = tuple(state.name for state in FLOWS["problem"].states if not state.final)


def visible_to(actor: Actor) -> QuerySet[Problem]:
    """Problems the actor may see."""
    return Problem.objects.filter(reach(actor, "problem")).select_related("lead", "chain", "owner")


def one(actor: Actor, subject: UUID) -> Problem | None:
    """One visible problem."""
    return visible_to(actor).filter(pk=subject).first()


def listed(actor: Actor, *, sort: str = "", closed: bool = False) -> QuerySet[Problem]:
    """Open ones by their end, or closed ones newest first; of one type or all."""
    rows = visible_to(actor)
    if sort:
        rows = rows.filter(sort=sort)
    if closed:
        return rows.exclude(state__in=OPEN).order_by("-touched")
    return rows.filter(state__in=OPEN).order_by("due", "created")
