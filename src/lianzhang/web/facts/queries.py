"""Reads of accepted facts. The first argument is always who asks; withdrawn facts are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianzhang.casework import VERBS, Actor
from lianzhang.casework.roles import ALL_CHAINS, Scope
from lianzhang.web.facts.kinds import SubjectKind
from lianzhang.web.facts.models import Confirmation, Fact


def visible_to(actor: Actor) -> QuerySet[Fact]:
    """The current facts that `actor` may see: the same answer as `may(actor, "fact.see", …)` for each row."""
    return Fact.objects.filter(withdrawn_at=None).filter(reach(actor))


def reach(actor: Actor) -> Q:
    """The condition on facts that the actor's role and post put."""
    scope = VERBS["fact.see"].scopes.get(actor.role)
    if scope is Scope.everywhere or (scope is Scope.own_chains and ALL_CHAINS in actor.chains):
        return Q()
    if scope is Scope.own_chains:
        return Q(chain__in=actor.chains) | Q(chain__parent__in=actor.chains)
    if scope is Scope.own_county and actor.region_code:
        code = actor.region_code
        return Q(region_code__in=[code, f"{code[:4]}00", f"{code[:2]}0000"])
    return Q(pk__in=[])


def facts_of_chain(actor: Actor, chain_id: str) -> list[Fact]:
    """The current facts on the page of one chain, newest period first, each with its claim and document.

    A sub-field chain also has the facts that bulletins on its overall chain state about it.
    """
    rows = (
        visible_to(actor)
        .filter(Q(chain_id=chain_id) | Q(field_chain_id=chain_id))
        .select_related("claim__document")
        .defer("claim__document__text", "claim__document__damaged", "claim__document__contradictions")
        .order_by("-period_end", "claim__document__created", "claim__ordinal", "accepted_at")
    )
    facts = list(rows)
    for fact in facts:
        # On its own page the sub-field chain is the chain.
        if fact.field_chain_id == chain_id and fact.subject_kind == SubjectKind.SUB_CHAIN:
            fact.subject_kind = SubjectKind.CHAIN
    return facts


def facts_of_enterprises(actor: Actor, ids: Iterable[str]) -> list[Fact]:
    """The current facts that people confirmed to be about these records of the registry, newest period first."""
    rows = visible_to(actor).filter(enterprise__in=list(ids)).select_related("claim__document", "chain")
    rows = rows.defer("claim__document__text", "claim__document__damaged", "claim__document__contradictions")
    return list(rows.order_by("-period_end", "indicator", "accepted_at"))


def count_by_chain(actor: Actor) -> dict[str, int]:
    """How many facts the page of each chain would show; chains without any are absent."""
    counts: dict[str, int] = {}
    rows = visible_to(actor).order_by().values_list("chain_id", "field_chain_id").annotate(n=Count("pk"))
    for chain_id, field_chain_id, n in rows:
        for key in {chain_id, field_chain_id} - {None}:
            counts[key] = counts.get(key, 0) + n
    return counts


def current_about(chain_id: str, statements: Iterable[tuple[str, str]]) -> list[Fact]:
    """Current facts of a chain on any of these (subject, indicator) pairs, whoever may see them.

    For comparing a new claim with what is stored. Not for showing: ask `visible_to` for that.
    """
    pairs = set(statements)
    if not pairs:
        return []
    rows = Fact.objects.filter(
        withdrawn_at=None,
        chain_id=chain_id,
        subject__in={subject for subject, _ in pairs},
        indicator__in={indicator for _, indicator in pairs},
    ).select_related("claim__document", "accepted_by")
    rows = rows.defer("claim__document__text", "claim__document__damaged", "claim__document__contradictions")
    return [fact for fact in rows if (fact.subject, fact.indicator) in pairs]


def facts_of_claims(claim_ids: Iterable[UUID]) -> dict[UUID, Fact]:
    """The current fact that each of these claims became or confirms."""
    ids = list(claim_ids)
    facts: dict[UUID, Fact] = {
        fact.claim_id: fact
        for fact in Fact.objects.filter(claim__in=ids, withdrawn_at=None)
        if fact.claim_id is not None
    }
    for confirmation in Confirmation.objects.filter(claim__in=ids).select_related("fact__claim"):
        facts[confirmation.claim_id] = confirmation.fact
    return facts


def listed(actor: Actor, wanted: dict[str, Any]) -> QuerySet[Fact]:
    """Visible facts narrowed by the filters of the list page: `words`, `chain`, `kind`, `year`."""
    rows = visible_to(actor).select_related("chain", "claim__document", "accepted_by")
    rows = rows.defer("claim__document__text", "claim__document__damaged", "claim__document__contradictions")
    for word in str(wanted.get("words") or "").split():
        rows = rows.filter(
            Q(subject__icontains=word)
            | Q(indicator__icontains=word)
            | Q(project__icontains=word)
            | Q(title__icontains=word)
            | Q(sub_field__icontains=word)
        )
    if wanted.get("chain"):
        rows = rows.filter(Q(chain_id=wanted["chain"]) | Q(field_chain_id=wanted["chain"]))
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("year"):
        rows = rows.filter(period_start__year__lte=wanted["year"], period_end__year__gte=wanted["year"])
    return rows.order_by("-period_end", "subject", "indicator", "accepted_at")


def years(actor: Actor) -> list[int]:
    """The years in which visible facts end, newest first."""
    dates = visible_to(actor).exclude(period_end=None).order_by().dates("period_end", "year", order="DESC")
    return [day.year for day in dates]


def visible_source(actor: Actor, claim_id: UUID) -> Fact | None:
    """The current fact that rests on this claim, if the actor may see it."""
    rows = visible_to(actor).filter(Q(claim_id=claim_id) | Q(confirmations__claim_id=claim_id))
    return rows.select_related("accepted_by", "chain").first()


def one(actor: Actor, fact_id: UUID) -> Fact | None:
    """One visible fact with its claim and bulletin."""
    rows = visible_to(actor).select_related("chain", "claim__document", "accepted_by", "typed_by")
    return rows.defer("claim__document__text").filter(pk=fact_id).first()


def sources_of(fact: Fact) -> list[Any]:
    """The claims that state the fact: the one it came from, then those that confirm it."""
    confirming = fact.confirmations.select_related("claim__document", "claim__decided_by")
    return [*([fact.claim] if fact.claim else []), *(row.claim for row in confirming.order_by("pk"))]


def replaced_by(fact: Fact) -> list[Fact]:
    """The facts that this one replaced, newest first. They are withdrawn and shown as history only."""
    found: list[Fact] = []
    earlier = fact.replaces
    while earlier is not None and len(found) < _LONGEST_HISTORY:
        found.append(earlier)
        earlier = earlier.replaces
    return found


_LONGEST_HISTORY = 20
