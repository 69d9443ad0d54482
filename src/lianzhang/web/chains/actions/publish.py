"""Publish the draft of a map."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.chain import differences, findings, from_plain
from lianzhang.kernel import clock
from lianzhang.web.chains.actions.draft import locked_chain
from lianzhang.web.chains.models import MapVersion
from lianzhang.web.chains.queries import in_force
from lianzhang.web.chains.refusals import changed_meanwhile, no_draft, not_sound
from lianzhang.web.journal.actions.record import record


def publish(actor: Actor, chain_id: str, *, revision: int) -> MapVersion:
    """Put the draft in force. Raises `MapFault` while it has a grave fault, `MapChanged` when it was changed."""
    with transaction.atomic():
        chain = locked_chain(actor, chain_id, "map.publish")
        draft = chain.maps.select_for_update().filter(state=MapVersion.State.DRAFT).first()
        if draft is None:
            raise no_draft()
        if draft.revision != revision:
            raise changed_meanwhile()
        chain_map = from_plain(draft.content)
        faults = [finding for finding in findings(chain_map) if finding.is_grave]
        if faults:
            raise not_sound(faults)
        last = in_force(chain)
        changes = len(differences(from_plain(last.content), chain_map)) if last else len(chain_map.nodes)
        draft.state, draft.published_at = MapVersion.State.PUBLISHED, clock.now()
        draft.published_by_id = actor.person_id
        draft.save(update_fields=["state", "published_at", "published_by"])
        record(
            actor,
            "map.publish",
            f"chain:{chain.pk}",
            before={"version": last.number if last else None},
            after={"version": draft.number, "changes": changes},
        )
    return draft
