"""From a signed-in person to the actor they are now."""

from __future__ import annotations

from typing import Any

from lianzhang.casework import ANONYMOUS, Actor, Role, may_stand_in
from lianzhang.kernel import clock
from lianzhang.web.people.models import Delegation, Holding, Person

#: Where the session remembers which of several posts is current.
HOLDING_KEY = "holding"


def holdings_of(person: Person) -> list[Holding]:
    """The posts the person may act in today, earliest first."""
    rows = person.holdings.on(clock.today()).select_related("post__organisation")
    return list(rows)


def chosen(holdings: list[Holding], session: Any) -> Holding | None:
    """The post chosen in this session, else the first; None without any."""
    wanted = session.get(HOLDING_KEY)
    return next(
        (holding for holding in holdings if str(holding.pk) == wanted), holdings[0] if holdings else None
    )


def delegations_to(person: Person, holdings: list[Holding]) -> list[Delegation]:
    """The posts of others in which the person may act today, besides their own `holdings`."""
    if not holdings:
        return []
    rows = Delegation.objects.on(clock.today()).filter(to=person)
    posts = [actor_of(person, holding) for holding in holdings]
    return [
        row
        for row in rows.select_related("holding__post__organisation", "holding__person")
        if may_stand_in(actor_of(row.holding.person, row.holding), posts).allowed
    ]


def chosen_delegation(delegations: list[Delegation], session: Any) -> Delegation | None:
    """The delegation chosen in this session while it is in force."""
    wanted = session.get(HOLDING_KEY)
    return next((row for row in delegations if str(row.pk) == wanted), None)


def actor_of(person: Any, holding: Holding | None, *, stands_in: bool = False) -> Actor:
    """The core's view of a person in a post; with `stands_in` it is the post of somebody else."""
    if not isinstance(person, Person):
        return ANONYMOUS
    if holding is None:
        return Actor(person_id=str(person.pk), name=person.name, role=Role.without_post)
    organisation = holding.post.organisation
    return Actor(
        person_id=str(person.pk),
        name=person.name,
        role=Role(holding.post.role),
        holding_id=str(holding.pk),
        organisation_id=str(organisation.pk),
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        region_code=organisation.region_code or None,
        chains=frozenset(organisation.chains),
        for_person_id=str(holding.person_id) if stands_in else None,
        for_name=holding.person.name if stands_in else "",
    )


def actor_for(person: Person) -> Actor:
    """The person in their first current post: for programs and tests that have no session."""
    return actor_of(person, chosen(holdings_of(person), {}))
