"""The list of consultations, one of them with its agenda, its minutes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.casework import Role, may_ever
from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.flow.act_page import act_page
from lianzhang.web.flow.acting import say_error
from lianzhang.web.flow.queries import buttons, clocks_of, log_of
from lianzhang.web.meetings import queries
from lianzhang.web.meetings.actions import act, add_item, answer_item, compile_meeting, drop_item, move_item
from lianzhang.web.meetings.forms import ItemForm, MeetingForm
from lianzhang.web.meetings.models import Meeting
from lianzhang.web.people.permission import require


@require("meeting.see")
@require_safe
def list_of_meetings(request: HttpRequest) -> HttpResponse:
    """All consultations the reader has a part in."""
    page = Paginator(queries.listed(request.actor), 30).get_page(request.GET.get("page"))
    shown = {"page": page, "prepares": may_ever(request.actor, "meeting.prepare").allowed}
    return render(request, "meetings/list.html", shown)


@require("meeting.prepare")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new consultation; its agenda is compiled at once."""
    form = MeetingForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        chain = form.chains[given.pop("chain")]
        try:
            meeting = compile_meeting(request.actor, chain, **given)
        except NotAllowed:
            raise
        except LianzhangError as error:
            form.add_error("day", say_error(error))
        else:
            return redirect("meetings:meeting", meeting.pk)
    return render(request, "meetings/new.html", {"form": form}, status=422 if form.errors else 200)


@require("meeting.see")
@require_safe
def meeting(request: HttpRequest, subject: UUID) -> HttpResponse:
    """The agenda, what is asked of whom, what was decided."""
    return _show(request, _found(request, subject))


@require("meeting.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """An act on the consultation."""
    row = _found(request, subject)
    return act_page(
        request, row, action,
        lambda form: act(request.actor, subject, action, form.given, version=form.cleaned_data.get("version")),
        template="meetings/act.html", back=reverse("meetings:meeting", args=[subject]),
    )  # fmt: skip


@require("meeting.prepare")
@require_POST
def order(request: HttpRequest, subject: UUID, item_id: int) -> HttpResponse:
    """Move an item up or down, take it off or put it back."""
    _found(request, subject)
    how = request.POST.get("how", "")
    if how in ("up", "down"):
        move_item(request.actor, subject, item_id, up=how == "up")
    elif how in ("drop", "restore"):
        drop_item(request.actor, subject, item_id, dropped=how == "drop")
    return redirect(f"{reverse('meetings:meeting', args=[subject])}#agenda")


@require("meeting.prepare")
@require_POST
def add(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Add an item by hand."""
    row = _found(request, subject)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _show(request, row, item_form=form, status=422)
    add_item(
        request.actor,
        subject,
        form.cleaned_data["title"],
        brief=form.cleaned_data["brief"],
        asked=form.cleaned_data["asked"],
    )
    return redirect(f"{reverse('meetings:meeting', args=[subject])}#agenda")


@require("meeting.answer")
@require_POST
def answer(request: HttpRequest, subject: UUID, item_id: int) -> HttpResponse:
    """The written answer of the asked unit."""
    row = _found(request, subject)
    try:
        answer_item(request.actor, subject, item_id, request.POST.get("text", "")[:5000])
    except NotAllowed:
        raise
    except LianzhangError as error:
        return _show(request, row, problem=say_error(error), status=422)
    messages.success(request, gettext("书面答复已保存。"))
    return redirect("meetings:meeting", subject)


@require("meeting.see")
@require_safe
def minutes(request: HttpRequest, subject: UUID) -> HttpResponse:
    """The minutes in the form of official papers, drawn up from what was recorded; for reading and printing."""
    row = _found(request, subject)
    if request.actor.role not in (Role.chief, Role.chain_officer) and row.state not in ("signed", "closed"):
        raise Http404
    items = [item for item in queries.agenda(request.actor, row) if not item.dropped]
    return render(
        request, "meetings/minutes.html", {"row": row, "items": items, "undecided": queries.undecided(row)}
    )


@require("meeting.see")
@require_safe
def paper(request: HttpRequest, subject: UUID, what: str) -> HttpResponse:
    """The minutes, or the agenda with its papers, as a Word file."""
    # Loaded only here: the program starts faster without it.
    from lianzhang.web.meetings import official_paper

    row = _found(request, subject)
    signed = row.state in ("signed", "closed")
    inside = request.actor.role in (Role.chief, Role.chain_officer)
    if what not in ("minutes", "agenda") or not (inside or (signed and what == "minutes")):
        raise Http404
    items = [item for item in queries.agenda(request.actor, row) if not item.dropped]
    if what == "minutes":
        content, name = official_paper.minutes(row, items, signed=signed), gettext("会议纪要")
    else:
        content, name = official_paper.agenda(row, items), gettext("议程和材料")
    response = HttpResponse(content, content_type=official_paper.DOCX)
    named = quote(f"{row.number} {name}.docx", safe="")
    response["Content-Disposition"] = f"attachment; filename=\"{what}.docx\"; filename*=UTF-8''{named}"
    return response


def _show(request: HttpRequest, row: Meeting, *, status: int = 200, **more: Any) -> HttpResponse:
    actor = request.actor
    items = queries.agenda(actor, row)
    prepares = may_ever(actor, "meeting.prepare").allowed
    kept = [item for item in items if not item.dropped]
    shown = {
        "row": row,
        "items": kept,
        "dropped": [item for item in items if item.dropped],
        "buttons": buttons(actor, row, clocks_of(row)),
        "lines": log_of(actor, row),
        "prepares": prepares,
        "orders": prepares and row.state in ("planning", "called"),
        "records": prepares and row.state in ("agreed", "held"),
        "answers": may_ever(actor, "meeting.answer").allowed and row.state in ("papers", "agreed"),
        "mine": actor.organisation_id,
        "item_form": ItemForm(),
        "timeline": queries.timeline(row),
        "undecided": queries.undecided(row),
        **more,
    }
    return render(request, "meetings/meeting.html", shown, status=status)


def _found(request: HttpRequest, subject: UUID) -> Meeting:
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    return row
