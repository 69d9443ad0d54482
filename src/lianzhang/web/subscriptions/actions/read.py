"""Mark news as read."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.web.subscriptions.queries import unread


def read_all(actor: Actor) -> int:
    """Everything told so far has been read; returns how many were new."""
    with transaction.atomic():
        return unread(actor).update(read_at=clock.now())
