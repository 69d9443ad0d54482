"""Telephone numbers are sealed before they reach the database, and opened for one look at a time."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.journal.actions.record import record, record_refused
from lianzhang.web.journal.queries import own_acts
from lianzhang.web.people.permission import require_for
from lianzhang.web.people.sealing import seal, unseal
from lianzhang.web.registry import queries

_PURPOSE = "enterprise contact"
#: Whole numbers that one person may look at in a day: enough for the work, too few to copy a directory.
LOOKS_A_DAY = 30


class LooksUsedUp(LianzhangError):
    """The person has looked at as many whole numbers today as one may."""


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
    """The whole number, once the look and its reason stand in the journal.

    Raises `LooksUsedUp` after `LOOKS_A_DAY` looks; that is journalled as refused.
    """
    try:
        with transaction.atomic():
            contact = queries.contact(contact_id)
            require_for(actor, "contact.reveal", queries.subject_of(contact.enterprise, actor))
            record(actor, "contact.reveal", f"contact:{contact.pk}", after={"because": because[:200]})
            # Counted once the look itself stands: two looks at the same moment cannot both be the last one.
            if own_acts(actor, "contact.reveal", since=clock.today()) > LOOKS_A_DAY:
                raise _used_up()
    except LooksUsedUp as error:
        record_refused(actor, "contact.reveal", f"contact:{contact_id}", error.what.zh)
        raise
    return unseal(contact.phone_sealed, purpose=_PURPOSE).decode() if contact.phone_sealed else ""


def _used_up() -> LooksUsedUp:
    return LooksUsedUp(
        Text(
            f"您今天已查看{LOOKS_A_DAY}个完整号码，到了每人每天的上限。",
            f"You have looked at {LOOKS_A_DAY} whole numbers today, which is the limit for one person.",
        ),
        Text(
            "明天可以继续；确需批量联系的，请找链长办。",
            "Go on tomorrow; to reach many enterprises at once, ask the chain office.",
        ),
    )
