"""The page of one enterprise, and what officers write there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.kernel import Conflict
from lianzhang.kernel.fact import Fact
from lianzhang.web.people.permission import may, require
from lianzhang.web.people.queries import enterprises_without_record
from lianzhang.web.registry import queries, words
from lianzhang.web.registry.actions import enter_if_unchanged, link_organisation, reveal
from lianzhang.web.registry.actions.seal import LooksUsedUp
from lianzhang.web.registry.around import around
from lianzhang.web.registry.base_facts import columns_for, dictionary
from lianzhang.web.registry.charts import charts_of
from lianzhang.web.registry.entries import Entries, Source, ValueEntry
from lianzhang.web.registry.forms import RecordDayForm, ValueForm, facts_to_record
from lianzhang.web.registry.models import Enterprise
from lianzhang.web.registry.pages.kept import keep_typed
from lianzhang.web.registry.pages.typed import form_data, number, typed
from lianzhang.web.registry.profile import profile_of


def found(request: Any, enterprise_id: str) -> Enterprise:
    """The enterprise, if the actor may see it; what they may not see looks as if it did not exist."""
    enterprise = queries.one(request.actor, enterprise_id)
    if enterprise is None:
        raise Http404
    return enterprise


@require("enterprise.see")
@require_safe
def enterprise(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """Everything about one enterprise. `on` asks for an earlier day; an alias leads to the record it became."""
    row = found(request, enterprise_id)
    if row.pk != enterprise_id:
        return redirect("registry:enterprise", row.pk)
    return shown(request, row)


def shown(request: Any, row: Enterprise, **more: Any) -> HttpResponse:
    """The page of `row` for this reader; of today where the day asked for cannot be shown, with the reason."""
    form = RecordDayForm(request.GET)
    subject, figures = queries.subject_of(row, request.actor), queries.facts_of(request.actor, row)
    page = profile_of(request.actor, row, on=form.day)
    form.refuse_unknown([*page.starts, *(fact.as_of for fact in figures if fact.as_of)])
    if form.errors:
        page = profile_of(request.actor, row)
    on = form.day
    allowed = {
        name: may(request.actor, verb, subject).allowed
        for name, verb in (
            ("may_change", "enterprise.change"),
            ("may_choose", "enterprise.choose"),
            ("may_title", "enterprise.title"),
            ("may_judge_titles", "title.judge"),
            ("may_link", "enterprise.link"),
            ("may_reveal", "contact.reveal"),
            ("may_correct", "correction.propose"),
            ("may_list", "enterprise.list"),
        )
    }
    context = {
        "row": row,
        "page": page,
        "on": on,
        "day_form": form,
        "charts": charts_of(page),
        "around": around(request.actor, row),
        "figures": [fact for fact in figures if on is None or (fact.as_of or on) <= on],
        "organisations": enterprises_without_record(request.actor) if allowed["may_link"] else (),
        **allowed,
        **more,
    }
    return render(request, "registry/enterprise.html", context, status=400 if form.errors else 200)


@require("enterprise.change")
@require_http_methods(["GET", "HEAD", "POST"])
def record_value(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """Record one value of one fact, with its source and date."""
    row = found(request, enterprise_id)
    fact = asked_fact(request)
    if fact is None:
        return render(
            request,
            "registry/choose_fact.html",
            {"row": row, "topics": facts_to_record(), "correcting": False},
        )
    if request.method != "POST":
        form = ValueForm(fact=fact, initial={"version": row.version})
        return render(request, "registry/value.html", {"row": row, "fact": fact, "form": form})
    form = ValueForm(form_data(request), fact=fact)
    if not form.is_valid():
        return render(request, "registry/value.html", {"row": row, "fact": fact, "form": form}, status=422)
    said = form.cleaned_data
    entry = ValueEntry(
        enterprise=row.pk,
        fact=fact.name,
        period=said.get("period", ""),
        **columns_for(fact.name, said["value"]),
    )
    source = Source(kind="officer", name=said["source"], as_of=said["as_of"])
    entries = Entries(values=[entry])
    try:
        enter_if_unchanged(request.actor, row.pk, entries, source=source, version=said["version"])
    except Conflict as error:
        keep_typed(form, row, error)
        return render(request, "registry/value.html", {"row": row, "fact": fact, "form": form}, status=409)
    messages.success(request, gettext("已登记，原来的值保留在历史里。"))
    return redirect("registry:enterprise", row.pk)


def asked_fact(request: Any) -> Fact | None:
    """The fact named in the address or in the form; None while none is chosen."""
    return dictionary().get(typed(request, "fact"))


@require("contact.reveal")
@require_POST
def reveal_contact(request: HttpRequest, enterprise_id: str, contact_id: int) -> HttpResponse:
    """Show one whole telephone number once; the look and its reason go to the journal."""
    row = found(request, enterprise_id)
    because = typed(request, "because")
    if not because:
        messages.error(request, gettext("请写明查看号码的事由。"))
        return redirect("registry:enterprise", row.pk)
    try:
        number = reveal(request.actor, contact_id, because=because)
    except LooksUsedUp as error:
        messages.error(request, error.say(words.language()))
        return redirect("registry:enterprise", row.pk)
    return shown(request, row, revealed=(contact_id, number))


@require("enterprise.link")
@require_POST
def link(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """Say which organisation's people belong to this enterprise, or take that back."""
    row = found(request, enterprise_id)
    chosen = typed(request, "organisation")
    known = {str(one.pk): one for one in enterprises_without_record(request.actor)}
    if chosen and chosen not in known:
        raise Http404
    link_organisation(
        request.actor,
        row.pk,
        known[chosen].pk if chosen else None,
        version=number(request, "version") or 0,
    )
    messages.success(request, gettext("已关联。") if chosen else gettext("已解除关联。"))
    return redirect("registry:enterprise", row.pk)
