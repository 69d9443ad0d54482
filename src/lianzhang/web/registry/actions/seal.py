"""Telephone numbers are sealed before they reach the database, and opened for one look at a time."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.people.sealing import seal, unseal
from lianzhang.web.registry import queries

_PURPOSE = "enterprise contact"


def contact_columns(entry: Any) -> dict[str, Any]:
    """The columns of a contact: the number sealed, and masked beside it."""
    phone = re.sub(r"[\s\-—－]", "", entry.phone)
    return {
        "enterprise_id": entry.enterprise,
        "name": entry.name[:40],
        "duty": entry.duty[:40],
        "phone_sealed": seal(phone.encode(), purpose=_PURPOSE) if phone else "",
        "phone_masked": masked(phone),
    }


def masked(phone: str) -> str:
    """138****5678; of a short number only the last two signs stay."""
    if len(phone) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"[:24]
    return f"****{phone[-2:]}" if len(phone) > 4 else "****" if phone else ""


def reveal(actor: Actor, contact_id: int, *, because: str) -> str:
    """The whole number, once the look and its reason stand in the journal."""
    with transaction.atomic():
        contact = queries.contact(contact_id)
        require_for(actor, "contact.reveal", queries.subject_of(contact.enterprise, actor))
        record(actor, "contact.reveal", f"contact:{contact.pk}", after={"because": because[:200]})
    return unseal(contact.phone_sealed, purpose=_PURPOSE).decode() if contact.phone_sealed else ""
