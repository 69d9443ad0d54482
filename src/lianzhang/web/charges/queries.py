"""Reads of who looks after which enterprise. The first argument is always who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lianzhang.casework import VERBS, Actor, Role
from lianzhang.casework.roles import ALL_CHAINS
from lianzhang.web.cases.queries import open_requests_of
from lianzhang.web.charges.models import Charge
from lianzhang.web.visits.queries import last_visits

#: Who may look after enterprises.
ROLES = (Role.chief, Role.chain_officer)


@dataclass(frozen=True, slots=True)
class Row:
    """One enterprise in charge: the last visit anybody made, and how many requests the reader sees open."""

    charge: Charge
    visited: date | None
    open_requests: int


def visible_to(actor: Actor) -> QuerySet[Charge]:
    """A chief's own; for the office everybody's in its chains. Ended ones are left out."""
    rows = Charge.objects.filter(ended_at=None).select_related("person", "enterprise", "chain")
    if actor.role not in VERBS["charge.see"].scopes:
        return rows.none()
    if actor.role is Role.chief:
        return rows.filter(person__in=actor.hands)
    return rows if ALL_CHAINS in actor.chains else rows.filter(chain__in=actor.chains)


def listed(actor: Actor) -> list[Row]:
    """The list with last visits and open requests, in a fixed number of questions to the database."""
    charges = list(visible_to(actor)[:300])
    firms = [charge.enterprise_id for charge in charges]
    visited, counts = last_visits(firms), open_requests_of(actor, firms)
    return [
        Row(charge, visited.get(charge.enterprise_id), counts.get(charge.enterprise_id, 0))
        for charge in charges
    ]


def one(actor: Actor, charge_id: int) -> Charge | None:
    """One visible charge."""
    return visible_to(actor).filter(pk=charge_id).first()


def count_of(rows: Iterable[Row]) -> dict[Any, int]:
    """How many enterprises each person has."""
    found: dict[Any, int] = {}
    for row in rows:
        found[row.charge.person_id] = found.get(row.charge.person_id, 0) + 1
    return found
