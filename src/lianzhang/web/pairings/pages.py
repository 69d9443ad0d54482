"""The desk of pairings, one need, its acts and consents."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.casework import may_ever
from lianzhang.web.flow.act_page import act_page, filled
from lianzhang.web.flow.clock_faces import faces
from lianzhang.web.flow.queries import buttons, clocks_of, log_of
from lianzhang.web.pairings import queries
from lianzhang.web.pairings.actions import act, raise_need
from lianzhang.web.pairings.forms import NeedForm, consent_fields
from lianzhang.web.people.permission import require


@require("need.see")
@require_safe
def list_of_needs(request: HttpRequest) -> HttpResponse:
    """Needs the reader may see; for an institute or bank those shared with it."""
    page = Paginator(queries.listed(request.actor), 30).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "views": [queries.view_of(request.actor, need) for need in page.object_list],
        "raises": may_ever(request.actor, "need.raise").allowed,
        "outside": request.actor.role in queries.PARTNERS,
    }
    return render(request, "pairings/list.html", shown)


@require("need.raise")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A firm raises a need."""
    form = NeedForm(request.POST or None, initial={"form_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        need = raise_need(request.actor, content, form_key=content.pop("form_key"))
        return redirect("pairings:need", need.pk)
    return render(request, "pairings/new.html", {"form": form}, status=422 if form.errors else 200)


@require("need.see")
@require_safe
def need(request: HttpRequest, subject: UUID) -> HttpResponse:
    """One need with the fields that the reader may see."""
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    clocks = clocks_of(row)
    outside = request.actor.role in queries.PARTNERS
    shown = {
        "row": row,
        "view": queries.view_of(request.actor, row),
        "buttons": buttons(request.actor, row, clocks),
        "faces": faces(row, clocks, inside=True),
        "lines": [
            line
            for line in log_of(request.actor, row)
            if not outside or line.step.action in queries.SHARED_LINES
        ],
        "consents": queries.consents_of(request.actor, row),
    }
    return render(request, "pairings/need.html", shown)


@require("need.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """An act on a need; sharing asks for receiver, fields, purpose, last day and consent."""
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    here = reverse("pairings:need", args=[subject])
    return act_page(
        request, row, action,
        lambda form: act(
            request.actor, subject, action, form.given, fields=form.cleaned_data.get("fields") or (),
            purpose=form.cleaned_data.get("purpose") or "",
            exact_revenue=bool(form.cleaned_data.get("exact_revenue")), **filled(form),
        ),
        template="pairings/act.html", back=here, extra=consent_fields(row) if action == "share" else {},
        shown=lambda: {"view": queries.view_of(request.actor, row)},
        # A partner who declined does not see the need any more.
        after=lambda: here if queries.one(request.actor, subject) else reverse("pairings:list"),
    )  # fmt: skip
