"""Record an inquiry, patrol or diagnosis; each finding becomes a row of the list of problems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.chains import queries as chains
from lianzhang.web.journal.actions.record import record
from lianzhang.web.ledgers import queries
from lianzhang.web.ledgers.actions.keep import add_row
from lianzhang.web.ledgers.models import Inspection
from lianzhang.web.people.permission import require_for

PROBLEMS = "problems"
_FOUND_BY = {"ask": "问链", "patrol": "巡链", "diagnose": "诊链"}


def inspect(
    actor: Actor, chain_id: str, *, kind: str, on: date, findings: Sequence[tuple[str, str]],
    firms: str = "", attendees: str = "", report: str = "",
) -> Inspection:  # fmt: skip
    """Record the visit and its findings (text, node or empty), all or nothing."""
    if on > clock.today():
        raise LianzhangError(
            Text("日期还没有到。", "The day has not come yet."),
            Text("请填实际进行的日期。", "Give the day on which it took place."),
        )
    with transaction.atomic():
        chain = chains.chain_with(chain_id)
        if chain is None:
            raise Http404
        require_for(actor, "ledger.inspect", queries.subject_of(chain, actor))
        made = Inspection.objects.create(
            chain=chain, kind=kind, on=on, firms=firms, attendees=attendees, report=report,
            made_by_id=actor.person_id,
        )  # fmt: skip
        for text, node in findings:
            add_row(
                actor, chain.pk, PROBLEMS, title=text[:200], node=node, as_of=on, inspection=made,
                source=f"{on.isoformat()} {_FOUND_BY[kind]}", values={"found_by": _FOUND_BY[kind]},
            )  # fmt: skip
        record(
            actor, "ledger.inspect", f"inspection:{made.pk}",
            after={"chain": chain.pk, "kind": kind, "on": on, "findings": len(findings)},
        )  # fmt: skip
    return made
