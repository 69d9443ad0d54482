"""What the pages of one chain share: the way to them, and the tabs between them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from lianzhang.casework import Actor, may
from lianzhang.web.chains import queries, words
from lianzhang.web.chains.models import Chain


def chain_or_404(request: HttpRequest, slug: str) -> Chain:
    """The chain, if the reader may see it."""
    chain = queries.one(request.actor, slug)  # type: ignore[attr-defined]
    if chain is None:
        raise Http404
    return chain


def chain_with_map_or_404(request: HttpRequest, slug: str) -> Chain:
    """The chain, if the reader may look behind its map."""
    chain = chain_or_404(request, slug)
    if not may(request.actor, "map.see", queries.subject_of(chain, request.actor)).allowed:  # type: ignore[attr-defined]
        raise Http404
    return chain


def crumbs_of(chain: Chain, *further: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the list of chains to this one, and on to the pages below it (label, address)."""
    rows = [*([chain.parent] if chain.parent else []), *([chain] if further else [])]
    way = [
        {"label": gettext("产业链"), "href": reverse("chains:list")},
        *({"label": words.name(row), "href": reverse("chains:chain", args=[row.pk])} for row in rows),
    ]
    if not further:
        return [*way, {"label": words.name(chain)}]
    *between, last = further
    return [*way, *({"label": label, "href": href} for label, href in between), {"label": last[0]}]


def tabs_of(
    actor: Actor, chain: Chain, *, current: str, facts_count: int | None = None
) -> list[dict[str, Any]]:
    """The page of the chain, its map, and all its figures one by one."""
    listed = f"{reverse('facts:list')}?{urlencode({'chain': chain.pk})}"
    tabs: list[dict[str, Any]] = [
        {
            "label": gettext("一页看链"),
            "href": reverse("chains:chain", args=[chain.pk]),
            "current": current == "page",
        },
    ]
    if may(actor, "map.see", queries.subject_of(chain, actor)).allowed:
        tabs.append(
            {
                "label": gettext("产业图谱"),
                "href": reverse("chains:map", args=[chain.pk]),
                "current": current == "map",
            }
        )
    figures = {"label": gettext("逐条数据"), "href": listed}
    return [*tabs, figures | ({} if facts_count is None else {"count": facts_count})]
