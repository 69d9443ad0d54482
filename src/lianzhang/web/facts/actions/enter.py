"""Enter an accepted statement into the store of facts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.kernel import Period, clock
from lianzhang.web.facts.models import Fact
from lianzhang.web.facts.placing import Places
from lianzhang.web.facts.statement import Statement


def enter(
    statement: Statement,
    *,
    claim: Any,
    accepted_by: Any,
    places: Places,
    typed: bool = False,
    replaces: Fact | None = None,
    beside_because: str = "",
) -> Fact:
    """Store one accepted statement. `claim` is where it comes from, `accepted_by` the person's id.

    The caller decides who may, and records the act: this must run inside its transaction.
    """
    with transaction.atomic():
        place = places.place(statement.subject, sub_field=statement.sub_field)
        period = Period.parse(statement.period) if statement.period else None
        fact = Fact(
            **statement.columns(),
            subject_kind=place.subject_kind,
            region_code=place.region_code,
            enterprise_id=places.enterprise(
                statement.subject,
                place.subject_kind,
                document=claim.document_id,
                published=claim.document.published,
            ),
            field_chain_id=place.field_chain_id,
            chain_id=claim.document.chain_id,
            period_start=period.start if period else None,
            period_end=period.end if period else None,
            as_of=_as_of(claim.document.published, period),
            claim=claim,
            accepted_by_id=accepted_by,
            accepted_at=clock.now(),
            typed_by_id=accepted_by if typed else None,
            replaces=replaces,
            beside_because=beside_because,
        )
        fact.save(force_insert=True)
        return fact


def _as_of(published: str, period: Period | None) -> date | None:
    if published:
        return Period.parse(published).end
    return period.end if period else None


def withdraw(fact: Fact) -> None:
    """Take a fact out of use; the row stays. The caller records the act in its transaction."""
    with transaction.atomic():
        fact.withdrawn_at = clock.now()
        fact.save(update_fields=["withdrawn_at"])


def restore(fact_id: UUID) -> Fact | None:
    """Put a withdrawn fact back into use, unless its claim has become another fact since."""
    with transaction.atomic():
        fact = Fact.objects.select_for_update().get(pk=fact_id)
        if fact.withdrawn_at is None:
            return fact
        if Fact.objects.filter(claim_id=fact.claim_id, withdrawn_at=None).exists():
            return None
        fact.withdrawn_at = None
        fact.save(update_fields=["withdrawn_at"])
        return fact
