"""Note that a further bulletin states a stored fact."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lianzhang.web.facts.models import Confirmation, Fact


def confirm(fact: Fact, *, claim: Any) -> Confirmation:
    """Count `claim` as a further source of `fact`. The caller records the act in its transaction."""
    with transaction.atomic():
        return Confirmation.objects.create(fact=fact, claim_id=claim.pk)


def take_back(claim: Any) -> Fact | None:
    """No longer count `claim` as a source; returns the fact that it confirmed."""
    with transaction.atomic():
        found = Confirmation.objects.select_related("fact").filter(claim_id=claim.pk).first()
        if found is None:
            return None
        found.delete()
        return found.fact


def confirming_claims(fact: Fact) -> list[Any]:
    """The claims that confirm `fact`, oldest first."""
    rows = fact.confirmations.select_related("claim__document__chain").order_by("claim__decided_at")
    return [row.claim for row in rows]


def move(from_fact: Fact, *, to_fact: Fact) -> None:
    """Let the remaining confirmations of a withdrawn fact confirm the fact that took its place."""
    with transaction.atomic():
        from_fact.confirmations.update(fact=to_fact)
