"""An officer files what a firm said by telephone, on a visit or in a meeting; the first unit asked keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.web.cases import contact
from lianzhang.web.cases.actions.draft import first_chain
from lianzhang.web.cases.firms import Firm, firm_of
from lianzhang.web.cases.models import Request
from lianzhang.web.flow.actions.perform import perform, start
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry.actions import hold


def file_for(
    actor: Actor,
    firm: Any,
    content: Mapping[str, Any],
    *,
    form_key: UUID | None = None,
    files: Iterable[Fit] = (),
    sample: bool = False,
) -> Request:
    """File and send a request of `firm`, an organisation or a `Firm` of the registry.

    Until a unit is named, the officer's own is responsible (首接负责). A firm without accounts has nobody who
    confirms: the silent period closes it, or whoever gets an account meanwhile does.
    """
    firm = firm if isinstance(firm, Firm) else firm_of(firm)
    chain = (firm.chains or [None])[0] or first_chain(actor)
    subject = Subject(
        "request",
        organisation_id=actor.organisation_id,
        region_code=firm.region_code or None,
        chain=chain if chain in actor.chains or not actor.chains else sorted(actor.chains)[0],
    )
    require_for(actor, "request.file_for", subject)
    with transaction.atomic():
        known = Request.objects.filter(form_key=form_key).first() if form_key else None
        if known is not None:
            return known
        hold(firm.enterprise.pk if firm.enterprise else None)
        row = Request(
            state="draft",
            firm=firm.organisation,
            enterprise=firm.enterprise,
            region_code=firm.region_code,
            chain_id=chain,
            matter="single",
            lead_id=actor.organisation_id,
            marks=["first_contact"],
            filed_by_id=actor.person_id,
            filed_for_id=actor.organisation_id,
            form_key=form_key,
            sample=sample,
            topic=content["topic"],
            title=content["title"],
            text=content["text"],
            wish=content.get("wish", ""),
            channel=content.get("channel", Request.Channel.phone),
            contact_name=content.get("contact_name", ""),
            contact_phone=contact.sealed(content.get("phone", "")),
            phone_check=contact.check_of(content.get("phone", "")),
        )
        start(actor, row)
        return perform(actor, Request, row.pk, "submit", {"text": row.title}, files=files)
