"""The matrix as a page and as a table."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianzhang.kernel import clock
from lianzhang.tables.export import Listing, export_xlsx
from lianzhang.web.flow.words import say
from lianzhang.web.matrix import queries
from lianzhang.web.people.permission import require

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require("ledger.see")
@require_safe
def chains(request: HttpRequest) -> HttpResponse:
    """The chains to choose from; the only one opens at once."""
    found = queries.chains_of(request.actor)
    if len(found) == 1:
        return redirect("matrix:matrix", found[0].pk)
    return render(request, "matrix/list.html", {"chains": found})


@require("ledger.see")
@require_safe
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Counties across, measures down, a word in every cell."""
    return render(request, "matrix/matrix.html", {"matrix": _found(request, slug), "today": clock.today()})


@require("ledger.see")
@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a workbook, with the evidence beside each word."""
    found = _found(request, slug)
    groups = {"ten": gettext("十项举措"), "seven": gettext("七项保障")}
    listing = Listing(
        title=f"{found.chain.name} {gettext('10+7举措进度')}",
        about=(
            (gettext("数据截至"), clock.today().isoformat()),
            (gettext("导出人"), request.actor.signature),
            (gettext("密级"), gettext("内部资料")),
        ),
        headers=(
            gettext("组"), gettext("事项"), gettext("出处"), gettext("应有"), gettext("查实"),
            *(county.name for county in found.counties),
        ),
        rows=[
            [
                groups[one.group], say(one.name), gettext("有出处") if one.quoted else gettext("草拟待核"),
                one.announced, one.found, *(_words(cell) for _, cell in one.cells),
            ]
            for one in found.measures
        ],
    )  # fmt: skip
    response = HttpResponse(export_xlsx(listing), content_type=_XLSX)
    name = quote(f"{found.chain.name}_10+7举措_{clock.today():%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"matrix.xlsx\"; filename*=UTF-8''{name}"
    return response


def _words(cell: queries.Cell) -> str:
    evidence = f"（{cell.evidence}）" if cell.evidence else ""
    return f"{say(cell.word)}{evidence}"


def _found(request: HttpRequest, slug: str) -> queries.Matrix:
    found = queries.matrix_of(request.actor, slug)
    if found is None:
        raise Http404
    return found
