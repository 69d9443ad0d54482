"""Single records of an enterprise – names, brands, exports, supply links, contacts – and what became of its titles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianzhang.kernel import Conflict
from lianzhang.web.people.permission import require, require_for
from lianzhang.web.registry import queries, words
from lianzhang.web.registry.actions import change_title, enter_if_unchanged, enter_name, replace_record
from lianzhang.web.registry.actions.link import changed_meanwhile
from lianzhang.web.registry.entries import Entries, Source
from lianzhang.web.registry.models import Enterprise
from lianzhang.web.registry.name_form import NameForm
from lianzhang.web.registry.pages.kept import keep_typed
from lianzhang.web.registry.pages.profile import found
from lianzhang.web.registry.pages.typed import form_data, number, typed
from lianzhang.web.registry.record_forms import FORMS, RecordForm, TitleChangeForm

_FORMS: dict[str, type[RecordForm]] = {**FORMS, "names": NameForm}
_METHODS = ["GET", "HEAD", "POST"]


@require("enterprise.change")
@require_http_methods(_METHODS)
def add_record(request: HttpRequest, enterprise_id: str, group: str) -> HttpResponse:
    """Enter one more name, brand, record of exports, supply link or contact."""
    row, form = _asked(request, enterprise_id, group)
    title = words.record_title(group, correcting=False)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, row, form, title=title)
    told: dict[str, Any] = {"source": _source(form), "version": form.cleaned_data["version"]}
    try:
        if group == "names":
            enter_name(request.actor, row.pk, form.entry, **told)
        else:
            enter_if_unchanged(request.actor, row.pk, Entries(**{group: [form.entry]}), **told)
    except Conflict as error:
        return _overtaken(request, row, form, error, title=title)
    messages.success(request, gettext("已登记。"))
    return _back(row, group)


@require("enterprise.change")
@require_http_methods(_METHODS)
def correct_record(request: HttpRequest, enterprise_id: str, group: str, row_id: int) -> HttpResponse:
    """Correct one of them, or take it back with a reason; what it said before stays in the history."""
    if group not in _FORMS:
        raise Http404
    record = queries.record_of(group, row_id, queries.cluster_of([found(request, enterprise_id).pk]))
    if record is None:
        raise Http404
    row, form = _asked(request, enterprise_id, group, record=record)
    if typed(request, "take_back") and request.method == "POST":
        return _take_back(request, row, form, group=group, record=record)
    title = words.record_title(group, correcting=True)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, row, form, title=title, record=record)
    try:
        replace_record(
            request.actor,
            row.pk,
            group,
            row_id,
            form.entry,
            source=_source(form),
            version=form.cleaned_data["version"],
        )
    except Conflict as error:
        return _overtaken(request, row, form, error, title=title, record=record)
    messages.success(request, gettext("已更正，原来的内容保留在历史里。"))
    return _back(row, group)


def _take_back(request: Any, row: Enterprise, form: RecordForm, *, group: str, record: Any) -> HttpResponse:
    because = typed(request, "because")
    if not because:
        messages.error(request, gettext("请写明撤回的理由。"))
        title = words.record_title(group, correcting=True)
        return _form_page(
            request,
            row,
            _FORMS[group](actor=request.actor, row=row, record=record),
            title=title,
            record=record,
            status=422,
        )
    source = Source(kind="officer", name=because[:200])
    replace_record(
        request.actor, row.pk, group, record.pk, None, source=source, version=number(request, "version") or 0
    )
    messages.success(request, gettext("已撤回，原来的内容保留在历史里。"))
    return _back(row, group)


@require("enterprise.title")
@require_http_methods(_METHODS)
def retitle(request: HttpRequest, enterprise_id: str, holding_id: int) -> HttpResponse:
    """Note that a title was re-checked, lapsed or revoked, or until when it holds."""
    row = found(request, enterprise_id)
    require_for(request.actor, "enterprise.title", queries.subject_of(row, request.actor))
    holding = queries.holding_of(holding_id, queries.cluster_of([row.pk]))
    if holding is None:
        raise Http404
    data = form_data(request) if request.method == "POST" else None
    form, title = TitleChangeForm(data, actor=request.actor, row=row), gettext("登记称号的变动")
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, row, form, title=title, held_title=holding)
    said = form.cleaned_data
    try:
        _unchanged_since(form, row)
        change_title(
            request.actor,
            holding.pk,
            what=said["what"],
            on=said["on"],
            valid_until=said["valid_until"],
            because=said["because"],
            source=_source(form),
        )
    except Conflict as error:
        return _overtaken(request, row, form, error, title=title, held_title=holding)
    messages.success(request, gettext("已登记。"))
    return _back(row, "titles")


def _asked(request: Any, enterprise_id: str, group: str, *, record: Any = None) -> tuple[Enterprise, Any]:
    if group not in _FORMS:
        raise Http404
    row = found(request, enterprise_id)
    require_for(request.actor, "enterprise.change", queries.subject_of(row, request.actor))
    data = form_data(request) if request.method == "POST" else None
    return row, _FORMS[group](data, actor=request.actor, row=row, record=record)


def _form_page(
    request: Any, row: Enterprise, form: RecordForm, *, title: str, status: int = 200, **more: Any
) -> HttpResponse:
    shown = {"row": row, "form": form, "title": title, **more}
    wrong = status == 200 and form.is_bound and not form.is_valid()
    return render(request, "registry/record.html", shown, status=422 if wrong else status)


def _overtaken(
    request: Any, row: Enterprise, form: RecordForm, error: Conflict, **named: Any
) -> HttpResponse:
    keep_typed(form, row, error)
    return _form_page(request, row, form, status=409, **named)


def _unchanged_since(form: RecordForm, row: Enterprise) -> None:
    if form.cleaned_data["version"] != row.version:
        raise changed_meanwhile()


def _source(form: RecordForm) -> Source:
    return Source(kind="officer", name=form.cleaned_data["source"], as_of=form.cleaned_data["as_of"])


def _back(row: Enterprise, group: str) -> HttpResponse:
    return redirect(reverse("registry:enterprise", args=[row.pk]) + f"#{group}")
