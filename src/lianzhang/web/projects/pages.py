"""Lists of projects with their lights, one project, what changes it; factor guarantees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.casework import may_ever
from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.flow import rules
from lianzhang.web.flow.act_page import act_page, filled
from lianzhang.web.flow.acting import ActForm, say_error
from lianzhang.web.flow.clock_faces import faces
from lianzhang.web.flow.queries import buttons, clocks_of, log_of
from lianzhang.web.flow.words import say
from lianzhang.web.people.permission import require
from lianzhang.web.projects import actions, forms, queries
from lianzhang.web.projects.models import Project


@require("project.see")
@require_safe
def list_of_projects(request: HttpRequest) -> HttpResponse:
    """Projects with lights by rule, the gravest first; or one of the three-nots lists."""
    nots, quality = request.GET.get("nots", ""), request.GET.get("quality") == "yes"
    rows = queries.listed(request.actor, nots=nots, quality=quality)
    shown = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "nots": nots,
        "quality": quality,
        "three_nots": queries.THREE_NOTS.items(),
        "begins": may_ever(request.actor, "project.begin").allowed,
    }
    return render(request, "projects/list.html", shown)


@require("project.see")
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed in the last two months, not the whole list."""
    return render(request, "projects/changes.html", {"lines": queries.changes(request.actor)})


@require("project.begin")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a project."""
    form = forms.ProjectForm(request.POST or None, actor=request.actor)

    def begin() -> HttpResponse:
        given = dict(form.cleaned_data)
        chain, lead, stage = given.pop("chain"), given.pop("lead"), given.pop("stage")
        row = actions.begin_project(request.actor, given, chain_id=chain, lead=lead, state=stage)
        return redirect("projects:project", row.pk)

    return _do(request, form, begin, {"heading": gettext("登记项目"), "back": reverse("projects:list")})


@require("project.see")
@require_safe
def project(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Stage, light with its reason, milestones, promises against what came, factor needs, log."""
    row = _found(request, subject)
    clocks = clocks_of(row)
    shown = {
        "row": row,
        "light": queries.row_of(row),
        "stage_ends": queries.stage_ends(row),
        "buttons": buttons(request.actor, row, clocks),
        "milestones": row.milestones.all(),
        "promises": row.promises.all(),
        "factors": queries.factors(request.actor).filter(project=row),
        "lines": log_of(request.actor, row),
        "acts": str(row.lead_id) == request.actor.organisation_id or request.actor.role == "chain_officer",
        "evidence": queries.evidence_for(queries.next_stage(row)),
    }
    return render(request, "projects/project.html", shown)


@require("project.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """An act on the project; entering a stage names the evidence that it takes."""
    row = _found(request, subject)
    needed = queries.evidence_for(queries.next_stage(row)) if action == "advance" else None

    def ask_for_evidence(form: ActForm) -> None:
        if needed is not None:
            form.fields["text"].label = gettext("佐证")
            form.fields["text"].help_text = say(needed)

    return act_page(
        request, row, action,
        lambda form: actions.act(request.actor, row.pk, action, form.given, **filled(form)),
        template="projects/act.html", back=reverse("projects:project", args=[subject]), prepare=ask_for_evidence,
    )  # fmt: skip


@require("project.act")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, subject: UUID, what: str, part: int) -> HttpResponse:
    """The short forms: a milestone, another day for it, its end; a promise, what came of it; a factor need."""
    row = _found(request, subject)
    if what not in _CHANGES:
        raise Http404
    make, heading, carry_out = _CHANGES[what]
    form = make(request.POST or None)
    shown = {"heading": heading(), "row": row, "back": reverse("projects:project", args=[subject])}

    def carry() -> HttpResponse:
        carry_out(request.actor, subject, part, form.cleaned_data)
        messages.success(request, gettext("已保存。"))
        return redirect("projects:project", subject)

    return _do(request, form, carry, shown)


_CHANGES: dict[str, tuple[Any, Callable[[], str], Callable[..., Any]]] = {
    "milestone": (
        forms.MilestoneForm,
        lambda: gettext("加节点"),
        lambda actor, subject, part, given: actions.add_milestone(
            actor, subject, given["name"], given["due"]
        ),
    ),
    "postpone": (
        forms.PostponeForm,
        lambda: gettext("节点改期"),
        lambda actor, subject, part, given: actions.postpone_milestone(
            actor, subject, part, given["due"], given["reason"]
        ),
    ),
    "finish": (
        forms.FinishForm,
        lambda: gettext("完成节点"),
        lambda actor, subject, part, given: actions.finish_milestone(
            actor, subject, part, given["done"], given["evidence"]
        ),
    ),
    "promise": (
        forms.PromiseForm,
        lambda: gettext("登记承诺"),
        lambda actor, subject, part, given: actions.promise(
            actor, subject, given["measure"], given["promised"], given["unit"], by=given["by"]
        ),
    ),
    "actual": (
        forms.ActualForm,
        lambda: gettext("报实际数"),
        lambda actor, subject, part, given: actions.report_actual(
            actor, subject, part, given["value"], given["as_of"], given["evidence"]
        ),
    ),
    "factor": (
        forms.FactorForm,
        lambda: gettext("提要素需求"),
        lambda actor, subject, part, given: actions.ask_factor(actor, subject, given),
    ),
}


@require("factor.see")
@require_safe
def list_of_factors(request: HttpRequest) -> HttpResponse:
    """Every factor guarantee the reader may see, open ones first by their end."""
    factor, county = request.GET.get("factor", ""), request.GET.get("county", "")[:6]
    rows = queries.factors(request.actor).order_by("due", "-created")
    names = rules.presets("project").words["factors"]
    if factor in names:
        rows = rows.filter(factor=factor)
    if county.isdigit():
        rows = rows.filter(region_code=county)
    shown = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "factors": [(name, say(text), name == factor) for name, text in names.items()],
        "narrowed": factor in names or county.isdigit(),
    }
    return render(request, "projects/factors.html", shown)


@require("factor.see")
@require_safe
def factor(request: HttpRequest, subject: UUID) -> HttpResponse:
    """One factor guarantee."""
    row = queries.factors(request.actor).filter(pk=subject).first()
    if row is None:
        raise Http404
    clocks = clocks_of(row)
    shown = {
        "row": row,
        "buttons": buttons(request.actor, row, clocks),
        "faces": faces(row, clocks, inside=True),
        "lines": log_of(request.actor, row),
    }
    return render(request, "projects/factor.html", shown)


@require("factor.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do_factor(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """An act on a factor guarantee."""
    row = queries.factors(request.actor).filter(pk=subject).first()
    if row is None:
        raise Http404
    return act_page(
        request, row, action,
        lambda form: actions.act_on_factor(request.actor, subject, action, form.given, **filled(form)),
        template="projects/act.html", back=reverse("projects:factor", args=[subject]),
    )  # fmt: skip


def _do(
    request: HttpRequest, form: Any, carry: Callable[[], HttpResponse], shown: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return carry()
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error(None, say_error(error))
    return render(request, "projects/form.html", {"form": form, **shown}, status=422 if form.errors else 200)


def _found(request: HttpRequest, subject: UUID) -> Project:
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    return row
