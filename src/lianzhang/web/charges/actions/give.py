"""Put an enterprise in somebody's charge, and take it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.charges import queries
from lianzhang.web.charges.models import Charge
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.people.queries import addressed
from lianzhang.web.registry.actions import hold
from lianzhang.web.registry.queries import one as visible_record

#: More than a chief can look after (the usual is five to ten).
MOST = 20


def give_charge(actor: Actor, person_id: Any, enterprise_id: str, chain_id: str) -> Charge:
    """Let a chief or an officer of the chain look after the enterprise; given twice it is one.

    Raises LianzhangError for somebody else, for an enterprise that is not there, or for too many.
    """
    require_for(actor, "charge.give", Subject("charge", chain=chain_id))
    record_of = visible_record(actor, enterprise_id)
    if record_of is None:
        raise Http404
    fit = set().union(*(addressed(role=role, chains=(chain_id,)) for role in queries.ROLES))
    if str(person_id) not in {str(one) for one in fit}:
        raise LianzhangError(
            Text("只能分配给这条链的链长或链长办工作人员。", "Only to a chief or an officer of this chain."),
        )
    with transaction.atomic():
        hold(record_of.pk)
        held = Charge.objects.select_for_update().filter(person_id=person_id, ended_at=None)
        known = held.filter(enterprise_id=record_of.pk, chain_id=chain_id).first()
        if known is not None:
            return known
        if held.count() >= MOST:
            raise LianzhangError(
                Text(f"每人最多包保{MOST}家。", f"{MOST} enterprises at most for each person."),
                Text("请先调整已有的。", "Take some back first."),
            )
        row = Charge.objects.create(
            person_id=person_id, enterprise_id=record_of.pk, chain_id=chain_id, given_by_id=actor.person_id
        )
        after = {"person": person_id, "enterprise": record_of.pk, "chain": chain_id}
        record(actor, "charge.give", f"enterprise:{record_of.pk}", after=after)
    return row


def end_charge(actor: Actor, charge_id: int) -> None:
    """Take an enterprise back; once is enough."""
    found = queries.one(actor, charge_id)
    if found is None:
        raise Http404
    require_for(actor, "charge.give", Subject("charge", chain=found.chain_id))
    with transaction.atomic():
        if Charge.objects.filter(pk=charge_id, ended_at=None).update(ended_at=clock.now()):
            after = {"person": found.person_id, "enterprise": found.enterprise_id}
            record(actor, "charge.end", f"enterprise:{found.enterprise_id}", after=after)
