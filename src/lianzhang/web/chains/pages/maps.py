"""The map of a chain (产业图谱): drawing, table twin, county squares; one node with everybody on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from lianzhang.casework import may
from lianzhang.chain import MOST_NODES, ChainMap, Form, Mark, NodeCoverage, grouped, part_of
from lianzhang.web.chains import queries, words
from lianzhang.web.chains.actions.place import decide, place, put_by_hand
from lianzhang.web.chains.drawing import coverage_of_groups, picture, squares
from lianzhang.web.chains.models import Chain, County, Placement
from lianzhang.web.chains.outline import outline
from lianzhang.web.chains.pages.frame import chain_with_map_or_404, crumbs_of, tabs_of
from lianzhang.web.chains.standing import Standing, standing_of, standings_of
from lianzhang.web.ledgers import queries as ledgers
from lianzhang.web.people.permission import require
from lianzhang.web.plans import queries as plans
from lianzhang.web.registry import queries as registry

#: Marks in the order in which they ask for attention.
MARKS = (Mark.gap, Mark.single, Mark.weak, Mark.unknown, Mark.present, Mark.strong)


@require("map.see")
@require_safe
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    """The map in force; an overall chain shows how its sub-field chains stand instead."""
    chain = chain_with_map_or_404(request, slug)
    shown = standing_of(request.actor, chain)
    frame = {"chain": chain, "tabs": tabs_of(request.actor, chain, current="map"), "crumbs": _crumbs(chain)}
    if shown is None:
        return render(request, "chains/map_parts.html", {**frame, **_parts(request, chain)})
    return render(request, "chains/map.html", {**frame, **map_context(request, shown)})


def map_context(request: HttpRequest, shown: Standing) -> dict[str, Any]:
    """What the page of a map shows."""
    chain = shown.chain
    drawn, nodes, group = _part(request, shown)
    counties = list(County.objects.order_by("position"))
    short = {county.pk: county.short_name or county.name for county in counties}
    subject = queries.subject_of(chain, request.actor)
    made, doubted = squares(counties, shown), queries.doubted_on(chain)
    pictures = [
        picture(
            drawn,
            nodes,
            form=form,
            href=lambda node: _href(chain, node, known=shown.map),
            counties=short,
            may_name=shown.may_name,
        )
        for form in Form
    ]
    return {
        "standing": shown,
        "wide": pictures[0],
        "narrow": pictures[1],
        "marks": [(mark, words.spoken(mark.label), shown.coverage.counts[mark]) for mark in MARKS],
        "rows": _rows(shown, short),
        "squares": made,
        "doubted": [
            (node, words.spoken(shown.map.by_id[node].name)) for node in doubted if node in shown.map.by_id
        ],
        "doubted_count": sum(doubted.values()),
        "chosen": plans.chosen_in(plans.overall(chain)),
        "outline": outline(made),
        "group": group,
        "is_grouped": len(shown.map.nodes) > MOST_NODES,
        "draft": queries.draft_of(chain),
        "may_edit": may(request.actor, "map.edit", subject).allowed,
        "may_place": may(request.actor, "map.place", subject).allowed,
    }


def _part(request: HttpRequest, shown: Standing) -> tuple[ChainMap, dict[str, NodeCoverage], str]:
    """The whole map; of a large one its groups, or the nodes of the group that was asked for."""
    nodes = dict(shown.coverage.nodes)
    if len(shown.map.nodes) <= MOST_NODES:
        return shown.map, nodes, ""
    groups = grouped(shown.map)
    wanted = request.GET.get("group", "")
    if wanted in groups.members:
        return part_of(shown.map, groups.members[wanted]), nodes, words.spoken(groups.map.by_id[wanted].name)
    return groups.map, coverage_of_groups(groups, nodes), ""


def _href(chain: Chain, node: str, *, known: ChainMap) -> str:
    if node in known.by_id:
        return reverse("chains:node", args=[chain.pk, node])
    return f"{reverse('chains:map', args=[chain.pk])}?group={node}"


def _rows(shown: Standing, short: dict[str, str]) -> list[dict[str, Any]]:
    """The table twin: every node in the order of the map with everything the drawing shows."""
    rows = []
    for node in shown.map:
        found = shown.coverage.nodes[node.id]
        rows.append(
            {
                "node": node,
                "name": words.spoken(node.name),
                "stage": words.spoken(node.stage.label),
                "found": found,
                "mark": words.spoken(found.mark.label),
                "rule": words.spoken(found.rule),
                "counties": [(short.get(code, code), count) for code, count in found.counties.items()],
                "leading": [firm.name for firm in found.leading if shown.may_name(firm)],
                "suppliers": [words.spoken(shown.map.by_id[at].name) for at in shown.map.suppliers[node.id]],
                "share": words.share(found.local_share),
            }
        )
    return rows


def _parts(request: HttpRequest, chain: Chain) -> dict[str, Any]:
    """The sub-field chains that have a map, with their counts of marks."""
    subs = [row for row in queries.visible_to(request.actor) if row.parent_id == chain.pk]
    parts = [(shown.chain, shown) for shown in standings_of(request.actor, subs)]
    return {
        "parts": [
            (
                sub,
                shown,
                [
                    (mark, words.spoken(mark.label), shown.coverage.counts[mark])
                    for mark in MARKS
                    if shown.coverage.counts[mark]
                ],
            )
            for sub, shown in parts
        ],
    }


def _crumbs(chain: Chain, *further: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs_of(chain, (gettext("产业图谱"), reverse("chains:map", args=[chain.pk])), *further)


@require("map.see")
@require_safe
def node(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """One node: why it is marked so, who stands on it with which words, what comes before and after."""
    chain = chain_with_map_or_404(request, slug)
    shown = standing_of(request.actor, chain)
    if shown is None or node_id not in shown.map.by_id:
        raise Http404
    found = shown.map.by_id[node_id]
    placements = queries.placements_on(chain, node_id).filter(
        enterprise__in=registry.visible_to(request.actor)
    )
    subject = queries.subject_of(chain, request.actor)
    names = {county.pk: county.name for county in County.objects.all()}
    covered = shown.coverage.nodes[node_id]
    context = {
        "chain": chain,
        "crumbs": _crumbs(chain, (words.spoken(found.name), "")),
        "node": found,
        "name": words.spoken(found.name),
        "stage": words.spoken(found.stage.label),
        "found": covered,
        "mark": words.spoken(covered.mark.label),
        "rule": words.spoken(covered.rule),
        "share": words.share(covered.local_share),
        "counties": [(names.get(code, code), count) for code, count in covered.counties.items()],
        "hidden": sum(not shown.may_name(firm) for firm in covered.firms),
        "groups": _groups(placements),
        "county_names": names,
        "before": [(at, words.spoken(shown.map.by_id[at].name)) for at in shown.map.suppliers[node_id]],
        "after": [(at, words.spoken(shown.map.by_id[at].name)) for at in shown.map.buyers[node_id]],
        "may_confirm": may(request.actor, "map.confirm", subject).allowed,
        "standing": shown,
        "listed": ledgers.rows_of_node(request.actor, chain, node_id),
    }
    return render(request, "chains/node.html", context)


def _groups(placements: Any) -> list[tuple[str, list[Placement]]]:
    """Placements as people look at them: decided, told by words, told by industry class alone, refused."""
    rows = list(placements)
    weak = {Placement.Basis.INDUSTRY}
    groups = (
        ("confirmed", [row for row in rows if row.state == "confirmed"]),
        ("proposed", [row for row in rows if row.state == "proposed" and row.basis not in weak]),
        ("industry", [row for row in rows if row.state == "proposed" and row.basis in weak]),
        ("refused", [row for row in rows if row.state == "refused"]),
    )
    return [(kind, some) for kind, some in groups if some]


@require("map.place")
@require_POST
def place_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Place the registry on the map in force."""
    place(request.actor, slug)
    return redirect("chains:map", slug)


@require("map.confirm")
@require_POST
def decide_place(request: HttpRequest, slug: str, placement: int) -> HttpResponse:
    """Confirm or refuse that an enterprise stands on a node."""
    row = decide(
        request.actor,
        placement,
        confirmed=request.POST.get("decision") == "confirm",
        seen=request.POST.get("seen", ""),
    )
    return redirect(f"{reverse('chains:node', args=[row.chain_id, row.node])}#firms")


@require("map.confirm")
@require_POST
def add_place(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Put an enterprise on a node by hand."""
    put_by_hand(request.actor, slug, node_id, request.POST.get("enterprise", "").strip())
    return redirect(f"{reverse('chains:node', args=[slug, node_id])}#firms")
