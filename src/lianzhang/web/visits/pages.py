"""Visits: list, plan, record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.casework import may_ever
from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.cases.firms import Firm
from lianzhang.web.flow.acting import say_error
from lianzhang.web.flow.queries import buttons, clocks_of, log_of
from lianzhang.web.people.permission import require
from lianzhang.web.visits import queries
from lianzhang.web.visits.actions import act, follow_arrival, plan_visit, record_visit
from lianzhang.web.visits.forms import PlanForm, RecordForm
from lianzhang.web.visits.models import Visit


@require("visit.see")
@require_safe
def list_of_visits(request: HttpRequest) -> HttpResponse:
    """Visits that are planned and those that were made."""
    page = Paginator(queries.listed(request.actor), 50).get_page(request.GET.get("page"))
    plans = may_ever(request.actor, "visit.plan").allowed
    charges = may_ever(request.actor, "charge.see").allowed
    return render(request, "visits/list.html", {"page": page, "plans": plans, "charges": charges})


@require("visit.plan")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a visit; another unit at the same door within thirty days is said first."""
    named = {name: request.GET.get(name, "") for name in ("firm", "visitors")}
    form = PlanForm(request.POST or None, actor=request.actor, initial=named)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        firm, day = given.pop("firm"), given.pop("day")
        try:
            if given["sort"] == Visit.Sort.arrival:
                follow_arrival(request.actor, firm, day)
            else:
                plan_visit(request.actor, firm, day, **given)
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error(None, say_error(error))
        else:
            messages.success(request, gettext("已安排。"))
            return redirect("visits:list")
    return render(request, "visits/new.html", {"form": form}, status=422 if form.errors else 200)


@require("visit.see")
@require_safe
def visit(request: HttpRequest, subject: UUID) -> HttpResponse:
    """One visit, what it found and what became of that."""
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    shown = {
        "row": row,
        "buttons": buttons(request.actor, row, clocks_of(row)),
        "findings": row.findings.all(),
        "near": queries.near(Firm(row.firm, row.enterprise), row.planned, besides=row.pk)
        if row.planned
        else [],
        "lines": log_of(request.actor, row),
    }
    return render(request, "visits/visit.html", shown)


@require("visit.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """Make, record or cancel a visit."""
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    if action not in [of.action for of in buttons(request.actor, row, clocks_of(row))]:
        return redirect("visits:visit", subject)
    form = RecordForm(request.POST or None, visit=row)
    if request.method == "POST":
        try:
            if action != "record":
                act(request.actor, subject, action, {"reason": request.POST.get("reason", "")})
                return redirect("visits:visit", subject)
            if form.is_valid():
                given = form.cleaned_data
                record_visit(
                    request.actor, subject, given["text"], findings=form.findings,
                    checked=given.get("checked") or (), version=given.get("version"),
                )  # fmt: skip
                messages.success(request, gettext("已登记，发现的问题都已转为诉求。"))
                return redirect("visits:visit", subject)
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.is_valid()
            form.add_error(None, say_error(error))
    shown = {"row": row, "form": form, "records": action == "record", "action": action}
    return render(request, "visits/record.html", shown, status=422 if form.errors else 200)
