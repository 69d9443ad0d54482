"""Requests from a table: upload, look, file, take back; the template."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.tables.export import Listing, export_xlsx
from lianzhang.web.cases import queries
from lianzhang.web.cases.actions import file_table, receive_table, undo_table
from lianzhang.web.cases.forms import TableForm, topics
from lianzhang.web.cases.table import COLUMNS
from lianzhang.web.flow.acting import say_error
from lianzhang.web.people.permission import require

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require("request.import")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is filed."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = receive_table(request.actor, file.name, file.read())
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error("file", say_error(error))
        else:
            return redirect("cases:table", staged.pk)
    shown = {"form": form, "tables": queries.tables(request.actor)[:20]}
    return render(request, "cases/upload.html", shown, status=422 if form.errors else 200)


@require("request.import")
@require_safe
def look(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """The rows that can be filed and those that cannot, each with its reasons."""
    staged = queries.table(request.actor, table_id)
    if staged is None:
        raise Http404
    good = [line for line in staged.lines if not line["errors"]]
    bad = [line for line in staged.lines if line["errors"]]
    requests = staged.requests.select_related("firm", "enterprise", "lead").order_by("number")
    shown = {"table": staged, "good": good, "bad": bad, "requests": requests, "topics": dict(topics())}
    return render(request, "cases/table.html", shown)


@require("request.import")
@require_POST
def file(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """File the good rows."""
    count = file_table(request.actor, table_id)
    messages.success(request, gettext("已登记%(count)s件诉求。") % {"count": count})
    return redirect("cases:table", table_id)


@require("request.import")
@require_POST
def undo(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Take the table back."""
    undone, kept = undo_table(request.actor, table_id)
    messages.success(
        request,
        gettext("已撤销%(undone)s件；%(kept)s件已在办理，没有撤。") % {"undone": undone, "kept": kept},
    )
    return redirect("cases:table", table_id)


@require("request.import")
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with the right header."""
    about = ((gettext("事项可填"), "、".join(label for _, label in topics())),)
    headers = tuple(names[0] for names in COLUMNS.values())
    response = HttpResponse(
        export_xlsx(Listing(gettext("诉求登记表"), about, headers, [])), content_type=_XLSX
    )
    name = quote("诉求登记表.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"requests.xlsx\"; filename*=UTF-8''{name}"
    return response
