"""Reads of bulletins and claims. The first argument is always who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from lianzhang.casework import VERBS, Actor, Subject
from lianzhang.casework.roles import ALL_CHAINS, Scope
from lianzhang.web.bulletins.models import Claim, Document

_BULKY = ("text", "damaged", "contradictions")


def subject_of(document: Document, actor: Actor) -> Subject:
    """The bulletin as permission sees it: whoever has an overall chain has its sub-field chains too."""
    chain = document.chain
    in_charge = chain.pk if chain.pk in actor.chains else chain.parent_id or chain.pk
    return Subject(kind="bulletin", id=document.pk, chain=in_charge)


def visible_to(actor: Actor) -> QuerySet[Document]:
    """The bulletins that `actor` may see: the same answer as `may(actor, "bulletin.see", …)` for each row."""
    scope = VERBS["bulletin.see"].scopes.get(actor.role)
    documents = Document.objects.select_related("chain")
    if scope is Scope.everywhere or (scope is Scope.own_chains and ALL_CHAINS in actor.chains):
        return documents
    if scope is Scope.own_chains:
        return documents.filter(Q(chain__in=actor.chains) | Q(chain__parent__in=actor.chains))
    return documents.none()


def listed(actor: Actor) -> QuerySet[Document]:
    """Bulletins for the list page, newest first, each with `waiting`, `entered` and `broken` counts."""
    return (
        visible_to(actor)
        .defer(*_BULKY)
        .select_related("chain", "uploaded_by")
        .annotate(
            waiting=Count("claims", filter=Q(claims__state=Claim.State.PROPOSED)),
            entered=Count("claims", filter=Q(claims__state__in=[Claim.State.ACCEPTED, Claim.State.EDITED])),
            broken=Count("claims", filter=Q(claims__state=Claim.State.PROPOSED, claims__damaged=True)),
        )
        .order_by("-created")
    )


@dataclass(frozen=True, slots=True)
class Unresolved:
    """What the bulletins of a chain hold that is not among its facts."""

    damaged: int
    waiting: int
    href: str


def unresolved_of_chain(actor: Actor, chain_id: str) -> Unresolved:
    """Numbers on damaged text and claims that nobody has judged; zero for those who may not see bulletins."""
    first: dict[bool, tuple[UUID, UUID]] = {}
    counts = {True: 0, False: 0}
    rows: Any = (
        Claim.objects.filter(
            document__in=visible_to(actor).filter(chain_id=chain_id).values("pk"), state=Claim.State.PROPOSED
        )
        .order_by("document__created", "ordinal")
        .values_list("document_id", "pk", "damaged")
    )
    for document_id, claim_id, damaged in rows:
        counts[damaged] += 1
        first.setdefault(damaged, (document_id, claim_id))
    href = ""
    if counts[True]:
        href = reverse("bulletins:source", args=first[True])
    elif counts[False]:
        href = reverse("bulletins:review", args=[first[False][0]])
    return Unresolved(damaged=counts[True], waiting=counts[False], href=href)


def claims_of(document: Document) -> list[Claim]:
    """All claims of a bulletin in reading order."""
    return list(document.claims.select_related("decided_by").order_by("ordinal"))
