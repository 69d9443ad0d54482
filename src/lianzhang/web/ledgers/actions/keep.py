"""Keep the rows of a list: add, change, take a step, confirm for the month."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.casework.ledger import check_step
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.journal.actions.record import record
from lianzhang.web.ledgers import queries
from lianzhang.web.ledgers.models import LedgerRow, LedgerStep
from lianzhang.web.people.permission import require_for

#: What a person writes on a row, besides its list's own columns.
WRITTEN = (
    "title", "node", "county_id", "enterprise_id", "organisation_id", "post", "contact", "source", "as_of", "due",
)  # fmt: skip


def add_row(actor: Actor, chain_id: str, ledger_id: str, **given: Any) -> LedgerRow:
    """Add a row in the first state of its list. `values`: the list's own columns."""
    with transaction.atomic():
        chain = chains.chain_with(chain_id)
        ledger = queries.ledgers().get(ledger_id)
        if chain is None or ledger is None:
            raise Http404
        row = LedgerRow(
            ledger=ledger.id, chain=chain, state=ledger.states[0].id, made_by_id=actor.person_id,
            confirmed_by_id=actor.person_id, values=given.pop("values", {}), **given,
        )  # fmt: skip
        require_for(actor, "ledger.write", queries.subject_of(chain, actor, row.county))
        row.save(force_insert=True)
        _step(actor, row, before="", note="")
        record(actor, "ledger.write", f"ledger:{row.pk}", after=_told(row))
    return row


def change_row(actor: Actor, row_id: UUID, *, version: int, **given: Any) -> LedgerRow:
    """Write a row again; what was written counts as this month's confirmation."""
    with transaction.atomic():
        row = _locked(actor, row_id, version)
        before = _told(row)
        for name, value in given.items():
            setattr(row, name, value)
        require_for(actor, "ledger.write", queries.subject_of(row.chain, actor, row.county))
        _touched(actor, row)
        row.save()
        record(actor, "ledger.write", f"ledger:{row.pk}", before=before, after=_told(row))
    return row


def take_step(
    actor: Actor, row_id: UUID, target: str, *, version: int, note: str = "", evidence: str = "",
    due: date | None = None,
) -> LedgerRow:  # fmt: skip
    """Move a row to another state; raises `LedgerRefused` for a wrong way or when something is missing.

    A unit does not check its own work: whoever reported a row solved may not confirm it.
    """
    with transaction.atomic():
        row = _locked(actor, row_id, version)
        ledger = queries.ledgers().get(row.ledger)
        if ledger is None:
            raise Http404
        if due is not None:
            row.due = due
        given = {"owner": row.organisation_id or row.post, "due": row.due, "note": note, "evidence": evidence}
        step = check_step(ledger, row.state, target, given)
        own = Q(by__in=actor.hands) | Q(acted_for__in=actor.hands)
        if step.id == "checked" and row.steps.filter(own, after="solved").exists():
            raise Conflict(
                Text("报“已解决”的人不能自己确认。", "Whoever reported it solved cannot confirm it."),
                Text(
                    "请由企业、专家或其他工作人员确认。", "Let the firm, an expert or a colleague confirm it."
                ),
            )
        before, row.state = row.state, step.id
        _touched(actor, row)
        row.save()
        _step(actor, row, before=before, note=note, evidence=evidence)
        record(
            actor, "ledger.write", f"ledger:{row.pk}", before={"state": before},
            after={"state": step.id, "note": note, "evidence": evidence, "due": row.due},
        )  # fmt: skip
    return row


def confirm(actor: Actor, row_id: UUID, *, version: int) -> LedgerRow:
    """Say that the row still holds this month."""
    with transaction.atomic():
        row = _locked(actor, row_id, version)
        _touched(actor, row)
        row.save()
        _step(actor, row, before=row.state, note="")
        record(actor, "ledger.write", f"ledger:{row.pk}", after={"confirmed": True})
    return row


def _locked(actor: Actor, row_id: UUID, version: int) -> LedgerRow:
    row = (
        LedgerRow.objects.select_for_update(of=("self",))
        .select_related("chain", "county")
        .filter(pk=row_id)
        .first()
    )
    if row is None:
        raise Http404
    require_for(actor, "ledger.write", queries.subject_of(row.chain, actor, row.county))
    if row.version != version:
        raise Conflict(
            Text("您打开页面之后，这一条已被改动。", "This row has changed since you opened the page."),
            Text(
                "您的改动没有生效；请看现在的内容再办。", "Your change was not made; look at it as it is now."
            ),
        )
    return row


def _touched(actor: Actor, row: LedgerRow) -> None:
    row.version += 1
    row.touched_at = row.confirmed_at = clock.now()
    row.confirmed_by_id = actor.person_id


def _step(actor: Actor, row: LedgerRow, *, before: str, note: str, evidence: str = "") -> None:
    LedgerStep.objects.create(
        row=row, by_id=actor.person_id, acted_for_id=actor.for_person_id, before=before, after=row.state,
        note=note, evidence=evidence,
    )  # fmt: skip


def _told(row: LedgerRow) -> dict[str, Any]:
    written = {name: getattr(row, name) for name in WRITTEN}
    return {"ledger": row.ledger, "chain": row.chain_id, "state": row.state, **written, "values": row.values}
