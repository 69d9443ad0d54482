"""A firm says what it looks for. Nothing of it is shared yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.web.cases import contact
from lianzhang.web.chains import queries as chains
from lianzhang.web.flow.actions import start
from lianzhang.web.pairings.models import Need
from lianzhang.web.people.permission import require_for
from lianzhang.web.people.queries import organisation

_COLUMNS = ("title", "sort", "text", "amount", "revenue_band", "contact_name")


def raise_need(
    actor: Actor, content: Mapping[str, Any], *, form_key: UUID | None = None, sample: bool = False
) -> Need:
    """A new need; the same form sent twice is one."""
    require_for(actor, "need.raise", Subject("need", enterprise=actor.organisation_id))
    with transaction.atomic():
        known = Need.objects.filter(form_key=form_key).first() if form_key else None
        if known is not None:
            return known
        firm = organisation(actor.organisation_id)
        named = sorted(actor.chains - {"*"})
        row = Need(
            state="raw",
            firm=firm,
            region_code=firm.region_code if firm else "",
            chain_id=named[0] if named else chains.main_chain(),
            contact_phone=contact.sealed(content.get("phone", "")),
            revenue=contact.sealed(content.get("revenue", "")),
            form_key=form_key,
            sample=sample,
            **{name: content[name] for name in _COLUMNS if name in content},
        )
        return start(actor, row)
