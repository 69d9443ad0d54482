"""The page of one request, its acts, notes and files."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.casework import FLOWS, Role
from lianzhang.casework.flow import SHOWN, Transition
from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.cases import contact, queries
from lianzhang.web.cases.actions import act
from lianzhang.web.cases.models import Request
from lianzhang.web.cases.suggestions import Suggester, Suggestion, answered_before, same_again
from lianzhang.web.flow.act_page import act_page, filled
from lianzhang.web.flow.acting import ActForm, rating_field, say_error
from lianzhang.web.flow.actions import note
from lianzhang.web.flow.attachments import fit
from lianzhang.web.flow.clock_faces import faces
from lianzhang.web.flow.queries import buttons, clocks_of, log_of
from lianzhang.web.people.permission import require


@require("request.see")
@require_safe
def request_page(request: HttpRequest, subject: UUID) -> HttpResponse:
    """Where it stands, who has it, until when, what was said, and what the reader can do."""
    return _show(request, _found(request, subject))


@require("request.act")
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, subject: UUID, action: str) -> HttpResponse:
    """The form of an act, and the act itself."""
    row = _found(request, subject)

    @cache
    def suggestion() -> Suggestion | None:
        return Suggester().unit_for(row) if action in ("assign", "rule") else None

    def suggest(form: ActForm) -> None:
        if request.method != "POST" and (found := suggestion()) is not None:
            form.initial.setdefault("unit", found.unit.pk)

    def pressed_late() -> None:
        version = request.POST.get("version", "")
        act(request.actor, subject, _known(action), {}, version=int(version) if version.isdigit() else 0)

    return act_page(
        request, row, action, lambda form: _act(request, subject, action, form),
        template="cases/act.html", back=reverse("cases:request", args=[subject]),
        extra={"rating": rating_field()} if action == "confirm" and row.result != "planned" else {},
        prepare=suggest, shown=lambda: {"suggestion": suggestion()},
        after=lambda: _next(request, subject), pressed_late=pressed_late,
    )  # fmt: skip


@require("request.act")
@require_POST
def add_note(request: HttpRequest, subject: UUID) -> HttpResponse:
    """A note inside, or a word to the firm: two buttons, two colours."""
    row = _found(request, subject)
    outward = request.POST.get("outward") == "yes" or request.actor.role is Role.enterprise_user
    try:
        files = fit(request.FILES.getlist("files"))
        note(
            request.actor, Request, subject, request.POST.get("text", "")[:5000], outward=outward, files=files
        )
    except NotAllowed:
        raise
    except LianzhangError as error:
        return _show(request, row, problem=say_error(error), kept=request.POST.get("text", ""), status=422)
    return redirect("cases:request", subject)


def _show(
    request: HttpRequest, row: Request, *, problem: str = "", kept: str = "", status: int = 200
) -> HttpResponse:
    if row.state == "draft":
        return redirect("cases:draft", row.pk, 1)
    actor, clocks = request.actor, clocks_of(row)
    inside = actor.role is not Role.enterprise_user
    shown: dict[str, Any] = {
        "row": row,
        "shown": SHOWN[_state(row).shown],
        "state": _state(row).label,
        "faces": faces(row, clocks, inside=inside),
        "lines": log_of(actor, row),
        "buttons": _buttons(request, row),
        "inside": inside,
        "phone": contact.masked(row.contact_phone),
        "problem": problem,
        "kept": kept,
        "profile": queries.profile_of(actor, row),
        "helpers": queries.helpers_of(row),
        "same": same_again(actor, row) if inside and row.state == "submitted" else [],
        "alike": answered_before(row.topic, f"{row.title}{row.text}", besides=row.pk) if inside else [],
        "suggestion": Suggester().unit_for(row) if inside and row.state == "submitted" else None,
    }
    return render(request, "cases/request.html", shown, status=status)


def _found(request: HttpRequest, subject: UUID) -> Request:
    row = queries.one(request.actor, subject)
    if row is None:
        raise Http404
    return row


def _state(row: Request) -> Any:
    return FLOWS["request"].state(row.state)


def _buttons(request: HttpRequest, row: Request) -> tuple[Transition, ...]:
    return buttons(request.actor, row, clocks_of(row))


def _act(request: HttpRequest, subject: UUID, action: str, form: ActForm) -> Request:
    given = form.given
    if form.cleaned_data.get("rating"):
        given["rating"] = int(form.cleaned_data["rating"])
    return act(request.actor, subject, action, given, **filled(form))


def _known(action: str) -> str:
    if action not in FLOWS["request"].actions:
        raise Http404
    return action


def _next(request: HttpRequest, subject: UUID) -> str:
    if request.POST.get("back") == "assign":
        return reverse("cases:assign")
    return reverse("cases:request", args=[subject])
