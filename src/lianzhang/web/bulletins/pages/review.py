"""The review desk and the source page: the original on one side, what was read from it on the other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lianzhang.web.bulletins import words
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.bulletins.pages.access import document_for
from lianzhang.web.bulletins.queries import visible_to
from lianzhang.web.bulletins.review.desk import A_PAGE, Desk, desk_of, sections_of
from lianzhang.web.bulletins.review.highlights import Line, Place, lines_of, places_of
from lianzhang.web.facts import queries as facts
from lianzhang.web.people.permission import require
from lianzhang.web.registry.resolving import resolved_all

_NOT_READ = (Document.State.RECEIVED, Document.State.READING, Document.State.FAILED)
#: Characters shown on either side of a statement to those who may see facts but not bulletins.
_EXCERPT = 120


@require("bulletin.see")
@require_safe
def review(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The desk. Those who may not decide see it without its buttons."""
    found = document_for(request, document_id, with_text=True)
    if found.state in _NOT_READ:
        return redirect("bulletins:document", found.pk)
    desk = desk_of(found, request.actor)
    page = Paginator(desk.rows, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "firms": resolved_all(
            (row.claim.subject for row in page.object_list), document=found.pk, published=found.published
        ),
        **desk_context(desk, decision=request.GET.get("done", "")),
        "page": page if page.has_other_pages() else None,
        "sections": sections_of(page.object_list),
        "about": words.about(found),
        **original_of(desk, clean=request.GET.get("copy") == "clean"),
    }
    return render(request, "bulletins/review.html", shown)


@require("bulletin.see")
@require_safe
def original(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The left side alone, as found or as a cleaned reading copy."""
    found = document_for(request, document_id, with_text=True)
    shown = original_of(desk_of(found, request.actor), clean=request.GET.get("copy") == "clean")
    return render(request, "bulletins/parts/original.html", {"document": found, **shown})


@require("fact.see")
@require_safe
def source(request: HttpRequest, document_id: UUID, claim_id: UUID) -> HttpResponse:
    """The place in the original on which one number rests.

    Whoever may see a fact may see the words it rests on. The whole bulletin, with what was not accepted,
    is shown to those who may see bulletins.
    """
    found = visible_to(request.actor).filter(pk=document_id).first()
    claim = Claim.objects.select_related("document__chain", "decided_by").filter(
        pk=claim_id, document_id=document_id
    ).first()  # fmt: skip
    if claim is None:
        raise Http404
    fact = facts.visible_source(request.actor, claim_id)
    if found is None and fact is None:
        raise Http404
    document = found or claim.document
    shown: dict[str, Any] = {
        "document": document,
        "claim": claim,
        "fact": fact,
        "shown": fact or claim,
        "reason": words.say(claim.reason),
        "whole": found is not None,
        "about": words.about(document),
    }
    if found is not None:
        shown |= original_context(found, [claim], clean=request.GET.get("copy") == "clean")
    else:
        shown |= {"lines": _excerpt(document, claim), "damages": []}
    shown["tones"] = {str(claim.ordinal): "target"}
    return render(request, "bulletins/source.html", shown)


def desk_context(desk: Desk, *, decision: str = "") -> dict[str, Any]:
    """What the right side of the desk and its counts need."""
    return {
        "document": desk.document,
        "desk": desk,
        "tally": desk.tally,
        "undo": undo_bar(desk, decision),
    }


def undo_bar(desk: Desk, decision: str) -> dict[str, Any] | None:
    """The decision that can be taken back with one key, if it stands."""
    claims = [row.claim for row in desk.rows if decision and str(row.claim.decision) == decision]
    if not claims:
        return None
    return {"decision": decision, "count": len(claims), "state": claims[0].state}


def original_of(desk: Desk, *, clean: bool) -> dict[str, Any]:
    """The left side of the desk: the text, and the tone in which each claim's places are shown."""
    shown = original_context(desk.document, [row.claim for row in desk.rows], clean=clean)
    return {**shown, "tones": {str(row.claim.ordinal): row.mark for row in desk.rows}}


def original_context(document: Document, claims: list[Claim], *, clean: bool) -> dict[str, Any]:
    """The text in lines, with the places of `claims` and of damage."""
    places = places_of(claims)
    damages = [(damage["start"], damage["end"]) for damage in document.damaged]
    text = document.text
    if clean:
        text, places, damages = _clean(text, places, damages)
    return {
        "lines": lines_of(text, places, damages),
        "clean": clean,
        "damages": [{**damage, "reason": words.say(damage["reason"])} for damage in document.damaged],
    }


def _clean(
    text: str, places: list[Place], damages: list[tuple[int, int]]
) -> tuple[str, list[Place], list[tuple[int, int]]]:
    """The reading copy with the same places in it."""
    from lianzhang.reading.repair import clean

    copy = clean(text)
    moved = [Place(*copy.cleaned(place.start, place.end), place.mark, place.anchor) for place in places]
    return copy.text, moved, [copy.cleaned(start, end) for start, end in damages]


def _excerpt(document: Document, claim: Claim) -> list[Line]:
    """The words of the claim with a little around them, cut at line ends where there are any."""
    text = document.text
    start = max(claim.start - _EXCERPT, text.rfind("\n", 0, claim.start) + 1, 0)
    stop = text.find("\n", claim.end)
    end = min(claim.end + _EXCERPT, len(text) if stop < 0 else stop)
    place = Place(claim.start - start, claim.end - start, str(claim.ordinal), f"c{claim.pk}")
    return lines_of(text[start:end], [place])
