"""Keep the answer of an outage study under a name."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.analyses.models import Scenario
from lianzhang.web.journal.actions.record import record
from lianzhang.web.outages.study import Study
from lianzhang.web.people.permission import require_for


def save(actor: Actor, found: Study, *, name: str) -> Scenario:
    """Save the answer; the same answer under the same name is the one that is there."""
    with transaction.atomic():
        require_for(actor, "scenario.save", Subject(kind="scenario", id=found.run))
        name = name.strip()[:80]
        if not name:
            raise LianzhangError(
                Text("情景要有名称。", "A scenario needs a name."),
                Text("如“钢球停供一个月”。", "Such as “no steel balls for a month”."),
            )
        row, made = Scenario.objects.get_or_create(
            name=name, enterprise_id=found.firm, run=found.run,
            defaults={
                "days": found.days, "share": round(found.share * 100), "answer": _answer(found),
                "saved_by_id": actor.person_id,
            },
        )  # fmt: skip
        if made:
            record(actor, "scenario.save", f"scenario:{row.pk}", after={"name": name, "run": found.run})
    return row


def _answer(found: Study) -> dict[str, Any]:
    return {
        "low": found.low, "high": found.high, "survive": found.survive, "recover": found.recover,
        "links": found.links, "by_day": [list(each) for each in found.by_day],
        "hits": [
            {"id": hit.id, "name": hit.name, "first_day": hit.first_day, "days": hit.days, "worst": hit.worst}
            for hit in found.hits
        ],
    }  # fmt: skip
