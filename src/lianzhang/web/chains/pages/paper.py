"""The map on paper: one page of PDF, A4 or A3, made by typst (the extra `pdf`)."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianzhang.chain import Form
from lianzhang.web.chains import words
from lianzhang.web.chains.drawing import Picture
from lianzhang.web.chains.pages.frame import chain_with_map_or_404
from lianzhang.web.chains.pages.maps import map_context
from lianzhang.web.chains.sheet import sheet_of
from lianzhang.web.chains.standing import standing_of
from lianzhang.web.people.permission import require
from lianzhang.web.ui.typesetting import typeset

PAPERS = ("a4", "a3")


@require("map.see")
@require_safe
def map_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The map as a PDF, `?paper=a3` for A3; the same drawing as on screen with title, date and legend."""
    chain = chain_with_map_or_404(request, slug)
    shown = standing_of(request.actor, chain)
    if shown is None:
        raise Http404
    paper = request.GET.get("paper", "a4")
    context = map_context(request, shown)
    drawn: Picture = context["wide"]
    assert drawn.form is Form.wide
    placed = shown.coverage.placed_on
    lines = [
        gettext("第%(n)s版") % {"n": shown.version.number},
        gettext("企业库%(day)s落位") % {"day": placed} if placed else gettext("企业库尚未落位"),
        gettext("内部资料"),
    ]
    source = sheet_of(
        drawn,
        title=f"{words.name(chain)} {gettext('产业图谱')}",
        lines=lines,
        marks=[(str(mark), label, count) for mark, label, count in context["marks"]],
        paper=paper if paper in PAPERS else "a4",
    )
    response = HttpResponse(
        typeset({"main.typ": source[0], "map.svg": source[1]}), content_type="application/pdf"
    )
    name = quote(f"{chain.name}_产业图谱.pdf")
    response["Content-Disposition"] = f"attachment; filename=\"map.pdf\"; filename*=UTF-8''{name}"
    return response
