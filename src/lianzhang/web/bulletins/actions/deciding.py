"""What every decision on a claim shares: the lock, the questions of permission and version, the mark left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Text, clock
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.bulletins.queries import subject_of
from lianzhang.web.bulletins.refusals import NotReady, decided_already
from lianzhang.web.people.permission import require_for


def locked_document(actor: Actor, document_id: UUID, verb: str) -> Document:
    """The bulletin, once it is known that the actor may; locked for this transaction together with its chain.

    The chain is locked so that two bulletins cannot bring contradicting facts into it at the same moment.
    """
    document = (
        Document.objects.select_for_update(of=("self", "chain"))
        .select_related("chain")
        .defer("text")
        .filter(pk=document_id)
        .first()
    )
    if document is None:
        raise Http404
    require_for(actor, verb, subject_of(document, actor))
    if document.state not in (Document.State.REVIEW, Document.State.DONE):
        raise NotReady(
            Text("这份通报还没有读数可审核。", "This bulletin has no claims to review yet."),
            Text("请等识读完成，或查看失败原因。", "Wait until it has been read, or see why it failed."),
        )
    return document


def locked_claim(actor: Actor, claim_id: UUID, verb: str, *, version: int) -> Claim:
    """The undecided claim, locked with its bulletin. Raises ClaimConflict when somebody was faster.

    The bulletin is locked first and always, so that decisions on one bulletin follow one another and no
    two of them can wait for each other.
    """
    document_id = Claim.objects.filter(pk=claim_id).values_list("document_id", flat=True).first()
    if document_id is None:
        raise Http404
    document = locked_document(actor, document_id, verb)
    claim = Claim.objects.select_related("decided_by").get(pk=claim_id)
    claim.document = document
    if claim.state != Claim.State.PROPOSED or claim.version != version:
        raise decided_already(claim)
    return claim


def mark(claim: Claim, state: str, *, actor: Actor, decision: UUID) -> None:
    """Leave the decision on the claim."""
    claim.state = state
    claim.version += 1
    claim.decided_by_id = actor.person_id
    claim.decided_at = clock.now()
    claim.decision = decision


#: Columns that `mark` changes.
MARKED = ("state", "version", "decided_by", "decided_at", "decision")


def source_of(claim: Claim) -> dict[str, Any]:
    """Where a claim stands, for the journal."""
    return {
        "bulletin": str(claim.document_id),
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote[:500],
    }
