"""Problems: list, finding, one problem and its acts."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.casework import FLOWS, may_ever
from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.flow.act_page import act_page, filled
from lianzhang.web.flow.acting import say_error
from lianzhang.web.flow.clock_faces import faces
from lianzhang.web.flow.queries import buttons, clocks_of, log_of
from lianzhang.web.people.permission import require
from lianzhang.web.problems import queries
from lianzhang.web.problems.actions import act, find_problem
from lianzhang.web.problems.forms import FoundForm, sorts
from lianzhang.web.problems.models import Problem


@require("problem.see")
@require_safe
def list_of_problems(request: HttpRequest) -> HttpResponse:
    """Open ones by their end, or closed ones; of one type or all."""
    known = sorts()
    sort = request.GET.get("sort", "")
    sort = sort if sort in dict(known) else ""
    closed = request.GET.get("closed") == "yes"
    rows = queries.listed(request.actor, sort=sort, closed=closed)
    shown = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "sorts": [(name, label, name == sort) for name, label in known],
        "labels": dict(known),
        "narrowed": bool(sort) or closed,
        "closed": closed,
        "finds": may_ever(request.actor, "problem.find").allowed,
    }
    return render(request, "problems/list.html", shown)


@require("problem.find")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record what was found."""
    form = FoundForm(request.POST or None, actor=request.actor, initial={"form_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        chain, key = given.pop("chain"), given.pop("form_key")
        try:
            row = find_problem(request.actor, given, chain_id=chain, form_key=key)
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error(None, say_error(error))
        else:
            messages.success(request, gettext("已登记，编号%(number)s。") % {"number": row.number})
            return redirect("problems:problem", row.pk)
    return render(request, "problems/new.html", {"form": form}, status=422 if form.errors else 200)


@require("problem.see")
@require_safe
def problem(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Where it stands, who has it, until when."""
    row = _found(request, subject)
    clocks = clocks_of(row)
    shown = {
        "row": row,
        "sort": dict(sorts()).get(row.sort, ""),
        "buttons": buttons(request.actor, row, clocks),
        "faces": faces(row, clocks, inside=True),
        "lines": log_of(request.actor, row),
    }
    return render(request, "problems/problem.html", shown)


@require("problem.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """The form of an act, and the act itself."""
    row = _found(request, subject)

    def pressed_late() -> None:
        if action in FLOWS["problem"].actions:
            version = request.POST.get("version", "")
            act(request.actor, subject, action, {}, version=int(version) if version.isdigit() else 0)

    return act_page(
        request, row, action, lambda form: act(request.actor, subject, action, form.given, **filled(form)),
        template="problems/act.html", back=reverse("problems:problem", args=[subject]), pressed_late=pressed_late,
    )  # fmt: skip


def _found(request: HttpRequest, subject: UUID) -> Problem:
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    return row
