"""How these pages find their batch, and in which shape the browser wants the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from lianzhang.web.imports.models import Batch
from lianzhang.web.imports.queries import subject_of, visible_to
from lianzhang.web.people.permission import require_for

_FRAGMENT_HEADER = "Lianzhang-Fragment"


def batch_for(request: Any, batch_id: UUID, verb: str = "import.see") -> Batch:
    """The batch, if the actor may; what they may not see looks as if it did not exist."""
    batch = visible_to(request.actor).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    require_for(request.actor, verb, subject_of(batch))
    return batch


def wants_fragment(request: HttpRequest) -> bool:
    """Whether only the part of the page that changes is asked for."""
    return request.headers.get(_FRAGMENT_HEADER) == "1"
