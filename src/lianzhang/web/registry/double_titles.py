"""Titles that seem to be told twice and wait for a person, and what people said to others lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from lianzhang.casework import Actor
from lianzhang.web.registry import queries
from lianzhang.web.registry.desks import SHOWN
from lianzhang.web.registry.models import Enterprise, TitleHolding, TitleJudgement
from lianzhang.web.registry.same_titles import Double, as_one, doubles_of
from lianzhang.web.registry.titles import holdings_in_force

_HEAD = Coalesce("enterprise__merged_into_id", F("enterprise_id"))
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Doubled:
    """Two rows that may tell of one title of this enterprise."""

    enterprise: Enterprise
    double: Double


def doubled(actor: Actor, *, enterprise: str = "") -> list[Doubled]:
    """Pairs on which nobody has decided, among the enterprises that the actor may see.

    Of one `enterprise` that is asked for alone also those that were decided.
    """
    found = []
    for firm, double in _doubles(actor, _several(enterprise)):
        if enterprise or not double.decision:
            found.append(Doubled(firm, double))
            if len(found) == SHOWN:
                break
    return found


def decided(actor: Actor) -> list[Doubled]:
    """What was decided lately, newest first, so that each can be looked at and taken back."""
    latest = TitleJudgement.objects.order_by("-pk").annotate(
        head=Coalesce("left__enterprise__merged_into_id", F("left__enterprise_id"))
    )
    heads = list(dict.fromkeys(latest.values_list("head", flat=True)[: SHOWN * 4]))
    found = [Doubled(firm, double) for firm, double in _doubles(actor, heads) if double.decision]
    return sorted(found, key=lambda one: -one.double.seen)[:SHOWN]


def _several(enterprise: str) -> list[str]:
    """The enterprises of which more than one title is told."""
    rows: QuerySet[Any] = TitleHolding.objects.filter(**queries.IN_FORCE).order_by().annotate(head=_HEAD)
    if enterprise:
        rows = rows.filter(head=queries.heads_of([enterprise]).get(enterprise, enterprise))
    counted = rows.values("head").annotate(n=Count("pk")).filter(n__gt=1).order_by("head")
    return list(counted.values_list("head", flat=True))


def _doubles(actor: Actor, heads: list[str]) -> Iterator[tuple[Enterprise, Double]]:
    for start in range(0, len(heads), _AT_ONCE):
        some = heads[start : start + _AT_ONCE]
        firms = queries.visible_to(actor).in_bulk(some)
        rows = holdings_in_force().filter(Q(enterprise__in=some) | Q(enterprise__merged_into__in=some))
        of_firm = queries.by_head(rows.select_related("recording").annotate(head=_HEAD))
        for head in some:
            if head in firms:
                yield from ((firms[head], double) for double in doubles_of(as_one(of_firm[head])))
