"""Recording decisions, one screen an item; the ledger of tasks; one resolution."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.flow.act_page import act_page, filled
from lianzhang.web.flow.acting import say_error
from lianzhang.web.flow.clock_faces import faces
from lianzhang.web.flow.queries import buttons, clocks_of, log_of
from lianzhang.web.meetings import queries
from lianzhang.web.meetings.actions import act_on_resolution, decide_item, leave_undecided
from lianzhang.web.meetings.forms import DecisionForm
from lianzhang.web.meetings.models import AgendaItem, Meeting
from lianzhang.web.people.permission import require


@require("meeting.prepare")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, subject: UUID, item_id: int) -> HttpResponse:
    """One screen for one item: what is known, what the unit answered, what the table decides."""
    row = queries.one(request.actor, subject)
    item = queries.item(request.actor, row, item_id) if row else None
    if row is None or item is None or item.dropped:
        raise Http404
    form = DecisionForm(request.POST or None, initial={"lead": item.asked_id})
    if request.method == "POST":
        response = _record(request, row, item, form)
        if response is not None:
            return response
    items = [one for one in queries.agenda(request.actor, row) if not one.dropped]
    number = next(n for n, one in enumerate(items, start=1) if one.pk == item.pk)
    shown = {"row": row, "item": item, "form": form, "number": number, "count": len(items)}
    return render(request, "meetings/decide.html", shown, status=422 if form.errors else 200)


def _record(request: HttpRequest, row: Meeting, item: AgendaItem, form: DecisionForm) -> HttpResponse | None:
    try:
        if request.POST.get("how") == "none":
            leave_undecided(request.actor, row.pk, item.pk, request.POST.get("reason", ""))
        elif not form.is_valid():
            return None
        else:
            given = form.cleaned_data
            decide_item(
                request.actor, row.pk, item.pk, text=given["text"], lead=given["lead"], day=given["day"],
                measure_of_done=given["measure_of_done"],
            )  # fmt: skip
    except NotAllowed:
        raise
    except LianzhangError as error:
        form.is_valid()
        form.add_error(None, say_error(error))
        return None
    following = _next_undecided(request, row, item)
    if following is not None:
        return redirect("meetings:decide", row.pk, following.pk)
    return redirect("meetings:meeting", row.pk)


def _next_undecided(request: HttpRequest, row: Meeting, item: AgendaItem) -> AgendaItem | None:
    items = [one for one in queries.agenda(request.actor, row) if not one.dropped]
    later = [one for one in items if (one.position, one.pk) > (item.position, item.pk)]
    return next((one for one in later if not one.no_decision and not one.resolutions.all()), None)


@require("resolution.see")
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger of tasks with colours and words: who owes what until when."""
    late = request.GET.get("late") == "yes"
    page = Paginator(queries.ledger(request.actor, late=late), 50).get_page(request.GET.get("page"))
    overdue = queries.ledger(request.actor, late=True).count()
    return render(request, "meetings/ledger.html", {"page": page, "late": late, "overdue": overdue})


@require("resolution.see")
@require_safe
def resolution(request: HttpRequest, subject: UUID) -> HttpResponse:
    """One resolution: text, owner, date, log."""
    row = queries.resolution(request.actor, subject)
    if row is None:
        raise Http404
    clocks = clocks_of(row)
    shown = {
        "row": row,
        "buttons": buttons(request.actor, row, clocks),
        "faces": faces(row, clocks, inside=True),
        "lines": log_of(request.actor, row),
    }
    return render(request, "meetings/resolution.html", shown)


@require("resolution.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """An act on a resolution."""
    row = queries.resolution(request.actor, subject)
    if row is None:
        raise Http404
    return act_page(
        request, row, action,
        lambda form: act_on_resolution(request.actor, subject, action, form.given, **filled(form)),
        template="meetings/act.html", back=reverse("meetings:resolution", args=[subject]),
    )  # fmt: skip
