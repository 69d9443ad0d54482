"""Filing: a firm's four short pages, and the officer's one page on behalf of a firm."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianzhang.kernel import Conflict, LianzhangError, NotAllowed
from lianzhang.web.cases import contact, queries
from lianzhang.web.cases.actions import begin_draft, file_for, save_draft, submit_draft
from lianzhang.web.cases.firms import firm_of_record
from lianzhang.web.cases.forms import BehalfForm, ContactPage, FactsPage, TopicPage
from lianzhang.web.cases.models import Request
from lianzhang.web.cases.suggestions import answered_before, same_again
from lianzhang.web.flow.acting import say_error
from lianzhang.web.flow.queries import log_of
from lianzhang.web.people.permission import require

#: The form of each of the first three pages; the fourth shows everything and sends it.
_PAGES: dict[int, Any] = {1: TopicPage, 2: FactsPage, 3: ContactPage}
_LAST = 4


@require("request.file")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The first page; nothing is stored before it is sent."""
    form = TopicPage(request.POST or None, initial={"form_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        row = begin_draft(request.actor, content, form_key=content.pop("form_key"))
        return redirect("cases:draft", row.pk, 2)
    return _page(request, 1, form, None, status=422 if request.method == "POST" else 200)


@require("request.file")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, subject: UUID, page: int) -> HttpResponse:
    """One of the pages of a draft; each is kept as it is sent."""
    row = queries.one(request.actor, subject)
    if row is None or not 1 <= page <= _LAST:
        raise Http404
    if row.state != "draft":
        return redirect("cases:request", row.pk)
    if page == _LAST:
        return _check(request, row)
    if request.method != "POST":
        return _page(request, page, _PAGES[page](initial=_initial(row)), row)
    form = _PAGES[page](request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, page, form, row, status=422)
    content = dict(form.cleaned_data)
    files = content.pop("files", [])
    content.pop("form_key", None)
    save_draft(request.actor, row.pk, content, files=files)
    return redirect("cases:draft", row.pk, page + 1)


def _check(request: HttpRequest, row: Request) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            version = request.POST.get("version", "")
            sent = submit_draft(
                request.actor,
                row.pk,
                version=int(version) if version.isascii() and version.isdigit() else None,
            )
        except NotAllowed:
            raise
        except LianzhangError as error:
            problem = say_error(error)
        else:
            return redirect("cases:sent", sent.pk)
    shown = {
        "row": row,
        "problem": problem,
        "steps": _steps(_LAST),
        "phone": contact.masked(row.contact_phone),
        "files": [file for line in log_of(request.actor, row) for file in line.files],
        "alike": answered_before(row.topic, f"{row.title}{row.text}", besides=row.pk),
        "same": same_again(request.actor, row),
    }
    return render(request, "cases/check.html", shown, status=422 if problem else 200)


@require("request.file")
@require_http_methods(["GET", "HEAD"])
def sent(request: HttpRequest, subject: UUID) -> HttpResponse:
    """The number, the promised day, and how to look it up."""
    row = queries.one(request.actor, subject)
    if row is None or row.state == "draft":
        raise Http404
    return render(request, "cases/sent.html", {"row": row})


@require("request.file_for")
@require_http_methods(["GET", "HEAD", "POST"])
def behalf(request: HttpRequest) -> HttpResponse:
    """An officer files for a firm; the channel stays visible."""
    if request.method == "POST":
        form = BehalfForm(request.POST, request.FILES, actor=request.actor)
        if form.is_valid():
            content = dict(form.cleaned_data)
            files, key = content.pop("files"), content.pop("form_key")
            try:
                row = file_for(request.actor, form.found, content, form_key=key, files=files)
            except Conflict as error:
                form.add_error("firm", say_error(error))
                return render(request, "cases/behalf.html", {"form": form}, status=409)
            messages.success(request, gettext("已登记，编号%(number)s。") % {"number": row.number})
            return redirect("cases:request", row.pk)
        return render(request, "cases/behalf.html", {"form": form}, status=422)
    known = firm_of_record(request.actor, request.GET.get("firm", "")[:24].replace("\x00", ""))
    named = known.name if known is not None else ""
    form = BehalfForm(actor=request.actor, initial={"form_key": uuid4(), "firm": named})
    return render(request, "cases/behalf.html", {"form": form})


def _page(
    request: HttpRequest, page: int, form: Any, row: Request | None, *, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "row": row, "page": page, "back": page - 1, "steps": _steps(page)}
    return render(request, "cases/draft.html", shown, status=status)


def _steps(now: int) -> list[dict[str, str]]:
    labels = (gettext("什么事"), gettext("情况"), gettext("联系"), gettext("核对提交"))
    states = ["done" if n < now else "now" if n == now else "next" for n in range(1, _LAST + 1)]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


def _initial(row: Request) -> dict[str, Any]:
    names = ("topic", "title", "text", "wish", "contact_name", "confidential")
    return {name: getattr(row, name) for name in names} | {"phone": contact.opened(row.contact_phone)}
