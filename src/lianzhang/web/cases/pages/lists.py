"""The pool of requests, the desk of assignment, the figures."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianzhang.casework import Role, may_ever
from lianzhang.web.cases import queries
from lianzhang.web.cases.figures import figures
from lianzhang.web.cases.forms import FilterForm
from lianzhang.web.cases.suggestions import Suggester
from lianzhang.web.people.permission import require

_A_PAGE = 50


@require("request.see")
@require_safe
def pool(request: HttpRequest) -> HttpResponse:
    """Every request that the reader may see, whichever way it came."""
    form = FilterForm(request.GET)
    page = queries.page_of(request.actor, form.wanted, request.GET.dict(), _A_PAGE)
    shown = {
        "form": form,
        "window": page,
        "narrowed": form.wanted,
        "drafts": queries.drafts(request.actor)[:5],
        "is_firm": request.actor.role is Role.enterprise_user,
        "may_file": may_ever(request.actor, "request.file").allowed,
        "may_file_for": may_ever(request.actor, "request.file_for").allowed,
        "assigns": request.actor.role is Role.chain_officer,
    }
    return render(request, "cases/list.html", shown)


@require("request.see")
@require_safe
def assignment(request: HttpRequest) -> HttpResponse:
    """What waits to be assigned, with the unit that seems right and why."""
    page = Paginator(queries.to_assign(request.actor), 20).get_page(request.GET.get("page"))
    suggester = Suggester()
    rows = [(row, suggester.unit_for(row) if row.state == "submitted" else None) for row in page.object_list]
    return render(request, "cases/assign.html", {"page": page, "rows": rows})


@require("request.figures")
@require_safe
def in_figures(request: HttpRequest) -> HttpResponse:
    """How requests are handled; every share with its base."""
    return render(request, "cases/figures.html", {"shares": figures(request.actor)})
