"""The plans as pages and as PDFs."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianzhang.web.chains import words
from lianzhang.web.people.permission import require
from lianzhang.web.plans import queries
from lianzhang.web.plans.composing import chain_plan, county_plan
from lianzhang.web.plans.document import Plan
from lianzhang.web.plans.pages.choices import (
    chain_or_404,
    county_or_404,
    crumbs,
    measured_in,
    overall_or_404,
)
from lianzhang.web.plans.paper import source_of
from lianzhang.web.ui.typesetting import typeset


@require("plan.see")
@require_safe
def chain_plan_page(request: HttpRequest, slug: str) -> HttpResponse:
    """一链一策: the plan of a chain."""
    chain = chain_or_404(request, slug)
    top = queries.overall(chain)
    return _page(
        request,
        chain_plan(request.actor, chain),
        reverse("plans:chain-plan-pdf", args=[slug]),
        crumbs((words.name(top), reverse("plans:matrix", args=[top.pk])), (gettext("一链一策"), "")),
    )


@require("plan.see")
@require_safe
def chain_plan_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on paper."""
    return _pdf(chain_plan(request.actor, chain_or_404(request, slug)))


@require("plan.see")
@require_safe
def county_plan_page(request: HttpRequest, slug: str, county_id: str) -> HttpResponse:
    """The plan of one county's sub-field."""
    chain, county = overall_or_404(request, slug), county_or_404(county_id)
    plan = county_plan(request.actor, chain, county, measured_in(request, chain))
    way = crumbs(
        (words.name(chain), reverse("plans:matrix", args=[chain.pk])),
        (county.name, reverse("plans:county", args=[chain.pk, county.pk])),
        (gettext("推进方案"), ""),
    )
    return _page(request, plan, reverse("plans:county-plan-pdf", args=[slug, county_id]), way)


@require("plan.see")
@require_safe
def county_plan_pdf(request: HttpRequest, slug: str, county_id: str) -> HttpResponse:
    """The same on paper."""
    chain, county = overall_or_404(request, slug), county_or_404(county_id)
    return _pdf(county_plan(request.actor, chain, county, measured_in(request, chain)))


def _page(request: HttpRequest, plan: Plan, pdf: str, way: list[dict[str, Any]]) -> HttpResponse:
    return render(request, "plans/plan.html", {"plan": plan, "pdf": pdf, "crumbs": way})


def _pdf(plan: Plan) -> HttpResponse:
    response = HttpResponse(typeset({"main.typ": source_of(plan)}), content_type="application/pdf")
    name = quote(f"{plan.title}.pdf")
    response["Content-Disposition"] = f"attachment; filename=\"plan.pdf\"; filename*=UTF-8''{name}"
    return response
