"""No longer follow a text."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.subscriptions.models import Subscription


def leave(actor: Actor, subscription_id: UUID) -> bool:
    """End one's own subscription; False when there is none. What was told before stays to be read."""
    require_for(actor, "subscription.keep", Subject("subscription"))
    with transaction.atomic():
        row = Subscription.objects.filter(pk=subscription_id, person_id=actor.person_id).first()
        if row is None:
            return False
        row.delete()
        record(actor, "subscription.keep", f"subscription:{subscription_id}", before={"key": row.key})
    return True
