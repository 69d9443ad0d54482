"""Inquiries, patrols and diagnoses of a chain; the ten building actions × counties."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.casework import may
from lianzhang.casework.ledger import TenItem
from lianzhang.kernel import Conflict, LianzhangError, NotAllowed, clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.chains.queries import Chain
from lianzhang.web.ledgers import queries
from lianzhang.web.ledgers.actions.inspect import inspect
from lianzhang.web.ledgers.actions.report_ten import report_ten
from lianzhang.web.ledgers.forms import InspectionForm, TenForm
from lianzhang.web.ledgers.pages.lists import chain_of, crumbs, map_of
from lianzhang.web.people.permission import require


@require("ledger.see")
@require_safe
def visits(request: HttpRequest, slug: str) -> HttpResponse:
    """All visits of a chain with their findings."""
    chain = chain_of(request, slug)
    return render(request, "ledgers/visits.html", _visits(request, chain))


def _visits(request: HttpRequest, chain: Chain, form: InspectionForm | None = None) -> dict[str, object]:
    kinds = {"ask": gettext("问链"), "patrol": gettext("巡链"), "diagnose": gettext("诊链")}
    rows = queries.inspections_of(request.actor, chain)
    return {
        "chain": chain,
        "crumbs": crumbs((words.name(chain), ""), (gettext("问链巡链诊链"), "")),
        "visits": [
            (row, kinds[row.kind], queries.shown(row.findings.select_related("organisation"))) for row in rows
        ],
        "form": form or InspectionForm(initial={"on": clock.today()}),
        "may_inspect": may(request.actor, "ledger.inspect", queries.subject_of(chain, request.actor)).allowed,
    }


@require("ledger.inspect")
@require_http_methods(["POST"])
def new_visit(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a visit."""
    chain = chain_of(request, slug)
    form = InspectionForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "on", "firms", "attendees", "report")}
        try:
            inspect(request.actor, slug, findings=form.lines(map_of(chain)), **given)
        except (NotAllowed, Conflict):
            raise
        except LianzhangError as error:
            form.add_error("on", words.spoken(error.what))
        else:
            return redirect("ledgers:visits", slug)
    return render(request, "ledgers/visits.html", _visits(request, chain, form), status=400)


@require("ledger.see")
@require_safe
def ten(request: HttpRequest, slug: str) -> HttpResponse:
    """The matrix: one row a county, one column an item, each with its state and evidence."""
    chain = chain_of(request, slug)
    progress, items = queries.ten_of(chain), queries.ledgers().ten
    labels = dict(TenForm.base_fields["state"].choices)
    rows = [(county, [_cell(item, progress.get((county.pk, item.id)), labels) for item in items])
            for county in chains.every_county()]  # fmt: skip
    context = {
        "chain": chain,
        "crumbs": crumbs((words.name(chain), ""), (gettext("十项举措进度"), "")),
        "items": [(item, words.spoken(item.name)) for item in items],
        "rows": [(county, cells, _may_report(request, chain, county)) for county, cells in rows],
    }
    return render(request, "ledgers/ten.html", context)


def _cell(item: TenItem, found: Any, labels: dict[str, Any]) -> tuple[TenItem, Any, Any]:
    return item, found, labels[found.state] if found else ""


def _may_report(request: HttpRequest, chain: Chain, county: Any) -> bool:
    subject = queries.subject_of(chain, request.actor, county)
    return may(request.actor, "ledger.progress", subject).allowed


@require("ledger.progress")
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, slug: str, county_id: str, item: str) -> HttpResponse:
    """Say how far a county is with an item."""
    chain = chain_of(request, slug)
    county = chains.every_county().filter(pk=county_id).first()
    found = next((each for each in queries.ledgers().ten if each.id == item), None)
    if county is None or found is None:
        raise Http404
    now = queries.ten_of(chain).get((county_id, item))
    form = TenForm(
        request.POST or None, initial={"state": now.state, "evidence": now.evidence} if now else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            report_ten(request.actor, slug, county_id, item, **form.cleaned_data)
        except (NotAllowed, Conflict):
            raise
        except LianzhangError as error:
            form.add_error("evidence", words.spoken(error.what))
        else:
            return redirect("ledgers:ten", slug)
    context = {
        "chain": chain,
        "county": county,
        "name": words.spoken(found.name),
        "form": form,
        "crumbs": crumbs((words.name(chain), ""), (gettext("十项举措进度"), ""), (county.name, "")),
    }
    return render(request, "ledgers/report.html", context, status=400 if form.errors else 200)
