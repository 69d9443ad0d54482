"""Drop a claim: it becomes no fact, and stays to be seen with its bulletin."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.bulletins.actions.accept import Accepted
from lianzhang.web.bulletins.actions.deciding import MARKED, locked_claim, mark, source_of
from lianzhang.web.bulletins.models import Claim
from lianzhang.web.journal.actions.record import record


def drop(actor: Actor, claim_id: UUID, *, version: int, because: str = "") -> Accepted:
    """Drop a claim. Raises ClaimConflict when somebody decided first."""
    with transaction.atomic():
        claim = locked_claim(actor, claim_id, "claim.drop", version=version)
        decision = uuid4()
        mark(claim, Claim.State.DROPPED, actor=actor, decision=decision)
        claim.save(update_fields=MARKED)
        after = {**source_of(claim), "state": claim.state}
        if because:
            after["because"] = because
        record(actor, "claim.drop", f"claim:{claim.pk}", before={"state": "proposed"}, after=after)
        return Accepted((claim,), decision)
