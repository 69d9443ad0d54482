"""Finish a review, send a failed bulletin through again, or read it again under another date."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Period, Text
from lianzhang.web.bulletins import background
from lianzhang.web.bulletins.actions.deciding import locked_document
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.bulletins.queries import subject_of
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for


def finish(actor: Actor, document_id: UUID) -> Document:
    """Note that the review is over. The bulletin is done when no claim waits; otherwise it stays open."""
    with transaction.atomic():
        document = locked_document(actor, document_id, "bulletin.review")
        left = document.claims.filter(state=Claim.State.PROPOSED).count()
        if not left and document.state != Document.State.DONE:
            document.state = Document.State.DONE
            document.save(update_fields=["state"])
            record(actor, "bulletin.review", f"bulletin:{document.pk}", after={"state": document.state})
        return document


def try_again(actor: Actor, document_id: UUID) -> Document:
    """Read a failed bulletin once more."""
    with transaction.atomic():
        document = _locked(actor, document_id)
        if document.state == Document.State.FAILED:
            _wait(actor, document, {"state": "failed"})
        return document


def read_again(actor: Actor, document_id: UUID, *, published: Period) -> Document:
    """Read a bulletin again as published on another date. Raises Conflict once anything is decided."""
    with transaction.atomic():
        document = _locked(actor, document_id)
        if document.claims.exclude(state=Claim.State.PROPOSED).exists():
            raise Conflict(
                Text(
                    "已有读数作了决定，不能改发布日期重读。",
                    "Some claims are decided; the date cannot be changed now.",
                ),
                Text("请先在回执上撤销这些决定。", "Undo those decisions on the receipt first."),
            )
        if document.state == Document.State.REVIEW:
            before = {"published": document.published}
            document.published, document.published_given = str(published), True
            _wait(actor, document, before)
        return document


def _locked(actor: Actor, document_id: UUID) -> Document:
    rows = Document.objects.select_for_update(of=("self",)).select_related("chain").defer("text")
    document = rows.filter(pk=document_id).first()
    if document is None:
        raise Http404
    require_for(actor, "bulletin.upload", subject_of(document, actor))
    return document


def _wait(actor: Actor, document: Document, before: dict[str, str]) -> None:
    document.state = Document.State.RECEIVED
    document.attempt, document.reading_since, document.failure = 0, None, None
    document.save()
    after = {"state": document.state, "published": document.published}
    record(actor, "bulletin.upload", f"bulletin:{document.pk}", before=before, after=after)
    transaction.on_commit(lambda: background.enqueue(document.pk))
