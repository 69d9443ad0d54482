"""Report how far a county is with one of the ten building actions."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.journal.actions.record import record
from lianzhang.web.ledgers import queries
from lianzhang.web.ledgers.models import TenProgress
from lianzhang.web.people.permission import require_for


def report_ten(
    actor: Actor, chain_id: str, county_id: str, item: str, *, state: str, evidence: str
) -> TenProgress:
    """Add the newest word on the item; what counts as done needs evidence."""
    with transaction.atomic():
        chain = chains.chain_with(chain_id)
        county = chains.every_county().filter(pk=county_id).first()
        if chain is None or county is None or item not in {each.id for each in queries.ledgers().ten}:
            raise Http404
        require_for(actor, "ledger.progress", queries.subject_of(chain, actor, county))
        if state == TenProgress.State.DONE and not evidence:
            raise LianzhangError(
                Text("报“已完成”要写佐证。", "“Done” needs evidence."),
                Text("请写文件名、文号或链接。", "Give a document, its number or a link."),
            )
        row = TenProgress.objects.create(
            chain=chain, county=county, item=item, state=state, evidence=evidence, on=clock.today(),
            by_id=actor.person_id,
        )  # fmt: skip
        record(
            actor, "ledger.progress", f"chain:{chain.pk}",
            after={"county": county.pk, "item": item, "state": state, "evidence": evidence},
        )  # fmt: skip
    return row
