"""Reads of this noun. The first argument is always who asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lianzhang.casework import Actor, may
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains.queries import Chain, County
from lianzhang.web.ledgers.queries import subject_of
from lianzhang.web.plans.models import FieldChoice

__all__ = ["Chosen", "chosen_in", "history_of", "one_county", "overall", "subject_of", "visible_chains"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a county stands: the choice in force and the one that waits, either may be missing."""

    in_force: FieldChoice | None = None
    waiting: FieldChoice | None = None


def visible_chains(actor: Actor) -> list[Chain]:
    """The chains whose plans the actor may see."""
    return [
        chain
        for chain in chains.visible_to(actor)
        if may(actor, "plan.see", subject_of(chain, actor)).allowed
    ]


def overall(chain: Chain) -> Chain:
    """The overall chain that counties choose a sub-field of."""
    return chain.parent or chain


def chosen_in(chain: Chain) -> dict[str, Chosen]:
    """How each county stands in an overall chain. Choices are public among those who see its plans."""
    found: dict[str, Chosen] = {}
    rows = FieldChoice.objects.filter(
        chain=chain, state__in=[FieldChoice.State.PROPOSED, FieldChoice.State.CONFIRMED]
    ).select_related("field", "proposed_by", "decided_by")
    # The newest decision last, so that it stays.
    for row in rows.order_by("decided_at", "pk"):
        now = found.get(row.county_id, Chosen())
        waits = row.state == FieldChoice.State.PROPOSED
        found[row.county_id] = Chosen(
            now.in_force if waits else row,
            row if waits else now.waiting,
        )
    return found


def history_of(chain: Chain, county: County) -> QuerySet[FieldChoice]:
    """Everything a county said about its sub-field, the newest first."""
    return FieldChoice.objects.filter(chain=chain, county=county).select_related(
        "field", "proposed_by", "decided_by"
    )


def one_county(county_id: str) -> County | None:
    """A county of the city."""
    return chains.every_county().filter(pk=county_id).first()
