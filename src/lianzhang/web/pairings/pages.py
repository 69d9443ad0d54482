"""The desk of pairings, one need, its acts and consents."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.casework import may_ever
from lianzhang.web.flow.acting import attempt, form_for
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
    of = next((one for one in buttons(request.actor, row, clocks_of(row)) if one.action == action), None)
    if of is None:
        return redirect("pairings:need", subject)
    form = form_for(request, row, of, extra=consent_fields(row) if action == "share" else {})
    if request.method == "POST":
        done = attempt(
            form,
            lambda form: act(
                request.actor, subject, action, form.given, fields=form.cleaned_data.get("fields") or (),
                purpose=form.cleaned_data.get("purpose") or "",
                exact_revenue=bool(form.cleaned_data.get("exact_revenue")), version=form.cleaned_data.get("version"),
                files=form.cleaned_data.get("files") or (),
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, gettext("已办。"))
            still = queries.one(request.actor, subject)
            return redirect("pairings:need", subject) if still else redirect("pairings:list")
    view, back = queries.view_of(request.actor, row), reverse("pairings:need", args=[subject])
    shown = {"row": row, "view": view, "form": form, "of": of, "back": back}
    return render(request, "pairings/act.html", shown, status=422 if form.errors else 200)
