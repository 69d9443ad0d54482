"""How these pages find what they are about, and in which shape the browser wants the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from lianzhang.web.bulletins.models import Document
from lianzhang.web.bulletins.queries import subject_of, visible_to
from lianzhang.web.people.permission import require_for

#: Sent by review.js: it wants the changed parts of the page and not the page.
FRAGMENT_HEADER = "Lianzhang-Fragment"


def document_for(
    request: Any, document_id: UUID, verb: str = "bulletin.see", *, with_text: bool = False
) -> Document:
    """The bulletin, if the actor may; what they may not see looks as if it did not exist.

    Its text can be long and is fetched only where it is shown.
    """
    rows = visible_to(request.actor)
    document = (rows if with_text else rows.defer("text")).filter(pk=document_id).first()
    if document is None:
        raise Http404
    require_for(request.actor, verb, subject_of(document, request.actor))
    return document


def wants_fragment(request: HttpRequest) -> bool:
    """Whether only the changed parts are asked for."""
    return request.headers.get(FRAGMENT_HEADER) == "1"
