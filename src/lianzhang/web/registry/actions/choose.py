"""Choose between values that contradict each other, or let them stand side by side; all of them stay."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, LianzhangError, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import base_facts, queries
from lianzhang.web.registry.actions.hold import withdrawn
from lianzhang.web.registry.actions.refresh import raise_version, refresh
from lianzhang.web.registry.models import Enterprise, ValueChoice


class NeedsReason(LianzhangError):
    """A decision without its reason cannot be understood later."""


def choose(
    actor: Actor,
    enterprise_id: str,
    *,
    fact: str,
    period: str,
    chosen: int | None,
    because: str,
    seen_up_to: int,
    seen_choice: int = 0,
    take_back: bool = False,
) -> ValueChoice:
    """Let one of the values on this fact and period count from now on (`chosen` is its id).

    Without `chosen` they stand side by side as measuring different things; `take_back` opens the question
    again. `seen_up_to` is the newest value that the officer had before them, `seen_choice` the latest choice
    (0 = none): a newer one of either raises Conflict.
    """
    because = because.strip()
    if not because:
        raise NeedsReason(
            Text("请写明选定的理由。", "Say why."),
            Text("例如：以年报为准。", "For example: the annual report counts."),
        )
    with transaction.atomic():
        enterprise = locked(actor, enterprise_id, "enterprise.choose")
        ids = queries.cluster_of([enterprise.pk])
        rows = [row for row in queries.values_of(ids, [fact]) if row.period == period]
        if not rows or (chosen is not None and chosen not in {row.pk for row in rows}):
            raise Http404
        before = queries.choices_of(ids).filter(fact=fact, period=period).last()
        if max(row.pk for row in rows) > seen_up_to or (before.pk if before else 0) != seen_choice:
            raise something_new()
        choice = ValueChoice.objects.create(
            enterprise=enterprise,
            fact=fact,
            period=period,
            chosen_id=None if take_back else chosen,
            because=because[:200],
            seen_up_to=0 if take_back else seen_up_to,
            by_id=actor.person_id,
        )
        if fact in base_facts.LISTED_FACTS:
            refresh({enterprise.pk})
        raise_version({enterprise.pk})
        record(
            actor,
            "enterprise.choose",
            f"enterprise:{enterprise.pk}",
            before={"values": [_told(row) for row in rows]},
            after={
                "fact": fact,
                "period": period,
                "chosen": choice.chosen_id,
                "taken_back": take_back,
                "because": choice.because,
            },
        )
    return choice


def something_new() -> Conflict:
    """The values on which somebody decides are no longer those that were before them."""
    return Conflict(
        Text("这项数据刚有新值，或刚被别人选定。", "A new value has come, or somebody has just chosen."),
        Text("请看现在的几个值，再决定。", "See the values as they are now and decide again."),
    )


def locked(actor: Actor, enterprise_id: str, verb: str) -> Enterprise:
    """The enterprise, locked for this transaction, once it is known that the actor may.

    Raises Conflict where an undoing has withdrawn it.
    """
    # Alone, without its recording, and so that others may still point to it: only who writes here too waits.
    row = Enterprise.objects.select_for_update(no_key=True).filter(pk=enterprise_id).first()
    if row is None:
        raise Http404
    require_for(actor, verb, queries.subject_of(row, actor))
    if row.recording.withdrawn_at is not None:
        raise withdrawn(row.name)
    return row


def _told(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "text": row.text[:200],
        "unit": row.unit,
        "source": row.recording.source,
    }
