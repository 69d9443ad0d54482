"""Mark notices as read."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.flow.models import Notice
from lianzhang.web.flow.queries import unread


def read_all(actor: Actor) -> int:
    """Everything addressed to the actor has been read by this person; returns how many were new."""
    with transaction.atomic():
        ids = list(unread(actor).values_list("pk", flat=True))
        through = Notice.readers.through
        rows = [through(notice_id=one, person_id=actor.person_id) for one in ids]
        through.objects.bulk_create(rows, ignore_conflicts=True)
    return len(ids)
