"""Accounts and organisations: the system administrator proposes, the security administrator decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianzhang.kernel import LianzhangError
from lianzhang.web.people import actions, queries
from lianzhang.web.people.forms import HoldingForm, OrganisationForm, PersonForm
from lianzhang.web.people.models import Holding, OneTimeLink, Person
from lianzhang.web.people.permission import may_ever, require

_PER_PAGE = 50


@require("person.see")
@require_GET
def people(request: Any) -> HttpResponse:
    """All accounts with their posts."""
    state = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()
    rows = queries.people(request.actor, words=words, state=state if state in Person.State.values else "")
    shown = {
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state,
        "states": Person.State.choices,
        "may_create": may_ever(request.actor, "person.create").allowed,
        "waiting": queries.waiting(request.actor),
    }
    return render(request, "people/list.html", shown)


@require("person.see")
@require_GET
def person(request: Any, person_id: Any) -> HttpResponse:
    """One account: posts, state, and what this administrator may do with it."""
    row = get_object_or_404(queries.people(request.actor), pk=person_id)
    organisations = queries.organisations(request.actor)
    proposes = may_ever(request.actor, "post.propose").allowed
    shown = {
        "person": row,
        "form": HoldingForm(organisations=organisations) if proposes else None,
        "decides": may_ever(request.actor, "person.approve").allowed,
        "is_self": str(row.pk) == request.actor.person_id,
        "link": request.session.pop("issued_link", None),
    }
    return render(request, "people/person.html", shown)


@require("person.create")
@require_http_methods(["GET", "POST"])
def new_person(request: Any) -> HttpResponse:
    """Propose an account with its first post; the link is handed over by the proposer."""
    form = PersonForm(request.POST or None, organisations=queries.organisations(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            made, link = actions.propose_account(request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except LianzhangError as error:
            form.add_error(None, error.say(request.LANGUAGE_CODE))
        else:
            request.session["issued_link"] = request.build_absolute_uri(link)
            messages.success(request, _("已提出账号申请，等待安全管理员批准。"))
            return redirect("people:person", made.pk)
    return render(request, "people/new_person.html", {"form": form}, status=400 if form.errors else 200)


@require("post.propose")
@require_POST
def new_holding(request: Any, person_id: Any) -> HttpResponse:
    """Propose a further post."""
    row = get_object_or_404(queries.people(request.actor), pk=person_id)
    form = HoldingForm(request.POST, organisations=queries.organisations(request.actor))
    if form.is_valid():
        values = form.cleaned_data
        post = actions.post_in(
            values["organisation"], values["role"], title=values["title"], actor=request.actor
        )
        actions.propose_holding(row, post, actor=request.actor, starts=values["starts"], ends=values["ends"])
        messages.success(request, _("已提出任职申请，等待安全管理员批准。"))
        return redirect("people:person", row.pk)
    shown = {"person": row, "form": form, "decides": False}
    return render(request, "people/person.html", shown, status=400)


@require("link.issue")
@require_POST
def new_link(request: Any, person_id: Any) -> HttpResponse:
    """Issue a one-time link; it is shown once and works after approval."""
    row = get_object_or_404(queries.people(request.actor), pk=person_id)
    link = actions.issue_link(row, actor=request.actor)
    request.session["issued_link"] = request.build_absolute_uri(link)
    return redirect("people:person", row.pk)


@require("organisation.see")
@require_GET
def organisations(request: Any) -> HttpResponse:
    """All organisations."""
    shown = {
        "organisations": queries.organisations(request.actor),
        "may_create": may_ever(request.actor, "organisation.create").allowed,
    }
    return render(request, "people/organisations.html", shown)


@require("organisation.create")
@require_http_methods(["GET", "POST"])
def new_organisation(request: Any) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.create_organisation(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("单位已建立。"))
        return redirect("people:organisations")
    return render(request, "people/new_organisation.html", {"form": form}, status=400 if form.errors else 200)


@require("person.approve")
@require_GET
def waiting(request: Any) -> HttpResponse:
    """What waits for a decision."""
    return render(request, "people/waiting.html", {"waiting": queries.waiting(request.actor)})


#: What the security administrator can do with an account: address part → action and what is said afterwards.
_DECISIONS = {
    "approve": (actions.approve_person, gettext_lazy("已批准。")),
    "refuse": (actions.refuse_person, gettext_lazy("已退回，不予批准。")),
    "disable": (actions.disable_person, gettext_lazy("账号已停用，登录已全部退出。")),
    "enable": (actions.enable_person, gettext_lazy("账号已重新启用。")),
    "end-sessions": (actions.end_sessions, gettext_lazy("该人员的登录已全部退出。")),
    "remove-factor": (actions.remove_second_factor, gettext_lazy("第二因素已解除。")),
}


@require("person.approve")
@require_POST
def decide_person(request: Any, person_id: Any, decision: str) -> HttpResponse:
    """Decide about an account."""
    if decision not in _DECISIONS:
        raise Http404
    act, said = _DECISIONS[decision]
    act(get_object_or_404(queries.people(request.actor), pk=person_id), actor=request.actor)
    messages.success(request, said)
    return redirect("people:waiting" if decision in {"approve", "refuse"} else "people:people")


@require("post.approve")
@require_POST
def decide_holding(request: Any, holding_id: Any, decision: str) -> HttpResponse:
    """Decide about a post."""
    choices = {"approve": actions.approve_holding, "refuse": actions.refuse_holding}
    if decision not in choices:
        raise Http404
    choices[decision](get_object_or_404(Holding, pk=holding_id), actor=request.actor)
    messages.success(request, _("已处理。"))
    return redirect("people:waiting")


@require("link.approve")
@require_POST
def decide_link(request: Any, digest: str) -> HttpResponse:
    """Let a one-time link work."""
    actions.approve_link(get_object_or_404(OneTimeLink, pk=digest), actor=request.actor)
    messages.success(request, _("链接已可使用。"))
    return redirect("people:waiting")
