"""The list of chains, and one page per chain."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianzhang.casework import may
from lianzhang.web.bulletins import queries as bulletins
from lianzhang.web.chains import queries
from lianzhang.web.chains.overview import overview_of
from lianzhang.web.chains.pages.frame import crumbs_of, tabs_of
from lianzhang.web.facts import queries as facts
from lianzhang.web.people.permission import may_ever, require
from lianzhang.web.plans import queries as plans


@require("chain.see")
@require_safe
def list_of_chains(request: HttpRequest) -> HttpResponse:
    """The chains in the reader's charge, each with its sub-field chains."""
    visible = queries.visible_to(request.actor)
    shown = {chain.pk for chain in visible}
    tops = [chain for chain in visible if chain.parent_id not in shown]
    groups = [(top, [chain for chain in visible if chain.parent_id == top.pk]) for top in tops]
    counts = facts.count_by_chain(request.actor)
    return render(request, "chains/list.html", {"groups": groups, "counts": counts})


@require("chain.see")
@require_safe
def chain(request: HttpRequest, slug: str) -> HttpResponse:
    """One page on one chain, from accepted facts only."""
    visible = queries.visible_to(request.actor)
    shown = next((row for row in visible if row.pk == slug), None)
    if shown is None:
        raise Http404
    subs = [row for row in visible if row.parent_id == slug]
    page = overview_of(
        shown,
        facts.facts_of_chain(request.actor, slug),
        sub_chains=[row for row in visible if row.parent_id],
        counties=queries.counties(shown),
        places=queries.places_of(subs or [shown]),
    )
    return render(
        request,
        "chains/chain.html",
        {
            "chain": shown,
            "sub_chains": subs,
            "page": page,
            "chosen": _chosen(request, shown),
            "crumbs": crumbs_of(shown),
            "tabs": tabs_of(request.actor, shown, current="page", facts_count=page.facts),
            "may_see_bulletins": may_ever(request.actor, "bulletin.see").allowed,
            "unresolved": bulletins.unresolved_of_chain(request.actor, slug),
        },
    )


def _chosen(request: HttpRequest, chain: queries.Chain) -> dict[str, plans.Chosen]:
    """What the counties reported as their choice, for those who may see it."""
    if not may(request.actor, "plan.see", queries.subject_of(chain, request.actor)).allowed:
        return {}
    return plans.chosen_in(plans.overall(chain))
