"""The versions of a map: all of them, one as it was, two compared, one as a table for Excel."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianzhang.casework import may
from lianzhang.chain import ChainMap, Form, coverage, differences, from_plain, grouped
from lianzhang.web.chains import queries, words
from lianzhang.web.chains.drawing import picture
from lianzhang.web.chains.models import Chain, MapVersion
from lianzhang.web.chains.pages.frame import chain_with_map_or_404, crumbs_of
from lianzhang.web.chains.workbook import workbook_of
from lianzhang.web.people.permission import require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def map_crumbs(chain: Chain, *further: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page below the map."""
    return crumbs_of(chain, (gettext("产业图谱"), reverse("chains:map", args=[chain.pk])), *further)


@require("map.see")
@require_safe
def all_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version, the newest first."""
    chain = chain_with_map_or_404(request, slug)
    subject = queries.subject_of(chain, request.actor)
    context = {
        "chain": chain,
        "crumbs": map_crumbs(chain, (gettext("版本"), "")),
        "versions": [
            (row, len(row.content["nodes"]), len(row.content["links"])) for row in _seen(request, chain)
        ],
        "may_edit": may(request.actor, "map.edit", subject).allowed,
        "draft": queries.draft_of(chain),
    }
    return render(request, "chains/versions.html", context)


def _seen(request: HttpRequest, chain: Chain) -> list[MapVersion]:
    """The versions that the reader may see: drafts are for those who draw."""
    rows = list(queries.versions_of(chain))
    if may(request.actor, "map.edit", queries.subject_of(chain, request.actor)).allowed:
        return rows
    return [row for row in rows if row.state == MapVersion.State.PUBLISHED]


def _one(request: HttpRequest, chain: Chain, number: int) -> MapVersion:
    found = next((row for row in _seen(request, chain) if row.number == number), None)
    if found is None:
        raise Http404
    return found


@require("map.see")
@require_safe
def one_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it was drawn, without today's firms."""
    chain = chain_with_map_or_404(request, slug)
    version = _one(request, chain, number)
    chain_map = from_plain(version.content)
    drawn = grouped(chain_map).map if len(chain_map) > 300 else chain_map
    bare = coverage(drawn, {}, placed_on=None).nodes
    pictures = [
        picture(
            drawn, bare, form=form, href=lambda node: f"#{node}", counties={}, may_name=lambda firm: False
        )
        for form in Form
    ]
    context = {
        "chain": chain,
        "crumbs": _version_crumbs(chain, version),
        "version": version,
        "wide": pictures[0],
        "narrow": pictures[1],
        "rows": table_rows(chain_map),
    }
    return render(request, "chains/version.html", context)


def table_rows(chain_map: ChainMap) -> list[dict[str, object]]:
    """The nodes of a map for a table."""
    return [
        {
            "node": node,
            "name": words.spoken(node.name),
            "stage": words.spoken(node.stage.label),
            "suppliers": [
                (at, words.spoken(chain_map.by_id[at].name)) for at in chain_map.suppliers[node.id]
            ],
        }
        for node in chain_map
    ]


def _version_crumbs(chain: Chain, version: MapVersion, *further: tuple[str, str]) -> list[dict[str, str]]:
    versions = (gettext("版本"), reverse("chains:versions", args=[chain.pk]))
    here = (
        gettext("第%(n)s版") % {"n": version.number},
        reverse("chains:version", args=[chain.pk, version.number]),
    )
    return map_crumbs(chain, versions, here, *further)


@require("map.see")
@require_safe
def compared(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version beside an earlier one (`?with=N`; the one before it unless asked)."""
    chain = chain_with_map_or_404(request, slug)
    version = _one(request, chain, number)
    asked = request.GET.get("with", "")
    earlier = [row for row in _seen(request, chain) if row.number < number]
    before = next((row for row in earlier if str(row.number) == asked), earlier[0] if earlier else None)
    after_map = from_plain(version.content)
    before_map = from_plain(before.content) if before else ChainMap(chain.pk, ())
    context = {
        "chain": chain,
        "crumbs": _version_crumbs(chain, version, (gettext("版本比较"), "")),
        "version": version,
        "before": before,
        "earlier": earlier,
        "differences": [(each, words.map_column(each.column)) for each in differences(before_map, after_map)],
    }
    return render(request, "chains/compared.html", context)


@require("map.see")
@require_safe
def table(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The version as an Excel workbook, to be edited and uploaded again."""
    chain = chain_with_map_or_404(request, slug)
    version = _one(request, chain, number)
    response = HttpResponse(workbook_of(from_plain(version.content)), content_type=XLSX)
    name = quote(f"{chain.name}_产业图谱_第{version.number}版.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"map.xlsx\"; filename*=UTF-8''{name}"
    return response
