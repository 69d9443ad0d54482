"""The list of accepted facts, its export, and the page of one fact."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lianzhang.web.facts import export, queries
from lianzhang.web.facts.forms import FilterForm
from lianzhang.web.people.permission import require

_A_PAGE = 100


@require("fact.see")
@require_safe
def list_of_facts(request: HttpRequest) -> HttpResponse:
    """The facts that the reader may see, narrowed by what they ask for."""
    form = FilterForm(request.GET, actor=request.actor)
    page = Paginator(queries.listed(request.actor, form.wanted), _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "facts/list.html",
        {"form": form, "page": page, "narrowed": form.wanted, "query": query.urlencode()},
    )


@require("fact.see")
@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a table for Excel and WPS."""
    form = FilterForm(request.GET, actor=request.actor)
    facts = queries.listed(request.actor, form.wanted).iterator(chunk_size=500)
    lines = export.rows_of(facts, about=export.about(filters=form.in_words, by=request.actor.name))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"lianzhang_facts_{timezone.localdate():%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require("fact.see")
@require_safe
def fact(request: HttpRequest, fact_id: UUID) -> HttpResponse:
    """One fact with all its sources, and what it replaced."""
    found = queries.one(request.actor, fact_id)
    if found is None:
        raise Http404
    shown = {"fact": found, "sources": queries.sources_of(found), "earlier": queries.replaced_by(found)}
    return render(request, "facts/fact.html", shown)
