"""The audit administrator's own reading is an act like any other."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.journal.actions.record import record


def note_reading(actor: Actor, filters: dict[str, Any]) -> None:
    """Record that `actor` read the journal, and which part."""
    verb = "journal.verify" if "verify" in filters else "journal.see"
    with transaction.atomic():
        record(actor, verb, "journal", after=filters)
