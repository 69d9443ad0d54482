"""What the buttons and keys of the review desk do. Each works as a plain form and as a part of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.kernel import Conflict, LianzhangError, NotAllowed
from lianzhang.web.bulletins import words
from lianzhang.web.bulletins.actions.accept import Accepted, Choice, accept, accept_sure, correct
from lianzhang.web.bulletins.actions.add import add
from lianzhang.web.bulletins.actions.drop import drop
from lianzhang.web.bulletins.actions.finish import finish
from lianzhang.web.bulletins.actions.undo import undo
from lianzhang.web.bulletins.forms.statement import StatementForm, initial_of
from lianzhang.web.bulletins.forms.upload import AddForm
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.bulletins.pages.access import FRAGMENT_HEADER, document_for, wants_fragment
from lianzhang.web.bulletins.pages.review import desk_context
from lianzhang.web.bulletins.refusals import ClaimConflict
from lianzhang.web.bulletins.review.desk import desk_of
from lianzhang.web.people.permission import require


@require("claim.accept")
@require_POST
def accept_claim(request: HttpRequest, document_id: UUID, claim_id: UUID) -> HttpResponse:
    """Accept one claim as read."""
    version, choice = _version(request), _choice(request)
    return _decided(
        request,
        document_id,
        claim_id,
        lambda: accept(request.actor, claim_id, version=version, choice=choice),
    )


@require("claim.drop")
@require_POST
def drop_claim(request: HttpRequest, document_id: UUID, claim_id: UUID) -> HttpResponse:
    """Drop one claim."""
    version, because = _version(request), request.POST.get("drop_because", "")[:200]
    return _decided(
        request,
        document_id,
        claim_id,
        lambda: drop(request.actor, claim_id, version=version, because=because),
    )


@require("claim.accept")
@require_POST
def accept_sure_claims(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Accept the sure claims that were on the page."""
    document_for(request, document_id, "claim.accept")
    shown = {}
    for item in request.POST.getlist("shown"):
        named, _, version = item.partition(":")
        claim_id = _uuid(named)
        if claim_id is not None and version.isascii() and version.isdigit():
            shown[claim_id] = int(version)
    accepted = accept_sure(request.actor, document_id, shown=shown)
    note = ""
    if accepted.overtaken:
        note = gettext("有%(n)s条刚被别人处理或已改变，没有一并接受。") % {"n": accepted.overtaken}
    return _answer(request, document_id, accepted, note=note)


@require("claim.undo")
@require_POST
def undo_decision(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Take back the decision on one claim, a whole decision, or the officer's latest one."""
    document_for(request, document_id, "claim.undo")
    decision, claim = _uuid(request.POST.get("decision", "")), _uuid(request.POST.get("claim", ""))
    try:
        claims = undo(request.actor, document_id, decision=decision, claim=claim)
    except NotAllowed:
        raise
    except Conflict as error:
        return _refused(request, document_id, error, status=409)
    if request.POST.get("back") == "receipt":
        return redirect("bulletins:receipt", document_id)
    note = gettext("已撤销，%(n)s条回到待审核。") % {"n": len(claims)}
    return _answer(request, document_id, None, touched=[claim.pk for claim in claims], note=note)


@require("claim.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_claim(request: HttpRequest, document_id: UUID, claim_id: UUID) -> HttpResponse:
    """Say what the place really states, and accept that."""
    document = document_for(request, document_id, "claim.edit")
    row = next((row for row in desk_of(document, request.actor).rows if row.claim.pk == claim_id), None)
    if row is None or (not row.waiting and request.method != "POST"):
        return redirect("bulletins:review", document_id)
    claim = row.claim
    if request.method != "POST":
        form = StatementForm(initial=initial_of(claim), must_type=claim.damaged)
        return _edit_page(request, document, row, form)
    form = StatementForm(request.POST, must_type=claim.damaged)
    if not form.is_valid() or form.statement is None:
        return _edit_page(request, document, row, form, status=422)
    statement, version, choice = form.statement, _version(request), _choice(request)
    return _decided(
        request,
        document_id,
        claim_id,
        lambda: correct(request.actor, claim_id, statement, version=version, choice=choice),
        on_refusal=lambda error: _edit_page(request, document, row, form, refusal=error, status=422),
    )


@require("claim.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def add_claim(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Add what the reading did not find."""
    document = document_for(request, document_id, "claim.edit", with_text=True)
    if request.method != "POST":
        place = AddForm(text=document.text, initial=_chosen(request, document))
        form = StatementForm(initial={"kind": "metric", "qualifier": "exact", "change_qualifier": "exact"})
        return _add_page(request, document, place, form)
    place, form = AddForm(request.POST, text=document.text), StatementForm(request.POST)
    valid = [place.is_valid(), form.is_valid()]
    if not all(valid) or form.statement is None:
        return _add_page(request, document, place, form, status=422)
    try:
        added = add(
            request.actor,
            document_id,
            form.statement,
            start=place.cleaned_data["start"],
            end=place.cleaned_data["end"],
            form_key=place.cleaned_data["form_key"] or place.initial["form_key"],
            choice=_choice(request),
        )
    except (Conflict, NotAllowed):
        raise
    except LianzhangError as error:
        return _add_page(request, document, place, form, refusal=error, status=422)
    messages.success(request, gettext("已加入一条。"))
    return redirect(_desk_address(document_id, decision=added.decision, claim=added.claims[0]))


@require("bulletin.review")
@require_POST
def finish_review(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """End the review and show the receipt."""
    document_for(request, document_id, "bulletin.review")
    finish(request.actor, document_id)
    return redirect("bulletins:receipt", document_id)


@require("bulletin.see")
@require_safe
def receipt(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """What became of the claims, decision by decision, each with its undo."""
    document = document_for(request, document_id)
    if document.state not in (Document.State.REVIEW, Document.State.DONE):
        return redirect("bulletins:document", document_id)
    desk = desk_of(document, request.actor)
    decided = [row for row in desk.rows if not row.waiting]
    decided.sort(key=lambda row: (row.claim.decided_at, row.claim.ordinal), reverse=True)
    decisions: dict[Any, list[Any]] = {}
    for row in decided:
        decisions.setdefault(row.claim.decision, []).append(row)
    shown = {"document": document, "desk": desk, "tally": desk.tally, "decisions": list(decisions.items())}
    return render(request, "bulletins/receipt.html", shown)


def _decided(
    request: HttpRequest,
    document_id: UUID,
    claim_id: UUID,
    decide: Callable[[], Accepted],
    *,
    on_refusal: Callable[[LianzhangError], HttpResponse] | None = None,
) -> HttpResponse:
    """Carry out one decision on one claim and answer with what changed, or with why it did not."""
    document = document_for(request, document_id)
    if not Claim.objects.filter(pk=claim_id, document=document).exists():
        return redirect("bulletins:review", document_id)
    try:
        done = decide()
    except NotAllowed:
        raise
    except ClaimConflict as error:
        return _refused(request, document_id, error, status=409, touched=[claim_id])
    except LianzhangError as error:
        if on_refusal is not None:
            return on_refusal(error)
        return _refused(request, document_id, error, status=422, touched=[claim_id])
    return _answer(request, document_id, done)


def _answer(
    request: HttpRequest,
    document_id: UUID,
    done: Accepted | None,
    *,
    touched: Iterable[UUID] = (),
    note: str = "",
) -> HttpResponse:
    """After a decision: the changed parts for review.js, else the desk at the next claim that waits."""
    claims = [claim.pk for claim in done.claims] if done else list(touched)
    decision = done.decision if done and done.claims else None
    if wants_fragment(request):
        return _fragment(request, document_id, claims, decision=decision, note=note)
    if note:
        messages.info(request, note)
    last = done.claims[-1] if done and len(done.claims) == 1 else None
    desk = desk_of(document_for(request, document_id), request.actor)
    following = desk.next_waiting(last.ordinal if last else -1)
    return redirect(
        _desk_address(document_id, decision=decision, claim=following.claim if following else None)
    )


def _refused(
    request: HttpRequest,
    document_id: UUID,
    error: LianzhangError,
    *,
    status: int,
    touched: Iterable[UUID] = (),
) -> HttpResponse:
    if wants_fragment(request):
        return _fragment(request, document_id, touched, error=error, status=status)
    document = document_for(request, document_id)
    desk = desk_of(document, request.actor)
    shown = {
        "document": document,
        "what": error.what.say(words.language()),
        "remedy": error.remedy.say(words.language()) if error.remedy else "",
        "rows": [desk.row(claim_id) for claim_id in touched],
        "is_conflict": status == 409,
    }
    return render(request, "bulletins/refused.html", shown, status=status)


def _fragment(
    request: HttpRequest,
    document_id: UUID,
    claims: Iterable[UUID],
    *,
    decision: UUID | None = None,
    note: str = "",
    error: LianzhangError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Every part of the desk that may look different now; review.js puts each in place by its id."""
    desk = desk_of(document_for(request, document_id), request.actor)
    shown = {
        **desk_context(desk, decision=str(decision or "")),
        "rows": desk.rows_touched_by(claims),
        "note": note,
        "error": error.say(words.language()) if error else "",
    }
    response = render(request, "bulletins/parts/changes.html", shown, status=status)
    response[FRAGMENT_HEADER] = "1"
    return response


def _edit_page(
    request: HttpRequest,
    document: Document,
    row: Any,
    form: StatementForm,
    *,
    refusal: LianzhangError | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "document": document,
        "row": row,
        "form": form,
        "refusal": refusal.say(words.language()) if refusal else "",
        "fragment": wants_fragment(request),
    }
    template = "bulletins/parts/edit.html" if wants_fragment(request) else "bulletins/edit.html"
    response = render(request, template, shown, status=status)
    if wants_fragment(request):
        response[FRAGMENT_HEADER] = "1"
    return response


def _add_page(
    request: HttpRequest,
    document: Document,
    place: AddForm,
    form: StatementForm,
    *,
    refusal: LianzhangError | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "document": document,
        "place": place,
        "form": form,
        "refusal": refusal.say(words.language()) if refusal else "",
    }
    return render(request, "bulletins/add.html", shown, status=status)


def _chosen(request: HttpRequest, document: Document) -> dict[str, Any]:
    """The words that were selected on the desk, given by their place in the address."""
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return {}
    first, last = int(start), int(end)
    if not 0 <= first < last <= len(document.text):
        return {}
    return {"quote": document.text[first:last], "start": first}


def _desk_address(document_id: UUID, *, decision: UUID | None, claim: Claim | None) -> str:
    address = reverse("bulletins:review", args=[document_id])
    if decision is not None:
        address += f"?done={decision}"
    return f"{address}#r{claim.ordinal}" if claim is not None else f"{address}#finish"


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _choice(request: HttpRequest) -> Choice | None:
    replace, because = _uuid(request.POST.get("replace", "")), request.POST.get("because", "").strip()
    if replace is not None:
        return Choice(replace=replace)
    return Choice(because=because[:200]) if because else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
