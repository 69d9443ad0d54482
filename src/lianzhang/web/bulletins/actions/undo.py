"""Undo a decision: its claims wait again, and what the decision did to facts is taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Text
from lianzhang.web.bulletins.actions.deciding import MARKED, locked_document
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.facts.actions import confirm as confirming
from lianzhang.web.facts.actions.enter import enter, restore, withdraw
from lianzhang.web.facts.placing import Places
from lianzhang.web.facts.queries import facts_of_claims
from lianzhang.web.facts.statement import Statement
from lianzhang.web.journal.actions.record import record


def undo(
    actor: Actor, document_id: UUID, *, decision: UUID | None = None, claim: UUID | None = None
) -> tuple[Claim, ...]:
    """Undo the decision on one claim, or a whole decision; without either the actor's own latest one.

    Returns the claims that wait again. Raises Conflict when there is nothing (left) to undo.
    """
    with transaction.atomic():
        document = locked_document(actor, document_id, "claim.undo")
        claims = _decided(document, decision=decision or _latest(document, actor), claim=claim)
        if not claims:
            raise Conflict(
                Text(
                    "没有可撤销的决定，或它已被撤销。",
                    "There is nothing to undo, or it has been undone already.",
                ),
                Text("请刷新页面看现在的结果。", "Reload the page to see the present result."),
            )
        for one in claims:
            one.document = document
            _put_back(actor, one)
        if document.state == Document.State.DONE:
            document.state = Document.State.REVIEW
            document.save(update_fields=["state"])
        return tuple(reversed(claims))


def _decided(document: Document, *, decision: UUID | None, claim: UUID | None) -> list[Claim]:
    """The decided claims meant, the last one first."""
    rows = document.claims.exclude(state=Claim.State.PROPOSED).order_by("-ordinal")
    if claim is not None:
        return list(rows.filter(pk=claim))
    return list(rows.filter(decision=decision)) if decision is not None else []


def _latest(document: Document, actor: Actor) -> UUID | None:
    rows = document.claims.filter(decided_by=actor.person_id).exclude(state=Claim.State.PROPOSED)
    return rows.order_by("-decided_at", "-ordinal").values_list("decision", flat=True).first()


def _put_back(actor: Actor, claim: Claim) -> None:
    before = {"state": claim.state}
    fact = facts_of_claims([claim.pk]).get(claim.pk)
    if fact is not None and fact.claim_id == claim.pk:
        before["fact"] = str(fact.pk)
        _withdraw(fact)
    elif fact is not None:
        before["confirms"] = str(fact.pk)
        confirming.take_back(claim)
    claim.state = Claim.State.PROPOSED
    claim.version += 1
    claim.decided_by = claim.decided_at = claim.decision = None
    claim.save(update_fields=MARKED)
    record(actor, "claim.undo", f"claim:{claim.pk}", before=before, after={"state": claim.state})


def _withdraw(fact: Any) -> None:
    """Withdraw a fact. A claim that confirms it takes it over; without one, what it replaced comes back."""
    withdraw(fact)
    heir = next(iter(confirming.confirming_claims(fact)), None)
    if heir is not None:
        confirming.take_back(heir)
        successor = enter(
            Statement.of(fact),
            claim=heir,
            accepted_by=heir.decided_by_id,
            places=Places.of(heir.document.chain),
            replaces=fact.replaces,
            beside_because=fact.beside_because,
        )
        confirming.move(fact, to_fact=successor)
        return
    replaced = fact.replaces
    if replaced is not None and replaced.claim.state in _IN_FORCE:
        restore(replaced.pk)


_IN_FORCE = (Claim.State.ACCEPTED, Claim.State.EDITED)
