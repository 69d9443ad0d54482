"""From a signed-in person to the actor they are now."""

from __future__ import annotations

from typing import Any

from lianzhang.casework import ANONYMOUS, Actor, Role
from lianzhang.kernel import clock
from lianzhang.web.people.models import Holding, Person

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


def actor_of(person: Any, holding: Holding | None) -> Actor:
    """The core's view of a person in a post."""
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
    )


def actor_for(person: Person) -> Actor:
    """The person in their first current post: for programs and tests that have no session."""
    return actor_of(person, chosen(holdings_of(person), {}))
