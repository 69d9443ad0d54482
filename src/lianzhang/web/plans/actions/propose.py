"""A county says which sub-field it has chosen."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.plans import queries
from lianzhang.web.plans.models import FieldChoice


class ChoiceRefused(LianzhangError):
    """A choice that cannot be recorded as it is."""


def propose(
    actor: Actor,
    chain_id: str,
    county_id: str,
    *,
    field_id: str,
    evidence: str,
    evidence_on: date,
    reason: str = "",
) -> FieldChoice:
    """Record the county's word; one that still waits is overtaken by it.

    Evidence is a must, from no later than today. A field that another county has already needs a reason.
    """
    with transaction.atomic():
        chain, county = chains.chain_with(chain_id), queries.one_county(county_id)
        field = chains.chain_with(field_id)
        if chain is None or chain.parent_id or county is None or field is None or field.parent_id != chain.pk:
            raise Http404
        require_for(actor, "choice.propose", queries.subject_of(chain, actor, county))
        _check(chain, county_id, field_id, evidence=evidence, evidence_on=evidence_on, reason=reason)
        waiting = FieldChoice.objects.select_for_update().filter(
            chain=chain, county=county, state=FieldChoice.State.PROPOSED
        )
        waiting.update(state=FieldChoice.State.REPLACED)
        row = FieldChoice.objects.create(
            chain=chain, county=county, field=field, evidence=evidence.strip(), evidence_on=evidence_on,
            reason=reason.strip(), proposed_by_id=actor.person_id,
            proposed_for_id=actor.for_person_id,
        )  # fmt: skip
        record(actor, "choice.propose", f"chain:{chain.pk}", after=told(row))
    return row


def _check(
    chain: chains.Chain, county_id: str, field_id: str, *, evidence: str, evidence_on: date, reason: str
) -> None:
    if not evidence.strip():
        raise ChoiceRefused(
            Text("上报选定要写佐证。", "A choice needs evidence."),
            Text("请写文件名、文号或链接。", "Give a document, its number or a link."),
        )
    if evidence_on > clock.today():
        raise ChoiceRefused(
            Text("佐证的日期在今天之后。", "The day of the evidence lies after today."),
            Text("请核对日期。", "Check the day."),
        )
    others = [
        chosen.in_force.county.name
        for other, chosen in queries.chosen_in(chain).items()
        if other != county_id and chosen.in_force and chosen.in_force.field_id == field_id
    ]
    if others and not reason.strip():
        names = "、".join(others)
        raise ChoiceRefused(
            Text(f"{names}已选定同一领域。", f"{', '.join(others)} chose the same field already."),
            Text("可以相同，但请写明理由。", "It may be the same; please give the reason."),
        )


def told(row: FieldChoice) -> dict[str, str]:
    """The row as the journal keeps it."""
    return {
        "county": row.county_id, "field": row.field_id, "state": row.state, "evidence": row.evidence,
        "evidence_on": str(row.evidence_on), "reason": row.reason, "note": row.note,
    }  # fmt: skip
