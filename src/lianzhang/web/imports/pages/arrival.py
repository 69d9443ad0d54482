"""The list of imports, bringing a table, and templates to fill in."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.regions import Regions
from lianzhang.tables import KIND_IDS, kinds
from lianzhang.tables.templates import template
from lianzhang.web.imports import queries, words
from lianzhang.web.imports.actions.receive import receive
from lianzhang.web.imports.forms import TableForm
from lianzhang.web.imports.pages.files import file_response
from lianzhang.web.people.permission import require
from lianzhang.web.registry import base_facts

_A_PAGE = 30


@require("import.see")
@require_safe
def list_of_imports(request: HttpRequest) -> HttpResponse:
    """Imports, newest first, with the form for the next one and the templates."""
    return _listed(request, TableForm(actor=request.actor), status=200)


@require("import.bring")
@require_http_methods(["POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take in a file or a pasted block."""
    form = TableForm(request.POST, request.FILES, actor=request.actor)
    if not form.is_valid():
        return _listed(request, form, status=422)
    batch = receive(
        request.actor,
        form.content,
        kind=form.cleaned_data["kind"],
        name=form.name,
        source=form.cleaned_data["source"],
        as_of=form.cleaned_data["as_of"],
        pasted=form.is_pasted,
        stated=form.stated,
        form_key=form.key,
    )
    return redirect("imports:batch", batch.pk)


@require("import.bring")
@require_safe
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The template for one kind of table."""
    if kind not in KIND_IDS:
        raise Http404
    found = kinds(base_facts.dictionary())[kind]
    content = template(found, regions=Regions.from_pack(open_pack(settings.LIANZHANG_PACK)))
    return file_response(content, f"{found.label.zh}模板.xlsx")


def _listed(request: HttpRequest, form: TableForm, *, status: int) -> HttpResponse:
    page = Paginator(queries.visible_to(request.actor), _A_PAGE).get_page(request.GET.get("page"))
    labels = {kind.id: kind.label.say(words.language()) for kind in kinds().values()}
    rows = [
        {
            "batch": batch,
            "kind": labels.get(batch.kind, batch.kind),
            "counts": (batch.preview or {}).get("counts", {}),
            "can_be_undone": queries.can_be_undone(batch),
        }
        for batch in page.object_list
    ]
    templates = [{"kind": kind, "label": label} for kind, label in form.fields["kind"].choices]
    shown = {"page": page, "rows": rows, "form": form, "templates": templates}
    return render(request, "imports/list.html", shown, status=status)
