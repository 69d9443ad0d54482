"""What other desks know about an enterprise, as its reader may see it: its places on chains, its requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lianzhang.casework import Actor, may_ever
from lianzhang.web.cases import queries as cases
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains.words import name as chain_name
from lianzhang.web.chains.words import spoken
from lianzhang.web.people.permission import may_open
from lianzhang.web.registry import queries
from lianzhang.web.registry.models import Enterprise

#: Requests shown on the profile; the list of requests has them all.
MOST_REQUESTS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a map on which the enterprise stands, and by what."""

    chain_id: str
    chain: str
    node_id: str
    node: str
    #: A `Placement`: its basis, words and state.
    row: Any


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an enterprise for one reader. Empty is not the same as closed to them."""

    places: Sequence[Place]
    requests: Sequence[Any]
    more_requests: int
    #: Whether requests are any of the reader's business.
    sees_requests: bool
    may_study: bool


def around(actor: Actor, enterprise: Enterprise) -> Around:
    """Chain places and requests of an enterprise that the actor was already allowed to see."""
    ids = queries.cluster_of([enterprise.pk])
    places = [
        Place(chain.pk, chain_name(chain), node.id, spoken(node.name), row)
        for chain, node, row in chains.standing_places(actor, ids)
    ]
    sees = may_ever(actor, "request.see").allowed
    rows = (
        cases.visible_to(actor).exclude(state="draft").filter(firm__enterprise__in=ids).order_by("-created")
    )
    requests = list(rows.select_related("lead")[: MOST_REQUESTS + 1]) if sees else []
    more = rows.count() - MOST_REQUESTS if len(requests) > MOST_REQUESTS else 0
    return Around(
        places=places,
        requests=requests[:MOST_REQUESTS],
        more_requests=more,
        sees_requests=sees,
        may_study=may_open(actor, "outages:study", enterprise_id=enterprise.pk),
    )
