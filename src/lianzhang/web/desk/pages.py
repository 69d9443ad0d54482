"""The desk, notices, and the working calendar."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.casework import Role, may_ever
from lianzhang.kernel import LianzhangError, NotAllowed, clock
from lianzhang.web.bulletins import originals
from lianzhang.web.desk.forms import YearForm
from lianzhang.web.desk.queries import calendar_warning, desk_of, file_of, href_of
from lianzhang.web.flow import queries as flow
from lianzhang.web.flow import rules
from lianzhang.web.flow.acting import say_error
from lianzhang.web.flow.actions import enter_year, read_all
from lianzhang.web.people.permission import require

_A_PAGE = 50


@require("desk.see")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the most urgent first."""
    actor = request.actor
    shown = {
        "desk": desk_of(actor),
        "warning": calendar_warning(actor),
        "unread": flow.unread(actor).count(),
        "files": may_ever(actor, "request.file").allowed,
        "sees_requests": may_ever(actor, "request.see").allowed,
        "assigns": actor.role is Role.chain_officer,
        "looks_after": actor.role is Role.chief,
        "today": clock.today(),
    }
    return render(request, "desk/home.html", shown)


@require("desk.see")
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Notices to the reader, newest first; those unread are marked."""
    rows = flow.notices(request.actor)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    new = set(flow.unread(request.actor).values_list("pk", flat=True)[:1000])
    lines = [(row, href_of(row.kind, row.subject), row.pk in new) for row in page.object_list]
    return render(request, "desk/notices.html", {"page": page, "lines": lines, "unread": len(new)})


@require("desk.see")
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """All of them are read."""
    read_all(request.actor)
    return redirect("desk:notices")


@require("desk.see")
@require_safe
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """An attached file of any case, always as a download."""
    found = file_of(request.actor, file_id)
    if found is None:
        raise Http404
    response = HttpResponse(originals.fetch(found.sha256), content_type=found.type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    return response


@require("calendar.see")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Which years are known, and the form for the next one."""
    enters = may_ever(request.actor, "calendar.enter").allowed
    known = rules.calendar()
    form = YearForm(request.POST or None, initial={"year": known.last_year + 1}) if enters else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            enter_year(request.actor, given["year"], off=given["off"], on=given["on"], source=given["source"])
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error(None, say_error(error))
        else:
            messages.success(request, gettext("已录入，期限已重新计算。"))
            return redirect("desk:calendar")
    year = known.last_year
    shown = {
        "form": form,
        "known": known,
        "warning": known.warning(clock.today()),
        "years": flow.years()[:20],
        "off": sorted(day for day in known.off if day.year == year),
        "on": sorted(day for day in known.on if day.year == year),
    }
    return render(request, "desk/calendar.html", shown, status=422 if form and form.errors else 200)
