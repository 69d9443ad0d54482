"""The chain office confirms a county's sub-field, or returns it."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.plans import queries
from lianzhang.web.plans.actions.propose import ChoiceRefused, told
from lianzhang.web.plans.models import FieldChoice


def decide(
    actor: Actor, chain_id: str, county_id: str, choice_id: int, *, confirmed: bool, note: str = ""
) -> FieldChoice:
    """Decide about the proposal that the person looked at; returning it needs a note.

    Nobody decides about what they proposed themselves. `Conflict` if it does not wait any more.
    """
    with transaction.atomic():
        chain, county = chains.chain_with(chain_id), queries.one_county(county_id)
        rows = FieldChoice.objects.select_for_update().filter(pk=choice_id, chain=chain_id, county=county_id)
        row = rows.first()
        if chain is None or county is None or row is None:
            raise Http404
        require_for(actor, "choice.confirm", queries.subject_of(chain, actor, county))
        if row.state != FieldChoice.State.PROPOSED:
            raise Conflict(
                Text(
                    "这一条已经处理，或被新的上报替代。",
                    "It has been decided, or overtaken by a newer proposal.",
                ),
                Text("请看现在的状态。", "Look at it as it is now."),
            )
        if not actor.hands.isdisjoint(str(one) for one in (row.proposed_by_id, row.proposed_for_id)):
            raise ChoiceRefused(
                Text("上报的人不能自己确认。", "Whoever proposed it cannot confirm it."),
                Text("请由链长办的同事办理。", "Let a colleague of the chain office do it."),
            )
        if not confirmed and not note.strip():
            raise ChoiceRefused(
                Text("退回要写明原因。", "Returning it needs a reason."),
                Text("县区据此补充后重报。", "The county will act on it and propose again."),
            )
        before = told(row)
        row.state = FieldChoice.State.CONFIRMED if confirmed else FieldChoice.State.RETURNED
        row.decided_by_id, row.decided_at, row.note = actor.person_id, clock.now(), note.strip()
        row.save(update_fields=["state", "decided_by", "decided_at", "note"])
        record(actor, "choice.confirm", f"chain:{chain.pk}", before=before, after=told(row))
    return row
