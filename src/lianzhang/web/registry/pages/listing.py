"""The list of enterprises with its filters, saved views and export; adding an enterprise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.casework import Subject
from lianzhang.web.people.permission import may, may_ever, require
from lianzhang.web.registry import desks, export, listing, queries, resolving, words
from lianzhang.web.registry.actions import enter, forget_view, load_enterprises, save_view
from lianzhang.web.registry.actions.view import TooManyViews
from lianzhang.web.registry.columns import USUAL, USUAL_IN_FILES, chosen_columns, shown_rows
from lianzhang.web.registry.entries import Entries, NewEnterprise, Source, ValueEntry
from lianzhang.web.registry.forms import FilterForm, NewForm
from lianzhang.web.registry.models.decisions import QUERY_LENGTH
from lianzhang.web.registry.pages.typed import form_data, typed

_A_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require("enterprise.list")
@require_safe
def list_of_enterprises(request: HttpRequest) -> HttpResponse:
    """The enterprises that the reader may see, narrowed by what they ask for."""
    form = FilterForm(request.GET, actor=request.actor)
    page = Paginator(listing.listed(request.actor, form.wanted), _A_PAGE).get_page(request.GET.get("page"))
    held = listing.titles_of(row.pk for row in page.object_list)
    shown = {
        "form": form,
        "page": page,
        "rows": [(row, held.get(row.pk, ())) for row in page.object_list],
        "table": _table(request, page.object_list, form.chosen),
        "narrowed": form.wanted,
        "query": form.query,
        "views": listing.views_of(request.actor),
        "empty": not form.wanted and not page.paginator.count,
        "may_add": may_ever(request.actor, "enterprise.add").allowed,
        "may_load": may(request.actor, "enterprise.add", Subject(kind="enterprise")).allowed,
        "may_judge": may_ever(request.actor, "enterprise.judge").allowed,
        "may_judge_titles": may_ever(request.actor, "title.judge").allowed,
        "may_title": may_ever(request.actor, "enterprise.title").allowed,
        "may_import": may_ever(request.actor, "import.bring").allowed,
        "waiting": desks.corrections(request.actor).count(),
    }
    return render(request, "registry/list.html", shown)


def _table(request: Any, rows: Iterable[Any], chosen: Sequence[str]) -> dict[str, Any] | None:
    """The list in the columns that were chosen; the name leads, because it is the way to the profile."""
    if not chosen:
        return None
    columns = [column for column in chosen_columns(chosen, otherwise=USUAL) if column.id != "name"]
    shown = shown_rows(request.actor, list(rows), columns)
    return {
        "heads": [column.label for column in columns],
        "rows": [(one.row, [(column.label, column.cell(one)) for column in columns]) for one in shown],
    }


@require("enterprise.list")
@require_safe
def as_table(request: HttpRequest) -> HttpResponseBase:
    """What is seen, as a workbook (or CSV): the same filters, the same columns, and where it comes from."""
    form = FilterForm(request.GET, actor=request.actor)
    rows = listing.listed(request.actor, form.wanted).iterator(chunk_size=500)
    columns = chosen_columns(form.chosen, otherwise=USUAL_IN_FILES)
    name = f"{gettext('企业名录')}_{timezone.localdate():%Y%m%d}"
    response: HttpResponseBase
    if request.GET.get("as") == "csv":
        lines = export.lines(request.actor, rows, columns, filters=form.in_words)
        response, ending = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "csv"
    else:
        content = export.workbook(request.actor, rows, columns, filters=form.in_words)
        response, ending = HttpResponse(content, content_type=_XLSX), "xlsx"
    plain = f'filename="enterprises.{ending}"'
    response["Content-Disposition"] = f"attachment; {plain}; filename*=UTF-8''{quote(name)}.{ending}"
    return response


@require("enterprise.list")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filters under a name."""
    name, query = typed(request, "name"), typed(request, "query", most=QUERY_LENGTH)
    form = FilterForm(_read(query), actor=request.actor)
    if not name:
        messages.error(request, gettext("请给视图取个名字。"))
    elif form.query:
        try:
            view = save_view(request.actor, name=name, query=form.query)
        except TooManyViews as error:
            messages.error(request, error.say(words.language()))
        else:
            messages.success(request, gettext("已保存视图“%(name)s”。") % {"name": view.name})
    return redirect(f"{reverse('registry:list')}?{form.query}" if form.query else "registry:list")


@require("enterprise.list")
@require_POST
def remove_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Forget one of one's own views."""
    forget_view(request.actor, view_id)
    return redirect("registry:list")


@require("enterprise.add")
@require_POST
def load_pack(request: HttpRequest) -> HttpResponse:
    """Take over the enterprises that the city's pack knows from public reports."""
    from django.conf import settings

    added = load_enterprises(request.actor, settings.LIANZHANG_PACK)
    messages.success(request, gettext("已载入%(n)s家，存疑处都有标记，请逐家核对。") % {"n": added})
    return redirect("registry:list")


@require("enterprise.add")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add an enterprise, after a look at those whose name is like it."""
    if request.method != "POST":
        return render(request, "registry/new.html", {"form": NewForm(actor=request.actor), "alike": ()})
    form = NewForm(form_data(request), actor=request.actor)
    if not form.is_valid():
        return render(request, "registry/new.html", {"form": form, "alike": ()}, status=422)
    said = form.cleaned_data
    pk = said["id"]
    if queries.names_of([pk]):
        return redirect("registry:enterprise", pk)
    alike = resolving.alike(said["name"], credit_code=said["credit_code"])
    if alike and not said["anyway"]:
        shown = [row for row in alike if queries.one(request.actor, row.pk) is not None]
        return render(
            request,
            "registry/new.html",
            {"form": form, "alike": shown, "hidden": len(alike) - len(shown)},
            status=409,
        )
    values = [
        ValueEntry(enterprise=pk, fact=fact, text=said[fact])
        for fact in ("credit_code", "county")
        if said[fact]
    ]
    kind = "registered" if said["is_registered"] else "short"
    entries = Entries(new=[NewEnterprise(id=pk, name=said["name"].strip(), name_kind=kind)], values=values)
    try:
        enter(request.actor, entries, source=Source(kind="officer", name=said["source"]))
    except IntegrityError:
        # The same form arrived twice at once, and the other has just written it.
        if not queries.names_of([pk]):
            raise
        return redirect("registry:enterprise", pk)
    messages.success(request, gettext("已新增。请接着补充县区、产品等内容。"))
    return redirect("registry:enterprise", pk)


def _read(query: str) -> object:
    from django.http import QueryDict

    return QueryDict(query)
